package ui

import (
	"context"
	"sync"

	"ringback/server/desk"
)

// entriesPage is how many entries are read at a time.
const entriesPage = 100

// mostPieces is how many pieces of the log one look goes through for a rare word; the page
// draws what it has before it looks on.
const mostPieces = 20

// logGlance is what the page of activity wants to know.
type logGlance struct {
	version int // counts the queries: an answer to another one is of no use
	query   desk.EntryQuery
	begun   bool       // the newest were read
	top     desk.Place // of the newest that is known; zero: none is
	next    desk.Place // where older ones begin
	older   bool       // they are wanted
}

// logSight is the answer. Where all is set what was known before is not next to it.
type logSight struct {
	logGlance
	all          bool
	fresh, older []desk.Entry
	next         desk.Place
	more         bool // there are older ones; not told where nothing older was read
}

// logAsked is what the page wants now, for the goroutine that reads.
type logAsked struct {
	mu sync.Mutex
	g  logGlance
}

func (a *logAsked) set(g logGlance) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.g = g
}

func (a *logAsked) get() logGlance {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.g
}

// readLog looks for what is new, and for older entries where they are wanted.
func readLog(ctx context.Context, d desk.Activity, g logGlance) (logSight, error) {
	s := logSight{logGlance: g}
	q := g.query
	q.Before, q.Limit = desk.Place{}, entriesPage
	if !g.begun {
		err := s.gather(ctx, d, q)
		s.all, s.fresh, s.older = true, s.older, nil
		return s, err
	}
	page, err := d.Entries(ctx, q)
	if err != nil {
		return s, err
	}
	for _, e := range page.Entries {
		if g.top.At.IsZero() || e.Place().Newer(g.top) {
			s.fresh = append(s.fresh, e)
		}
	}
	if len(s.fresh) == entriesPage && page.More { // more than a page is new: what lies between is not known
		s.all, s.next, s.more = true, page.Next, true
		return s, nil
	}
	if !g.older {
		return s, nil
	}
	q.Before = g.next
	return s, s.gather(ctx, d, q)
}

// gather reads a page of older entries.
func (s *logSight) gather(ctx context.Context, d desk.Activity, q desk.EntryQuery) error {
	for range mostPieces {
		page, err := d.Entries(ctx, q)
		if err != nil {
			return err
		}
		s.older = append(s.older, page.Entries...)
		s.next, s.more = page.Next, page.More
		if !page.More || len(s.older) >= entriesPage {
			return nil
		}
		q.Before = page.Next
	}
	return nil
}
