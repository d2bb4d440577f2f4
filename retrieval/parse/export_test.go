package parse

import "time"

// Limit sets the limits of the processes that read files.
func (r *Reader) Limit(stall, whole time.Duration, memory uint64) {
	r.limits = limits{stall: stall, whole: whole, memory: memory}
}
