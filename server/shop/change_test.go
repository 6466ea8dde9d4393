package shop_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"ringback/server/desk"
	"ringback/server/practice"
	"ringback/server/shop"
	"ringback/server/twilio/twiliotest"
)

// apply applies a settings file to the running shop and returns what it says.
func (r *running) apply(file string) string {
	r.t.Helper()
	said, err := r.shop.Apply(context.Background(), []byte(file))
	if err != nil {
		r.t.Fatal(err)
	}
	return said
}

// shown is the shop as the window shows it.
func (r *running) shown() desk.Shop {
	r.t.Helper()
	s, err := r.shop.Desk().Shop(context.Background())
	if err != nil {
		r.t.Fatal(err)
	}
	return s
}

// comes waits until the window is told of a change after which it is so.
func (r *running) comes(what string, so func(desk.Shop) bool) {
	r.t.Helper()
	end := time.After(patience)
	for {
		changed, leave := r.shop.Desk().Changed()
		if so(r.shown()) {
			leave()
			return
		}
		select {
		case <-changed:
		case <-end:
			r.t.Fatalf("never came: %s", what)
		}
		leave()
	}
}

func TestSettingsHoldWithoutARestart(t *testing.T) {
	for _, c := range []struct {
		name, file string
		holds      func(r *running) bool
	}{
		{"the shop's name in the window", `{"business": {"name": "Bob's Bakery"}}`, func(r *running) bool { return r.shown().Name == "Bob's Bakery" }},
		{"the phones that ring", `{"business": {"phones": [{"number": "+12125550106"}]}, "retry": {"attempts": 1}}`, func(r *running) bool {
			r.until(r.ask("+12125550123").ID, "sms_sent")
			return true
		}},
		{"the phones that the window draws", `{"business": {"phones": [{"label": "Yard", "number": "+12125550104"}]}}`, func(r *running) bool {
			return r.shop.Desk().Practice().Phones()[0].Number == "+12125550104"
		}},
		{"the numbers that are texted", `{"business": {"phones": [{"number": "+12125550106"}], "sms_numbers": ["+12125550142"]}, "retry": {"attempts": 1}}`, func(r *running) bool {
			r.until(r.ask("+12125550123").ID, "sms_sent")
			return slices.ContainsFunc(r.shop.Desk().Practice().Texts(), func(m desk.PracticeText) bool { return m.To == "+12125550142" && m.Shop })
		}},
		{"the guard's limits", `{"guard": {"per_ip": {"minute": 1}}}`, func(r *running) bool {
			r.post(map[string]any{"visitor_number": "+12125550123"})
			return r.post(map[string]any{"visitor_number": "+12125550124"}).Code == "too_many_requests"
		}},
		{"the countries that are served", `{"guard": {"countries": ["DE"]}}`, func(r *running) bool {
			return r.post(map[string]any{"visitor_number": "+12125550123"}).Code == "country_not_served"
		}},
		{"the form", `{"form": {"consent": "tick"}}`, func(r *running) bool {
			return r.post(map[string]any{"visitor_number": "+12125550123"}).Code == "consent_required"
		}},
		{"the hours", `{"hours": {"after_hours": "text_only", "week": {"mon": [], "tue": [], "wed": [], "thu": [], "fri": [], "sat": [], "sun": []}}}`, func(r *running) bool {
			r.until(r.ask("+12125550123").ID, "sms_sent")
			return true
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := start(t, t.TempDir(), "", func(o *shop.Options) { o.ByHand = strings.Contains(c.name, "draws") })
			if said := r.apply(c.file); said != "Applied." {
				t.Errorf("it says %q", said)
			}
			if !c.holds(r) {
				t.Error("it does not hold")
			}
		})
	}
}

func TestAFaultyFileChangesNothing(t *testing.T) {
	data := t.TempDir()
	r := start(t, data, settingsWith("+12125550101", ""))
	before := r.shop.Settings()
	_, err := r.shop.Apply(t.Context(), []byte(`{"business": {"name": "Bob's", "line": "x"}, "colour": "red"}`))
	if err == nil || strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("it is refused with %v; want two lines", err)
	}
	if got := r.shop.Settings(); got.Business.Name != before.Business.Name {
		t.Errorf("the name is %q", got.Business.Name)
	}
}

// The phones of a round that has begun stay as they were.
func TestARoundKeepsWhatItBeganWith(t *testing.T) {
	const counter, mobile = "+12125550101", "+12125550102"
	e := newExchange(t)
	rang := make(chan struct{})
	changed := make(chan struct{})
	e.at(map[string]person{
		counter: func(_ context.Context, h *practice.Handset) { close(rang); <-changed; h.Decline() },
		mobile:  presses("1"),
	})
	r := startLive(t, e, t.TempDir(), liveWith("", counter, mobile))
	a := r.ask("+12125550123")
	<-rang
	if said := r.apply(`{"business": {"phones": [{"number": "+12125550109"}]}}`); said != "Applied." {
		t.Errorf("it says %q", said)
	}
	close(changed)
	r.until(a.ID, "completed")
	if n := e.calls("+12125550109"); n != 0 {
		t.Errorf("the new phone was rung %d times in the round under way", n)
	}
}

// twilioKeys are what makes a shop with phones live.
const twilioKeys = `"twilio": {"number": "+12125550100"}, "tunnel": {"kind": "address", "url": "` + publicAddress + `"}, "limits": {"calls_day": 0, "texts_day": 0}`

func TestPracticeBecomesLiveWithoutARestart(t *testing.T) {
	e := newExchange(t)
	r := startLive(t, e, t.TempDir(), settingsWith("+12125550101", ""))
	d := r.shop.Desk()
	if s := r.shown(); !s.Practice || d.Practice() == nil || len(s.Missing) == 0 {
		t.Fatalf("before, the window shows %+v", s)
	}
	r.until(r.ask("+12125550122").ID, "completed")
	// The last word of the call's legs may come a moment after the talk has ended.
	if said := r.apply(`{` + twilioKeys + `}`); !strings.HasPrefix(said, "Applied") {
		t.Errorf("it says %q", said)
	}
	r.comes("that it is live", func(s desk.Shop) bool { return !s.Practice })
	if s := r.shown(); s.Practice || d.Practice() != nil || len(s.Missing) > 0 || s.FormURL != publicAddress+"/" {
		t.Errorf("afterwards the window shows %+v", s)
	}
	if got := r.shop.PublicURL(); got != publicAddress {
		t.Errorf("the public address is %q", got)
	}
	r.until(r.ask("+12125550123").ID, "completed")
	if n := e.calls("+12125550101"); n != 1 {
		t.Errorf("Twilio rang the shop %d times", n)
	}
	if s := r.shown(); s.Today != 1 {
		t.Errorf("the window counts %d requests of today; those of practice are none", s.Today)
	}
}

func TestALiveShopThatLosesWhatItNeedsStaysLive(t *testing.T) {
	e := newExchange(t)
	r := startLive(t, e, t.TempDir(), liveWith("", "+12125550101"))
	r.until(r.ask("+12125550123").ID, "completed")
	e.quiet(t)
	r.apply(`{"twilio": {"number": ""}}`)
	r.comes("what is missing", func(s desk.Shop) bool { return len(s.Missing) > 0 })
	if s := r.shown(); s.Practice {
		t.Errorf("the window shows %+v", s)
	}
	if a := r.ask("+12125550124"); a.Status != "pending" {
		t.Errorf("a request is answered %+v", a)
	}
	r.apply(`{"twilio": {"number": "+12125550100"}}`)
	r.comes("nothing is missing", func(s desk.Shop) bool { return len(s.Missing) == 0 })
	r.until(r.ask("+12125550125").ID, "completed")
}

// A page that waits for a status must not hold up the change, nor lose its answer.
func TestAPublicAddressWaitsForTheCallUnderWay(t *testing.T) {
	const counter, visitor, moved = "+12125550101", "+12125550123", "https://new.anns-bakery.example"
	e := newExchange(t)
	hang := make(chan struct{})
	e.at(map[string]person{counter: presses("1"), visitor: func(ctx context.Context, h *practice.Handset) {
		h.Answer()
		select {
		case <-hang:
			h.HangUp()
		case <-ctx.Done():
		}
	}})
	r := startLive(t, e, t.TempDir(), liveWith("", counter))
	a := r.ask(visitor)
	r.until(a.ID, "connected")
	said := r.apply(`{"business": {"name": "Bob's Bakery"}, "tunnel": {"url": "` + moved + `"}}`)
	if !strings.Contains(said, "when the calls under way have ended") || !strings.Contains(r.log.String(), "when the calls under way have ended") {
		t.Errorf("it says %q", said)
	}
	if got, name := r.shop.PublicURL(), r.shown().Name; got != publicAddress || name != "Bob's Bakery" {
		t.Errorf("during the call the address is %q, the name %q", got, name)
	}
	close(hang)
	r.until(a.ID, "completed")
	r.comes("the new address", func(s desk.Shop) bool { return s.FormURL == moved+"/" })
	e.at(nil)
	r.until(r.ask("+12125550124").ID, "completed")
	if !slices.ContainsFunc(e.Requests(), func(q twiliotest.Request) bool { return strings.HasPrefix(q.Form.Get("Url"), moved) }) {
		t.Error("no call's webhooks go to the new address")
	}
}
