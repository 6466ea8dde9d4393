package shop_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"ringback/server/desk"
)

// The window pauses and resumes through Desk.Apply with desk.Pause.
func TestThePauseOfTheOwnerIsWhatVisitorsRead(t *testing.T) {
	r := start(t, t.TempDir(), "")
	pause := func(until time.Time) {
		t.Helper()
		file, err := json.Marshal(desk.Pause(until))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.shop.Desk().Apply(context.Background(), file); err != nil {
			t.Fatal(err)
		}
	}
	if s := r.shown().Opening; !s.Open || !s.Next.IsZero() || s.Website != "Open now, all day" {
		t.Errorf("a fresh shop is %+v", s)
	}
	until := time.Now().Add(time.Hour).Truncate(time.Second)
	pause(until)
	r.comes("the pause", func(s desk.Shop) bool { return s.Opening.Paused.Equal(until) })
	if s := r.shown().Opening; s.Open || !s.Next.Equal(until) || !strings.HasPrefix(s.Website, "We take no calls just now. We are back ") {
		t.Errorf("paused it is %+v", s)
	}
	pause(time.Time{})
	r.comes("its end", func(s desk.Shop) bool { return s.Opening.Open && s.Opening.Paused.IsZero() })
}

func TestTheOwnerReadsTheWebsiteInALanguageThatTheFormSpeaks(t *testing.T) {
	r := start(t, t.TempDir(), "")
	r.apply(`{"business": {"language": "es"}}`)
	r.comes("Spanish", func(s desk.Shop) bool { return s.Opening.Website == "Abierto ahora, todo el día" })
	r.apply(`{"form": {"languages": ["en"]}}`)
	r.comes("English", func(s desk.Shop) bool { return s.Opening.Website == "Open now, all day" })
}
