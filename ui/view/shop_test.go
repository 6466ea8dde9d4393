package view_test

import (
	"strings"
	"testing"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/ui/view"
)

func TestTheStateCardSaysWhetherCallsAreRealAndWhatWorks(t *testing.T) {
	cases := []struct {
		name       string
		shop       desk.Shop
		headline   string
		role       view.Role
		form, line string
	}{
		{"practice", desk.Shop{Practice: true, FormURL: "x", Missing: []string{"Enter your account."}}, "Closed", view.Quiet, "on this computer", "practice"},
		{"live", desk.Shop{FormURL: "https://x"}, "Closed", view.Quiet, "reachable", "ready"},
		{"live, in trouble", desk.Shop{FormURL: "x", Missing: []string{"Enter your account."}}, "In trouble", view.Failed, "on this computer", "can't call"},
		{"nothing can be saved, in practice too", desk.Shop{FormURL: "x", Practice: true, Unsaved: desk.DiskFull}, "In trouble", view.Failed, "takes nothing", "can't call"},
		{"the form is not served", desk.Shop{}, "Closed", view.Quiet, "not running", "ready"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := english(t).State(c.shop)
			if s.Headline != c.headline || s.Role != c.role || s.Health[0].Word != c.form || s.Health[1].Word != c.line {
				t.Errorf("the card says %+v", s)
			}
		})
	}
}

func TestTheOwnerHearsWhyNothingCanBeSavedAndWhatToDo(t *testing.T) {
	said := map[string]bool{}
	for _, why := range []desk.Unsaved{desk.DiskFull, desk.DiskBusy, desk.DiskReadOnly, desk.DiskDamaged, desk.DiskFailed} {
		says := english(t).Unsaved(desk.Shop{Unsaved: why})
		if strings.Count(says, ". ") != 1 || said[says] {
			t.Errorf("of %s it says %q", why, says)
		}
		said[says] = true
	}
	if says := english(t).Unsaved(desk.Shop{}); says != "" {
		t.Errorf("of a disk that is well it says %q", says)
	}
}

func TestAnEmptyListSaysWhy(t *testing.T) {
	w := english(t)
	cases := []struct {
		name        string
		filter      desk.Filter
		shop        desk.Shop
		title, text string
		steps       int
	}{
		{"nobody needs the owner, and nobody asked", desk.NeedsYou, desk.Shop{}, "No one is waiting", "Whoever asks on your website appears here, and your phone rings.", 0},
		{"nobody needs the owner any more", desk.NeedsYou, desk.Shop{Today: 3}, "No one is waiting", "Everybody who asked was called or ticked off.", 0},
		{"nobody asked today", desk.Today, desk.Shop{}, "No one has asked today", "Whoever asks on your website appears here, and your phone rings.", 0},
		{"practice shows how to try it", desk.All, desk.Shop{Practice: true}, "No one has asked yet", "Whoever asks on your website appears here, and your phone rings.", 3},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			e := w.Empty(c.filter, "", c.shop)
			if e.Title != c.title || e.Text != c.text || len(e.Steps) != c.steps {
				t.Errorf("it says %+v", e)
			}
		})
	}
}

func TestTheWindowSpeaksTheShopsLanguageUnlessToldOtherwise(t *testing.T) {
	shop := desk.Shop{Language: "es", Practice: true}
	if got := view.For(shop, "").Title(); got != "Ringback – práctica" {
		t.Errorf("the title is %q", got)
	}
	if got := view.For(shop, "en").Title(); got != "Ringback – practice" {
		t.Errorf("the title is %q", got)
	}
	if got := view.For(desk.Shop{Language: "tlh"}, "").Say("do_call"); got != "Call now" {
		t.Errorf("in an unknown language the button says %q", got)
	}
}

func TestTroubleSaysWhatToDo(t *testing.T) {
	for _, c := range []struct {
		name string
		s    desk.Shop
		want string
	}{
		{"none", desk.Shop{}, ""},
		{"practice has none", desk.Shop{Practice: true, Missing: []string{"Enter your account."}}, ""},
		{"something is missing", desk.Shop{Missing: []string{"Enter your account."}}, "Enter your account."},
		{"the carrier refuses", desk.Shop{Trouble: desk.Advice{Reason: "password", Code: 20003}},
			"Twilio refused the account SID or the auth token (Twilio's code 20003). Copy both anew from console.twilio.com."},
		{"the carrier can't be reached", desk.Shop{Trouble: desk.Advice{Reason: "down"}},
			"Twilio can't be reached. Look at this computer's network; it is tried again."},
	} {
		if got := view.For(c.s, "en").Trouble(c.s); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestADetailSaysWhyTheCarrierRefused(t *testing.T) {
	d := desk.Detail{Request: callback.Request{Status: callback.Failed, Code: 21215}, Why: desk.Advice{Reason: "region", Code: 21215}}
	got := view.For(desk.Shop{}, "en").Detail(d, nil, now).Notice.Body
	if want := "Calls or texts to this country are not allowed in the Twilio account (Twilio's code 21215). Allow the country under Geo permissions at console.twilio.com."; got != want {
		t.Errorf("got %q", got)
	}
}
