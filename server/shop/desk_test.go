package shop

import (
	"context"
	"testing"
)

// The window has read and the next change comes before anything else runs.
func TestNoChangeGoesUnnoticedBetweenTwoPokes(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	var now chan struct{}
	watch := func() (requests, phones <-chan struct{}, leave func()) {
		now = make(chan struct{})
		return now, nil, func() {}
	}
	changes := 0
	relay(ctx, watch, func() {
		if changes == 3 {
			stop()
			return
		}
		changes++
		close(now)
	})
	if changes != 3 {
		t.Errorf("%d of 3 changes were noticed", changes)
	}
}
