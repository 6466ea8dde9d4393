package view

import (
	"slices"
	"strconv"
	"time"

	"ringback/assets"
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

// Strip makes practice's strip. phones are the shop's and the visitor's; one that is
// not there has never rung. line is as in desk.Shop.
func (w Words) Strip(phones []desk.PracticePhone, texts []desk.PracticeText, line []callback.Request, now time.Time) Strip {
	p := Strip{shop: desk.PracticePhone{Shop: true}}
	for _, phone := range phones {
		if phone.Shop {
			p.shop = phone
		} else {
			p.visiting = phone
		}
	}
	p.Shop, p.Visitor = w.phone(p.shop, now), w.phone(p.visiting, now)
	if p.shop.Joined {
		p.Shop.Who = w.label(p.visiting)
	}
	p.Says, p.Reads = w.says(p, texts), w.reads(p, texts, line)
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
		out.Title = w.Say("phone_visitor_name", "name", w.label(p))
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
func (w Words) says(p Strip, texts []desk.PracticeText) Bubble {
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
	if text, ok := lastText(texts, true, "", p.shop.Since); ok {
		return Bubble{Needs, w.Say("says_text", "time", w.hour(text.At)), w.quoted(text.Body)}
	}
	return Bubble{Quiet, w.Say("says_idle"), w.Say("says_idle_text")}
}

// reads is what stands on the visitor's page just now, or came as a text.
func (w Words) reads(p Strip, texts []desk.PracticeText, line []callback.Request) Bubble {
	if r, ok := practised(p, line); ok {
		place, before := placeInLine(r.ID, line)
		if page, ok := w.sitePage(r, place, before != nil); ok {
			return Bubble{Live, w.Say("reads_head"), w.quoted(page)}
		}
	}
	if text, ok := lastText(texts, false, p.visiting.Number, p.visiting.Since); ok {
		return Bubble{Needs, w.Say("reads_text", "time", w.hour(text.At)), w.quoted(text.Body)}
	}
	return Bubble{Quiet, w.Say("reads_idle"), w.Say("reads_idle_text")}
}

// practised is the request that is being called.
func practised(p Strip, line []callback.Request) (callback.Request, bool) {
	for _, r := range line {
		if r.ID != 0 && (r.ID == p.shop.Request || r.ID == p.visiting.Request) {
			return r, true
		}
	}
	return callback.Request{}, false
}

// sitePage is what the visitor's page says of a request that is called or waits for it.
func (w Words) sitePage(r callback.Request, place int, behind bool) (string, bool) {
	words := assets.Words(r.Language)
	args := map[string]string{"shop": w.Business, "place": strconv.Itoa(place)}
	title, text := "", ""
	switch {
	case r.Status == callback.Pending && behind:
		title = "waiting_title"
	case r.Status == callback.Pending:
		title, text = "soon_title", "soon_text"
	case r.Status == callback.Calling:
		title, text = "ringing_title", "ringing_text"
	case r.Status == callback.Connecting:
		title, text = "connecting_title", "connecting_text"
	case r.Status == callback.Connected:
		title, text = "connected_title", "connected_text"
	default:
		return "", false
	}
	said := words.Say(title, args) + "."
	if text != "" {
		said += " " + words.Say(text, args)
	}
	return said, true
}

// textMargin: a text may go out while the phone that it follows is still saying
// goodbye.
const textMargin = time.Minute

// lastText is the newest text to the shop, or to that visitor, that is not older than
// the phone's last call.
func lastText(texts []desk.PracticeText, shop bool, to string, since time.Time) (desk.PracticeText, bool) {
	i := slices.IndexFunc(texts, func(t desk.PracticeText) bool { return t.Shop == shop && (shop || t.To == to) })
	if i < 0 || texts[i].At.Before(since.Add(-textMargin)) {
		return desk.PracticeText{}, false
	}
	return texts[i], true
}

func (w Words) quoted(s string) string { return w.Say("quoted", "words", s) }
