package ui

import (
	"errors"
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"ringback/assets"
	"ringback/ui/widgets"
)

// heard is a window whose sounds the test hears. Each ends when the test says how.
type heard struct {
	*onDesktop
	sounds chan Sound
	end    chan error
}

func openHeard(t *testing.T) *heard {
	t.Helper()
	h := &heard{sounds: make(chan Sound, 10), end: make(chan error, 10)}
	h.onDesktop = openOnDesktop(t, settledShop())
	h.o.Play = func(s Sound) error {
		h.sounds <- s
		return <-h.end
	}
	h.settingsOf(atNotify)
	return h
}

func (h *heard) choice() *widgets.Choice {
	h.t.Helper()
	c, ok := find(h.opened, func(c *widgets.Choice) bool { return slices.Contains(sounds(), c.Value()) })
	if !ok {
		h.t.Fatal("no sound can be chosen")
	}
	return c
}

func TestEverySoundCanBeChosenAndIsHeardAtOnce(t *testing.T) {
	h := openHeard(t)
	if got := h.choice().Value(); got != "chime" {
		t.Errorf("the usual one is %q", got)
	}
	for _, name := range slices.Backward(assets.Sounds()) {
		h.choice().Choose(name)
		if s := <-h.sounds; s.Name != name || len(s.WAV) == 0 || h.sound().Name != name {
			t.Errorf("heard %q and kept %q, want %q", s.Name, h.sound().Name, name)
		}
		h.end <- nil
		h.until("it has ended", func() bool { return !h.playing })
	}
	h.wantSays("saved, in use since 10:41")
}

func TestASoundIsPlayedAgainAndNotTwiceAtOnce(t *testing.T) {
	h := openHeard(t)
	h.press("Play")
	<-h.sounds
	h.press("Play") // it is heard still
	h.end <- nil
	h.until("it has ended", func() bool { return !h.playing })
	h.press("Play")
	<-h.sounds
	h.end <- nil
	h.until("it has ended", func() bool { return !h.playing })
	if len(h.sounds) > 0 {
		t.Error("it was heard twice at once")
	}
}

func TestNoneIsSilentAndTheTrayChangesTheChoice(t *testing.T) {
	h := openHeard(t)
	h.choice().Choose(noSound)
	play, _ := find(h.opened, func(b *widgets.Button) bool { return b.Label() == "Play" })
	if !h.sound().None() || !play.Disabled() {
		t.Errorf("with none it sounds like %q", h.sound().Name)
	}
	h.until("the tray shows it", func() bool { return !h.item("Sound with notifications").Checked })
	h.item("Sound with notifications").Action()
	if got := h.choice().Value(); got != "chime" || play.Disabled() {
		t.Errorf("the tray gave it back, and the choice is %q", got)
	}
	test.Tap(play)
	<-h.sounds
	h.end <- nil
}

func TestAComputerThatPlaysNoSoundSaysSoUntilItDoes(t *testing.T) {
	h := openHeard(t)
	h.press("Play")
	<-h.sounds
	h.end <- errors.New("no loudspeaker")
	h.until("it is said", func() bool {
		return h.says("This computer plays no sound just now. Look at its loudspeaker; on Linux, install pw-play, paplay or aplay.")
	})
	h.press("Play")
	<-h.sounds
	h.end <- nil
	h.until("it is said no more", func() bool {
		return h.says("It is chosen for this computer alone. The tray’s menu silences it, too.")
	})
}
