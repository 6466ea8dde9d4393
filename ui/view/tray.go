package view

import (
	"strconv"

	"ringback/server/callback"
	"ringback/server/desk"
)

// mostInTray is how many of those who wait stand in the tray's menu.
const mostInTray = 5

// Tray is the shop as the tray shows it. Nothing in it runs like a clock: a menu that is
// made anew while it is open loses the click.
type Tray struct {
	Icon    string // assets.Tray
	Tooltip string // the state in words
	Waiting []TrayRequest
	Paused  bool
}

// TrayRequest is somebody who waits.
type TrayRequest struct {
	ID    int64
	Label string
}

// Tray says how the shop stands and who waits: those in line, in its order, then those
// of the owner's list.
func (w Words) Tray(s desk.Shop, list []callback.Request) Tray {
	t := Tray{Icon: trayIcon(w, s), Paused: !s.Opening.Paused.IsZero()}
	t.Tooltip = w.Say("title") + ": " + w.opening(s)
	if why := w.stopped(s); why != "" {
		t.Tooltip = w.Say("title") + ": " + why
	}
	if s.Practice {
		t.Tooltip = w.Title() + ": " + w.opening(s)
	}
	if n := waiting(s); n > 0 {
		t.Tooltip = w.Say("tray_and", "one", t.Tooltip, "other", w.plural(n, "tray_waits_one", "tray_waits"))
	}
	for _, r := range append(inLine(s), list...) {
		if len(t.Waiting) < mostInTray {
			t.Waiting = append(t.Waiting, TrayRequest{r.ID, w.Say("tray_request", "who", w.who(r), "what", w.chip(r).Word)})
		}
	}
	return t
}

// trayIcon: what the owner must see to first comes first.
func trayIcon(w Words, s desk.Shop) string {
	switch {
	case w.stopped(s) != "":
		return "trouble"
	case waiting(s) > 0:
		return "waiting"
	case !s.Opening.Paused.IsZero():
		return "paused"
	case s.Opening.Open:
		return "open"
	}
	return "closed"
}

// stopped is why nobody is called just now, and what to do; empty: they are.
func (w Words) stopped(s desk.Shop) string {
	if why := w.Unsaved(s); why != "" {
		return why
	}
	return w.Trouble(s)
}

// waiting is how many people wait for somebody: in line, and on the owner's list.
func waiting(s desk.Shop) int { return s.NeedsYou + len(inLine(s)) }

func inLine(s desk.Shop) (line []callback.Request) {
	for _, r := range s.Line {
		if !r.Status.UnderWay() {
			line = append(line, r)
		}
	}
	return line
}

func (w Words) plural(n int, one, other string) string {
	if n == 1 {
		return w.Say(one)
	}
	return w.Say(other, "n", strconv.Itoa(n))
}

// opening says whether the shop is open or paused, and until when.
func (w Words) opening(s desk.Shop) string {
	o := s.Opening
	switch {
	case !o.Paused.IsZero():
		return w.Say("tray_paused", "when", w.when(o.Paused, s.Now))
	case o.Open && o.Next.IsZero():
		return w.Say("tray_open")
	case o.Open:
		return w.Say("tray_open_until", "when", w.when(o.Next, s.Now))
	case o.Next.IsZero():
		return w.Say("tray_closed")
	}
	return w.Say("tray_closed_until", "when", w.when(o.Next, s.Now))
}
