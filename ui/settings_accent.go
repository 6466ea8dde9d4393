package ui

import (
	"fmt"

	"fyne.io/fyne/v2"

	"ringback/ui/view"
	"ringback/ui/widgets"
)

// accents are those that are offered: each can be told from the others, and none is that
// of a mistake.
var accents = []string{"#0b6170", "#0b6e4f", "#1f5fae", "#5a44a3", "#7a1f5c", "#9a3412", "#2b2f31", "#ffe680"}

// accentField is the shop's colour: a few that are offered or one's own, and the button of
// the form as visitors see it in that colour.
type accentField struct {
	*settingsField
	swatches []*widgets.Swatch
	sample   *widgets.Sample
	line     *widgets.FieldLine
	content  *fyne.Container
}

func (p *settingsPage) newAccentField(s *section) *accentField {
	say := p.w.words.Say
	f := &accentField{sample: widgets.NewSample(say("settings_accent_sample")), line: widgets.NewFieldLine()}
	f.settingsField = p.bind(s, &settingsField{
		Field: widgets.NewField(say("settings_accent_own")), path: "form.accent", help: say("settings_accent_help"),
		part:  func(typed string) any { return view.Part("form.accent", p.w.words.Meant(view.TypedText, typed)) },
		value: func(seen settingsSeen) (string, bool) { return seen.Form.Accent, true },
	})
	typed := f.OnTyped
	f.OnTyped = func() { f.draw(); typed() }
	row := widgets.Wrap(widgets.Gap1)
	for _, accent := range accents {
		c, _ := parseColor(accent) // each is one
		_, on := formButton(c)
		swatch := widgets.NewSwatch(c, on, func() { f.choose(accent) })
		f.swatches = append(f.swatches, swatch)
		row.Add(swatch)
	}
	f.content = widgets.Down(widgets.Gap2,
		widgets.NewText(say("settings_accent"), widgets.SizeCaption, widgets.ColorSecond), row,
		two(f.Field, widgets.Pad(besideField, 0, 0, 0, widgets.Down(widgets.Gap2, f.sample, f.line))))
	s.shown = append(s.shown, showing(func(settingsSeen) { f.draw() })) // after the field itself
	return f
}

// choose takes one that is offered, at once.
func (f *accentField) choose(accent string) {
	f.Type(accent)
	f.p.apply(f.settingsField)
}

// draw shows the colour that stands in the field, also while it is typed.
func (f *accentField) draw() {
	for i, s := range f.swatches {
		s.Set(accents[i] == f.Text())
	}
	accent, err := parseColor(f.Text())
	if f.sample.Hidden, f.line.Hidden = err != nil, err != nil; err != nil {
		return
	}
	fill, on := formButton(accent)
	f.sample.Set(fill, on)
	key := "settings_accent_contrast"
	if fill != accent {
		key = "settings_accent_darker"
	}
	f.line.Say(widgets.Quiet, nil, f.p.w.words.Say(key, "n", fmt.Sprintf("%.1f", contrast(fill, on))))
	f.p.layOut()
}
