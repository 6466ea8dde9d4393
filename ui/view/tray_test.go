package view

import (
	"testing"
	"time"

	"ringback/server/callback"
	"ringback/server/desk"
)

func TestTheTraySaysHowTheShopStands(t *testing.T) {
	now := time.Date(2026, 11, 24, 10, 41, 0, 0, time.UTC)
	open := desk.Opening{Open: true, Next: now.Add(6 * time.Hour)}
	cases := []struct {
		name          string
		shop          desk.Shop
		icon, tooltip string
	}{
		{"open", desk.Shop{Opening: open}, "open", "Ringback: open, closes at 16:41"},
		{"open round the clock", desk.Shop{Opening: desk.Opening{Open: true}}, "open", "Ringback: open"},
		{"closed", desk.Shop{Opening: desk.Opening{Next: now.Add(24 * time.Hour)}}, "closed", "Ringback: closed, opens tomorrow at 10:41"},
		{"closed for good", desk.Shop{}, "closed", "Ringback: closed"},
		{"paused", desk.Shop{Opening: desk.Opening{Paused: now.Add(time.Hour), Next: now.Add(time.Hour)}}, "paused", "Ringback: paused, goes on at 11:41"},
		{"somebody waits", desk.Shop{Opening: open, NeedsYou: 1}, "waiting", "Ringback: open, closes at 16:41 · one person waits"},
		{"some wait, whoever is in line too", desk.Shop{Opening: open, NeedsYou: 1, Line: []callback.Request{{Status: callback.Connected}, {Status: callback.Pending}}}, "waiting", "Ringback: open, closes at 16:41 · 2 people wait"},
		{"who talks does not wait", desk.Shop{Opening: open, Line: []callback.Request{{Status: callback.Connected}}}, "open", "Ringback: open, closes at 16:41"},
		{"they wait in a pause, too", desk.Shop{Opening: desk.Opening{Paused: now.Add(time.Hour)}, NeedsYou: 3}, "waiting", "Ringback: paused, goes on at 11:41 · 3 people wait"},
		{"trouble comes first", desk.Shop{Opening: open, NeedsYou: 3, Missing: []string{"The Twilio number is not set."}}, "trouble", "Ringback: The Twilio number is not set. · 3 people wait"},
		{"practice lacks nothing", desk.Shop{Practice: true, Opening: open, Missing: []string{"The Twilio number is not set."}}, "open", "Ringback – practice: open, closes at 16:41"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.shop.Now = now
			got := For(c.shop, "en").Tray(c.shop, nil)
			if got.Icon != c.icon || got.Tooltip != c.tooltip {
				t.Errorf("got %s, %q; want %s, %q", got.Icon, got.Tooltip, c.icon, c.tooltip)
			}
		})
	}
}

func TestADiskThatTakesNothingIsTrouble(t *testing.T) {
	s := desk.Shop{Unsaved: desk.DiskFull, Practice: true, Opening: desk.Opening{Open: true}}
	if got := For(s, "en").Tray(s, nil).Icon; got != "trouble" {
		t.Errorf("the icon is %s", got)
	}
}

func TestTheTrayNamesFiveOfThoseWhoWait(t *testing.T) {
	s := desk.Shop{Country: "US", Line: []callback.Request{{ID: 9, Status: callback.Connected}, {ID: 8, Status: callback.Pending, Name: "Ann"}}}
	var list []callback.Request
	for id := range int64(7) {
		list = append(list, callback.Request{ID: 7 - id, Status: callback.Missed, Number: "+12125550188"})
	}
	got := For(s, "en").Tray(s, list).Waiting
	if len(got) != 5 || got[0] != (TrayRequest{8, "Ann – In line"}) || got[1] != (TrayRequest{7, "(212) 555-0188 – Missed"}) {
		t.Errorf("those who wait are %v", got)
	}
}
