package retrieval

import (
	"fmt"
	"strconv"

	"spsbot"
	"spsbot/retrieval/index"
	"spsbot/retrieval/snapshot"
)

// snapshotVersion is that of the tables below and of how texts are read into
// them: a change of either needs a new one.
const snapshotVersion = 1

// Save writes the engine to a file. The stamp says what it was made of: the
// versions of the documents and of the words.
func (e *Engine) Save(path, stamp string) error {
	v := e.vocabulary
	tables := []snapshot.Table{
		{Name: "stamp", Data: []byte(stamp)},
		{Name: "words", Data: v.text},
		{Name: "words.ends", Data: v.ends},
		{Name: "words.counts", Data: v.counts},
		{Name: "words.letters", Data: v.letters},
		{Name: "words.sounds", Data: v.sounds},
		{Name: "words.by_sound", Data: v.bySound},
	}
	for i, segment := range e.index().Segments() {
		head, postings := segment.Tables()
		tables = append(tables, snapshot.Table{Name: "segment." + strconv.Itoa(i), Data: head}, snapshot.Table{Name: "postings." + strconv.Itoa(i), Data: postings})
	}
	tables = append(tables, snapshot.Table{Name: "segments", Data: []byte(strconv.Itoa(len(e.index().Segments())))})
	return snapshot.Write(path, snapshotVersion, tables)
}

// OpenEngine opens what Save wrote. The error wraps snapshot.ErrVersion when the
// file is of another version or stamp, and snapshot.ErrDamaged when it is
// damaged; in both cases the engine has to be built anew. The tables that every
// search reads are checked here; postings are when a search first comes to them.
func OpenEngine(path, stamp string, glossary spsbot.Glossary, words *spsbot.Words, others func() []spsbot.Language) (*Engine, error) {
	file, err := snapshot.Open(path, snapshotVersion)
	if err != nil {
		return nil, err
	}
	made, err := file.Table("stamp")
	if err == nil && string(made) != stamp {
		err = fmt.Errorf("%w: it was made of %q, wanted is %q", snapshot.ErrVersion, made, stamp)
	}
	if err != nil {
		return nil, err
	}
	e := newEngine(glossary, words, others)
	if err := e.read(file); err != nil {
		return nil, fmt.Errorf("read the snapshot %s: %w", path, err)
	}
	e.language.analyzer.Freeze()
	return e, nil
}

func (e *Engine) read(file *snapshot.File) error {
	v := &vocabulary{ear: newEar()}
	var count []byte
	for _, part := range []struct {
		name string
		into *[]byte
	}{
		{"words", &v.text},
		{"words.ends", (*[]byte)(&v.ends)},
		{"words.counts", (*[]byte)(&v.counts)},
		{"words.letters", (*[]byte)(&v.letters)},
		{"words.sounds", (*[]byte)(&v.sounds)},
		{"words.by_sound", (*[]byte)(&v.bySound)},
		{"segments", &count},
	} {
		data, err := file.Table(part.name)
		if err != nil {
			return err
		}
		*part.into = data
	}
	e.vocabulary = v
	segments, err := strconv.Atoi(string(count))
	if err != nil {
		return fmt.Errorf("%w: the number of segments is %q", snapshot.ErrDamaged, count)
	}
	var all []*index.Segment
	for i := range segments {
		head, err := file.Table("segment." + strconv.Itoa(i))
		if err != nil {
			return err
		}
		postings, check, err := file.Lazy("postings." + strconv.Itoa(i))
		if err != nil {
			return err
		}
		segment, err := index.FromTables(head, postings, check)
		if err != nil {
			return fmt.Errorf("%w: %w", snapshot.ErrDamaged, err)
		}
		all = append(all, segment)
	}
	e.current.Store(index.New(all...))
	return nil
}
