package ui

import (
	"context"

	"ringback/server/callback"
	"ringback/server/notify"
	"ringback/ui/view"
)

// Toast is a notification on the desktop.
type Toast struct {
	About string // one about the same takes the place of the one before
	Title string
	Body  string // plain text: it may be a visitor's words
	Sound Sound
	Open  func() // the owner clicked on it; may be called on any goroutine
}

// hearNotices shows on the desktop what the owner is told, until ctx ends.
func (w *Window) hearNotices(ctx context.Context) {
	notices, leave := w.o.Desk.Notices()
	defer leave()
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-notices:
			if err := w.toast(ctx, n); err != nil && ctx.Err() == nil {
				w.o.Log.Error("the owner was not told", "kind", n.Kind, "request", n.Request, "part", n.Part, "err", err)
			}
		}
	}
}

// toast shows one notice. A request that is gone by now is not spoken of.
func (w *Window) toast(ctx context.Context, n notify.Notice) error {
	shop, err := w.o.Desk.Shop(ctx)
	if err != nil {
		return err
	}
	var about callback.Request
	if n.Request != 0 {
		d, err := w.o.Desk.Request(ctx, n.Request)
		if isGone(err) {
			return nil
		}
		if err != nil {
			return err
		}
		about = d.Request
	}
	says, worth := view.For(shop, w.o.Language).Toast(n, about, shop, w.o.Now())
	if !worth {
		return nil
	}
	w.o.Toast(Toast{About: says.About, Title: says.Title, Body: says.Body, Sound: w.sound(), Open: func() {
		w.o.Do(func() {
			switch {
			case w.closed():
			case n.Request != 0:
				w.raiseRequest(n.Request)
			default:
				w.raise()
			}
		})
	}})
	return nil
}
