package server_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"ringback/server"
	"ringback/server/twilio"
)

func TestPublicHealthSaysNoMoreThanHowWellWeAre(t *testing.T) {
	b := newBakery(t)
	if got := b.get("/health").Body.String(); got != `{"status":"healthy"}`+"\n" {
		t.Errorf("answered %s", got)
	}
	b.Health = func() server.Health {
		return server.Health{Tunnel: server.Check{Status: server.Degraded, Detail: "ERR_NGROK_107"}}
	}
	a := b.get("/health")
	if a.Code != http.StatusOK || a.Body.String() != `{"status":"degraded"}`+"\n" {
		t.Errorf("answered %d %s", a.Code, a.Body)
	}
}

func TestOnlyThisProcessCanProveThatItIsIt(t *testing.T) {
	b, other := newBakery(t), newBakery(t)
	proof := func(b *bakery, nonce string) string { return b.get("/health?nonce=" + nonce).text("proof") }
	if got := proof(b, "n1"); len(got) != 64 || got != b.Proof("n1") {
		t.Errorf("proof is %q, want %q", got, b.Proof("n1"))
	}
	if proof(b, "n1") == proof(b, "n2") || proof(b, "n1") == proof(other, "n1") {
		t.Error("one proof serves for another")
	}
	b.get("/health?nonce="+strings.Repeat("n", 257)).want(http.StatusBadRequest, "field_too_long")
}

func TestOpsHealthTellsOfEachPart(t *testing.T) {
	b := newBakery(t)
	b.http = b.Ops()
	b.pass(90 * time.Second)
	a := b.get("/health")
	if a.Code != http.StatusOK || a.text("status") != "healthy" {
		t.Errorf("answered %d %s", a.Code, a.Body)
	}
	b.Health = func() server.Health {
		return server.Health{Tunnel: server.Check{Status: server.Degraded, Since: morning.Add(time.Minute), Detail: "ERR_NGROK_107"}}
	}
	a = b.get("/health")
	well := map[string]any{"status": "healthy", "since": "2026-11-24T15:10:00.000Z", "detail": ""}
	want := map[string]any{
		"status": "degraded", "version": "1.2.3", "uptime_seconds": 90.0,
		"checks": map[string]any{
			"database": well, "carrier": well, "webhooks": well, "disk": well, "clock": well,
			"tunnel": map[string]any{"status": "degraded", "since": "2026-11-24T15:11:00.000Z", "detail": "ERR_NGROK_107"},
		},
	}
	if diff := cmp.Diff(a.json(), want); diff != "" || a.Code != http.StatusServiceUnavailable {
		t.Errorf("answered %d; got -, want +:\n%s", a.Code, diff)
	}
}

func TestSinceIsWhenAPartWasFirstSeenAsItIs(t *testing.T) {
	b := newBakery(t)
	b.http = b.Ops()
	since := func(state server.State) string {
		b.pass(time.Minute)
		b.Health = func() server.Health { return server.Health{Database: server.Check{Status: state}} }
		return b.get("/health").json()["checks"].(map[string]any)["database"].(map[string]any)["since"].(string)
	}
	for i, c := range []struct {
		state server.State
		want  string
	}{
		{server.Healthy, "2026-11-24T15:10:00.000Z"}, // the start
		{server.Degraded, "2026-11-24T15:12:00.000Z"},
		{server.Degraded, "2026-11-24T15:12:00.000Z"},
		{server.Healthy, "2026-11-24T15:14:00.000Z"},
	} {
		if got := since(c.state); got != c.want {
			t.Errorf("look %d: %s since %s, want %s", i+1, c.state, got, c.want)
		}
	}
}

func TestOpsAnswersOnlyThisComputersOwnPrograms(t *testing.T) {
	b := newBakery(t)
	b.http = b.Ops()
	for _, target := range []string{"/health", "/metrics"} {
		for _, host := range []string{"127.0.0.1:8788", "localhost", "[::1]:8788"} {
			if a := b.get(target, "Host", host); a.Code != http.StatusOK {
				t.Errorf("%s for %s is %d", target, host, a.Code)
			}
		}
		b.get(target, "Host", "bakery.example").want(http.StatusMisdirectedRequest, "host_not_allowed")
		b.get(target, "Origin", "http://localhost:8788").want(http.StatusForbidden, "origin_not_allowed")
		b.get(target, "Origin", "").want(http.StatusForbidden, "origin_not_allowed")
	}
	b.get("/").want(http.StatusNotFound, "not_found")
	b.post("/health", `{}`).want(http.StatusMethodNotAllowed, "method_not_allowed")
}

// metric reads a value from what /metrics answers.
func (b *bakery) metric(name string) string {
	b.t.Helper()
	was := b.http
	b.http = b.Ops()
	defer func() { b.http = was }()
	body := b.get("/metrics").Body.String()
	found := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(name) + ` (.*)$`).FindStringSubmatch(body)
	if found == nil {
		return ""
	}
	return found[1]
}

func TestEachMetricIsMoved(t *testing.T) {
	b := newBakery(t)
	b.get("/status/ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	id := b.asks("+12125550123")
	b.pass(20 * time.Second)
	b.shopAnswers(id)
	b.shopPresses(id, "1")
	b.visitorAnswers(id)
	b.dialEnds(id, "completed", "true")
	b.webhook(twilio.StatusURL(publicBase, "nobody-1"), url.Values{"CallSid": {callSID}, "CallStatus": {"ringing"}})
	b.submit("/twilio/key", url.Values{})
	b.get("/metrics") // is not there
	for name, want := range map[string]string{
		`callback_requests_total{status="pending"}`:                          "1",
		`callback_requests_total{status="calling"}`:                          "1",
		`callback_requests_total{status="connected"}`:                        "1",
		`callback_requests_total{status="completed"}`:                        "1",
		`callback_requests_total{status="missed"}`:                           "0",
		`callback_duration_seconds_count`:                                    "1",
		`callback_duration_seconds_sum`:                                      "20",
		`ringback_http_requests_total{code="200",route="/request_callback"}`: "1",
		`ringback_http_requests_total{code="404",route="/status/{id}"}`:      "1",
		`ringback_http_requests_total{code="404",route="unknown"}`:           "1",
		`ringback_http_duration_seconds_count{route="/request_callback"}`:    "1",
		`ringback_webhooks_total{kind="whisper",result="done"}`:              "1",
		`ringback_webhooks_total{kind="status_callback",result="unknown"}`:   "1",
		`ringback_webhooks_total{kind="key",result="forged"}`:                "1",
		`ringback_refusals_total{code="forged"}`:                             "1",
		`ringback_status_waiting`:                                            "0",
		`ringback_build_info{version="1.2.3"}`:                               "1",
	} {
		if got := b.metric(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if problems, err := testutil.GatherAndLint(b.Metrics.Registry()); err != nil || len(problems) > 0 {
		t.Errorf("lint: %v %v", problems, err)
	}
}

func TestMetricsNamesBeginAsTheContractSays(t *testing.T) {
	b := newBakery(t)
	b.http = b.Ops()
	b.get("/health")
	for line := range strings.Lines(b.get("/metrics").Body.String()) {
		name := strings.TrimPrefix(strings.TrimPrefix(line, "# HELP "), "# TYPE ")
		if !strings.HasPrefix(name, "ringback_") && !strings.HasPrefix(name, "callback_requests_total") && !strings.HasPrefix(name, "callback_duration_seconds") {
			t.Errorf("metric %s", line)
		}
	}
}

func TestMetricsTellWhatTheProgramHolds(t *testing.T) {
	b := newBakery(t)
	b.http = b.Ops()
	before, err := strconv.ParseFloat(b.metric("ringback_goroutines"), 64)
	if err != nil || before < 1 {
		t.Fatalf("%v goroutines, %v", before, err)
	}
	hold := make(chan struct{})
	defer close(hold)
	for range 1000 {
		go func() { <-hold }()
	}
	if after, err := strconv.ParseFloat(b.metric("ringback_goroutines"), 64); err != nil || after < before+900 {
		t.Errorf("%v goroutines, and 1000 more are %v, %v", before, after, err)
	}
	if heap, err := strconv.ParseFloat(b.metric("ringback_heap_bytes"), 64); err != nil || heap < 1<<16 {
		t.Errorf("%v bytes on the heap, %v", heap, err)
	}
}
