package shop_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"ringback/server/practice"
)

// The contract's sentences on limits, plans and consent, on the built program.

// from posts a request as the proxy does for a visitor with that address.
func (r *running) from(visitor, number string) (status int, after time.Duration) {
	r.t.Helper()
	q, err := http.NewRequestWithContext(r.t.Context(), http.MethodPost, r.url+"/request_callback", bytes.NewReader([]byte(`{"visitor_number": "`+number+`"}`)))
	if err != nil {
		r.t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/json")
	if visitor != "" {
		q.Host = strings.TrimPrefix(publicAddress, "https://")
		q.Header.Set("X-Real-IP", visitor)
	}
	res, err := r.web.Do(q)
	if err != nil {
		r.t.Fatal(err)
	}
	if err := res.Body.Close(); err != nil {
		r.t.Error(err)
	}
	seconds, _ := strconv.Atoi(res.Header.Get("Retry-After"))
	return res.StatusCode, time.Duration(seconds) * time.Second
}

const noLimits = `, "guard": {"per_ip": {"minute": 0, "hour": 0, "day": 0}, "per_number_day": 0}`

func TestALimitOf0IsNone(t *testing.T) {
	for _, c := range []struct {
		name, low, none string
		number          func(n int) string
		want            int
	}{
		{"posts of a visitor", `"guard": {"per_ip": {"minute": 2, "hour": 3, "day": 4}}`, `"guard": {"per_ip": {"minute": 0, "hour": 0, "day": 0}}`, nil, http.StatusTooManyRequests},
		{"requests for a number", `"guard": {"per_number_day": 2}`, `"guard": {"per_number_day": 0}`, func(int) string { return "+12125560000" }, http.StatusTooManyRequests},
		{"requests of a day", `"limits": {"requests_day": 2}`, `"limits": {"requests_day": 0}`, nil, http.StatusServiceUnavailable},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := launch(t, &lines{}, nil, t.TempDir(), "-practice", "-settings", fileWith(t, "{"+strings.TrimPrefix(noLimits, ", ")+"}"))
			number := c.number
			if number == nil {
				number = func(n int) string { return fmt.Sprintf("+1212556%04d", n) }
			}
			l.applied(t, "{"+c.low+"}")
			for n := range 3 {
				want := map[bool]int{true: http.StatusOK, false: c.want}[n < 2]
				if got, _ := l.from("", number(n)); got != want {
					t.Errorf("with a limit of 2, post %d is answered %d", n+1, got)
				}
			}
			l.applied(t, "{"+c.none+"}")
			for n := range 12 {
				if got, _ := l.from("", number(3+n)); got != http.StatusOK {
					t.Errorf("without a limit, post %d is answered %d", n+1, got)
				}
			}
		})
	}
}

func TestPerIPCountsPostsOfRequestsRefusedOnesTooAndNothingElse(t *testing.T) {
	l := launch(t, &lines{}, nil, t.TempDir(), "-practice", "-settings", fileWith(t, `{"guard": {"per_ip": {"minute": 3}}}`))
	ask := map[string]any{"visitor_number": "+12125550123", "request_key": "k1"}
	first := l.post(ask)
	for n := range 4 {
		if again := l.post(ask); again.ID != first.ID {
			t.Errorf("the same key once more (%d) is answered %+v", n+1, again)
		}
	}
	for range 5 {
		l.form()
		l.do(http.MethodGet, "/status/"+first.ID, nil)
		l.do(http.MethodPost, "/cancel_request", map[string]any{"request_id": first.ID})
	}
	if got := l.post(map[string]any{"visitor_number": "12"}); got.Code != "phone_invalid" {
		t.Errorf("a wrong number, the second post, is answered %+v", got)
	}
	if got := l.post(map[string]any{"visitor_number": "+12125550124"}); !got.Success {
		t.Errorf("the third post is answered %+v", got)
	}
	if got := l.post(map[string]any{"visitor_number": "+12125550125"}); got.Code != "too_many_requests" {
		t.Errorf("the fourth post is answered %+v", got)
	}
}

func TestAVisitorsAddressIsInTheOneHeaderThatTheProxySets(t *testing.T) {
	e := newExchange(t)
	l := e.serving(t, liveWith(`, "guard": {"per_ip": {"minute": 1}}, "hours": {"after_hours": "text_only", "paused_until": "2100-01-01T00:00:00Z"}`, "+12125550101"))
	for _, c := range []struct {
		visitor string
		want    int
	}{{"192.0.2.1", http.StatusOK}, {"192.0.2.2", http.StatusOK}, {"192.0.2.1", http.StatusTooManyRequests}} {
		if got, _ := l.from(c.visitor, "+12125550123"); got != c.want {
			t.Errorf("a post of %s is answered %d, want %d", c.visitor, got, c.want)
		}
	}
}

func TestADayIsACalendarDayOfTheShopsZone(t *testing.T) {
	for hour, left := range map[int]time.Duration{22: 2 * time.Hour, 1: 23 * time.Hour} {
		t.Run(fmt.Sprintf("at %d o'clock", hour), func(t *testing.T) {
			zone, _ := zoneWhere(hour)
			l := launch(t, &lines{}, nil, t.TempDir(), "-practice", "-settings", fileWith(t, `{"hours": {"timezone": "`+zone+`"}, "guard": {"per_ip": {"minute": 0, "hour": 0, "day": 1}}}`))
			l.from("", "+12125550123")
			status, after := l.from("", "+12125550124")
			// The hour may pass meanwhile.
			if status != http.StatusTooManyRequests || after > left || after < left-2*time.Hour {
				t.Errorf("a post too many is answered %d, after %v; want 429 and the %v to midnight at most", status, after, left)
			}
		})
	}
}

func TestCallsOfADayCountBothLegs(t *testing.T) {
	const counter = "+12125550101"
	e := newExchange(t)
	l := e.serving(t, strings.Replace(liveWith("", counter), `"calls_day": 0`, `"calls_day": 3`, 1))
	l.until(l.ask("+12125550123").ID, "completed")
	e.quiet(t)
	l.until(l.ask("+12125550124").ID, "sms_sent") // one leg is left, a call needs two
	if n := e.calls(counter); n != 1 {
		t.Errorf("the shop was rung %d times", n)
	}
}

func TestCountriesAreRegionsAndNotCallingCodes(t *testing.T) {
	l := launch(t, &lines{}, nil, t.TempDir(), "-practice")
	const newYork, toronto = "+12125550123", "+14165550123" // one calling code
	for countries, want := range map[string]map[string]string{
		`["US"]`:       {newYork: "", toronto: "country_not_served"},
		`["CA"]`:       {newYork: "country_not_served", toronto: ""},
		`["US", "CA"]`: {newYork: "", toronto: ""},
	} {
		l.applied(t, `{"guard": {"countries": `+countries+`, "per_ip": {"minute": 0}, "per_number_day": 0}}`)
		for number, code := range want {
			if got := l.post(map[string]any{"visitor_number": number}); got.Code != code {
				t.Errorf("%s: a post for %s is answered %+v", countries, number, got)
			}
		}
	}
}

func TestOnlyATickCanBeWanting(t *testing.T) {
	l := launch(t, &lines{}, nil, t.TempDir(), "-practice")
	if got := l.post(map[string]any{"visitor_number": "+12125550123"}); !got.Success {
		t.Errorf("with a notice, a post is answered %+v", got)
	}
	l.applied(t, `{"form": {"consent": "tick"}}`)
	if got := l.post(map[string]any{"visitor_number": "+12125550124"}); got.Code != "consent_required" {
		t.Errorf("with a tick, a post without is answered %+v", got)
	}
	if got := l.post(map[string]any{"visitor_number": "+12125550125", "consent": true}); !got.Success {
		t.Errorf("with a tick, a post with it is answered %+v", got)
	}
}

func TestPhonesRingInTurnOrAllAtOnce(t *testing.T) {
	const counter, mobile = "+12125550107", "+12125550101" // does not answer; accepts
	for kind, together := range map[string]bool{"in_turn": false, "all_at_once": true} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			e := newExchange(t)
			l := e.serving(t, strings.Replace(liveWith(once, counter, mobile), `"business": {`, `"business": {"ring": "`+kind+`", `, 1))
			l.until(l.ask("+12125550123").ID, "completed")
			e.quiet(t)
			var first, second practice.Record
			for _, r := range e.Network.Records() {
				switch r.To {
				case counter:
					first = r
				case mobile:
					second = r
				}
			}
			if first.SID == "" || second.SID == "" || together != second.Created.Before(first.Ended) {
				t.Errorf("the first rang from %v to %v, the second from %v", first.Created, first.Ended, second.Created)
			}
		})
	}
}

// Nobody hangs up: what ends the talk is the Dial's time limit.
func TestCallMinutesIsTheLongestTalk(t *testing.T) {
	const counter, visitor = "+12125550101", "+12125550123"
	e := newExchange(t)
	stays := func(ctx context.Context, h *practice.Handset) { h.Answer(); <-ctx.Done() }
	e.at(map[string]person{counter: presses("1"), visitor: stays})
	l := e.serving(t, strings.Replace(liveWith("", counter), `"limits": {`, `"limits": {"call_minutes": 1, `, 1))
	l.until(l.ask(visitor).ID, "completed")
	e.quiet(t)
	for _, r := range e.Network.Records() {
		if talk := r.Ended.Sub(r.Answered) * speed; r.To == visitor && (talk < time.Minute || talk > 10*time.Minute) {
			t.Errorf("they talked for %v", talk)
		}
	}
}

func TestTheLastOfAfterMinutesRepeats(t *testing.T) {
	for _, c := range []struct {
		name, plan, shop, visitor, end string
	}{
		{"for the shop", "retry", "+12125550106", "+12125550123", "sms_sent"},
		{"for the visitor", "retry_visitor", "+12125550101", "+12125550127", "no_answer"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := newExchange(t)
			l := e.serving(t, liveWith(`, "`+c.plan+`": {"attempts": 4, "after_minutes": [5, 30]}`, c.shop))
			id := l.ask(c.visitor).ID
			for _, minutes := range []time.Duration{5, 30, 30} {
				seen := l.until(id, "scheduled")
				now := seen[len(seen)-1]
				due, err := time.Parse(time.RFC3339, now.DueAt)
				since, wrong := time.Parse(time.RFC3339, now.UpdatedAt)
				if after := due.Sub(since).Round(time.Minute); err != nil || wrong != nil || after != minutes*time.Minute {
					t.Errorf("the next try is after %v, want %d minutes (%v, %v)", after, minutes, err, wrong)
				}
				l = e.later(t, l, `{}`)
				l.moves(id, now)
			}
			l.until(id, c.end)
		})
	}
}

// moves waits until a request is no longer as it was.
func (r *running) moves(id string, was answer) {
	r.t.Helper()
	for now := was; now.UpdatedAt == was.UpdatedAt; {
		now = r.do(http.MethodGet, "/status/"+id+"?wait=25&seen="+was.UpdatedAt, nil)
	}
}
