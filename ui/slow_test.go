package ui

import (
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestEachPieceOfWorkOnTheWindowsGoroutineIsMeasured(t *testing.T) {
	seen := map[string]bool{}
	f := busyShop()
	o := openIn(t, f, Light, func(o *Options) {
		o.Slow = func(what string, took time.Duration) {
			if took < 0 {
				t.Errorf("%s took %v", what, took)
			}
			seen[what[strings.LastIndex(what, "/")+1:]] = true
		}
	})
	o.pick(10)
	o.places[0].nav[0].Tapped(nil)
	for _, want := range []string{"ui.(*feed).arrive-fm", "ui.(*Window).newPlace.func1"} {
		if !seen[want] {
			t.Errorf("%s was not measured, but %v", want, seen)
		}
	}
}

// BenchmarkWindow does what an owner does on a full list and on every other page, and prints
// the longest piece of work on the window's goroutine, the drawing of Fyne left out: as the
// owner waits for it, and as the processor works for it, which a computer that is busy with
// something else makes no longer. The rounds differ by that; the quickest counts.
func BenchmarkWindow(b *testing.B) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var waited, work piece
	for b.Loop() {
		var longest, most piece
		playOwner(b, func(what string, took, worked time.Duration) {
			longest, most = longest.or(piece{what, took}), most.or(piece{what, worked})
		})
		waited, work = waited.less(longest), work.less(most)
	}
	b.ReportMetric(waited.took.Seconds()*1000, "longest-ms")
	b.ReportMetric(work.took.Seconds()*1000, "work-ms")
	b.Logf("the longest wait on the window's goroutine: %v; the longest work: %v; a frame is %v", waited, work, Frame)
}

// piece is a piece of work.
type piece struct {
	what string
	took time.Duration
}

func (p piece) or(o piece) piece {
	if o.took > p.took {
		return o
	}
	return p
}

// less is the shorter one; one that is none yet is no piece.
func (p piece) less(o piece) piece {
	if p.what == "" || o.took < p.took {
		return o
	}
	return p
}

func (p piece) String() string { return p.what + " " + p.took.Round(10*time.Microsecond).String() }

// playOwner opens a window on a list of 2000 and does what an owner does there, then on the
// other pages, which are made on the way. The handlers of widgets are measured here, by hand.
func playOwner(b *testing.B, tell func(what string, took, worked time.Duration)) {
	f := reportedShop()
	for id := int64(2000); id > 12; id-- {
		r := f.requests[id%10]
		r.ID, r.AskedAt = id, ago(time.Minute)
		f.requests = append(f.requests, r)
	}
	f.requests = append(f.requests[10:], f.requests[:10]...)
	does := func(what string, do func()) {
		began, before := time.Now(), worked()
		do()
		tell(what, time.Since(began), worked()-before)
	}
	o := openIn(b, f, Light, func(o *Options) {
		queue := o.Do
		o.Do = func(f func()) {
			name := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
			queue(func() { does(name, f) })
		}
	})
	defer o.Close()
	for i := range filters {
		does("choose a filter", func() { o.requests.chooseFilter(i) })
		o.until("it was read", func() bool { return o.read })
	}
	for _, id := range []int64{1990, 1950, 1992, 12} {
		does("choose a request", func() { o.requests.list.picked(o.rows.index(id)) })
		o.until("its history was read", func() bool { return o.detail.ID == id && o.detail.Asked > 0 })
	}
	for n := range 5 {
		f.change(func() { f.shop.Today = 100 + n })
		o.until("the change was drawn", func() bool { return o.shop.Today == 100+n })
	}
	does("resize", func() { o.resize(800, 560) })
	does("resize back", func() { o.resize(startWidth, startHeight) })
	does("tick", o.tick)
	o.furnish()
	tour(o, does)
}
