package snapshot_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"spsbot/retrieval/snapshot"
)

const version = 7

func tables() []snapshot.Table {
	large := make([]byte, 200_000)
	for i := range large {
		large[i] = byte(i * i / 7)
	}
	return []snapshot.Table{{"empty", nil}, {"small", []byte("a few bytes")}, {"large", large}}
}

func write(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "snapshot")
	if err := snapshot.Write(path, version, tables()); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestGoesRound(t *testing.T) {
	path := write(t)
	if err := snapshot.Write(path, version, tables()); err != nil { // over the one before
		t.Fatal(err)
	}
	file, err := snapshot.Open(path, version)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables() {
		got, err := file.Table(table.Name)
		if err != nil || !bytes.Equal(got, table.Data) {
			t.Errorf("table %s: %d bytes, %v", table.Name, len(got), err)
		}
	}
	if _, err := file.Table("none"); !errors.Is(err, snapshot.ErrDamaged) {
		t.Errorf("a table that is not there: %v", err)
	}
	if err := file.Close(); err != nil {
		t.Error(err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("beside the snapshot there is something else: %v, %v", left, err)
	}
}

func TestAnotherVersion(t *testing.T) {
	if _, err := snapshot.Open(write(t), version+1); !errors.Is(err, snapshot.ErrVersion) {
		t.Errorf("got %v, want ErrVersion", err)
	}
}

// TestEveryChangeIsFound changes the file at many places, and cuts it: either
// it cannot be opened, or the table that holds the place cannot be read.
func TestEveryChangeIsFound(t *testing.T) {
	path := write(t)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(whole); at += 1 + at/50 {
		changed := bytes.Clone(whole)
		changed[at] ^= 0x10
		holds(t, path, changed)
	}
	for cut := 0; cut < len(whole); cut += 1 + cut/3 {
		holds(t, path, whole[:cut])
	}
	holds(t, path, append(bytes.Clone(whole), 0))
}

// holds checks that what a changed file gives out is what was written.
func holds(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := snapshot.Open(path, version)
	if err != nil {
		if !errors.Is(err, snapshot.ErrDamaged) && !errors.Is(err, snapshot.ErrVersion) {
			t.Fatalf("an error of another kind: %v", err)
		}
		return
	}
	for _, table := range tables() {
		if got, err := file.Table(table.Name); err == nil && !bytes.Equal(got, table.Data) {
			t.Fatalf("table %s was given out with other bytes", table.Name)
		}
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestLazy holds that damage in one page is found when that page is asked for.
func TestLazy(t *testing.T) {
	path := write(t)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	large := tables()[2].Data
	at := bytes.Index(content, large) + len(large) - 1
	content[at]++
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := snapshot.Open(path, version)
	if err != nil {
		t.Fatal(err)
	}
	_, check, err := file.Lazy("large")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if !check(0, 100) || check(len(large)-10, len(large)) || check(0, len(large)) {
			t.Error("the first page is sound, the last one is not")
		}
	}
	if err := file.Close(); err != nil {
		t.Error(err)
	}
}
