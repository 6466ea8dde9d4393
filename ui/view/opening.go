package view

import (
	"strings"
	"time"

	"ringback/server/desk"
)

// Opening is what the hours mean now, in two lines.
type Opening struct {
	Role          Role
	Headline, Sub string
}

// Opening says whether the shop is open and what comes next.
func (w Words) Opening(o desk.Opening) Opening {
	switch {
	case !o.Paused.IsZero():
		return Opening{Needs, w.Say("hours_now_paused", "when", w.at(o.Paused, o.At)), w.afterPause(o)}
	case !o.Open && o.Next.IsZero():
		return Opening{Quiet, w.Say("hours_now_never"), w.Say("hours_now_never_sub")}
	case !o.Open:
		return Opening{Quiet, w.Say("hours_now_closed"), w.Say("hours_now_opens", "when", w.at(o.Next, o.At))}
	case o.Next.IsZero():
		return Opening{Talked, w.Say("hours_now_always"), w.Say("hours_now_always_sub")}
	}
	s := Opening{Talked, w.Say("hours_now_open", "when", w.closing(o.Next, o.At)), w.Say("hours_now_for_good")}
	if !o.Again.IsZero() {
		s.Sub = w.Say("hours_now_again", "when", w.at(o.Again, o.At))
	}
	return s
}

// afterPause is what comes when the pause ends: mostly that is within the hours.
func (w Words) afterPause(o desk.Opening) string {
	switch {
	case o.Next.IsZero():
		return w.Say("hours_now_never")
	case o.Next.After(o.Paused):
		return w.Say("hours_now_opens", "when", w.at(o.Next, o.At))
	}
	return w.Say("hours_now_then_open")
}

// openingState is the same for the card, where there is less room.
func (w Words) openingState(o desk.Opening) State {
	s := State{Role: Talked, Headline: w.Say("hours_card_open"), Short: w.Say("hours_card_open")}
	today := func(t time.Time) bool { return w.days(t, o.At) <= 0 }
	switch {
	case !o.Paused.IsZero():
		s.Role, s.Short = Needs, w.Say("hours_card_paused")
		s.Headline, s.Sub = s.Short, w.Say("hours_card_until", "when", w.at(o.Paused, o.At))
		s.ShortSub = w.short(o.Paused, o.At)
		if today(o.Paused) {
			s.Headline, s.Sub = w.Say("hours_card_paused_to", "time", w.hour(o.Paused)), w.afterPause(o)
		}
	case !o.Open:
		s.Role, s.Headline, s.Short = Quiet, w.Say("hours_now_closed"), w.Say("hours_card_closed")
		s.Sub = w.Say("hours_now_never_sub")
		if !o.Next.IsZero() {
			s.Sub, s.ShortSub = w.Say("hours_now_opens", "when", w.at(o.Next, o.At)), w.short(o.Next, o.At)
		}
	case o.Next.IsZero():
		s.Sub = w.Say("hours_now_always_sub")
	default:
		s.Sub, s.ShortSub = w.Say("hours_card_until", "when", w.closing(o.Next, o.At)), w.shortClosing(o.Next, o.At)
		if !today(o.Next) && o.Next.Sub(o.At) >= 24*time.Hour {
			break
		}
		s.Headline, s.Sub = w.Say("hours_card_open_to", "time", w.hour(o.Next)), w.Say("hours_now_for_good")
		if w.midnight(o.Next) {
			s.Headline = w.Say("hours_card_open_midnight")
		}
		if !o.Again.IsZero() {
			s.Sub = w.Say("hours_now_again", "when", w.at(o.Again, o.At))
		}
	}
	return s
}

// at is a time to come, without a preposition: "17:00", "tomorrow 09:00", "Mon 09:00",
// "Dec 24 09:00".
func (w Words) at(t, now time.Time) string {
	switch days := w.days(t, now); {
	case days <= 0:
		return w.hour(t)
	case days == 1:
		return w.Say("hours_tomorrow", "time", w.hour(t))
	case days < 7:
		return w.weekday(t.In(w.Zone).Weekday()) + " " + w.hour(t)
	}
	return w.date(t, now) + " " + w.hour(t)
}

// closing is when the shop closes. Midnight belongs to the day that it ends.
func (w Words) closing(t, now time.Time) string {
	if !w.midnight(t) {
		return w.at(t, now)
	}
	last := t.Add(-time.Second)
	switch days := w.days(last, now); {
	case days <= 0:
		return w.Say("hours_midnight")
	case days == 1:
		return w.Say("hours_tomorrow", "time", w.Say("hours_midnight"))
	case days < 7:
		return w.weekday(last.In(w.Zone).Weekday()) + " " + w.Say("hours_midnight")
	}
	return w.date(last, now) + " " + w.Say("hours_midnight")
}

// shortClosing is closing in the least room.
func (w Words) shortClosing(t, now time.Time) string {
	if !w.midnight(t) {
		return w.short(t, now)
	}
	const end = "24:00"
	last := t.Add(-time.Second)
	switch days := w.days(last, now); {
	case days <= 0:
		return w.Say("hours_card_to", "time", end)
	case days < 7:
		return w.weekday(last.In(w.Zone).Weekday()) + " " + end
	}
	return w.short(t, now)
}

func (w Words) midnight(t time.Time) bool {
	h, m, s := t.In(w.Zone).Clock()
	return h == 0 && m == 0 && s == 0
}

// short is a time to come in the least room.
func (w Words) short(t, now time.Time) string {
	switch days := w.days(t, now); {
	case days <= 0:
		return w.Say("hours_card_to", "time", w.hour(t))
	case days < 7:
		return w.weekday(t.In(w.Zone).Weekday()) + " " + w.hour(t)
	}
	return w.date(t, now)
}

// weekday is a day of the week in three letters.
func (w Words) weekday(d time.Weekday) string { return string([]rune(w.Weekday(d))[:3]) }

// Weekday is a day of the week in full.
func (w Words) Weekday(d time.Weekday) string { return strings.Fields(w.Say("weekdays"))[d] }
