package ui

import (
	"slices"

	"ringback/assets"
)

// Sound is what a notification sounds like.
type Sound struct {
	Name string // it has no other
	WAV  []byte
}

// None says that there is none.
func (s Sound) None() bool { return s.Name == "" }

// noSound is the choice of none.
const noSound = "none"

// sounds are the names of what can be chosen.
func sounds() []string { return append([]string{noSound}, assets.Sounds()...) }

// soundNamed is a sound; one that this version does not have is the usual one.
func soundNamed(name string) Sound {
	if name == noSound {
		return Sound{}
	}
	if !slices.Contains(assets.Sounds(), name) {
		name = assets.Sounds()[0]
	}
	return Sound{Name: name, WAV: assets.Sound(name)}
}

// soundName is what is chosen on this computer. It may be called on any goroutine.
func (w *Window) soundName() string {
	if w.silent() {
		return noSound
	}
	return soundNamed(w.o.App.Preferences().String(keptSound)).Name
}

// sound is what a notification sounds like now. It may be called on any goroutine.
func (w *Window) sound() Sound { return soundNamed(w.soundName()) }

func (w *Window) silent() bool { return w.o.App.Preferences().Bool(keptSilent) }

// setSilent silences notifications, or gives them back the sound that they had.
func (w *Window) setSilent(silent bool) {
	w.o.App.Preferences().SetBool(keptSilent, silent)
	w.tray.watch.again()
	w.here.showShop()
}

// setSound chooses what notifications sound like; none leaves it known what they did.
func (w *Window) setSound(name string) {
	if name != noSound {
		w.o.App.Preferences().SetString(keptSound, name)
	}
	w.setSilent(name == noSound)
}

// play lets a sound be heard, and tells then how that went. It is no errand: a wish of the
// owner's is not to wait for its end.
func (w *Window) play(name string, then func(error)) {
	if w.o.Play == nil || name == noSound || w.playing {
		return
	}
	w.playing = true
	go func() {
		err := w.o.Play(soundNamed(name))
		w.o.Do(func() {
			w.playing = false
			if !w.closed() {
				then(err)
			}
		})
	}()
}
