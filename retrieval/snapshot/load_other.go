//go:build !unix

package snapshot

import "os"

// load reads a file: this system has no mapping that the standard library knows.
func load(path string) (data []byte, unmap func() error, err error) {
	data, err = os.ReadFile(path)
	return data, func() error { return nil }, err
}
