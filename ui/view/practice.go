package view

import (
	"slices"
	"time"

	"ringback/server/callback"
	"ringback/server/desk"
)

// Phone is one drawn phone of practice.
type Phone struct {
	Number  string // E.164, to be played by; empty: nobody's yet
	Title   string
	Who     string // who is on the line
	Line    string // what is going on
	Role    Role
	Ringing bool
	Running bool // Line holds a clock

	CanAnswer, CanDecline, CanKey, CanHangUp bool
}

// Bubble is what a phone says or a visitor reads.
type Bubble struct {
	Role     Role
	Headline string
	Words    string
}

// Strip is practice's strip with the two phones.
type Strip struct {
	Shop, Visitor  Phone
	Says           Bubble // beside the shop's phone
	Reads          Bubble // beside the visitor's phone
	shop, visiting desk.PracticePhone
}

// Stage is what practice's strip is made of.
type Stage struct {
	Phones []desk.PracticePhone // the shop's and the visitor's; one that is not there has never rung
	Texts  []desk.PracticeText  // newest first
	Line   []callback.Request   // as in desk.Shop
	Newest callback.Request     // of all requests; none: its ID is 0
}

// Strip makes practice's strip.
func (w Words) Strip(s Stage, now time.Time) Strip {
	p := Strip{shop: desk.PracticePhone{Shop: true}}
	for _, phone := range s.Phones {
		if phone.Shop {
			p.shop = phone
		} else {
			p.visiting = phone
		}
	}
	if p.shop.Joined && p.visiting.Joined {
		p.shop.Since = p.visiting.Since // they have talked for as long as each other
	}
	p.Shop, p.Visitor = w.phone(p.shop, now), w.phone(p.visiting, now)
	if p.shop.Joined {
		p.Shop.Who = w.label(p.visiting)
	}
	p.Says, p.Reads = w.says(p, s), w.reads(p, s, now)
	return p
}

// Lines are what is going on at the two phones, with clocks as of now.
func (w Words) Lines(p Strip, now time.Time) (shop, visitor string) {
	return w.lineOf(p.shop, now), w.lineOf(p.visiting, now)
}

func (w Words) phone(p desk.PracticePhone, now time.Time) Phone {
	on := p.State == desk.OnCall
	rings := p.State == desk.Ringing
	out := Phone{
		Number: p.Number, Title: w.Say("phone_visitor"), Who: w.Say("phone_free"), Line: w.lineOf(p, now), Role: Quiet,
		Ringing: rings, Running: rings || on,
		CanAnswer: rings, CanDecline: rings, CanKey: on && p.Keys, CanHangUp: on,
	}
	switch {
	case p.Shop:
		out.Title = w.Say("phone_shop", "phone", w.label(p))
	case p.Number != "":
		out.Title = w.label(p) // no word before it: the phone is narrow
	}
	if out.Running {
		out.Role, out.Who = Live, w.Say("title")
		if !p.Shop && w.Business != "" {
			out.Who = w.Business
		}
	}
	if on {
		out.Role = Talked
	}
	return out
}

func (w Words) label(p desk.PracticePhone) string {
	switch {
	case p.Label != "":
		return p.Label
	case p.Shop:
		return w.Say("your_phone")
	case p.Number == "":
		return w.Say("phone_visitor")
	}
	return w.number(p.Number)
}

func (w Words) lineOf(p desk.PracticePhone, now time.Time) string {
	clock := Clock(p.Since, now)
	switch {
	case p.State == desk.Ringing:
		return w.Say("phone_rings", "clock", clock)
	case p.State == desk.OnCall && p.Joined:
		return w.Say("phone_talks", "clock", clock)
	case p.State == desk.OnCall:
		return w.Say("phone_listens", "clock", clock)
	case p.Shop:
		return w.Say("phone_waits")
	}
	return w.Say("phone_later")
}

// says is what the owner hears, or what came as a text.
func (w Words) says(p Strip, s Stage) Bubble {
	switch {
	case p.shop.State == desk.Ringing:
		return Bubble{Live, w.Say("says_rings"), w.Say("says_rings_text")}
	case p.shop.Joined:
		return Bubble{Talked, w.Say("says_joined"), w.Say("says_joined_text")}
	case p.shop.State == desk.OnCall && p.visiting.State == desk.Ringing:
		return Bubble{Live, w.Say("says_head"), w.Say("says_wait")}
	case p.shop.State == desk.OnCall && p.shop.Says != "":
		return Bubble{Live, w.Say("says_head"), w.quoted(p.shop.Says)}
	case p.shop.State == desk.OnCall:
		return Bubble{Live, w.Say("says_head"), w.Say("says_silence")}
	}
	if text, ok := lastText(s.Texts, true, "", s.Newest.AskedAt); ok && textCounts(s.Newest) {
		return Bubble{Needs, w.Say("says_text", "time", w.hour(text.At)), text.Body}
	}
	return Bubble{Quiet, w.Say("says_idle"), w.Say("says_idle_text")}
}

// reads is what stands on the visitor's page just now, or came as a text.
func (w Words) reads(p Strip, s Stage, now time.Time) Bubble {
	r, ok := practised(p, s)
	if !ok {
		return Bubble{Quiet, w.Say("reads_idle"), w.Say("reads_idle_text")}
	}
	since := r.UpdatedAt // else what the page says is newer
	if r.Status == callback.Missed || r.Status == callback.SMSSent {
		since = r.AskedAt
	}
	if text, ok := lastText(s.Texts, false, r.Number, since); ok && !r.Status.UnderWay() {
		return Bubble{Needs, w.Say("reads_text", "time", w.hour(text.At)), text.Body}
	}
	if ownCall(r) {
		return Bubble{Quiet, w.Say("reads_idle"), w.Say("reads_own_call")}
	}
	role := Quiet
	if r.Status.UnderWay() || r.Status == callback.Pending {
		role = Live
	}
	return Bubble{role, w.Say("reads_head"), w.quoted(w.sitePage(r, s.Line, now))}
}

// practised is the request of the visitor whose phone is drawn: the one that is being
// called, else the newest.
func practised(p Strip, s Stage) (callback.Request, bool) {
	for _, r := range s.Line {
		if r.ID != 0 && (r.ID == p.shop.Request || r.ID == p.visiting.Request) {
			return r, true
		}
	}
	return s.Newest, s.Newest.ID != 0 && s.Newest.Number == p.visiting.Number
}

// textCounts says that a text about a request that was not reached is no old news yet.
func textCounts(r callback.Request) bool {
	return r.TickedOff == nil && (r.Status.Waits() || r.Status == callback.Missed || r.Status == callback.SMSSent)
}

// lastText is the newest text to the shop, or to that visitor, since then.
func lastText(texts []desk.PracticeText, shop bool, to string, since time.Time) (desk.PracticeText, bool) {
	i := slices.IndexFunc(texts, func(t desk.PracticeText) bool { return t.Shop == shop && (shop || t.To == to) })
	if i < 0 || texts[i].At.Before(since) {
		return desk.PracticeText{}, false
	}
	return texts[i], true
}

func (w Words) quoted(s string) string { return w.Say("quoted", "words", s) }
