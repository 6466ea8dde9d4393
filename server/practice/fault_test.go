package practice_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"ringback/server/callback"
	"ringback/server/practice"
)

var errLost = errors.New("the connection was reset")

func TestRESTFaults(t *testing.T) {
	bad := &callback.CarrierError{Refusal: callback.AccountBad, Code: 20003}
	for _, tt := range []struct {
		name string
		out  practice.Outcome
		want error
		made bool
	}{
		{"no fault", practice.Outcome{}, nil, true},
		{"refused", practice.Outcome{Err: bad}, bad, false},
		{"lost on the way there", practice.Outcome{Err: errLost}, errLost, false},
		{"lost on the way back", practice.Outcome{Err: errLost, Done: true}, errLost, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := open(t, home)
				defer s.close()
				s.net.Faults.Call = func(callback.Call) practice.Outcome { return tt.out }
				_, err := s.net.Call(t.Context(), callback.Call{Leg: "a-1", To: shopBusy, From: ours, Base: practice.DefaultBase, Ring: ring})
				if !errors.Is(err, tt.want) || (err == nil) != (tt.want == nil) {
					t.Errorf("got %v, want %v", err, tt.want)
				}
				over()
				if made := len(s.reports["a-1"]) > 0; made != tt.made {
					t.Errorf("made: got %t, want %t", made, tt.made)
				}
			})
		})
	}
}

func TestQuestionsThatAreNotAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, home)
		defer s.close()
		s.net.Faults = practice.Faults{
			HangUp:   func(string) error { return errLost },
			Ask:      func(string) error { return errLost },
			Find:     func(callback.Call) error { return errLost },
			FindText: func(callback.Message) error { return errLost },
		}
		sid := s.call(shopAway)
		_, asked := s.net.Ask(t.Context(), sid)
		_, found := s.net.Find(t.Context(), callback.Call{}, time.Now(), nil)
		_, foundText := s.net.FindText(t.Context(), message, time.Now())
		for what, err := range map[string]error{"HangUp": s.net.HangUp(t.Context(), sid), "Ask": asked, "Find": found, "FindText": foundText} {
			if !errors.Is(err, errLost) {
				t.Errorf("%s: got %v, want %v", what, err, errLost)
			}
		}
		time.Sleep(ring)
		synctest.Wait()
		s.heard(nil, map[string][]string{"a-1": noAnswer}) // HangUp was not done
	})
}

func TestWebhookFaults(t *testing.T) {
	ringing := func(w practice.Webhook) bool { return w.Form.Get("CallStatus") == "ringing" }
	for _, tt := range []struct {
		name   string
		faults func(practice.Webhook) practice.Fate
		want   []string
	}{
		{"one is lost", func(w practice.Webhook) practice.Fate { return practice.Fate{Drop: ringing(w)} },
			[]string{"0 initiated", "2 no-answer"}},
		{"one comes twice", func(w practice.Webhook) practice.Fate {
			if ringing(w) {
				return practice.Fate{Repeat: 1}
			}
			return practice.Fate{}
		}, []string{"0 initiated", "1 ringing", "1 ringing", "2 no-answer"}},
		{"one comes after the end", func(w practice.Webhook) practice.Fate {
			if ringing(w) {
				return practice.Fate{Delay: time.Minute}
			}
			return practice.Fate{}
		}, []string{"0 initiated", "2 no-answer", "1 ringing"}},
		{"all are lost", func(practice.Webhook) practice.Fate { return practice.Fate{Drop: true} }, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := open(t, home)
				defer s.close()
				s.net.Faults.Webhook = tt.faults
				s.call(shopAway)
				over()
				if diff := cmp.Diff(tt.want, s.reports["a-1"]); diff != "" {
					t.Errorf("-want +got:\n%s", diff)
				}
				s.warned()
			})
		})
	}
}

func TestARepeatCarriesTheSameToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, home)
		defer s.close()
		s.net.Faults.Webhook = func(practice.Webhook) practice.Fate { return practice.Fate{Repeat: 1} }
		s.call(shopBusy)
		over()
		if len(s.tokens) != 6 || s.tokens[0] == "" || s.tokens[0] != s.tokens[1] || s.tokens[1] == s.tokens[2] {
			t.Errorf("got %q, want three tokens, each twice", s.tokens)
		}
	})
}

func TestWhenTheTwiMLIsLostTheCallEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, home)
		defer s.close()
		s.net.Faults.Webhook = func(w practice.Webhook) practice.Fate { return practice.Fate{Drop: w.TwiML} }
		s.call(shopAccepts)
		over()
		s.heard(nil, map[string][]string{"a-1": answered})
	})
}

func TestANumberThatFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, home)
		defer s.close()
		s.net.Faults.Fails = func(to string) int {
			if to == home {
				return 13224
			}
			return 0
		}
		s.call(shopAccepts)
		over()
		s.heard([]string{"whisper", "key 1 in try 1", "dialled failed bridged=false shopGone=false"},
			map[string][]string{"a-1": answered, "a-2": {"0 initiated", "1 failed"}})
		codes := 0
		for _, form := range s.forms {
			if form.Get("ErrorCode") == "13224" {
				codes++
			}
		}
		if codes != 2 {
			t.Errorf("got the code %d times, want it in the report and in the Dial's action", codes)
		}
	})
}
