package bot

import (
	"context"
	"sync"
)

// deferrals keep workers from filling in a reply before Discord knows that one
// comes: an answer takes less time than the acknowledgement.
type deferrals struct {
	mutex   sync.Mutex
	pending map[string]chan struct{}
}

// begin notes that an interaction is about to be deferred; done says that it was.
func (d *deferrals) begin(id string) (done func()) {
	ended := make(chan struct{})
	d.mutex.Lock()
	if d.pending == nil {
		d.pending = map[string]chan struct{}{}
	}
	d.pending[id] = ended
	d.mutex.Unlock()
	return func() {
		d.mutex.Lock()
		delete(d.pending, id)
		d.mutex.Unlock()
		close(ended)
	}
}

// wait returns when an interaction is not about to be deferred.
func (d *deferrals) wait(ctx context.Context, id string) {
	d.mutex.Lock()
	ended, pending := d.pending[id]
	d.mutex.Unlock()
	if !pending {
		return
	}
	select {
	case <-ctx.Done():
	case <-ended:
	}
}
