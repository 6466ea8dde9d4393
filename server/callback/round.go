package callback

import (
	"fmt"
	"hash/fnv"
	"slices"
	"time"
)

// beginRound takes a snapshot of the shop and rings the first phone, or all; a round that
// trouble with the carrier broke off goes on where it stood, over the carrier, number
// and address that hold now, for none of its legs is left that knows the old ones.
func (d *decision) beginRound() {
	if d.r.Round == nil || d.r.Round.Over {
		d.r.Rounds++
		talk, _ := d.talk()
		d.r.Round = &Round{N: d.r.Rounds, Phones: d.affordable(), Talk: talk, AtOnce: d.rules.AtOnce}
	}
	round := d.r.Round
	round.From, round.Base, round.Account, round.Carrier = d.rules.From, d.rules.Base, d.rules.Account, d.rules.Carrier
	d.ringNext()
	for round.AtOnce && round.Tried < len(round.Phones) {
		d.ringNext()
	}
}

// affordable are the phones to ring: all at once, no more than the budget of calls has
// beside the visitor's.
func (d *decision) affordable() []Phone {
	phones := d.rules.Phones
	if most := d.rules.CallsLeft - 1; d.rules.AtOnce && d.rules.CallsLeft >= 0 && most < len(phones) {
		phones = phones[:most]
	}
	return phones
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

// isCurrent says that the event is about a shop leg of the round under way that could
// still accept when it came.
func (d *decision) isCurrent() bool {
	l, ok := d.was.Leg(d.ev.Leg)
	return ok && d.inRound(l) && !l.Status.Ended()
}

// shopRings: the call is about to leave. It should have moved when the ringing is over.
func shopRings(d *decision) {
	if d.drop = !d.wants(); d.drop || d.ev.Effect != EffectCall {
		return
	}
	l, _ := d.r.Leg(d.ev.Leg)
	d.await(d.r.Round.ring(l.To) + AskAgain)
}

// await sets when the leg of this event must have moved; where other phones ring too,
// theirs may be the one that is asked about first.
func (d *decision) await(t time.Duration) {
	others := slices.ContainsFunc(d.r.Legs, func(l Leg) bool {
		return d.inRound(l) && l.ID != d.ev.Leg && !l.Status.Ended() && l.Status != CallWanted
	})
	if at := d.ev.At.Add(t); others {
		d.r.Deadline = sooner(d.r.Deadline, at)
	} else {
		d.r.Deadline = at
	}
}

// ring is how long that phone rings.
func (r Round) ring(number string) time.Duration {
	for _, p := range r.Phones {
		if p.Number == number {
			return p.Ring
		}
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
	if !d.ev.Refusal.passes() || d.stillRings() || d.rang() {
		d.nextPhone()
		return
	}
	d.trouble()
}

// rang says that some phone of this round has rung: then the round counts.
func (d *decision) rang() bool {
	return d.r.Round.AtOnce && slices.ContainsFunc(d.r.Legs, func(l Leg) bool { return d.inRound(l) && !l.Started.IsZero() })
}

// trouble puts the request back in line, to be tried again after a while.
func (d *decision) trouble() {
	d.r.Round.Tried--
	if d.r.Round.Tried == 0 || d.r.Round.AtOnce {
		d.r.Round, d.r.Rounds = nil, d.r.Rounds-1
	}
	// A call that was taken but held back begins no new wait: it could go round for ever.
	if d.r.begun() && d.r.Troubles == 0 && d.ev.Kind == Refused {
		d.r.Since = d.ev.At
	}
	d.r.Troubles++
	d.become(Pending, Trouble)
	d.r.NotBefore = d.ev.At.Add(d.r.troubleWait())
	d.r.Deadline = d.r.Since.Add(StaleAfter)
}

// troubleWait doubles from 5 s to 2 min, less up to a fifth, so that not everything that
// waits comes back at once. The salt decides, because Next knows no chance.
func (r Request) troubleWait() time.Duration {
	wait := min(5*time.Second<<min(r.Troubles-1, 10), 2*time.Minute)
	chance := fnv.New32a()
	_, _ = fmt.Fprint(chance, r.Salt, r.Troubles) // never fails
	return wait - wait/5*time.Duration(chance.Sum32()%1000)/1000
}

// callAgain: the carrier knows no such call, so the same attempt is made now; but not for
// ever, where each is lost on its way.
func callAgain(d *decision) {
	switch {
	case !d.isCurrent():
	case d.waited():
		l := &d.r.Legs[d.r.leg(d.ev.Leg)]
		l.Status, l.End = CallNotMade, d.ev.At
		if d.stillRings() || d.rang() {
			d.nextPhone()
			return
		}
		d.trouble()
	default:
		d.within(AskAgain)
	}
}

// nextPhone: this phone did not accept.
func (d *decision) nextPhone() {
	if d.stillRings() {
		return
	}
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
	d.await(WhisperTakes + AskAgain/2)
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
		d.await(ActionTakes)
		d.step = Step{Kind: StepHangUp, Leg: d.ev.Leg}
	}
}

// accept: the first 1 wins. The visitor's leg is started by this commit, and the answer
// dials it; where other phones ring, they are quiet first, because an account may not
// hold more calls at once (support.twilio.com, 223180028).
func (d *decision) accept() {
	if d.rules.CallsLeft == 0 || d.rules.SpendLeft >= 0 && d.rules.SpendLeft < price(d.r.Number, shortest(d.r.Round.Talk)) {
		d.endRound()
		d.missed(Budget)
		d.say(SaySpent)
		return
	}
	at, _ := d.r.Leg(d.ev.Leg)
	d.r.Accepted = at.Phone
	d.r.Round.Took, d.r.Round.TookAt = at.ID, d.ev.At
	d.become(Connecting, "")
	d.quiet()
	if d.othersRing() {
		d.hold(1)
		return
	}
	d.dial(0)
}

// hold lets the shop hear that it is connected while the other phones fall silent.
func (d *decision) hold(try int) {
	d.within(AskAgain)
	d.step = Step{Kind: StepHold, Language: d.rules.Language, Leg: d.ev.Leg, Try: try}
}

// join: the pause is over; the visitor is dialled when the other phones are quiet, at
// latest after QuietTakes.
func join(d *decision) {
	took := d.r.Round.Took
	if d.ev.Leg != took || d.r.current(VisitorLeg) >= 0 {
		return
	}
	late := d.ev.At.Sub(d.r.Round.TookAt) >= QuietTakes || d.ev.Try >= int(QuietTakes/time.Second)
	if d.othersRing() && !late {
		d.hold(d.ev.Try + 1)
		return
	}
	d.dial(d.ev.Try)
}

// othersRing says that a phone beside the one that accepted has not ended.
func (d *decision) othersRing() bool {
	return slices.ContainsFunc(d.r.Legs, func(l Leg) bool {
		return d.inRound(l) && l.ID != d.r.Round.Took && !l.Status.Ended()
	})
}

// dial rings the visitor.
func (d *decision) dial(holds int) {
	round := d.r.Round
	d.r.Visits++
	i := d.r.addLeg(Leg{Role: VisitorLeg, Round: round.N, By: round.Took, To: d.r.Number, From: round.From, Status: CallStarted, Started: d.ev.At, Seq: -1})
	d.within(d.rules.RingVisitor + AskAgain/2)
	d.step = Step{Kind: StepConnect, Language: d.rules.Language, Leg: d.ev.Leg, Try: holds, Visitor: d.r.Legs[i].ID,
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
	if d.ev.Asked && l.Status == CallQueued && d.ev.At.Sub(l.Started) >= d.r.Round.ring(l.To)+AskAgain {
		d.queuedTooLong(l)
		return
	}
	d.r.Troubles = 0
	if d.ev.Asked {
		d.await(AskAgain)
	}
}

// queuedTooLong: the carrier holds calls back (Twilio: up to 24 hours, 5-facts F1). One
// that has not rung by the time in which it should have been over is of no use any more;
// it is cancelled, and the request keeps its place. The phone is not rung again before
// the carrier says that this call has ended.
func (d *decision) queuedTooLong(l Leg) {
	d.effect(Effect{Kind: EffectHangUp, Leg: l.ID})
	if d.r.Round.AtOnce {
		d.await(AskAgain)
		return
	}
	d.trouble()
}
