// Package notify decides what the owner is told, once: a new request, one that needs
// somebody, trouble with phone, website or disk, and its end. It knows neither window
// nor settings; whoever shows what it decides asks for it by Listen.
package notify

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"ringback/server/callback"
)

// Kind is what the owner is told.
type Kind string

const (
	New     = Kind(callback.NoticeNew)    // somebody asks
	Missed  = Kind(callback.NoticeMissed) // somebody needs you
	Stale   = Kind(callback.NoticeStale)  // somebody could not be called in time
	Texted  = Kind(callback.NoticeTexted) // a visitor texted
	Trouble = Kind("trouble")             // a part does not work
	Over    = Kind("over")                // that part works again
)

// Part is what there can be trouble with.
type Part string

const (
	Phone   Part = "phone"   // nobody can be called
	Website Part = "website" // visitors can't reach the form
	Disk    Part = "disk"    // nothing can be saved
)

// Notice is one thing that the owner is told.
type Notice struct {
	Kind    Kind
	Request int64 // 0: it is about a part
	Part    Part  // empty: it is about a request
}

const (
	// gather is how long a notice of a request waits for the next one of it: a shop that
	// can call nobody more today hears at once of a new request and that it was missed, and
	// is told the second only.
	gather = time.Second
	// old is news that a crash has held up and that is none any more: it stands on the list.
	old = 15 * time.Minute
	// patience is how long a part works otherwise than was told, before it is: what comes
	// and goes in a moment is no trouble.
	patience = 10 * time.Second
	// waiting is how many notices a listener may lag behind; the newest are dropped then.
	waiting = 100
)

// Bell tells whoever listens. Its fields are set before its first use and not changed
// after; its methods may be called from any goroutine and return at once.
type Bell struct {
	Wanted func() bool      // the owner wants to be told
	Now    func() time.Time // time.Now when nil
	Log    *slog.Logger     // slog.Default when nil

	mu        sync.Mutex
	next      map[int64]Notice // what will be told of a request in a moment
	parts     map[Part]*standing
	listeners map[chan Notice]bool
}

// standing is how a part stands, as far as the owner knows.
type standing struct {
	bad   bool
	since time.Time // since when it is otherwise; zero: it is not
}

var _ callback.Notifier = (*Bell)(nil)

// Notify takes what the engine wants told. The engine never asks twice; what it decided
// long ago, before a crash, is not told any more.
func (b *Bell) Notify(_ context.Context, n callback.Notice) error {
	now := b.now()
	b.log().Info("notice", "kind", n.Kind, "request", n.Request)
	if now.Sub(n.At) > old {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	_, waits := b.next[n.Request]
	if b.next == nil {
		b.next = map[int64]Notice{}
	}
	b.next[n.Request] = Notice{Kind: Kind(n.Kind), Request: n.Request}
	if !waits {
		time.AfterFunc(gather, func() { b.gathered(n.Request) })
	}
	return nil
}

func (b *Bell) gathered(request int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := b.next[request]
	delete(b.next, request)
	b.tell(n)
}

// See is told again and again how a part stands; a part that is not there is not seen.
// How it stands the first time is not told: it is no news, and after a start the window
// shows it anyway.
func (b *Bell) See(p Part, well bool) {
	now := b.now()
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.parts[p]
	switch {
	case s == nil:
		if b.parts == nil {
			b.parts = map[Part]*standing{}
		}
		b.parts[p] = &standing{bad: !well}
	case s.bad == !well:
		s.since = time.Time{}
	case s.since.IsZero():
		s.since = now
	case now.Sub(s.since) >= patience:
		*s = standing{bad: !well}
		b.tell(Notice{Kind: map[bool]Kind{true: Over, false: Trouble}[well], Part: p})
	}
}

// tell must be called with the lock held.
func (b *Bell) tell(n Notice) {
	if b.Wanted != nil && !b.Wanted() {
		return
	}
	for c := range b.listeners {
		select {
		case c <- n:
		default:
			b.log().Warn("a notice was dropped: nobody takes them", "kind", n.Kind, "request", n.Request, "part", n.Part)
		}
	}
}

// Listen returns what the owner is told from now on, and a function to be called once
// when nobody listens any more. What was told before is not told again.
func (b *Bell) Listen() (<-chan Notice, func()) {
	c := make(chan Notice, waiting)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.listeners == nil {
		b.listeners = map[chan Notice]bool{}
	}
	b.listeners[c] = true
	return c, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.listeners, c)
	}
}

func (b *Bell) now() time.Time {
	if b.Now == nil {
		return time.Now()
	}
	return b.Now()
}

func (b *Bell) log() *slog.Logger {
	if b.Log == nil {
		return slog.Default()
	}
	return b.Log
}
