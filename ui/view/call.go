package view

import (
	"time"

	"ringback/server/callback"
)

// Call is a call under way, as its card shows it.
type Call struct {
	Headline string
	Sub      string // what to do meanwhile
	Since    time.Time
	Steps    []Step
}

// Step is one part of a call on its way.
type Step struct {
	Label string
	Sub   string // may be empty
	State StepState
}

// StepState says how far a step is.
type StepState int

// The states of a step.
const (
	ToCome StepState = iota
	Now
	Past
)

// Call is the card of a request that has a call on; false for any other.
func (w Words) Call(r callback.Request) (Call, bool) {
	if !r.Status.UnderWay() {
		return Call{}, false
	}
	stage := stageOf(r)
	call := Call{Since: runningSince(r), Steps: w.steps(r, stage)}
	words := stageWords[stage]
	call.Headline = w.Say(words.headline)
	key := words.sub
	if w.Practice {
		key = words.practice
	}
	call.Sub = w.Say(key, "phone", w.phoneOf(r))
	return call, true
}

// stage is how far the call is: the index of the step that is going on.
type stage int

const (
	shopRings stage = iota
	whisper
	visitorRings
	talk
)

func stageOf(r callback.Request) stage {
	switch r.Status {
	case callback.Connected:
		return talk
	case callback.Connecting:
		return visitorRings
	default:
	}
	if leg, _ := newest(r, callback.ShopLeg); leg.Status == callback.CallAnswered {
		return whisper
	}
	return shopRings
}

var stageWords = map[stage]struct{ headline, sub, practice string }{
	shopRings:    {"call_rings", "call_rings_sub", "call_rings_practice"},
	whisper:      {"call_whisper", "call_whisper_sub", "call_whisper_sub"},
	visitorRings: {"call_connecting", "call_connecting_sub", "call_connecting_practice"},
	talk:         {"call_talk", "call_talk_sub", "call_talk_practice"},
}

func (w Words) steps(r callback.Request, at stage) []Step {
	steps := []Step{
		{Label: w.Say("step_phone"), Sub: w.phoneOf(r)},
		{Label: w.Say("step_press")},
		{Label: w.Say("step_their_phone")},
		{Label: w.Say("step_talk")},
	}
	for i := range steps {
		switch {
		case stage(i) < at:
			steps[i].State = Past
		case stage(i) == at:
			steps[i].State = Now
		}
	}
	if at > whisper {
		steps[whisper].Label = w.Say("step_pressed")
		if leg, ok := newest(r, callback.VisitorLeg); ok && !leg.Started.IsZero() {
			steps[whisper].Sub = leg.Started.In(w.Zone).Format("15:04:05")
		}
	}
	if at == visitorRings {
		steps[visitorRings].Sub = w.Say("step_ringing")
	}
	return steps
}

// phoneOf is the shop's phone that the call is at.
func (w Words) phoneOf(r callback.Request) string {
	if r.Accepted != "" && r.Status != callback.Calling {
		return r.Accepted
	}
	if leg, _ := newest(r, callback.ShopLeg); leg.Phone != "" {
		return leg.Phone
	}
	return w.Say("your_phone")
}
