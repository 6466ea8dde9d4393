package callback

import (
	"time"
)

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
	if d.ev.Kind == TextedIn {
		d.ev.Text = d.r.Texts[d.r.addText(Text{
			Role: VisitorLeg, From: d.ev.From, SID: d.ev.SID, Status: TextReceived, Came: d.ev.At, Said: d.ev.Said,
		})].ID
	}
}

func (d *decision) recordLeg(l *Leg) {
	ev := d.ev
	if ev.Kind == Billed {
		l.looked(ev, legLooks, true)
		return
	}
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
	case Answered, Key, Join:
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
	if ev.Refusal != "" {
		l.Refusal = ev.Refusal
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
	if d.ev.Refusal != "" {
		l.Refusal = d.ev.Refusal
	}
	if l.Status.Ended() {
		return
	}
	if l.Answer.IsZero() && (d.ev.Bridged || d.ev.Talked > 0) { // its own callbacks were lost
		l.Answer = l.Started
		if at := d.ev.At.Add(-d.ev.Talked); d.ev.Talked > 0 && at.After(l.Started) {
			l.Answer = at
		}
	}
	l.End = d.ev.At
	l.Status = d.ev.Status
	if !l.Status.Ended() {
		l.Status = CallDone
	}
}
