//go:build !headless

package desktop

import (
	"log/slog"

	"ringback/ui"
)

// toasts shows notifications one after the other, on a goroutine of its own: the desktop
// may be slow to take one, and a window that closes must not wait for it.
type toasts struct {
	show  func(ui.Toast) error
	log   *slog.Logger
	queue chan ui.Toast
	mute  bool // the last one was not taken, and the log has said so
}

// toastsWaiting is how many may wait for a desktop that takes none; those after them are
// dropped, because they stand in the window.
const toastsWaiting = 20

func newToasts(show func(ui.Toast) error, log *slog.Logger) *toasts {
	t := &toasts{show: show, log: log, queue: make(chan ui.Toast, toastsWaiting)}
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
		err := t.show(toast)
		if err != nil && !t.mute {
			t.log.Warn("the desktop takes no notifications", "err", err)
		}
		t.mute = err != nil
	}
}
