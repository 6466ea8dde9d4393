//go:build !headless

package desktop

import (
	"log/slog"
	"sync/atomic"
	"time"

	"ringback/ui"
)

// toasts shows notifications one after the other, on a goroutine of its own: the desktop
// may be slow to take one, and a window that closes must not wait for it. A sound that the
// desktop does not play is played here.
type toasts struct {
	show  func(ui.Toast) (rings bool, err error) // rings: the desktop plays its sound
	play  func(ui.Sound) error
	log   *slog.Logger
	queue chan ui.Toast
	mute  bool      // the last one was not taken, and the log has said so
	rang  time.Time // when there was a sound last

	unheard atomic.Bool // the last sound could not be played, and the log has said so
}

// soundsApart is how long after a sound the next one comes at the earliest: what is told
// at once, as after a sleep, is heard once.
const soundsApart = 3 * time.Second

// toastsWaiting is how many may wait for a desktop that takes none; those after them are
// dropped, because they stand in the window.
const toastsWaiting = 20

func newToasts(show func(ui.Toast) (bool, error), play func(ui.Sound) error, log *slog.Logger) *toasts {
	t := &toasts{show: show, play: play, log: log, queue: make(chan ui.Toast, toastsWaiting)}
	go t.run()
	return t
}

// add returns at once. It must not be called after close.
func (t *toasts) add(toast ui.Toast) {
	select {
	case t.queue <- toast:
	default:
	}
}

// close ends the goroutine once what waits was shown.
func (t *toasts) close() { close(t.queue) }

func (t *toasts) run() {
	for toast := range t.queue {
		if !t.heard(toast.Sound) {
			toast.Sound = ui.Sound{}
		}
		rings, err := t.show(toast)
		if err != nil && !t.mute {
			t.log.Warn("the desktop takes no notifications", "err", err)
		}
		t.mute = err != nil
		if !toast.Sound.None() && !rings {
			go t.ring(toast.Sound) // the next one is not to wait for its end
		}
	}
}

// heard says whether there is a sound, and it may be heard now.
func (t *toasts) heard(sound ui.Sound) bool {
	now := time.Now()
	if sound.None() || now.Sub(t.rang) < soundsApart {
		return false
	}
	t.rang = now
	return true
}

func (t *toasts) ring(sound ui.Sound) {
	err := t.play(sound)
	if before := t.unheard.Swap(err != nil); err != nil && !before {
		t.log.Warn("a notification has no sound", "err", err)
	}
}
