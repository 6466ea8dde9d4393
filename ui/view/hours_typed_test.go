package view_test

import (
	"strings"
	"testing"

	"ringback/ui/view"
)

func TestHoursAreReadAsPeopleWriteThem(t *testing.T) {
	w := english(t)
	for typed, want := range map[string]string{
		"9-17":                   "9–17",
		"9–17":                   "9–17",
		"9:00 – 17:00":           "9–17",
		"09.00-17.30":            "9–17:30",
		"0900-1730":              "9–17:30",
		"9h-17h30":               "9–17:30",
		"9am-5pm":                "9–17",
		"9 AM to 5 PM":           "9–17",
		"9 a.m. - 5 p.m.":        "9–17",
		"9-5pm":                  "9–17",
		"1-5pm":                  "13–17",
		"9am-5":                  "9–17",
		"9am-12":                 "9–12",
		"12-3pm":                 "12–15",
		"9am-noon":               "9–12",
		"12am-6am":               "0–6",
		"6pm-midnight":           "18–24",
		"18-24":                  "18–24",
		"18-0":                   "18–24",
		"18-2":                   "18–2",
		"6pm-2am":                "18–2",
		"10-02":                  "10–02",
		"10am-2am":               "10–02",
		"9–12:30, 13:30–18":      "9–12:30, 13:30–18",
		"13:30-18 ; 9-12:30":     "9–12:30, 13:30–18",
		"9-12 and 14-18":         "9–12, 14–18",
		"de 9 a 14 y de 17 a 20": "9–14, 17–20",
		"9-12, 12-17":            "9–12, 12–17",
		"24h":                    "24 h",
		"0-24":                   "24 h",
		"Todo el día":            "24 h",
		"closed":                 "",
		"Cerrado":                "",
		"  ":                     "",
		"-":                      "",
		"9-12,":                  "9–12",
	} {
		open, wrong := w.HoursTyped(typed)
		if got := w.HoursNormal(open); wrong != "" || got != want {
			t.Errorf("%q is read as %q (%s), want %q", typed, got, wrong, want)
		}
		again, wrong := w.HoursTyped(want)
		if got := w.HoursNormal(again); got != want || wrong != "" {
			t.Errorf("%q, shown back, is read as %q (%s)", want, got, wrong)
		}
	}
}

func TestWhatIsWrongWithHoursIsSaid(t *testing.T) {
	w := english(t)
	for typed, part := range map[string]string{
		"9":                       "“9” is no time from and to",
		"9-12-15":                 "“9-12-15” is no time from and to",
		"25-26":                   "“25” is no time of day",
		"9-17:75":                 "“17:75” is no time of day",
		"9am-13pm":                "“13pm” is no time of day",
		"nine-5":                  "“nine” is no time of day",
		"9-9":                     "“9-9” ends when it begins",
		"9-12, 11-15":             "9–12 and 11–15 overlap",
		"18-2, 1-3":               "",
		"9-5":                     "9–17",
		"18-3, 20-21":             "18–3 and 20–21 overlap",
		strings.Repeat("1-2,", 2): "overlap",
		"0-1,2-3,4-5,6-7,8-9,10-11,12-13,14-15,16-17,18-19,20-21,22-23,23:30-23:40": "12",
	} {
		_, wrong := w.HoursTyped(typed)
		if !strings.Contains(wrong, part) || (wrong == "") != (part == "") {
			t.Errorf("of %q it says %q, want %q", typed, wrong, part)
		}
	}
}

func TestHoursAreKeptAsTheSettingsFileHasThem(t *testing.T) {
	open, _ := english(t).HoursTyped("0:30-7, 9-12:30, 18-2")
	if got := strings.Join(view.HoursKept(open), " "); got != "00:30-07:00 09:00-12:30 18:00-02:00" {
		t.Errorf("got %s", got)
	}
	open, _ = english(t).HoursTyped("24h")
	if got := strings.Join(view.HoursKept(open), " "); got != "00:00-24:00" {
		t.Errorf("got %s", got)
	}
}
