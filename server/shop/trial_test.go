package shop_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"ringback/server/practice"
	"ringback/server/twilio/twiliotest"
)

// The trials try on the built program, live, what happens to a shop from outside: it
// must say so, lose nothing, ring nobody twice or out of the blue, and go on by itself.

const oneRound = `, "retry": {"attempts": 1}, "guard": {"per_ip": {"minute": 0, "hour": 0, "day": 0}}`

// trial starts the program with one phone and more settings.
func trial(t *testing.T, e *exchange, more string) *life {
	t.Helper()
	log := &lines{}
	data := t.TempDir()
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(log)
		}
	})
	l := e.serve(t, data, fileWith(t, liveWith(oneRound+more, "+12125550101")), log)
	l.data = data
	return l
}

// eventually waits for what the program does by itself.
func (l *life) eventually(what string, is func() bool) {
	l.t.Helper()
	for end := time.Now().Add(l.long); !is(); <-time.After(5 * time.Millisecond) {
		if time.Now().After(end) {
			l.t.Fatalf("never: %s", what)
		}
	}
}

var opsAddress = regexp.MustCompile(`ops=(127\.0\.0\.1:\d+)`)

// database is the check of that name on the ops page.
func (l *life) database() (status int, detail string) {
	l.t.Helper()
	l.eventually("the log names the ops pages", func() bool { return opsAddress.MatchString(l.log.String()) })
	q, err := http.NewRequestWithContext(l.t.Context(), http.MethodGet, "http://"+opsAddress.FindStringSubmatch(l.log.String())[1]+"/health", nil)
	if err != nil {
		l.t.Fatal(err)
	}
	res, err := l.web.Do(q)
	if err != nil {
		l.t.Fatal(err)
	}
	defer res.Body.Close()
	var page struct {
		Checks map[string]struct{ Status, Detail string } `json:"checks"`
	}
	if err := json.NewDecoder(res.Body).Decode(&page); err != nil {
		l.t.Fatal(err)
	}
	return res.StatusCode, page.Checks["database"].Detail
}

// refused asks for a call that can't be saved.
func (l *life) refused(number string) {
	l.t.Helper()
	if a := l.post(map[string]any{"visitor_number": number}); a.code != http.StatusServiceUnavailable || a.Code != "not_saved" || a.Error == "" {
		l.t.Errorf("a request that can't be saved is answered %+v", a)
	}
}

// sound ends the program and judges all that it did.
func (l *life) sound(t *testing.T, e *exchange, requests int) {
	t.Helper()
	e.quiet(t)
	l.ends()
	e.shop.Store(nil)
	if all := audit(l.t, l.data); len(all) != requests+1 {
		l.t.Errorf("the database has %d requests, want %d", len(all)-1, requests)
	}
	e.once(l.t)
	e.alone(l.t)
}

// visitors are whom the exchange has rung by a Dial, in order.
func (e *exchange) visitors() (rung []string) {
	for _, r := range e.Network.Records() {
		if r.Parent != "" {
			rung = append(rung, r.To)
		}
	}
	return rung
}

// textsAsked counts the texts to a number that were asked for.
func (e *exchange) textsAsked(to string) (n int) {
	for _, q := range e.Requests() {
		if q.Op == twiliotest.CreateMessage && q.Form.Get("To") == to {
			n++
		}
	}
	return n
}

// set applies settings to the program as its command does.
func (l *life) set(t *testing.T, text string) {
	t.Helper()
	if status, _, errs := command(t, "settings", "-data", l.data, fileWith(t, text)); status != 0 {
		t.Fatalf("settings: status %d, %q", status, errs)
	}
}

// inLine asks for so many calls, one after the other.
func (l *life) inLine(n int) (ids, numbers []string) {
	l.t.Helper()
	for i := range n {
		number := fmt.Sprintf("+1212555012%d", i)
		ids, numbers = append(ids, l.ask(number).ID), append(numbers, number)
	}
	return ids, numbers
}

// talksUntil answers and talks until it is time.
func talksUntil(now <-chan struct{}) person {
	return func(ctx context.Context, h *practice.Handset) {
		h.Answer()
		select {
		case <-now:
		case <-ctx.Done():
		}
	}
}

// The visitor who is on the phone goes on talking; the others are called when the pause
// is over, in their order, and nobody before.
func TestTrialAPauseInTheMiddleOfALine(t *testing.T) {
	t.Parallel()
	e := newExchange(t)
	talked := make(chan struct{})
	e.at(map[string]person{"+12125550120": talksUntil(talked)})
	l := trial(t, e, "")
	ids, numbers := l.inLine(5)
	l.until(ids[0], "connected")
	until := time.Now().Add(4 * time.Second).UTC().Truncate(time.Second)
	l.set(t, fmt.Sprintf(`{"hours": {"paused_until": %q}}`, until.Format(time.RFC3339)))
	for _, id := range ids[1:] {
		l.until(id, "scheduled")
		if a := l.do(http.MethodGet, "/status/"+id, nil); !strings.HasPrefix(a.DueAt, until.Format("2006-01-02T15:04:05")) {
			t.Errorf("in the pause the page says %+v, want due at %s", a, until)
		}
	}
	if a := l.do(http.MethodGet, "/status/"+ids[0], nil); a.Status != "connected" {
		t.Errorf("whoever talks is %s in the pause", a.Status)
	}
	close(talked)
	for _, id := range ids {
		l.until(id, "completed")
	}
	if rung := e.visitors(); !slices.Equal(rung, numbers) {
		t.Errorf("rung were %v, want %v", rung, numbers)
	}
	for _, r := range e.Network.Records()[2:] {
		if r.Created.Before(until) {
			t.Errorf("%s was rung %s before the end of the pause", r.To, until.Sub(r.Created))
		}
	}
	if n := e.textsAsked("+12125550101"); n != 4 {
		t.Errorf("the shop was texted %d times, want once for each who waits", n)
	}
	l.sound(t, e, 5)
}

// A closed shop rings nobody; it texts, and says when it opens.
func TestTrialAClosedShop(t *testing.T) {
	t.Parallel()
	e := newExchange(t)
	now := time.Now().UTC()
	today, tomorrow := now.Format(time.DateOnly), now.AddDate(0, 0, 1).Format(time.DateOnly)
	opens := now.AddDate(0, 0, 2).Format(time.DateOnly) + "T00:00:00"
	l := trial(t, e, fmt.Sprintf(`, "hours": {"timezone": "UTC", "dates": {%q: [], %q: []}, "after_hours": "text_and_schedule"}`, today, tomorrow))
	a := l.ask("+12125550123")
	l.until(a.ID, "scheduled")
	if s := l.do(http.MethodGet, "/status/"+a.ID, nil); !strings.HasPrefix(s.DueAt, opens) || s.Message == "" {
		t.Errorf("the page says %+v, want due at %s", s, opens)
	}
	l.eventually("the shop is texted", func() bool { return e.textsAsked("+12125550101") == 1 })
	l.set(t, `{"hours": {"after_hours": "text_only"}}`)
	b := l.ask("+12125550124")
	l.until(b.ID, "sms_sent")
	if n := e.calls("+12125550101"); n != 0 {
		t.Errorf("a closed shop was rung %d times", n)
	}
	l.set(t, fmt.Sprintf(`{"hours": {"dates": {%q: null}}}`, tomorrow))
	l.eventually("the page follows the opening", func() bool {
		return strings.HasPrefix(l.do(http.MethodGet, "/status/"+a.ID, nil).DueAt, tomorrow+"T00:00:00")
	})
	l.set(t, fmt.Sprintf(`{"hours": {"dates": {%q: null}}}`, today))
	l.until(a.ID, "completed") // it waited for the opening
	l.until(l.ask("+12125550125").ID, "completed")
	l.sound(t, e, 3)
}
