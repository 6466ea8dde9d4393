package view

import (
	"encoding/json"
	"time"

	"ringback/server/callback"
	"ringback/server/desk"
)

// Moment is one thing that happened.
type Moment struct {
	Time string
	Text string
	Icon string // empty for a dot
	Role Role
}

// history tells the request's log in sentences, oldest first. What means nothing to
// an owner, a repeat or a kind that this version doesn't know is left out.
func (w Words) history(d desk.Detail, now time.Time) []Moment {
	h := historian{w: w, r: d, now: now, told: map[string]bool{}}
	for _, e := range d.Events {
		h.tell(e)
	}
	return h.moments
}

// noted is the body of a log entry. After the person was erased it is empty.
type noted struct {
	Status  callback.Status     `json:"status"`
	From    callback.Status     `json:"from"`
	Reason  callback.Reason     `json:"reason"`
	Leg     string              `json:"leg"`
	Text    string              `json:"text"`
	Role    callback.Role       `json:"role"`
	Phone   string              `json:"phone"`
	Call    callback.CallStatus `json:"call"`
	SMS     callback.TextStatus `json:"sms"`
	Digits  string              `json:"digits"`
	Effect  callback.EffectKind `json:"effect"`
	By      callback.Reason     `json:"by"`
	Who     string              `json:"who"`
	Refusal callback.Refusal    `json:"refusal"`
	DueAt   int64               `json:"due_at"`   // Unix milliseconds
	WasDue  int64               `json:"was_due"`  // the same, where it has changed; 0: it has not
	Answer  callback.Phrase     `json:"answer"`   // a call that came in: what the caller heard instead of the shop
	Taken   bool                `json:"accepted"` // a call that came in: somebody at the shop pressed 1

	at time.Time
}

type historian struct {
	w       Words
	r       desk.Detail
	now     time.Time
	told    map[string]bool // what happens once to a leg or text
	moments []Moment
}

func (h *historian) tell(e callback.Entry) {
	n := noted{at: e.At}
	if e.Body != "" && json.Unmarshal([]byte(e.Body), &n) != nil {
		return // written by a version that says it in another way
	}
	switch callback.Kind(e.Kind) {
	case callback.Asked:
		h.asked(n)
	case callback.Cancel:
		h.cancelled(n)
	case callback.Move:
		h.add(n, "clock", Planned, "log_moved")
		h.planned(n)
	case callback.CallNow:
		h.add(n, "phone", Live, "log_call_now")
	case callback.TickOff:
		h.tickedOff(n)
	case callback.Undo:
		h.add(n, "", Quiet, "log_undo")
		h.planned(n)
	case callback.Voicemail:
		h.add(n, "noanswer", Needs, "log_voicemail")
	case callback.Bridge:
		h.add(n, "talk", Talked, "log_called_in")
	case callback.CalledIn, callback.InEnded:
		h.cameIn(callback.Kind(e.Kind), n)
	case callback.TextedIn:
		h.textedIn(n)
	case callback.TextedOut:
		h.wrote(n)
	case callback.Started:
		h.ringing(n)
	case callback.NotMade:
		delete(h.told, "rings "+n.Leg) // the same phone is rung again, and that is told
	case callback.Held, callback.Refused:
		h.notPlaced(n)
	case callback.Lost:
		h.add(n, "alert", Needs, "log_lost")
	case callback.Answered:
		h.answered(n)
	case callback.Key:
		h.key(n)
	case callback.LegStatus:
		h.legMoved(n)
	case callback.Dialled:
		h.visitOver(n)
	case callback.TextDone, callback.TextFail, callback.TextInfo:
		h.text(n)
	case callback.Turn, callback.Tick:
		h.rests(n)
	case "blocked":
		h.add(n, "shield", Quiet, "requests_log_blocked")
	case "unblocked":
		h.add(n, "shield", Quiet, "requests_log_unblocked")
	case "asked_again":
		h.add(n, "", Quiet, "log_asked_again")
	case callback.Recheck, callback.Placed, callback.HungUp, callback.AskFailed, callback.Billed, callback.Join, callback.InAnswered, callback.InKey:
	}
}

func (h *historian) add(n noted, icon string, role Role, key string, pairs ...string) {
	h.moments = append(h.moments, Moment{
		Time: h.w.moment(n.at, h.now), Text: h.w.Say(key, pairs...), Icon: icon, Role: role,
	})
}

// once is false when that was told before: reports come twice.
func (h *historian) once(what, id string) bool {
	key := what + " " + id
	if h.told[key] {
		return false
	}
	h.told[key] = true
	return true
}

func (h *historian) asked(n noted) {
	switch page := h.w.page(h.r.Page); {
	case ownCall(h.r.Request):
		h.add(n, "phone", Live, "log_asked_owner")
	case page == "":
		h.add(n, "", Quiet, "log_asked")
	case page == h.w.Say("own_form"):
		h.add(n, "", Quiet, "log_asked_own_form")
	default:
		h.add(n, "", Quiet, "log_asked_page", "page", page)
	}
	h.planned(n)
}

// cameIn tells of a visitor who called the shop's number.
func (h *historian) cameIn(kind callback.Kind, n noted) {
	switch {
	case kind == callback.InEnded && !n.Taken:
		h.add(n, "missed", Needs, "log_in_missed")
	case kind == callback.InEnded: // the talk is told by what it completed
	case n.Phone != "":
		h.add(n, "phone", Live, "log_in_rings", "phone", n.Phone)
	case n.Answer == callback.SayRinging:
		h.add(n, "phone", Quiet, "log_in_ringing")
	default:
		h.add(n, "missed", Needs, "log_in_refused")
	}
}

// textedIn tells what the visitor texted, as long as it is kept.
func (h *historian) textedIn(n noted) {
	t, _ := h.r.Text(n.Text)
	if t.Said == "" {
		h.add(n, "text", Needs, "log_texted_in_empty")
		return
	}
	role := Needs
	if n.Digits != "" {
		role = Quiet // a command, obeyed
	}
	h.add(n, "text", role, "log_texted_in", "text", t.Said)
}

func (h *historian) cancelled(n noted) {
	switch {
	case n.By == callback.ByOwner && n.From.UnderWay():
		h.add(n, "hangup", Quiet, "log_ended")
	case n.By == callback.ByOwner:
		h.add(n, "crossc", Quiet, "now_cancelled_owner")
	default:
		h.add(n, "crossc", Quiet, cancelledBy(n.By))
	}
}

func (h *historian) tickedOff(n noted) {
	if n.Who != "" {
		h.add(n, "check", Quiet, "now_done_by", "who", n.Who)
		return
	}
	h.add(n, "check", Quiet, "now_done")
}

// ringing: only the start of a shop's call is told; hang-ups, texts and questions to
// the carrier start, too.
func (h *historian) ringing(n noted) {
	if n.Role == callback.ShopLeg && n.Call == callback.CallStarted && n.Phone != "" && h.once("rings", n.Leg) {
		h.add(n, "phonering", Live, "log_ringing", "phone", n.Phone)
	}
}

func (h *historian) notPlaced(n noted) {
	switch {
	case n.Text != "":
		h.text(n)
	case n.Refusal == callback.OverBudget:
		h.add(n, "pause", Needs, "log_budget")
	case n.Refusal == callback.NumberBarred:
		h.add(n, "crossc", Quiet, "log_barred")
	case n.Status == callback.Pending:
		h.add(n, "alert", Needs, "log_trouble")
	case n.Phone != "":
		h.add(n, "alert", Needs, "log_phone_bad", "phone", n.Phone)
	}
	h.planned(n)
}

func (h *historian) answered(n noted) {
	if n.Role == callback.ShopLeg && n.Phone != "" && n.Status == callback.Calling && h.once("answers", n.Leg) {
		h.add(n, "", Quiet, "log_answered", "phone", n.Phone)
	}
}

func (h *historian) key(n noted) {
	if n.From != callback.Calling {
		return // another try of the whisper, or a phone that came too late
	}
	switch {
	case n.Status == callback.Connecting:
		h.add(n, "check", Talked, "log_accepted", "phone", n.Phone)
		h.add(n, "phonering", Live, "log_ringing_them", "number", h.w.number(h.r.Number))
	case n.Reason == callback.Budget:
		h.add(n, "pause", Needs, "log_budget")
	case n.Digits == "2":
		h.add(n, "clock", Planned, "log_key2", "phone", n.Phone)
	case n.Digits == "3":
		h.add(n, "text", Needs, "log_key3", "phone", n.Phone)
	}
}

func (h *historian) legMoved(n noted) {
	switch {
	case n.From == callback.Connecting && n.Status == callback.Connected:
		h.add(n, "talk", Talked, "log_connected")
	case n.From == callback.Connecting, n.From == callback.Connected:
		h.visitOver(n)
	case n.Role == callback.ShopLeg && n.Call.Ended() && (n.From == callback.Calling || n.Status == callback.Calling):
		h.notAccepted(n)
	}
}

// notAccepted: a shop phone's call ended, and nobody had pressed 1.
func (h *historian) notAccepted(n noted) {
	if n.Phone != "" && h.once("ends", n.Leg) {
		key := map[callback.CallStatus]string{
			callback.CallBusy:   "log_busy",
			callback.CallDone:   "log_not_pressed",
			callback.CallFailed: "log_phone_bad",
		}[n.Call]
		if key == "" {
			key = "log_not_answered"
		}
		h.add(n, "missed", Needs, key, "phone", n.Phone)
	}
	h.planned(n)
}

// visitOver: the visitor was rung, and that has ended.
func (h *historian) visitOver(n noted) {
	switch n.Status {
	case callback.Completed:
		h.ended(n)
	case callback.Failed:
		h.add(n, "alert", Failed, "log_failed")
	case callback.NoAnswer, callback.Scheduled:
		h.add(n, "noanswer", Needs, missedBy(h.visitorLegAt(n.at)))
		h.planned(n)
	case callback.Missed, callback.SMSSent:
		h.rests(n)
	default: // nothing else follows a visit
	}
}

func (h *historian) ended(n noted) {
	switch {
	case n.From == "":
	case h.r.TalkTo.Equal(n.at) && !h.r.TalkFrom.IsZero():
		h.add(n, "checkc", Talked, "now_talked_for", "length", h.w.talkLength(h.r.TalkFrom, h.r.TalkTo))
	default:
		h.add(n, "checkc", Talked, "log_talked")
	}
}

// visitorLegAt is the visitor's leg that ended at that moment.
func (h *historian) visitorLegAt(at time.Time) callback.Leg {
	for _, l := range h.r.Legs {
		if l.Role == callback.VisitorLeg && l.End.Equal(at) {
			l.Bridged = false // here it is why they were not reached, not what the owner said later
			return l
		}
	}
	return callback.Leg{}
}

func (h *historian) text(n noted) {
	to := map[callback.Role]map[callback.TextStatus]string{
		callback.ShopLeg: {
			callback.TextTaken: "log_texted", callback.TextDelivered: "log_text_there",
			callback.TextLost: "log_text_lost", callback.TextRefused: "log_text_refused",
		},
		callback.VisitorLeg: {
			callback.TextTaken: "log_texted_them", callback.TextDelivered: "log_text_them_there",
			callback.TextLost: "log_text_them_lost", callback.TextRefused: "log_text_them_refused",
		},
	}
	key := to[n.Role][n.SMS]
	if t, _ := h.r.Text(n.Text); t.Written() {
		key = ofWritten(n)
	}
	if key == "" || !h.once(key, n.Text) {
		return
	}
	role := Needs
	if n.SMS.Has() {
		role = Quiet
	}
	h.add(n, "text", role, key)
	if why, ok := h.r.Lost[n.Text]; ok && !n.SMS.Has() {
		last := &h.moments[len(h.moments)-1]
		last.Text = h.w.Say("text_log_why", "what", last.Text, "why", h.w.advice(why))
	}
}

// rests tells of a request that came to rest or was put off without a call.
func (h *historian) rests(n noted) {
	switch {
	case n.Status == callback.Scheduled && n.WasDue != 0: // the opening was moved, or a pause
		h.add(n, "clock", Planned, "log_replanned", "when", h.w.when(time.UnixMilli(n.DueAt), n.at))
	case n.From == "" || n.From == n.Status:
	case n.Status == callback.Missed, n.Status == callback.SMSSent:
		h.add(n, "missed", Needs, restKey(n.Reason))
	case n.Status == callback.Scheduled:
		h.planned(n)
	case n.Status == callback.Expired:
		h.add(n, "", Quiet, "now_expired")
	}
}

// planned tells when the next call is due.
func (h *historian) planned(n noted) {
	if n.Status == callback.Scheduled && n.DueAt != 0 && n.From != callback.Scheduled {
		h.add(n, "clock", Planned, "log_planned", "when", h.w.when(time.UnixMilli(n.DueAt), n.at))
	}
}
