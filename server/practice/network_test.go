package practice_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"ringback/server/callback"
	"ringback/server/practice"
	"ringback/server/twilio"
)

// Phones whose last digit tells the script what they do.
const (
	shopAccepts   = "+12125550101"
	shopBusy      = "+12125550106"
	shopAway      = "+12125550107"
	shopVoicemail = "+12125550108"
	shopHesitates = "+12125550109"
	home          = "+12125550121"
	homeBusy      = "+12125550127"
	homeAway      = "+12125550128"
	homeVoicemail = "+12125550129"
	ours          = "+12125550100"

	ring = 20 * time.Second
)

// site is the other side: it answers webhooks as the server will, and writes down
// what came.
type site struct {
	t        *testing.T
	net      *practice.Network
	visitor  string
	whispers string // instead of the whisper, if not empty
	down     func(w http.ResponseWriter, r *http.Request) bool

	mu      sync.Mutex
	reports map[string][]string // by leg or text: status and sequence number
	wants   []string            // TwiML that was asked for, and with what
	forms   []url.Values
	tokens  []string
}

// open makes a network in front of a site.
func open(t *testing.T, visitor string) *site {
	t.Helper()
	s := &site{t: t, net: practice.New(nil), visitor: visitor, reports: map[string][]string{}}
	s.net.Handler = s
	return s
}

func (s *site) close() {
	if err := s.net.Close(); err != nil {
		s.t.Error(err)
	}
}

// call rings a shop phone as leg a-1.
func (s *site) call(to string) string {
	s.t.Helper()
	sid, err := s.net.Call(s.t.Context(), callback.Call{Leg: "a-1", To: to, From: ours, Base: practice.DefaultBase, Ring: ring, Talk: time.Hour})
	if err != nil {
		s.t.Fatal(err)
	}
	return sid
}

func (s *site) stands(sid string) callback.Report {
	s.t.Helper()
	report, err := s.net.Ask(s.t.Context(), sid)
	if err != nil {
		s.t.Fatal(err)
	}
	return report
}

// over lets fake time pass until everything has ended.
func over() {
	time.Sleep(time.Hour)
	synctest.Wait()
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.down != nil && s.down(w, r) {
		return
	}
	if err := r.ParseForm(); err != nil {
		s.t.Error(err)
	}
	v := twilio.Verifier{Base: practice.DefaultBase, AccountSID: s.net.Account, Tokens: []string{s.net.Token}}
	if err := v.Verify(r, r.PostForm); err != nil {
		s.t.Errorf("%s: %v", r.URL.Path, err)
	}
	ev, err := twilio.Parse(r.URL.Path, r.URL.Query(), r.PostForm, r.Header.Get(twilio.TokenHeader), time.Now())
	if err != nil {
		s.t.Errorf("%s: %v", r.URL.Path, err)
	}
	s.write(ev, r)
	if ev.Kind == callback.LegStatus || ev.Kind == callback.TextInfo {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Header().Set("Content-Type", twilio.ContentType)
	_, _ = w.Write(s.answer(ev))
}

func (s *site) write(ev callback.Event, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forms = append(s.forms, r.PostForm)
	s.tokens = append(s.tokens, r.Header.Get(twilio.TokenHeader))
	switch ev.Kind {
	case callback.LegStatus:
		s.reports[ev.Leg] = append(s.reports[ev.Leg], fmt.Sprintf("%d %s", ev.Seq, r.PostForm.Get("CallStatus")))
	case callback.TextInfo:
		s.reports[ev.Text] = append(s.reports[ev.Text], string(ev.TextNow))
	case callback.Answered:
		s.wants = append(s.wants, "whisper")
	case callback.Key:
		s.wants = append(s.wants, fmt.Sprintf("key %s in try %d", ev.Digits, ev.Try))
	default:
		s.wants = append(s.wants, fmt.Sprintf("dialled %s bridged=%t shopGone=%t", ev.Status, ev.Bridged, ev.ShopGone))
	}
}

func (s *site) answer(ev callback.Event) []byte {
	switch {
	case ev.Kind == callback.Answered && s.whispers != "":
		return []byte(s.whispers)
	case ev.Kind == callback.Answered:
		return twilio.Render(callback.Step{Kind: callback.StepWhisper, Leg: ev.Leg, Name: "Ann", Number: s.visitor, From: ours}, practice.DefaultBase)
	case ev.Kind == callback.Key && ev.Digits == "1":
		return twilio.Render(callback.Step{Kind: callback.StepConnect, Leg: ev.Leg, Visitor: "a-2", To: s.visitor, From: ours,
			Ring: ring, Talk: 10 * time.Minute}, practice.DefaultBase)
	case ev.Kind == callback.Key:
		return twilio.Render(callback.Step{Kind: callback.StepWhisper, Leg: ev.Leg, Try: ev.Try + 1, Name: "Ann"}, practice.DefaultBase)
	}
	return twilio.Render(callback.Step{Kind: callback.StepHangUp}, practice.DefaultBase)
}

// heard compares what came with what should have come.
func (s *site) heard(wants []string, reports map[string][]string) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if diff := cmp.Diff(wants, s.wants); diff != "" {
		s.t.Errorf("TwiML asked for (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(reports, s.reports); diff != "" {
		s.t.Errorf("status callbacks (-want +got):\n%s", diff)
	}
}

func (s *site) warned(want ...string) {
	s.t.Helper()
	if got := s.net.Warnings(); !slices.Equal(got, want) {
		s.t.Errorf("warnings: got %q, want %q", got, want)
	}
}

var (
	answered = []string{"0 initiated", "1 ringing", "2 in-progress", "3 completed"}
	busy     = []string{"0 initiated", "1 ringing", "2 busy"}
	noAnswer = []string{"0 initiated", "1 ringing", "2 no-answer"}
	canceled = []string{"0 initiated", "1 ringing", "2 canceled"}
)

func TestCallsByScript(t *testing.T) {
	type reports = map[string][]string
	accepted := []string{"whisper", "key 1 in try 1"}
	for _, tt := range []struct {
		name, shop, visitor string
		wants               []string
		reports             reports
	}{
		{"both answer and talk", shopAccepts, home,
			append(accepted, "dialled completed bridged=true shopGone=false"), reports{"a-1": answered, "a-2": answered}},
		{"the shop is busy", shopBusy, home, nil, reports{"a-1": busy}},
		{"the shop does not answer", shopAway, home, nil, reports{"a-1": noAnswer}},
		{"the shop's voicemail presses nothing", shopVoicemail, home, []string{"whisper"}, reports{"a-1": answered}},
		{"the shop presses nothing", shopHesitates, home, []string{"whisper"}, reports{"a-1": answered}},
		{"the visitor is busy", shopAccepts, homeBusy,
			append(accepted, "dialled busy bridged=false shopGone=false"), reports{"a-1": answered, "a-2": busy}},
		{"the visitor does not answer", shopAccepts, homeAway,
			append(accepted, "dialled no-answer bridged=false shopGone=false"), reports{"a-1": answered, "a-2": noAnswer}},
		{"the visitor's voicemail answers", shopAccepts, homeVoicemail,
			append(accepted, "dialled completed bridged=true shopGone=false"), reports{"a-1": answered, "a-2": answered}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := open(t, tt.visitor)
				defer s.close()
				sid := s.call(tt.shop)
				over()
				s.heard(tt.wants, tt.reports)
				s.warned()
				if got := s.stands(sid).Status; !got.Ended() {
					t.Errorf("the call is %s, want it over", got)
				}
			})
		})
	}
}

func TestTheTimesOfACall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, home)
		defer s.close()
		began := time.Now()
		sid := s.call(shopAway)
		time.Sleep(ring - time.Millisecond)
		synctest.Wait()
		if got := s.stands(sid).Status; got != callback.CallRinging {
			t.Errorf("before the ring time is over: got %s, want ringing", got)
		}
		time.Sleep(time.Millisecond)
		synctest.Wait()
		if got := s.stands(sid).Status; got != callback.CallNoAnswer {
			t.Errorf("after %s: got %s, want no-answer", time.Since(began), got)
		}
	})
}

func TestATalkIsMeasured(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, home)
		defer s.close()
		s.call(shopAccepts)
		over()
		var got []string
		for _, form := range s.forms {
			if form.Has("DialCallDuration") {
				got = append(got, "dial "+form.Get("DialCallDuration"))
			}
			if form.Get("CallStatus") == "completed" && form.Has("ParentCallSid") {
				got = append(got, "visitor "+form.Get("CallDuration"))
			}
		}
		slices.Sort(got)
		if want := []string{"dial 5", "visitor 5"}; !slices.Equal(got, want) {
			t.Errorf("seconds: got %q, want %q", got, want)
		}
	})
}

func TestAtTenTimesTheSpeedItTakesATenth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, home)
		defer s.close()
		s.net.Speed = 10
		sid := s.call(shopAway)
		time.Sleep(ring / 10)
		synctest.Wait()
		if got := s.stands(sid).Status; got != callback.CallNoAnswer {
			t.Errorf("got %s, want no-answer", got)
		}
	})
}

func TestAPhoneOnAnotherCallIsBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, home)
		defer s.close()
		first := s.call(shopAway)
		synctest.Wait()
		second := s.call(shopAway)
		synctest.Wait()
		if got := s.stands(first).Status; got != callback.CallRinging {
			t.Errorf("first call: got %s, want ringing", got)
		}
		if got := s.stands(second).Status; got != callback.CallBusy {
			t.Errorf("second call: got %s, want busy", got)
		}
		over()
		third := s.call(shopAway)
		synctest.Wait()
		if got := s.stands(third).Status; got != callback.CallRinging {
			t.Errorf("a call when the phone is free again: got %s, want ringing", got)
		}
	})
}

func TestHangUp(t *testing.T) {
	for _, tt := range []struct {
		name    string
		shop    string
		visitor string
		after   time.Duration
		status  callback.CallStatus
		reports map[string][]string
	}{
		{"while the shop rings", shopAway, home, time.Second, callback.CallCanceled, map[string][]string{"a-1": canceled}},
		{"while the whisper is said", shopHesitates, home, 1500 * time.Millisecond, callback.CallDone, map[string][]string{"a-1": answered}},
		{"while the visitor rings", shopAccepts, homeAway, 5 * time.Second, callback.CallDone, map[string][]string{"a-1": answered, "a-2": canceled}},
		{"while they talk", shopAccepts, home, 6 * time.Second, callback.CallDone, map[string][]string{"a-1": answered, "a-2": answered}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := open(t, tt.visitor)
				defer s.close()
				sid := s.call(tt.shop)
				time.Sleep(tt.after)
				for range 2 {
					if err := s.net.HangUp(t.Context(), sid); err != nil {
						t.Fatal(err)
					}
				}
				synctest.Wait()
				if got := s.stands(sid).Status; got != tt.status {
					t.Errorf("at once: got %s, want %s", got, tt.status)
				}
				if diff := cmp.Diff(tt.reports, s.reports); diff != "" {
					t.Errorf("status callbacks (-want +got):\n%s", diff)
				}
				if err := s.net.HangUp(t.Context(), sid); err != nil {
					t.Errorf("a call that has ended: %v", err)
				}
			})
		})
	}
}

func TestAnUnknownCallHasEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, home)
		defer s.close()
		unknown := "CA" + strings.Repeat("0", 32)
		if got := s.stands(unknown); got.Status != callback.CallDone || got.SID != unknown {
			t.Errorf("got %+v, want it completed", got)
		}
		if err := s.net.HangUp(t.Context(), unknown); err != nil {
			t.Errorf("hanging it up: %v", err)
		}
	})
}

func TestFind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		before := time.Now().Add(-time.Second)
		s := open(t, home)
		defer s.close()
		s.net.Faults.Call = func(callback.Call) practice.Outcome {
			return practice.Outcome{Err: context.DeadlineExceeded, Done: true}
		}
		call := callback.Call{Leg: "a-1", To: shopAccepts, From: ours, Base: practice.DefaultBase, Ring: ring}
		started := time.Now()
		find := func(c callback.Call, since time.Time, known ...string) (callback.Report, error) {
			return s.net.Find(t.Context(), c, since, known)
		}
		if _, err := find(call, started); !isNotFound(err) {
			t.Errorf("before it was made: got %v, want ErrNotFound", err)
		}
		if _, err := s.net.Call(t.Context(), call); err == nil {
			t.Fatal("the answer was to be lost")
		}
		time.Sleep(5500 * time.Millisecond)
		found, err := find(call, started)
		if err != nil || found.Status != callback.CallAnswered || found.SID == "" {
			t.Errorf("got %+v, %v, want the call", found, err)
		}
		if _, err := find(call, started, found.SID); !isNotFound(err) {
			t.Errorf("its SID known as another leg's: got %v, want ErrNotFound", err)
		}
		if _, err := find(call, time.Now()); !isNotFound(err) {
			t.Errorf("looked for since later: got %v, want ErrNotFound", err)
		}
		other := call
		other.To = shopAway
		if _, err := find(other, started); !isNotFound(err) {
			t.Errorf("another number: got %v, want ErrNotFound", err)
		}
		visitor, err := find(callback.Call{Leg: "a-2", To: home, From: ours}, started)
		if err != nil || visitor.SID == found.SID {
			t.Errorf("a dialled call: got %+v, %v, want it found", visitor, err)
		}
		if got, err := find(other, before); err != nil || got.Status != callback.CallDone {
			t.Errorf("an attempt of an earlier start: got %+v, %v, want it ended", got, err)
		}
	})
}

func TestCallRefuses(t *testing.T) {
	for _, tt := range []struct {
		name string
		call callback.Call
		want callback.Refusal
	}{
		{"a number that is none", callback.Call{To: "0101", From: ours}, callback.NumberBad},
		{"no number of the shop's own", callback.Call{To: shopAccepts}, callback.AccountBad},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := open(t, home)
				defer s.close()
				_, err := s.net.Call(t.Context(), tt.call)
				refused(t, err, tt.want)
			})
		})
	}
}
