package sources_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"spsbot/retrieval/parse"
	"spsbot/sources"
)

// A folder of many files is read in order, and the progress adds up to all of it.
func TestLoadManyFiles(t *testing.T) {
	folder := fstest.MapFS{}
	total := int64(0)
	for i := range 1000 {
		text := fmt.Sprintf("Member %d of the group walks with a stick and carries a card.\n", i)
		folder[fmt.Sprintf("%02d/%04d.txt", i%7, i)] = &fstest.MapFile{Data: []byte(text)}
		total += int64(len(text))
	}
	var mutex sync.Mutex
	var last sources.Progress
	calls := 0
	loader := sources.Loader{Reader: parse.NewReader(englishWords(t)), Now: today(), Progress: func(p sources.Progress) {
		mutex.Lock()
		defer mutex.Unlock()
		if p.Done < last.Done {
			t.Errorf("progress went back from %d to %d", last.Done, p.Done)
		}
		last = p
		calls++
	}}
	set, err := loader.Load(context.Background(), folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Documents) != 1000 || calls != 1000 || last.Done != total || last.Total != total {
		t.Errorf("%d documents, %d calls, %d of %d bytes", len(set.Documents), calls, last.Done, last.Total)
	}
	for i, file := range set.Files {
		if i > 0 && file <= set.Files[i-1] {
			t.Fatalf("%s stands after %s", file, set.Files[i-1])
		}
		if id := set.Documents[i].Source.ID; !strings.HasSuffix(file, id+".txt") {
			t.Errorf("%s became %s", file, id)
		}
	}
	last = sources.Progress{}
	again, err := loader.Load(context.Background(), folder)
	if err != nil || again.Version != set.Version {
		t.Errorf("version %s, then %s (%v)", set.Version, again.Version, err)
	}
}

func TestLoadIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := sources.Loader{Reader: parse.NewReader(englishWords(t)), Now: today()}.Load(ctx, fstest.MapFS{"a.txt": {Data: []byte("A stick helps many people to walk.\n")}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
