package server

import (
	"cmp"
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"
)

// Refused is how often something of one kind was refused within a minute.
type Refused struct {
	Kind   string    // such as webhook_signature or too_many_requests; from a fixed list
	Minute time.Time // its beginning, UTC
	Count  int
}

// Tally gathers refusals into one Refused a kind and minute, so that nobody can fill
// the event log with them. Its methods may be called side by side.
type Tally struct {
	Keep func(ctx context.Context, r Refused) error // puts it into the event log
	Now  func() time.Time                           // time.Now when nil
	Log  *slog.Logger                               // slog.Default when nil

	mu     sync.Mutex
	counts map[Refused]int // Count is 0 in the keys
}

// flushEvery is how soon after its end a minute is kept.
const flushEvery = 5 * time.Second

// Add counts one refusal. It never blocks for long.
func (t *Tally) Add(kind string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.counts == nil {
		t.counts = map[Refused]int{}
	}
	t.counts[Refused{Kind: kind, Minute: t.minute()}]++
}

// Run keeps each minute soon after its end, and when the context ends the rest.
func (t *Tally) Run(ctx context.Context) {
	every := time.NewTicker(flushEvery)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			t.flush(context.WithoutCancel(ctx), true)
			return
		case <-every.C:
			t.flush(ctx, false)
		}
	}
}

// flush keeps the minutes that are over, or all. What can't be kept is tried again
// with the next flush.
func (t *Tally) flush(ctx context.Context, all bool) {
	for _, r := range t.take(all) {
		if err := t.Keep(ctx, r); err != nil {
			cmp.Or(t.Log, slog.Default()).ErrorContext(ctx, "keep a count of refusals", "kind", r.Kind, "count", r.Count, "err", err)
			t.putBack(r)
		}
	}
}

// take removes what is ready, oldest first.
func (t *Tally) take(all bool) []Refused {
	t.mu.Lock()
	defer t.mu.Unlock()
	var ready []Refused
	for key, n := range maps.All(t.counts) {
		if all || key.Minute != t.minute() {
			delete(t.counts, key)
			key.Count = n
			ready = append(ready, key)
		}
	}
	slices.SortFunc(ready, func(a, b Refused) int {
		return cmp.Or(a.Minute.Compare(b.Minute), cmp.Compare(a.Kind, b.Kind))
	})
	return ready
}

func (t *Tally) putBack(r Refused) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := r.Count
	r.Count = 0
	t.counts[r] += n
}

func (t *Tally) minute() time.Time {
	now := time.Now
	if t.Now != nil {
		now = t.Now
	}
	return now().UTC().Truncate(time.Minute)
}
