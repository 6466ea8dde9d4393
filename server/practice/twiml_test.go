package practice_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ringback/server/callback"
	"ringback/server/practice"
)

// play answers the whisper with that TwiML and lets the shop's phone be held by
// somebody who does nothing unless told.
func play(t *testing.T, twiml string, do func(*practice.Hand)) (s *site, lasted time.Duration) {
	t.Helper()
	s = open(t, home)
	s.whispers = twiml
	hand := &practice.Hand{}
	s.net.Person = func(number string) practice.Person {
		if number == shopAccepts {
			return hand
		}
		return nil
	}
	sid := s.call(shopAccepts)
	synctest.Wait()
	if err := hand.Answer(shopAccepts); err != nil {
		t.Fatal(err)
	}
	if do != nil {
		synctest.Wait()
		do(hand)
	}
	over()
	return s, s.stands(sid).Talked
}

func TestTwiML(t *testing.T) {
	press := func(keys ...string) func(*practice.Hand) {
		return func(h *practice.Hand) {
			for _, key := range keys {
				if err := h.Press(shopAccepts, key); err != nil {
					panic(err)
				}
			}
		}
	}
	const key = `action="/twilio/key?leg=a-1&amp;try=3"`
	for _, tt := range []struct {
		name, twiml string
		do          func(*practice.Hand)
		lasted      time.Duration
		wants       []string
	}{
		{"an empty document ends the call", `<Response/>`, nil, 0, nil},
		{"words take their time", `<Response><Say>one two three four five</Say></Response>`, nil, 300 * time.Millisecond, nil},
		{"a pause takes one second", `<Response><Pause/></Response>`, nil, time.Second, nil},
		{"or as many as it says", `<Response><Pause length="7"/></Response>`, nil, 7 * time.Second, nil},
		{"Hangup ends what stands behind it", `<Response><Hangup/><Pause length="7"/></Response>`, nil, 0, nil},
		{"Gather without a key falls through after its words and its wait",
			`<Response><Gather timeout="3" ` + key + `><Say>one two</Say></Gather><Pause length="2"/></Response>`, nil,
			5*time.Second + 120*time.Millisecond, nil},
		{"Gather waits five seconds by itself", `<Response><Gather/></Response>`, nil, 5 * time.Second, nil},
		{"a key takes over, in the middle of a word",
			`<Response><Gather numDigits="1" ` + key + `><Say>one two</Say></Gather><Pause length="60"/></Response>`, press("2"), 0,
			[]string{"key 2 in try 3"}},
		{"keys without a number end with the wait", `<Response><Gather timeout="3" ` + key + `/></Response>`, press("4", "2"), 3 * time.Second,
			[]string{"key 42 in try 3"}},
		{"the finish key ends them at once", `<Response><Gather ` + key + `/></Response>`, press("4", "2", "#"), 0,
			[]string{"key 42 in try 3"}},
		{"the finish key alone falls through", `<Response><Gather numDigits="1" ` + key + `/><Pause/></Response>`, press("#"), time.Second, nil},
		{"without a finish key it is a key", `<Response><Gather numDigits="1" finishOnKey="" ` + key + `/></Response>`, press("#"), 0,
			[]string{"key # in try 3"}},
		{"no key can be an answer too", `<Response><Gather timeout="1" actionOnEmptyResult="true" ` + key + `/></Response>`, nil, time.Second,
			[]string{"key  in try 3"}},
		{"a key that nobody asked for is forgotten", `<Response><Pause length="2"/><Gather timeout="1" ` + key + `/></Response>`, press("1"), 3 * time.Second, nil},
		{"Redirect goes on elsewhere", `<Response><Redirect>/twilio/key?leg=a-1&amp;try=3</Redirect><Pause/></Response>`, nil, 0,
			[]string{"key  in try 3"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, lasted := play(t, tt.twiml, tt.do)
				defer s.close()
				s.heard(append([]string{"whisper"}, tt.wants...), map[string][]string{"a-1": answered})
				s.warned()
				if lasted != tt.lasted {
					t.Errorf("the call lasted %s, want %s", lasted, tt.lasted)
				}
			})
		})
	}
}

func TestTwiMLThatTwilioWouldComplainAbout(t *testing.T) {
	for _, tt := range []struct {
		name, twiml, want string
		lasted            time.Duration
	}{
		{"no XML ends the call", `Hello`, "12100: the document can't be parsed", 0},
		{"XML cut off ends the call", `<Response><Pause length="9"/>`, "12100: the document can't be parsed", 0},
		{"two documents end the call", `<Response/><Response/>`, "12100: something stands behind the document", 0},
		{"another document ends the call", `<html/>`, `12100: the document is a "html", not a Response`, 0},
		{"a long document ends the call", `<Response>` + strings.Repeat(" ", 64<<10) + `</Response>`, "11750: the answer is longer than 64 kB", 0},
		{"an unknown verb is passed over", `<Response><Shout/><Pause/></Response>`, `verb "Shout" in ""`, time.Second},
		{"an unknown attribute is passed over", `<Response><Pause duration="9"/></Response>`, `attribute "duration" of Pause`, time.Second},
		{"a verb in the wrong place", `<Response><Gather timeout="1"><Hangup/></Gather></Response>`, `verb "Hangup" in "Gather"`, time.Second},
		{"a Dial of nobody", `<Response><Dial/></Response>`, "a Dial must have exactly one Number, in E.164", 0},
		{"a circle", `<Response><Redirect/></Response>`, "the TwiML redirects in a circle", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, lasted := play(t, tt.twiml, nil)
				defer s.close()
				s.warned(tt.want)
				if lasted != tt.lasted {
					t.Errorf("the call lasted %s, want %s", lasted, tt.lasted)
				}
			})
		})
	}
}

func TestDialWithAForeignCallerIDFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := play(t, `<Response><Dial callerId="+12125550155" action="/twilio/dialled?leg=a-1&amp;visitor=a-2"><Number>`+home+`</Number></Dial></Response>`, nil)
		defer s.close()
		s.heard([]string{"whisper", "dialled failed bridged=false shopGone=false"}, map[string][]string{"a-1": answered})
	})
}

func TestATalkEndsAtItsLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, lasted := play(t, `<Response><Dial timeLimit="3" action="/twilio/dialled?leg=a-1&amp;visitor=a-2"><Number>`+home+`</Number></Dial></Response>`, nil)
		defer s.close()
		s.heard([]string{"whisper", "dialled completed bridged=true shopGone=false"}, map[string][]string{"a-1": answered})
		if want := 5 * time.Second; lasted != want { // two until the visitor picks up
			t.Errorf("the call lasted %s, want %s", lasted, want)
		}
	})
}

func TestAHandlerInTrouble(t *testing.T) {
	for _, tt := range []struct {
		name string
		down func(w http.ResponseWriter, r *http.Request) bool
		want string
	}{
		{"answers 503", func(w http.ResponseWriter, _ *http.Request) bool {
			w.WriteHeader(http.StatusServiceUnavailable)
			return true
		}, "11200: the handler answered 503"},
		{"redirects", func(w http.ResponseWriter, r *http.Request) bool {
			http.Redirect(w, r, "/", http.StatusSeeOther)
			return true
		}, "11200: the handler answered 303"},
		{"answers plain text", func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Content-Type", "text/plain")
			_, _ = w.Write([]byte("<Response/>"))
			return true
		}, "12300: the answer's type is not one of XML"},
		{"answers nothing", func(http.ResponseWriter, *http.Request) bool { return true }, "12300: the answer's type is not one of XML"},
		{"panics", func(http.ResponseWriter, *http.Request) bool { panic("a defect") }, "the handler panicked"},
		{"never answers", func(_ http.ResponseWriter, r *http.Request) bool {
			<-r.Context().Done()
			return true
		}, "no answer within 15 seconds"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := open(t, home)
				defer s.close()
				s.down = func(w http.ResponseWriter, r *http.Request) bool {
					return r.URL.Path == "/twilio/whisper" && tt.down(w, r)
				}
				sid := s.call(shopAccepts)
				over()
				if got := s.stands(sid).Status; got != callback.CallDone {
					t.Errorf("got %s, want the call over", got)
				}
				s.warned(tt.want)
				s.heard(nil, map[string][]string{"a-1": answered})
			})
		})
	}
}
