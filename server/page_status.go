package server

import (
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strconv"
)

// StatusPage is what a visitor sees after sending, at /r/{id}. Whoever has the
// address may see it, so it shows nothing that the visitor typed.
type StatusPage struct {
	Site
	State     string // name of the screen: waiting, soon, ringing, ...
	PublicID  string
	UpdatedAt string // as /status says it; the script waits for another

	Place   int    // place in line, from 1
	Ahead   int    // people before it, in line or talking; waiting with none is soon
	From    string // the number that will ring, as people read it; not shown if empty
	DueText string // the next try as it stands alone: "10:47"; not shown if empty
	DueWhen string // due as a phrase: "Monday at 09:00"; needed by scheduled

	Follows       bool     // an earlier request of the same number is the one that is called
	ByShop        bool     // of cancelled: the shop blocked the number
	Settled       bool     // of cancelled: the shop needs the call no more
	LastTry       bool     // of no_answer: nothing more is planned
	CancelRefused bool     // the visitor wanted to cancel a call that is under way
	Times         []Choice // for another time; none: not offered, a new request is

	Live  bool // a script keeps the page fresh (?live)
	Still bool // the visitor stopped the renewing (?still)
}

// screen is how one state looks. renew is how often the page asks anew, in
// seconds; 0 is a state that stays.
type screen struct {
	figure figure
	fact   string // key of its label
	due    bool   // the fact is when, not the number
	note   string
	do     []string
	renew  int
}

// offers says whether that can be done.
func (s screen) offers(what string) bool { return slices.Contains(s.do, what) }

// figure is the wire: who rings, who waits, where it broke.
type figure struct{ Shop, Line, Badge, You string }

// State is a table. What a visitor can do stands with the likely thing first.
var screens = map[string]screen{
	"soon":       {figure: figure{"", "", "", "on"}, fact: "from_label", note: "silence_note", do: []string{"cancel"}, renew: 5},
	"waiting":    {figure: figure{"on", "queue", "", "on"}, fact: "from_label", note: "silence_note", do: []string{"cancel"}, renew: 10},
	"trouble":    {figure: figure{"on", "", "clock", "on"}, fact: "from_label", do: []string{"cancel"}, renew: 20},
	"ringing":    {figure: figure{"ring", "", "", "on"}, fact: "from_label", note: "silence_note", do: []string{"cancel"}, renew: 5},
	"connecting": {figure: figure{"on", "flow", "", "ring"}, fact: "from_now_label", do: []string{"cancel"}, renew: 5},
	"connected":  {figure: figure{"on", "solid", "", "on"}, renew: 10},
	"completed":  {figure: figure{"on", "solid", "check", "on"}, do: []string{"ask_again"}},
	"again":      {figure: figure{"", "", "clock", "on"}, fact: "next_label", due: true, do: []string{"other_time", "cancel"}, renew: 20},
	"listed":     {figure: figure{"", "", "clock", "on"}, do: []string{"other_time", "cancel"}, renew: 20},
	"left":       {figure: figure{"", "", "clock", "on"}, do: []string{"other_time", "cancel"}, renew: 20},
	"stale":      {figure: figure{"", "", "cross", "on"}, do: []string{"other_time"}, renew: 20},
	"scheduled":  {figure: figure{"", "", "clock", "on"}, fact: "from_label", do: []string{"other_time", "cancel"}, renew: 20},
	"no_answer":  {figure: figure{"on", "", "clock", ""}, fact: "next_label", due: true, note: "silence_note", do: []string{"other_time", "cancel"}, renew: 20},
	"failed":     {figure: figure{"on", "", "alert", ""}, do: []string{"change_number"}},
	"cancelled":  {figure: figure{"", "", "cross", ""}, do: []string{"ask_again"}},
	"expired":    {figure: figure{"", "", "clock", ""}, do: []string{"ask_again"}},
}

// statusView is what status.html sees.
type statusView struct {
	voice
	State, ID, Seen string
	Moves           bool // the state can still change, so the script asks
	Rings           bool // a call is to come, connection or not
	Figure          figure
	Heading, Text   template.HTML
	Fact            *labelled
	Notes           []template.HTML
	Actions         []action
	Renew           *pageLink
	Renewing        *renewing
	Unscripted      *pageLink
	Links           pageLinks
}

// action is a button, a form behind a button, or a link.
type action struct {
	Text, Class, URL string
	Post             string // where the button posts to
	ID, Language     string
	Days             []day // times to choose from
	Label, Change    string
}

// renewing says that the page renews itself, and how to stop that.
type renewing struct {
	Note template.HTML
	Stop pageLink
}

// Refresh is the seconds for the Refresh header, by which the page renews
// itself without scripts; 0 is no header.
func (p StatusPage) Refresh() int {
	if p.Live || p.Still {
		return 0
	}
	return screens[p.State].renew
}

// HTML draws the page. A state that has no screen is an error.
func (p StatusPage) HTML() ([]byte, error) {
	p.settle()
	s, ok := screens[p.State]
	if !ok {
		return nil, fmt.Errorf("draw status: no screen for state %q", p.State)
	}
	words := p.voice()
	v := p.view(words, s)
	return p.draw(pageView{Title: words.Plain(p.titleKey(), p.pairs()...) + " · " + p.Shop.Name, Status: v})
}

// settle: who waits with nobody ahead is the next.
func (p *StatusPage) settle() {
	if p.State == "waiting" && p.Ahead < 1 {
		p.State = "soon"
	}
}

// titleKey: who is next is not told a number, which would go badly with the one ahead
// who is on the phone.
func (p StatusPage) titleKey() string {
	switch {
	case p.State == "waiting" && p.Place <= 1:
		return "waiting_next_title"
	case p.State == "cancelled" && p.Settled:
		return "cancelled_settled_title"
	}
	return p.State + "_title"
}

// Message is what the page says in plain words, for programs: heading and sentence.
func (p StatusPage) Message() string {
	p.settle()
	words := p.voice()
	return words.Plain(p.titleKey(), p.pairs()...) + ". " + words.Plain(p.textKey(), p.pairs()...)
}

func (p StatusPage) view(words voice, s screen) *statusView {
	pairs := p.pairs()
	v := &statusView{
		voice:   words,
		State:   p.State,
		ID:      p.PublicID,
		Seen:    p.UpdatedAt,
		Moves:   s.renew > 0,
		Rings:   s.fact != "" && !p.LastTry,
		Figure:  s.figure,
		Heading: words.Say(p.titleKey(), pairs...),
		Text:    words.Say(p.textKey(), pairs...),
		Fact:    p.fact(words, s),
		Notes:   p.notes(words, s),
		Links:   p.links(false, func(code string) string { return p.url(code, p.mode()) }),
	}
	if p.State == "waiting" {
		v.Figure.Line += " q" + strconv.Itoa(min(p.Ahead, 6))
	}
	for _, name := range s.do {
		if name == "other_time" && len(p.Times) == 0 && v.Rings {
			continue // a new request would only follow the one that is to be called
		}
		v.Actions = append(v.Actions, p.action(words, name, len(v.Actions) == 0))
	}
	p.renewal(words, v)
	return v
}

// pairs are the values that a state's sentences may hold. The visitor's number
// is none of them: "failed" is said without it.
func (p StatusPage) pairs() []string {
	return []string{"place", count(p.Place), "n", count(p.Ahead), "when", p.DueWhen}
}

func (p StatusPage) textKey() string {
	switch {
	case p.State == "waiting" && p.Ahead > 1:
		return "waiting_text_many"
	case p.State == "no_answer" && p.LastTry:
		return "no_answer_last_text"
	case p.State == "cancelled" && p.Settled:
		return "cancelled_settled_text"
	case p.State == "cancelled" && p.ByShop:
		return "cancelled_shop_text"
	}
	return p.State + "_text"
}

func (p StatusPage) fact(words voice, s screen) *labelled {
	value := words.value("from", p.From)
	if s.due {
		value = words.value("", p.DueText)
	}
	if s.fact == "" || value == "" || p.LastTry {
		return nil
	}
	return &labelled{words.Plain(s.fact), value}
}

func (p StatusPage) notes(words voice, s screen) []template.HTML {
	var notes []template.HTML
	if p.Follows {
		notes = append(notes, words.Say("follows_note"))
	}
	if p.CancelRefused {
		notes = append(notes, words.Say("cancel_refused"))
	}
	if s.note != "" && !p.LastTry {
		notes = append(notes, words.Say(s.note))
	}
	return notes
}

// action makes one thing that can be done. Another time can only be chosen
// where times are offered; else the way on is a new request.
func (p StatusPage) action(words voice, name string, likely bool) action {
	a := action{ID: p.PublicID, Language: words.Language()}
	switch {
	case name == "cancel":
		a.Post = "/cancel_request"
		if !likely {
			a.Class = "q"
		}
	case name == "other_time" && len(p.Times) > 0:
		a.Days = days(p.Times, words, "")
		a.Label, a.Change = words.Plain("when_label"), words.Plain("change_time")
	case name == "change_number":
		a.Class, a.URL = "p", formURL(a.Language)
	default:
		name, a.URL = "ask_again", formURL(a.Language)
	}
	a.Text = words.Plain(name)
	return a
}

// renewal offers to renew the page by hand and to stop the renewing; where a
// script does it, only to those whose script does not run.
func (p StatusPage) renewal(words voice, v *statusView) {
	if !v.Moves {
		return
	}
	now := &pageLink{URL: p.url(words.Language(), p.mode()), Text: words.Plain("refresh_now")}
	if p.Live {
		now.URL = p.url(words.Language(), "")
		v.Unscripted = now
		return
	}
	v.Renew = now
	if !p.Still {
		v.Renewing = &renewing{
			Note: words.Say("refresh_note", "n", count(p.Refresh())),
			Stop: pageLink{URL: p.url(words.Language(), "still"), Text: words.Plain("refresh_stop")},
		}
	}
}

func (p StatusPage) mode() string {
	switch {
	case p.Live:
		return "live"
	case p.Still:
		return "still"
	}
	return ""
}

func (p StatusPage) url(language, mode string) string {
	address := "/r/" + url.PathEscape(p.PublicID) + "?lang=" + url.QueryEscape(language)
	if mode != "" {
		address += "&" + mode
	}
	return address
}

// NotFoundPage is for an address that leads nowhere, such as a request that is
// no longer kept. It sends on to the form.
type NotFoundPage struct{ Site }

// HTML draws the page.
func (p NotFoundPage) HTML() ([]byte, error) {
	words := p.voice()
	v := &statusView{
		voice:   words,
		Figure:  screens["cancelled"].figure,
		Heading: words.Say("error_not_found"),
		Actions: []action{{Text: words.Plain("ask_again"), URL: formURL(words.Language())}},
		Links:   p.links(false, formURL),
	}
	return p.draw(pageView{Title: p.Shop.Name, Status: v})
}
