package server

import (
	"context"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"ringback/server/callback"
)

// How many status calls may wait at once: each holds a connection. Beyond that the
// answer comes at once.
const (
	waitsOfRequest = 3
	waitsOfAddress = 20
	waitsInAll     = 500
)

// waits counts who waits.
type waits struct {
	gauge prometheus.Gauge

	mu       sync.Mutex
	all      int
	requests map[int64]int
	visitors map[netip.Addr]int
}

// enter takes a place among those who wait; leave gives it back and is called once.
func (w *waits) enter(request int64, visitor netip.Addr) (leave func(), ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.requests == nil {
		w.requests, w.visitors = map[int64]int{}, map[netip.Addr]int{}
	}
	if w.all >= waitsInAll || w.requests[request] >= waitsOfRequest || w.visitors[visitor] >= waitsOfAddress {
		return nil, false
	}
	w.all++
	w.requests[request]++
	w.visitors[visitor]++
	w.gauge.Inc()
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.all--
		less(w.requests, request)
		less(w.visitors, visitor)
		w.gauge.Dec()
	}, true
}

func less[K comparable](counts map[K]int, key K) {
	if counts[key]--; counts[key] == 0 {
		delete(counts, key)
	}
}

// await returns how the request stands once that differs from what was seen, or after
// the time, or when the server shuts down. An error when the caller has gone.
func (s *Server) await(r *http.Request, seen callback.Standing, most time.Duration) (callback.Standing, error) {
	leave, ok := s.waits.enter(seen.ID, s.visitor(r))
	if !ok {
		return seen, nil
	}
	defer leave()
	timer := time.NewTimer(most)
	defer timer.Stop()
	for {
		st, over, err := s.look(r, seen, timer.C)
		if err != nil || over || !st.UpdatedAt.Equal(seen.UpdatedAt) {
			return st, err
		}
	}
}

// look listens before it reads, so that no change falls between the two, and then
// waits for the next one. over: nothing more is to be waited for.
func (s *Server) look(r *http.Request, seen callback.Standing, timeout <-chan time.Time) (st callback.Standing, over bool, err error) {
	changed, leave := s.Engine.Changed(seen.ID)
	defer leave()
	st, err = s.Engine.Standing(r.Context(), seen.PublicID)
	if err != nil || !st.UpdatedAt.Equal(seen.UpdatedAt) {
		return st, true, err
	}
	select {
	case <-changed:
		return st, false, nil
	case <-timeout:
	case <-closing(r.Context()):
	case <-s.retired:
	case <-r.Context().Done():
		return st, true, r.Context().Err()
	}
	return st, true, nil
}

type closingKey struct{}

// closing is closed when the server that took the request shuts down.
func closing(ctx context.Context) <-chan struct{} {
	c, _ := ctx.Value(closingKey{}).(<-chan struct{})
	return c
}
