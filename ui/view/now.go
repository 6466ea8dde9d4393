package view

import (
	"slices"
	"strconv"
	"time"

	"ringback/server/callback"
)

// now says what happens with the request, in words.
func (w Words) now(r callback.Request, line []callback.Request, at time.Time) string {
	switch {
	case r.TickedOff != nil:
		return w.tickedOff(*r.TickedOff)
	case r.Spam:
		return w.Say("now_spam")
	}
	switch r.Status {
	case callback.Unverified:
		return w.Say("now_unverified")
	case callback.Pending:
		return w.waiting(r, line, at)
	case callback.Scheduled:
		return w.planned(r, at)
	case callback.Calling:
		return w.calling(r)
	case callback.Connecting:
		return w.withPhone("now_connecting", r.Accepted)
	case callback.Connected:
		return w.talking(r)
	case callback.Completed:
		return w.talked(r)
	case callback.NoAnswer:
		return w.notReached(r)
	case callback.Missed, callback.SMSSent:
		return w.resting(r)
	case callback.Failed:
		return w.failed(r)
	case callback.Cancelled:
		return w.Say(cancelledBy(r.Reason))
	case callback.Expired:
		return w.Say("now_expired")
	}
	return string(r.Status)
}

func (w Words) tickedOff(m callback.Mark) string {
	switch {
	case m.Note != "":
		return w.Say("now_done_note", "note", m.Note)
	case m.By != "":
		return w.Say("now_done_by", "who", m.By)
	}
	return w.Say("now_done")
}

// waiting says what a pending request waits for.
func (w Words) waiting(r callback.Request, line []callback.Request, at time.Time) string {
	switch {
	case r.Reason == callback.Closed:
		return w.Say("now_closed_texting")
	case r.Troubles > 0 && r.NotBefore.After(at):
		return w.Say("now_trouble_next", "when", w.when(r.NotBefore, at))
	case r.Troubles > 0:
		return w.Say("now_trouble")
	case r.Manual:
		return w.Say("now_soon")
	}
	place, before := placeInLine(r.ID, line)
	switch {
	case place == 0:
		return w.Say("now_waiting")
	case before == nil:
		return w.Say("now_next")
	case place == 1:
		return w.Say("now_next_after", "who", w.who(*before))
	}
	return w.Say("now_place", "n", strconv.Itoa(place), "who", w.who(*before))
}

// placeInLine returns the place from 1 (0: not among those that are known) and who
// comes before, on the phone or in line.
func placeInLine(id int64, line []callback.Request) (place int, before *callback.Request) {
	at := slices.IndexFunc(line, func(r callback.Request) bool { return r.ID == id })
	for i := range line[:at+1] {
		if !line[i].Status.UnderWay() {
			place++
		}
	}
	if at > 0 {
		before = &line[at-1]
	}
	return place, before
}

func (w Words) planned(r callback.Request, at time.Time) string {
	key := map[callback.Reason]string{
		callback.Chosen:    "now_chosen",
		callback.Opening:   "now_opening",
		callback.ByKey2:    "now_key2",
		callback.NextRound: "now_next_round",
		callback.Visitor:   "now_visitor_next",
	}[r.Reason]
	if key == "" {
		key = "now_scheduled"
	}
	return w.Say(key, "when", w.when(r.DueAt, at))
}

func (w Words) calling(r callback.Request) string {
	leg, _ := newest(r, callback.ShopLeg)
	switch leg.Status {
	case callback.CallAnswered:
		return w.withPhone("now_whisper", leg.Phone)
	case callback.CallRinging, callback.CallQueued:
		return w.withPhone("now_ringing", leg.Phone)
	default:
	}
	return w.withPhone("now_calling", leg.Phone)
}

// withPhone says a sentence about one of the shop's phones; in practice, where the
// phones are played by hand, with what to do next.
func (w Words) withPhone(key, label string) string {
	if label == "" {
		label = w.Say("your_phone")
	}
	if help := handHelp[key]; w.Practice && help != "" {
		key = help
	}
	return w.Say(key, "phone", label)
}

var handHelp = map[string]string{
	"now_ringing":    "now_ringing_practice",
	"now_whisper":    "now_whisper_practice",
	"now_connecting": "now_connecting_practice",
}

func (w Words) talking(r callback.Request) string {
	if r.Accepted == "" {
		return w.Say("now_connected_plain")
	}
	return w.Say("now_connected", "phone", r.Accepted)
}

func (w Words) talked(r callback.Request) string {
	switch {
	case r.Reason == callback.ByCallingIn:
		return w.Say("now_called_in")
	case r.TalkFrom.IsZero() || r.TalkTo.IsZero():
		return w.Say("now_talked")
	}
	if r.Accepted == "" {
		return w.Say("now_talked_for", "length", w.talkLength(r.TalkFrom, r.TalkTo))
	}
	return w.Say("now_talked_with", "length", w.talkLength(r.TalkFrom, r.TalkTo), "phone", r.Accepted)
}

func (w Words) notReached(r callback.Request) string {
	leg, _ := newest(r, callback.VisitorLeg)
	return w.Say(missedBy(leg))
}

// missedBy is the key of how the visitor was not reached.
func missedBy(leg callback.Leg) string {
	switch {
	case leg.Bridged:
		return "now_voicemail"
	case leg.Status == callback.CallBusy:
		return "now_busy"
	case leg.Status == callback.CallFailed:
		return "now_unreachable"
	}
	return "now_no_answer"
}

func (w Words) failed(r callback.Request) string {
	if r.Code == 0 {
		return w.Say("now_failed_plain")
	}
	return w.Say("now_failed", "code", strconv.Itoa(r.Code))
}

// resting says why the shop was not reached, and whether it has the details as a text.
func (w Words) resting(r callback.Request) string {
	why := w.Say(restKey(r.Reason))
	switch textOf(r) {
	case textThere:
		return w.Say("with_text", "what", why)
	case textGoing:
		return w.Say("with_text_going", "what", why)
	case textLost:
		return w.Say("with_text_lost", "what", why)
	case noText:
	}
	return why
}

func restKey(why callback.Reason) string {
	keys := map[callback.Reason]string{
		callback.Unanswered: "rest_unanswered",
		callback.Stale:      "rest_stale",
		callback.Budget:     "rest_budget",
		callback.Trouble:    "rest_trouble",
		callback.Closed:     "rest_closed",
		callback.ShopHungUp: "rest_hung_up",
		callback.ByKey3:     "rest_key3",
	}
	if key := keys[why]; key != "" {
		return key
	}
	return "rest_other"
}

func cancelledBy(who callback.Reason) string {
	keys := map[callback.Reason]string{
		callback.ByVisitor: "now_cancelled_visitor",
		callback.ByOwner:   "now_cancelled_owner",
		callback.ByOptOut:  "now_cancelled_opt_out",
		callback.ByBlock:   "now_cancelled_block",
	}
	if key := keys[who]; key != "" {
		return key
	}
	return "now_cancelled"
}

// textState is how the text to the shop stands.
type textState int

const (
	noText textState = iota
	textGoing
	textThere
	textLost
)

func textOf(r callback.Request) textState {
	if r.ShopHasText() {
		return textThere
	}
	state := noText
	for _, t := range r.Texts {
		switch {
		case t.Role != callback.ShopLeg:
		case t.Status == callback.TextWanted, t.Status == callback.TextStarted:
			return textGoing
		default:
			state = textLost
		}
	}
	return state
}
