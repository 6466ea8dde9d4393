//go:build !linux

package ui

import "time"

var started = time.Now()

// worked is the time that has gone by: what the processor did for one thread is not known
// here.
func worked() time.Duration { return time.Since(started) }
