// Package view decides what the window shows: it makes words, times and colour
// roles out of requests, their history and the state of the shop. It draws nothing
// and asks nobody: whatever it needs, the present time included, is handed in. It
// knows no Fyne.
package view

import (
	"strings"
	"time"

	"ringback/assets"
	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/server/number"
)

// Words is how one shop's window speaks: its language, its clock and the way its
// people write numbers.
type Words struct {
	Language string // en or es, a region is allowed; anything else is English
	Business string // the shop's name
	Country  string // region: numbers are shown as people there write them
	Zone     *time.Location
	Practice bool
}

// For returns the words for a shop in a language; empty: the shop's own.
func For(s desk.Shop, language string) Words {
	w := Words{Language: language, Business: s.Name, Country: s.Country, Zone: s.Zone, Practice: s.Practice}
	if w.Language == "" {
		w.Language = s.Language
	}
	if w.Zone == nil {
		w.Zone = time.UTC
	}
	return w
}

// Say returns a sentence of the window. The pairs are the names of its places and
// their values, in turn; a name without a value is ignored.
func (w Words) Say(key string, pairs ...string) string {
	args := map[string]string{}
	for i := 1; i < len(pairs); i += 2 {
		args[pairs[i-1]] = pairs[i]
	}
	return assets.Window(w.Language, key, args)
}

// who is what a request is called: the name, or else the number. After a person was
// erased there is neither.
func (w Words) who(r callback.Request) string {
	if name := strings.TrimSpace(r.Name); name != "" {
		return name
	}
	if r.Erased() {
		return w.Say("erased")
	}
	return w.number(r.Number)
}

func (w Words) number(e164 string) string { return number.Display(e164, w.Country) }
