package callback

import (
	"cmp"
	"fmt"
	"time"
)

// Decision is what Next answers: the request as it is now, and what has to be done.
type Decision struct {
	Request Request
	Effects []Effect // to be done, in this order
	Step    Step     // for the webhook that asked, if one did
	Notes   []Note   // for the event log
	Drop    bool     // Started: the effect is not wanted any more
	Refused *Error   // the visitor's or owner's wish can't be granted; nothing changed
	Bug     error    // a move that the status table does not know; nothing changed
}

// row is what a status does: how soon it must have moved, what the carrier is
// asked when it has not, and what each event means to it. A kind that isn't there
// changes nothing but the legs' and texts' own records.
type row struct {
	within time.Duration            // the deadline that entering it sets; 0: at rest, or set by hand
	asks   []Role                   // whose leg the carrier is asked about when the deadline passes
	on     map[Kind]func(*decision) // what moves it
}

// table is filled by init, because its functions look into it.
var table map[Status]row

func init() {
	table = map[Status]row{
		"": {on: map[Kind]func(*decision){Asked: asked}},
		Unverified: {within: StaleAfter, on: map[Kind]func(*decision){
			Cancel: withdraw, TickOff: tickOff, Tick: expire,
		}},
		Pending: {within: StaleAfter, on: map[Kind]func(*decision){
			Turn: turn, Tick: waitedLong, Cancel: withdraw, TickOff: tickOff, CallNow: callNow, Move: move,
			TextDone: leftAsText, TextFail: leftAsText, TextInfo: leftAsText, Bridge: calledIn,
		}},
		Scheduled: {on: map[Kind]func(*decision){
			Tick: due, Cancel: withdraw, TickOff: tickOff, CallNow: callNow, Move: move, Bridge: calledIn,
		}},
		Calling: {within: AskAgain, asks: []Role{ShopLeg}, on: map[Kind]func(*decision){
			Started: shopRings, Held: held, Refused: notPlaced, NotMade: callAgain, Placed: placed,
			Answered: whisper, Key: key, LegStatus: shopLegMoved, AskFailed: askLater,
			Tick: askCarrier, Recheck: askCarrier, Cancel: withdraw,
		}},
		Connecting: {within: AskAgain, asks: []Role{ShopLeg, VisitorLeg}, on: map[Kind]func(*decision){
			Join: join, LegStatus: visitMoved, Dialled: dialled, AskFailed: askLater,
			Tick: askCarrier, Recheck: askCarrier, Cancel: withdraw,
		}},
		Connected: {within: TalkCheck, asks: []Role{ShopLeg, VisitorLeg}, on: map[Kind]func(*decision){
			LegStatus: visitMoved, Dialled: dialled, AskFailed: askLater,
			Tick: askCarrier, Recheck: askCarrier, Cancel: tooLate,
		}},
		Completed: {on: map[Kind]func(*decision){Voicemail: onlyVoicemail, TickOff: tickOff, Undo: undo, Cancel: tooLate}},
		NoAnswer:  {on: onOwnersList(map[Kind]func(*decision){Move: move})},
		Missed:    {on: onOwnersList(map[Kind]func(*decision){Move: move, TextDone: lateText, TextInfo: lateText})},
		SMSSent:   {on: onOwnersList(map[Kind]func(*decision){Move: move, TextInfo: textLost})},
		Failed:    {on: map[Kind]func(*decision){CallNow: callNow, TickOff: tickOff, Undo: undo, Cancel: withdraw}},
		Cancelled: {on: map[Kind]func(*decision){Undo: undo, Cancel: nothing}},
		Expired:   {on: map[Kind]func(*decision){Cancel: tooLate}},
	}
}

// onOwnersList adds what every status on the owner's list has in common.
func onOwnersList(on map[Kind]func(*decision)) map[Kind]func(*decision) {
	all := map[Kind]func(*decision){CallNow: callNow, TickOff: tickOff, Undo: undo, Cancel: withdraw, Bridge: calledIn}
	for k, f := range on {
		all[k] = f
	}
	return all
}

// Next decides what becomes of a request at an event. It does no I/O and reads no
// clock; the same input gives the same answer, and r is not changed.
func Next(r Request, ev Event, rules Rules) Decision {
	d := &decision{was: r, r: r.clone(), ev: ev, rules: rules}
	d.record()
	if f := table[r.Status].on[ev.Kind]; f != nil {
		f(d)
	} else if f := everywhere[ev.Kind]; f != nil {
		f(d)
	} else {
		unmoved(d)
	}
	d.endUnwanted()
	d.linger()
	d.books()
	if d.step.Kind == StepNone {
		d.step = d.fitting()
	}
	return d.done()
}

// decision is Next at work.
type decision struct {
	was     Request
	r       Request
	ev      Event
	rules   Rules
	effects []Effect
	notes   []Note
	step    Step
	drop    bool
	refused *Error
	bug     error
}

func (d *decision) done() Decision {
	if d.bug != nil || d.refused != nil {
		return Decision{Request: d.was, Refused: d.refused, Bug: d.bug, Step: d.step}
	}
	if d.r.Status != d.was.Status || d.r.Reason != d.was.Reason || !d.r.DueAt.Equal(d.was.DueAt) {
		d.r.Touch(d.ev.At)
	}
	return Decision{Request: d.r, Effects: d.effects, Step: d.step, Notes: append([]Note{d.headline()}, d.notes...), Drop: d.drop}
}

// headline is the event itself as a line of the log.
func (d *decision) headline() Note {
	b := map[string]any{"status": string(d.r.Status)}
	if d.was.Status != d.r.Status && d.was.Status != "" {
		b["from"] = string(d.was.Status)
	}
	if d.r.Reason != d.was.Reason && d.r.Reason != "" {
		b["reason"] = string(d.r.Reason)
	}
	if l, ok := d.r.Leg(d.ev.Leg); ok {
		b["leg"], b["role"], b["call"] = l.ID, string(l.Role), string(l.Status)
		if l.Phone != "" {
			b["phone"] = l.Phone
		}
	}
	if l, ok := d.r.Leg(d.ev.Visitor); ok {
		b["visitor"], b["visit"], b["bridged"] = l.ID, string(l.Status), l.Bridged
	}
	if t, ok := d.r.Text(d.ev.Text); ok {
		b["text"], b["role"], b["sms"] = t.ID, string(t.Role), string(t.Status)
	}
	set := func(k string, v any, ok bool) {
		if ok {
			b[k] = v
		}
	}
	set("code", d.ev.Code, d.ev.Code != 0)
	set("asked", true, d.ev.Asked) // put right by asking, not told
	set("digits", d.ev.Digits, d.ev.Digits != "")
	set("effect", string(d.ev.Effect), d.ev.Effect != "")
	set("by", string(d.ev.By), d.ev.By != "")
	set("who", d.ev.Who, d.ev.Who != "")
	set("refusal", string(d.ev.Refusal), d.ev.Refusal != "")
	set("trace", cmp.Or(d.ev.Trace, d.r.Trace), d.ev.Trace != "" || d.r.Trace != "")
	set("post", d.r.Trace, d.ev.Trace != "" && d.r.Trace != "" && d.ev.Trace != d.r.Trace)
	set("due_at", d.r.DueAt.UnixMilli(), d.r.Status == Scheduled)
	set("was_due", d.was.DueAt.UnixMilli(), d.was.Status == Scheduled && d.r.Status == Scheduled && !d.r.DueAt.Equal(d.was.DueAt))
	return Note{Kind: string(d.ev.Kind), Body: b}
}

// become moves the request, as far as the product's table allows it.
func (d *decision) become(s Status, why Reason) {
	if !d.r.Status.CanBecome(s) {
		d.bug = fmt.Errorf("request %d: %s: %s can't become %s", d.r.ID, d.ev.Kind, d.r.Status, s)
		return
	}
	d.set(s, why)
}

// set is become without the table: for the owner's undo only.
func (d *decision) set(s Status, why Reason) {
	d.r.Status, d.r.Reason = s, why
	d.r.Deadline = time.Time{}
	if w := table[s].within; w > 0 {
		d.r.Deadline = d.ev.At.Add(w)
	}
	if s != Scheduled {
		d.r.DueAt = time.Time{}
	}
	if !s.UnderWay() && s != Pending {
		d.r.QueuedAt, d.r.NotBefore, d.r.Manual = time.Time{}, time.Time{}, false
	}
	if s.UnderWay() {
		d.r.NotBefore = time.Time{}
	}
}

func (d *decision) within(t time.Duration) { d.r.Deadline = d.ev.At.Add(t) }

func (d *decision) effect(e Effect) {
	e.Carrier = d.rules.Carrier
	if d.r.Round != nil && e.Kind != EffectText {
		e.Carrier = d.r.Round.Carrier
	}
	e.Due = d.ev.At
	d.effects = append(d.effects, e)
}

func (d *decision) notify(n NoticeKind) { d.effect(Effect{Kind: EffectNotify, Notice: n}) }

// everywhere are the kinds that mean the same in each status.
var everywhere = map[Kind]func(*decision){TextedIn: textedIn, TextedOut: textOut}

func (d *decision) refuse(c Code) { d.refused = &Error{Code: c} }

func (d *decision) say(p Phrase) {
	d.step = Step{Kind: StepSay, Phrase: p, Language: d.rules.Language, Leg: d.ev.Leg}
}

func nothing(*decision) {}

// tooLate refuses kindly: they talk, or the request has ended.
func tooLate(d *decision) { d.refuse(TooLate) }
