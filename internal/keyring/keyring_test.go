package keyring_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"spsbot"
	"spsbot/internal/keyring"
)

func open(t testing.TB, folder string) *keyring.Keyring {
	t.Helper()
	k, err := keyring.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestPseudonym(t *testing.T) {
	const id = "123456789012345678"
	folder := t.TempDir()
	k := open(t, folder)
	asker := k.Pseudonym(id)
	if len(asker) != 32 || strings.Contains(asker, id) || strings.Contains(asker, fmt.Sprintf("%x", id)) {
		t.Errorf("the pseudonym of %s is %q", id, asker)
	}
	if other := k.Pseudonym("123456789012345679"); other == asker {
		t.Error("two people have one pseudonym")
	}
	check(t, k.Close())
	again := open(t, folder)
	if got := again.Pseudonym(id); got != asker {
		t.Errorf("opened again: %q, want %q", got, asker)
	}
	check(t, again.Close())
	elsewhere := open(t, t.TempDir())
	if elsewhere.Pseudonym(id) == asker {
		t.Error("the pseudonym does not depend on the secret")
	}
	check(t, elsewhere.Close())
}

func TestSealAndOpen(t *testing.T) {
	folder := t.TempDir()
	k := open(t, folder)
	asker, text, bound := k.Pseudonym("1"), []byte("a question about stairs"), []byte("record x")
	if _, ok := k.Handle(asker); ok {
		t.Error("a person has a handle before anything was sealed")
	}
	sealed, err := k.Seal(asker, text, bound)
	check(t, err)
	twice, err := k.Seal(asker, text, bound)
	check(t, err)
	if bytes.Contains(sealed, text) || bytes.Contains(sealed, []byte(asker)) || bytes.Equal(sealed, twice) {
		t.Error("the sealed text shows what it must not")
	}
	check(t, k.Close())
	for _, opener := range []func(string) (*keyring.Keyring, error){keyring.OpenReadOnly, keyring.Open} {
		k, err := opener(folder)
		check(t, err)
		if got, err := k.Open(sealed, bound); !bytes.Equal(got, text) || err != nil {
			t.Errorf("got %q, %v", got, err)
		}
		if _, err := k.Open(sealed, []byte("record y")); err == nil || errors.Is(err, spsbot.ErrForgotten) {
			t.Errorf("opened for another entry: %v", err)
		}
		check(t, k.Close())
	}
}

func TestOpenDamaged(t *testing.T) {
	k := open(t, t.TempDir())
	defer func() { check(t, k.Close()) }()
	sealed, err := k.Seal(k.Pseudonym("1"), []byte("text"), nil)
	check(t, err)
	for length := range sealed {
		if _, err := k.Open(sealed[:length], nil); err == nil {
			t.Errorf("the first %d bytes were opened", length)
		}
		damaged := bytes.Clone(sealed)
		damaged[length] ^= 1
		if _, err := k.Open(damaged, nil); err == nil {
			t.Errorf("opened though byte %d is another", length)
		}
	}
	for _, asker := range []string{"", "x", strings.Repeat("g", 32), "123456789012345678"} {
		if _, err := k.Seal(asker, nil, nil); err == nil {
			t.Errorf("sealed for %q", asker)
		}
	}
}

func TestForget(t *testing.T) {
	folder := t.TempDir()
	k := open(t, folder)
	asker, other := k.Pseudonym("1"), k.Pseudonym("2")
	sealed, err := k.Seal(asker, []byte("mine"), nil)
	check(t, err)
	others, err := k.Seal(other, []byte("others"), nil)
	check(t, err)
	before := keysFile(t, folder)
	handle, _ := k.Handle(asker)
	if got, err := k.Forget(asker); got != handle || err != nil {
		t.Errorf("got %q, %v, want %q", got, err, handle)
	}
	if got, err := k.Forget(asker); got != "" || err != nil {
		t.Errorf("forgotten twice: %q, %v", got, err)
	}
	again, err := k.Seal(asker, []byte("later"), nil)
	check(t, err)
	if fresh, _ := k.Handle(asker); fresh == handle || fresh == "" {
		t.Errorf("after forgetting, the handle is %q", fresh)
	}
	for range 2 { // in memory, then read from the file
		if _, err := k.Open(sealed, nil); !errors.Is(err, spsbot.ErrForgotten) {
			t.Errorf("got %v, want ErrForgotten", err)
		}
		if got, err := k.Open(others, nil); string(got) != "others" || err != nil {
			t.Errorf("somebody else's text: %q, %v", got, err)
		}
		if got, err := k.Open(again, nil); string(got) != "later" || err != nil {
			t.Errorf("the same person's later text: %q, %v", got, err)
		}
		check(t, k.Close())
		k = open(t, folder)
	}
	check(t, k.Close())
	// The slot was overwritten where it stood, and used again.
	after := keysFile(t, folder)
	if len(after) != len(before) || bytes.Contains(after, before[64+16:64+56]) {
		t.Error("the destroyed key is still in the file")
	}
}

func keysFile(t *testing.T, folder string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, "people.keys"))
	check(t, err)
	return data
}

// Many new people at once: everybody gets one key, and all are in the file.
func TestManyAtOnce(t *testing.T) {
	folder := t.TempDir()
	k := open(t, folder)
	var group sync.WaitGroup
	sealed := make([][]byte, 200)
	for i := range sealed {
		group.Go(func() {
			var err error
			if sealed[i], err = k.Seal(k.Pseudonym(fmt.Sprint(i%50)), fmt.Append(nil, i), nil); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	check(t, k.Close())
	k = open(t, folder)
	defer func() { check(t, k.Close()) }()
	for i := range sealed {
		if got, err := k.Open(sealed[i], nil); string(got) != fmt.Sprint(i) || err != nil {
			t.Errorf("%d: got %q, %v", i, got, err)
		}
	}
	if size := len(keysFile(t, folder)); size != 51*64 {
		t.Errorf("the file has %d bytes, want %d", size, 51*64)
	}
}

func TestPrune(t *testing.T) {
	k := open(t, t.TempDir())
	defer func() { check(t, k.Close()) }()
	for _, id := range []string{"1", "2", "3"} {
		_, err := k.Seal(k.Pseudonym(id), []byte("x"), nil)
		check(t, err)
	}
	kept, _ := k.Handle(k.Pseudonym("2"))
	keep := func(handle string) (bool, error) { return handle == kept, nil }
	if count, err := k.Prune(time.Now().Add(-time.Hour), keep); count != 0 || err != nil {
		t.Errorf("pruned %d keys that were just used, %v", count, err)
	}
	if count, err := k.Prune(time.Now().Add(time.Hour), keep); count != 2 || err != nil {
		t.Errorf("pruned %d, %v, want 2", count, err)
	}
	if _, ok := k.Handle(k.Pseudonym("2")); !ok {
		t.Error("a key that is needed was pruned")
	}
	broken := errors.New("broken")
	if _, err := k.Prune(time.Now().Add(time.Hour), func(string) (bool, error) { return false, broken }); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

// A file that ends in the middle of a slot, or holds a slot that was never
// durable, is read without it; another file is refused.
func TestDamagedFiles(t *testing.T) {
	folder := t.TempDir()
	k := open(t, folder)
	sealed, err := k.Seal(k.Pseudonym("1"), []byte("first"), nil)
	check(t, err)
	_, err = k.Seal(k.Pseudonym("2"), []byte("second"), nil)
	check(t, err)
	check(t, k.Close())
	whole := keysFile(t, folder)
	for cut := range whole {
		check(t, os.WriteFile(filepath.Join(folder, "people.keys"), whole[:cut], 0o600))
		k := open(t, folder)
		_, err = k.Open(sealed, nil)
		if (err == nil) != (cut >= 128) {
			t.Errorf("cut at %d: %v", cut, err)
		}
		check(t, k.Close())
	}
	check(t, os.WriteFile(filepath.Join(folder, "people.keys"), bytes.Repeat([]byte("x"), 200), 0o600))
	if _, err := keyring.Open(folder); err == nil {
		t.Error("a file of something else was opened")
	}
	check(t, os.WriteFile(filepath.Join(folder, "pseudonym.key"), []byte("short"), 0o600))
	if _, err := keyring.Open(folder); err == nil {
		t.Error("a short secret was taken")
	}
}

func TestFilesAreTheOwnersAlone(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "keys")
	check(t, open(t, folder).Close())
	for _, name := range []string{"", "pseudonym.key", "people.keys"} {
		info, err := os.Stat(filepath.Join(folder, name))
		check(t, err)
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%q has mode %v", name, info.Mode())
		}
	}
}

func BenchmarkSealNewPeople(b *testing.B) {
	k := open(b, b.TempDir())
	defer func() { check(b, k.Close()) }()
	b.SetParallelism(16)
	var mutex sync.Mutex
	next := 0
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			mutex.Lock()
			next++
			asker := k.Pseudonym(fmt.Sprint(next))
			mutex.Unlock()
			if _, err := k.Seal(asker, []byte("text"), nil); err != nil {
				b.Error(err)
			}
		}
	})
}
