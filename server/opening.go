package server

import (
	"strings"
	"time"

	"ringback/assets"
	"ringback/server/hours"
	"ringback/server/settings"
)

// OpeningWords is the sentence about the hours that visitors read at now.
func OpeningWords(language string, plan hours.Plan, now time.Time) string {
	o := openingOf(language, plan, now)
	return assets.Words(language).Say(o.key(), map[string]string{"time": o.Until, "when": o.When})
}

// opening is what a page says about the hours now.
func (s *Server) opening(language string, plan hours.Plan) Opening {
	return openingOf(language, plan, s.now())
}

func openingOf(language string, plan hours.Plan, at time.Time) Opening {
	now := at.In(zoneOf(plan))
	if plan.Open(now) {
		o := Opening{Open: true}
		// A shop that closes days later is open all day, for somebody who wants a call now.
		if closes := plan.ClosesAt(now); !closes.IsZero() && closes.Sub(now) < 24*time.Hour {
			o.Until = clock(language, closes.In(now.Location()))
		}
		return o
	}
	o := Opening{Paused: plan.Paused(now)}
	if opens := plan.NextOpening(now); !opens.IsZero() {
		o.When = phrase(language, opens.In(now.Location()), now)
	}
	return o
}

func zoneOf(plan hours.Plan) *time.Location {
	if plan.Zone == nil {
		return time.UTC
	}
	return plan.Zone
}

// promise is what the form offers to do: it follows what the engine will do.
func promise(afterHours string, o Opening) Promise {
	switch {
	case o.Open, afterHours == settings.CallAnyway && !o.Paused:
		return CallNow
	case afterHours == settings.TextOnly || o.When == "":
		return TextOnly
	}
	return CallThen
}

// opensAt is the next opening of a shop that is closed.
func opensAt(plan hours.Plan, now time.Time) time.Time {
	if plan.Open(now) {
		return time.Time{}
	}
	return plan.NextOpening(now)
}

// moment is a time for programs; null where there is none.
func moment(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	text := t.Format(time.RFC3339)
	return &text
}

// weekLine is the week in one line: "Mon–Fri 09:00–17:00, Sat 10:00–14:00". Empty for a
// shop that is always open, or never: there is nothing to tell.
func weekLine(language string, plan hours.Plan) string {
	c := calendarOf(language)
	var days []string // from Monday: when each is open
	for i := range 7 {
		days = append(days, intervalLine(plan.Week[(i+1)%7]))
	}
	name := func(i int) string {
		runes := []rune(c.weekdays[(i+1)%7])
		return capital(string(runes[:3]))
	}
	var parts []string
	always := true
	for i := 0; i < 7; {
		j := i
		for j+1 < 7 && days[j+1] == days[i] {
			j++
		}
		always = always && days[i] == allDay
		if days[i] != "" {
			part := name(i)
			if j > i {
				part += "–" + name(j)
			}
			parts = append(parts, part+" "+days[i])
		}
		i = j + 1
	}
	if always {
		return ""
	}
	return strings.Join(parts, ", ")
}

const allDay = "00:00–24:00"

func intervalLine(open []hours.Interval) string {
	var parts []string
	for _, i := range open {
		parts = append(parts, minuteOfDay(i.From, false)+"–"+minuteOfDay(i.To, true))
	}
	return strings.Join(parts, ", ")
}

// minuteOfDay is a wall-clock time; the end of a day is 24:00 and not 00:00.
func minuteOfDay(minute int, end bool) string {
	if end && minute == hours.DayMinutes {
		return "24:00"
	}
	return time.Date(2000, 1, 1, 0, minute, 0, 0, time.UTC).Format(wallClock)
}
