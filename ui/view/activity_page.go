package view

import (
	"errors"
	"io/fs"
	"strconv"
	"strings"
	"syscall"
	"time"

	"ringback/server/desk"
)

// Topic is what a topic of the log is called.
func (w Words) Topic(t desk.Topic) string {
	switch t {
	case desk.OfRequests:
		return w.Say("activity_topic_requests")
	case desk.OfCalls:
		return w.Say("activity_topic_calls")
	case desk.OfTexts:
		return w.Say("activity_topic_texts")
	case desk.OfSettings:
		return w.Say("activity_topic_settings")
	case desk.OfBackups:
		return w.Say("activity_topic_backups")
	case desk.OfRefusals:
		return w.Say("activity_topic_refusals")
	case desk.AllTopics:
	}
	return w.Say("activity_topic_all")
}

// Period is a stretch of time that the log can be narrowed to.
type Period int

// The periods.
const (
	AnyTime Period = iota
	ThisDay
	DayBefore
	Week  // the last seven days, today included
	Month // the last thirty
	Between
)

// Periods are what they are called, in their order.
func (w Words) Periods() []string {
	return []string{
		w.Say("activity_any_time"), w.Say("activity_today"), w.Say("activity_yesterday"),
		w.Say("activity_week"), w.Say("activity_month"), w.Say("activity_between"),
	}
}

// Span is when a period begins and ends: days are those of the shop's zone. Of Between it
// has no bounds.
func (w Words) Span(p Period, now time.Time) (from, to time.Time) {
	day := func(n int) time.Time {
		y, m, d := now.In(w.Zone).Date()
		return time.Date(y, m, d+n, 0, 0, 0, 0, w.Zone)
	}
	switch p {
	case ThisDay:
		return day(0), day(1)
	case DayBefore:
		return day(-1), day(0)
	case Week:
		return day(-6), day(1)
	case Month:
		return day(-29), day(1)
	case AnyTime, Between:
	}
	return time.Time{}, time.Time{}
}

// Days reads two days as they are typed, 2026-11-24, the last one included. Either may be
// empty; fault says what is wrong, and is empty where nothing is.
func (w Words) Days(first, last string) (from, to time.Time, fault string) {
	from, ok := w.day(first)
	if !ok {
		return from, to, w.Say("activity_no_day", "typed", strings.TrimSpace(first))
	}
	to, ok = w.day(last)
	if !ok {
		return from, to, w.Say("activity_no_day", "typed", strings.TrimSpace(last))
	}
	if !to.IsZero() {
		y, m, d := to.Date()
		to = time.Date(y, m, d+1, 0, 0, 0, 0, w.Zone)
	}
	if !from.IsZero() && !to.IsZero() && !from.Before(to) {
		return from, to, w.Say("activity_days_turned")
	}
	return from, to, ""
}

func (w Words) day(typed string) (time.Time, bool) {
	if typed = strings.TrimSpace(typed); typed == "" {
		return time.Time{}, true
	}
	t, err := time.ParseInLocation("2006-1-2", typed, w.Zone)
	return t, err == nil
}

// LogState is what is known of the log's chain.
type LogState struct {
	Chip  Chip
	Broke *Fault // what is wrong, where it is
}

// Checking is the state while the log is walked.
func (w Words) Checking(done, all int) LogState {
	part := 0
	if all > 0 {
		part = min(99, done*100/all)
	}
	return LogState{Chip: Chip{Quiet, "shield", w.Say("activity_checking", "part", strconv.Itoa(part))}}
}

// Checked is the state when it was walked. at is when.
func (w Words) Checked(c desk.LogCheck, now time.Time) LogState {
	switch {
	case c.Bad != 0:
		return LogState{Chip{Failed, "alert", w.Say("activity_broken", "n", Number(int(c.Bad), w.Language))}, w.broken(c)}
	case c.Entries == 0:
		return LogState{Chip: Chip{Quiet, "shield", w.Say("activity_intact_empty")}}
	case c.Entries == 1:
		return LogState{Chip: Chip{Talked, "shield", w.Say("activity_intact_one", "since", w.date(c.Since, now))}}
	}
	return LogState{Chip: Chip{Talked, "shield", w.Say("activity_intact", "n", Number(c.Entries, w.Language), "since", w.date(c.Since, now))}}
}

// Unchecked is the state when the log could not be read.
func (w Words) Unchecked() LogState {
	return LogState{Chip: Chip{Needs, "warn", w.Say("activity_unchecked")}}
}

func (w Words) broken(c desk.LogCheck) *Fault {
	key := map[desk.Tampering]string{
		desk.EntryRemoved: "activity_broken_removed", desk.EntryInserted: "activity_broken_inserted", desk.EntryReordered: "activity_broken_moved",
	}[c.How]
	if key == "" {
		key = "activity_broken_changed"
	}
	return &Fault{What: w.Say(key, "n", Number(int(c.Bad), w.Language)), Means: w.Say("activity_broken_means"), Do: w.Say("activity_broken_do")}
}

// Count is how many there are, as it stands beside a word: 9,999, then 12k, then 1.2M, so
// that it is never wide; empty: none.
func (w Words) Count(n int) string {
	switch {
	case n == 0:
		return ""
	case n < 10_000:
		return Number(n, w.Language)
	case n < 1_000_000:
		return Number(n/1000, w.Language) + "k"
	}
	tenths, point := n/100_000, "."
	if strings.HasPrefix(w.Language, "es") {
		point = ","
	}
	return Number(tenths/10, w.Language) + point + strconv.Itoa(tenths%10) + "M"
}

// Number is a whole number with its thousands apart: 12,345 or 12.345.
func Number(n int, language string) string {
	s := strconv.Itoa(n)
	apart := ","
	if strings.HasPrefix(language, "es") {
		apart = "."
	}
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + apart + s[i:]
	}
	return s
}

// NoEntries says why the list of entries is empty. narrowed: not all are asked for.
func (w Words) NoEntries(narrowed bool) Empty {
	if narrowed {
		return Empty{Title: w.Say("activity_none_here"), Text: w.Say("activity_none_here_do")}
	}
	return Empty{Title: w.Say("activity_none"), Text: w.Say("activity_none_do")}
}

// LookedBack says how far back a word was looked for.
func (w Words) LookedBack(at, now time.Time) string {
	return w.Say("activity_looked_back", "when", w.moment(at, now))
}

// ExportHeadings are those of the columns of a CSV file.
func (w Words) ExportHeadings() []string {
	return []string{
		w.Say("activity_head_number"), w.Say("activity_head_time"), w.Say("activity_head_who"), w.Say("activity_head_what"),
		w.Say("activity_head_name"), w.Say("activity_head_phone"), w.Say("activity_head_request"), w.Say("activity_head_kind"), w.Say("activity_head_details"),
	}
}

// ExportName is what the file is called unless the owner calls it otherwise.
func (w Words) ExportName(f desk.Format, now time.Time) string {
	return "ringback-" + now.In(w.Zone).Format("2006-01-02") + "." + string(f)
}

// Exporting tells how far an export is.
func (w Words) Exporting(done int) string {
	return w.Say("activity_exporting", "n", Number(done, w.Language))
}

// Exported tells that it is done.
func (w Words) Exported(done int, file string) string {
	if done == 1 {
		return w.Say("activity_exported_one", "file", file)
	}
	return w.Say("activity_exported", "n", Number(done, w.Language), "file", file)
}

// NotExported says why there is no file.
func (w Words) NotExported(err error, file string) Fault {
	f := Fault{What: w.Say("activity_not_exported", "file", file), Means: w.Say("activity_not_exported_means"), Do: w.Say("activity_not_exported_do")}
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		f.Do = w.Say("activity_not_exported_permission")
	case errors.Is(err, syscall.ENOSPC):
		f.Do = w.Say("activity_not_exported_full")
	}
	return f
}
