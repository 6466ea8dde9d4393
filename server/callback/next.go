package callback

import (
	"cmp"
	"fmt"
	"slices"
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
			Turn: turn, Tick: waitedLong, Cancel: withdraw, TickOff: tickOff, CallNow: callNow,
			TextDone: leftAsText, TextFail: leftAsText, TextInfo: leftAsText, Bridge: calledIn,
		}},
		Scheduled: {on: map[Kind]func(*decision){
			Tick: due, Cancel: withdraw, TickOff: tickOff, CallNow: callNow, Bridge: calledIn,
		}},
		Calling: {within: AskAgain, asks: []Role{ShopLeg}, on: map[Kind]func(*decision){
			Started: shopRings, Held: held, Refused: notPlaced, NotMade: callAgain, Placed: placed,
			Answered: whisper, Key: key, LegStatus: shopLegMoved, AskFailed: askLater,
			Tick: askCarrier, Recheck: askCarrier, Cancel: withdraw,
		}},
		Connecting: {within: AskAgain, asks: []Role{ShopLeg, VisitorLeg}, on: map[Kind]func(*decision){
			LegStatus: visitMoved, Dialled: dialled, AskFailed: askLater,
			Tick: askCarrier, Recheck: askCarrier, Cancel: withdraw,
		}},
		Connected: {within: TalkCheck, asks: []Role{ShopLeg, VisitorLeg}, on: map[Kind]func(*decision){
			LegStatus: visitMoved, Dialled: dialled, AskFailed: askLater,
			Tick: askCarrier, Recheck: askCarrier, Cancel: tooLate,
		}},
		Completed: {on: map[Kind]func(*decision){Voicemail: onlyVoicemail, TickOff: tickOff, Undo: undo, Cancel: tooLate}},
		NoAnswer:  {on: onOwnersList(nil)},
		Missed:    {on: onOwnersList(map[Kind]func(*decision){TextDone: lateText, TextInfo: lateText})},
		SMSSent:   {on: onOwnersList(map[Kind]func(*decision){TextInfo: textLost})},
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
	} else {
		unmoved(d)
	}
	d.endUnwanted()
	d.linger()
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
	if t, ok := d.r.Text(d.ev.Text); ok {
		b["text"], b["role"], b["sms"] = t.ID, string(t.Role), string(t.Status)
	}
	set := func(k string, v any, ok bool) {
		if ok {
			b[k] = v
		}
	}
	set("code", d.ev.Code, d.ev.Code != 0)
	set("digits", d.ev.Digits, d.ev.Digits != "")
	set("by", string(d.ev.By), d.ev.By != "")
	set("who", d.ev.Who, d.ev.Who != "")
	set("refusal", string(d.ev.Refusal), d.ev.Refusal != "")
	set("trace", cmp.Or(d.ev.Trace, d.r.Trace), d.ev.Trace != "" || d.r.Trace != "")
	set("post", d.r.Trace, d.ev.Trace != "" && d.r.Trace != "" && d.ev.Trace != d.r.Trace)
	set("due_at", d.r.DueAt.UnixMilli(), d.r.Status == Scheduled)
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

func (d *decision) refuse(c Code) { d.refused = &Error{Code: c} }

func (d *decision) say(p Phrase) {
	d.step = Step{Kind: StepSay, Phrase: p, Language: d.rules.Language, Leg: d.ev.Leg}
}

// record keeps what an event tells of legs and texts, in every status.
func (d *decision) record() {
	if i := d.r.leg(d.ev.Leg); i >= 0 {
		d.recordLeg(&d.r.Legs[i])
	}
	if i := d.r.leg(d.ev.Visitor); i >= 0 && d.ev.Kind == Dialled {
		d.recordVisit(&d.r.Legs[i])
	}
	if i := d.r.text(d.ev.Text); i >= 0 {
		d.recordText(&d.r.Texts[i])
	}
}

func (d *decision) recordLeg(l *Leg) {
	ev := d.ev
	if l.SID == "" {
		l.SID = ev.SID
	}
	if l.Status.Ended() {
		return // ended is ended, whatever comes late
	}
	switch ev.Kind {
	case Started:
		if ev.Effect == EffectCall && d.wantsCall(*l) {
			l.Status, l.Started = CallStarted, ev.At
		}
	case Placed:
		if l.Status == CallStarted {
			l.Status = CallQueued
		}
	case Refused:
		l.Status, l.Code, l.End = CallFailed, ev.Code, ev.At
		l.Started = time.Time{} // known not to be made: none of the day's calls
	case Held:
		l.Status, l.End = CallNotMade, ev.At
	case NotMade:
		if l.SID == "" { // else a webhook told of it while the carrier's list did not show it yet
			l.Status, l.Started = CallWanted, time.Time{}
		}
	case Answered, Key:
		l.answer(ev.At)
	case Dialled:
		if ev.ShopGone {
			l.Status, l.End = CallDone, ev.At
		}
	case LegStatus:
		l.move(ev)
	default: // no other kind tells of a leg more than its SID
	}
}

// move takes a reported status, unless a later one is known: callbacks come out of
// order, so the sequence number decides, and an ended call stays ended.
func (l *Leg) move(ev Event) {
	if ev.Seq >= 0 && ev.Seq < l.Seq && !ev.Status.Ended() {
		return
	}
	l.Seq = max(l.Seq, ev.Seq)
	if ev.Code != 0 {
		l.Code = ev.Code
	}
	if ev.Talked > 0 && l.Answer.IsZero() {
		l.Answer = ev.At.Add(-ev.Talked)
	}
	switch {
	case ev.Status == CallAnswered:
		l.answer(ev.At)
	case ev.Status.Ended():
		l.Status, l.End = ev.Status, ev.At
	case l.Status != CallAnswered && ev.Status != "":
		l.Status = ev.Status
	}
}

func (l *Leg) answer(at time.Time) {
	l.Status = CallAnswered
	if l.Answer.IsZero() {
		l.Answer = at
	}
}

// recordVisit keeps what the Dial action tells of the visitor's leg.
func (d *decision) recordVisit(l *Leg) {
	l.Bridged = l.Bridged || d.ev.Bridged
	if l.SID == "" {
		l.SID = d.ev.VisitorSID
	}
	if d.ev.Code != 0 {
		l.Code = d.ev.Code
	}
	if l.Status.Ended() {
		return
	}
	l.End = d.ev.At
	l.Status = d.ev.Status
	if !l.Status.Ended() {
		l.Status = CallDone
	}
}

// unmoved is the answer to an event that means nothing to the status it met.
func unmoved(d *decision) {
	switch d.ev.Kind {
	case Started:
		d.drop = !d.wants()
	case CallNow, TickOff:
		if d.r.Status.UnderWay() {
			d.refuse(CallIsOn)
		}
	case Placed, Asked, Cancel, Undo, Voicemail, Turn, Tick, Recheck, Bridge, Held, Refused, Lost, NotMade,
		TextDone, TextFail, TextInfo, HungUp, Answered, Key, Dialled, LegStatus, AskFailed:
	}
}

// endUnwanted hangs up a leg that turned out to exist after nobody wanted it any more:
// one that was under way, its SID still unknown, when the request was withdrawn.
func (d *decision) endUnwanted() {
	l, ok := d.r.Leg(d.ev.Leg)
	before, _ := d.was.Leg(d.ev.Leg)
	if !ok || before.SID != "" || l.SID == "" || l.Status.Ended() {
		return
	}
	if i := d.r.current(l.Role); !d.r.Status.UnderWay() || i < 0 || d.r.Legs[i].ID != l.ID {
		d.effect(Effect{Kind: EffectHangUp, Leg: l.ID})
	}
}

// linger looks after legs that have not ended although their request has no call on any
// more: a phone that still hears our last words, a hang-up that was lost. Their end is
// asked for like any other, because the next call to that phone waits for it.
func (d *decision) linger() {
	if d.r.Status.UnderWay() || d.r.Follows != 0 {
		return
	}
	if !d.r.Status.Waits() {
		d.r.Deadline = time.Time{}
	}
	lingers := false
	for i := range d.r.Legs {
		l := &d.r.Legs[i]
		if l.Status.Ended() || l.SID == "" && l.Role == ShopLeg { // its call effect still looks for it
			continue
		}
		if d.ev.Kind == AskFailed && d.ev.Leg == l.ID && d.ev.At.Sub(l.Started) > GiveUp {
			l.Status, l.End = CallCanceled, d.ev.At
			continue
		}
		if d.ev.Kind == Tick || d.ev.Kind == Recheck {
			d.effect(Effect{Kind: EffectAsk, Leg: l.ID})
		}
		if d.ev.Asked && d.ev.Leg == l.ID && (d.r.Status == Cancelled || l.Role == VisitorLeg) {
			d.effect(Effect{Kind: EffectHangUp, Leg: l.ID}) // ours was lost
		}
		lingers = true
	}
	if lingers {
		d.r.Deadline = sooner(d.r.Deadline, d.ev.At.Add(AskAgain))
	}
}

func nothing(*decision) {}

// tooLate refuses kindly: they talk, or the request has ended.
func tooLate(d *decision) { d.refuse(TooLate) }

// wants says whether the effect that is about to leave is still wanted.
func (d *decision) wants() bool {
	switch d.ev.Effect {
	case EffectCall:
		l, ok := d.was.Leg(d.ev.Leg)
		return ok && d.wantsCall(l)
	case EffectText:
		t, ok := d.was.Text(d.ev.Text)
		return ok && t.Status == TextWanted && d.r.Status != Cancelled && d.r.Status != Completed
	case EffectHangUp:
		l, ok := d.r.Leg(d.ev.Leg)
		return ok && l.SID != "" && !l.Status.Ended()
	case EffectAsk:
		l, ok := d.r.Leg(d.ev.Leg)
		return ok && !l.Status.Ended()
	case EffectNotify:
	}
	return true
}

// wantsCall: only the newest shop leg of the round under way may still be rung.
func (d *decision) wantsCall(l Leg) bool {
	i := d.r.current(ShopLeg)
	return d.r.Status == Calling && l.Status == CallWanted && i >= 0 && d.r.Legs[i].ID == l.ID
}

// fitting is the step for a webhook that wants one and met a status that gave none.
func (d *decision) fitting() Step {
	if !slices.Contains([]Kind{Answered, Key, Dialled}, d.ev.Kind) {
		return Step{}
	}
	step := Step{Kind: StepSay, Language: d.rules.Language, Leg: d.ev.Leg}
	accepted := d.r.current(VisitorLeg) >= 0
	i := d.r.current(ShopLeg)
	switch {
	case d.ev.Kind == Dialled:
		step.Kind = StepHangUp
	case d.r.Status == Cancelled:
		step.Phrase = SayCancelled
	case accepted && i >= 0 && d.r.Legs[i].ID != d.ev.Leg:
		step.Phrase = SayTaken
	default:
		step.Kind = StepHangUp
	}
	return step
}
