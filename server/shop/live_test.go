package shop_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ringback/server/desk"
	"ringback/server/practice"
	"ringback/server/shop"
	"ringback/server/twilio/twiliotest"
)

const publicAddress = "https://call.anns-bakery.example"

// exchange is Twilio and, behind a proxy of the owner's, the shop: two servers that
// talk over sockets.
type exchange struct {
	*twiliotest.Server
	wires  *wires                            // nil: sockets
	shop   atomic.Pointer[http.Handler]      // where webhooks go; nil: nowhere
	people atomic.Pointer[map[string]person] // who is at a phone; nil, or nobody: the script
	book   book
}

// newExchange starts a Twilio that any shop can be connected to.
func newExchange(t testing.TB) *exchange {
	t.Helper()
	e := &exchange{}
	e.Server = twiliotest.New(e, nil)
	e.open(t, speed)
	return e
}

func (e *exchange) open(t testing.TB, speed float64) {
	t.Helper()
	e.Network.Speed = speed
	script := practice.Script{Speed: speed}
	e.Network.Person = func(number string) practice.Person {
		if people := e.people.Load(); people != nil && (*people)[number] != nil {
			return (*people)[number]
		}
		return script
	}
	e.misbehave(twiliotest.Faults{})
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
		for _, c := range append(e.Complaints(), e.Network.Warnings()...) {
			if !e.book.foreseen(c) {
				t.Errorf("Twilio complains: %s", c)
			}
		}
		e.book.check(t)
	})
}

// connect lets webhooks come to a shop.
func (e *exchange) connect(url string) {
	h := twiliotest.Forward(url)
	if e.wires != nil {
		h = twiliotest.ForwardOver(e.wires.DialContext, url)
	}
	e.shop.Store(&h)
}

// env is what a live shop finds in its environment.
func (e *exchange) env(more ...string) func(string) string {
	set := map[string]string{"TWILIO_ACCOUNT_SID": e.Account, "TWILIO_AUTH_TOKEN": e.Token, "RINGBACK_TWILIO_URL": e.URL}
	for i := 0; i+1 < len(more); i += 2 {
		set[more[i]] = more[i+1]
	}
	return func(name string) string { return set[name] }
}

// liveWith is the settings of a live shop with these phones, and more keys.
func liveWith(more string, phones ...string) string {
	var list []string
	for i, p := range phones {
		list = append(list, fmt.Sprintf(`{"label": "Phone %d", "number": %q, "ring_seconds": 5}`, i+1, p))
	}
	return fmt.Sprintf(`{"business": {"name": "Ann's Bakery", "phones": [%s]}, "twilio": {"number": "+12125550100"},
		"tunnel": {"kind": "address", "url": %q, "client_ip_header": "X-Real-IP"}, "limits": {"calls_day": 0, "texts_day": 0}%s}`,
		strings.Join(list, ", "), publicAddress, more)
}

// startLive starts a live shop on a data directory, connected to that Twilio.
func startLive(t testing.TB, e *exchange, data, set string, change ...func(*shop.Options)) *running {
	t.Helper()
	change = append([]func(*shop.Options){func(o *shop.Options) { o.Getenv = e.env() }}, change...)
	r := start(t, data, set, change...)
	e.connect(r.url)
	return r
}

func TestEveryWayALiveCallCanGo(t *testing.T) {
	once := `, "retry": {"attempts": 1}`
	for _, c := range []struct {
		name, visitor, more, want string
		phones                    []string
	}{
		{"both talk", "+12125550123", once, "completed", []string{"+12125550101"}},
		{"the shop is busy and is texted", "+12125550123", once, "sms_sent", []string{"+12125550106"}},
		{"the shop does not answer and is texted", "+12125550123", once, "sms_sent", []string{"+12125550107"}},
		{"a voicemail can't take the call", "+12125550123", once, "sms_sent", []string{"+12125550108"}},
		{"nothing is pressed", "+12125550123", once, "sms_sent", []string{"+12125550109"}},
		{"the second phone accepts", "+12125550123", once, "completed", []string{"+12125550107", "+12125550102"}},
		{"another round later", "+12125550123", "", "scheduled", []string{"+12125550107"}},
		{"the visitor is busy", "+12125550127", `, "retry_visitor": {"attempts": 1}`, "no_answer", []string{"+12125550101"}},
		{"the visitor does not answer", "+12125550128", `, "retry_visitor": {"attempts": 1}`, "no_answer", []string{"+12125550101"}},
		{"the visitor is tried again later", "+12125550128", "", "scheduled", []string{"+12125550101"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := newExchange(t)
			r := startLive(t, e, t.TempDir(), liveWith(c.more, c.phones...))
			r.until(r.ask(c.visitor).ID, c.want)
		})
	}
}

// person is somebody at a phone of the exchange.
type person func(ctx context.Context, h *practice.Handset)

func (p person) Take(ctx context.Context, h *practice.Handset) { p(ctx, h) }

// at puts people at phones; everybody else keeps to the script.
func (e *exchange) at(people map[string]person) { e.people.Store(&people) }

// presses answers, hears the whisper and presses these keys, one in each whisper.
func presses(keys ...string) person {
	return func(ctx context.Context, h *practice.Handset) {
		h.Answer()
		for _, key := range keys {
			if !hears(ctx, h, true) {
				return
			}
			h.Press(key)
			if !hears(ctx, h, false) {
				return
			}
		}
		<-ctx.Done()
	}
}

// hears waits until a key is listened to, or is not; false: the call ended first.
func hears(ctx context.Context, h *practice.Handset, gathers bool) bool {
	for {
		changed := h.Changed()
		if h.Hears().Gathers == gathers {
			return true
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return false
		}
	}
}

// ringsOn lets the phone ring for ever.
func ringsOn(ctx context.Context, _ *practice.Handset) { <-ctx.Done() }

// calls counts how often the exchange was asked to call that number.
func (e *exchange) calls(to string) (n int) {
	for _, r := range e.Network.Records() {
		if r.To == to {
			n++
		}
	}
	return n
}

func TestTheKeysOfALiveCall(t *testing.T) {
	const counter = "+12125550101"
	for _, c := range []struct {
		name string
		keys []string
		want string
	}{
		{"1 connects", []string{"1"}, "completed"},
		{"a wrong key, then the 1", []string{"9", "1"}, "completed"},
		{"2 is in 15 minutes", []string{"2"}, "scheduled"},
		{"3 is a text", []string{"3"}, "sms_sent"},
		{"three wrong keys are no accept", []string{"9", "8", "7"}, "sms_sent"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := newExchange(t)
			e.at(map[string]person{counter: presses(c.keys...)})
			r := startLive(t, e, t.TempDir(), liveWith(`, "retry": {"attempts": 1}`, counter))
			r.until(r.ask("+12125550123").ID, c.want)
			if n := e.calls(counter); n != 1 {
				t.Errorf("the shop was rung %d times", n)
			}
		})
	}
}

func TestAllPhonesAtOnceLive(t *testing.T) {
	const counter, mobile = "+12125550101", "+12125550102"
	// after lets the first of two wait until the second one's phone rings.
	after := func(first person) map[string]person {
		rings := make(chan struct{})
		return map[string]person{
			counter: func(ctx context.Context, h *practice.Handset) { <-rings; first(ctx, h) },
			mobile:  func(ctx context.Context, _ *practice.Handset) { close(rings); <-ctx.Done() },
		}
	}
	for name, c := range map[string]struct {
		people map[string]person
		want   string
	}{
		"the first 1 wins while the other rings": {after(presses("1")), "completed"},
		"2 on one of them while the other rings": {after(presses("2")), "scheduled"},
		"both press 1":                           {map[string]person{counter: presses("1"), mobile: presses("1")}, "completed"},
		"one is busy":                            {map[string]person{counter: func(_ context.Context, h *practice.Handset) { h.Decline() }, mobile: presses("1")}, "completed"},
		"nobody presses":                         {map[string]person{counter: ringsOn, mobile: ringsOn}, "sms_sent"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newExchange(t)
			e.at(c.people)
			r := startLive(t, e, t.TempDir(), longRing(counter, mobile), func(o *shop.Options) {
				o.Settings = allAtOnce(t, o.Settings)
			})
			r.until(r.ask("+12125550123").ID, c.want)
			for _, number := range []string{counter, mobile} {
				if n := e.calls(number); n > 1 || n == 0 && c.want != "completed" { // somebody may be quicker than the other call
					t.Errorf("%s was rung %d times", number, n)
				}
			}
			want := 0
			if c.want == "completed" {
				want = 1
			}
			if n := e.calls("+12125550123"); n != want {
				t.Errorf("the visitor was rung %d times", n)
			}
		})
	}
}

// allAtOnce rings all phones of a settings file together.
func allAtOnce(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	together := strings.Replace(string(text), `"business": {`, `"business": {"ring": "all_at_once", `, 1)
	if err := os.WriteFile(file, []byte(together), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestALiveVisitorCancels(t *testing.T) {
	for name, people := range map[string]map[string]person{
		"while the shop's phone rings": {"+12125550101": ringsOn},
		"in the whisper":               {"+12125550101": presses()},
		"while the visitor's rings":    {"+12125550101": presses("1"), "+12125550123": ringsOn},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newExchange(t)
			e.at(people)
			r := startLive(t, e, t.TempDir(), liveWith("", "+12125550101"))
			a := r.ask("+12125550123")
			if people["+12125550123"] != nil {
				r.until(a.ID, "connecting")
			} else {
				r.until(a.ID, "calling")
			}
			r.do(http.MethodPost, "/cancel_request", map[string]any{"request_id": a.ID})
			r.until(a.ID, "cancelled")
			e.quiet(t)
		})
	}
}

// quiet waits until no phone rings or talks any more.
func (e *exchange) quiet(t *testing.T) {
	t.Helper()
	for end := time.Now().Add(patience); ; <-time.After(time.Millisecond) {
		live := 0
		for _, r := range e.Network.Records() {
			if !r.Status.Ended() {
				live++
			}
		}
		if live == 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d calls never end", live)
		}
	}
}

func TestALiveVisitorTextsStop(t *testing.T) {
	e := newExchange(t)
	e.at(map[string]person{"+12125550101": ringsOn})
	r := startLive(t, e, t.TempDir(), liveWith("", "+12125550101"))
	a := r.ask("+12125550123")
	r.until(a.ID, "calling")
	if _, err := e.Network.TextIn("+12125550123", "+12125550100", "Stop", publicAddress+"/twilio/sms"); err != nil {
		t.Fatal(err)
	}
	r.until(a.ID, "cancelled")
	e.quiet(t)
	if got := r.do(http.MethodPost, "/request_callback", map[string]any{"visitor_number": "+12125550123"}); got.Code != "number_blocked" {
		t.Errorf("a new wish is answered %+v", got)
	}
	if _, err := e.Network.TextIn("+12125550123", "+12125550100", "START", publicAddress+"/twilio/sms"); err != nil {
		t.Fatal(err)
	}
	if got := r.do(http.MethodPost, "/request_callback", map[string]any{"visitor_number": "+12125550123"}); !got.Success {
		t.Errorf("after START a new wish is answered %+v", got)
	}
}

func TestALiveVisitorCallsBack(t *testing.T) {
	const counter, visitor = "+12125550101", "+12125550123"
	for _, c := range []struct {
		name string
		shop person
		want string
		says string // the last that the caller hears
	}{
		{"and the shop takes it", func(ctx context.Context, h *practice.Handset) {
			presses("1")(within(ctx), h)
			h.HangUp()
		}, "completed", "putting you through"},
		{"and a voicemail can't take it", presses(), "scheduled", "stands on our list"},
		{"and nobody answers", ringsOn, "scheduled", "stands on our list"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := newExchange(t)
			e.at(map[string]person{counter: func(_ context.Context, h *practice.Handset) { h.Decline() }})
			r := startLive(t, e, t.TempDir(), liveWith("", counter))
			a := r.ask(visitor)
			r.until(a.ID, "scheduled")
			e.quiet(t)
			e.at(map[string]person{counter: c.shop})
			sid, err := e.Network.ComeIn(visitor, "+12125550100", publicAddress+"/twilio/voice")
			if err != nil {
				t.Fatal(err)
			}
			e.quiet(t)
			r.until(a.ID, c.want)
			if record, _ := e.Network.Record(sid); !strings.Contains(record.Said, c.says) {
				t.Errorf("the caller last hears %q", record.Said)
			}
		})
	}
}

// within is a context for somebody who talks for a moment.
func within(ctx context.Context) context.Context {
	ctx, stop := context.WithTimeout(ctx, 200*time.Millisecond)
	context.AfterFunc(ctx, stop)
	return ctx
}

// Trouble with the account never fails a request, and the owner is told what to do.
func TestTroubleWithTheAccountIsToldAndWaitedFor(t *testing.T) {
	e := newExchange(t)
	e.misbehave(twiliotest.Faults{REST: func(r twiliotest.Request) twiliotest.Fate { return twiliotest.Refused(20003) }})
	r := startLive(t, e, t.TempDir(), liveWith("", "+12125550101"))
	a := r.ask("+12125550123")
	r.until(a.ID, "pending")
	shown := func() desk.Shop {
		s, err := r.shop.Desk().Shop(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	want := desk.Advice{Reason: "password", Code: 20003}
	for end := time.Now().Add(patience); shown().Trouble != want; <-time.After(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the window shows %+v", shown().Trouble)
		}
	}
	e.misbehave(twiliotest.Faults{})
	r.until(a.ID, "completed") // tried again after some five seconds
	if got := shown().Trouble; got != (desk.Advice{}) {
		t.Errorf("afterwards the window shows %+v", got)
	}
}

func TestTheModeFollowsFromWhatIsSet(t *testing.T) {
	e := newExchange(t)
	live := liveWith("", "+12125550101")
	without := func(name string) func(*shop.Options) {
		return func(o *shop.Options) { o.Getenv = e.env(name, "") }
	}
	for _, c := range []struct {
		name   string
		set    string
		change func(*shop.Options)
		live   bool
	}{
		{"all is there", live, func(*shop.Options) {}, true},
		{"the owner wants to practise", live, func(o *shop.Options) { o.Practice = true }, false},
		{"no token", live, without("TWILIO_AUTH_TOKEN"), false},
		{"no public address", strings.Replace(live, `"address"`, `"none"`, 1), func(*shop.Options) {}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := t.TempDir()
			r := startLive(t, e, data, c.set, c.change)
			if got := r.shop.PublicURL() == publicAddress; got != c.live {
				t.Errorf("live: %t, want %t", got, c.live)
			}
			if _, err := os.Stat(filepath.Join(data, "practice.db")); os.IsNotExist(err) != c.live {
				t.Errorf("practice.db: %v; only practice has one", err)
			}
		})
	}
}

func TestAShopThatWasLiveNeverFallsBackToPractice(t *testing.T) {
	e := newExchange(t)
	data := t.TempDir()
	first := startLive(t, e, data, liveWith("", "+12125550101"))
	first.until(first.ask("+12125550123").ID, "completed")
	if err := first.shop.Close(); err != nil {
		t.Fatal(err)
	}
	before := len(e.Requests())
	r := startLive(t, e, data, "", func(o *shop.Options) { o.Getenv = e.env("TWILIO_AUTH_TOKEN", "") })
	a := r.ask("+12125550124")
	if a.Status != "pending" || !a.Success {
		t.Errorf("a request is answered %+v", a)
	}
	s, err := r.shop.Desk().Shop(context.Background())
	if err != nil || s.Practice || len(s.Missing) == 0 {
		t.Errorf("the window shows practice %t, missing %q, %v; want live, and what is missing", s.Practice, s.Missing, err)
	}
	if s.Today != 2 {
		t.Errorf("the window counts %d requests of today, want both", s.Today)
	}
	if got := len(e.Requests()); got != before {
		t.Errorf("Twilio was asked %d times", got-before)
	}
}
