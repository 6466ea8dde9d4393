//go:build !headless

package desktop

import (
	"context"
	"fmt"
	"net/url"

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
	w, err := ui.New(ui.Options{
		Desk: d, App: a, Do: fyne.Do, Shop: shop, Log: o.Log, Computer: newComputer(o.Args),
		OpenURL: func(address string) error { return openURL(a, address) },
	})
	if err != nil {
		return fmt.Errorf("open the window: %w", err)
	}
	defer w.Close()
	leave := whileItRuns(a, func() (leave func()) {
		left, stop := closeWith(ctx, a), func() {}
		if o.OnRaise != nil {
			stop = o.OnRaise(raise(w.Fyne()))
		}
		return func() { stop(); left() }
	})
	defer leave()
	w.Fyne().SetMaster()
	w.Fyne().ShowAndRun()
	return nil
}

// whileItRuns begins something when the app runs: before, its goroutine takes no work.
// What it returns ends that, on the goroutine that ran the app.
func whileItRuns(a fyne.App, begin func() (leave func())) (leave func()) {
	leave = func() {}
	a.Lifecycle().SetOnStarted(func() { leave = begin() })
	return func() { leave() }
}

// closeWith ends the app when ctx does.
func closeWith(ctx context.Context, a fyne.App) (stop func()) {
	watching, stop := context.WithCancel(ctx)
	context.AfterFunc(watching, func() {
		if ctx.Err() != nil {
			fyne.Do(a.Quit)
		}
	})
	return stop
}

// raise brings the window to the front and returns when that is done.
func raise(w fyne.Window) func(context.Context) error {
	return func(ctx context.Context) error {
		done := make(chan struct{})
		fyne.Do(func() {
			w.Show()
			w.RequestFocus()
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
