package desk_test

import (
	"testing"
	"time"

	"ringback/server/desk"
	"ringback/server/hours"
)

func newYork(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// bakery is open on weekdays from 9 to 17, on Saturdays from 18 to 2 in the night.
func bakery(zone *time.Location) hours.Plan {
	p := hours.Plan{Zone: zone}
	for d := time.Monday; d <= time.Friday; d++ {
		p.Week[d] = []hours.Interval{{From: 9 * 60, To: 17 * 60}}
	}
	p.Week[time.Saturday] = []hours.Interval{{From: 18 * 60, To: 26 * 60}}
	return p
}

func TestHowTheHoursStand(t *testing.T) {
	zone := newYork(t)
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, zone) }
	var none time.Time
	always := hours.Plan{Zone: zone}
	for d := range always.Week {
		always.Week[d] = []hours.Interval{{From: 0, To: hours.DayMinutes}}
	}
	paused := bakery(zone)
	paused.PausedUntil = at(24, 10, 45)
	for _, c := range []struct {
		name        string
		plan        hours.Plan
		now         time.Time
		open        bool
		paused      time.Time
		next, again time.Time
		tomorrow    time.Time
	}{
		{"open: it closes, and opens again", bakery(zone), at(24, 10, 0), true, none, at(24, 17, 0), at(25, 9, 0), at(25, 9, 0)},
		{"closed in the evening", bakery(zone), at(24, 18, 0), false, none, at(25, 9, 0), none, at(25, 9, 0)},
		{"closing is outside", bakery(zone), at(24, 17, 0), false, none, at(25, 9, 0), none, at(25, 9, 0)},
		{"tomorrow has no hours: its start", bakery(zone), at(28, 20, 0), true, none, at(29, 2, 0), at(30, 9, 0), at(29, 0, 0)},
		{"after midnight the evening's tomorrow has come", bakery(zone), at(29, 1, 0), true, none, at(29, 2, 0), at(30, 9, 0), at(30, 0, 0)},
		{"paused within the hours", paused, at(24, 10, 30), false, at(24, 10, 45), at(24, 10, 45), none, at(25, 9, 0)},
		{"always open", always, at(24, 10, 0), true, none, none, none, at(25, 0, 0)},
		{"never open", hours.Plan{Zone: zone}, at(24, 10, 0), false, none, none, none, at(25, 0, 0)},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := desk.OpeningOf(c.plan, c.now.UTC())
			same := got.Next.Equal(c.next) && got.Again.Equal(c.again) && got.Paused.Equal(c.paused) && got.Tomorrow.Equal(c.tomorrow)
			if got.Open != c.open || !same {
				t.Errorf("it is %+v", got)
			}
		})
	}
}

func TestHoursThatStoodAreOverWhenTheClockPassesThem(t *testing.T) {
	zone := newYork(t)
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, zone) }
	open := desk.OpeningOf(bakery(zone), at(24, 10, 0))
	closed := desk.OpeningOf(bakery(zone), at(27, 18, 0))
	plan := bakery(zone)
	plan.PausedUntil = at(24, 8, 0)
	paused := desk.OpeningOf(plan, at(24, 7, 0))
	for _, c := range []struct {
		name string
		o    desk.Opening
		at   time.Time
		want bool
	}{
		{"a second before closing", open, at(24, 16, 59), false},
		{"at closing", open, at(24, 17, 0), true},
		{"the evening of a closed shop", closed, at(27, 23, 59), false},
		{"midnight, because it spoke of tomorrow", closed, at(28, 0, 0), true},
		{"the end of a pause, though it opens later", paused, at(24, 8, 0), true},
		{"within the pause", paused, at(24, 7, 59), false},
	} {
		if got := c.o.Over(c.at); got != c.want {
			t.Errorf("%s: got %v", c.name, got)
		}
	}
}
