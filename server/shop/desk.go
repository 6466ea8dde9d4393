package shop

import (
	"cmp"
	"context"
	"os/user"
	"slices"
	"strings"
	"time"

	"ringback/server"
	"ringback/server/desk"
	"ringback/server/hours"
	"ringback/server/twilio"
)

func (s *era) buildDesk(context.Context) error {
	s.desk = &desk.Owner{Engine: s.engine, Store: s.mode.store, Now: time.Now, About: s.about, Opening: s.opening, Reason: twilio.Reason}
	s.desk.Whose = s.whose
	s.desk.Ledger = s.mode.store
	s.desk.Plan = func() (hours.Plan, int64) {
		set := s.Settings()
		return set.Hours.Plan(), spendDay(set)
	}
	s.desk.Log = eventLog{s.mode.store}
	if live := s.live.Load(); s.mode.store != live {
		s.desk.ShopLog = eventLog{live}
	}
	if s.network != nil {
		s.desk.Phones = &phonesOf{s}
	}
	if s.watch != nil {
		s.watch.onChange(s.Shop.desk.Poke)
	}
	return nil
}

// whose is who ticks off: whoever uses this computer, or the shop, where that says nothing.
func (s *era) whose() string {
	u, err := user.Current()
	if err != nil {
		u = &user.User{}
	}
	return cmp.Or(nameOf(*u), s.Settings().Business.Name)
}

// nameOf is what a user of this computer is called: the full name, or else the one to log
// in with, on Windows without its domain. root is nobody at a shop.
func nameOf(u user.User) string {
	login := u.Username[strings.LastIndex(u.Username, `\`)+1:]
	if login == "root" {
		return ""
	}
	return cmp.Or(strings.TrimSpace(u.Name), login)
}

// about is the shop as the window shows it.
func (s *era) about() desk.Shop {
	set := s.Settings()
	about := desk.Shop{
		Name: set.Business.Name, Language: set.Business.Language, Country: set.Business.Country,
		Zone: set.Hours.Zone(), Accent: set.Form.Accent, Practice: !s.mode.live, Missing: s.holds.Load().missing,
	}
	about.Public = set.Business.PublicPhone
	about.Unsaved = unsaved(s.mode.store.Failing())
	if s.watch != nil {
		about.Trouble = s.watch.is().advice()
	}
	switch public := s.publicURL(); {
	case public != "":
		about.FormURL = public + "/"
	case s.public != nil:
		about.FormURL = s.FormURL()
	}
	for _, p := range set.Business.Phones {
		about.Phones = append(about.Phones, p.Label)
	}
	return about
}

// opening is how the hours stand, and what visitors read of it: in the owner's language,
// or where the form does not speak that, in the form's own.
func (s *era) opening(now time.Time) desk.Opening {
	set := s.Settings()
	plan := set.Hours.Plan()
	o := desk.OpeningOf(plan, now)
	language := set.Business.Language
	if !slices.Contains(set.Form.Languages, language) {
		language = set.Form.Languages[0]
	}
	o.Website = server.OpeningWords(language, plan, now)
	return o
}

// pokeDesk tells the window of each change of a request and of a practice phone.
func (s *era) pokeDesk(ctx context.Context) {
	relay(ctx, func() (requests, phones <-chan struct{}, leave func()) {
		requests, leave = s.engine.Changed(0)
		if s.hand != nil {
			phones = s.hand.Changed()
		}
		return requests, phones, leave
	}, s.Shop.desk.Poke)
}

// relay pokes after each change. It watches for the next one before it pokes: a change
// right after the poke, when the window has just read, would go unnoticed.
func relay(ctx context.Context, watch func() (requests, phones <-chan struct{}, leave func()), poke func()) {
	for {
		requests, phones, leave := watch()
		if ctx.Err() == nil {
			poke()
		}
		select {
		case <-ctx.Done():
			leave()
			return
		case <-requests:
		case <-phones:
		}
		leave()
	}
}
