package desktop

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"ringback/ui"
)

func TestWhatHoldsTheWindowUpIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		queue := make(chan func(), 10)
		go func() { // the window's goroutine
			for f := range queue {
				f()
			}
		}()
		var mu sync.Mutex
		var by []string
		var took []time.Duration
		told := func() ([]string, []time.Duration) {
			mu.Lock()
			defer mu.Unlock()
			return by, took
		}
		go watchHoldups(ctx, func(f func()) { queue <- f }, func() string { return "ui.slow" }, func(what string, d time.Duration) {
			mu.Lock()
			defer mu.Unlock()
			by, took = append(by, what), append(took, d)
		})
		queue <- func() { time.Sleep(ui.Frame - time.Millisecond) }
		time.Sleep(time.Second)
		if by, took := told(); len(by) > 0 {
			t.Errorf("of less than a frame it tells %v, %v", by, took)
		}
		queue <- func() { time.Sleep(50 * time.Millisecond) }
		time.Sleep(time.Second)
		if by, took := told(); len(by) != 1 || by[0] != "ui.slow" || took[0] < 50*time.Millisecond-look || took[0] > 50*time.Millisecond {
			t.Errorf("of 50 ms it tells %v, %v", by, took)
		}
		queue <- func() { time.Sleep(time.Hour) }
		time.Sleep(time.Minute)
		stop() // it doesn't wait for a window that is stuck
		synctest.Wait()
		close(queue)
		time.Sleep(time.Hour)
		if by, took := told(); len(by) != 1 {
			t.Errorf("when the window ends it tells %v, %v", by, took)
		}
	})
}

func TestOfTheWindowsGoroutineTheInnermostFunctionOfOursIsNamed(t *testing.T) {
	const other = "goroutine 7 [running]:\nringback/server/shop.other()\n\t/src/other.go:1 +0x1\n\n"
	const run = "ringback/ui/desktop.Run({0x1, 0x2})\n\t/src/run.go:9 +0x9\nmain.main()\n\t/src/main.go:3 +0x3\n"
	for _, c := range []struct{ name, stacks, want string }{
		{"a handler", other + "goroutine 1 [runnable, locked to thread]:\nfyne.io/fyne/v2.(*Container).Refresh(0xc0)\n\t/src/c.go:1 +0x1\n" +
			"ringback/ui.(*chart).turn(0xc0001)\n\t/src/overview.go:2 +0x2\nringback/ui.newPage.func1()\n\t/src/page.go:2 +0x2\n" + run, "ringback/ui.(*chart).turn"},
		{"the drawing", other + "goroutine 1 [running]:\nfyne.io/fyne/v2/internal/painter/gl.draw(0xc0)\n\t/src/gl.go:1 +0x1\n" + run, "fyne"},
		{"nothing", other, "fyne"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := innermost(c.stacks); got != c.want {
				t.Errorf("it is %q, want %q", got, c.want)
			}
		})
	}
}
