package shop_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"ringback/server/practice"
	"ringback/server/twilio/twiliotest"
)

// book is what an exchange remembers of its calls, to judge the shop by.
type book struct {
	mu     sync.Mutex
	rung   map[string][]string // by leg: the SIDs of the calls that rang for it
	taken  []receipt           // webhooks that the shop has answered with 200, in the order of their answers
	wrong  []string            // what is no TwiML in an answer
	expect []string            // ends of complaints that the test's own faults cause
	moment chan struct{}       // hears of each request and webhook; nil: nobody listens
}

// receipt is a webhook that the shop has taken.
type receipt struct {
	path, query string
	leg         string // or text
	form        url.Values
}

// ServeHTTP brings a webhook to the shop, and reads what it answers.
func (e *exchange) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := e.shop.Load()
	if h == nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	body, _ := io.ReadAll(r.Body) // it stands in memory
	r.Body = io.NopCloser(bytes.NewReader(body))
	rec := httptest.NewRecorder()
	(*h).ServeHTTP(rec, r)
	form, _ := url.ParseQuery(string(body))
	e.book.answered(r, form, rec)
	for name, values := range rec.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(rec.Code)
	_, _ = w.Write(rec.Body.Bytes())
}

func (b *book) answered(r *http.Request, form url.Values, rec *httptest.ResponseRecorder) {
	if rec.Code != http.StatusOK {
		return
	}
	wrong := twiliotest.FaultsOf(rec.Header().Get("Content-Type"), rec.Body.Bytes())
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, w := range wrong {
		b.wrong = append(b.wrong, r.URL.Path+": "+w)
	}
	b.taken = append(b.taken, receipt{r.URL.Path, r.URL.RequestURI(), about(r.URL.Query()), form})
}

func about(query url.Values) string {
	if query.Has("text") {
		return query.Get("text")
	}
	return query.Get("leg")
}

// misbehave is Misbehave, with a look at each webhook that leaves, the lost ones too:
// the first one of a call says that a phone rings.
func (e *exchange) misbehave(f twiliotest.Faults) {
	fate, rest := f.Webhook, f.REST
	f.Webhook = func(w practice.Webhook) practice.Fate {
		e.book.leaves(w)
		e.book.tick()
		if fate == nil {
			return practice.Fate{}
		}
		return fate(w)
	}
	f.REST = func(q twiliotest.Request) twiliotest.Fate {
		e.book.tick()
		if rest == nil {
			return twiliotest.Fate{}
		}
		return rest(q)
	}
	e.Misbehave(f)
}

// tick tells whoever listens that something happens.
func (b *book) tick() {
	select {
	case b.moment <- struct{}{}:
	default:
	}
}

func (b *book) leaves(w practice.Webhook) {
	u, err := url.Parse(w.URL)
	if err != nil || w.TwiML || w.Form.Get("CallStatus") == "" {
		return
	}
	leg, sid := u.Query().Get("leg"), w.Form.Get("CallSid")
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rung == nil {
		b.rung = map[string][]string{}
	}
	if !slices.Contains(b.rung[leg], sid) {
		b.rung[leg] = append(b.rung[leg], sid)
	}
}

// foresee names the ends of complaints that the test's own faults cause.
func (b *book) foresee(ends ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.expect = append(b.expect, ends...)
}

func (b *book) foreseen(complaint string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return strings.HasSuffix(complaint, "answered 502") || // the shop was closed first
		slices.ContainsFunc(b.expect, func(end string) bool { return strings.HasSuffix(complaint, end) })
}

// check says what must never be, whatever went wrong.
func (b *book) check(t testing.TB) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for leg, sids := range b.rung {
		if len(sids) > 1 {
			t.Errorf("leg %s was rung %d times", leg, len(sids))
		}
	}
	for _, w := range b.wrong {
		t.Errorf("an answer is not TwiML as documented: %s", w)
	}
}

func (b *book) receipts() []receipt {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.taken)
}
