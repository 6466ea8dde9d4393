package view

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Clock is how long something has been going on: 0:07, 12:30, 1:02:03. Before it
// began it is 0:00.
func Clock(from, now time.Time) string {
	s := max(0, int(now.Sub(from)/time.Second))
	if s < 3600 {
		return fmt.Sprintf("%d:%02d", s/60, s%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}

// talkLength is how long a talk was that is over: in seconds under a minute, else as a clock
// would show it.
func (w Words) talkLength(from, to time.Time) string {
	switch long := to.Sub(from); {
	case long < 5*time.Second:
		return w.Say("length_moment")
	case long < time.Minute:
		return w.Say("length_seconds", "n", strconv.Itoa(int(long/time.Second)))
	}
	return Clock(from, to)
}

// age says how long ago t was: in minutes for an hour, then by the clock of that
// day, then by the day.
func (w Words) age(t, now time.Time) string {
	passed := now.Sub(t)
	switch {
	case passed < time.Minute:
		return w.Say("age_now")
	case passed < time.Hour:
		return w.Say("age_minutes", "n", strconv.Itoa(int(passed/time.Minute)))
	}
	switch w.days(now, t) {
	case 0:
		return w.hour(t)
	case 1:
		return w.Say("age_yesterday")
	}
	return w.date(t, now)
}

// when is a time to come, with its preposition: "at 11:30", "tomorrow at 09:00".
func (w Words) when(t, now time.Time) string {
	days := w.days(t, now)
	switch {
	case days <= 0:
		return w.Say("when_today", "time", w.hour(t))
	case days == 1:
		return w.Say("when_tomorrow", "time", w.hour(t))
	case days < 7:
		weekday := strings.Fields(w.Say("weekdays"))[t.In(w.Zone).Weekday()]
		return w.Say("when_day", "day", weekday, "time", w.hour(t))
	}
	return w.Say("when_day", "day", w.date(t, now), "time", w.hour(t))
}

// moment is a time in a history: by the second on its day, else with its day.
func (w Words) moment(t, now time.Time) string {
	if w.days(now, t) == 0 {
		return t.In(w.Zone).Format("15:04:05")
	}
	return w.date(t, now) + " " + w.hour(t)
}

// asked is a time in a sentence: the hour, before today with its day.
func (w Words) asked(t, now time.Time) string {
	if w.days(now, t) == 0 {
		return w.hour(t)
	}
	return w.date(t, now) + " " + w.hour(t)
}

func (w Words) hour(t time.Time) string { return t.In(w.Zone).Format("15:04") }

// date leaves out this year.
func (w Words) date(t, now time.Time) string {
	t = t.In(w.Zone)
	month := strings.Fields(w.Say("months"))[t.Month()-1]
	day, year := strconv.Itoa(t.Day()), strconv.Itoa(t.Year())
	if t.Year() == now.In(w.Zone).Year() {
		return w.Say("date", "month", month, "day", day)
	}
	return w.Say("date_year", "month", month, "day", day, "year", year)
}

// days counts calendar days from b to a. It compares noons in UTC, because a day
// on which the clocks change does not have 24 hours.
func (w Words) days(a, b time.Time) int {
	noon := func(t time.Time) time.Time {
		y, m, d := t.In(w.Zone).Date()
		return time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
	}
	return int(noon(a).Sub(noon(b)) / (24 * time.Hour))
}
