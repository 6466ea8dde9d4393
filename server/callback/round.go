package callback

import "time"

// beginRound takes a snapshot of the shop and rings the first phone; a round that
// trouble with the carrier broke off goes on where it stood, over the carrier, number
// and address that hold now, for none of its legs is left that knows the old ones.
func (d *decision) beginRound() {
	if d.r.Round == nil || d.r.Round.Over {
		d.r.Rounds++
		d.r.Round = &Round{N: d.r.Rounds, Phones: d.rules.Phones, Talk: d.rules.Talk}
	}
	round := d.r.Round
	round.From, round.Base, round.Account, round.Carrier = d.rules.From, d.rules.Base, d.rules.Account, d.rules.Carrier
	d.ringNext()
}

// ringNext wants a call to the round's next phone.
func (d *decision) ringNext() {
	round := d.r.Round
	p := round.Phones[round.Tried]
	round.Tried++
	i := d.r.addLeg(Leg{Role: ShopLeg, Round: round.N, Phone: p.Label, To: p.Number, From: round.From, Status: CallWanted, Seq: -1})
	d.become(Calling, "")
	d.effect(Effect{Kind: EffectCall, Leg: d.r.Legs[i].ID})
}

// isCurrent says that the event is about the shop leg that the round now stands at.
func (d *decision) isCurrent() bool {
	i := d.r.current(ShopLeg)
	return i >= 0 && d.r.Legs[i].ID == d.ev.Leg
}

// shopRings: the call is about to leave. It should have moved when the ringing is over.
func shopRings(d *decision) {
	if d.drop = !d.wants(); d.drop || d.ev.Effect != EffectCall {
		return
	}
	d.within(d.ringTime() + AskAgain)
}

func (d *decision) ringTime() time.Duration {
	if r := d.r.Round; r != nil && r.Tried > 0 && r.Tried <= len(r.Phones) {
		return r.Phones[r.Tried-1].Ring
	}
	return 0
}

func placed(d *decision) { d.r.Troubles = 0 }

// held: the gate did not let the call go.
func held(d *decision) {
	switch {
	case d.ev.Effect != EffectCall || !d.isCurrent():
	case d.ev.Refusal == NumberBarred:
		d.endRound()
		d.become(Cancelled, ByOptOut)
	default:
		d.endRound()
		d.missed(Budget)
	}
}

// notPlaced: the carrier did not take the call. A bad shop number costs its attempt;
// trouble with carrier or account costs nothing, the request keeps its place.
func notPlaced(d *decision) {
	if !d.isCurrent() {
		return
	}
	if !d.ev.Refusal.passes() {
		d.nextPhone()
		return
	}
	d.trouble()
}

// trouble puts the request back in line, to be tried again after a while.
func (d *decision) trouble() {
	d.r.Round.Tried--
	if d.r.Round.Tried == 0 {
		d.r.Round, d.r.Rounds = nil, d.r.Rounds-1
	}
	if d.r.Rounds > 0 && d.r.Troubles == 0 {
		d.r.Since = d.ev.At
	}
	d.r.Troubles++
	d.become(Pending, Trouble)
	d.r.NotBefore = d.ev.At.Add(troubleWait(d.r.Troubles))
	d.r.Deadline = d.r.Since.Add(StaleAfter)
}

// troubleWait doubles from 5 s to 2 min.
func troubleWait(n int) time.Duration {
	return min(5*time.Second<<min(n-1, 10), 2*time.Minute)
}

// callAgain: the carrier knows no such call, so the same attempt is made now.
func callAgain(d *decision) {
	if d.isCurrent() {
		d.within(AskAgain)
	}
}

// nextPhone: this phone did not accept.
func (d *decision) nextPhone() {
	if d.r.Round.Tried < len(d.r.Round.Phones) {
		d.ringNext()
		return
	}
	d.roundOver()
}

// roundOver: nobody accepted. The shop is texted once; then the plan's next round, or
// the owner's list.
func (d *decision) roundOver() {
	d.endRound()
	d.textShop()
	if at, more := d.rules.Retry.Next(d.r.Rounds, d.ev.At); more {
		d.schedule(at, NextRound)
		return
	}
	d.rest(Unanswered)
}

// rest puts the request on the owner's list: sms_sent only when the carrier has taken
// the text, else missed until it does.
func (d *decision) rest(why Reason) {
	if why == Unanswered || why == ByKey3 {
		d.textVisitor()
	}
	if !d.r.ShopHasText() || !d.r.Status.CanBecome(SMSSent) {
		d.become(Missed, why)
	}
	if d.r.ShopHasText() {
		d.become(SMSSent, why)
	}
	d.notify(NoticeMissed)
}

// whisper: a shop phone picked up.
func whisper(d *decision) {
	if l, ok := d.r.Leg(d.ev.Leg); !ok || !d.isCurrent() || l.Status.Ended() {
		return
	}
	d.whisperAgain(max(d.ev.Try, 1))
}

func (d *decision) whisperAgain(try int) {
	d.within(WhisperTakes + AskAgain/2)
	d.step = Step{Kind: StepWhisper, Language: d.rules.Language, Leg: d.ev.Leg, Try: try,
		Name: d.r.Name, Number: d.r.Number, From: d.r.Round.From, Message: d.r.Message}
}

// key: 1 connects, 2 asks to be called again, 3 asks for a text. Any other key, or
// none, is no accept: the whisper goes on until it has been said three times.
func key(d *decision) {
	if l, ok := d.r.Leg(d.ev.Leg); !ok || !d.isCurrent() || l.Status.Ended() {
		return
	}
	switch d.ev.Digits {
	case "1":
		d.accept()
	case "2":
		d.endRound()
		d.schedule(d.ev.At.Add(InAWhile), ByKey2)
		d.say(SayLater)
	case "3":
		d.endRound()
		d.missed(ByKey3)
		d.say(SayTexted)
	default:
		if d.ev.Try < Whispers {
			d.whisperAgain(d.ev.Try + 1)
			return
		}
		d.within(ActionTakes)
		d.step = Step{Kind: StepHangUp, Leg: d.ev.Leg}
	}
}

// accept: the visitor's leg is started by this commit; the answer dials it.
func (d *decision) accept() {
	if d.rules.CallsLeft == 0 {
		d.endRound()
		d.missed(Budget)
		d.say(SaySpent)
		return
	}
	round := d.r.Round
	at := d.r.Legs[d.r.current(ShopLeg)]
	d.r.Accepted = at.Phone
	d.r.Visits++
	i := d.r.addLeg(Leg{Role: VisitorLeg, Round: round.N, To: d.r.Number, From: round.From, Status: CallStarted, Started: d.ev.At, Seq: -1})
	d.become(Connecting, "")
	d.within(d.rules.RingVisitor + AskAgain/2)
	d.step = Step{Kind: StepConnect, Language: d.rules.Language, Leg: d.ev.Leg, Visitor: d.r.Legs[i].ID,
		To: d.r.Number, From: round.From, Ring: d.rules.RingVisitor, Talk: round.Talk}
}

// shopLegMoved: while a round is under way, a leg that ended was no accept.
func shopLegMoved(d *decision) {
	l, ok := d.r.Leg(d.ev.Leg)
	if !ok || !d.isCurrent() {
		return
	}
	if l.Status.Ended() {
		d.nextPhone()
		return
	}
	d.r.Troubles = 0
	if d.ev.Asked {
		d.within(AskAgain)
	}
}

// askCarrier asks about each leg that should have moved by now. A leg that was never
// handed over, or whose call effect is still being reconciled, needs no question: that
// effect brings the answer. One that can't be asked about for long is given up.
func askCarrier(d *decision) {
	d.within(AskAgain)
	if d.gaveUp() {
		return
	}
	asked := false
	for _, role := range table[d.r.Status].asks {
		i := d.r.current(role)
		if i < 0 {
			continue
		}
		l := d.r.Legs[i]
		if !l.Status.Ended() && l.Status != CallWanted && (l.SID != "" || role == VisitorLeg) {
			d.effect(Effect{Kind: EffectAsk, Leg: l.ID})
			asked = true
		}
	}
	if !asked && d.r.Status != Calling {
		settle(d) // both legs have ended, and the Dial action never came
	}
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
	switch {
	case d.r.Status != Connected || d.r.Round == nil:
		return 0
	case d.r.Round.Talk == 0:
		return Unlimited
	}
	return d.r.Round.Talk
}
