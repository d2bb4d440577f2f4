package main

import (
	"fmt"
	"math/rand"
	"runtime"
	"sync"
	"time"

	"github.com/viterin/vek/vek32"

	"spsbot/retrieval/vector"
)

// vectors compares exact search with the speed at which the same memory can be read.
func vectors() {
	fmt.Printf("\n== exact vectors\n\n%-16s %12s %12s %16s\n", "", "float32 µs", "int8 µs", "share of stream")
	for _, shape := range [][2]int{{10_000, 384}, {100_000, 384}, {10_000, 1536}, {100_000, 1536}} {
		random := rand.New(rand.NewSource(1))
		rows, length := shape[0], shape[1]
		m := vector.NewMatrix(length)
		data := make([]float32, rows*length)
		for i := range data {
			data[i] = random.Float32() - 0.5
		}
		for row := range rows {
			if err := m.Add(row, data[row*length:(row+1)*length]); err != nil {
				fmt.Println(err)
				return
			}
		}
		query := data[:length]
		small := m.Small()
		exact := best(func() { _, _ = m.Search(query, cutoff) })
		near := best(func() { _, _ = small.Search(query, cutoff) })
		stream := best(func() { read(data) })
		fmt.Printf("%-16s %12d %12d %15.0f%%\n", fmt.Sprintf("%d × %d", rows, length), exact.Microseconds(), near.Microseconds(), 100*float64(stream)/float64(exact))
	}
}

// read adds up all numbers with as many goroutines as a search has.
func read(data []float32) {
	parts := runtime.GOMAXPROCS(0)
	var group sync.WaitGroup
	for part := range parts {
		group.Go(func() { vek32.Sum(data[len(data)*part/parts : len(data)*(part+1)/parts]) })
	}
	group.Wait()
}

// best returns the shortest of several runs: what else the machine does only adds.
func best(work func()) time.Duration {
	shortest := time.Hour
	for range 15 {
		begun := time.Now()
		work()
		shortest = min(shortest, time.Since(begun))
	}
	return shortest
}
