//go:build !headless

package desktop

import (
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ringback/ui"
)

func TestADesktopThatTakesNoNotificationsIsLoggedOnce(t *testing.T) {
	var said strings.Builder
	shown := make(chan string)
	end := make(chan error, 10)
	toasts := newToasts(func(toast ui.Toast) (bool, error) {
		shown <- toast.Title
		return false, <-end
	}, nil, slog.New(slog.NewTextHandler(&said, nil)))
	for _, err := range []error{errors.New("nobody there"), errors.New("nobody there"), nil, errors.New("gone again"), nil} {
		toasts.add(ui.Toast{Title: "one"})
		<-shown
		end <- err
	}
	toasts.add(ui.Toast{Title: "last"}) // once it is shown, those before were logged
	<-shown
	if got := said.String(); strings.Count(got, "nobody there") != 1 || strings.Count(got, "gone again") != 1 {
		t.Errorf("the log says\n%s", got)
	}
	end <- nil
	toasts.close()
}

// rung is a desktop in a bubble, and what was heard.
type rung struct {
	*toasts
	rings bool  // the desktop plays the sounds itself
	fault error // of the desktop, or of the player where there is no desktop
	said  strings.Builder
	heard []string
}

func newRung() *rung {
	r := &rung{}
	r.toasts = newToasts(func(t ui.Toast) (bool, error) {
		if r.rings && !t.Sound.None() {
			r.heard = append(r.heard, "desktop "+t.Sound.Name)
		}
		return r.rings, r.fault
	}, func(s ui.Sound) error {
		r.heard = append(r.heard, s.Name)
		return r.fault
	}, slog.New(slog.NewTextHandler(&r.said, nil)))
	return r
}

func (r *rung) tell(sounds ...string) {
	for _, name := range sounds {
		r.add(ui.Toast{Sound: ui.Sound{Name: name}})
		synctest.Wait()
	}
}

func (r *rung) want(t *testing.T, want ...string) {
	t.Helper()
	if !slices.Equal(r.heard, want) {
		t.Errorf("heard %q, want %q", r.heard, want)
	}
}

func inABubble(t *testing.T, do func(t *testing.T, r *rung)) {
	synctest.Test(t, func(t *testing.T) {
		r := newRung()
		defer r.close()
		do(t, r)
	})
}

func TestASoundIsHeardOnceWhoeverPlaysIt(t *testing.T) {
	inABubble(t, func(t *testing.T, r *rung) {
		r.tell("bell")
		r.want(t, "bell")
		time.Sleep(soundsApart)
		r.rings = true
		r.tell("bell")
		r.want(t, "bell", "desktop bell")
	})
}

func TestASilentNotificationIsSilent(t *testing.T) {
	inABubble(t, func(t *testing.T, r *rung) {
		r.tell("")
		r.want(t)
	})
}

func TestWhatIsToldAtOnceIsHeardOnce(t *testing.T) {
	inABubble(t, func(t *testing.T, r *rung) {
		r.tell("bell", "bell")
		time.Sleep(soundsApart - time.Millisecond)
		r.tell("bell")
		r.want(t, "bell")
		time.Sleep(time.Millisecond)
		r.tell("", "chime")
		r.want(t, "bell", "chime")
	})
}

func TestADesktopWithoutNotificationsIsHeardAllTheSame(t *testing.T) {
	inABubble(t, func(t *testing.T, r *rung) {
		r.fault = errors.New("nobody there")
		for range 3 {
			r.tell("bell")
			time.Sleep(soundsApart)
		}
		r.want(t, "bell", "bell", "bell")
		if got := r.said.String(); strings.Count(got, "a notification has no sound") != 1 {
			t.Errorf("the log says\n%s", got)
		}
	})
}
