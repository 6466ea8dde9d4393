package view

import (
	"testing"
	"time"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/server/notify"
)

func TestWhatTheOwnerIsTold(t *testing.T) {
	now := time.Date(2026, 11, 24, 10, 41, 0, 0, time.UTC)
	jane := callback.Request{ID: 7, Status: callback.Calling, Name: "Jane Doe", Number: "+12125550123", Message: " Do you have\nrye bread? "}
	missed := jane
	missed.Status, missed.Reason = callback.Missed, callback.Unanswered
	nameless := jane
	nameless.Name, nameless.Message = "", ""
	part := func(kind notify.Kind, p notify.Part) notify.Notice { return notify.Notice{Kind: kind, Part: p} }
	cases := []struct {
		name   string
		notice notify.Notice
		about  callback.Request
		shop   desk.Shop
		want   Toast
	}{
		{"a new request", notify.Notice{Kind: notify.New, Request: 7}, jane, desk.Shop{}, Toast{"request 7", "Jane Doe asks for a call", "(212) 555-0123\nDo you have\nrye bread?"}},
		{"without a name", notify.Notice{Kind: notify.New, Request: 7}, nameless, desk.Shop{}, Toast{"request 7", "(212) 555-0123 asks for a call", ""}},
		{"in practice", notify.Notice{Kind: notify.New, Request: 7}, nameless, desk.Shop{Practice: true}, Toast{"request 7", "Practice: (212) 555-0123 asks for a call", ""}},
		{"missed", notify.Notice{Kind: notify.Missed, Request: 7}, missed, desk.Shop{}, Toast{"request 7", "Jane Doe needs you", "Nobody pressed 1\n(212) 555-0123"}},
		{"a text", notify.Notice{Kind: notify.Texted, Request: 7}, missed, desk.Shop{}, Toast{"request 7", "Jane Doe has texted", "Click to read it."}},
		{"the phone fails", part(notify.Trouble, notify.Phone), callback.Request{}, desk.Shop{Missing: []string{"The Twilio number is not set."}}, Toast{"phone", "Nobody can be called just now", "The Twilio number is not set."}},
		{"the phone works", part(notify.Over, notify.Phone), callback.Request{}, desk.Shop{}, Toast{"phone", "Calls work again", "Whoever waits is called."}},
		{"the website fails", part(notify.Trouble, notify.Website), callback.Request{}, desk.Shop{}, Toast{"website", "Visitors can’t reach your form", "There is no public address for it just now. Whoever waits is still called; see the settings for what is missing."}},
		{"the website works", part(notify.Over, notify.Website), callback.Request{}, desk.Shop{}, Toast{"website", "Visitors reach your form again", "Requests come in as before."}},
		{"the disk works", part(notify.Over, notify.Disk), callback.Request{}, desk.Shop{}, Toast{"disk", "Saving works again", "Requests are taken, and visitors are called."}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.shop.Country = "US"
			got, worth := For(c.shop, "en").Toast(c.notice, c.about, c.shop, now)
			if got != c.want || !worth {
				t.Errorf("got %q, %v; want %q", got, worth, c.want)
			}
		})
	}
}

func TestADiskThatTakesNothingIsToldWithWhatToDo(t *testing.T) {
	s := desk.Shop{Unsaved: desk.DiskFull}
	got, _ := For(s, "en").Toast(notify.Notice{Kind: notify.Trouble, Part: notify.Disk}, callback.Request{}, s, time.Time{})
	if want := For(s, "en").Unsaved(s); got.Title != "Nothing can be saved" || got.Body != want || want == "" {
		t.Errorf("got %q", got)
	}
}

func TestWhatSomebodyHasSeenToIsNoNews(t *testing.T) {
	for name, r := range map[string]callback.Request{
		"ticked off": {ID: 7, Number: "+12125550123", Status: callback.Missed, TickedOff: &callback.Mark{}},
		"cancelled":  {ID: 7, Number: "+12125550123", Status: callback.Cancelled},
		"erased":     {ID: 7, Status: callback.Missed},
	} {
		if got, worth := (Words{Language: "en", Zone: time.UTC}).Toast(notify.Notice{Kind: notify.Missed, Request: 7}, r, desk.Shop{}, time.Time{}); worth {
			t.Errorf("%s: it is told: %q", name, got)
		}
	}
}
