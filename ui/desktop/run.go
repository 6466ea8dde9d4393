//go:build !headless

package desktop

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"ringback/server/desk"
	"ringback/ui"
)

// The program as the desktop system knows it; FyneApp.toml says the same to the
// packaging tool.
const (
	appID   = "app.ringback.Ringback"
	appName = "Ringback"
)

// Ready says whether this program can open a window at all: yes.
func Ready() error { return nil }

// Run opens the window on that shop and returns nil when the window was closed or ctx
// has ended; the shop runs on. The error says that the shop could not be read. It must
// be called on the main goroutine, and once.
func Run(ctx context.Context, d desk.Desk, o Options) error {
	shop, err := d.Shop(ctx)
	if err != nil {
		return fmt.Errorf("open the window: read the shop: %w", err)
	}
	keepBusAway()
	logFyne(o.Log)
	app.SetMetadata(fyne.AppMetadata{ID: appID, Name: appName, Version: o.Version, Icon: ui.Icon()})
	a := app.NewWithID(appID)
	a.SetIcon(ui.Icon())
	log := o.Log
	if log == nil {
		log = slog.Default()
	}
	bus := openSession(log)
	defer bus.close()
	quiet := newRest()
	quit := func() {
		quiet.end()
		a.Quit()
	}
	w, end, err := open(a, bus, quiet.do, quit, d, shop, o.Args, log)
	if err != nil {
		return fmt.Errorf("open the window: %w", err)
	}
	defer end()
	leave := whileItRuns(a, func() (leave func()) {
		left, stop := closeWith(ctx, func() { quiet.do(quit) }), func() {}
		end := quiet.end
		if os.Getenv(slowVariable) == "" {
			quiet.begin()
		} else { // whoever rests seems to be held up
			end = sayHoldups(log)
		}
		if o.OnRaise != nil {
			stop = o.OnRaise(raise(w.Fyne(), quiet.do))
		}
		if err := bus.watchTray(func() { quiet.do(w.TrayGone) }); err != nil {
			log.Warn("whether there is a tray can't be told", "err", err)
		}
		return func() { end(); stop(); left() }
	})
	defer leave()
	w.Fyne().SetMaster()
	w.Fyne().ShowAndRun()
	return nil
}

// open makes the window, with what the desktop can do for it.
func open(a fyne.App, bus *session, do func(func()), quit func(), d desk.Desk, shop desk.Shop, args []string, log *slog.Logger) (w *ui.Window, end func(), err error) {
	sounds := newSounds()
	show, leave, err := newShow(a, bus, sounds)
	if err != nil {
		log.Warn("there are no notifications", "err", err)
		show, leave = func(ui.Toast) (bool, error) { return false, nil }, func() {}
	}
	toasts := newToasts(show, sounds.play, log)
	front := func() { toFront(w.Fyne()) }
	w, err = ui.New(ui.Options{
		Desk: d, App: a, Do: do, Quit: quit, Shop: shop, Log: log, Computer: newComputer(args),
		OpenURL: func(address string) error { return openURL(a, address) },
		Toast:   toasts.add, Play: sounds.play, Tray: newTray(a, bus, func() { do(front) }),
		Minimise: func() { minimise(w.Fyne()) }, Raise: front,
	})
	if err != nil {
		toasts.close()
		leave()
		return nil, nil, err
	}
	return w, func() {
		w.Close() // it adds no more notifications
		toasts.close()
		leave()
	}, nil
}

// sayHoldups logs what holds up the window for longer than a frame, until stop.
func sayHoldups(log *slog.Logger) (stop func()) {
	ctx, stop := context.WithCancel(context.Background())
	go watchHoldups(ctx, fyne.Do, workAt, func(by string, took time.Duration) {
		log.Warn("the window was held up", "by", by, "ms", took.Milliseconds())
	})
	return stop
}

// whileItRuns begins something when the app runs: before, its goroutine takes no work.
// What it returns ends that, on the goroutine that ran the app.
func whileItRuns(a fyne.App, begin func() (leave func())) (leave func()) {
	leave = func() {}
	a.Lifecycle().SetOnStarted(func() { leave = begin() })
	return func() { leave() }
}

// closeWith calls end when ctx ends.
func closeWith(ctx context.Context, end func()) (stop func()) {
	watching, stop := context.WithCancel(ctx)
	context.AfterFunc(watching, func() {
		if ctx.Err() != nil {
			end()
		}
	})
	return stop
}

// raise brings the window to the front and returns when that is done.
func raise(w fyne.Window, do func(func())) func(context.Context) error {
	return func(ctx context.Context) error {
		done := make(chan struct{})
		do(func() {
			toFront(w)
			close(done)
		})
		select {
		case <-done:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func openURL(a fyne.App, address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("open %s: %w", address, err)
	}
	return a.OpenURL(u)
}
