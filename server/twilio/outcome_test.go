package twilio_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ringback/server/callback"
	"ringback/server/twilio/twiliotest"
)

// unknown: nobody may believe that it was not done.
func unknown(t *testing.T, err error) {
	t.Helper()
	var known *callback.CarrierError
	if err == nil || errors.As(err, &known) || errors.Is(err, callback.ErrNotFound) {
		t.Errorf("got %v, want an unknown outcome", err)
	}
}

func notFound(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, callback.ErrNotFound) {
		t.Errorf("got %v, want not found", err)
	}
}

// refused: known not to be done.
func refused(t *testing.T, err error, want callback.Refusal, code int) {
	t.Helper()
	var known *callback.CarrierError
	if !errors.As(err, &known) || known.Refusal != want || known.Code != code {
		t.Errorf("got %v, want it refused as %s with %d", err, want, code)
	}
}

const json = "application/json"

// A call of unknown outcome is looked for; one taken for not made is made again, and
// rings somebody twice. So each of these is unknown, whether it was made or not.
func TestWhatMayHaveRungIsNeverTakenForNotMade(t *testing.T) {
	for _, tt := range []struct {
		name string
		fate twiliotest.Fate
		made int
	}{
		{"the connection is reset before it is done", twiliotest.LostBefore(), 0},
		{"the connection is reset after it is done", twiliotest.LostAfter(), 1},
		{"no answer comes, and it is not done", twiliotest.Hangs(false), 0},
		{"no answer comes, and it is done", twiliotest.Hangs(true), 1},
		{"the answer comes too late", twiliotest.Slow(time.Minute), 1},
		{"the answer breaks off", twiliotest.Cut(), 1},
		{"the answer's JSON breaks off", twiliotest.Says(true, 201, json, `{"sid":"CA0123456789ab`), 1},
		{"the answer has no SID", twiliotest.Says(true, 201, json, `{}`), 1},
		{"the answer's SID is null", twiliotest.Says(true, 201, json, `{"sid":null}`), 1},
		{"the answer's SID is another thing's", twiliotest.Says(true, 201, json, `{"sid":"PN00000000000000000000000000000000"}`), 1},
		{"the answer is empty", twiliotest.Says(true, 200, json, ``), 1},
		{"the answer is a page with 200", twiliotest.Page(true, 200), 1},
		{"a proxy's 502 after it is done", twiliotest.Page(true, 502), 1},
		{"a proxy's 504", twiliotest.Page(false, 504), 0},
		{"a proxy that blocks the answer with 403", twiliotest.Page(true, 403), 1},
		{"a proxy's 408", twiliotest.Page(false, 408), 0},
		{"a 404 that is none of Twilio's", twiliotest.Says(true, 404, json, `{"error":"no route"}`), 1},
		{"Twilio's 500", twiliotest.Broken(true, 500), 1},
		{"Twilio's 503", twiliotest.Broken(false, 503), 0},
		{"an empty 503", twiliotest.Says(true, 503, json, `{}`), 1},
		{"an error of Twilio's inside a 200", twiliotest.Says(true, 200, json, `{"code":21211,"status":400}`), 1},
		{"a redirect", twiliotest.Elsewhere(307, "http://127.0.0.1:1/"), 0},
		{"an answer without end", twiliotest.Says(true, 201, json, `{"sid":"`+strings.Repeat("C", 5<<20)+`"}`), 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := open(t)
			x.client.Timeout = 100 * time.Millisecond
			if !tt.fate.Silent && tt.fate.Late == 0 {
				x.client.Timeout = 0
			}
			x.does(tt.fate)
			_, err := x.client.Call(t.Context(), wanted())
			unknown(t, err)
			x.silent(t, err)
			if got := len(x.Network.Records()); got != tt.made {
				t.Errorf("%d calls were made, want %d", got, tt.made)
			}
			_, err = x.client.Text(t.Context(), message())
			unknown(t, err)
			x.silent(t, err)
			if got := len(x.Requests()); got != 2 {
				t.Errorf("got %d requests, want one for the call and one for the text", got)
			}
		})
	}
}

func TestWhatTwilioRefusesIsNotDone(t *testing.T) {
	for code, want := range map[int]callback.Refusal{
		10001: callback.AccountBad,
		10004: callback.AccountBad, // with 429: too many calls, not too many requests
		20003: callback.AccountBad,
		20404: callback.AccountBad,
		20429: callback.CarrierDown,
		21210: callback.AccountBad,
		21211: callback.NumberBad,
		21212: callback.AccountBad,
		21215: callback.NumberBad,
		21219: callback.NumberBad,
		21408: callback.NumberBad,
		21608: callback.NumberBad,
		21610: callback.OptedOut,
		21612: callback.Unreachable,
		21614: callback.Unreachable,
		21626: callback.AccountBad,
		21999: callback.Unreachable, // not in the table
	} {
		x := open(t)
		x.does(twiliotest.Refused(code))
		_, err := x.client.Call(t.Context(), wanted())
		refused(t, err, want, code)
		x.silent(t, err)
		_, err = x.client.Text(t.Context(), message())
		refused(t, err, want, code)
		x.silent(t, err)
		if got := len(x.Requests()); got != 2 {
			t.Errorf("%d: got %d requests, want none repeated", code, got)
		}
	}
}

// Twilio's body claims a status of its own; what counts is the one that was answered.
func TestTheStatusAnsweredCountsNotTheOneInTheBody(t *testing.T) {
	x := open(t)
	x.does(twiliotest.Says(true, 502, json, `{"code":21211,"message":"no","status":400}`))
	_, err := x.client.Call(t.Context(), wanted())
	unknown(t, err)
	x.does(twiliotest.Says(false, 429, json, `{"code":29999,"message":"slow down","status":200}`))
	_, err = x.client.Call(t.Context(), wanted())
	refused(t, err, callback.CarrierDown, 29999)
}

func TestWithoutAConnectionNothingIsDone(t *testing.T) {
	x := open(t)
	gone := httptest.NewServer(nil)
	gone.Close()
	x.client.BaseURL = gone.URL
	_, err := x.client.Call(t.Context(), wanted())
	refused(t, err, callback.CarrierDown, 0)
	x.silent(t, err)
}

func TestBehindAnUntrustedCertificateNothingIsDone(t *testing.T) {
	x := open(t)
	front := httptest.NewUnstartedServer(x.Server)
	front.Config.ErrorLog = nobody
	front.StartTLS()
	defer front.Close()
	x.client.BaseURL = front.URL
	_, err := x.client.Call(t.Context(), wanted())
	refused(t, err, callback.CarrierDown, 0)
	if got := len(x.Requests()); got != 0 {
		t.Errorf("%d requests arrived, want none", got)
	}
}

func TestWithoutRightCredentialsNothingLeaves(t *testing.T) {
	for _, tt := range []struct {
		name, account, token string
		code                 int
	}{
		{"no account", "", "t", 21222},
		{"an account that is none", "shop", "t", 21222},
		{"no token", "AC00000000000000000000000000000000", "", 20003},
		{"a token with a blank, which twilio-go refuses", "AC00000000000000000000000000000000", "my token", 21224},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := open(t)
			x.client.AccountSID, x.client.Token = tt.account, tt.token
			_, err := x.client.Call(t.Context(), wanted())
			refused(t, err, callback.AccountBad, tt.code)
			if got := len(x.Requests()); got != 0 {
				t.Errorf("%d requests arrived, want none", got)
			}
		})
	}
}

func TestAWrongTokenIsTroubleWithTheAccount(t *testing.T) {
	x := open(t)
	x.client.Token = "0123456789abcdef0123456789abcdef"
	_, err := x.client.Call(t.Context(), wanted())
	refused(t, err, callback.AccountBad, 20003)
}

func TestAContextThatHasEndedAsksForNothing(t *testing.T) {
	x := open(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err := x.client.Call(ctx, wanted())
	refused(t, err, callback.CarrierDown, 0)
	if got := len(x.Requests()); got != 0 {
		t.Errorf("%d requests arrived, want none", got)
	}
}

func TestAContextThatEndsMeanwhileLeavesTheOutcomeUnknown(t *testing.T) {
	x := open(t)
	ctx, stop := context.WithCancel(t.Context())
	x.Misbehave(twiliotest.Faults{REST: func(twiliotest.Request) twiliotest.Fate { stop(); return twiliotest.Hangs(true) }})
	_, err := x.client.Call(ctx, wanted())
	unknown(t, err)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want it to say that it was cancelled", err)
	}
}

// The address that a redirect names must not learn the token.
func TestNoRedirectIsFollowed(t *testing.T) {
	x := open(t)
	var followed atomic.Bool
	elsewhere := serve(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { followed.Store(true) }))
	for _, status := range []int{301, 302, 303, 307, 308} {
		x.does(twiliotest.Elsewhere(status, elsewhere))
		_, err := x.client.Ask(t.Context(), "CA00000000000000000000000000000000")
		unknown(t, err)
	}
	if followed.Load() {
		t.Error("a redirect was followed")
	}
}

// twilio-go leaves the bodies of errors open: five pages cost five connections.
func TestErrorPagesLeaveNoConnectionBehind(t *testing.T) {
	var connections atomic.Int32
	front := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadGateway)
		_, _ = w.Write(make([]byte, 300_000))
	}))
	front.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			connections.Add(1)
		}
	}
	front.Start()
	defer front.Close()
	x := open(t)
	x.client.BaseURL = front.URL
	for range 5 {
		_, err := x.client.Call(t.Context(), wanted())
		unknown(t, err)
	}
	if got := connections.Load(); got != 1 {
		t.Errorf("got %d connections, want one", got)
	}
}
