//go:build !slow

package main

import "time"

// How long the chaos lasts, how often somebody asks, how long the program lives
// at most, and whether Discord misbehaves as well.
const (
	chaosTime   = 8 * time.Second
	chaosEvery  = 40 * time.Millisecond
	chaosLife   = 2 * time.Second
	chaosFaults = false
)
