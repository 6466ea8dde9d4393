package ui

import (
	"fyne.io/fyne/v2"

	"ringback/server/settings"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

// newSections are the sections of the page, in the order of its list.
func (p *settingsPage) newSections() []*section {
	say := p.w.words.Say
	all := []*section{
		p.newSection(say("settings_shop"), p.shopCards),
		p.newSection(say("settings_phones"), p.phoneCards),
		p.newSection(say("settings_twilio"), p.twilioCards),
		p.newSection(say("settings_address"), p.addressCards),
		p.newSection(say("settings_guard"), p.guardCards),
		p.newSection(say("settings_retry"), p.retryCards),
		p.newSection(say("settings_form"), p.formCards),
	}
	if settings.Obeyed("notify.desktop") {
		all = append(all, p.newSection(say("settings_notify"), p.notifyCards))
	}
	return append(all,
		p.newSection(say("settings_privacy"), p.privacyCards),
		p.newSection(say("settings_start"), p.startCards),
		p.newSection(say("settings_about"), p.aboutCards))
}

// two puts fields side by side.
func two(parts ...fyne.CanvasObject) *fyne.Container {
	return widgets.Columns(widgets.Gap4, 2, parts...)
}

// three does so with short ones.
func three(parts ...fyne.CanvasObject) *fyne.Container {
	return widgets.Columns(widgets.Gap4, 3, parts...)
}

func (p *settingsPage) shopCards(s *section) []fyne.CanvasObject {
	say := p.w.words.Say
	language := p.choice(s, "business.language", say("settings_language"), []string{"en", "es"}, p.languages())
	return []fyne.CanvasObject{
		widgets.NewFieldCard(say("settings_shop"), say("settings_shop_about"), nil,
			p.field(s, "business.name", view.TypedText, say("settings_name"), ""),
			two(p.field(s, "business.country", view.TypedRegion, say("settings_country"), say("settings_country_help")), language)),
		widgets.NewFieldCard(say("settings_public"), say("settings_public_about"), nil,
			two(p.field(s, "business.public_phone", view.TypedNumber, say("settings_public_phone"), ""),
				p.field(s, "business.public_email", view.TypedText, say("settings_public_email"), "")),
			p.field(s, "business.address", view.TypedText, say("settings_postal"), ""),
			p.field(s, "business.privacy_url", view.TypedText, say("settings_privacy_url"), ""),
			p.newAccentField(s).content),
	}
}

func (p *settingsPage) languages() []string {
	return []string{p.w.words.Say("settings_en"), p.w.words.Say("settings_es")}
}

func (p *settingsPage) twilioCards(s *section) []fyne.CanvasObject {
	say := p.w.words.Say
	chip := widgets.NewChip(widgets.Quiet, nil, "")
	s.shown = append(s.shown, showing(func(settingsSeen) { p.health(chip, 1) }))
	return []fyne.CanvasObject{
		widgets.NewFieldCard(say("settings_twilio"), say("settings_twilio_about"), chip,
			p.field(s, "twilio.account_sid", view.TypedText, say("settings_account"), say("settings_account_help")),
			p.secret(s, "TWILIO_AUTH_TOKEN", say("settings_token"), say("settings_token_help")),
			p.field(s, "twilio.number", view.TypedNumber, say("settings_number"), say("settings_number_help"))),
	}
}

// health is a line of the state card, as a chip.
func (p *settingsPage) health(chip *widgets.Chip, i int) {
	h := p.w.words.State(p.w.shop).Health[i]
	if chip.Set(role(h.Role), icon(h.Icon), h.Word) {
		p.layOut()
	}
}

func (p *settingsPage) guardCards(s *section) []fyne.CanvasObject {
	say := p.w.words.Say
	figure := func(path, label string) fyne.CanvasObject {
		return p.field(s, path, view.TypedFigure, label, "")
	}
	number := []fyne.CanvasObject{figure("guard.per_number_day", say("settings_per_number"))}
	for _, more := range []struct{ path, label string }{
		{"guard.numbers_per_visitor_hour", say("settings_numbers_per_visitor")},
		{"guard.visitors_per_number_hour", say("settings_visitors_per_number")},
	} {
		if settings.Obeyed(more.path) {
			number = append(number, figure(more.path, more.label))
		}
	}
	return []fyne.CanvasObject{
		p.unlooked(s),
		widgets.NewFieldCard(say("settings_countries"), say("settings_countries_about"), nil,
			p.field(s, "guard.countries", view.TypedRegions, "", say("settings_countries_help"))),
		widgets.NewFieldCard(say("settings_per_address"), say("settings_no_limit"), nil,
			three(figure("guard.per_ip.minute", say("settings_a_minute")), figure("guard.per_ip.hour", say("settings_an_hour")),
				figure("guard.per_ip.day", say("settings_a_day"))),
			three(number...)),
		widgets.NewFieldCard(say("settings_limits"), say("settings_limits_about"), nil,
			three(figure("limits.requests_day", say("settings_requests_day")), figure("limits.calls_day", say("settings_calls_day")),
				figure("limits.texts_day", say("settings_texts_day"))),
			three(figure("limits.call_minutes", say("settings_call_minutes")),
				p.field(s, "limits.spend_day_usd", view.TypedMoney, say("settings_spend"), ""))),
	}
}

// unlooked says that a new shop calls little until its owner has looked at the limits, and
// lets that be said.
func (p *settingsPage) unlooked(s *section) fyne.CanvasObject {
	say := p.w.words.Say
	right := widgets.NewButton(widgets.Outline, say("settings_unlooked_do"), nil, func() {
		p.w.change(map[string]any{"limits": map[string]any{}}, func(_ settings.Faults, later bool) { p.say(later) })
	})
	notice := widgets.NewNotice(widgets.Needs, icon("shield"), say("settings_unlooked"), say("settings_unlooked_about"), right)
	notice.Hide()
	s.shown = append(s.shown, showing(func(seen settingsSeen) { notice.Hidden = seen.Looked }))
	return notice
}

func (p *settingsPage) retryCards(s *section) []fyne.CanvasObject {
	say := p.w.words.Say
	plan := func(path, title, about string) fyne.CanvasObject {
		return widgets.NewFieldCard(title, about, nil,
			two(p.field(s, path+".attempts", view.TypedFigure, say("settings_attempts"), say("settings_attempts_help")),
				p.field(s, path+".after_minutes", view.TypedFigures, say("settings_after"), say("settings_after_help"))))
	}
	return []fyne.CanvasObject{
		plan("retry", say("settings_retry_shop"), say("settings_retry_shop_about")),
		plan("retry_visitor", say("settings_retry_visitor"), say("settings_retry_visitor_about")),
	}
}

func (p *settingsPage) formCards(s *section) []fyne.CanvasObject {
	say := p.w.words.Say
	ask := p.ticks(s, "form.ask", []string{"name", "email", "message"},
		[]string{say("settings_ask_name"), say("settings_ask_email"), say("settings_ask_message")})
	speaks := p.ticks(s, "form.languages", []string{"en", "es"}, p.languages())
	consent := p.choice(s, "form.consent", say("settings_consent"),
		[]string{settings.Notice, settings.Tick}, []string{say("settings_consent_notice"), say("settings_consent_tick")})
	return []fyne.CanvasObject{
		widgets.NewFieldCard(say("settings_ask"), say("settings_ask_about"), nil, ask.parts()),
		widgets.NewFieldCard(say("settings_speaks"), say("settings_speaks_about"), nil, speaks.parts()),
		widgets.NewFieldCard(say("settings_consent_title"), say("settings_consent_about"), nil, consent,
			p.field(s, "form.consent_text", view.TypedText, say("settings_consent_text"), say("settings_consent_text_help"))),
		widgets.NewFieldCard(say("settings_origins"), say("settings_origins_about"), nil,
			p.field(s, "form.origins", view.TypedList, "", say("settings_origins_help"))),
	}
}
