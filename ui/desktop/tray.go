//go:build !headless

package desktop

import (
	"runtime"

	"fyne.io/fyne/v2"
	fynedesktop "fyne.io/fyne/v2/driver/desktop"
	"fyne.io/systray"
)

// tray puts into the desktop's tray what ui decides. It belongs to the window's
// goroutine.
type tray struct {
	app     fynedesktop.App // nil: this desktop can have none
	session *session
	tapped  func()
	menu    *fyne.Menu // one for ever: Fyne shows the first once more when the tray has come up
	icon    fyne.Resource
}

// newTray makes one; tapped is called when the icon is clicked, on any goroutine.
func newTray(a fyne.App, s *session, tapped func()) *tray {
	t := &tray{session: s, tapped: tapped}
	if there, ok := a.(fynedesktop.App); ok && (ownTray() || s.bus != nil) {
		t.app = there
	}
	return t
}

// ownTray says that the system has a tray of its own, which no bus need be asked for.
func ownTray() bool { return runtime.GOOS == "windows" || runtime.GOOS == "darwin" }

func (t *tray) There() bool { return t.app != nil && (ownTray() || t.session.tray.Load()) }

// Show does nothing where there can't be a tray. Where it only is not there yet, it has
// all this when it comes.
func (t *tray) Show(icon fyne.Resource, tooltip string, menu *fyne.Menu) {
	if t.app == nil {
		return
	}
	if icon != t.icon {
		t.icon = icon
		t.app.SetSystemTrayIcon(icon)
	}
	first := t.menu == nil
	if first {
		t.menu = fyne.NewMenu("")
	}
	t.menu.Items = menu.Items
	t.app.SetSystemTrayMenu(t.menu)
	systray.SetTooltip(tooltip)
	if first {
		systray.SetOnTapped(t.tapped)
	}
}
