package view

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"ringback/server/hours"
	"ringback/server/number"
	"ringback/server/settings"
)

// Hours is what the page of the hours shows of the settings.
type Hours struct {
	Week  [7]HoursDay // from Monday
	Dates []HoursDate // of the next twelve months, in order
}

// HoursDay is a day of the week.
type HoursDay struct {
	Key  string // in a settings file
	Name string
	Abbr string // the name in three letters
	Open []hours.Interval
	Bars []hours.Interval // within the day: with what is left of the evening before
}

// HoursDate is a day that is not like its weekday.
type HoursDate struct {
	Key     string // in a settings file
	Day     string
	Holiday string // its name; empty: it is none
	Own     bool   // it has hours of its own
	Open    []hours.Interval
	Chip    Chip
}

// weekKeys name the days in a settings file, from Monday.
var weekKeys = [7]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// daysShown is how far ahead the dates are listed.
const daysShown = 365

// Hours makes the page. It looks at each day of a year: not on the window's goroutine.
func (w Words) Hours(set settings.Hours, now time.Time) (h Hours) {
	w.Zone = set.Zone()
	plan := set.Plan()
	for i, key := range weekKeys {
		day := time.Weekday((i + 1) % 7)
		h.Week[i] = HoursDay{
			Key: key, Name: capital(w.Weekday(day)), Abbr: capital(w.weekday(day)), Open: plan.Week[day],
			Bars: append(spill(plan.Week[(day+6)%7]), within(plan.Week[day])...),
		}
	}
	for i := range daysShown {
		if date, special := w.hoursDate(plan, hours.DateOf(now.In(w.Zone)).Plus(i), now); special {
			h.Dates = append(h.Dates, date)
		}
	}
	return h
}

func (w Words) hoursDate(plan hours.Plan, d hours.Date, now time.Time) (HoursDate, bool) {
	date := HoursDate{Key: HoursDateKey(d), Day: w.Day(d, now)}
	holiday := false
	if plan.Holiday != nil {
		date.Holiday, holiday = plan.Holiday(d)
	}
	date.Open, date.Own = plan.Dates[d]
	date.Chip = Chip{Quiet, "cross", w.Say("hours_closed")}
	if len(date.Open) > 0 {
		date.Chip = Chip{Talked, "clock", w.HoursNormal(date.Open)}
	}
	return date, holiday || date.Own
}

// Day is a date with its weekday: "Thu, Dec 24".
func (w Words) Day(d hours.Date, now time.Time) string {
	noon := time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, w.Zone)
	return w.Say("hours_day", "weekday", capital(w.weekday(d.Weekday())), "date", w.date(noon, now))
}

// spill is what is left on a day of the evening before.
func spill(before []hours.Interval) (bars []hours.Interval) {
	for _, i := range before {
		if i.To > hours.DayMinutes {
			bars = append(bars, hours.Interval{From: 0, To: i.To - hours.DayMinutes})
		}
	}
	return bars
}

func within(day []hours.Interval) (bars []hours.Interval) {
	for _, i := range day {
		bars = append(bars, hours.Interval{From: i.From, To: min(i.To, hours.DayMinutes)})
	}
	return bars
}

// HoursNow is where now stands on the page: the row of today, the minute of its day, and
// the clock.
func (w Words) HoursNow(now time.Time) (row, minute int, clock string) {
	t := now.In(w.Zone)
	return (int(t.Weekday()) + 6) % 7, t.Hour()*60 + t.Minute(), w.hour(t)
}

// HolidayCountries are the countries whose holidays are known, and their names, in the
// order of these; the first one is none.
func (w Words) HolidayCountries() (regions, names []string) {
	regions = hours.HolidayCountries()
	name := map[string]string{}
	for _, r := range regions {
		name[r] = w.CountryName(r) // looked up once: that takes long
	}
	slices.SortFunc(regions, func(a, b string) int { return strings.Compare(name[a], name[b]) })
	names = []string{w.Say("hours_holidays_none")}
	for _, r := range regions {
		names = append(names, name[r])
	}
	return append([]string{""}, regions...), names
}

// AfterHours are the choices of what becomes of a request while the shop is closed.
func (w Words) AfterHours() (values, words []string) {
	return []string{settings.TextAndSchedule, settings.TextOnly, settings.CallAnyway},
		[]string{w.Say("hours_after_schedule"), w.Say("hours_after_text"), w.Say("hours_after_call")}
}

// AfterHoursMeans says in a sentence what a choice does.
func (w Words) AfterHoursMeans(value string) string {
	return w.Say(map[string]string{
		settings.TextAndSchedule: "hours_after_schedule_means",
		settings.TextOnly:        "hours_after_text_means",
		settings.CallAnyway:      "hours_after_call_means",
	}[value])
}

var notInDates = regexp.MustCompile(`[^\pL\pN]+`)

// DateTyped reads a date as people write it: 2026-12-24, 24.12., Dec 24, 24 de diciembre,
// and in the order of the shop's country 12/24 or 24/12. Without a year it is the next one.
func (w Words) DateTyped(typed string, now time.Time) (d hours.Date, wrong string) {
	wrong = w.Say("hours_wrong_date", "typed", strings.TrimSpace(typed))
	var numbers []int
	named := false
	for _, part := range notInDates.Split(strings.ToLower(typed), -1) {
		n, err := strconv.Atoi(strings.TrimRight(part, "stndrh"))
		switch month := w.month(part); {
		case part == "" || part == "de" || part == "del":
		case err == nil:
			numbers = append(numbers, n)
		case month > 0:
			d.Month, named = month, true
		case !w.isWeekday(part):
			return hours.Date{}, wrong
		}
	}
	switch n := numbers; {
	case named && len(n) == 1:
		d.Day = n[0]
	case named && len(n) == 2:
		d.Day, d.Year = n[0], n[1]
	case !named && len(n) == 3 && n[0] > 999:
		d.Year, d.Month, d.Day = n[0], time.Month(n[1]), n[2]
	case !named && (len(n) == 2 || len(n) == 3):
		american := w.Country == "US" && strings.Contains(typed, "/") && n[0] <= 12
		if d.Day, d.Month = n[0], time.Month(n[1]); american || n[1] > 12 {
			d.Day, d.Month = n[1], time.Month(n[0])
		}
		if len(n) == 3 {
			d.Year = n[2]
		}
	default:
		return hours.Date{}, wrong
	}
	return w.nextDate(d, now, wrong)
}

// nextDate fills in the year, and refuses what is no day or is over.
func (w Words) nextDate(d hours.Date, now time.Time, wrong string) (hours.Date, string) {
	today := hours.DateOf(now.In(w.Zone))
	before := func(a, b hours.Date) bool {
		return a.Year < b.Year || a.Year == b.Year && (a.Month < b.Month || a.Month == b.Month && a.Day < b.Day)
	}
	switch {
	case d.Year == 0:
		d.Year = today.Year
		for before(d, today) || d != d.Plus(0) && d.Year < today.Year+8 && d.Day == 29 {
			d.Year++ // this year's is over, or has no such day
		}
	case d.Year < 100:
		d.Year += 2000
	}
	switch {
	case d != d.Plus(0):
		return hours.Date{}, wrong
	case before(d, today):
		return hours.Date{}, w.Say("hours_wrong_past", "day", w.Day(d, now))
	case before(hours.Date{Year: today.Year + 1, Month: today.Month, Day: today.Day}, d):
		return hours.Date{}, w.Say("hours_wrong_far")
	}
	return d, ""
}

// month is the month that a word begins with, in English or the window's language; 0: none.
func (w Words) month(word string) time.Month {
	runes := []rune(word)
	if len(runes) < 3 {
		return 0
	}
	for _, months := range []string{w.Say("months"), Words{Language: "en"}.Say("months")} {
		if i := slices.Index(strings.Fields(strings.ToLower(months)), string(runes[:3])); i >= 0 {
			return time.Month(i + 1)
		}
	}
	return 0
}

func (w Words) isWeekday(word string) bool {
	_, is := w.weekdayTyped(word)
	return is
}

// weekdayTyped is the day that a word of three letters or more begins.
func (w Words) weekdayTyped(word string) (time.Weekday, bool) {
	if len([]rune(word)) < 3 {
		return 0, false
	}
	for _, days := range []string{w.Say("weekdays"), Words{Language: "en"}.Say("weekdays")} {
		for i, day := range strings.Fields(strings.ToLower(days)) {
			if strings.HasPrefix(day, word) {
				return time.Weekday(i), true
			}
		}
	}
	return 0, false
}

// PauseTyped reads until when to pause: a time, the next one of that clock, with tomorrow or
// a day of the week before it if somebody likes.
func (w Words) PauseTyped(typed string, now time.Time) (until time.Time, wrong string) {
	wrong = w.Say("hours_wrong_time", "typed", strings.TrimSpace(typed))
	s := strings.ToLower(strings.Join(strings.Fields(typed), " "))
	s = strings.TrimPrefix(strings.TrimPrefix(s, "until "), "hasta ")
	local := now.In(w.Zone)
	days := 0
	if first, rest, found := strings.Cut(s, " "); found {
		day, named := w.weekdayTyped(strings.Trim(first, ","))
		switch {
		case slices.Contains([]string{"tomorrow", "mañana", "manana"}, first):
			days, s = 1, rest
		case named:
			days, s = (int(day-local.Weekday())+6)%7+1, rest
		}
	}
	t, ok := timeTyped(strings.TrimPrefix(strings.TrimPrefix(s, "at "), "a "))
	if !ok {
		return time.Time{}, wrong
	}
	until = time.Date(local.Year(), local.Month(), local.Day()+days, 0, t.minute, 0, 0, w.Zone)
	if !until.After(now) {
		until = time.Date(local.Year(), local.Month(), local.Day()+days+1, 0, t.minute, 0, 0, w.Zone)
	}
	return until, ""
}

// HoursHalf says that what was typed may become right by typing on: nothing is said of it yet.
func (w Words) HoursHalf(typed string) bool {
	s := strings.ToLower(strings.TrimSpace(typed))
	for _, word := range slices.Concat(closedWords, allDayWords) {
		if strings.HasPrefix(word, s) {
			return true
		}
	}
	for _, more := range []string{"", "-24", "24", "3-24", "00-24", "0-24", "m-24", "m", "0", "00"} {
		if _, wrong := w.HoursTyped(s + more); wrong == "" {
			return true
		}
	}
	return false
}

func capital(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// Until is a moment to come as a sentence has it: "10:45", "tomorrow 09:00".
func (w Words) Until(t, now time.Time) string { return w.at(t, now) }

// HoursDateKey is a date as a settings file has it.
func HoursDateKey(d hours.Date) string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// CountryName is a country's name in the window's language.
func (w Words) CountryName(region string) string { return number.RegionName(region, w.Language) }
