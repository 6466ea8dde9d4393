package view

import (
	"strconv"
	"strings"
	"time"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/server/notify"
)

// Toast is what the owner is told on the desktop. Its words are plain text.
type Toast struct {
	About string // two with the same are about the same thing
	Title string
	Body  string
}

// Toast makes words of what the owner is told; worth is false where it is no news any
// more: somebody has seen to the request.
func (w Words) Toast(n notify.Notice, r callback.Request, s desk.Shop, now time.Time) (says Toast, worth bool) {
	if n.Part != "" {
		return w.partNotice(n, s), true
	}
	says = Toast{About: "request " + strconv.FormatInt(r.ID, 10)}
	if r.TickedOff != nil || r.Status == callback.Cancelled || r.Erased() {
		return says, false
	}
	said := strings.TrimSpace(r.Message)
	switch n.Kind {
	case notify.New:
		says.Title, says.Body = w.Say("notify_new", "who", w.who(r)), w.lines(w.beside(r), said)
	case notify.Missed, notify.Stale:
		says.Title, says.Body = w.Say("notify_missed", "who", w.who(r)), w.lines(w.now(r, s.Line, now), w.beside(r))
	case notify.Texted:
		says.Title, says.Body = w.Say("notify_texted", "who", w.who(r)), w.Say("notify_texted_text")
	case notify.Trouble, notify.Over:
		return says, false // these are about a part
	}
	if s.Practice {
		says.Title = w.Say("notify_practice", "what", says.Title)
	}
	return says, true
}

// beside is the number, where the name stands already.
func (w Words) beside(r callback.Request) string {
	if n := w.number(r.Number); n != w.who(r) {
		return n
	}
	return ""
}

func (w Words) lines(lines ...string) string {
	var said []string
	for _, l := range lines {
		if l != "" {
			said = append(said, l)
		}
	}
	return strings.Join(said, "\n")
}

func (w Words) partNotice(n notify.Notice, s desk.Shop) Toast {
	says := Toast{About: string(n.Part)}
	over := n.Kind == notify.Over
	switch {
	case n.Part == notify.Phone && over:
		says.Title, says.Body = w.Say("notify_phone_over"), w.Say("notify_phone_over_text")
	case n.Part == notify.Phone:
		says.Title, says.Body = w.Say("notify_phone"), w.Trouble(s)
	case n.Part == notify.Website && over:
		says.Title, says.Body = w.Say("notify_website_over"), w.Say("notify_website_over_text")
	case n.Part == notify.Website:
		says.Title, says.Body = w.Say("notify_website"), w.Say("notify_website_text")
	case over:
		says.Title, says.Body = w.Say("notify_disk_over"), w.Say("notify_disk_over_text")
	default:
		says.Title, says.Body = w.Say("notify_disk"), w.Unsaved(s)
	}
	return says
}
