package keyring

import (
	"fmt"
	"time"
)

// Prune destroys the keys that were neither made nor used since a time and for
// which keep says no: those of people of whom nothing is left. Nobody waits
// while keep is asked.
func (k *Keyring) Prune(since time.Time, keep func(handle string) (bool, error)) (int, error) {
	pruned := 0
	for _, p := range k.idle(since) {
		needed, err := keep(p.handle.String())
		if err != nil {
			return pruned, fmt.Errorf("prune the keys of people: %w", err)
		}
		if needed {
			continue
		}
		gone, err := k.destroyIdle(p, since)
		if err != nil {
			return pruned, fmt.Errorf("prune the keys of people: %w", err)
		}
		if gone {
			pruned++
		}
	}
	return pruned, nil
}

// idle returns the people whose keys were neither made nor used since a time.
func (k *Keyring) idle(since time.Time) []*person {
	k.mutex.RLock()
	defer k.mutex.RUnlock()
	var found []*person
	for _, p := range k.byAsker {
		if p.idle(since) {
			found = append(found, p)
		}
	}
	return found
}

func (p *person) idle(since time.Time) bool { return !p.created.After(since) && !p.used.After(since) }

// destroyIdle destroys a key unless it was used in the meantime or is gone.
func (k *Keyring) destroyIdle(p *person, since time.Time) (bool, error) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if k.byHandle[p.handle] != p || !p.idle(since) {
		return false, nil
	}
	return true, k.destroy(p)
}
