//go:build !linux

package parse

// limitMemory does nothing where a process cannot be limited from outside: there
// the memory limit of the Go runtime has to do.
func limitMemory(int, uint64) {}
