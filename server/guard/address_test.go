package guard_test

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"

	"ringback/server/guard"
)

// tally is a Counter in memory.
type tally struct {
	at    map[string][]time.Time
	grain time.Duration // 0: exact
	fail  error
}

func (c *tally) Count(_ context.Context, key string, at time.Time, since []time.Time) ([]int, error) {
	if c.fail != nil {
		return nil, c.fail
	}
	if c.at == nil {
		c.at = map[string][]time.Time{}
	}
	c.at[key] = append(c.at[key], at)
	counts := make([]int, len(since))
	for i, s := range since {
		for _, t := range c.at[key] {
			if !t.Truncate(max(c.grain, 1)).Before(s.Truncate(max(c.grain, 1))) {
				counts[i]++
			}
		}
	}
	return counts, nil
}

// noon is a winter's day at noon in New York.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, newYork())

func newYork() *time.Location {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		panic(err)
	}
	return zone
}

type gate struct {
	*guard.Guard
	counter *tally
	rules   guard.Rules
	now     time.Time
}

func newGate() *gate {
	g := &gate{counter: &tally{}, now: noon, rules: guard.Rules{
		Home: "US", Countries: []string{"US", "CA"}, Own: []string{"+12125550100"},
		Zone: newYork(), Consent: guard.Notice, Wording: "w1",
	}}
	g.Guard = &guard.Guard{
		Counter: g.counter, Secret: []byte("secret"),
		Now: func() time.Time { return g.now }, Rules: func() guard.Rules { return g.rules },
	}
	return g
}

var home = netip.MustParseAddr("198.51.100.7")

// post returns how long the visitor is told to wait; 0: let through.
func (g *gate) post(t *testing.T, ip netip.Addr) time.Duration {
	t.Helper()
	err := g.Address(t.Context(), ip)
	if err == nil {
		return 0
	}
	var refusal *guard.Refusal
	if !errors.As(err, &refusal) || refusal.Code != guard.TooManyRequests || refusal.After <= 0 {
		t.Fatalf("refused with %v, want too_many_requests and a time to wait", err)
	}
	return refusal.After
}

func TestOneAddressMayPostSoOftenAndNoMore(t *testing.T) {
	cases := []struct {
		name  string
		limit guard.PerIP
		every time.Duration // between two posts
		let   int           // how many are let through in a row
	}{
		{"no limit is no limit", guard.PerIP{}, 0, 500},
		{"the minute's limit", guard.PerIP{Minute: 5}, time.Second, 5},
		{"the minute slides", guard.PerIP{Minute: 5}, 12 * time.Second, 500},
		{"a little faster than the minute allows is too fast", guard.PerIP{Minute: 5}, 11 * time.Second, 5},
		{"the hour's limit", guard.PerIP{Minute: 5, Hour: 7}, time.Minute, 7},
		{"the day's limit", guard.PerIP{Minute: 5, Hour: 50, Day: 9}, time.Hour, 9},
		{"one is a limit too", guard.PerIP{Day: 1}, 0, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			g := newGate()
			g.rules.PerIP = c.limit
			let := 0
			for let < 500 && g.post(t, home) == 0 {
				let++
				g.now = g.now.Add(c.every)
			}
			if let != c.let {
				t.Errorf("%d posts were let through, want %d", let, c.let)
			}
		})
	}
}

func TestAfterTheTimeToldThePostIsLetThroughAndTheTimeIsNoLongerThanNeedBe(t *testing.T) {
	cases := []struct {
		name  string
		limit guard.PerIP
		every time.Duration
		want  time.Duration // between this and a twelfth of the window more
	}{
		{"a burst waits for the minute", guard.PerIP{Minute: 5}, 0, 60 * time.Second},
		{"a steady flow waits for the oldest of the last five", guard.PerIP{Minute: 5}, 10 * time.Second, 20 * time.Second},
		{"a limit of one waits for all of the window", guard.PerIP{Minute: 1}, time.Second, 60 * time.Second},
		{"the hour", guard.PerIP{Hour: 3}, 10 * time.Minute, 40 * time.Minute},
		{"the longest of all windows counts", guard.PerIP{Minute: 1, Hour: 1}, 0, time.Hour},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, grain := range []time.Duration{0, guard.Grain} {
				g := newGate()
				g.counter.grain = grain
				g.now = g.now.Add(300 * time.Millisecond)
				g.rules.PerIP = c.limit
				after := g.post(t, home)
				for after == 0 {
					g.now = g.now.Add(c.every)
					after = g.post(t, home)
				}
				if after < c.want || after > c.want+5*time.Minute {
					t.Errorf("counted by %v: told to wait %v, want %v or little more", grain, after, c.want)
				}
				g.now = g.now.Add(after)
				if again := g.post(t, home); again != 0 {
					t.Errorf("counted by %v: after the time told still to wait %v", grain, again)
				}
			}
		})
	}
}

func TestRefusedPostsAreCountedToo(t *testing.T) {
	g := newGate()
	g.rules.PerIP.Minute = 2
	for range 6 {
		g.post(t, home)
		g.now = g.now.Add(15 * time.Second)
	}
	if after := g.post(t, home); after == 0 {
		t.Error("one who never stopped was let through")
	}
}

func TestDayEndsAtTheShopsMidnight(t *testing.T) {
	cases := []struct {
		name string
		zone string
		now  string
		want time.Duration
	}{
		{"an hour before midnight", "America/New_York", "2026-11-24T23:00:00-05:00", time.Hour},
		{"the last millisecond", "America/New_York", "2026-11-24T23:59:59.999-05:00", time.Millisecond},
		{"a day of 25 hours", "America/New_York", "2026-11-01T00:00:00-04:00", 25 * time.Hour},
		{"a day of 23 hours", "America/New_York", "2026-03-08T00:00:00-05:00", 23 * time.Hour},
		{"a day that begins at one", "America/Santiago", "2026-09-05T23:00:00-04:00", time.Hour},
		{"east of Greenwich", "Asia/Kathmandu", "2026-11-24T18:00:00Z", 15 * time.Minute},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			g := newGate()
			var err error
			if g.rules.Zone, err = time.LoadLocation(c.zone); err != nil {
				t.Fatal(err)
			}
			if g.now, err = time.Parse(time.RFC3339, c.now); err != nil {
				t.Fatal(err)
			}
			g.rules.PerIP.Day = 1
			g.post(t, home)
			if got := g.post(t, home); got != c.want {
				t.Errorf("told to wait %v, want %v", got, c.want)
			}
			g.now = g.now.Add(c.want)
			if got := g.post(t, home); got != 0 {
				t.Errorf("on the next day still to wait %v", got)
			}
		})
	}
}

func TestWhoIsOneVisitor(t *testing.T) {
	cases := []struct {
		name, one, other string
		same             bool
	}{
		{"two addresses are two", "198.51.100.7", "198.51.100.8", false},
		{"IPv4 written as IPv6 is the same", "198.51.100.7", "::ffff:198.51.100.7", true},
		{"one /64 is one", "2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true},
		{"two /64 are two", "2001:db8:1:2::1", "2001:db8:1:3::1", false},
		{"an interface says nothing", "fe80::1%eth0", "fe80::1%eth1", true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			g := newGate()
			g.rules.PerIP.Day = 1
			g.post(t, netip.MustParseAddr(c.one))
			if got := g.post(t, netip.MustParseAddr(c.other)) != 0; got != c.same {
				t.Errorf("counted as one: %v, want %v", got, c.same)
			}
		})
	}
}

func TestUnknownAddressIsAVisitorLikeAnyOther(t *testing.T) {
	g := newGate()
	g.rules.PerIP.Day = 1
	if g.post(t, netip.Addr{}) != 0 || g.post(t, netip.Addr{}) == 0 {
		t.Error("the unknown address has no limit of its own")
	}
}

func TestNoAddressIsStored(t *testing.T) {
	g := newGate()
	g.rules.PerIP.Minute = 1
	g.post(t, home)
	other := newGate()
	other.Secret = []byte("another secret")
	other.rules.PerIP.Minute = 1
	other.post(t, home)
	for key := range g.counter.at {
		if strings.Contains(key, home.String()) {
			t.Errorf("key %q holds the address", key)
		}
		if other.counter.at[key] != nil {
			t.Errorf("key %q is the same under another secret, so that it can be guessed", key)
		}
	}
}

func TestPostThatCannotBeCountedIsAnErrorAndNoRefusal(t *testing.T) {
	g := newGate()
	g.rules.PerIP.Minute = 1
	g.counter.fail = errors.New("disk full")
	err := g.Address(t.Context(), home)
	var refusal *guard.Refusal
	if !errors.Is(err, g.counter.fail) || errors.As(err, &refusal) {
		t.Errorf("got %v, want the counter's error", err)
	}
}
