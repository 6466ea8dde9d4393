package callback

import (
	"time"

	"ringback/server/number"
)

// What a call or text is reckoned at until the carrier has told its price, in millionths
// of a US dollar. Prices come minutes later or never (5-facts F30), and only for what is
// over; these are round figures above Twilio's list for the usual regions, and dear for
// all others, so that a day's limit is rather kept too early than passed.
var (
	minuteRates = map[string]int64{
		"US": 20_000, "CA": 20_000, "PR": 30_000,
		"GB": 60_000, "IE": 80_000, "ES": 60_000, "DE": 80_000, "FR": 80_000, "IT": 80_000, "NL": 100_000,
		"AT": 100_000, "CH": 100_000, "PT": 80_000, "MX": 60_000, "AU": 100_000, "NZ": 100_000,
	}
	textRates = map[string]int64{"US": 30_000, "CA": 30_000, "PR": 60_000}
)

const (
	dearMinute = 300_000
	dearText   = 200_000
	dollar     = 1_000_000
)

// ShortestTalk is what the day's money must have for a call to be begun.
const ShortestTalk = 5 * time.Minute

// wrapping is what a shop leg may last beside the talk.
const wrapping = 5 * time.Minute

// asked for its price, and a text for how it stands, so long after the end (the taking),
// and again after each further wait.
var (
	legLooks  = []time.Duration{5 * time.Minute, 30 * time.Minute, 6 * time.Hour}
	textLooks = []time.Duration{AskAgain, 2 * time.Minute, 10 * time.Minute, time.Hour, 6 * time.Hour}
)

// price reckons a call of that length.
func price(to string, long time.Duration) int64 {
	if long <= 0 {
		return 0
	}
	return rateOf(minuteRates, to, dearMinute) * int64((long+time.Minute-1)/time.Minute)
}

// priceOfText reckons a text: what the owner wrote by its segments.
func priceOfText(t Text) int64 {
	n, _ := Segments(t.Said)
	return rateOf(textRates, t.To, dearText) * int64(max(1, n))
}

func rateOf(rates map[string]int64, to string, dear int64) int64 {
	n, err := number.ParseE164(to)
	if rate := rates[n.Region]; err == nil && rate != 0 {
		return rate
	}
	return dear
}

// longest is the longest talk of a round; 0 is no limit of the owner's.
func longest(talk time.Duration) time.Duration {
	if talk == 0 {
		return Unlimited
	}
	return talk
}

// shortest is what the day's money must have of such a talk.
func shortest(talk time.Duration) time.Duration { return min(ShortestTalk, longest(talk)) }

// reserve is what a leg may come to at most.
func (r Request) reserve(l Leg) int64 {
	talk := Unlimited
	if r.Round != nil {
		talk = longest(r.Round.Talk)
	}
	if l.Role == ShopLeg {
		talk += wrapping
	}
	return price(l.To, talk)
}

// books keeps what the legs and texts of the request cost, and when the carrier is asked.
func (d *decision) books() {
	for i := range d.r.Legs {
		l := &d.r.Legs[i]
		was, _ := d.was.Leg(l.ID)
		switch {
		case l.Started.IsZero():
			l.Bill = Bill{}
		case was.Started.IsZero():
			l.Cost = d.r.reserve(*l)
		case l.Status.Ended() && !was.Status.Ended():
			l.over(d.ev.At)
		}
	}
	for i := range d.r.Texts {
		t := &d.r.Texts[i]
		was, _ := d.was.Text(t.ID)
		switch {
		case t.Started.IsZero() || t.Status == TextRefused || t.Status == TextWanted:
			t.Bill = Bill{}
		case was.Started.IsZero() || was.Status == TextWanted: // also when it is tried again
			t.Cost = priceOfText(*t)
		case t.SID != "" && was.SID == "":
			t.LookAt = d.ev.At.Add(textLooks[0])
		}
	}
}

// over: only what was answered costs anything.
func (l *Leg) over(at time.Time) {
	l.Cost = 0
	if !l.Answer.IsZero() {
		l.Cost = price(l.To, max(l.End.Sub(l.Answer), time.Second))
	}
	if l.SID != "" {
		l.LookAt = at.Add(legLooks[0])
	}
}

// looked notes what the carrier said when it was asked, and when it is asked next.
// A price in another currency than the owner's limit is left alone: the estimate stays.
func (b *Bill) looked(ev Event, waits []time.Duration, settled bool) {
	b.Looks++
	b.LookAt = time.Time{}
	if ev.Currency == "USD" {
		b.Cost, b.Priced = ev.Price, true
	}
	if (!settled || !b.Priced) && b.Looks < len(waits) {
		b.LookAt = ev.At.Add(waits[b.Looks])
	}
}

// talk is the longest talk that the day's money has, up to the owner's limit; false:
// not even a short one.
func (d *decision) talk() (time.Duration, bool) {
	if d.rules.SpendLeft < 0 {
		return d.rules.Talk, true
	}
	var shop, around int64
	for _, p := range d.affordable() {
		if minute := price(p.Number, time.Minute); d.rules.AtOnce {
			shop, around = shop+minute, around+price(p.Number, wrapping)
		} else if minute > shop { // in turn any of them may be the one that talks
			shop, around = minute, price(p.Number, wrapping)
		}
	}
	return d.rules.affords(d.rules.SpendLeft-around, price(d.r.Number, time.Minute)+shop)
}

// affords is the longest talk that so much money has at so much a minute.
func (r Rules) affords(left, aMinute int64) (time.Duration, bool) {
	room := time.Duration(left/aMinute) * time.Minute
	switch {
	case room < shortest(r.Talk):
		return 0, false
	case room < longest(r.Talk):
		return room, true
	}
	return r.Talk, true
}

// talkIn is talk for a call that came in and that this phone takes. reserved is what is
// kept for it already.
func (r Rules) talkIn(to string, reserved int64) (time.Duration, bool) {
	if r.SpendLeft < 0 {
		return r.Talk, true
	}
	return r.affords(r.SpendLeft+reserved, r.priceIn(to, time.Minute))
}

// priceIn reckons a call that came in and was put through: the carrier bills the caller's
// leg to the shop's number as well as the one to the shop's phone.
func (r Rules) priceIn(to string, long time.Duration) int64 {
	return price(r.From, long) + price(to, long)
}
