package ui

import (
	"fyne.io/fyne/v2"

	"ringback/server/settings"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

// addressFields are the kind of public address and what that kind needs, nothing else. A
// kind that needs an address is applied together with it: alone it would be refused.
type addressFields struct {
	p           *settingsPage
	kind        *settingsChoice
	url, header *settingsField
	own         *fyne.Container // what an address of the owner's needs
}

func (p *settingsPage) addressCards(s *section) []fyne.CanvasObject {
	say := p.w.words.Say
	chip := widgets.NewChip(widgets.Quiet, nil, "")
	address := widgets.NewText("", widgets.SizeBody, widgets.ColorText)
	form := widgets.NewFixedValue(icon("globe"), address,
		widgets.NewButton(widgets.Bare, say("settings_copy"), icon("copy"), func() { p.w.copy(p.w.shop.FormURL) }))
	f := p.newAddressFields(s)
	s.shown = append(s.shown, f, showing(func(settingsSeen) {
		p.health(chip, 0)
		address.SetText(p.w.shop.FormURL)
		form.Hidden = p.w.shop.FormURL == ""
	}))
	return []fyne.CanvasObject{
		widgets.NewFieldCard(say("settings_address"), say("settings_address_about"), chip, form, f.kind.Choice, f.own),
	}
}

func (p *settingsPage) newAddressFields(s *section) *addressFields {
	say := p.w.words.Say
	f := &addressFields{p: p}
	f.kind = p.choiceOf(s, "tunnel.kind", say("settings_kind"),
		[]string{settings.OwnAddress, settings.NoTunnel}, []string{say("settings_kind_address"), say("settings_kind_none")})
	apply := f.kind.OnChosen
	f.kind.OnChosen = func() {
		if f.wanted() && f.url.Text() == "" {
			f.await()
			return
		}
		f.kind.waits = false
		apply()
		f.arrange()
	}
	f.url = p.bind(s, &settingsField{
		Field: widgets.NewField(say("settings_url")), path: "tunnel.url", help: say("settings_url_help"),
		part: func(typed string) any {
			return map[string]any{"tunnel": map[string]any{"kind": f.kind.Value(), "url": p.w.words.Meant(view.TypedText, typed)}}
		},
		value: func(seen settingsSeen) (string, bool) { return seen.Tunnel.URL, true },
	})
	f.header = p.bind(s, &settingsField{
		Field: widgets.NewField(say("settings_header")), path: "tunnel.client_ip_header", help: say("settings_header_help"),
		part: func(typed string) any {
			return view.Part("tunnel.client_ip_header", p.w.words.Meant(view.TypedText, typed))
		},
		value: func(seen settingsSeen) (string, bool) { return seen.Tunnel.ClientIPHeader, true },
	})
	f.own = widgets.Down(widgets.Gap4, f.url.Field, f.header.Field)
	return f
}

// wanted says whether the kind that is chosen is an address of the owner's.
func (f *addressFields) wanted() bool { return f.kind.Value() == settings.OwnAddress }

// await lets the address be typed that the kind needs; it is in use once that is.
func (f *addressFields) await() {
	f.kind.waits = true
	f.sayWaits()
	f.arrange()
	f.p.w.win.Canvas().Focus(f.url.Entry())
}

func (f *addressFields) sayWaits() {
	f.kind.Say(widgets.Planned, icon("clock"), f.p.w.words.Say("settings_kind_waits"))
}

func (f *addressFields) show(seen settingsSeen) {
	switch {
	case !f.kind.waits:
	case seen.Tunnel.Kind == f.kind.Value():
		f.kind.waits = false
		f.kind.tell(nil)
	default:
		f.sayWaits()
	}
	f.arrange()
}

func (f *addressFields) arrange() {
	f.own.Hidden = !f.wanted()
	f.p.layOut()
}
