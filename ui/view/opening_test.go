package view_test

import (
	"testing"
	"time"

	"ringback/server/desk"
	"ringback/ui/view"
)

func TestTheCardAndThePageSayHowTheHoursStand(t *testing.T) {
	at := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, newYork(t)) }
	tue := at(24, 10) // a Tuesday
	for _, c := range []struct {
		name            string
		o               desk.Opening
		role            view.Role
		headline, sub   string // on the page
		card, cardSub   string
		short, shortSub string
	}{
		{"open", desk.Opening{At: tue, Open: true, Next: at(24, 17), Again: at(25, 9)}, view.Talked,
			"Open now, closes 17:00", "opens again tomorrow 09:00", "Open to 17:00", "opens again tomorrow 09:00", "Open", "to 17:00"},
		{"open past midnight", desk.Opening{At: at(24, 20), Open: true, Next: at(25, 2), Again: at(30, 9)}, view.Talked,
			"Open now, closes tomorrow 02:00", "opens again Mon 09:00", "Open to 02:00", "opens again Mon 09:00", "Open", "Wed 02:00"},
		{"open for days", desk.Opening{At: tue, Open: true, Next: at(27, 17), Again: at(30, 9)}, view.Talked,
			"Open now, closes Fri 17:00", "opens again Mon 09:00", "Open", "until Fri 17:00", "Open", "Fri 17:00"},
		{"always open", desk.Opening{At: tue, Open: true}, view.Talked,
			"Always open", "never closes", "Open", "never closes", "Open", ""},
		{"open until midnight", desk.Opening{At: tue, Open: true, Next: at(25, 0), Again: at(25, 9)}, view.Talked,
			"Open now, closes at midnight", "opens again tomorrow 09:00", "Open to midnight", "opens again tomorrow 09:00", "Open", "to 24:00"},
		{"open until midnight of Sunday", desk.Opening{At: tue, Open: true, Next: at(30, 0), Again: at(30, 9)}, view.Talked,
			"Open now, closes Sun at midnight", "opens again Mon 09:00", "Open", "until Sun at midnight", "Open", "Sun 24:00"},
		{"open until midnight of tomorrow", desk.Opening{At: tue, Open: true, Next: at(26, 0), Again: at(26, 9)}, view.Talked,
			"Open now, closes tomorrow at midnight", "opens again Thu 09:00", "Open", "until tomorrow at midnight", "Open", "Wed 24:00"},
		{"open for the last time", desk.Opening{At: tue, Open: true, Next: at(24, 17)}, view.Talked,
			"Open now, closes 17:00", "does not open again", "Open to 17:00", "does not open again", "Open", "to 17:00"},
		{"closed till Monday", desk.Opening{At: tue, Next: at(30, 9)}, view.Quiet,
			"Closed", "opens Mon 09:00", "Closed", "opens Mon 09:00", "Closed", "Mon 09:00"},
		{"closed for weeks", desk.Opening{At: tue, Next: at(24, 9).AddDate(0, 1, 0)}, view.Quiet,
			"Closed", "opens Dec 24 09:00", "Closed", "opens Dec 24 09:00", "Closed", "Dec 24"},
		{"never open", desk.Opening{At: tue}, view.Quiet,
			"Closed, with no opening to come", "no hours are set", "Closed", "no hours are set", "Closed", ""},
		{"paused", desk.Opening{At: tue, Paused: at(24, 11), Next: at(24, 11)}, view.Needs,
			"Paused until 11:00", "then open again", "Paused to 11:00", "then open again", "Paused", "to 11:00"},
		{"paused beyond closing", desk.Opening{At: tue, Paused: at(24, 18), Next: at(25, 9)}, view.Needs,
			"Paused until 18:00", "opens tomorrow 09:00", "Paused to 18:00", "opens tomorrow 09:00", "Paused", "to 18:00"},
		{"paused until tomorrow", desk.Opening{At: tue, Paused: at(25, 9), Next: at(25, 9)}, view.Needs,
			"Paused until tomorrow 09:00", "then open again", "Paused", "until tomorrow 09:00", "Paused", "Wed 09:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := english(t)
			if got := w.Opening(c.o); got != (view.Opening{Role: c.role, Headline: c.headline, Sub: c.sub}) {
				t.Errorf("the page says %+v", got)
			}
			got := w.State(desk.Shop{FormURL: "x", Opening: c.o})
			if got.Role != c.role || got.Headline != c.card || got.Sub != c.cardSub || got.Short != c.short || got.ShortSub != c.shortSub {
				t.Errorf("the card says %+v", got)
			}
			practised := w.State(desk.Shop{FormURL: "x", Practice: true, Opening: c.o})
			if practised.Headline != c.card || practised.Health[1].Word != "practice" {
				t.Errorf("in practice the card says %+v", practised)
			}
		})
	}
}
