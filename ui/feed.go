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
	pageSize    = 100
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
	around   int64 // also the page of requests below this id, because it is on the screen; 0: none
	older    int64 // also the page of requests below this id, because the end of the list is near; 0: none
}

// part is a piece of the list: the requests below an id, newest first.
type part struct {
	before   int64 // 0: from the newest
	requests []callback.Request
}

// sight is what was seen at a glance.
type sight struct {
	glance  glance
	changed bool // something may have changed in the pages that were not read, too
	shop    desk.Shop
	pages   []part
	detail  *desk.Detail // nil: none was selected, or it is gone
	phones  []desk.PracticePhone
	texts   []desk.PracticeText
	newest  callback.Request   // of all, in practice; none: its ID is 0
	recent  []callback.Request // the newest few of all, in practice
	err     error              // nothing else is set
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
	changed := true
	for {
		signal, release := f.desk.Changed() // before reading, or a change in between goes unnoticed
		s := f.read(ctx)
		s.changed = changed
		if ctx.Err() == nil {
			f.bring(s)
		}
		changed = f.wait(ctx, signal, s)
		release()
		if ctx.Err() != nil {
			return
		}
	}
}

// wait returns when it is time to read again, and whether because of a change.
func (f *feed) wait(ctx context.Context, signal <-chan struct{}, s sight) (changed bool) {
	if !pause(ctx, atMostEvery) {
		return false
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
			return false
		case <-signal:
			return true
		case <-f.kick:
			return closed(signal) // both may have come
		case <-ticker.C:
			if s.err != nil {
				return true
			}
			f.bringTick()
		}
	}
}

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
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
	for i, before := range []int64{0, s.glance.around, s.glance.older} {
		if before == 0 && i > 0 {
			continue
		}
		rs, err := f.desk.Requests(ctx, desk.Query{Filter: s.glance.filter, Search: s.glance.search, Before: before, Limit: pageSize})
		if err != nil {
			return err
		}
		s.pages = append(s.pages, part{before: before, requests: rs})
	}
	if p := f.desk.Practice(); p != nil {
		s.phones, s.texts = p.Phones(), p.Texts()
		rs, err := f.desk.Requests(ctx, desk.Query{Filter: desk.All, Limit: fewest})
		if err != nil {
			return err
		}
		s.recent = rs
		if len(rs) > 0 {
			s.newest = rs[0]
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

func isGone(err error) bool {
	var e *callback.Error
	return errors.Is(err, callback.ErrNotFound) || errors.As(err, &e) && e.Code == callback.NotFound
}

// bring has s shown, in place of one that still waits to be.
func (f *feed) bring(s sight) {
	f.mu.Lock()
	waits := f.latest
	if waits != nil {
		s.changed = s.changed || waits.changed
	}
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
