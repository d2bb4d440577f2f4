package embedded

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"
)

// put returns an operation that writes a value.
func put(key string) *operation {
	return &operation{done: make(chan error, 1), apply: func(tx *transaction) error {
		_, err := tx.exec(`INSERT INTO vals (key, value) VALUES (?, '')`, key)
		return err
	}}
}

func openWriter(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.Context(), t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func keys(t *testing.T, s *Store) []string {
	t.Helper()
	var found []string
	for _, key := range []string{"a", "b", "c", "d"} {
		_, ok, err := s.Get(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		if ok {
			found = append(found, key)
		}
	}
	return found
}

// hold keeps the writer busy until release is called, so that what is submitted
// in the meantime makes one group.
func hold(t *testing.T, s *Store) (release func()) {
	t.Helper()
	begun, end := make(chan struct{}), make(chan struct{})
	failed := make(chan error, 1)
	go func() {
		failed <- s.write.do(context.Background(), func(*transaction) error {
			close(begun)
			<-end
			return nil
		})
	}()
	<-begun
	return func() {
		close(end)
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
}

// submitted starts operations and waits until all stand in the queue.
func submitted(ctx context.Context, t *testing.T, s *Store, operations ...*operation) <-chan error {
	t.Helper()
	results := make(chan error, len(operations))
	for i, op := range operations {
		go func() { results <- s.write.submit(ctx, op) }()
		for queued := -1; queued <= i; time.Sleep(time.Millisecond) {
			s.write.mutex.Lock()
			queued = len(s.write.queue)
			s.write.mutex.Unlock()
		}
	}
	return results
}

// One operation that fails is undone, and undoes nothing else of its group.
func TestAFailureIsItsOwn(t *testing.T) {
	s := openWriter(t)
	broken := errors.New("broken")
	half := put("b")
	write := half.apply
	half.apply = func(tx *transaction) error { return errors.Join(write(tx), broken) }
	release := hold(t, s)
	results := submitted(t.Context(), t, s, put("a"), half, put("c"))
	release()
	failures := 0
	for range 3 {
		if err := <-results; errors.Is(err, broken) {
			failures++
		} else if err != nil {
			t.Error(err)
		}
	}
	if got := keys(t, s); failures != 1 || !slices.Equal(got, []string{"a", "c"}) {
		t.Errorf("%d failures, written %v", failures, got)
	}
}

// When the transaction itself fails, everybody in it is told, nothing of it is
// written, and the writer goes on.
func TestAFailedCommitIsEverybodys(t *testing.T) {
	s := openWriter(t)
	spoil := &operation{done: make(chan error, 1), apply: func(tx *transaction) error {
		_, err := tx.exec("ROLLBACK")
		return err
	}}
	release := hold(t, s)
	results := submitted(t.Context(), t, s, put("a"), spoil, put("c"))
	release()
	for range 3 {
		if err := <-results; err == nil {
			t.Error("an operation of a failed transaction was told that all is well")
		}
	}
	if err := s.Put(t.Context(), "d", nil, 0); err != nil {
		t.Error(err)
	}
	if got := keys(t, s); !slices.Equal(got, []string{"d"}) {
		t.Errorf("written %v", got)
	}
}

// Who gives up before the writer came gets an error, and nothing was done.
func TestAbandoned(t *testing.T) {
	s := openWriter(t)
	ctx, cancel := context.WithCancel(t.Context())
	release := hold(t, s)
	results := submitted(ctx, t, s, put("a"), put("b"))
	cancel()
	for range 2 {
		if err := <-results; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
	release()
	if err := s.Put(t.Context(), "c", nil, 0); err != nil {
		t.Error(err)
	}
	if got := keys(t, s); !slices.Equal(got, []string{"c"}) {
		t.Errorf("written %v", got)
	}
}

// Closing carries out what was accepted before.
func TestCloseWaitsForWriters(t *testing.T) {
	folder := t.TempDir()
	s, err := Open(t.Context(), folder, Options{})
	if err != nil {
		t.Fatal(err)
	}
	release := hold(t, s)
	var operations []*operation
	for i := range 300 { // more than one group
		operations = append(operations, put(fmt.Sprint(i)))
	}
	results := submitted(t.Context(), t, s, operations...)
	closed := make(chan error, 1)
	go func() { closed <- s.Close() }()
	for isClosed := false; !isClosed; time.Sleep(time.Millisecond) {
		s.write.mutex.Lock()
		isClosed = s.write.closed
		s.write.mutex.Unlock()
	}
	release()
	for range operations {
		if err := <-results; err != nil {
			t.Error(err)
		}
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
}
