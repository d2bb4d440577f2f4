// Command serve is the process that reads one document, without the race
// detector, which would make each of many processes slow to start.
package main

import (
	"fmt"
	"os"

	"spsbot/retrieval/parse"
)

func main() {
	if err := parse.Serve(os.Args[2], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
