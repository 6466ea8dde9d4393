// Package hours says when a shop is open: intervals of a week, single dates, public
// holidays and a pause, as wall-clock times of one zone, right through the days on which
// its clocks change. It knows nothing of phones, settings or requests.
package hours

import (
	"slices"
	"time"
)

// Interval is when a day is open, in minutes of wall-clock time from its midnight; To is
// outside. One that passes midnight has a To beyond 24 hours.
type Interval struct{ From, To int }

// DayMinutes is a day of the wall clock, however long it really is.
const DayMinutes = 24 * 60

// Date is a calendar day.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the day of t where t's location is.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// Plus is that many days later.
func (d Date) Plus(days int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+days, 12, 0, 0, 0, time.UTC))
}

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday {
	return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC).Weekday()
}

// Plan is when a shop is open. The zero value, with a Zone, never is. It is not changed
// after its first use.
type Plan struct {
	Zone  *time.Location // nil: UTC
	Week  [7][]Interval  // by time.Weekday: Sunday is 0
	Dates map[Date][]Interval
	// Holiday names the public holiday of a day; nil: there are none. Closed on it, unless
	// the day stands in Dates.
	Holiday     func(d Date) (name string, is bool)
	PausedUntil time.Time // closed until then, whatever the rest says; zero: not
}

// lookAhead is how many days the next opening is looked for.
const lookAhead = 400

// Span is a stretch of time in which the shop is open; To is outside.
type Span struct{ From, To time.Time }

// Open says whether the shop is open at t.
func (p Plan) Open(t time.Time) bool {
	if p.Paused(t) {
		return false
	}
	_, open := p.span(t)
	return open
}

// Paused says whether a pause holds at t.
func (p Plan) Paused(t time.Time) bool { return t.Before(p.PausedUntil) }

// ClosesAt is when the shop that is open at t closes next; intervals that touch are one.
// Zero: it is not open at t, or does not close within 400 days.
func (p Plan) ClosesAt(t time.Time) time.Time {
	s, open := p.span(t)
	if !open || p.Paused(t) {
		return time.Time{}
	}
	for limit := t.AddDate(0, 0, lookAhead); ; {
		next, open := p.span(s.To)
		if !open {
			return s.To.In(p.zone())
		}
		if s = next; s.To.After(limit) {
			return time.Time{}
		}
	}
}

// NextOpening is when the shop that is closed at t opens next; t itself if it is open.
// Zero: not within 400 days.
func (p Plan) NextOpening(t time.Time) time.Time {
	from := t
	if p.Paused(t) {
		from = p.PausedUntil
	}
	if _, open := p.span(from); open {
		return from.In(p.zone())
	}
	day := DateOf(from.In(p.zone()))
	for i := -1; i <= lookAhead; i++ {
		for _, s := range p.Day(day.Plus(i)) {
			if s.From.After(from) {
				return s.From
			}
		}
	}
	return time.Time{}
}

// Day is when the shop is open by that day's own intervals, in order; what passes midnight
// belongs to the day on which it began. A pause is not looked at.
func (p Plan) Day(d Date) []Span {
	var spans []Span
	for _, i := range p.intervals(d) {
		s := Span{p.first(d, i.From), p.last(d, i.To)}
		if s.From.Before(s.To) { // else the clocks skip it
			spans = append(spans, s)
		}
	}
	slices.SortFunc(spans, func(a, b Span) int { return a.From.Compare(b.From) })
	return spans
}

// Closed names the holiday that closes that day; false: none does.
func (p Plan) Closed(d Date) (name string, is bool) {
	if _, own := p.Dates[d]; own || p.Holiday == nil {
		return "", false
	}
	return p.Holiday(d)
}

func (p Plan) intervals(d Date) []Interval {
	if own, is := p.Dates[d]; is {
		return own
	}
	if _, holiday := p.Closed(d); holiday {
		return nil
	}
	return p.Week[d.Weekday()]
}

// span is the one that t lies in, of those that began on its day or the day before. A
// day that the clocks skip or a zone that leaps over the date line needs no more: a span
// is two days long at most.
func (p Plan) span(t time.Time) (Span, bool) {
	day := DateOf(t.In(p.zone()))
	var found Span
	for i := -2; i <= 1; i++ {
		for _, s := range p.Day(day.Plus(i)) {
			if !s.From.After(t) && s.To.After(t) && s.To.After(found.To) {
				found = s
			}
		}
	}
	return found, !found.To.IsZero()
}

func (p Plan) zone() *time.Location {
	if p.Zone == nil {
		return time.UTC
	}
	return p.Zone
}
