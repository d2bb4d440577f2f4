package embedded

import "sync"

// bells wake those who wait for a lane. The zero value is ready.
type bells struct {
	mutex  sync.Mutex
	lanes  map[string]chan struct{}
	closed bool
}

// listen returns a channel that is closed when the lane's bell rings next.
func (b *bells) listen(lane string) (bell <-chan struct{}, closed bool) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.closed {
		return nil, true
	}
	if b.lanes == nil {
		b.lanes = map[string]chan struct{}{}
	}
	if b.lanes[lane] == nil {
		b.lanes[lane] = make(chan struct{})
	}
	return b.lanes[lane], false
}

// ring wakes all who listen to a lane.
func (b *bells) ring(lane string) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if bell := b.lanes[lane]; bell != nil {
		close(bell)
		delete(b.lanes, lane)
	}
}

// close wakes everybody, for good.
func (b *bells) close() {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.closed = true
	for lane, bell := range b.lanes {
		close(bell)
		delete(b.lanes, lane)
	}
}
