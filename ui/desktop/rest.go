package desktop

import (
	"sync"
	"sync/atomic"
	"time"
)

const (
	// stirred is how long after something happened the window's goroutine stays as quick as
	// Fyne makes it: what was pressed may move on the screen.
	stirred = time.Second
	// nap is how long it waits at a time. What the desktop reports and what comes by do
	// ends it; a choice in the menu of the tray, which Fyne passes on by itself, waits for its end.
	nap = 300 * time.Millisecond
	// between is how long Fyne has between two naps, to look after its windows at least once.
	between = 20 * time.Millisecond
)

// rest lets the window's goroutine wait while nothing happens. By itself Fyne looks for
// something to do sixty times a second, which costs a hundredth of a core all day long.
type rest struct {
	run   func(func())                // on the window's goroutine, without waiting for it
	wait  func(time.Duration)         // returns early when the desktop reports something
	wake  func()                      // ends a wait, from any goroutine
	later func(time.Duration, func()) // calls once, on any goroutine
	now   func() time.Time

	until time.Time // awake until then; it belongs to the window's goroutine
	over  atomic.Bool

	mu      sync.Mutex
	napping bool
}

// begin lets it rest from now on; like end it is called on the window's goroutine.
func (r *rest) begin() {
	r.busy()
	r.again(stirred)
}

// end lets it rest no more. It must come before the app ends: then there is nothing left to
// wait for, and Fyne runs what is to be done on any goroutine. Again is harmless.
func (r *rest) end() { r.over.Store(true) }

// do runs a function on the window's goroutine, and does not wait for it.
func (r *rest) do(f func()) {
	r.run(func() {
		r.busy()
		f()
	})
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.napping {
		r.wake()
	}
}

func (r *rest) busy() { r.until = r.now().Add(stirred) }

func (r *rest) again(after time.Duration) {
	r.later(after, func() { r.run(r.step) })
}

func (r *rest) step() {
	began := r.now()
	switch left := r.until.Sub(began); {
	case r.over.Load():
		return
	case left > 0:
		r.again(left)
		return
	}
	r.nap()
	if r.now().Sub(began) < nap*9/10 {
		r.busy()
	}
	r.again(between)
}

// nap is over before its end only where something happened. The lock keeps wake from being
// called when the window may be gone already.
func (r *rest) nap() {
	r.mu.Lock()
	r.napping = true
	r.mu.Unlock()
	r.wait(nap)
	r.mu.Lock()
	r.napping = false
	r.mu.Unlock()
}
