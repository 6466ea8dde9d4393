package ui

import (
	"context"
	"errors"
	"sync"
	"time"

	"ringback/server/callback"
	"ringback/server/desk"
)

const (
	spanSize    = 120                    // requests that are known around what is on the screen
	spanAbove   = 45                     // of them above it
	mostFound   = 1000                   // a search is read so far, and so far again as one gets there
	fewest      = 6                      // requests, to see whether there are more than a first run's
	atMostEvery = 100 * time.Millisecond // changes are gathered this long
	clockTick   = time.Second            // while a call is on
	restTick    = 15 * time.Second       // else: for "2 min", and to look again after an error
)

// glance is what the window looks at.
type glance struct {
	filter   desk.Filter
	search   string
	selected int64 // 0: none
	near     int64 // the request at the top of the screen, or not far from it; 0: not known, or the newest
	at       int   // where nothing is near: the place at the top of the screen
	most     int   // how far a search is read
}

// sight is what was seen at a glance.
type sight struct {
	glance glance
	shop   desk.Shop
	rows   callback.Stretch // around what is looked at
	detail *desk.Detail     // nil: none was selected, or it is gone
	phones []desk.PracticePhone
	texts  []desk.PracticeText
	newest callback.Request   // of all, in practice; none: its ID is 0
	recent []callback.Request // the newest few of all, in practice
	err    error              // nothing else is set
}

// feed reads Desk in a goroutine of its own, at each change and wherever the window
// looks at something else, and brings what it saw to the window's goroutine. What was
// not fetched there yet is replaced, so that a slow window never has a queue of them.
type feed struct {
	desk desk.Desk
	do   func(func())
	show func(sight) // on the window's goroutine
	tick func()      // on the window's goroutine: a clock may have moved

	kick chan struct{}

	mu      sync.Mutex
	want    glance
	latest  *sight // not shown yet
	ticking bool   // a tick is on its way
}

func newFeed(d desk.Desk, do func(func()), show func(sight), tick func()) *feed {
	return &feed{desk: d, do: do, show: show, tick: tick, kick: make(chan struct{}, 1), want: glance{filter: desk.Today}}
}

// look says what is looked at from now on. It returns at once.
func (f *feed) look(g glance) {
	f.mu.Lock()
	same := f.want == g
	f.want = g
	f.mu.Unlock()
	if !same {
		f.again()
	}
}

// again reads once more, as soon as may be.
func (f *feed) again() {
	select {
	case f.kick <- struct{}{}:
	default: // it is about to read anyway
	}
}

// run reads until ctx ends.
func (f *feed) run(ctx context.Context) {
	for {
		signal, release := f.desk.Changed() // before reading, or a change in between goes unnoticed
		s := f.read(ctx)
		if ctx.Err() == nil {
			f.bring(s)
		}
		f.wait(ctx, signal, s)
		release()
		if ctx.Err() != nil {
			return
		}
	}
}

// wait returns when it is time to read again.
func (f *feed) wait(ctx context.Context, signal <-chan struct{}, s sight) {
	if !pause(ctx, atMostEvery) {
		return
	}
	every := restTick
	if goesOn(s) {
		every = clockTick
	}
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-signal:
			return
		case <-f.kick:
			return
		case <-ticker.C:
			if s.err != nil {
				return
			}
			f.bringTick()
		}
	}
}

func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// goesOn says that a clock of seconds runs.
func goesOn(s sight) bool {
	for _, r := range s.shop.Line {
		if r.Status.UnderWay() {
			return true
		}
	}
	for _, p := range s.phones {
		if p.State != desk.Idle {
			return true
		}
	}
	return false
}

func (f *feed) read(ctx context.Context) sight {
	f.mu.Lock()
	s := sight{glance: f.want}
	f.mu.Unlock()
	if err := f.fill(ctx, &s); err != nil {
		return sight{glance: s.glance, err: err}
	}
	return s
}

func (f *feed) fill(ctx context.Context, s *sight) (err error) {
	if s.shop, err = f.desk.Shop(ctx); err != nil {
		return err
	}
	if s.rows, err = f.desk.Requests(ctx, s.glance.query()); err != nil {
		return err
	}
	if p := f.desk.Practice(); p != nil {
		s.phones, s.texts = p.Phones(), p.Texts()
		newest, err := f.desk.Requests(ctx, desk.Query{Filter: desk.All, Span: callback.Span{Limit: fewest}})
		if err != nil {
			return err
		}
		s.recent = newest.Requests
		if len(s.recent) > 0 {
			s.newest = s.recent[0]
		}
	}
	if s.glance.selected == 0 {
		return nil
	}
	d, err := f.desk.Request(ctx, s.glance.selected)
	if isGone(err) {
		return nil
	}
	s.detail = &d
	return err
}

// query asks for what is on the screen and around it.
func (g glance) query() desk.Query {
	return desk.Query{Filter: g.filter, Search: g.search, Most: g.most, Span: callback.Span{
		At: max(0, g.at-spanAbove), Near: g.near, Above: spanAbove, Limit: spanSize, Find: g.selected,
	}}
}

func isGone(err error) bool {
	var e *callback.Error
	return errors.Is(err, callback.ErrNotFound) || errors.As(err, &e) && e.Code == callback.NotFound
}

// bring has s shown, in place of one that still waits to be.
func (f *feed) bring(s sight) {
	f.mu.Lock()
	waits := f.latest
	f.latest = &s
	f.mu.Unlock()
	if waits == nil {
		f.do(f.arrive)
	}
}

func (f *feed) arrive() {
	f.mu.Lock()
	s := f.latest
	f.latest = nil
	f.mu.Unlock()
	f.show(*s)
}

func (f *feed) bringTick() {
	f.mu.Lock()
	waits := f.ticking
	f.ticking = true
	f.mu.Unlock()
	if !waits {
		f.do(f.arriveTick)
	}
}

func (f *feed) arriveTick() {
	f.mu.Lock()
	f.ticking = false
	f.mu.Unlock()
	f.tick()
}
