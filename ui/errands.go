package ui

import (
	"context"
	"sync"
)

// errands are done one after the other, in a goroutine of their own, because Desk may
// wait for the disk and the window must not.
type errands struct {
	mu    sync.Mutex
	queue []func(context.Context)
	wake  chan struct{}
}

func newErrands() *errands { return &errands{wake: make(chan struct{}, 1)} }

// add puts one at the end of the queue. It returns at once.
func (e *errands) add(do func(context.Context)) {
	e.mu.Lock()
	e.queue = append(e.queue, do)
	e.mu.Unlock()
	select {
	case e.wake <- struct{}{}:
	default: // it is awake
	}
}

// run does them until ctx ends; what is in the queue then is not done any more.
func (e *errands) run(ctx context.Context) {
	for ctx.Err() == nil {
		if do := e.next(); do != nil {
			do(ctx)
			continue
		}
		select {
		case <-e.wake:
		case <-ctx.Done():
		}
	}
}

func (e *errands) next() func(context.Context) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.queue) == 0 {
		return nil
	}
	do := e.queue[0]
	e.queue = e.queue[1:]
	return do
}
