package view

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"ringback/assets"
	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/server/number"
)

// Draft is a sentence that the owner may text to a visitor, in the visitor's language
// where we speak it. public is the shop's phone, E.164; empty: none is told.
func (w Words) Draft(r callback.Request, public string) string {
	v := w
	if language, _, _ := strings.Cut(r.Language, "-"); slices.Contains(assets.Languages(), language) {
		v.Language = language
	}
	key := "text_draft"
	switch r.Status {
	case callback.NoAnswer:
		key = "text_draft_no_answer"
	case callback.Completed:
		key = "text_draft_talked"
	default: // whatever else may be said of them, they asked
	}
	said := v.Say(key, "business", w.Business)
	if public == "" {
		return said
	}
	return said + " " + v.Say("text_draft_phone", "phone", number.Display(public, ""))
}

// TextTo says to whom a text goes.
func (w Words) TextTo(d Detail) string {
	if d.Number == "" {
		return w.Say("text_to_number", "number", d.Title)
	}
	return w.Say("text_to", "who", d.Title, "number", d.Number)
}

// Size says how long a text is, and whether it can be sent.
type Size struct {
	Line string
	Wrong,
	Sends bool
}

// Size measures what was typed.
func (w Words) Size(typed string) Size {
	words := callback.Tidy(typed)
	n, _ := callback.Segments(words)
	letters := strconv.Itoa(len([]rune(words)))
	switch {
	case n == 0:
		return Size{Line: w.Say("text_size_none")}
	case n > callback.LongestText:
		return Size{Line: w.Say("text_size_long", "n", strconv.Itoa(tooMany(words)), "parts", strconv.Itoa(callback.LongestText)), Wrong: true}
	case n == 1:
		return Size{Line: w.Say("text_size_one", "n", letters), Sends: true}
	}
	return Size{Line: w.Say("text_size", "n", letters, "parts", strconv.Itoa(n)), Sends: true}
}

// tooMany is how many letters at its end a text has too many.
func tooMany(words string) int {
	letters := []rune(words)
	for over := 1; over < len(letters); over++ {
		if n, _ := callback.Segments(string(letters[:len(letters)-over])); n <= callback.LongestText {
			return over
		}
	}
	return len(letters)
}

// NotTextable says why a visitor gets no text; false: nothing speaks against one.
func (w Words) NotTextable(d desk.Detail) (Fault, bool) {
	switch {
	case d.Blocked, d.Asked == 0 && d.Reason == callback.ByBlock:
		return w.fault("text_blocked_what", "text_nothing_sent", "text_blocked_do"), true
	case barred(d):
		return w.fault("text_opted_out_what", "text_nothing_sent", "text_opted_out_do"), true
	}
	return Fault{}, false
}

// NotTexted says why a text was not taken.
func (w Words) NotTexted(err error) Fault {
	var e *callback.Error
	if errors.As(err, &e) {
		switch e.Code {
		case callback.NumberBlocked:
			return w.fault("text_barred_what", "text_nothing_sent", "text_barred_do")
		case callback.TextUnderWay:
			return w.fault("text_under_way_what", "text_nothing_sent", "text_under_way_do")
		case callback.TextTooLong, callback.TextEmpty:
			return w.fault("text_long_what", "text_nothing_sent", "text_long_do")
		case callback.CallIsOn:
			return w.fault("refused_call_on_what", "text_nothing_sent", "refused_call_on_do")
		default: // what any wish can be refused for
		}
	}
	return w.Refused(err)
}

// wrote tells what the owner texted, as long as it is kept.
func (h *historian) wrote(n noted) {
	t, _ := h.r.Text(n.Text)
	if t.Said == "" {
		h.add(n, "text", Quiet, "text_log_plain")
		return
	}
	h.add(n, "text", Quiet, "text_log", "text", t.Said)
}

// ofWritten tells what became of the owner's text.
func ofWritten(n noted) string {
	switch n.SMS {
	case callback.TextDelivered:
		return "text_log_delivered"
	case callback.TextLost:
		return "text_log_lost"
	case callback.TextRefused:
		switch n.Refusal {
		case callback.OverBudget:
			return "text_log_budget"
		case callback.NumberBarred, callback.OptedOut:
			return "text_log_barred"
		case callback.CarrierDown:
			return "text_log_down"
		case callback.NumberBad, callback.Unreachable, callback.AccountBad:
		}
		return "text_log_refused"
	case callback.TextWanted, callback.TextStarted, callback.TextTaken, callback.TextReceived:
	}
	return ""
}
