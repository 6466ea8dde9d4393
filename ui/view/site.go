package view

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"ringback/assets"
	"ringback/server/callback"
)

// sitePage is what the visitor's page says of a request, in the visitor's language.
func (w Words) sitePage(r callback.Request, line []callback.Request, now time.Time) string {
	place, before := placeInLine(r.ID, line)
	screen := siteScreen(r, before != nil)
	title, text := screen+"_title", screen+"_text"
	switch {
	case screen == "waiting":
		text = "" // it tells how many are before, which is not known here for all
	case screen == "cancelled" && r.Reason == callback.ByOwner:
		title, text = "cancelled_settled_title", "cancelled_settled_text"
	case screen == "cancelled" && r.Reason == callback.ByBlock:
		text = "cancelled_shop_text"
	case r.Status == callback.NoAnswer:
		text = "no_answer_last_text"
	case screen == "failed":
		text = "failed_text_plain"
	}
	words := assets.Words(r.Language)
	args := map[string]string{"shop": cmp.Or(w.Business, w.Say("title")), "place": strconv.Itoa(place), "when": w.siteWhen(r, now)}
	said := words.Say(title, args) + "."
	if text != "" {
		said += " " + words.Say(text, args)
	}
	return said
}

// siteScreen is the name of the screen by which the page shows a request.
func siteScreen(r callback.Request, behind bool) string {
	switch r.Status {
	case callback.Pending:
		return pendingScreen(r, behind)
	case callback.Calling:
		return "ringing"
	case callback.Scheduled:
		switch r.Reason {
		case callback.NextRound:
			return "again"
		case callback.Visitor:
			return "no_answer"
		default:
			return "scheduled"
		}
	case callback.Missed, callback.SMSSent:
		switch {
		case r.Reason == callback.Stale:
			return "stale"
		case r.Reason == callback.Closed && r.Status == callback.SMSSent:
			return "left"
		}
		return "listed"
	case callback.Unverified:
		return "soon"
	case callback.Connecting, callback.Connected, callback.Completed, callback.NoAnswer,
		callback.Failed, callback.Cancelled, callback.Expired:
	}
	return string(r.Status)
}

func pendingScreen(r callback.Request, behind bool) string {
	switch {
	case r.Troubles > 0:
		return "trouble"
	case r.Reason == callback.Closed:
		return "listed"
	case behind:
		return "waiting"
	}
	return "soon"
}

const today = "today" // a key of the page's sentences, not of the window's

// siteWhen is when a request will be called, as the page says it: with the day also
// where that is today.
func (w Words) siteWhen(r callback.Request, now time.Time) string {
	w.Language = r.Language
	when := w.when(r.DueAt, now)
	if w.days(r.DueAt, now) == 0 {
		when = strings.ToLower(assets.Words(r.Language).Say(today, nil)) + " " + when
	}
	return when
}
