package ui

import (
	"context"
	"time"
)

// reader reads something of Desk, on a goroutine of its own, and returns what draws it on
// the window's. What it needs to know of a page is given to it when it is made: it must
// not look at the page.
type reader func(ctx context.Context) (draw func(), err error)

// watch reads for a page while that is on the screen. It belongs to the window's
// goroutine; the zero value but for its window rests.
type watch struct {
	w    *Window
	stop context.CancelFunc // nil: it rests
	kick chan struct{}
}

func newWatch(w *Window) *watch { return &watch{w: w} }

// look reads at once, then after each change of anything that Desk shows, at most ten
// times a second, and again after an error. What a reader before it still reads is not
// drawn any more.
func (x *watch) look(read reader) {
	x.rest()
	ctx, stop := context.WithCancel(x.w.ended)
	x.stop, x.kick = stop, make(chan struct{}, 1)
	kick := x.kick
	x.w.done.Go(func() { x.run(ctx, read, kick) })
}

// rest ends the reading. Again is harmless.
func (x *watch) rest() {
	if x.stop != nil {
		x.stop()
		x.stop = nil
	}
}

// again reads once more, as soon as may be; nothing while it rests.
func (x *watch) again() {
	if x.stop == nil {
		return
	}
	select {
	case x.kick <- struct{}{}:
	default: // it is about to read anyway
	}
}

func (x *watch) run(ctx context.Context, read reader, kick <-chan struct{}) {
	for ctx.Err() == nil {
		signal, release := x.w.o.Desk.Changed() // before reading, or a change in between goes unnoticed
		draw, err := read(ctx)
		if ctx.Err() == nil {
			x.w.o.Do(func() { x.show(ctx, draw, err) })
		}
		if pause(ctx, atMostEvery) {
			x.wait(ctx, signal, kick, err)
		}
		release()
	}
}

func (x *watch) show(ctx context.Context, draw func(), err error) {
	switch {
	case ctx.Err() != nil || x.w.closed():
	case err != nil:
		x.w.cantRead(x.w.here, x, err) // a watch rests while its page is not on the screen
	default:
		x.w.message.over(x)
		draw()
	}
}

// wait returns when it is time to read again.
func (x *watch) wait(ctx context.Context, signal, kick <-chan struct{}, err error) {
	var again <-chan time.Time
	if err != nil {
		timer := time.NewTimer(restTick)
		defer timer.Stop()
		again = timer.C
	}
	select {
	case <-ctx.Done():
	case <-signal:
	case <-kick:
	case <-again:
	}
}
