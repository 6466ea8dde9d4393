package view

import (
	"errors"
	"strconv"
	"time"

	"ringback/assets"
	"ringback/server/callback"
	"ringback/server/desk"
)

// Notice tells what came of a request.
type Notice struct {
	Role     Role
	Icon     string
	Headline string
	Body     string
}

// notice says where a request stands that has no call on, and what that means.
func (w Words) notice(r callback.Request, line []callback.Request, now time.Time) Notice {
	c := w.chip(r)
	return Notice{Role: c.Role, Icon: c.Icon, Headline: w.now(r, line, now), Body: w.meaning(r, now)}
}

func (w Words) meaning(r callback.Request, now time.Time) string {
	switch {
	case r.TickedOff != nil:
		return w.Say("body_done", "when", w.asked(r.TickedOff.At, now))
	case r.Spam:
		return w.Say("body_spam")
	case r.Status == callback.Completed && !r.TalkFrom.IsZero() && !r.TalkTo.IsZero():
		return w.talkedFromTo(r.TalkFrom, r.TalkTo)
	case ownCall(r) && (r.Status == callback.Missed || r.Status == callback.SMSSent || r.Status == callback.Pending && r.Reason == callback.Closed):
		return w.Say("body_other") // no visitor waits for it or has been told anything
	case r.Status == callback.Pending && r.Troubles > 0:
		return w.Say("body_trouble_waiting")
	case r.Status == callback.Pending && r.Reason == callback.Closed:
		return w.Say("body_closed")
	case r.Status == callback.Missed || r.Status == callback.SMSSent:
		return w.Say(restBody(r.Reason))
	case r.Status == callback.Scheduled && r.Reason == callback.NextRound && textOf(r) == textThere:
		return w.Say("body_scheduled_text")
	}
	if key := bodies[r.Status]; key != "" {
		return w.Say(key)
	}
	return ""
}

// ownCall says that the owner wanted the call: there is no visitor's page then.
func ownCall(r callback.Request) bool { return r.From != 0 || r.Consent.Kind == callback.ByHand }

// talkedFromTo is when a talk was, by the second where it began and ended in one minute.
func (w Words) talkedFromTo(from, to time.Time) string {
	begin, end := w.hour(from), w.hour(to)
	if begin == end {
		const second = "15:04:05"
		begin, end = from.In(w.Zone).Format(second), to.In(w.Zone).Format(second)
	}
	if begin == end {
		return w.Say("body_talked_at", "time", begin)
	}
	return w.Say("body_talked", "from", begin, "to", end)
}

var bodies = map[callback.Status]string{
	callback.Unverified: "body_unverified",
	callback.Pending:    "body_pending",
	callback.Scheduled:  "body_scheduled",
	callback.NoAnswer:   "body_no_answer",
	callback.Failed:     "body_failed",
	callback.Expired:    "body_expired",
}

func restBody(why callback.Reason) string {
	keys := map[callback.Reason]string{
		callback.Unanswered: "body_unanswered",
		callback.Stale:      "body_stale",
		callback.Budget:     "body_budget",
		callback.Trouble:    "body_trouble",
		callback.Closed:     "body_closed",
		callback.ShopHungUp: "body_hung_up",
		callback.ByKey3:     "body_key3",
	}
	if key := keys[why]; key != "" {
		return key
	}
	return "body_other"
}

// Fault is an error in the three parts in which it is shown: what happened, what
// it means for the visitors, what to do.
type Fault struct{ What, Means, Do string }

// Refused says why a wish of the owner's was not carried out.
func (w Words) Refused(err error) Fault {
	name := "refused_other"
	var e *callback.Error
	switch {
	case errors.Is(err, desk.ErrNumber):
		name = "refused_number"
	case errors.As(err, &e):
		name = refusedNames[e.Code]
	}
	switch name {
	case "refused_number":
		return w.fault("refused_number_what", "refused_nobody_called", "refused_number_do")
	case "refused_barred":
		return w.fault("refused_barred_what", "refused_nobody_called", "refused_barred_do")
	case "refused_gone":
		return w.fault("refused_gone_what", "visitors_unaffected", "refused_gone_do")
	case "refused_call_on":
		return w.fault("refused_call_on_what", "refused_call_on_means", "refused_call_on_do")
	case "refused_too_late":
		return w.fault("refused_too_late_what", "refused_call_on_means", "refused_too_late_do")
	case "refused_disk":
		return w.fault("refused_disk_what", "refused_disk_means", "refused_disk_do")
	}
	return w.fault("refused_other_what", "visitors_unaffected", "refused_other_do")
}

var refusedNames = map[callback.Code]string{
	callback.NotFound: "refused_gone",
	callback.CallIsOn: "refused_call_on",
	callback.TooLate:  "refused_too_late",
	callback.NotSaved: "refused_disk",

	callback.NumberBlocked: "refused_barred",
}

// Unread says that the shop could not be looked at.
func (w Words) Unread(page string) Fault {
	return Fault{What: w.Say("unread_what", "page", page), Means: w.Say("unread_means"), Do: w.Say("unread_do")}
}

// Unopened says that a page could not be opened in the browser.
func (w Words) Unopened(url string) Fault {
	f := w.fault("unopened_what", "visitors_unaffected", "unopened_do")
	f.Do = w.Say("unopened_do", "url", url)
	return f
}

// NotWritten says that a file that the owner wanted could not be written.
func (w Words) NotWritten() Fault {
	return w.fault("requests_unsaved_what", "visitors_unaffected", "requests_unsaved_do")
}

// advice is what the carrier's refusal means, and what to do.
func (w Words) advice(a desk.Advice) string {
	what, do := assets.Carrier(w.Language, a.Reason)
	if a.Code == 0 {
		return w.Say("advice", "what", what, "do", do)
	}
	return w.Say("advice_code", "what", what, "do", do, "code", strconv.Itoa(a.Code))
}

func (w Words) fault(what, means, do string) Fault {
	return Fault{What: w.Say(what), Means: w.Say(means), Do: w.Say(do)}
}
