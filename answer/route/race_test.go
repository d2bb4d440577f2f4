//go:build race

package route

// everyExample thins out the examples of long tests: the race detector makes
// each of them ten times as long.
const everyExample = 40
