package callback

import (
	"slices"
	"time"
)

// askCarrier asks about each leg that should have moved by now. A leg that was never
// handed over, or whose call effect is still being reconciled, needs no question: that
// effect brings the answer. One that can't be asked about for long is given up.
func askCarrier(d *decision) {
	d.within(AskAgain)
	if d.gaveUp() {
		return
	}
	asked := false
	for _, l := range d.r.Legs {
		if !d.shouldMove(l) || l.Status.Ended() || l.Status == CallWanted {
			continue
		}
		if l.SID != "" || l.Role == VisitorLeg {
			d.effect(Effect{Kind: EffectAsk, Leg: l.ID})
			asked = asked || d.may(l)
		}
	}
	if !asked && d.r.Status != Calling {
		settle(d) // both legs have ended, and the Dial action never came
	}
}

// shouldMove says that the status waits for a word of this leg.
func (d *decision) shouldMove(l Leg) bool {
	if !slices.Contains(table[d.r.Status].asks, l.Role) {
		return false
	}
	i := d.r.current(VisitorLeg)
	return d.inRound(l) || i >= 0 && d.r.Legs[i].ID == l.ID
}

func askLater(d *decision) {
	if !d.gaveUp() {
		d.within(AskAgain)
	}
}

// gaveUp ends legs that nobody could be asked about for GiveUp after they should have
// ended, so that a request never hangs on a carrier that is gone.
func (d *decision) gaveUp() bool {
	if d.ev.Kind != AskFailed {
		return false
	}
	gone := false
	for i := range d.r.Legs {
		l := &d.r.Legs[i]
		if l.ID != d.ev.Leg || l.Status.Ended() || d.ev.At.Sub(l.Started) < GiveUp+d.longest() {
			continue
		}
		l.Status, l.End, gone = CallCanceled, d.ev.At, true
	}
	if !gone {
		return false
	}
	if d.r.Status == Calling {
		d.nextPhone()
	} else {
		settle(d)
	}
	return true
}

// longest is how long a leg may rightly last in this status.
func (d *decision) longest() time.Duration {
	if d.r.Status != Connected || d.r.Round == nil {
		return 0
	}
	return longest(d.r.Round.Talk)
}
