package view_test

import (
	"fmt"
	"testing"
	"time"

	"ringback/server/hours"
	"ringback/server/settings"
	"ringback/ui/view"
)

// tuesday is 24 November 2026, 10:00 in New York.
func tuesday(t *testing.T) time.Time {
	t.Helper()
	return time.Date(2026, 11, 24, 10, 0, 0, 0, newYork(t))
}

func TestADateIsReadAsPeopleWriteIt(t *testing.T) {
	w := english(t)
	germany := w
	germany.Country = "DE"
	spain := view.Words{Language: "es", Country: "ES", Zone: newYork(t)}
	for _, c := range []struct {
		w           view.Words
		typed, want string
	}{
		{w, "2026-12-24", "2026-12-24"},
		{w, "Dec 24", "2026-12-24"},
		{w, "24 December 2026", "2026-12-24"},
		{w, "Thu, December 24th", "2026-12-24"},
		{w, "12/24", "2026-12-24"},
		{w, "24/12", "2026-12-24"},
		{w, "1/2", "2027-01-02"},
		{germany, "1/2", "2027-02-01"},
		{w, "24.12.", "2026-12-24"},
		{w, "24.12.26", "2026-12-24"},
		{w, "11/24", "2026-11-24"},
		{w, "11/23", "2027-11-23"},
		{spain, "24 de diciembre", "2026-12-24"},
		{spain, "6 ene", "2027-01-06"},
	} {
		d, wrong := c.w.DateTyped(c.typed, tuesday(t))
		if got := fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day); got != c.want || wrong != "" {
			t.Errorf("%q is %s (%s), want %s", c.typed, got, wrong, c.want)
		}
	}
	for typed, want := range map[string]string{
		"":           "“” is no date. Write Dec 24 or 2026-12-24.",
		"soon":       "“soon” is no date. Write Dec 24 or 2026-12-24.",
		"Feb 30":     "“Feb 30” is no date. Write Dec 24 or 2026-12-24.",
		"13/13":      "“13/13” is no date. Write Dec 24 or 2026-12-24.",
		"2026-11-23": "Mon, Nov 23 is over.",
		"2028-01-01": "That is more than a year away. Add it later.",
	} {
		if _, wrong := w.DateTyped(typed, tuesday(t)); wrong != want {
			t.Errorf("of %q it says %q", typed, wrong)
		}
	}
}

func TestTheEndOfAPauseIsReadAsPeopleWriteIt(t *testing.T) {
	w := english(t)
	for typed, want := range map[string]string{
		"10:45":         "Tue 24 10:45",
		"2pm":           "Tue 24 14:00",
		"until 14":      "Tue 24 14:00",
		"9":             "Wed 25 09:00", // today's is over
		"tomorrow 9":    "Wed 25 09:00",
		"mon at 9:30":   "Mon 30 09:30",
		"Tuesday, 10am": "Tue 01 10:00",
		"midnight":      "Wed 25 00:00",
	} {
		until, wrong := w.PauseTyped(typed, tuesday(t))
		if got := until.Format("Mon 02 15:04"); got != want || wrong != "" {
			t.Errorf("%q is %s (%s), want %s", typed, got, wrong, want)
		}
	}
	if _, wrong := w.PauseTyped("later", tuesday(t)); wrong == "" {
		t.Error("later is a time")
	}
}

func TestThePageShowsTheYearsDatesAndHolidays(t *testing.T) {
	set := settings.Default("America/New_York", "US").Hours
	set.Holidays = "US"
	set.Week.Sat, set.Week.Sun = []string{"18:00-02:00"}, nil
	set.Dates = map[string][]string{"2026-12-24": {"07:00-13:00"}, "2026-12-25": {"09:00-12:00"}, "2026-12-31": nil, "2026-11-01": nil, "2027-11-24": nil}
	h := english(t).Hours(set, tuesday(t))
	var got []string
	for _, d := range h.Dates[:5] {
		got = append(got, d.Day+" "+d.Holiday+" "+d.Chip.Word)
	}
	want := "[Thu, Nov 26 Thanksgiving Day closed Thu, Dec 24  7–13 Fri, Dec 25 Christmas Day 9–12 Thu, Dec 31  closed Fri, Jan 1, 2027 New Year's Day closed]"
	if fmt.Sprint(got) != want {
		t.Errorf("the dates are %q", got)
	}
	if last := h.Dates[len(h.Dates)-1]; last.Key != "2027-11-11" {
		t.Errorf("the last date is %s", last.Key)
	}
	sat, sun := h.Week[5], h.Week[6]
	if sat.Name != "Saturday" || fmt.Sprint(sat.Bars) != "[{1080 1440}]" || fmt.Sprint(sun.Bars) != "[{0 120}]" || len(sun.Open) != 0 {
		t.Errorf("Saturday is %+v, Sunday %+v", sat, sun)
	}
	set.Holidays = ""
	if n := len(english(t).Hours(set, tuesday(t)).Dates); n != 3 {
		t.Errorf("without holidays there are %d dates", n)
	}
}

func TestWhatMayStillBecomeRightIsHalfTyped(t *testing.T) {
	w := english(t)
	for _, typed := range []string{"9", "9-", "9-1", "9:", "9:3", "9-12,", "9-12, 1", "9-12, 13:30-", "clo", "cerr", "24", "9a", "9am-5p"} {
		if !w.HoursHalf(typed) {
			t.Errorf("%q is wrong already", typed)
		}
	}
	for _, typed := range []string{"9-12-", "nine", "99", "9-12, 10-11"} {
		if w.HoursHalf(typed) {
			t.Errorf("%q may become right", typed)
		}
	}
}

func TestEachChoiceForAfterHoursIsExplained(t *testing.T) {
	w := english(t)
	values, words := w.AfterHours()
	said := map[string]bool{}
	for i, v := range values {
		said[words[i]], said[w.AfterHoursMeans(v)] = true, true
	}
	if len(said) != 6 || said[""] {
		t.Errorf("it says %v", said)
	}
	regions, names := w.HolidayCountries()
	if regions[0] != "" || names[0] != "No country" || len(regions) != len(names) || len(regions) != len(hours.HolidayCountries())+1 || names[1] != "Argentina" {
		t.Errorf("the countries are %v, %v", regions, names)
	}
}
