package settings

import (
	"encoding/json"
	"sync/atomic"
	"time"

	"ringback/server/hours"
)

// planned is the last plan that was made: one is asked for at every event, and making it
// costs more than all else there.
var planned atomic.Pointer[struct {
	of   string
	plan hours.Plan
}]

// Plan is when the shop is open. What can't be read (Apply lets none in) is not open.
func (h Hours) Plan() hours.Plan {
	text, _ := json.Marshal(h) // plain strings and lists: it cannot fail
	if last := planned.Load(); last != nil && last.of == string(text) {
		return last.plan
	}
	p := h.plan()
	planned.Store(&struct {
		of   string
		plan hours.Plan
	}{string(text), p})
	return p
}

func (h Hours) plan() hours.Plan {
	p := hours.Plan{Zone: h.Zone(), Dates: map[hours.Date][]hours.Interval{}, Holiday: hours.Holidays(h.Holidays)}
	w := h.Week
	for day, open := range map[time.Weekday][]string{
		time.Sunday: w.Sun, time.Monday: w.Mon, time.Tuesday: w.Tue, time.Wednesday: w.Wed,
		time.Thursday: w.Thu, time.Friday: w.Fri, time.Saturday: w.Sat,
	} {
		p.Week[day] = intervals(open)
	}
	for date, open := range h.Dates {
		if day, err := time.Parse(time.DateOnly, date); err == nil {
			p.Dates[hours.DateOf(day)] = intervals(open)
		}
	}
	if until, err := time.Parse(time.RFC3339, h.PausedUntil); err == nil {
		p.PausedUntil = until
	}
	return p
}

func intervals(open []string) (all []hours.Interval) {
	for _, text := range open {
		if i, err := parseInterval(text); err == nil {
			all = append(all, hours.Interval{From: i.from, To: i.to})
		}
	}
	return all
}
