package ui

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"ringback/server/settings"
	"ringback/ui/widgets"
)

// secretField is a secret: typed once, never shown again. It says that there is one, and
// lets it be replaced or removed.
type secretField struct {
	p           *settingsPage
	name, label string
	help        string // stands below while nothing is wrong
	content     *fyne.Container
	typed       *widgets.Field
	state       *widgets.Text
	typing      *fyne.Container
	kept        *fyne.Container
	actions     *fyne.Container
	cancel      *widgets.Button
	there       bool
	replacing   bool
}

func (p *settingsPage) secret(s *section, name, label, help string) fyne.CanvasObject {
	say := p.w.words.Say
	f := &secretField{p: p, name: name, label: label, help: help, typed: widgets.NewSecretField(label)}
	f.typed.OnTyped = f.check
	f.tell(nil)
	f.state = widgets.NewText("", widgets.SizeBody, widgets.ColorText)
	f.actions = widgets.Across(0,
		widgets.NewButton(widgets.Bare, say("settings_replace"), nil, func() { f.replace(true) }),
		widgets.NewButton(widgets.Bare, say("settings_remove"), nil, f.askRemove))
	f.kept = widgets.Down(widgets.Gap1, widgets.NewText(label, widgets.SizeCaption, widgets.ColorSecond),
		widgets.NewFixedValue(icon("key"), f.state, f.actions))
	f.cancel = widgets.NewButton(widgets.Bare, say("settings_cancel"), nil, func() { f.replace(false) })
	buttons := widgets.Pad(besideField, 0, 0, 0, widgets.Across(widgets.Gap2, widgets.NewButton(widgets.Plain, say("settings_keep"), nil, f.keep), f.cancel))
	f.typing = widgets.AcrossTop(widgets.Gap3, widgets.Grow(f.typed), buttons)
	f.content = widgets.Down(0, f.kept, f.typing)
	f.arrange()
	s.shown = append(s.shown, f)
	return f.content
}

func (f *secretField) show(seen settingsSeen) {
	given := seen.place.Given[f.name]
	f.there = seen.Secrets[f.name]
	say := f.p.w.words.Say
	switch {
	case given:
		f.state.SetText(say("settings_secret_given", "name", f.name))
	case seen.place.Keyring:
		f.state.SetText(say("settings_secret_keyring"))
	default:
		f.state.SetText(say("settings_secret_file"))
	}
	f.actions.Hidden = given // it would hold all the same
	f.arrange()
}

// replace opens or closes the place to type another one in.
func (f *secretField) replace(on bool) {
	f.replacing = on
	f.typed.SetText("")
	f.arrange()
	f.tell(nil)
	if on {
		f.p.w.win.Canvas().Focus(f.typed.Entry())
	}
}

func (f *secretField) arrange() {
	typing := f.replacing || !f.there
	f.typing.Hidden, f.kept.Hidden = !typing, typing
	f.cancel.Hidden = !f.there
	f.content.Refresh()
}

// value is what was typed, or pasted with a space beside it.
func (f *secretField) value() string { return strings.TrimSpace(f.typed.Text()) }

// check says while one types what would be refused. It reads nothing, so it can be done
// here.
func (f *secretField) check() { f.tell(settings.CheckSecret(f.name, f.value())) }

// tell says below the field what is wrong with it, or its help.
func (f *secretField) tell(err error) {
	if err == nil {
		f.typed.Say(widgets.Quiet, nil, f.help)
	} else {
		f.typed.Say(widgets.Failed, icon("alert"), f.p.w.words.SecretFault(err, f.value()))
	}
	f.p.layOut()
}

// keep takes over what was typed.
func (f *secretField) keep() {
	value := f.value()
	if value == "" {
		f.p.w.win.Canvas().Focus(f.typed.Entry())
		return
	}
	f.set(value)
}

func (f *secretField) askRemove() {
	say := f.p.w.words.Say
	f.p.ask(say("settings_secret_ask", "what", f.label), say("settings_secret_ask_about"), say("settings_remove"), func() { f.set("") })
}

// set keeps a secret, or none any more; it is not typed, shown or logged again.
func (f *secretField) set(value string) {
	var wrong error
	var later bool
	f.p.w.errand(func(ctx context.Context) (err error) {
		later, err = f.p.w.o.Desk.SetSecret(ctx, f.name, value)
		if errors.Is(err, settings.ErrSecret) || errors.Is(err, settings.ErrToken) {
			wrong, err = err, nil
		}
		return err
	}, func() {
		if wrong != nil {
			f.tell(wrong)
			return
		}
		f.there = value != ""
		f.replace(false)
		f.p.say(later)
	})
}
