package callback

// visitMoved: a callback or an answer about one of the two legs. The Dial action
// decides; the callbacks only make it quicker, and announce that it must come now.
func visitMoved(d *decision) {
	shop := d.r.Legs[d.r.current(ShopLeg)]
	i := d.r.current(VisitorLeg)
	if l, ok := d.r.Leg(d.ev.Leg); ok && d.ev.Asked && !l.Status.Ended() && !d.may(l) {
		d.effect(Effect{Kind: EffectHangUp, Leg: l.ID}) // it lost the race, and our hang-up was lost
	}
	if i < 0 { // the other phones are not quiet yet
		if shop.Status.Ended() {
			d.shopHungUp()
		}
		return
	}
	visitor := d.r.Legs[i]
	switch {
	case d.ev.Leg != shop.ID && d.ev.Leg != visitor.ID: // a phone that lost the race
	case visitor.Status.Ended() && shop.Status.Ended() && d.ev.Asked:
		settle(d)
	case visitor.Status.Ended() || shop.Status.Ended():
		d.within(ActionTakes)
	case d.r.Status == Connecting && visitor.Status == CallAnswered:
		d.become(Connected, "")
		d.r.TalkFrom = d.ev.At
	case d.ev.Asked:
		d.within(table[d.r.Status].within)
	}
}

// dialled: the Dial of the visitor has ended, and the action says how.
func dialled(d *decision) {
	i := d.r.current(VisitorLeg)
	if i < 0 || d.r.Legs[i].ID != d.ev.Visitor {
		return
	}
	d.r.Legs[i].Bridged = d.ev.Bridged
	switch {
	case d.ev.Bridged:
		d.talked()
	case d.ev.ShopGone && d.ev.Refusal != NumberBad:
		// Whatever the carrier calls the visitor's leg by then, an answered one that was
		// never bridged included: it was the shop that went.
		d.shopHungUp()
	default:
		d.notReached(d.ev.Code)
	}
}

// settle decides without the Dial action, by what is known of the legs.
func settle(d *decision) {
	i := d.r.current(VisitorLeg)
	if i < 0 {
		d.shopHungUp()
		return
	}
	visitor := d.r.Legs[i]
	switch {
	case visitor.Bridged, visitor.Status == CallDone && !visitor.Answer.IsZero(), d.r.Status == Connected:
		d.talked()
	case visitor.Status == CallBusy, visitor.Status == CallNoAnswer, visitor.Status == CallFailed:
		d.notReached(visitor.Code)
	default:
		d.shopHungUp()
	}
}

func (d *decision) talked() {
	i := d.r.current(VisitorLeg)
	d.endRound()
	if d.r.TalkFrom.IsZero() {
		d.r.TalkFrom = d.r.Legs[i].Answer
	}
	if d.r.TalkFrom.IsZero() {
		d.r.TalkFrom = d.ev.At
	}
	d.r.TalkTo = d.ev.At
	d.become(Completed, "")
	if d.ev.Kind == Dialled {
		d.step = Step{Kind: StepHangUp, Leg: d.ev.Leg}
	}
}

// notReached: busy, no answer, refused. Only a number that can never be called is Failed.
func (d *decision) notReached(code int) {
	d.endRound()
	d.say(SayNoAnswer)
	i := d.r.current(VisitorLeg)
	if i >= 0 && d.r.Legs[i].Refusal == NumberBad && d.r.Status == Connecting {
		d.r.Code = code
		d.become(Failed, "")
		d.notify(NoticeMissed)
		return
	}
	d.become(NoAnswer, Visitor)
	if at, more := d.rules.RetryVisitor.Next(d.r.Visits, d.ev.At); more {
		d.schedule(at, Visitor)
		return
	}
	d.notify(NoticeMissed)
}

// shopHungUp: after the 1 and before the bridge. One text, no further round.
func (d *decision) shopHungUp() {
	d.endRound()
	for _, l := range d.r.Live() {
		if l.Role == VisitorLeg {
			d.effect(Effect{Kind: EffectHangUp, Leg: l.ID})
		}
	}
	d.missed(ShopHungUp)
}
