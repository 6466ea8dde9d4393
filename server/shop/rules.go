package shop

import (
	"cmp"
	"math"
	"time"

	"ringback/server/callback"
	"ringback/server/settings"
)

// ringVisitor is how long a visitor's phone rings: long enough to find it, short enough
// that most voicemail boxes don't take the call.
const ringVisitor = 25 * time.Second

// rulesNow are those of the present era: what is still asked of an engine of before
// begins nothing under what has changed.
func (s *era) rulesNow(now time.Time) callback.Rules {
	if present := s.era.Load(); present != nil {
		return present.rules(now)
	}
	return s.rules(now)
}

// rules are the owner's settings in the engine's words.
func (s *era) rules(now time.Time) callback.Rules {
	set := s.Settings()
	week := set.Hours.Plan()
	open := week.Open(now)
	var opens time.Time
	if !open {
		opens = week.NextOpening(now)
	}
	return callback.Rules{
		Business:     cmp.Or(set.Business.Name, "Ringback"), // a text begins with it
		Language:     set.Business.Language,
		Phones:       phones(set),
		AtOnce:       set.Business.Ring == settings.AllAtOnce,
		TextTo:       textTo(set),
		Retry:        plan(set.Retry),
		RetryVisitor: plan(set.RetryVisitor),
		Line:         s.line(now),
		CallsDay:     set.Limits.CallsDay,
		TextsDay:     set.Limits.TextsDay,
		SpendDay:     spendDay(set),
		Talk:         time.Duration(set.Limits.CallMinutes) * time.Minute,
		RingVisitor:  ringVisitor,
		From:         set.Twilio.Number,
		Base:         s.mode.base,
		Account:      s.mode.account,
		Carrier:      s.carrierName(),
		Open:         open,
		Paused:       week.Paused(now),
		OpensAt:      opens,
		AfterHours:   callback.AfterHours(set.Hours.AfterHours),
		Zone:         set.Hours.Zone(),
	}
}

// spendDay is what the shop may spend a day, in millionths of a US dollar.
func spendDay(set settings.Settings) int64 { return int64(math.Round(set.Limits.SpendDayUSD * 1e6)) }

// carrierName is empty while there is none: what is wanted then is never done.
func (s *era) carrierName() string {
	if s.mode.carrier == nil {
		return ""
	}
	return s.mode.carrier.Name()
}

func phones(set settings.Settings) []callback.Phone {
	var phones []callback.Phone
	for _, p := range set.Business.Phones {
		phones = append(phones, callback.Phone{Label: p.Label, Number: p.Number, Ring: time.Duration(p.RingSeconds) * time.Second})
	}
	return phones
}

// textTo is where the shop is texted: where the owner said, else at the first phone, so
// that a missed visitor reaches somebody.
func textTo(set settings.Settings) []string {
	if len(set.Business.SMSNumbers) > 0 || len(set.Business.Phones) == 0 {
		return set.Business.SMSNumbers
	}
	return []string{set.Business.Phones[0].Number}
}

func plan(r settings.Retry) callback.Plan {
	p := callback.Plan{Attempts: r.Attempts}
	for _, m := range r.AfterMinutes {
		p.After = append(p.After, time.Duration(m)*time.Minute)
	}
	return p
}
