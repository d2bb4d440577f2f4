package discordtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// wait waits until ready, which is called with the mutex held.
func (a *Action) wait(ctx context.Context, what string, ready func() bool) error {
	if a.err != nil {
		return a.err
	}
	for {
		a.fake.mutex.Lock()
		done, failed, changed := ready(), a.failed(), a.changed
		left := a.fake.options.AckWithin - a.fake.now().Sub(a.created)
		a.fake.mutex.Unlock()
		switch {
		case done:
			return nil
		case failed:
			return fmt.Errorf("wait for %s to %s %s: %w", what, a.Kind, a.Name, ErrFailed)
		}
		if err := a.sleep(ctx, changed, left); err != nil {
			return fmt.Errorf("wait for %s to %s %s: %w", what, a.Kind, a.Name, err)
		}
	}
}

// sleep waits for a change, for the moment when the interaction fails, or for
// the end of the context.
func (a *Action) sleep(ctx context.Context, changed <-chan struct{}, left time.Duration) error {
	var deadline <-chan time.Time
	if a.Token != "" && left > 0 {
		timer := time.NewTimer(left + time.Millisecond)
		defer timer.Stop()
		deadline = timer.C
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-a.fake.ending.Done():
		return errors.New("the fake was closed")
	case <-changed:
	case <-deadline:
	}
	return nil
}

// Await waits until ready reports true. It is called after every change of
// anything, without a lock, and may call the fake's methods. What says, for the
// error, what is awaited.
func (f *Fake) Await(ctx context.Context, what string, ready func() bool) error {
	for {
		f.mutex.Lock()
		changed := f.actions.changed
		f.mutex.Unlock()
		if ready() {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for %s: %w", what, ctx.Err())
		case <-f.ending.Done():
			return fmt.Errorf("wait for %s: the fake was closed", what)
		case <-changed:
		}
	}
}

// touch wakes those who wait for anything.
func (f *Fake) touch() {
	close(f.actions.changed)
	f.actions.changed = make(chan struct{})
}

// touch wakes those who wait for the action; nil is no action.
func (a *Action) touch() {
	if a == nil {
		return
	}
	close(a.changed)
	a.changed = make(chan struct{})
}

// note takes a message of the bot as a reply to the action, as it was made or changed.
func (a *Action) note(m *message) {
	if a == nil || a.forgot {
		return
	}
	if !slices.Contains(a.replies, m) {
		a.replies = append(a.replies, m)
	}
	if m.shown() && a.answered.IsZero() {
		a.answered = time.Now()
	}
	a.touch()
}
