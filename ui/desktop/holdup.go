package desktop

import (
	"context"
	"runtime"
	"strings"
	"time"

	"ringback/ui"
)

// slowVariable asks for each time that the window was held up to be logged.
const slowVariable = "RINGBACK_SLOW"

// look is how long after one look at the window's goroutine the next one follows.
const look = 10 * time.Millisecond

// watchHoldups tells, until ctx ends, each time that the window's goroutine let something
// wait for longer than a frame, and what it was at then: a handler, a picture or whatever
// else. run does something there, and does not wait for it.
func watchHoldups(ctx context.Context, run func(func()), at func() string, tell func(by string, took time.Duration)) {
	for ctx.Err() == nil {
		began, done := time.Now(), make(chan struct{})
		run(func() { close(done) })
		by := ""
		select {
		case <-done:
		case <-time.After(ui.Frame):
			by = at()
		}
		select {
		case <-done:
		case <-ctx.Done():
			return
		}
		if took := time.Since(began); by != "" {
			tell(by, took)
		}
		select {
		case <-time.After(look):
		case <-ctx.Done():
		}
	}
}

// mainGoroutine is how the stack of the goroutine begins that runs the window.
const mainGoroutine = "goroutine 1 ["

// workAt is the function of ours that the window's goroutine is in.
func workAt() string {
	stacks := make([]byte, 1<<20)
	return innermost(string(stacks[:runtime.Stack(stacks, true)]))
}

// drawing is what the goroutine does while it is in no function of ours.
const drawing = "fyne"

// innermost finds that function among the stacks of all goroutines.
func innermost(stacks string) string {
	for stack := range strings.SplitSeq(stacks, "\n\n") {
		if !strings.HasPrefix(stack, mainGoroutine) {
			continue
		}
		for line := range strings.Lines(stack) {
			switch {
			case strings.HasPrefix(line, "ringback/ui/desktop.Run("):
				return drawing
			case strings.HasPrefix(line, "ringback/"):
				return line[:strings.LastIndex(line, "(")]
			}
		}
	}
	return drawing
}
