//go:build !headless && !windows && !darwin

package desktop

import (
	"errors"
	"io"
	"log"
	"slices"
	"strings"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"github.com/esiqveland/notify"
	"github.com/godbus/dbus/v5"

	"ringback/ui"
)

// toastStays is how long a notification stands by itself: what it says is on the list.
const toastStays = 30 * time.Second

// bubbles are the notifications of a desktop that speaks D-Bus.
type bubbles struct {
	notifier notify.Notifier
	sounds   *sounds
	markup   bool // what looks like markup is read as such
	rings    bool // it plays the sound of a notification

	mu    sync.Mutex
	ids   map[string]uint32 // of the one about this that was shown last
	opens map[uint32]func()
}

// newShow returns what shows a notification, and what ends that. A desktop that plays the
// sound itself knows when its user wants to be left alone.
func newShow(_ fyne.App, s *session, sounds *sounds) (show func(ui.Toast) (rings bool, err error), leave func(), err error) {
	if s.bus == nil {
		return func(ui.Toast) (bool, error) { return false, nil }, func() {}, nil // the log has said so
	}
	b := &bubbles{sounds: sounds, ids: map[string]uint32{}, opens: map[uint32]func(){}}
	// Its log would only tell of signals that are not for it: the bus is the tray's, too.
	quiet := notify.WithLogger(log.New(io.Discard, "", 0))
	if b.notifier, err = notify.New(s.bus, quiet, notify.WithOnAction(b.clicked), notify.WithOnClosed(b.closed)); err != nil {
		return nil, nil, err
	}
	return b.show, func() { _ = b.notifier.Close() }, nil
}

func (b *bubbles) show(t ui.Toast) (rings bool, err error) {
	can, err := b.notifier.GetCapabilities()
	if err != nil {
		return false, err // nobody there to show it
	}
	b.markup, b.rings = slices.Contains(can, "body-markup"), slices.Contains(can, "sound")
	b.mu.Lock()
	before := b.ids[t.About]
	b.mu.Unlock()
	n := b.notification(t, before)
	id, err := b.notifier.SendNotification(n)
	if err != nil {
		return false, err
	}
	if id == 0 {
		return false, errors.New("the notification has no number")
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.opens, before)
	b.ids[t.About], b.opens[id] = id, t.Open
	return n.Hints[soundFile] != dbus.Variant{}, nil
}

func (b *bubbles) notification(t ui.Toast, before uint32) notify.Notification {
	body := t.Body
	if b.markup {
		body = plain(body)
	}
	n := notify.Notification{
		AppName: appName, ReplacesID: before, Summary: t.Title, Body: body, ExpireTimeout: toastStays,
		Actions: []notify.Action{notify.NewDefaultAction(t.Title)},
		Hints:   map[string]dbus.Variant{"desktop-entry": dbus.MakeVariant(appID)},
	}
	if file := b.soundOf(t); file != "" {
		n.Hints[soundFile] = dbus.MakeVariant(file)
	} else {
		n.Hints["suppress-sound"] = dbus.MakeVariant(true) // or the desktop would add one of its own
	}
	return n
}

// soundFile is the hint that names the file that the desktop is to play.
const soundFile = "sound-file"

// soundOf is the file that the desktop is to play; empty: none.
func (b *bubbles) soundOf(t ui.Toast) string {
	if !b.rings || t.Sound.None() {
		return ""
	}
	file, err := b.sounds.file(t.Sound)
	if err != nil {
		return "" // to play it ourselves says why it can't be
	}
	return file
}

// plain keeps a visitor's words from being read as markup. Only these three have a
// meaning there; some desktops show any other escape as it is.
var plain = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace

func (b *bubbles) clicked(s *notify.ActionInvokedSignal) {
	b.mu.Lock()
	open := b.opens[s.ID]
	b.mu.Unlock()
	if open != nil && s.ActionKey == "default" {
		open()
	}
}

// closed: every program hears of every notification; only ours are known here.
func (b *bubbles) closed(s *notify.NotificationClosedSignal) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.opens, s.ID)
	for about, id := range b.ids {
		if id == s.ID {
			delete(b.ids, about)
		}
	}
}
