package parse

import "golang.org/x/sys/unix"

// limitMemory limits what a process may allocate, in bytes. A process that is
// gone already needs no limit.
func limitMemory(process int, most uint64) {
	limit := unix.Rlimit{Cur: most, Max: most}
	_ = unix.Prlimit(process, unix.RLIMIT_DATA, &limit, nil)
}
