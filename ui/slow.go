package ui

import (
	"reflect"
	"runtime"
	"time"
)

// Frame is how long a piece of work may hold up the window's goroutine: longer, and a
// picture is late at 60 a second.
const Frame = 16 * time.Millisecond

// timed is f, with Slow told how long it took.
func (o *Options) timed(f func()) func() {
	if o.Slow == nil {
		return f
	}
	slow, what := o.Slow, runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
	return func() {
		began := time.Now()
		f()
		slow(what, time.Since(began))
	}
}
