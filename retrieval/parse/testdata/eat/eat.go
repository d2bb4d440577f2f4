// Command eat stands for the reader of a hostile file: it takes all the memory
// that it can get.
package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	_, _ = io.Copy(io.Discard, os.Stdin)
	var eaten [][]byte
	for range 64 {
		eaten = append(eaten, make([]byte, 64<<20))
		for i := 0; i < 64<<20; i += 4096 {
			eaten[len(eaten)-1][i] = 1
		}
	}
	fmt.Println(len(eaten))
}
