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
		Desk: d, App: a, Do: fyne.Do, Shop: shop, Log: o.Log,
		OpenURL: func(address string) error { return openURL(a, address) },
	})
	if err != nil {
		return fmt.Errorf("open the window: %w", err)
	}
	defer w.Close()
	stop := closeWith(ctx, a)
	defer stop()
	w.Fyne().SetMaster()
	w.Fyne().ShowAndRun()
	return nil
}

// closeWith ends the app when ctx does. Before the app runs there is nothing to quit,
// so it waits for that.
func closeWith(ctx context.Context, a fyne.App) (stop func()) {
	watching, stop := context.WithCancel(ctx)
	a.Lifecycle().SetOnStarted(func() {
		context.AfterFunc(watching, func() {
			if ctx.Err() != nil {
				fyne.Do(a.Quit)
			}
		})
	})
	return stop
}

func openURL(a fyne.App, address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("open %s: %w", address, err)
	}
	return a.OpenURL(u)
}
