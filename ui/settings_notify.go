package ui

import (
	"fyne.io/fyne/v2"

	"ringback/ui/widgets"
)

func (p *settingsPage) notifyCards(s *section) []fyne.CanvasObject {
	say := p.w.words.Say
	return []fyne.CanvasObject{
		widgets.NewFieldCard(say("settings_notify"), say("settings_notify_about"), nil,
			p.settingsSwitch(s, "notify.desktop", say("settings_notify_desktop")), p.newSoundField(s).content),
	}
}

// soundField is the choice of a sound, which is this computer's and no setting of the
// shop's: two that look at one shop may stand in different rooms.
type soundField struct {
	p       *settingsPage
	choice  *widgets.Choice
	play    *widgets.Button
	content *fyne.Container
}

func (p *settingsPage) newSoundField(s *section) *soundField {
	say := p.w.words.Say
	words := map[string]string{
		noSound: say("settings_sound_none"), "chime": say("settings_sound_chime"), "bell": say("settings_sound_bell"),
		"marimba": say("settings_sound_marimba"), "pips": say("settings_sound_pips"),
	}
	var labels []string
	for _, name := range sounds() {
		labels = append(labels, words[name])
	}
	f := &soundField{p: p, choice: widgets.NewChoice(say("settings_sound"), sounds(), labels)}
	f.choice.OnChosen = f.chosen
	f.play = widgets.NewButton(widgets.Plain, say("settings_sound_play"), icon("bell"), func() { p.w.play(f.choice.Value(), f.played) })
	f.content = widgets.AcrossTop(widgets.Gap3, widgets.Grow(f.choice), widgets.Pad(besideField, 0, 0, 0, f.play))
	f.show(settingsSeen{})
	s.shown = append(s.shown, f)
	return f
}

// besideField is how far below a field's label a button beside it begins.
const besideField = 18

// show takes what is chosen on this computer: the tray's menu changes it, too.
func (f *soundField) show(settingsSeen) {
	name := f.p.w.soundName()
	f.choice.Set(name)
	if name == noSound {
		f.play.Disable()
	} else {
		f.play.Enable()
	}
	if f.choice.Says() == "" {
		f.choice.Say(widgets.Quiet, nil, f.p.w.words.Say("settings_sound_help"))
	}
}

// chosen keeps the sound and lets it be heard.
func (f *soundField) chosen() {
	f.p.w.setSound(f.choice.Value())
	f.p.say(false)
	f.p.w.play(f.choice.Value(), f.played)
}

func (f *soundField) played(err error) {
	say := f.p.w.words.Say
	if err != nil {
		f.p.w.o.Log.Warn("a sound can't be heard", "err", err)
		f.choice.Say(widgets.Failed, icon("alert"), say("settings_sound_fault"))
	} else {
		f.choice.Say(widgets.Quiet, nil, say("settings_sound_help"))
	}
	f.p.layOut()
}
