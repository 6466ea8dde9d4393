package server_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"ringback/server/callback"
	"ringback/server/settings"
)

func TestAVisitorReschedules(t *testing.T) {
	b := newBakery(t)
	b.change(func(s *settings.Settings) { s.Hours.Week.Wed = []string{"09:00-17:00"} })
	id := b.post("/request_callback", `{"visitor_number": "+12125550123", "preferred_at": "2026-11-25T10:00:00-05:00"}`).text("request_id")
	a := b.post("/reschedule_request", `{"request_id": "`+id+`", "preferred_at": "2026-11-25T16:00:00-05:00"}`)
	if got := a.json(); got["status"] != "scheduled" || got["due_at"] != "2026-11-25T16:00:00-05:00" {
		t.Errorf("answered %v", got)
	}
	for code, body := range map[string]string{
		"time_not_open": `{"request_id": "` + id + `", "preferred_at": "2026-11-25T18:00:00-05:00"}`,
		"time_invalid":  `{"request_id": "` + id + `", "preferred_at": "soon"}`,
		"not_found":     `{"request_id": "AAAAAAAAAAAAAAAAAAAAAAAAAA"}`,
	} {
		status := http.StatusBadRequest
		if code == "not_found" {
			status = http.StatusNotFound
		}
		b.post("/reschedule_request", body).want(status, code)
	}
	if got := b.post("/reschedule_request", `{"request_id": "`+id+`"}`).json()["status"]; got != "calling" {
		t.Errorf("now is answered %v", got) // its turn has come at once
	}
	b.post("/reschedule_request", `{"request_id": "`+id+`"}`).want(http.StatusConflict, "too_late")
}

func TestAnotherTimeIsOfferedOnThePageAndTakenFromIt(t *testing.T) {
	b := newBakery(t)
	id := b.post("/request_callback", `{"visitor_number": "+12125550123", "preferred_at": "2026-11-25T10:00:00-05:00"}`).text("request_id")
	page := b.get("/r/" + id).Body.String()
	if !strings.Contains(page, `action="/reschedule_request"`) || !strings.Contains(page, `value="2026-11-25T16:00:00-05:00"`) {
		t.Errorf("the page offers no other time:\n%s", page)
	}
	a := b.submit("/reschedule_request", url.Values{"request_id": {id}, "preferred_at": {"2026-11-25T16:00:00-05:00"}, "language": {"en"}})
	if a.Code != http.StatusSeeOther || !strings.HasPrefix(a.Header().Get("Location"), "/r/"+id) {
		t.Errorf("answered %d to %s", a.Code, a.Header().Get("Location"))
	}
	if got := b.request(id); !got.DueAt.Equal(time.Date(2026, 11, 25, 21, 0, 0, 0, time.UTC)) {
		t.Errorf("due %v", got.DueAt)
	}
}

func TestOneThatFollowsAnotherDoesNotMoveIt(t *testing.T) {
	b := newBakery(t)
	body := `{"visitor_number": "+12125550123", "preferred_at": "2026-11-25T10:00:00-05:00"}`
	first := b.post("/request_callback", body).text("request_id")
	second := b.post("/request_callback", body).text("request_id")
	b.post("/reschedule_request", `{"request_id": "`+second+`", "preferred_at": "2026-12-20T10:00:00-05:00"}`).want(http.StatusConflict, "too_late")
	if got := b.request(first).DueAt; !got.Equal(time.Date(2026, 11, 25, 15, 0, 0, 0, time.UTC)) {
		t.Errorf("the first is due %v", got)
	}
	if strings.Contains(b.get("/r/"+second).Body.String(), "/reschedule_request") {
		t.Error("its page offers another time")
	}
}

func TestNobodyIsMadeToRingForEver(t *testing.T) {
	b := newBakery(t)
	id := b.post("/request_callback", `{"visitor_number": "+12125550123", "preferred_at": "2026-11-25T10:00:00-05:00"}`).text("request_id")
	err := b.store.Update(context.Background(), func(tx callback.Tx) error {
		r, err := tx.ByPublicID(id)
		if err != nil {
			return err
		}
		r.Rounds = 3 // three a number and day, one attempt each
		return tx.Save(r)
	})
	if err != nil {
		t.Fatal(err)
	}
	b.post("/reschedule_request", `{"request_id": "`+id+`"}`).want(http.StatusTooManyRequests, "number_limit")
}
