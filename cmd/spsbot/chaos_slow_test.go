//go:build slow

package main

import "time"

// How long the chaos lasts, how often somebody asks, how long the program lives
// at most, and whether Discord misbehaves as well.
const (
	chaosTime   = 5 * time.Minute
	chaosEvery  = 20 * time.Millisecond
	chaosLife   = 4 * time.Second
	chaosFaults = true
)
