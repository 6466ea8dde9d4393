package shop_test

import (
	"fmt"
	"testing"
	"time"
)

// The contract's sentences on hours, on the built program: what it says of itself now, with
// settings that make that tell.

const weekClosed = `"mon": [], "tue": [], "wed": [], "thu": [], "fri": [], "sat": [], "sun": []`

// weekWith has the same hours every day.
func weekWith(open string) string {
	return fmt.Sprintf(`"mon": [%[1]q], "tue": [%[1]q], "wed": [%[1]q], "thu": [%[1]q], "fri": [%[1]q], "sat": [%[1]q], "sun": [%[1]q]`, open)
}

func same(t *testing.T, what, got string, want time.Time) {
	t.Helper()
	if when, err := time.Parse(time.RFC3339, got); err != nil || !when.Equal(want) {
		t.Errorf("%s %q, want %s", what, got, want)
	}
}

func TestHoursAreWallClockTimesOfTheZoneAndMayPassMidnight(t *testing.T) {
	l := launch(t, &lines{}, nil, t.TempDir(), "-practice")
	open := func(hour int, yesterdays, todays string) (f formNow, midnight time.Time) {
		t.Helper()
		name, now := zoneWhere(hour)
		day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
		l.applied(t, fmt.Sprintf(`{"hours": {"timezone": %q, "week": {%s}, "dates": {%q: %s, %q: %s, %q: null}}}`, name, weekClosed,
			day.AddDate(0, 0, -1).Format(time.DateOnly), yesterdays, day.Format(time.DateOnly), todays, day.AddDate(0, 0, 1).Format(time.DateOnly)))
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		return l.form(), time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone)
	}
	f, midnight := open(2, `["18:00-05:00"]`, `[]`)
	if !f.Open {
		t.Error("at two in the night, 18:00-05:00 of the day before is closed")
	}
	same(t, "it closes at", f.ClosesAt, midnight.Add(5*time.Hour))
	f, midnight = open(12, `["18:00-05:00"]`, `["18:00-05:00"]`)
	if f.Open {
		t.Error("at noon, 18:00-05:00 is open")
	}
	same(t, "it opens at", f.OpensAt, midnight.Add(18*time.Hour))
	f, midnight = open(2, `[]`, `["00:00-24:00"]`)
	if !f.Open {
		t.Error("at two in the night, 00:00-24:00 is closed")
	}
	same(t, "the whole day closes at", f.ClosesAt, midnight.Add(24*time.Hour))
}

// turn is the next time after t that the clocks of a zone are put forward, or back.
func turn(zone *time.Location, t time.Time, forward bool) time.Time {
	for {
		_, before := t.In(zone).Zone()
		_, end := t.In(zone).ZoneBounds()
		if _, after := end.Zone(); after > before == forward {
			return end
		}
		t = end
	}
}

func TestADayOnWhichTheClocksChangeIsHandled(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	forward, back := turn(zone, time.Now(), true), turn(zone, time.Now(), false)
	l := launch(t, &lines{}, nil, t.TempDir(), "-practice")
	for _, c := range []struct {
		name, hours string
		turn, want  time.Time
	}{
		{"a time that is skipped is the moment of the leap", "02:30-04:00", forward, forward},
		{"an hour later is no hour of true time later", "03:30-04:00", forward, forward.Add(30 * time.Minute)},
		{"a time that comes twice opens the first time", "01:30-04:00", back, back.Add(-30 * time.Minute)},
		{"after it, a day is longer", "02:30-04:00", back, back.Add(90 * time.Minute)},
	} {
		day := c.turn.In(zone)
		pause := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone)
		l.applied(t, fmt.Sprintf(`{"hours": {"timezone": "America/New_York", "week": {%s}, "dates": {%q: [%q]}, "paused_until": %q}}`,
			weekClosed, day.Format(time.DateOnly), c.hours, pause.Format(time.RFC3339)))
		same(t, c.name+": it opens at", l.form().OpensAt, c.want)
	}
}

func TestADateBeatsAHoliday(t *testing.T) {
	l := launch(t, &lines{}, nil, t.TempDir(), "-practice")
	christmas := time.Date(time.Now().Year()+1, 12, 25, 0, 0, 0, 0, time.UTC)
	date := christmas.Format(time.DateOnly)
	// A pause until Christmas makes what follows it the next opening.
	l.applied(t, fmt.Sprintf(`{"hours": {"timezone": "Etc/UTC", "week": {%s}, "paused_until": %q}}`, weekWith("09:00-17:00"), christmas.Format(time.RFC3339)))
	same(t, "without holidays it opens at", l.form().OpensAt, christmas.Add(9*time.Hour))
	l.applied(t, `{"hours": {"holidays": "US"}}`)
	same(t, "with them it opens at", l.form().OpensAt, christmas.Add(33*time.Hour))
	l.applied(t, `{"hours": {"dates": {"`+date+`": ["10:00-12:00"]}}}`)
	same(t, "with the date it opens at", l.form().OpensAt, christmas.Add(10*time.Hour))
	l.applied(t, `{"hours": {"dates": {"`+date+`": null}}}`)
	same(t, "without the date again it opens at", l.form().OpensAt, christmas.Add(33*time.Hour))
}

func TestAPauseHoldsUntilItsTimeOrUntilItIsEmpty(t *testing.T) {
	l := launch(t, &lines{}, nil, t.TempDir(), "-practice")
	until := time.Now().Add(time.Hour).Truncate(time.Second)
	l.applied(t, `{"hours": {"paused_until": "`+until.Format(time.RFC3339)+`"}}`)
	f := l.form()
	if f.Open || !f.Paused {
		t.Errorf("in a pause it is open: %v, paused: %v", f.Open, f.Paused)
	}
	same(t, "it opens at", f.OpensAt, until)
	l.applied(t, `{"hours": {"paused_until": ""}}`)
	if f := l.form(); !f.Open || f.Paused {
		t.Errorf("afterwards it is open: %v, paused: %v", f.Open, f.Paused)
	}
}

func TestAfterHoursInItsKinds(t *testing.T) {
	const counter, visitor = "+12125550101", "+12125550123"
	day := func(days int) time.Time { return time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, days) }
	opens := day(2).Add(9 * time.Hour)
	closed := func(days int) string {
		return fmt.Sprintf(`"timezone": "Etc/UTC", "week": {%s}, "dates": {%q: ["09:00-10:00"]}`, weekClosed, day(days).Format(time.DateOnly))
	}
	pauseEnds := time.Now().Add(time.Hour).Truncate(time.Second)
	paused := `"paused_until": "` + pauseEnds.Format(time.RFC3339) + `"`
	for _, c := range []struct {
		name, kind, hours, want string
		due                     time.Time
		texts, calls            int // to the shop
	}{
		{"closed, text_only texts", "text_only", closed(2), "sms_sent", time.Time{}, 1, 0},
		{"closed, text_and_schedule texts now and calls at the opening", "text_and_schedule", closed(2), "scheduled", opens, 1, 0},
		{"closed, call_anyway calls", "call_anyway", closed(2), "completed", time.Time{}, 0, 1},
		{"in a pause, text_only texts", "text_only", paused, "sms_sent", time.Time{}, 1, 0},
		{"in a pause, text_and_schedule calls at its end", "text_and_schedule", paused, "scheduled", pauseEnds, 1, 0},
		{"in a pause, call_anyway acts like it", "call_anyway", paused, "scheduled", pauseEnds, 1, 0},
		{"an opening in 399 days is found", "text_and_schedule", closed(399), "scheduled", day(399).Add(9 * time.Hour), 1, 0},
		{"one in 402 days is none, and texts is all", "text_and_schedule", closed(402), "sms_sent", time.Time{}, 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := newExchange(t)
			l := e.serving(t, liveWith(`, "retry": {"attempts": 1}, "hours": {"after_hours": "`+c.kind+`", `+c.hours+`}`, counter))
			seen := l.until(l.ask(visitor).ID, c.want)
			if !c.due.IsZero() {
				same(t, "it is due at", seen[len(seen)-1].DueAt, c.due)
			}
			if c.texts > 0 {
				e.texted(t, counter)
			}
			e.quiet(t)
			l.ends()
			if texts, calls := e.texts(counter), e.calls(counter); texts != c.texts || calls != c.calls {
				t.Errorf("the shop has %d texts and %d calls, want %d and %d", texts, calls, c.texts, c.calls)
			}
		})
	}
}

func TestTextAndScheduleCallsAtTheOpeningAlsoWhenTheTextHasGone(t *testing.T) {
	const counter = "+12125550101"
	e := newExchange(t)
	l := e.serving(t, liveWith(`, "hours": {"paused_until": "`+time.Now().Add(time.Hour).Format(time.RFC3339)+`"}`, counter))
	a := l.ask("+12125550123")
	l.until(a.ID, "scheduled")
	e.texted(t, counter)
	l = e.later(t, l, `{"hours": {"paused_until": ""}}`)
	l.until(a.ID, "completed")
	e.quiet(t)
	if n := e.texts(counter); n != 1 {
		t.Errorf("the shop has %d texts", n)
	}
}
