package shop_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"ringback/server/desk"
	"ringback/server/twilio/twiliotest"
)

// The owner changes the public address again and again while visitors ask, calls run and
// pages wait for their status.
func TestNothingIsLostWhileTheAddressChanges(t *testing.T) {
	const counter, other = "+12125550101", "https://other.anns-bakery.example"
	e := newExchange(t)
	r := startLive(t, e, t.TempDir(), liveWith(`, "guard": {"per_ip": {"minute": 0, "hour": 0, "day": 0}}`, counter))
	var visitors sync.WaitGroup
	for n := range 3 {
		visitors.Go(func() {
			for i := range 4 {
				r.until(r.ask(fmt.Sprintf("+1212556%02d%02d", n, i)).ID, "completed")
			}
		})
	}
	over := make(chan struct{})
	go func() { defer close(over); visitors.Wait() }()
	addresses, changes := []string{other, publicAddress}, 0
	for done := false; !done; changes++ {
		next := addresses[changes%2]
		r.apply(`{"tunnel": {"url": "` + next + `"}}`)
		r.comes("the next address", func(s desk.Shop) bool { return s.FormURL == next+"/" })
		changed, leave := r.shop.Desk().Changed()
		select {
		case <-changed:
		case <-over:
			done = true
		}
		leave()
	}
	e.quiet(t)
	if n := e.calls(counter); n != 12 {
		t.Errorf("the shop was rung %d times for 12 visitors", n)
	}
	for _, base := range addresses {
		if !slices.ContainsFunc(e.Requests(), func(q twiliotest.Request) bool { return strings.HasPrefix(q.Form.Get("Url"), base) }) {
			t.Errorf("no call began under %s", base)
		}
	}
	t.Logf("the address changed %d times", changes)
}
