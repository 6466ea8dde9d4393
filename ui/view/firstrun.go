package view

import (
	"strings"

	"ringback/server/callback"
	"ringback/server/desk"
)

// firstRunLasts is how many requests practice may have for somebody to be new to it.
const firstRunLasts = 5

// Guide leads through the first request that is pretended.
type Guide struct {
	Title string
	Text  string // what to do now
	Steps []Step
	Over  bool // they have talked
	Again bool // it ended otherwise: it can be tried once more
}

// The steps, as stages that a request is at.
const (
	guideAnswer = iota + 1 // after the request itself
	guidePress
	guideVisitor
	guideTalk
	guideOver
)

// Guide says how far the newest request is; recent are the newest few, newest first. There
// is a guide only in practice, from the first request until one after the first talk.
func (w Words) Guide(s desk.Shop, recent []callback.Request) (g Guide, on bool) {
	if !s.Practice || len(recent) == 0 || len(recent) > firstRunLasts {
		return Guide{}, false
	}
	for _, r := range recent[1:] {
		if r.Status == callback.Completed {
			return Guide{}, false
		}
	}
	at, lost := guideStage(recent[0])
	g = Guide{Title: w.Say("firstrun_title"), Over: at == guideOver, Again: lost}
	switch {
	case lost:
		g.Title = w.Say("firstrun_lost_title")
		g.Text = w.Say("firstrun_lost", "what", strings.TrimSuffix(w.now(recent[0], s.Line, s.Now), "."))
	case g.Over:
		g.Title, g.Text = w.Say("firstrun_over_title"), w.Say("firstrun_over")
	default:
		g.Text = w.Say(map[int]string{
			guideAnswer: "firstrun_answer", guidePress: "firstrun_press", guideVisitor: "firstrun_visitor", guideTalk: "firstrun_talk",
		}[at])
		if at == guideAnswer && ownCall(recent[0]) {
			g.Text = w.Say("firstrun_answer_own")
		}
	}
	for i, key := range []string{"firstrun_step_request", "firstrun_step_answer", "firstrun_step_press", "firstrun_step_visitor", "firstrun_step_talk"} {
		step := Step{Label: w.Say(key)}
		switch {
		case i < at:
			step.State = Past
		case i == at && !lost:
			step.State = Now
		}
		g.Steps = append(g.Steps, step)
	}
	return g, true
}

// guideStage is how far a request is; lost: it ended, or rests, before the two talked.
func guideStage(r callback.Request) (at int, lost bool) {
	switch r.Status {
	case callback.Pending:
		return guideAnswer, false
	case callback.Calling:
		if stageOf(r) == whisper {
			return guidePress, false
		}
		return guideAnswer, false
	case callback.Connecting:
		return guideVisitor, false
	case callback.Connected:
		return guideTalk, false
	case callback.Completed:
		return guideOver, false
	case callback.NoAnswer:
		return guideVisitor, true // the shop had accepted
	case callback.Unverified, callback.Scheduled, callback.Missed, callback.SMSSent, callback.Failed, callback.Cancelled, callback.Expired:
	}
	return guideAnswer, true
}
