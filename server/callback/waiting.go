package callback

import (
	"slices"
	"time"
)

// asked places a new request: what is due when is decided by the hours, the line
// and the time that the visitor chose.
func asked(d *decision) {
	d.r.Since = d.ev.At
	if d.r.Spam {
		d.become(Pending, LooksSpam)
		return
	}
	d.notify(NoticeNew)
	switch {
	case d.r.PreferredAt.After(d.ev.At):
		d.schedule(d.r.PreferredAt, Chosen)
	case d.rules.closed():
		d.closed()
	default:
		d.queue()
	}
}

// queue gives the request its place in line.
func (d *decision) queue() {
	d.become(Pending, "")
	d.r.QueuedAt, d.r.Since = d.ev.At, d.ev.At
}

func (d *decision) schedule(at time.Time, why Reason) {
	d.become(Scheduled, why)
	d.r.DueAt, d.r.Deadline = at, at
}

// closed says that nobody is called now but by the owner's own wish.
func (r Rules) closed() bool { return !r.Open && r.afterHours() != CallAnyway }

// afterHours: a pause is closed until it ends, whatever the owner chose for the night.
func (r Rules) afterHours() AfterHours {
	if r.AfterHours == "" || r.Paused && r.AfterHours == CallAnyway {
		return TextAndSchedule
	}
	return r.AfterHours
}

// closed is what becomes of a wish that meets a closed shop.
func (d *decision) closed() {
	d.textShop()
	if at, known := d.rules.opening(); known && d.rules.afterHours() == TextAndSchedule {
		d.schedule(at, Opening)
		return
	}
	if d.r.Rounds > 0 {
		d.rest(Closed)
		return
	}
	d.become(Pending, Closed) // without a place, until the text is taken
	d.r.QueuedAt = time.Time{}
	if !d.r.textUnderWay() {
		d.within(0)
	}
}

// move: the visitor wants the call at another time. It has one more round even where the
// plan is at its end, because this is a new wish.
func move(d *decision) {
	d.r.TickedOff, d.r.Before = nil, nil
	d.r.PreferredAt = d.ev.Wanted
	switch {
	case d.ev.Wanted.After(d.ev.At):
		d.schedule(d.ev.Wanted, Chosen)
	case d.r.Status == Pending && !d.r.QueuedAt.IsZero(): // it waits for its place already
		d.r.PreferredAt = time.Time{}
	case d.rules.closed():
		d.r.PreferredAt = time.Time{}
		d.closed()
	default:
		d.r.PreferredAt = time.Time{}
		d.queue()
	}
}

// due: the time has come; it gets its place in line, and has fifteen minutes from then.
// Who waits for the opening follows it, wherever the owner moves it, and whatever
// after_hours says by then: it was promised. However late the opening is seen, it holds
// while the shop is open: the night's requests wait for whoever switches the computer on.
func due(d *decision) {
	opening := d.r.Reason == Opening
	if at, known := d.rules.opening(); known && opening {
		d.r.DueAt = at
	}
	switch at := d.r.DueAt; {
	case d.ev.At.Before(at):
		d.r.Deadline = at
	case opening:
		d.queue()
	case d.ev.At.Sub(at) >= StaleAfter:
		d.stale()
	default:
		d.queue()
		d.r.Since, d.r.Deadline = at, at.Add(StaleAfter)
	}
}

// begun says that its round has begun and was broken off by trouble with the carrier.
func (r Request) begun() bool { return r.Round != nil && !r.Round.Over }

func (d *decision) waited() bool { return d.ev.At.Sub(d.r.Since) >= StaleAfter }

// slept says that this computer slept or was off while the request waited: then nobody
// stands at the phone any more.
func (d *decision) slept() bool { return d.r.Since.Before(d.rules.AwakeSince) }

// waitedLong: fifteen minutes in line. Waiting behind other calls is excused, but for a
// sleep. The owner's own call never goes stale.
func waitedLong(d *decision) {
	switch {
	case d.r.Spam:
		d.become(Missed, LooksSpam)
	case d.r.QueuedAt.IsZero():
		d.rest(Closed)
	case !d.waited():
		d.r.Deadline = d.r.Since.Add(StaleAfter)
	case d.rules.LineFull && !d.slept() && d.r.Troubles == 0, d.r.Manual && d.slept():
		d.r.Since = d.ev.At
		d.within(StaleAfter)
	case d.r.Manual, d.r.begun() && !d.slept():
		d.missed(Trouble)
	default:
		d.stale()
	}
}

// stale: not rung out of the blue. It stays missed whatever becomes of the text.
func (d *decision) stale() {
	d.textShop()
	d.become(Missed, Stale)
	d.notify(NoticeStale)
}

// missed rests the request without any further round.
func (d *decision) missed(why Reason) {
	d.textShop()
	d.rest(why)
}

// turn: a line is free. Hours, age, budget and phones are looked at when a round starts.
func turn(d *decision) {
	switch {
	case d.r.QueuedAt.IsZero():
	case d.outOfTheBlue():
		d.stale()
	case d.rules.closed() && !d.r.Manual:
		d.closed()
	case d.rules.CallsLeft >= 0 && d.rules.CallsLeft < legsOfACall:
		d.missed(Budget)
	case len(d.rules.Phones) == 0:
		d.missed(Trouble)
	case d.poor():
		d.missed(Budget)
	default:
		if !d.slept() && d.r.Troubles == 0 {
			d.r.Since = d.ev.At // it waited behind other calls alone, which does not count
		}
		d.beginRound()
	}
}

// outOfTheBlue says that the turn comes too late for anybody to wait for it still: not
// because of other calls alone, and not in the middle of a round.
func (d *decision) outOfTheBlue() bool {
	return d.waited() && !d.r.Manual && (d.slept() || d.r.Troubles > 0 && !d.r.begun())
}

// legsOfACall: a round is begun only when the budget has both the shop's leg and the
// visitor's, so that nobody presses 1 in vain.
const legsOfACall = 2

// poor says that the day's money has not even a short talk.
func (d *decision) poor() bool {
	_, enough := d.talk()
	return !enough
}

// expire: the code was never typed.
func expire(d *decision) { d.become(Expired, "") }

// calledIn: the visitor rang the shop's number and they talked.
func calledIn(d *decision) {
	d.become(Completed, ByCallingIn)
	d.r.TalkFrom, d.r.TalkTo = d.ev.At.Add(-d.ev.Talked), d.ev.At
}

// withdraw cancels, and ends what still rings.
func withdraw(d *decision) {
	d.r.Before = nil
	if d.ev.By == ByOwner && !d.r.Status.UnderWay() { // a call that was ended can't be brought back
		d.r.Before = d.past()
	}
	d.become(Cancelled, d.ev.By)
	if d.r.Round != nil {
		d.r.Round.Over = true
	}
	d.endLegs(func(Leg) bool { return true })
}

// endLegs ends those that may still ring or talk.
func (d *decision) endLegs(which func(Leg) bool) {
	for i := range d.r.Legs {
		switch l := &d.r.Legs[i]; {
		case l.Status.Ended() || !which(*l):
		case l.Status == CallWanted:
			l.Status, l.End = CallNotMade, d.ev.At
		case l.SID != "": // without one, endUnwanted ends it when it is learned
			d.effect(Effect{Kind: EffectHangUp, Leg: l.ID})
		}
	}
}

// endRound: no further phone is rung, and the other ones that ring are quiet.
func (d *decision) endRound() {
	if d.r.Round == nil {
		return
	}
	d.r.Round.Over = true
	d.quiet()
}

// quiet ends the shop's phones that ring beside the one that the event is about.
func (d *decision) quiet() {
	d.endLegs(func(l Leg) bool { return d.inRound(l) && l.ID != d.ev.Leg && l.ID != d.r.Round.Took })
}

// stillRings says that another phone of the round may still be answered.
func (d *decision) stillRings() bool {
	return slices.ContainsFunc(d.r.Legs, func(l Leg) bool { return d.inRound(l) && !l.Status.Ended() })
}
