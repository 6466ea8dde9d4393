package view

import (
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"ringback/server/callback"
	"ringback/server/desk"
)

// Detail is one request with all that is known of it.
type Detail struct {
	ID      int64
	Title   string
	Number  string // as people write it; empty when it is the title
	E164    string // to be copied
	Chip    Chip
	Meta    string // where and when it was asked
	Email   string
	Quote   string // the visitor's own words
	Call    *Call  // while a call is on
	Notice  Notice // else
	Actions []Action
	Menu    []Action // what can be asked for besides
	History []Moment
	Ref     string // the number that logs know it by
}

// Detail makes a request's page. line is as in desk.Shop.
func (w Words) Detail(d desk.Detail, line []callback.Request, now time.Time) Detail {
	out := Detail{
		ID: d.ID, Title: w.who(d.Request), Number: w.number(d.Number), E164: d.Number,
		Chip: w.chip(d.Request), Meta: w.meta(d, now), Email: strings.TrimSpace(d.Email), Quote: strings.TrimSpace(d.Message),
		Actions: w.actions(d), Menu: w.menu(d), History: w.history(d, now),
		Ref: w.Say("request_number", "n", strconv.FormatInt(d.ID, 10)),
	}
	if out.Number == out.Title {
		out.Number = ""
	}
	if call, on := w.Call(d.Request); on {
		out.Call = &call
	} else {
		out.Notice = w.notice(d.Request, line, now)
		if d.Why.Reason != "" {
			out.Notice.Body = w.advice(d.Why)
		}
	}
	return out
}

func (w Words) meta(d desk.Detail, now time.Time) string {
	var parts []string
	if strings.TrimSpace(d.Name) == "" {
		parts = append(parts, w.Say("no_name"))
	}
	if from := w.page(d.Page); from != "" {
		parts = append(parts, w.Say("meta_from", "page", from))
	}
	asked := "meta_asked"
	if ownCall(d.Request) {
		asked = "meta_own_call"
	}
	parts = append(parts, w.Say(asked, "time", w.asked(d.AskedAt, now)))
	switch {
	case d.Blocked:
		parts = append(parts, w.Say("requests_blocked"))
	case d.OptedOut:
		parts = append(parts, w.Say("requests_opted_out"))
	}
	if d.Asked > 1 {
		parts = append(parts, w.Say("meta_times", "n", strconv.Itoa(d.Asked)))
	}
	return strings.Join(parts, "  ·  ")
}

// page is where the visitor was, as short as it can be told: /catering, or the site
// where that was its first page. Our own form on this computer has no name to tell.
func (w Words) page(raw string) string {
	u, err := url.Parse(raw)
	if raw == "" || err != nil {
		return ""
	}
	if ip := net.ParseIP(u.Hostname()); u.Hostname() == "localhost" || ip != nil && ip.IsLoopback() {
		return w.Say("own_form")
	}
	if strings.Trim(u.Path, "/") == "" {
		return u.Host
	}
	return u.Path
}
