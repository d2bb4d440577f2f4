//go:build race

package index_test

// race says that the race detector is on.
const race = true
