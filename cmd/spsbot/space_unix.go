//go:build linux || darwin

package main

import "syscall"

// freeSpace returns how many bytes of a folder's disk this user may still fill.
func freeSpace(folder string) (free uint64, known bool) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(folder, &disk); err != nil || disk.Bsize <= 0 {
		return 0, false
	}
	return disk.Bavail * uint64(disk.Bsize), true
}
