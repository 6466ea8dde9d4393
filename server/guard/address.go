package guard

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/netip"
	"time"

	"ringback/server/callback"
)

// Counter counts, durably, and knows nothing of what it counts. Counts older than
// two days may be forgotten.
type Counter interface {
	// Count adds one to key at that time and returns, for each of since, how many
	// were added to key at or after it, this one included. Both happen in one
	// transaction. It may be as coarse as Grain: what was added in the same Grain
	// as one of since may count, whether it was before or after.
	Count(ctx context.Context, key string, at time.Time, since []time.Time) ([]int, error)
}

// Grain is how coarse a Counter may be: whole Grains of Unix time. It keeps a flood of
// posts from filling the disk with a row for each.
const Grain = time.Second

// PerIP is how many posts of requests one address may make, refused ones counted
// too; 0 is no limit. Minute and hour slide, the day is a calendar day.
type PerIP struct{ Minute, Hour, Day int }

// networkBits is how much of an IPv6 address is one visitor: homes and phones get a
// whole /64 and change the rest at will.
const networkBits = 64

// steps is how finely a sliding window is looked at, to tell how long to wait.
const steps = 12

// Address counts one post of a request from that address, and refuses it with
// TooManyRequests when it is one too many. Any other error says that it could not be
// counted. The address itself is neither stored nor logged: its key can't be read
// back without the Secret. An address that is not known (the zero Addr) is one
// visitor like any other.
func (g *Guard) Address(ctx context.Context, ip netip.Addr) error {
	rules := g.Rules()
	if rules.PerIP == (PerIP{}) {
		return nil
	}
	now := g.now().UTC().Truncate(time.Millisecond)
	windows := rules.PerIP.windows(now, rules.zone())
	var since []time.Time
	for _, w := range windows {
		since = append(since, w.since...)
	}
	counts, err := g.Counter.Count(ctx, g.key(ip), now, since)
	if err != nil {
		return fmt.Errorf("count a post of an address: %w", err)
	}
	if len(counts) != len(since) {
		return fmt.Errorf("count a post of an address: %d counts for %d times", len(counts), len(since))
	}
	var after time.Duration
	for _, w := range windows {
		after = max(after, w.wait(counts[:len(w.since)]))
		counts = counts[len(w.since):]
	}
	if after > 0 {
		return &Refusal{Code: TooManyRequests, After: after}
	}
	return nil
}

// window is one limit over one stretch of time.
type window struct {
	limit int
	since []time.Time     // the first is the window's own beginning, the others lie later
	after []time.Duration // when what is counted from since on is all that is left in the window
}

func (p PerIP) windows(now time.Time, zone *time.Location) []window {
	var all []window
	for _, w := range []struct {
		limit int
		long  time.Duration
	}{{p.Minute, time.Minute}, {p.Hour, time.Hour}} {
		if w.limit > 0 {
			all = append(all, sliding(w.limit, w.long, now))
		}
	}
	if p.Day > 0 {
		today, tomorrow := callback.Day(now, zone)
		all = append(all, window{limit: p.Day, since: []time.Time{today}, after: []time.Duration{tomorrow.Sub(now)}})
	}
	return all
}

// sliding looks at the window that ends now, and at what will be left of it a step
// later, two steps later and so on. It begins a Grain late, so that a post one window
// ago is out of it however coarse the Counter is.
func sliding(limit int, long time.Duration, now time.Time) window {
	w := window{limit: limit}
	for i := range steps {
		w.since = append(w.since, now.Add(-long+long*time.Duration(i)/steps+Grain))
		w.after = append(w.after, long*time.Duration(i+1)/steps)
	}
	return w
}

// wait is how long to wait until one more post is within the limit; 0 when this one is.
func (w window) wait(counts []int) time.Duration {
	if counts[0] <= w.limit {
		return 0
	}
	for i := 1; i < len(counts); i++ {
		if counts[i] < w.limit {
			return w.after[i-1]
		}
	}
	return w.after[len(w.after)-1]
}

func (r Rules) zone() *time.Location {
	if r.Zone == nil {
		return time.UTC
	}
	return r.Zone
}

// key hides an address, cut to what is one visitor.
func (g *Guard) key(ip netip.Addr) string {
	ip = ip.Unmap().WithZone("")
	if ip.Is6() {
		if network, err := ip.Prefix(networkBits); err == nil {
			ip = network.Addr()
		}
	}
	mac := hmac.New(sha256.New, g.Secret)
	mac.Write([]byte("address "))
	mac.Write(ip.AsSlice())
	return "ip:" + base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}
