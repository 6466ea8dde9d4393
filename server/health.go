package server

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"sync"
	"time"
	"unicode/utf8"

	"ringback/server/guard"
)

// State is how well a part is.
type State string

// The states. A part that isn't needed just now is Healthy.
const (
	Healthy  State = "healthy"
	Degraded State = "degraded"
)

// Check is how one part is. Detail may hold a carrier's or tunnel's error code, never
// its text, and nothing of a visitor's.
type Check struct {
	Status State     // empty: Healthy
	Since  time.Time // zero: since it was first asked about and was so; what was always well, since the start
	Detail string
}

// Health is how everything is.
type Health struct {
	Database, Carrier, Tunnel, Webhooks, Disk, Clock Check
}

func (h *Health) checks() map[string]*Check {
	return map[string]*Check{
		"database": &h.Database, "carrier": &h.Carrier, "tunnel": &h.Tunnel,
		"webhooks": &h.Webhooks, "disk": &h.Disk, "clock": &h.Clock,
	}
}

// State is Degraded when one part is.
func (h Health) State() State {
	for _, c := range h.checks() {
		if cmp.Or(c.Status, Healthy) != Healthy {
			return Degraded
		}
	}
	return Healthy
}

// turns remember since when each part is as it is.
type turns struct {
	mu   sync.Mutex
	last map[string]turn
}

type turn struct {
	state State
	at    time.Time
}

// since notes how a part is now, and says since when.
func (t *turns) since(name string, c Check, began, now time.Time) time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.last == nil {
		t.last = map[string]turn{}
	}
	was, known := t.last[name]
	if !known {
		was = turn{Healthy, began}
	}
	if state := cmp.Or(c.Status, Healthy); state != was.state {
		was = turn{state, now}
	}
	t.last[name] = was
	if !c.Since.IsZero() {
		return c.Since
	}
	return was.at
}

// health asks how everything is.
func (s *Server) health() Health {
	if s.Health == nil {
		return Health{}
	}
	h, now := s.Health(), s.now()
	for name, check := range h.checks() {
		check.Since = s.turns.since(name, *check, s.began, now)
	}
	return h
}

// longestNonce is the most characters of a nonce.
const longestNonce = 256

// Proof is what GET /health?nonce=… answers with. Only this process can make it, so
// whoever asks through the public address learns whether that leads here.
func (s *Server) Proof(nonce string) string {
	s.start()
	mac := hmac.New(sha256.New, s.secret[:])
	mac.Write([]byte("health " + nonce))
	return hex.EncodeToString(mac.Sum(nil))
}

// getHealth is the public one: it says no more than how well we are.
func (s *Server) getHealth(w http.ResponseWriter, r *http.Request) error {
	answer := map[string]any{"status": s.health().State()}
	if nonce := r.URL.Query().Get("nonce"); nonce != "" {
		if utf8.RuneCountInString(nonce) > longestNonce {
			return &problem{code: guard.FieldTooLong, field: "nonce", limit: longestNonce}
		}
		answer["proof"] = s.Proof(nonce)
	}
	writeJSON(w, http.StatusOK, answer)
	return nil
}

type checkAnswer struct {
	Status State  `json:"status"`
	Since  string `json:"since"` // UTC
	Detail string `json:"detail"`
}

// getChecks is the one on this computer.
func (s *Server) getChecks(w http.ResponseWriter, _ *http.Request) error {
	health := s.health()
	checks := map[string]checkAnswer{}
	for name, c := range health.checks() {
		since := c.Since
		if since.IsZero() {
			since = s.began
		}
		checks[name] = checkAnswer{cmp.Or(c.Status, Healthy), stamp(since), c.Detail}
	}
	status := http.StatusOK
	if health.State() != Healthy {
		status = http.StatusServiceUnavailable
	}
	writeJSON(w, status, map[string]any{
		"status":         health.State(),
		"version":        s.Version,
		"uptime_seconds": int(max(0, s.now().Sub(s.began)).Seconds()),
		"checks":         checks,
	})
	return nil
}
