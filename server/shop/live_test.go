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

	"ringback/server/practice"
	"ringback/server/shop"
	"ringback/server/twilio/twiliotest"
)

const publicAddress = "https://call.anns-bakery.example"

// exchange is Twilio and, behind a proxy of the owner's, the shop: two servers that
// talk over sockets.
type exchange struct {
	*twiliotest.Server
	shop atomic.Pointer[http.Handler] // where webhooks go; nil: nowhere
}

// newExchange starts a Twilio that any shop can be connected to.
func newExchange(t testing.TB) *exchange {
	t.Helper()
	e := &exchange{}
	e.Server = twiliotest.New(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h := e.shop.Load(); h != nil {
			(*h).ServeHTTP(w, r)
			return
		}
		w.WriteHeader(http.StatusBadGateway)
	}), nil)
	e.Network.Speed = speed
	script := practice.Script{Speed: speed}
	e.Network.Person = func(string) practice.Person { return script }
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
		for _, c := range append(e.Complaints(), e.Network.Warnings()...) {
			if !strings.HasSuffix(c, "answered 502") { // the shop was closed first
				t.Errorf("Twilio complains: %s", c)
			}
		}
	})
	return e
}

// connect lets webhooks come to a shop.
func (e *exchange) connect(url string) {
	h := twiliotest.Forward(url)
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
