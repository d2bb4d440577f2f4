//go:build unix

package snapshot

import (
	"os"
	"syscall"
)

// load maps a file into memory. Writing to it is never possible.
func load(path string) (data []byte, unmap func() error, err error) {
	file, err := os.Open(path) //nolint:gosec // the caller names its own file
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = file.Close() }() // the mapping outlives it
	info, err := file.Stat()
	if err != nil {
		return nil, nil, err
	}
	if info.Size() == 0 {
		return nil, func() error { return nil }, nil
	}
	data, err = syscall.Mmap(int(file.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, nil, os.NewSyscallError("mmap", err)
	}
	return data, func() error { return syscall.Munmap(data) }, nil
}
