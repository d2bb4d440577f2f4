package embedded_test

import (
	"bytes"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"spsbot"
	"spsbot/internal/store/embedded"
)

// Whoever held a lease in a process that is gone holds it no more.
func TestLeasesAreVoidAtStart(t *testing.T) {
	ctx, folder := t.Context(), t.TempDir()
	s := open(t, folder, embedded.Options{})
	_, err := s.Enqueue(ctx, spsbot.Job{ID: "one", Lane: "a", Payload: []byte("p")})
	check(t, err)
	if _, ok, err := s.Claim(ctx, "worker", "a", time.Hour); !ok || err != nil {
		t.Fatal(ok, err)
	}
	check(t, s.Close())
	s = open(t, folder, embedded.Options{})
	defer func() { check(t, s.Close()) }()
	job, ok, err := s.Claim(ctx, "worker", "a", time.Hour)
	if err != nil || !ok || job.Deliveries != 2 {
		t.Errorf("got %+v, %v, %v, want the second delivery", job, ok, err)
	}
}

func TestOneOwner(t *testing.T) {
	folder := t.TempDir()
	s := open(t, folder, embedded.Options{})
	if _, err := embedded.Open(t.Context(), folder, embedded.Options{}); err == nil || !strings.Contains(err.Error(), "another process") {
		t.Errorf("the folder was opened twice: %v", err)
	}
	reader, err := embedded.OpenReader(folder)
	check(t, err)
	check(t, s.Append(t.Context(), spsbot.Entry{Subject: "s", Kind: "record", At: time.Now()}))
	count := 0
	for _, err := range reader.Scan(t.Context(), spsbot.EntryQuery{}) {
		check(t, err)
		count++
	}
	if count != 1 {
		t.Errorf("the reader saw %d entries, want 1", count)
	}
	check(t, reader.Close())
	check(t, s.Close())
	check(t, open(t, folder, embedded.Options{}).Close())
}

func TestReaderNeedsALog(t *testing.T) {
	if _, err := embedded.OpenReader(t.TempDir()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestADatabaseOfANewerProgram(t *testing.T) {
	folder := t.TempDir()
	check(t, open(t, folder, embedded.Options{}).Close())
	db, err := sql.Open("sqlite", filepath.Join(folder, "state.db"))
	check(t, err)
	_, err = db.ExecContext(t.Context(), "PRAGMA user_version = 99")
	check(t, errors.Join(err, db.Close()))
	if _, err := embedded.Open(t.Context(), folder, embedded.Options{}); err == nil || !strings.Contains(err.Error(), "version 99") {
		t.Errorf("got %v", err)
	}
}

func TestABrokenDatabase(t *testing.T) {
	folder := t.TempDir()
	check(t, os.WriteFile(filepath.Join(folder, "state.db"), bytes.Repeat([]byte("no database "), 1000), 0o600))
	if s, err := embedded.Open(t.Context(), folder, embedded.Options{}); err == nil {
		check(t, s.Close())
		t.Error("a broken database was opened")
	}
}

// A folder's name may hold what a URL reads otherwise.
func TestAnyFolderName(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a b?c#d%20é")
	check(t, open(t, folder, embedded.Options{}).Close())
	if _, err := os.Stat(filepath.Join(folder, "state.db")); err != nil {
		t.Error(err)
	}
}

func TestNobodyElseReadsTheFiles(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	s := open(t, folder, embedded.Options{})
	defer func() { check(t, s.Close()) }()
	check(t, s.Put(t.Context(), "k", []byte("v"), 0))
	entries, err := os.ReadDir(folder)
	check(t, err)
	for _, entry := range entries {
		info, err := entry.Info()
		check(t, err)
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", entry.Name(), info.Mode())
		}
	}
}

// What was erased is in no file any more; the same look finds it before.
func TestErasedIsGoneFromTheFiles(t *testing.T) {
	ctx, folder := t.Context(), t.TempDir()
	s := open(t, folder, embedded.Options{})
	defer func() { check(t, s.Close()) }()
	mark := strings.Repeat("erasable-mark", 3)
	for range 100 {
		check(t, s.Append(ctx, spsbot.Entry{Subject: "s", Kind: "record", At: time.Now(), Data: []byte(mark + strings.Repeat(".", 3000))}))
	}
	check(t, s.Append(ctx, spsbot.Entry{Subject: "other", Kind: "record", At: time.Now()}))
	if findIn(t, folder, mark) == 0 {
		t.Fatal("the mark is not found while it is there")
	}
	if count, err := s.Erase(ctx, spsbot.EntryQuery{Subjects: []string{"s"}}); count != 100 || err != nil {
		t.Fatal(count, err)
	}
	if count := findIn(t, folder, mark); count != 0 {
		t.Errorf("the mark is still found %d times", count)
	}
}

// findIn counts a text in the bytes of all files of a folder.
func findIn(t *testing.T, folder, text string) int {
	t.Helper()
	count := 0
	check(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		count += bytes.Count(data, []byte(text))
		return err
	}))
	return count
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
