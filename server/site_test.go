package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"ringback/server"
	"ringback/server/callback"
	"ringback/server/callback/callbacktest"
	"ringback/server/guard"
	"ringback/server/logs"
	"ringback/server/settings"
	"ringback/server/twilio"
)

const (
	publicBase = "https://bakery.example"
	account    = "AC00000000000000000000000000000001"
	authToken  = "a token"
	callSID    = "CA00000000000000000000000000000001"
	dialSID    = "CA00000000000000000000000000000002"
)

// morning is a Tuesday in New York.
var morning = time.Date(2026, 11, 24, 15, 10, 0, 0, time.UTC)

// bakery is a shop with everything behind its HTTP side but a database and phones.
type bakery struct {
	t *testing.T
	*server.Server
	store   *callbacktest.Fake
	http    http.Handler
	visitor string // RemoteAddr
	log     bytes.Buffer
	refused []server.Refused

	mu      sync.Mutex
	clock   time.Time // zero: the real one, or a bubble's
	set     settings.Settings
	counted map[string][]time.Time
}

func newBakery(t *testing.T) *bakery {
	t.Helper()
	b := &bakery{t: t, store: callbacktest.NewFake(), visitor: "198.51.100.7:4321", clock: morning, counted: map[string][]time.Time{}}
	set, err := settings.Apply(settings.Default("America/New_York", "US"), []byte(`{
		"business": {"name": "Ann’s Bakery", "phones": [{"label": "Counter", "number": "+12125550101"}],
			"sms_numbers": ["+12125550101"], "public_phone": "+12125550199"},
		"twilio": {"number": "+12125550100"},
		"form": {"origins": ["https://anns-bakery.example"]},
		"guard": {"countries": ["US", "CA"]}
	}`), settings.Secrets{})
	if err != nil {
		t.Fatal(err)
	}
	b.set = set
	log, closeLog, err := logs.Open(logs.Options{Writer: &b.log, JSON: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = closeLog() })
	metrics := server.NewMetrics()
	b.Server = &server.Server{
		Engine: &callback.Engine{
			Store: b.store, Carrier: idle{}, Now: b.now, Log: slog.New(slog.DiscardHandler), Watch: metrics.Moved,
			Rules: func(time.Time) callback.Rules { return b.rules() },
		},
		Guard: &guard.Guard{
			Counter: b, Secret: []byte("secret"), Now: b.now,
			Rules: func() guard.Rules { return server.GuardRules(b.settings()) },
		},
		Settings: b.settings,
		Verifiers: func() []twilio.Verifier {
			return []twilio.Verifier{{Base: publicBase, AccountSID: account, Tokens: []string{authToken}}}
		},
		PublicURL: func() string { return publicBase },
		Metrics:   metrics,
		Tally: &server.Tally{Now: b.now, Log: log, Keep: func(_ context.Context, r server.Refused) error {
			b.refused = append(b.refused, r)
			return nil
		}},
		Version: "1.2.3", Log: log, Now: b.now,
	}
	b.http = b.Public()
	return b
}

func (b *bakery) rules() callback.Rules {
	plan := b.settings().Hours.Plan()
	return callback.Rules{
		Business: "Ann’s Bakery", Language: "en", Zone: zone("America/New_York"), Line: 1,
		Open: plan.Open(b.now()), Paused: plan.Paused(b.now()), OpensAt: plan.NextOpening(b.now()),
		AfterHours: callback.AfterHours(b.settings().Hours.AfterHours),
		Phones:     []callback.Phone{{Label: "Counter", Number: "+12125550101", Ring: 20 * time.Second}},
		TextTo:     []string{"+12125550101"}, Retry: callback.Plan{Attempts: 1}, RetryVisitor: callback.Plan{Attempts: 1},
		Talk: time.Hour, RingVisitor: 30 * time.Second,
		From: "+12125550100", Base: publicBase, Account: account, Carrier: "practice",
	}
}

func zone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return z
}

func (b *bakery) now() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.clock.IsZero() {
		return time.Now()
	}
	return b.clock
}

func (b *bakery) pass(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.clock = b.clock.Add(d)
}

func (b *bakery) settings() settings.Settings {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.set
}

// change is the owner changing a setting.
func (b *bakery) change(f func(*settings.Settings)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	f(&b.set)
}

// Count is guard.Counter.
func (b *bakery) Count(_ context.Context, key string, at time.Time, since []time.Time) ([]int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.counted[key] = append(b.counted[key], at)
	counts := make([]int, len(since))
	for i, s := range since {
		for _, t := range b.counted[key] {
			if !t.Before(s) {
				counts[i]++
			}
		}
	}
	return counts, nil
}

// posts is how many posts were counted for addresses.
func (b *bakery) posts() int {
	n := 0
	for _, at := range b.counted {
		n += len(at)
	}
	return n
}

// idle is a carrier that nothing reaches: the engine of these tests does not run.
type idle struct{}

func (idle) Name() string                                           { return "practice" }
func (idle) Call(context.Context, callback.Call) (string, error)    { return callSID, nil }
func (idle) HangUp(context.Context, string) error                   { return nil }
func (idle) Ask(context.Context, string) (callback.Report, error)   { return callback.Report{}, nil }
func (idle) Text(context.Context, callback.Message) (string, error) { return "", nil }
func (idle) Find(context.Context, callback.Call, time.Time, []string) (callback.Report, error) {
	return callback.Report{}, callback.ErrNotFound
}
func (idle) AskText(context.Context, string) (callback.TextReport, error) {
	return callback.TextReport{}, callback.ErrNotFound
}

func (idle) FindText(context.Context, callback.Message, time.Time) (string, error) {
	return "", callback.ErrNotFound
}

// answer is what came back.
type answer struct {
	t *testing.T
	*httptest.ResponseRecorder
}

func (b *bakery) do(method, target, kind, body string, headers ...string) answer {
	b.t.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Host = "127.0.0.1:8787"
	r.RemoteAddr = b.visitor
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
			continue
		}
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	b.http.ServeHTTP(w, r)
	return answer{b.t, w}
}

func (b *bakery) get(target string, headers ...string) answer {
	b.t.Helper()
	return b.do(http.MethodGet, target, "", "", headers...)
}

func (b *bakery) post(target, body string, headers ...string) answer {
	b.t.Helper()
	return b.do(http.MethodPost, target, "application/json", body, headers...)
}

func (b *bakery) submit(target string, form url.Values, headers ...string) answer {
	b.t.Helper()
	return b.do(http.MethodPost, target, "application/x-www-form-urlencoded", form.Encode(), headers...)
}

// asks is a visitor's good wish; it returns the public id.
func (b *bakery) asks(number string) string {
	b.t.Helper()
	a := b.post("/request_callback", `{"visitor_number":"`+number+`"}`)
	a.want(http.StatusOK, "")
	return a.text("request_id")
}

// want checks the status and the code of a refusal.
func (a answer) want(status int, code string) {
	a.t.Helper()
	if a.Code != status {
		a.t.Fatalf("answered %d, want %d: %s", a.Code, status, a.Body)
	}
	if got := a.text("code"); got != code {
		a.t.Fatalf("code is %q, want %q: %s", got, code, a.Body)
	}
}

func (a answer) json() map[string]any {
	a.t.Helper()
	var v map[string]any
	if err := json.Unmarshal(a.Body.Bytes(), &v); err != nil {
		a.t.Fatalf("answer is no JSON: %v: %s", err, a.Body)
	}
	return v
}

func (a answer) text(key string) string {
	a.t.Helper()
	s, _ := a.json()[key].(string)
	return s
}

func (a answer) retryAfter() time.Duration {
	a.t.Helper()
	d, err := time.ParseDuration(a.Header().Get("Retry-After") + "s")
	if err != nil || d <= 0 {
		a.t.Fatalf("Retry-After is %q", a.Header().Get("Retry-After"))
	}
	return d
}

// request is what the store has under a public id.
func (b *bakery) request(id string) (r callback.Request) {
	b.t.Helper()
	err := b.store.View(b.t.Context(), func(v callback.Reader) (err error) {
		r, err = v.ByPublicID(id)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

// webhook is the carrier posting a signed webhook to one of our addresses.
func (b *bakery) webhook(address string, form url.Values, headers ...string) answer {
	b.t.Helper()
	if !form.Has("AccountSid") {
		form.Set("AccountSid", account)
	}
	headers = append([]string{"Host", "bakery.example", twilio.SignatureHeader, twilio.Sign(authToken, address, form)}, headers...)
	return b.submit(strings.TrimPrefix(address, publicBase), form, headers...)
}

// shopAnswers, shopPresses, dialEnds and visitorStatus play a call.
func (b *bakery) shopAnswers(id string) answer {
	b.t.Helper()
	return b.webhook(twilio.WhisperURL(publicBase, b.request(id).Legs[0].ID), url.Values{"CallSid": {callSID}, "CallStatus": {"in-progress"}})
}

func (b *bakery) shopPresses(id, key string) answer {
	b.t.Helper()
	return b.webhook(twilio.KeyURL(publicBase, b.request(id).Legs[0].ID, 1),
		url.Values{"CallSid": {callSID}, "CallStatus": {"in-progress"}, "Digits": {key}})
}

func (b *bakery) visitorAnswers(id string) answer {
	b.t.Helper()
	return b.webhook(twilio.StatusURL(publicBase, b.request(id).Legs[1].ID),
		url.Values{"CallSid": {dialSID}, "CallStatus": {"in-progress"}, "SequenceNumber": {"2"}})
}

func (b *bakery) dialEnds(id, outcome, bridged string) answer {
	b.t.Helper()
	legs := b.request(id).Legs
	return b.webhook(twilio.DialledURL(publicBase, legs[0].ID, legs[1].ID),
		url.Values{"CallSid": {callSID}, "CallStatus": {"in-progress"}, "DialCallStatus": {outcome}, "DialBridged": {bridged}})
}

// lines are the log's.
func (b *bakery) lines() []map[string]any {
	b.t.Helper()
	var all []map[string]any
	for line := range strings.Lines(b.log.String()) {
		var v map[string]any
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			b.t.Fatalf("%v: %s", err, line)
		}
		all = append(all, v)
	}
	return all
}

func newRecorder() *httptest.ResponseRecorder { return httptest.NewRecorder() }

type ctx = context.Context

func contextEnded() (ctx, context.CancelFunc) { return context.WithCancel(context.Background()) }
