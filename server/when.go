package server

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"ringback/assets"
	"ringback/server/hours"
)

// calendar is how a language speaks of times. It stands here and not in the wording,
// because it is grammar, not sentences.
type calendar struct {
	at, atOne string // before the clock; some languages say one o'clock otherwise
	weekday   string // a day of the coming week in a sentence
	date      string // any other day in a sentence: day of the month, month
	weekdays  [7]string
	months    [12]string
}

var calendars = map[string]calendar{
	"en": {
		at: "at ", atOne: "at ", weekday: "%s", date: "on %d %s",
		weekdays: [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August",
			"September", "October", "November", "December"},
	},
	"es": {
		at: "a las ", atOne: "a la ", weekday: "el %s", date: "el %d de %s",
		weekdays: [7]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"},
		months: [12]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
			"septiembre", "octubre", "noviembre", "diciembre"},
	},
}

// calendarOf speaks the language that assets speaks too.
func calendarOf(language string) calendar { return calendars[assets.Words(language).Language()] }

const wallClock = "15:04"

// clock is a time of day as a phrase: "10:47", in Spanish "las 10:47".
func clock(language string, t time.Time) string {
	switch {
	case assets.Words(language).Language() != "es":
		return t.Format(wallClock)
	case t.Hour() == 1:
		return "la " + t.Format(wallClock)
	}
	return "las " + t.Format(wallClock)
}

// phrase is a moment in a sentence: "today at 10:47", "Monday at 09:00", "on 5 January
// at 09:00". Both times are in the shop's zone.
func phrase(language string, t, now time.Time) string {
	c, words := calendarOf(language), assets.Words(language)
	at := c.at
	if t.Hour() == 1 {
		at = c.atOne
	}
	var day string
	switch n := daysAfter(t, now); {
	case n == 0:
		day = strings.ToLower(words.Say("today", nil))
	case n == 1:
		day = strings.ToLower(words.Say("tomorrow", nil))
	case 1 < n && n < 7:
		day = fmt.Sprintf(c.weekday, c.weekdays[t.Weekday()])
	default:
		day = fmt.Sprintf(c.date, t.Day(), c.months[t.Month()-1])
	}
	return day + " " + at + t.Format(wallClock)
}

// alone is a moment that stands by itself: "10:47" today, else the phrase.
func alone(language string, t, now time.Time) string {
	if daysAfter(t, now) == 0 {
		return t.Format(wallClock)
	}
	return capital(phrase(language, t, now))
}

func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// daysAfter counts calendar days, not hours: a day can have 23 or 25.
func daysAfter(t, now time.Time) int {
	day := func(t time.Time) time.Time {
		y, m, d := t.Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(day(t).Sub(day(now)) / (24 * time.Hour))
}

// choiceEvery is how far apart the times are that a form offers.
const choiceEvery = 30 * time.Minute

// daysOffered is how many days with open hours a form offers times of, and daysLooked
// how far ahead they are looked for.
const (
	daysOffered = 2
	daysLooked  = 14
)

// choices are the times that a form offers: every half hour at which the shop is open,
// today and tomorrow, or the next two days on which it is.
func choices(language string, at time.Time, plan hours.Plan) []Choice {
	now := at.In(zoneOf(plan))
	var offered []Choice
	days, last := 0, -1
	for t := firstChoice(now); daysAfter(t, now) <= daysLooked; t = t.Add(choiceEvery) {
		if !plan.Open(t) {
			continue
		}
		if n := daysAfter(t, now); n != last {
			if days++; days > daysOffered {
				break
			}
			last = n
		}
		day := dayName(language, t, now)
		label := day + " " + t.Format(wallClock)
		// An hour that the clocks repeat is offered once: people could not tell which.
		if n := len(offered); n > 1 && (offered[n-1].Label == label || offered[n-2].Label == label) {
			continue
		}
		offered = append(offered, Choice{Value: t.Format(time.RFC3339), Day: day, Label: label, When: phrase(language, t, now)})
	}
	return offered
}

// dayName heads the times of a day: "Today", "Monday", "5 January".
func dayName(language string, t, now time.Time) string {
	c, words := calendarOf(language), assets.Words(language)
	switch n := daysAfter(t, now); {
	case n == 0:
		return words.Say("today", nil)
	case n == 1:
		return words.Say("tomorrow", nil)
	case n < 7:
		return capital(c.weekdays[t.Weekday()])
	}
	return capital(strings.TrimPrefix(strings.TrimPrefix(fmt.Sprintf(c.date, t.Day(), c.months[t.Month()-1]), "on "), "el "))
}

// firstChoice is the next full or half hour on the shop's clock.
func firstChoice(now time.Time) time.Time {
	past := time.Duration(now.Minute())*time.Minute + time.Duration(now.Second())*time.Second + time.Duration(now.Nanosecond())
	return now.Add(choiceEvery - past%choiceEvery)
}
