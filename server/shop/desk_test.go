package shop

import (
	"context"
	"os/user"
	"testing"
)

func TestWhoTicksOffIsCalledByTheirNameOnThisComputer(t *testing.T) {
	for name, c := range map[string]struct {
		u    user.User
		want string
	}{
		"a full name":                   {user.User{Username: "ann", Name: " Ann Baker "}, "Ann Baker"},
		"a login alone":                 {user.User{Username: "ann"}, "ann"},
		"a login of a Windows domain":   {user.User{Username: `BAKERY\ann`}, "ann"},
		"root, who is nobody at a shop": {user.User{Username: "root", Name: "root"}, ""},
		"nobody who is known":           {user.User{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := nameOf(c.u); got != c.want {
				t.Errorf("called %q, want %q", got, c.want)
			}
		})
	}
}

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
