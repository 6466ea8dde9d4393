package desktop

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// lazy is a window's goroutine that may rest: what it is to do waits in queue, and it looks
// after its windows itself sixty times a second, which is what costs.
type lazy struct {
	*rest
	queue  chan func()
	events chan struct{} // what the desktop reports while it waits
	looks  atomic.Int64
	stop   chan struct{}
}

func newLazy() *lazy {
	l := &lazy{queue: make(chan func(), 100), events: make(chan struct{}, 1), stop: make(chan struct{})}
	l.rest = &rest{
		run: func(f func()) { l.queue <- f },
		wait: func(d time.Duration) {
			select {
			case <-l.events:
			case <-time.After(d):
			}
		},
		wake:  func() { l.events <- struct{}{} },
		later: func(d time.Duration, f func()) { time.AfterFunc(d, f) },
		now:   time.Now,
	}
	return l
}

// loop is what Fyne does.
func (l *lazy) loop() {
	tick := time.NewTicker(time.Second / 60)
	defer tick.Stop()
	l.begin()
	for {
		select {
		case <-l.stop:
			l.end()
			return
		case f := <-l.queue:
			f()
		case <-tick.C:
			l.looks.Add(1)
		}
	}
}

// resting tries something in a loop that has found its rest.
func resting(t *testing.T, try func(t *testing.T, l *lazy)) {
	synctest.Test(t, func(t *testing.T) {
		l := newLazy()
		go l.loop()
		time.Sleep(10 * time.Second)
		try(t, l)
		close(l.stop)
		time.Sleep(time.Second)
		for len(l.queue) > 0 {
			(<-l.queue)() // a step that came late
		}
	})
}

// lookedIn counts how often the loop looks after its windows in a time.
func (l *lazy) lookedIn(d time.Duration) int {
	before := l.looks.Load()
	time.Sleep(d)
	synctest.Wait()
	return int(l.looks.Load() - before)
}

func TestAWindowInWhichNothingHappensIsLookedAfterAFewTimesASecond(t *testing.T) {
	resting(t, func(t *testing.T, l *lazy) {
		if n := l.lookedIn(10 * time.Second); n < 20 || n > 120 {
			t.Errorf("in ten seconds it was looked after %d times", n)
		}
	})
}

func TestAfterTheDesktopReportedSomethingTheWindowIsAwakeForASecond(t *testing.T) {
	resting(t, func(t *testing.T, l *lazy) {
		l.events <- struct{}{}
		if n := l.lookedIn(time.Second); n < 40 {
			t.Errorf("in the second after it was looked after %d times", n)
		}
		time.Sleep(time.Second)
		if n := l.lookedIn(10 * time.Second); n > 120 {
			t.Errorf("later it was looked after %d times in ten seconds", n)
		}
	})
}

func TestWhatIsToBeDoneOnTheWindowsGoroutineWaitsForNoNap(t *testing.T) {
	resting(t, func(t *testing.T, l *lazy) {
		for range 20 {
			time.Sleep(3*time.Second + 7*time.Millisecond) // somewhere in a nap
			asked := time.Now()
			done := make(chan time.Duration, 1)
			l.do(func() { done <- time.Since(asked) })
			if took := <-done; took != 0 {
				t.Errorf("it was done after %v", took)
			}
			if n := l.lookedIn(time.Second); n < 40 {
				t.Errorf("in the second after it was looked after %d times", n)
			}
		}
	})
}

func TestAWindowThatEndsRestsNoMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLazy()
		l.begin()
		l.end()
		time.Sleep(2 * stirred)
		l.wait = func(time.Duration) { t.Error("it naps") }
		(<-l.queue)()
		time.Sleep(time.Minute)
		if len(l.queue) > 0 {
			t.Error("it goes on")
		}
	})
}
