package callback

import (
	"context"
	"errors"
	"slices"
	"time"
)

// Incoming is a call of somebody who rang the shop's number at the carrier. While it
// lasts no round for that number starts, and it takes one of the shop's lines.
type Incoming struct {
	SID     string
	Number  string // the caller's, E.164; empty: withheld
	Request int64  // what it is about; 0: nothing that we know of
	Phone   string // the label of the phone that it was put through to; empty: to none
	To      string // that phone's number, E.164
	Base    string // the public address that its webhooks come to
	Started time.Time
	Answer  time.Time // when the shop accepted it
	End     time.Time // zero: it lasts
	Bill              // of the leg to the shop's phone
}

// Look is something that the carrier is to be asked about: how it stands, and what it
// cost. One of Leg, Text and Incoming is set.
type Look struct {
	Request  int64
	Leg      string
	Text     string
	Incoming bool
	SID      string
}

// incoming takes an event of a call that came in.
func (u *update) incoming(ev Event) (Step, error) {
	if ev.Kind == CalledIn {
		return u.cameIn(ev)
	}
	in, err := u.tx.Incoming(ev.Call)
	if err != nil {
		return Step{}, err
	}
	r, err := u.about(in)
	if err != nil {
		return Step{}, err
	}
	rules, err := u.rules(r, u.now)
	if err != nil {
		return Step{}, err
	}
	switch {
	case ev.Kind == InEnded:
		return u.inEnded(in, r, ev)
	case !in.End.IsZero():
		return Step{Kind: StepHangUp}, nil // the caller has hung up meanwhile
	case ev.Kind == InKey && ev.Digits == "1":
		in.Answer = u.now
		return Step{}, u.tx.SaveIncoming(in) // an empty answer joins them
	case ev.Kind == InKey && ev.Try >= Whispers:
		return Step{Kind: StepHangUp}, nil
	}
	try := 1
	if ev.Kind == InKey {
		try = ev.Try + 1
	}
	return Step{Kind: StepWhisper, Call: in.SID, Try: try, Language: rules.Language,
		Name: r.Name, Number: in.Number, From: rules.From, Message: r.Message}, nil
}

// about is the request that a call is about; none is the zero Request.
func (u *update) about(in Incoming) (Request, error) {
	if in.Request == 0 {
		return Request{}, nil
	}
	return u.tx.Request(in.Request)
}

// cameIn answers whoever rings the shop's number.
func (u *update) cameIn(ev Event) (Step, error) {
	in, err := u.tx.Incoming(ev.Call)
	again := err == nil
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Step{}, err
	}
	r, known, err := u.regarding(ev.From)
	if err != nil {
		return Step{}, err
	}
	rules, err := u.rules(r, u.now)
	if err != nil {
		return Step{}, err
	}
	language := rules.Language
	if known && r.Language != "" {
		language = r.Language
	}
	if again {
		if in.To == "" || !in.End.IsZero() {
			return Step{Kind: StepHangUp}, nil
		}
		talk, enough := rules.talkIn(in.To, in.Cost)
		if !enough { // the limits have changed since
			talk = shortest(rules.Talk)
		}
		return through(in, rules, language, talk), nil
	}
	blocked, _, err := u.tx.Barred(ev.From)
	if err != nil {
		return Step{}, err
	}
	in = Incoming{SID: ev.Call, Number: ev.From, Request: r.ID, Started: u.now}
	step := Step{Kind: StepHangUp}
	if phrase := u.refuses(r, known, rules, ev.From); blocked {
		in.End = u.now
	} else if phrase != "" {
		in.End, step = u.now, Step{Kind: StepSay, Phrase: phrase, Language: language}
		if phrase == SayClosed {
			step.When = rules.opensAt()
		}
	} else {
		p := rules.Phones[0]
		in.Phone, in.To, in.Base = p.Label, p.Number, rules.Base
		talk, _ := rules.talkIn(p.Number, 0)
		in.Cost, in.LookAt = rules.priceIn(p.Number, longest(talk)), u.now.Add(p.Ring+WhisperTakes+AskAgain)
		step = through(in, rules, language, talk)
	}
	if err := u.tx.SaveIncoming(in); err != nil {
		return Step{}, err
	}
	return step, u.tx.Log(u.now, r.ID, Note{Kind: string(CalledIn),
		Body: map[string]any{"phone": in.Phone, "answer": string(step.Phrase), "blocked": blocked, "trace": ev.Trace}})
}

// refuses is what a caller hears who is not put through; empty: he is.
func (u *update) refuses(r Request, known bool, rules Rules, from string) Phrase {
	nobody := SayNobody
	if known && (r.Status.Open() || r.Status.ForOwner() && r.TickedOff == nil) {
		nobody = SayOnList
	}
	own := slices.ContainsFunc(rules.Phones, func(p Phone) bool { return p.Number == from })
	switch {
	case own:
		return SayIncoming
	case r.Status.UnderWay():
		return SayRinging
	case rules.closed():
		return SayClosed
	case rules.LineFull:
		return SayBusy
	case u.Carrier == nil, len(rules.Phones) == 0, rules.CallsLeft == 0:
		return nobody
	}
	if _, enough := rules.talkIn(rules.Phones[0].Number, 0); !enough {
		return nobody
	}
	return ""
}

// through rings the shop's phone for a call that came in.
func through(in Incoming, rules Rules, language string, talk time.Duration) Step {
	step := Step{Kind: StepThrough, Call: in.SID, Language: language, To: in.To, From: rules.From, Talk: talk}
	for _, p := range rules.Phones {
		if p.Number == in.To {
			step.Ring = p.Ring
		}
	}
	return step
}

// inEnded: the leg to the shop's phone has ended. They talked if the shop accepted and
// the two were bridged.
func (u *update) inEnded(in Incoming, r Request, ev Event) (Step, error) {
	step := Step{Kind: StepHangUp}
	if !in.End.IsZero() {
		return step, nil
	}
	talked := ev.Bridged && !in.Answer.IsZero()
	if err := u.endIncoming(in, ev.Status); err != nil {
		return step, err
	}
	if !talked {
		phrase := SayNobody
		if r.Status.Open() || r.Status.ForOwner() && r.TickedOff == nil {
			phrase = SayOnList
		}
		language := u.Rules(u.now).Language
		if r.Language != "" {
			language = r.Language
		}
		step = Step{Kind: StepSay, Phrase: phrase, Language: language}
	}
	if talked && in.Number != "" {
		if err := u.talkedIn(in, ev); err != nil {
			return step, err
		}
	}
	return step, u.moveLine()
}

// talkedIn completes what the caller had asked for.
func (u *update) talkedIn(in Incoming, ev Event) error {
	ids, err := u.tx.Unsettled(in.Number)
	if err != nil {
		return err
	}
	for _, id := range ids {
		r, err := u.tx.Request(id)
		if err != nil {
			return err
		}
		if !r.Status.CanBecome(Completed) || r.Status.UnderWay() {
			continue
		}
		if _, err := u.apply(r, Event{Kind: Bridge, Talked: u.now.Sub(in.Answer), Trace: ev.Trace}); err != nil {
			return err
		}
	}
	return nil
}

// endIncoming books it from its start. how is how the leg to the shop's phone ended, where
// that is known: one that was picked up costs something, also where nobody pressed 1.
func (u *update) endIncoming(in Incoming, how CallStatus) error {
	rules := u.Rules(u.now)
	in.End, in.LookAt = u.now, time.Time{}
	long := max(in.End.Sub(in.Started), time.Second)
	in.Cost = rules.priceIn(in.To, long)
	if in.Answer.IsZero() && how.Ended() && how != CallDone {
		in.Cost = price(rules.From, long)
	}
	if err := u.tx.SaveIncoming(in); err != nil {
		return err
	}
	return u.tx.Log(u.now, in.Request, Note{Kind: string(InEnded), Body: map[string]any{"phone": in.Phone, "accepted": !in.Answer.IsZero()}})
}

// lookForIncoming asks whether a call that came in still lasts, in case every word of its
// end was lost. One that can't be asked about for long has ended.
func (e *Engine) lookForIncoming(ctx context.Context, sid string) error {
	work, stop := context.WithTimeout(ctx, carrierTakes)
	defer stop()
	report, err := e.Carrier.Ask(work, sid)
	return e.update(ctx, func(u *update) error {
		in, gone := u.tx.Incoming(sid)
		if gone != nil || !in.End.IsZero() {
			return gone
		}
		late := u.now.Sub(in.Started) > GiveUp+longest(u.Rules(u.now).Talk)
		switch {
		case err == nil && report.Status.Ended(), errors.Is(err, ErrNotFound), err != nil && late:
			if err := u.endIncoming(in, ""); err != nil {
				return err
			}
			if talked := err == nil && in.Looks > 0; talked && in.Number != "" {
				if err := u.talkedIn(in, Event{}); err != nil {
					return err
				}
			}
			return u.moveLine()
		case in.Answer.IsZero():
			in.LookAt = u.now.Add(AskAgain)
		default:
			if err == nil {
				in.Looks++ // it went on after the shop had accepted: they talk
			}
			in.LookAt = u.now.Add(TalkCheck)
		}
		return u.tx.SaveIncoming(in)
	})
}
