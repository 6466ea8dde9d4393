package view

import (
	"testing"
	"time"

	"ringback/server/callback"
	"ringback/server/desk"
)

func TestTheStepsTickThemselvesOff(t *testing.T) {
	whispering := []callback.Leg{{Role: callback.ShopLeg, Round: 1, Status: callback.CallAnswered}}
	cases := []struct {
		name  string
		about callback.Request
		past  int // how many steps are
		now   int // which one is; -1: none
		text  string
	}{
		{"it waits for its turn", callback.Request{Status: callback.Pending}, 1, 1, "firstrun_answer"},
		{"the shop's phone rings", callback.Request{Status: callback.Calling}, 1, 1, "firstrun_answer"},
		{"the whisper plays", callback.Request{Status: callback.Calling, Round: &callback.Round{N: 1}, Legs: whispering}, 2, 2, "firstrun_press"},
		{"the visitor's phone rings", callback.Request{Status: callback.Connecting}, 3, 3, "firstrun_visitor"},
		{"they talk", callback.Request{Status: callback.Connected}, 4, 4, "firstrun_talk"},
		{"they have talked", callback.Request{Status: callback.Completed}, 5, -1, "firstrun_over"},
		{"nobody pressed 1", callback.Request{Status: callback.Missed, Reason: callback.Unanswered}, 1, -1, ""},
		{"the visitor did not answer", callback.Request{Status: callback.NoAnswer}, 3, -1, ""},
		{"cancelled", callback.Request{Status: callback.Cancelled}, 1, -1, ""},
	}
	s := desk.Shop{Practice: true}
	w := Words{Language: "en", Zone: time.UTC, Practice: true}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			g, on := w.Guide(s, []callback.Request{c.about})
			past, now := 0, -1
			for i, step := range g.Steps {
				switch step.State {
				case Past:
					past++
				case Now:
					now = i
				case ToCome:
				}
			}
			if !on || past != c.past || now != c.now {
				t.Errorf("on %v, %d steps past, step %d now; want %d and %d", on, past, now, c.past, c.now)
			}
			if c.text != "" && g.Text != w.Say(c.text) {
				t.Errorf("it says %q, want %q", g.Text, w.Say(c.text))
			}
			if want := c.text == ""; g.Again != want || g.Over != (c.text == "firstrun_over") {
				t.Errorf("again %v, over %v", g.Again, g.Over)
			}
		})
	}
}

func TestWhatWentOtherwiseIsSaidWithWhatToDo(t *testing.T) {
	g, _ := Words{Language: "en", Zone: time.UTC}.Guide(desk.Shop{Practice: true}, []callback.Request{{Status: callback.Missed, Reason: callback.Unanswered}})
	if want := "Nobody pressed 1. Nobody is forgotten: see what the list and the visitor’s page say. Then try once more."; g.Text != want {
		t.Errorf("it says %q, want %q", g.Text, want)
	}
}

func TestNobodyIsLedWhoKnowsTheWay(t *testing.T) {
	ringing, talked := callback.Request{Status: callback.Calling}, callback.Request{Status: callback.Completed}
	practice := desk.Shop{Practice: true}
	for name, c := range map[string]struct {
		shop   desk.Shop
		recent []callback.Request
		want   bool
	}{
		"the first request":               {practice, []callback.Request{ringing}, true},
		"the first talk":                  {practice, []callback.Request{talked, ringing}, true},
		"after the first talk":            {practice, []callback.Request{ringing, talked}, false},
		"a practice that has had several": {practice, []callback.Request{ringing, ringing, ringing, ringing, ringing, ringing}, false},
		"nothing asked yet":               {practice, nil, false},
		"a live shop":                     {desk.Shop{}, []callback.Request{ringing}, false},
	} {
		if _, on := (Words{Language: "en", Zone: time.UTC}).Guide(c.shop, c.recent); on != c.want {
			t.Errorf("%s: led %v, want %v", name, on, c.want)
		}
	}
}
