package server_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ringback/server/callback"
	"ringback/server/settings"
)

func noLimits(s *settings.Settings) {
	s.Guard.PerIP, s.Guard.PerNumberDay, s.Limits.RequestsDay = settings.PerIP{}, 0, 0
}

func fourDigits(n int) string { return fmt.Sprintf("%04d", n) }
func itoa(n int) string       { return strconv.Itoa(n) }

func TestStatusAnswerHasTheContractsKeys(t *testing.T) {
	b := newBakery(t)
	id := b.asks("+12125550123")
	got := b.get("/status/" + id).json()
	if !regexp.MustCompile(`^2026-11-24T15:10:00\.\d{3}Z$`).MatchString(got["updated_at"].(string)) {
		t.Errorf("updated_at is %q", got["updated_at"])
	}
	delete(got, "updated_at")
	want := map[string]any{
		"success": true, "status": "calling", "state": "ringing", "place_in_line": nil, "due_at": nil,
		"message": "Ringing the shop. As soon as somebody picks up, your phone rings.",
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
}

func TestStatusFollowsTheCall(t *testing.T) {
	b := newBakery(t)
	id := b.asks("+12125550123")
	last := ""
	step := func(what, status, state string) {
		t.Helper()
		a := b.get("/status/" + id)
		if a.text("status") != status || a.text("state") != state {
			t.Errorf("%s: %s", what, a.Body)
		}
		if at := a.text("updated_at"); at <= last {
			t.Errorf("%s: updated_at went from %s to %s", what, last, at)
		} else {
			last = at
		}
	}
	step("the shop rings", "calling", "ringing")
	b.shopAnswers(id)
	b.shopPresses(id, "1")
	step("the shop pressed 1", "connecting", "connecting")
	b.visitorAnswers(id)
	step("the visitor picked up", "connected", "connected")
	b.pass(time.Minute)
	b.dialEnds(id, "completed", "true")
	step("they hung up", "completed", "completed")
}

func TestPlaceInLineStartsAtOne(t *testing.T) {
	b := newBakery(t)
	b.asks("+12125550123") // is rung: one is ahead of the line
	first, second := b.asks("+12125550124"), b.asks("+12125550125")
	for _, c := range []struct {
		name, id, message string
		place             float64
	}{
		{"the first in line", first, "You are next in line. One person is ahead of you. You may close this page; your phone will ring all the same.", 1},
		{"the second", second, "You are number 2 in line. 2 people are ahead of you. You may close this page; your phone will ring all the same.", 2},
	} {
		got := b.get("/status/" + c.id).json()
		if got["state"] != "waiting" || got["place_in_line"] != c.place || got["message"] != c.message {
			t.Errorf("%s: %v", c.name, got)
		}
		if page := b.get("/r/" + c.id).Body.String(); !strings.Contains(page, `data-state="waiting"`) {
			t.Errorf("%s: the page says something else", c.name)
		}
	}
}

func TestShopInTroubleSaysSo(t *testing.T) {
	b := newBakery(t)
	b.Engine.Carrier = nil
	id := b.asks("+12125550123")
	if a := b.get("/status/" + id); a.text("status") != "pending" || a.text("state") != "trouble" {
		t.Errorf("status is %s", a.Body)
	}
}

func TestSecondWishForANumberIsTheSameCall(t *testing.T) {
	b := newBakery(t)
	first, second := b.asks("+12125550123"), b.asks("+12125550123")
	if first == second {
		t.Error("both have one id")
	}
	if a := b.get("/status/" + second); a.text("state") != "ringing" {
		t.Errorf("status is %s", a.Body)
	}
	if page := b.get("/r/" + second).Body.String(); !strings.Contains(page, "You have asked already") {
		t.Error("the page does not say that it is the same call")
	}
}

func TestMessageIsInTheLanguageOfTheOneWhoAsked(t *testing.T) {
	b := newBakery(t)
	id := b.post("/request_callback", `{"visitor_number":"2125550123","language":"es"}`).text("request_id")
	cases := []struct {
		name, query, header, want string
	}{
		{"whatever the browser says", "", "en", "Llamando"},
		{"unless another is wished for", "?lang=en", "es", "Ringing"},
	}
	for _, c := range cases {
		if got := b.get("/status/"+id+c.query, "Accept-Language", c.header).text("message"); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

func TestRequestThatIsNotThere(t *testing.T) {
	b := newBakery(t)
	for _, id := range []string{"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "1", "%27%20OR%201=1", strings.Repeat("A", 500)} {
		b.get("/status/"+id).want(http.StatusNotFound, "not_found")
		page := b.get("/r/" + id + "?lang=es")
		if page.Code != http.StatusNotFound || !strings.Contains(page.Body.String(), "No conocemos esta solicitud") {
			t.Errorf("page of %s is %d: %s", id, page.Code, page.Body)
		}
	}
}

func TestNothingOfTheVisitorsIsShown(t *testing.T) {
	b := newBakery(t)
	id := b.post("/request_callback", `{"visitor_number":"2125550123","name":"Jane Doe","email":"jane@x.example","message":"Rye bread"}`).text("request_id")
	b.shopAnswers(id)
	b.shopPresses(id, "1")
	for _, status := range []callback.Status{callback.Connecting, callback.Failed} {
		if status == callback.Failed {
			b.dialEnds(id, "failed", "false")
		}
		for _, path := range []string{"/status/", "/r/"} {
			body := b.get(path + id).Body.String()
			for _, secret := range []string{"5550123", "555-0123", "Jane", "jane@", "Rye"} {
				if strings.Contains(body, secret) {
					t.Errorf("%s shows %q: %s", path, secret, body)
				}
			}
		}
	}
}
