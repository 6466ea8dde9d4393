package ui

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"ringback/server/callback"
	"ringback/server/desk"
)

// fed is a feed whose window does everything at once, in the feed's goroutine.
type fed struct {
	*feed
	desk  *fakeDesk
	shown []sight
	ticks int
}

// feedIn starts a feed in a bubble, and ends it with the test.
func feedIn(t *testing.T, f *fakeDesk, do func(func())) *fed {
	t.Helper()
	fd := &fed{desk: f}
	fd.feed = newFeed(f, do, func(s sight) { fd.shown = append(fd.shown, s) }, func() { fd.ticks++ })
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); fd.run(ctx) }()
	t.Cleanup(func() { cancel(); <-done })
	synctest.Wait()
	return fd
}

func atOnce(do func()) { do() }

func TestChangesAreShownAtMostTenTimesASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fd := feedIn(t, busyShop(), atOnce)
		for range 1000 {
			fd.desk.change(func() {})
			time.Sleep(time.Millisecond)
		}
		synctest.Wait()
		if n := len(fd.shown); n < 10 || n > 11 {
			t.Errorf("in a second it was shown %d times, want 10 and the first", n)
		}
	})
}

func TestTheLastChangeIsShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fd := feedIn(t, busyShop(), atOnce)
		for i := range 5 {
			fd.desk.change(func() { fd.desk.shop.NeedsYou = i })
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if got := fd.shown[len(fd.shown)-1].shop.NeedsYou; got != 4 {
			t.Errorf("shown is %d, want 4", got)
		}
	})
}

func TestASlowWindowHasNoQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var queue []func()
		fd := feedIn(t, busyShop(), func(do func()) { queue = append(queue, do) })
		for i := range 20 {
			fd.desk.change(func() { fd.desk.shop.NeedsYou = i })
			time.Sleep(time.Second)
		}
		synctest.Wait()
		if len(queue) > 2 {
			t.Errorf("%d things wait for the window, want at most what there is to see and a tick", len(queue))
		}
		for _, do := range queue {
			do()
		}
		if len(fd.shown) != 1 || fd.shown[0].shop.NeedsYou != 19 {
			t.Errorf("it is shown %d times, want the last state once", len(fd.shown))
		}
	})
}

func TestClocksTickOnlyAsFastAsTheyMustAndReadNothing(t *testing.T) {
	atRest := emptyShop(true)
	rings := emptyShop(true)
	rings.phones[0].State = desk.Ringing
	cases := []struct {
		name string
		desk *fakeDesk
		want int
	}{
		{"each second while a call is on", busyShop(), 30},
		{"each second while a phone rings", rings, 30},
		{"now and then otherwise", atRest, 2},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				fd := feedIn(t, c.desk, atOnce)
				time.Sleep(30*time.Second + 200*time.Millisecond)
				synctest.Wait()
				if fd.ticks != c.want || c.desk.reads != 1 {
					t.Errorf("in 30 s it ticked %d times and read %d times, want %d and once", fd.ticks, c.desk.reads, c.want)
				}
			})
		})
	}
}

func TestAShopThatCanNotBeReadIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := busyShop()
		f.broken = errors.New("disk on fire")
		fd := feedIn(t, f, atOnce)
		if len(fd.shown) != 1 || !errors.Is(fd.shown[0].err, f.broken) {
			t.Fatalf("shown is %+v, want the error", fd.shown)
		}
		f.mu.Lock()
		f.broken = nil
		f.mu.Unlock()
		time.Sleep(restTick + time.Second)
		synctest.Wait()
		if last := fd.shown[len(fd.shown)-1]; last.err != nil || last.rows.Count == 0 {
			t.Errorf("after a while shown is %+v, want the shop", last)
		}
	})
}

func TestWhatIsLookedAtIsRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fd := feedIn(t, busyShop(), atOnce)
		fd.look(glance{filter: desk.All, selected: 10, near: 9})
		time.Sleep(time.Second)
		synctest.Wait()
		s := fd.shown[len(fd.shown)-1]
		fd.desk.mu.Lock()
		defer fd.desk.mu.Unlock()
		want := desk.Query{Filter: desk.All, Span: callback.Span{Near: 9, Above: spanAbove, Limit: spanSize, Find: 10}}
		if got := fd.desk.queries[len(fd.desk.queries)-1]; s.detail == nil || s.detail.ID != 10 || got != want || s.rows.Found != 2 {
			t.Errorf("seen is request %+v at %d, asked was %+v, want %+v", s.detail, s.rows.Found, got, want)
		}
	})
}

// A window that has looked elsewhere in the moment of a change sees both.
func TestAChangeIsNotForgottenForALookElsewhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fd := feedIn(t, busyShop(), atOnce)
		for i := range 50 {
			fd.desk.change(func() { fd.desk.shop.NeedsYou = i })
			fd.look(glance{selected: int64(i)})
			time.Sleep(time.Second)
			synctest.Wait()
			if s := fd.shown[len(fd.shown)-1]; s.shop.NeedsYou != i || s.glance.selected != int64(i) {
				t.Fatalf("seen are %d and request %d, want %d", s.shop.NeedsYou, s.glance.selected, i)
			}
		}
	})
}

func TestARequestThatIsGoneIsNoError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fd := feedIn(t, busyShop(), atOnce)
		fd.look(glance{filter: desk.All, selected: 999})
		time.Sleep(time.Second)
		synctest.Wait()
		if s := fd.shown[len(fd.shown)-1]; s.err != nil || s.detail != nil || s.glance.selected != 999 {
			t.Errorf("seen is %+v", s)
		}
	})
}

func TestEachWatchIsGivenBack(t *testing.T) {
	f := busyShop()
	synctest.Test(t, func(t *testing.T) {
		fd := feedIn(t, f, atOnce)
		for range 3 {
			fd.desk.change(func() {})
			time.Sleep(time.Second)
		}
	})
	if f.release != f.reads {
		t.Errorf("of %d watches %d were given back", f.reads, f.release)
	}
}

func TestErrandsAreDoneInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newErrands()
		ctx, cancel := context.WithCancel(context.Background())
		var done []int
		for i := range 100 {
			e.add(func(context.Context) { done = append(done, i) })
		}
		go e.run(ctx)
		synctest.Wait()
		e.add(func(context.Context) { done = append(done, 100) })
		synctest.Wait()
		cancel()
		synctest.Wait()
		for i, n := range done {
			if i != n {
				t.Fatalf("number %d was done as number %d", n, i)
			}
		}
		if len(done) != 101 {
			t.Errorf("%d were done, want 101", len(done))
		}
	})
}
