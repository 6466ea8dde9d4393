package desk

import (
	"time"

	"ringback/server/hours"
)

// Opening is how the shop's hours stand at a moment; all times are in the shop's zone.
type Opening struct {
	At     time.Time // the moment
	Open   bool
	Paused time.Time // until when; zero: not paused
	Next   time.Time // when it closes, or opens next; zero: not within 400 days
	Again  time.Time // when it opens after Next, while it is open; zero: it is closed, or not known
	// Tomorrow is when a pause until tomorrow ends: the first opening of tomorrow, or its
	// start where it has none.
	Tomorrow time.Time
	// Website is what visitors read about the hours, in the owner's language where the form
	// speaks it.
	Website string
}

// OpeningOf is how a plan stands at t. Website is left to whoever speaks to visitors.
func OpeningOf(p hours.Plan, t time.Time) Opening {
	if p.Zone == nil {
		p.Zone = time.UTC
	}
	o := Opening{At: t.In(p.Zone), Open: p.Open(t), Tomorrow: tomorrow(p, t.In(p.Zone))}
	if p.Paused(t) {
		o.Paused = p.PausedUntil.In(p.Zone)
	}
	if !o.Open {
		o.Next = p.NextOpening(t)
		return o
	}
	if o.Next = p.ClosesAt(t); !o.Next.IsZero() {
		o.Again = p.NextOpening(o.Next)
	}
	return o
}

// Over says that it may have changed at t: it was to open or to close by then, or another
// day has begun, of which it says tomorrow.
func (o Opening) Over(t time.Time) bool {
	next := o.Next
	if !o.Paused.IsZero() {
		next = o.Paused
	}
	passed := !next.IsZero() && !t.Before(next)
	return passed || hours.DateOf(t.In(o.At.Location())) != hours.DateOf(o.At)
}

// tomorrow counts from the day that is still open, so that a bar that pauses at one in the
// night does not lose its evening.
func tomorrow(p hours.Plan, t time.Time) time.Time {
	day := hours.DateOf(t)
	for _, s := range p.Day(day.Plus(-1)) {
		if !t.Before(s.From) && t.Before(s.To) {
			day = day.Plus(-1)
			break
		}
	}
	day = day.Plus(1)
	for _, s := range p.Day(day) {
		if s.From.After(t) {
			return s.From
		}
	}
	start := time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, p.Zone)
	if !start.After(t) { // it is that day already, and its hours are over
		start = time.Date(day.Year, day.Month, day.Day+1, 0, 0, 0, 0, p.Zone)
	}
	return start
}

// Pause is the part of a settings file that pauses the shop until then; the zero time ends
// the pause.
func Pause(until time.Time) map[string]any {
	text := ""
	if !until.IsZero() {
		text = until.Format(time.RFC3339)
	}
	return map[string]any{"hours": map[string]any{"paused_until": text}}
}
