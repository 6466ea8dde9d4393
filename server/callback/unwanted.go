package callback

import (
	"slices"
	"time"
)

// unmoved is the answer to an event that means nothing to the status it met.
func unmoved(d *decision) {
	switch d.ev.Kind {
	case Started:
		d.drop = !d.wants()
	case Move:
		d.refuse(TooLate)
	case CallNow, TickOff:
		if d.r.Status.UnderWay() {
			d.refuse(CallIsOn)
		}
	case Placed, Asked, Cancel, Undo, Voicemail, Turn, Tick, Recheck, Bridge, Held, Refused, Lost, NotMade,
		TextDone, TextFail, TextInfo, Billed, TextedIn, TextedOut, CalledIn, InAnswered, InKey, InEnded, HungUp, Answered, Key, Join, Dialled, LegStatus, AskFailed:
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
	if !d.may(l) {
		d.effect(Effect{Kind: EffectHangUp, Leg: l.ID})
	}
}

// may says whether a leg has its part in what is under way: it may be accepted, or it
// has accepted, or the visitor is rung by it.
func (d *decision) may(l Leg) bool {
	switch {
	case !d.r.Status.UnderWay():
		return false
	case d.r.Status == Calling && l.Role == ShopLeg:
		return d.inRound(l)
	}
	i := d.r.current(l.Role)
	return i >= 0 && d.r.Legs[i].ID == l.ID
}

// inRound says that the leg is a shop leg of the round under way.
func (d *decision) inRound(l Leg) bool {
	return l.Role == ShopLeg && d.r.Round != nil && l.Round == d.r.Round.N
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
		// No last words are heard where it rings or is held back.
		unheard := !d.was.Status.UnderWay() && (l.Status == CallQueued || l.Status == CallRinging)
		if d.ev.Asked && d.ev.Leg == l.ID && (d.r.Status == Cancelled || l.Role == VisitorLeg || unheard) {
			d.effect(Effect{Kind: EffectHangUp, Leg: l.ID}) // ours was lost
		}
		lingers = true
	}
	if lingers {
		d.r.Deadline = sooner(d.r.Deadline, d.ev.At.Add(AskAgain))
	}
}

// wants says whether the effect that is about to leave is still wanted.
func (d *decision) wants() bool {
	switch d.ev.Effect {
	case EffectCall:
		l, ok := d.was.Leg(d.ev.Leg)
		return ok && d.wantsCall(l)
	case EffectText:
		t, ok := d.was.Text(d.ev.Text)
		return ok && t.Status == TextWanted && (t.Written() || d.r.Status != Cancelled && d.r.Status != Completed)
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

// wantsCall: only a shop leg of the round under way may still be rung, one after the
// other only the newest.
func (d *decision) wantsCall(l Leg) bool {
	if d.r.Status != Calling || l.Status != CallWanted || !d.inRound(l) {
		return false
	}
	return d.r.Round.AtOnce || d.r.Legs[d.r.current(ShopLeg)].ID == l.ID
}

// fitting is the step for a webhook that wants one and met a status that gave none.
func (d *decision) fitting() Step {
	if !slices.Contains([]Kind{Answered, Key, Join, Dialled}, d.ev.Kind) {
		return Step{}
	}
	step := Step{Kind: StepSay, Language: d.rules.Language, Leg: d.ev.Leg}
	switch {
	case d.ev.Kind == Dialled:
		step.Kind = StepHangUp
	case d.r.Status == Cancelled:
		step.Phrase = SayCancelled
	case d.r.Round != nil && d.r.Round.Took != "" && d.r.Round.Took != d.ev.Leg:
		step.Phrase = SayTaken
	default:
		step.Kind = StepHangUp
	}
	return step
}
