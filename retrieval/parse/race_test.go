//go:build race

package parse_test

// raceDetector says that the tests run under the race detector, which needs many
// times the memory.
const raceDetector = true
