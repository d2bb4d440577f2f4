//go:build !race

package route

// everyExample thins out the examples of long tests: none, without the race detector.
const everyExample = 1
