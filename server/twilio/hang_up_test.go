package twilio_test

import (
	"net/http"
	"testing"
	"time"

	"ringback/server/callback"
	"ringback/server/practice"
	"ringback/server/twilio/twiliotest"
)

const stranger = "CA00000000000000000000000000000000"

// ended waits for the call's last report.
func (x *exchange) ended(t *testing.T, sid string, reports <-chan string) callback.CallStatus {
	t.Helper()
	for status := range reports {
		if callback.CallStatus(status).Ended() {
			r, _ := x.Network.Record(sid)
			return r.Status
		}
	}
	return ""
}

// reports gives the statuses that are reported, in order.
func (x *exchange) reports() <-chan string {
	all := make(chan string, 16)
	x.Network.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		all <- r.PostForm.Get("CallStatus")
		w.WriteHeader(http.StatusNoContent)
	})
	return all
}

func TestARingingCallIsEnded(t *testing.T) {
	x := open(t)
	reports := x.reports()
	sid := x.call(t)
	for <-reports != "ringing" {
	}
	if err := x.client.HangUp(t.Context(), sid); err != nil {
		t.Fatal(err)
	}
	if got := x.ended(t, sid, reports); got != callback.CallCanceled {
		t.Errorf("got %s, want canceled", got)
	}
}

func TestACallThatTwilioStillHoldsQueuedIsEnded(t *testing.T) {
	for _, tt := range []struct {
		name string
		fate func(twiliotest.Request) twiliotest.Fate
	}{
		{"completed is enough", nil},
		{"completed is refused because the call is not in progress", func(r twiliotest.Request) twiliotest.Fate {
			if r.Form.Get("Status") == "completed" {
				return twiliotest.Refused(21220)
			}
			return twiliotest.Fate{}
		}},
		{"completed leaves it queued", func(r twiliotest.Request) twiliotest.Fate {
			if r.Form.Get("Status") == "completed" {
				return twiliotest.Says(false, 200, json, `{"sid":"`+r.SID+`","status":"queued"}`)
			}
			return twiliotest.Fate{}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := open(t)
			reports := x.reports()
			x.Misbehave(twiliotest.Faults{REST: tt.fate, Queues: func(string) time.Duration { return time.Hour }})
			sid := x.call(t)
			if err := x.client.HangUp(t.Context(), sid); err != nil {
				t.Fatal(err)
			}
			if got := x.ended(t, sid, reports); got != callback.CallCanceled {
				t.Errorf("got %s, want canceled", got)
			}
		})
	}
}

func TestACallThatHasEndedIsNoError(t *testing.T) {
	x := open(t)
	reports := x.reports()
	x.Network.Person = func(string) practice.Person { return practice.Script{} }
	w := wanted()
	w.To = "+12125550106" // busy
	sid, err := x.client.Call(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	x.ended(t, sid, reports)
	if err := x.client.HangUp(t.Context(), sid); err != nil {
		t.Error(err)
	}
}

func TestAHangUpThatFailsSaysSo(t *testing.T) {
	for _, tt := range []struct {
		name string
		fate twiliotest.Fate
	}{
		{"the answer is lost", twiliotest.LostAfter()},
		{"trouble inside Twilio", twiliotest.Broken(false, 503)},
		{"a page", twiliotest.Page(false, 200)},
		{"too many requests", twiliotest.Refused(20429)},
		{"a call that Twilio does not know", twiliotest.Fate{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := open(t)
			x.does(tt.fate)
			if err := x.client.HangUp(t.Context(), stranger); err == nil {
				t.Error("got no error")
			}
			if got := len(x.Requests()); got != 1 {
				t.Errorf("got %d requests, want one", got)
			}
		})
	}
}
