package twilio_test

import (
	"bytes"
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ringback/server/callback"
	"ringback/server/practice"
	"ringback/server/twilio"
	"ringback/server/twilio/twiliotest"
)

const (
	shop    = "+12125550101"
	visitor = "+12125550121"
	ours    = "+12125550100"
	public  = "https://shop.example"
)

// exchange is a client and the Twilio that it talks to.
type exchange struct {
	*twiliotest.Server
	client *twilio.Client
	log    bytes.Buffer
	clock  atomic.Int64 // how far Twilio dates its records from now
}

// open makes a Twilio whose phones nobody answers and whose webhooks are all taken.
func open(t *testing.T) *exchange {
	t.Helper()
	x := &exchange{}
	quiet := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	x.Server = twiliotest.New(quiet, func() time.Time { return time.Now().Add(time.Duration(x.clock.Load())) })
	x.Network.Person = func(string) practice.Person { return practice.Nobody{} }
	x.client = &twilio.Client{AccountSID: x.Account, Token: x.Token, BaseURL: x.URL,
		Log: slog.New(slog.NewTextHandler(&x.log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	t.Cleanup(func() {
		if err := x.client.Close(); err != nil {
			t.Error(err)
		}
		if err := x.Close(); err != nil {
			t.Error(err)
		}
		if all := x.Complaints(); len(all) > 0 {
			t.Errorf("Twilio complains: %q", all)
		}
	})
	return x
}

// does sets what becomes of each request.
func (x *exchange) does(fate twiliotest.Fate) {
	x.Misbehave(twiliotest.Faults{REST: func(twiliotest.Request) twiliotest.Fate { return fate }})
}

func wanted() callback.Call {
	return callback.Call{Leg: "a-1", To: shop, From: ours, Base: public, Ring: 20 * time.Second, Talk: time.Hour}
}

func message() callback.Message {
	return callback.Message{Text: "a-t1", For: callback.ShopLeg, To: shop, From: ours, Base: public, Language: "en",
		Business: "Ann's Bakery", Name: "Jane Doe", Number: visitor, Said: "rye bread?", Missed: true, Valid: 15 * time.Minute}
}

// call makes the wanted call and returns its SID.
func (x *exchange) call(t *testing.T) string {
	t.Helper()
	sid, err := x.client.Call(t.Context(), wanted())
	if err != nil {
		t.Fatal(err)
	}
	return sid
}

func TestACallIsAskedForWithItsWhisperAndReports(t *testing.T) {
	x := open(t)
	sid := x.call(t)
	want := url.Values{
		"To": {shop}, "From": {ours}, "Method": {"POST"}, "Url": {twilio.WhisperURL(public, "a-1")},
		"StatusCallback": {twilio.StatusURL(public, "a-1")}, "StatusCallbackMethod": {"POST"},
		"StatusCallbackEvent": {"initiated", "ringing", "answered", "completed"},
		"Timeout":             {"20"},
		"TimeLimit":           {"3900"}, // an hour's talk, and five minutes for whisper and ringing
	}
	if diff := cmp.Diff(want, x.Requests()[0].Form); diff != "" {
		t.Error(diff)
	}
	if all := x.Network.Records(); len(all) != 1 || all[0].SID != sid {
		t.Errorf("got the calls %v, want %s alone", all, sid)
	}
}

func TestLimitsOfACall(t *testing.T) {
	for _, tt := range []struct {
		name           string
		ring, talk     time.Duration
		timeout, limit string
	}{
		{"a part of a second is rounded up", 1500 * time.Millisecond, time.Second, "2", "301"},
		{"no ring is Twilio's own", 0, time.Hour, "", "3900"},
		{"a ring is at most ten minutes", time.Hour, time.Hour, "600", "3900"},
		{"no limit is Twilio's own", 20 * time.Second, 0, "20", ""},
		{"what would pass Twilio's own four hours is Twilio's own", 20 * time.Second, 4 * time.Hour, "20", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := open(t)
			w := wanted()
			w.Ring, w.Talk = tt.ring, tt.talk
			if _, err := x.client.Call(t.Context(), w); err != nil {
				t.Fatal(err)
			}
			form := x.Requests()[0].Form
			if form.Get("Timeout") != tt.timeout || form.Get("TimeLimit") != tt.limit {
				t.Errorf("got Timeout %q and TimeLimit %q, want %q and %q", form.Get("Timeout"), form.Get("TimeLimit"), tt.timeout, tt.limit)
			}
		})
	}
}

func TestATextIsAskedForWithItsReports(t *testing.T) {
	x := open(t)
	sid, err := x.client.Text(t.Context(), message())
	if err != nil {
		t.Fatal(err)
	}
	want := url.Values{"To": {shop}, "From": {ours}, "Body": {twilio.TextBody(message())},
		"StatusCallback": {twilio.TextStatusURL(public, "a-t1")}, "ValidityPeriod": {"900"}}
	if diff := cmp.Diff(want, x.Requests()[0].Form); diff != "" {
		t.Error(diff)
	}
	if all := x.Network.Sent(); len(all) != 1 || all[0].SID != sid {
		t.Errorf("got the texts %v, want %s alone", all, sid)
	}
}

func TestTheEnvironmentDivertsNothing(t *testing.T) {
	t.Setenv("TWILIO_EDGE", "dublin")
	t.Setenv("TWILIO_REGION", "ie1")
	x := open(t)
	x.call(t)
	x.rings(t, 200)
	if _, err := x.client.Find(t.Context(), wanted(), time.Now(), nil); err != nil {
		t.Fatal(err)
	}
	if got := len(x.Requests()); got != 3 {
		t.Errorf("got %d requests, want the call and two pages", got)
	}
}

func TestTheBaseMayHaveAPath(t *testing.T) {
	x := open(t)
	var path atomic.Value
	front := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path.Store(r.URL.Path)
		http.StripPrefix("/below", x.Server).ServeHTTP(w, r)
	}))
	x.client.BaseURL = front + "/below/"
	x.call(t)
	if got, want := path.Load(), "/below/2010-04-01/Accounts/"+x.Account+"/Calls.json"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestTheNameHoldsTheAccount(t *testing.T) {
	x := open(t)
	if got, want := x.client.Name(), "twilio:"+x.Account; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A whole call: the shop answers and presses 1, the visitor is dialled, they talk.
func TestACallThroughIsToldAsItWas(t *testing.T) {
	x := open(t)
	x.Network.Speed = 100
	x.Network.Person = nil // the script: both answer
	x.Price = func(r practice.Record) string { return "-0.01400" }
	dialled := make(chan struct{})
	x.Network.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		step := callback.Step{Kind: callback.StepHangUp, Language: "en", Leg: "a-1", Name: "Jane", Number: visitor, From: ours}
		switch r.URL.Path {
		case twilio.StatusPath:
			w.WriteHeader(http.StatusNoContent)
			return
		case twilio.WhisperPath:
			step.Kind = callback.StepWhisper
		case twilio.KeyPath:
			step.Kind, step.Visitor, step.To, step.Ring, step.Talk = callback.StepConnect, "a-2", visitor, 30*time.Second, time.Hour
		case twilio.DialledPath:
			close(dialled)
		}
		w.Header().Set("Content-Type", twilio.ContentType)
		_, _ = w.Write(twilio.Render(step, public))
	})
	begun := time.Now()
	sid := x.call(t)
	<-dialled
	w := wanted()
	w.Leg, w.To, w.Parent = "a-2", visitor, sid
	second, err := x.client.Find(t.Context(), w, begun, nil)
	if err != nil {
		t.Fatal(err)
	}
	if second.Status != callback.CallDone || second.SID == sid || second.Price != 14_000 || second.Currency != "USD" {
		t.Errorf("got %+v for the visitor's leg, want it completed for 0.014 USD", second)
	}
	w.Parent = ""
	_, err = x.client.Find(t.Context(), w, begun, nil)
	notFound(t, err) // nobody asked for that call but the Dial
	if all := x.Network.Warnings(); len(all) > 0 {
		t.Error(all)
	}
}

func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// silent: neither error nor log may repeat a number, the token or a text.
func (x *exchange) silent(t *testing.T, err error) {
	t.Helper()
	text := x.log.String()
	if err != nil {
		text += err.Error()
	}
	for _, secret := range []string{"2125550", x.Token, "Jane", "rye"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is repeated in %q", secret, text)
		}
	}
}

// nobody reads what a server of net/http complains about.
var nobody = log.New(io.Discard, "", 0)
