package ui

import (
	"context"
	"runtime"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/ui/view"
)

// Tray is the desktop's tray. Its methods are called on the window's goroutine.
type Tray interface {
	// There says whether the desktop shows a tray just now: some have none.
	There() bool
	// Show puts an icon (of trayIcon), its tooltip and its menu there, in place of those before.
	Show(icon fyne.Resource, tooltip string, menu *fyne.Menu)
}

// tray decides what stands in the tray. It is read whether or not the window is seen.
type tray struct {
	w     *Window
	watch *watch
	seen  trayLook
	next  time.Time // when the shop opens, closes or goes on: the tray changes then by itself
}

// trayLook is what decides how the tray looks. While it is the same, the menu stays: one
// that is made anew while it is open loses the click.
type trayLook struct {
	view.Tray
	language string
	silent   bool
}

func (l trayLook) same(o trayLook) bool {
	return l.Icon == o.Icon && l.Tooltip == o.Tooltip && l.Paused == o.Paused && slices.Equal(l.Waiting, o.Waiting) &&
		l.language == o.language && l.silent == o.silent
}

func newTray(w *Window) *tray { return &tray{w: w, watch: newWatch(w)} }

// start keeps the tray up to date from now on, where there can be one.
func (t *tray) start() {
	if t.w.o.Tray == nil {
		return
	}
	t.show(t.w.shop, nil)
	t.watch.look(func(ctx context.Context) (func(), error) {
		shop, err := t.w.o.Desk.Shop(ctx)
		if err != nil {
			return nil, err
		}
		list, err := t.w.o.Desk.Requests(ctx, desk.Query{Filter: desk.NeedsYou, Span: callback.Span{Limit: 5}})
		return func() { t.show(shop, list.Requests) }, err
	})
}

// tick: what the hours say changes without anything that Desk would tell.
func (t *tray) tick(now time.Time) {
	if !t.next.IsZero() && now.After(t.next) {
		t.next = time.Time{}
		t.watch.again()
	}
}

func (t *tray) show(shop desk.Shop, list []callback.Request) {
	words := view.For(shop, t.w.o.Language)
	t.next = earlier(shop.Opening.Paused, shop.Opening.Next)
	look := trayLook{Tray: words.Tray(shop, list), language: words.Language, silent: t.w.silent()}
	if look.same(t.seen) {
		return
	}
	t.seen = look
	t.w.o.Tray.Show(trayIcon(look.Icon, runtime.GOOS), look.Tooltip, t.menu(words, look))
}

// earlier is the earlier of two times; zero is none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func (t *tray) menu(words view.Words, look trayLook) *fyne.Menu {
	var items []*fyne.MenuItem
	for _, r := range look.Waiting {
		items = append(items, fyne.NewMenuItem(r.Label, t.w.o.timed(func() { t.w.raiseRequest(r.ID) })))
	}
	if len(items) > 0 {
		items = append(items, fyne.NewMenuItemSeparator())
	}
	items = append(items, fyne.NewMenuItem(words.Say("tray_show"), t.w.raise), fyne.NewMenuItemSeparator(), t.pauses(words))
	if look.Paused {
		items = append(items, fyne.NewMenuItem(words.Say("tray_resume"), func() { t.w.pause(time.Time{}) }))
	}
	sound := fyne.NewMenuItem(words.Say("tray_sound"), func() { t.w.setSilent(!t.w.silent()) })
	sound.Checked = !look.silent
	quit := fyne.NewMenuItem(words.Say("tray_quit"), t.w.quit)
	quit.IsQuit = true // else Fyne adds one of its own, which does not ask
	items = append(items, fyne.NewMenuItemSeparator(), sound, fyne.NewMenuItemSeparator(), quit)
	return fyne.NewMenu("", items...)
}

func (t *tray) pauses(words view.Words) *fyne.MenuItem {
	item := fyne.NewMenuItem(words.Say("tray_pause"), nil)
	item.ChildMenu = fyne.NewMenu("",
		fyne.NewMenuItem(words.Say("tray_pause_quarter"), func() { t.w.pauseFor(15 * time.Minute) }),
		fyne.NewMenuItem(words.Say("tray_pause_hour"), func() { t.w.pauseFor(time.Hour) }),
		fyne.NewMenuItem(words.Say("tray_pause_day"), t.w.pauseUntilTomorrow))
	return item
}

// raiseRequest brings the window to the front with that request in it.
func (w *Window) raiseRequest(id int64) {
	w.raise()
	w.openRequest(id)
}
