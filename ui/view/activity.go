package view

import (
	"encoding/json"
	"time"

	"ringback/server/callback"
	"ringback/server/desk"
)

// EntryRow is a line of the event log.
type EntryRow struct {
	Time    string
	Who     string
	What    string
	Icon    string
	Role    Role
	Request string // what its request is called; empty: it is no request's, or that is gone
	ID      int64  // of that request; 0: there is none to be opened
}

// EntryRow makes a row of an entry. One that an owner has no use for is told, too: the log
// is shown whole.
func (w Words) EntryRow(e desk.Entry, now time.Time) EntryRow {
	m, n := w.told(e, now)
	row := EntryRow{Time: w.moment(e.At, now), Who: w.whoDid(e, n), What: m.Text, Icon: m.Icon, Role: m.Role}
	switch {
	case row.Icon == "" && callback.Kind(e.Kind) == callback.Asked:
		row.Icon = "form"
	case row.Icon == "":
		row.Icon = "dot"
	}
	if e.Of.ID != 0 {
		row.ID, row.Request = e.Of.ID, w.who(e.Of)
	}
	return row
}

// Said is an entry for a file.
func (w Words) Said(e desk.Entry) desk.Said {
	m, n := w.told(e, e.At)
	return desk.Said{Who: w.whoDid(e, n), What: m.Text}
}

// told is an entry in a sentence: the one that the request's history has for it, else one
// of its own.
func (w Words) told(e desk.Entry, now time.Time) (Moment, noted) {
	n := noted{at: e.At}
	if e.Body == "" && e.Request != 0 {
		return Moment{Text: w.Say("activity_erased"), Icon: "dot", Role: Quiet}, n
	}
	if e.Body != "" && json.Unmarshal([]byte(e.Body), &n) != nil {
		n = noted{at: e.At} // written by a version that says it in another way
	}
	if e.Request == 0 {
		return w.ofTheShop(e, n), n
	}
	h := historian{w: w, r: desk.Detail{Request: e.Of}, now: now, told: map[string]bool{}}
	if k := callback.Kind(e.Kind); k != callback.TextedIn && k != callback.TextedOut { // the words of a text are its history's
		h.tell(e.Entry)
	}
	if len(h.moments) > 0 {
		return h.moments[0], n
	}
	return w.inPassing(e, n), n
}

// inPassing are the entries that a request's history leaves out.
var inPassing = map[string]string{
	"follows":                   "activity_follows",
	"text_dropped":              "activity_text_dropped",
	string(callback.TextedIn):   "activity_texted_in",
	string(callback.TextedOut):  "text_log_plain",
	string(callback.Turn):       "activity_turn",
	string(callback.Recheck):    "activity_recheck",
	string(callback.NotMade):    "activity_not_made",
	string(callback.HungUp):     "activity_hung_up",
	string(callback.AskFailed):  "activity_ask_failed",
	string(callback.Billed):     "activity_billed",
	string(callback.Join):       "activity_join",
	string(callback.InAnswered): "activity_in_answered",
	string(callback.InKey):      "activity_in_key",
	string(callback.InEnded):    "activity_in_ended",
	string(callback.Answered):   "activity_answered",
	string(callback.Key):        "activity_key",
	string(callback.Dialled):    "activity_dialled",
	string(callback.TextDone):   "activity_text_status",
	string(callback.TextFail):   "activity_text_status",
	string(callback.TextInfo):   "activity_text_status",
	string(callback.Held):       "activity_held",
	string(callback.Refused):    "activity_refused",
}

func (w Words) inPassing(e desk.Entry, n noted) Moment {
	m := Moment{Icon: "dot", Role: Quiet}
	if e.Kind == "blocked" {
		m.Icon = "crossc"
	}
	switch callback.Kind(e.Kind) {
	case callback.Started:
		m.Text = w.begun(n)
		return m
	case callback.Tick:
		m.Text = w.timeUp(n)
		return m
	case callback.LegStatus:
		m.Text = w.callStands(n)
		return m
	case callback.Placed:
		m.Text = w.Say("activity_placed", "to", w.toWhom(n))
		return m
	default:
	}
	if key := inPassing[e.Kind]; key != "" {
		m.Text = w.Say(key)
		return m
	}
	m.Text = w.Say("activity_unknown", "kind", e.Kind)
	return m
}

// whoDid is who was behind an entry: the visitor, the owner, one of the shop's phones, the
// phone network, or Ringback itself.
func (w Words) whoDid(e desk.Entry, n noted) string {
	switch callback.Kind(e.Kind) {
	case callback.Cancel:
		if n.By == callback.ByOwner || n.By == callback.ByBlock {
			return w.Say("activity_you")
		}
		return w.Say("activity_visitor")
	case callback.Asked:
		if ownCall(e.Of) {
			return w.Say("activity_you")
		}
		return w.Say("activity_visitor")
	case callback.Move, callback.TextedIn, callback.CalledIn, callback.Bridge, "asked_again", "follows", "text_dropped":
		return w.Say("activity_visitor")
	case callback.TickOff:
		if n.Who != "" {
			return n.Who
		}
		return w.Say("activity_you")
	case callback.CallNow, callback.TextedOut, callback.Undo, callback.Voicemail, "blocked", "unblocked", "secret", "restored":
		return w.Say("activity_you")
	case callback.Answered, callback.Key, callback.InAnswered, callback.InKey:
		if n.Phone != "" {
			return n.Phone
		}
	case callback.Placed, callback.Refused, callback.Lost, callback.NotMade, callback.TextDone, callback.TextFail, callback.TextInfo, callback.Billed,
		callback.HungUp, callback.Dialled, callback.LegStatus, callback.AskFailed, callback.InEnded:
		return w.Say("activity_carrier")
	case "settings":
		return w.changedBy(e)
	case callback.Turn, callback.Tick, callback.Recheck, callback.Started, callback.Held, callback.Join:
	}
	return w.Say("activity_program")
}

func (w Words) changedBy(e desk.Entry) string {
	var n shopNote
	_ = json.Unmarshal([]byte(e.Body), &n) // then nobody knows
	switch n.By {
	case "command", "start":
		return w.Say("activity_command")
	}
	return w.Say("activity_you")
}
