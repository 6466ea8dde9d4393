package view

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"ringback/server/hours"
)

// mostIntervals is how many a day may have: more than that settings refuse.
const mostIntervals = 12

// HoursTyped reads the hours of a day as people write them on a door: 9-17, 9am-5pm,
// 9:00–12:30 and 13:30–18, 18-2, closed, 24h. wrong is a sentence about what can't be
// read, and empty where all can; nothing typed is closed.
func (w Words) HoursTyped(typed string) (open []hours.Interval, wrong string) {
	s := strings.Join(strings.Fields(plainDashes.Replace(strings.ToLower(typed))), " ")
	switch {
	case s == "" || slices.Contains(closedWords, s):
		return nil, ""
	case slices.Contains(allDayWords, s):
		return []hours.Interval{{From: 0, To: hours.DayMinutes}}, ""
	}
	for _, part := range betweenIntervals.Split(s, -1) {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		i, wrong := w.intervalTyped(part)
		if wrong != "" {
			return nil, wrong
		}
		for _, other := range open {
			if i.From < other.To && other.From < i.To {
				return nil, w.Say("hours_wrong_overlap", "one", interval(other), "other", interval(i))
			}
		}
		open = append(open, i)
	}
	slices.SortFunc(open, func(a, b hours.Interval) int { return cmp.Compare(a.From, b.From) })
	if len(open) > mostIntervals {
		return nil, w.Say("hours_wrong_many", "n", strconv.Itoa(mostIntervals))
	}
	return open, ""
}

var (
	plainDashes = strings.NewReplacer("–", "-", "—", "-", "−", "-", "‐", "-", "‑", "-", "a.m.", "am", "p.m.", "pm", "a. m.", "am", "p. m.", "pm")
	// In English and Spanish, whichever the window speaks: a shop's people mix them.
	closedWords      = []string{"closed", "close", "shut", "no", "none", "-", "cerrado", "cierra", "cerramos"}
	allDayWords      = []string{"24h", "24 h", "24", "24/7", "24 hours", "24 horas", "all day", "open", "always", "todo el día", "todo el dia", "abierto", "siempre"}
	betweenIntervals = regexp.MustCompile(`[,;/&+]| and | y `)
	betweenTimes     = regexp.MustCompile(`\s*-\s*| to | till | until | a las | a la | a | hasta `)
	clockTyped       = regexp.MustCompile(`^(?:(?:de )?las? )?(\d{1,2})(?:[:.h]? ?(\d{2}))?\s*h?(?:rs?)?\s*(am|pm|a|p)?$`)
)

// typedTime is a time of day with what it was written with.
type typedTime struct {
	minute int
	half   string // am, pm, or empty
	curt   bool   // one digit and nothing else: 5
}

func (w Words) intervalTyped(s string) (hours.Interval, string) {
	ends := betweenTimes.Split(strings.TrimPrefix(strings.TrimPrefix(s, "from "), "de "), -1)
	if len(ends) != 2 {
		return hours.Interval{}, w.Say("hours_wrong_interval", "typed", s)
	}
	from, ok := timeTyped(ends[0])
	if !ok {
		return hours.Interval{}, w.Say("hours_wrong_time", "typed", ends[0])
	}
	to, ok := timeTyped(ends[1])
	if !ok {
		return hours.Interval{}, w.Say("hours_wrong_time", "typed", ends[1])
	}
	i := hours.Interval{From: halved(from, to, false), To: halved(to, from, true)}
	if to.minute == 0 && to.half == "" || to.minute == 0 && i.From > 0 {
		i.To = hours.DayMinutes // midnight as an end
	}
	switch {
	case i.From == i.To || i.From == hours.DayMinutes:
		return hours.Interval{}, w.Say("hours_wrong_empty", "typed", s)
	case i.To < i.From && i.From < hours.DayMinutes/2 && to.curt && from.half == "":
		meant := hours.Interval{From: i.From, To: i.To + hours.DayMinutes/2}
		return hours.Interval{}, w.Say("hours_wrong_night", "meant", interval(meant), "night", interval(hours.Interval{From: i.From, To: i.To + hours.DayMinutes}))
	case i.To < i.From:
		i.To += hours.DayMinutes
	}
	return i, ""
}

// timeTyped reads 9, 9:30, 9.30, 0930, 9h30, 9am, noon.
func timeTyped(s string) (typedTime, bool) {
	switch s = strings.TrimSpace(s); s {
	case "noon", "midday", "mediodía", "mediodia":
		return typedTime{minute: hours.DayMinutes / 2, half: "pm"}, true
	case "midnight", "medianoche":
		return typedTime{minute: 0}, true
	}
	m := clockTyped.FindStringSubmatch(s)
	if m == nil {
		return typedTime{}, false
	}
	hour, _ := strconv.Atoi(m[1]) // digits: the pattern has looked
	minute, _ := strconv.Atoi(cmp.Or(m[2], "0"))
	t := typedTime{half: m[3], curt: len(m[1]) == 1 && m[2] == "" && m[3] == ""}
	if len(t.half) == 1 {
		t.half += "m"
	}
	switch {
	case minute > 59 || hour > 24 || hour == 24 && minute > 0 || t.half != "" && (hour < 1 || hour > 12):
		return typedTime{}, false
	case t.half == "am" && hour == 12:
		hour = 0
	case t.half == "pm" && hour < 12:
		hour += 12
	}
	t.minute = hour*60 + minute
	return t, true
}

// halved is the minute of a time that has no am or pm where the other one has: 1-5pm
// begins in the afternoon, 9-5pm in the morning, and 9am-5 ends in the afternoon.
func halved(t, other typedTime, end bool) int {
	const half = hours.DayMinutes / 2
	if t.half != "" || other.half == "" || t.minute >= half+60 {
		return t.minute
	}
	later := t.minute%half + half
	switch {
	case end && other.half == "am" && t.minute <= other.minute && t.minute != 0:
		return later
	case end && other.half == "pm" && later > other.minute && t.minute != 0:
		return later
	case !end && other.half == "pm" && later < other.minute:
		return later
	}
	return t.minute
}

// HoursNormal is how the hours of a day are shown: "9–12:30, 13:30–18"; empty when closed.
func (w Words) HoursNormal(open []hours.Interval) string {
	var parts []string
	for _, i := range open {
		if i == (hours.Interval{From: 0, To: hours.DayMinutes}) {
			parts = append(parts, w.Say("hours_all_day"))
			continue
		}
		parts = append(parts, interval(i))
	}
	return strings.Join(parts, ", ")
}

// interval is 9–17. An end in the night is written with two digits where 9–5 could be taken
// for the afternoon: it reads back as what it is.
func interval(i hours.Interval) string {
	to := doorTime(i.To % hours.DayMinutes)
	switch {
	case i.To == hours.DayMinutes:
		to = "24"
	case i.To > hours.DayMinutes && i.From < hours.DayMinutes/2 && len(to) == 1:
		to = "0" + to
	}
	return doorTime(i.From) + "–" + to
}

func doorTime(minute int) string {
	if minute%60 == 0 {
		return strconv.Itoa(minute / 60)
	}
	return fmt.Sprintf("%d:%02d", minute/60, minute%60)
}

// HoursKept is the same as a settings file has it.
func HoursKept(open []hours.Interval) []string {
	kept := []string{}
	for _, i := range open {
		to := i.To
		if to > hours.DayMinutes {
			to -= hours.DayMinutes
		}
		kept = append(kept, fmt.Sprintf("%02d:%02d-%02d:%02d", i.From/60, i.From%60, to/60, to%60))
	}
	return kept
}
