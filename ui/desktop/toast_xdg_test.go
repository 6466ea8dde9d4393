//go:build !headless && !windows && !darwin

package desktop

import (
	"bytes"
	"os"
	"testing"

	"github.com/esiqveland/notify"
	"github.com/godbus/dbus/v5"

	"ringback/ui"
)

func TestAVisitorsWordsAreNoMarkup(t *testing.T) {
	toast := ui.Toast{Title: "Jane asks for a call", Body: `<a href="https://evil.example">Tom & Jerry's</a>`}
	b := &bubbles{markup: true}
	if got, want := b.notification(toast, 7).Body, `&lt;a href="https://evil.example"&gt;Tom &amp; Jerry's&lt;/a&gt;`; got != want {
		t.Errorf("the body is %s, want %s", got, want)
	}
	b.markup = false // what such a desktop gets, it shows
	if got := b.notification(toast, 7).Body; got != toast.Body {
		t.Errorf("the body is %s", got)
	}
}

func TestANotificationTakesThePlaceOfTheOneBefore(t *testing.T) {
	n := (&bubbles{}).notification(ui.Toast{Title: "Jane asks for a call"}, 7)
	if n.ReplacesID != 7 || n.ExpireTimeout != toastStays {
		t.Errorf("it replaces %d and stays %v", n.ReplacesID, n.ExpireTimeout)
	}
	if len(n.Actions) != 1 || n.Actions[0].Key != "default" {
		t.Errorf("a click on it does %v", n.Actions)
	}
}

func TestADesktopThatPlaysSoundsIsGivenOursOrNone(t *testing.T) {
	b := &bubbles{rings: true, sounds: &sounds{dir: t.TempDir()}}
	loud := b.notification(ui.Toast{Sound: bell}, 0).Hints
	file, _ := loud[soundFile].Value().(string)
	if played, err := os.ReadFile(file); err != nil || !bytes.Equal(played, bell.WAV) {
		t.Errorf("the sound is %q: %v", file, err)
	}
	if _, has := loud["suppress-sound"]; has {
		t.Errorf("with its sound it has the hints %v", loud)
	}
	wantSuppressed(t, "silenced", b.notification(ui.Toast{}, 0))
}

// Else two would be heard: ours, and the one that the desktop has for every notification.
func TestADesktopThatPlaysNoFileAddsNoSoundOfItsOwn(t *testing.T) {
	b := &bubbles{sounds: &sounds{dir: t.TempDir()}}
	wantSuppressed(t, "with a sound", b.notification(ui.Toast{Sound: bell}, 0))
}

var bell = sound("RIFF")

func sound(wav string) ui.Sound { return ui.Sound{Name: "bell", WAV: []byte(wav)} }

func wantSuppressed(t *testing.T, what string, n notify.Notification) {
	t.Helper()
	if _, has := n.Hints[soundFile]; has || n.Hints["suppress-sound"].Value() != true {
		t.Errorf("%s, it has the hints %v", what, n.Hints)
	}
}

func TestAClickOpensTheNotificationThatIsShown(t *testing.T) {
	opened := ""
	b := &bubbles{ids: map[string]uint32{"request 1": 4}, opens: map[uint32]func(){4: func() { opened += "4" }}}
	b.clicked(&notify.ActionInvokedSignal{ID: 5, ActionKey: "default"}) // another program's
	b.clicked(&notify.ActionInvokedSignal{ID: 4, ActionKey: "other"})
	b.clicked(&notify.ActionInvokedSignal{ID: 4, ActionKey: "default"})
	if opened != "4" {
		t.Errorf("opened %q", opened)
	}
	b.closed(&notify.NotificationClosedSignal{ID: 4})
	if len(b.opens) != 0 || len(b.ids) != 0 {
		t.Error("a notification that is gone is kept")
	}
}

func TestATrayThatComesAndGoesIsNoticed(t *testing.T) {
	const member = "org.freedesktop.DBus.NameOwnerChanged"
	cases := []struct {
		name      string
		signal    dbus.Signal
		there, ok bool
	}{
		{"it comes", dbus.Signal{Name: member, Body: []any{watcherName, "", ":1.7"}}, true, true},
		{"it goes", dbus.Signal{Name: member, Body: []any{watcherName, ":1.7", ""}}, false, true},
		{"somebody else goes", dbus.Signal{Name: member, Body: []any{"org.example", ":1.7", ""}}, false, false},
		{"another signal", dbus.Signal{Name: "org.freedesktop.Notifications.NotificationClosed", Body: []any{uint32(1), uint32(2)}}, false, false},
		{"a signal that is none of the kind", dbus.Signal{Name: member, Body: []any{1, 2, 3}}, false, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			there, ok := watcherChanged(&c.signal)
			if ok != c.ok || ok && there != c.there {
				t.Errorf("there %v, %v; want %v, %v", there, ok, c.there, c.ok)
			}
		})
	}
}
