package server_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"ringback/server"
	"ringback/server/settings"
)

var betweenTags = regexp.MustCompile(`<[^>]*>`)

// The bakery's clock stands at a Tuesday's morning in New York.
func TestThePagesSayTheHours(t *testing.T) {
	nineToFive := func(s *settings.Settings) {
		s.Hours.Week.Tue, s.Hours.Week.Wed = []string{"09:00-17:00"}, []string{"09:00-17:00"}
		s.Hours.Week.Mon, s.Hours.Week.Thu, s.Hours.Week.Fri, s.Hours.Week.Sat, s.Hours.Week.Sun = nil, nil, nil, nil, nil
	}
	evening := func(b *bakery) { b.pass(12 * time.Hour) }
	for _, c := range []struct {
		name   string
		set    func(s *settings.Settings)
		later  func(b *bakery)
		page   []string // what the page says
		open   bool
		closes any
		opens  any
		status string // of a request that asks for now
	}{
		{"open all day", func(*settings.Settings) {}, nil, []string{"Call me"}, true, nil, nil, "pending"},
		{"open until five", nineToFive, nil, []string{"17:00", "Tue–Wed 09:00–17:00"}, true, "2026-11-24T17:00:00-05:00", nil, "pending"},
		{"closed until the next morning", nineToFive, evening, []string{"tomorrow at 09:00"}, false, nil, "2026-11-25T09:00:00-05:00", "scheduled"},
		{"closed, text only", func(s *settings.Settings) { nineToFive(s); s.Hours.AfterHours = settings.TextOnly }, evening, nil, false, nil, "2026-11-25T09:00:00-05:00", "pending"},
		{"closed, and calls anyway", func(s *settings.Settings) { nineToFive(s); s.Hours.AfterHours = settings.CallAnyway }, evening, nil, false, nil, "2026-11-25T09:00:00-05:00", "pending"},
		{"paused", func(s *settings.Settings) { s.Hours.PausedUntil = "2026-11-24T13:00:00-05:00" }, nil, []string{"13:00"}, false, nil, "2026-11-24T13:00:00-05:00", "scheduled"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBakery(t)
			b.change(c.set)
			if c.later != nil {
				c.later(b)
			}
			for _, words := range c.page {
				if page := b.get("/"); !strings.Contains(page.Body.String(), words) {
					t.Errorf("the page lacks %q", words)
				}
			}
			says := server.OpeningWords("en", b.settings().Hours.Plan(), b.now())
			if page := b.get("/").Body.String(); !strings.Contains(betweenTags.ReplaceAllString(page, ""), says) {
				t.Errorf("the page lacks what the owner is told that it says: %q", says)
			}
			form := b.get("/form").json()
			for name, want := range map[string]any{"open": c.open, "closes_at": c.closes, "opens_at": c.opens} {
				if form[name] != want {
					t.Errorf("%s is %v, want %v", name, form[name], want)
				}
			}
			if got := b.post("/request_callback", `{"visitor_number": "+12125550123"}`).json()["status"]; got != c.status {
				t.Errorf("a request is %v, want %s", got, c.status)
			}
		})
	}
}

func TestATimeOutsideTheHoursIsRefused(t *testing.T) {
	b := newBakery(t)
	b.change(func(s *settings.Settings) { s.Hours.Week.Wed = []string{"09:00-17:00"} })
	b.post("/request_callback", `{"visitor_number": "+12125550123", "preferred_at": "2026-11-25T18:00:00-05:00"}`).want(http.StatusBadRequest, "time_not_open")
	if got := b.post("/request_callback", `{"visitor_number": "+12125550123", "preferred_at": "2026-11-25T16:30:00-05:00"}`).json()["status"]; got != "scheduled" {
		t.Errorf("a time within the hours is %v", got)
	}
}
