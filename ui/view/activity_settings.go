package view

import (
	"slices"
	"strings"
	"time"

	"ringback/server/number"
	"ringback/server/settings"
)

// settingLabels are the labels by which the window shows a setting, under the headline
// where there is more than one of that label, by the path in the settings file.
var settingLabels = map[string][]string{
	"business.name":         {"settings_name"},
	"business.country":      {"settings_country"},
	"business.language":     {"settings_language"},
	"business.phones":       {"settings_phones"},
	"business.sms_numbers":  {"settings_texts_to"},
	"business.line":         {"settings_line"},
	"business.ring":         {"settings_ring"},
	"business.public_phone": {"settings_public_phone"},
	"business.public_email": {"settings_public_email"},
	"business.address":      {"settings_public", "settings_postal"},
	"business.privacy_url":  {"settings_privacy_url"},

	"twilio.account_sid": {"settings_account"},
	"twilio.number":      {"settings_number"},

	"tunnel.kind":             {"settings_kind"},
	"tunnel.url":              {"settings_url"},
	"tunnel.client_ip_header": {"settings_header"},

	"hours.timezone":     {"hours_zone"},
	"hours.dates":        {"hours_dates"},
	"hours.holidays":     {"hours_holidays"},
	"hours.after_hours":  {"hours_after"},
	"hours.paused_until": {"hours_pause"},

	"form.origins":      {"settings_origins"},
	"form.ask":          {"settings_ask"},
	"form.consent":      {"settings_consent"},
	"form.consent_text": {"settings_consent_title", "settings_consent_text"},
	"form.accent":       {"settings_accent"},
	"form.languages":    {"settings_speaks"},

	"guard.countries":                {"settings_guard", "settings_countries"},
	"guard.per_ip.minute":            {"settings_per_address", "settings_a_minute"},
	"guard.per_ip.hour":              {"settings_per_address", "settings_an_hour"},
	"guard.per_ip.day":               {"settings_per_address", "settings_a_day"},
	"guard.per_number_day":           {"settings_guard", "settings_per_number"},
	"guard.numbers_per_visitor_hour": {"settings_guard", "settings_numbers_per_visitor"},
	"guard.visitors_per_number_hour": {"settings_guard", "settings_visitors_per_number"},
	"limits.requests_day":            {"settings_limits", "settings_requests_day"},
	"limits.calls_day":               {"settings_limits", "settings_calls_day"},
	"limits.texts_day":               {"settings_limits", "settings_texts_day"},
	"limits.call_minutes":            {"settings_limits", "settings_call_minutes"},
	"limits.spend_day_usd":           {"settings_limits", "settings_spend"},
	"retry.attempts":                 {"settings_retry_shop", "settings_attempts"},
	"retry.after_minutes":            {"settings_retry_shop", "settings_after"},
	"retry_visitor.attempts":         {"settings_retry_visitor", "settings_attempts"},
	"retry_visitor.after_minutes":    {"settings_retry_visitor", "settings_after"},
	"privacy.keep_requests_days":     {"settings_keep_title", "settings_keep_requests"},
	"privacy.keep_events_days":       {"settings_keep_title", "settings_keep_events"},
	"notify.desktop":                 {"settings_notify_desktop"},
}

// chosen are the words of the settings that are one of a few, by their paths.
var chosen = map[string]map[string]string{
	"business.language": languageWords,
	"form.languages":    languageWords,
	"business.ring":     {settings.InTurn: "settings_in_turn", settings.AllAtOnce: "settings_at_once"},
	"tunnel.kind":       {settings.OwnAddress: "settings_kind_address", settings.NoTunnel: "settings_kind_none"},
	"form.consent":      {settings.Notice: "settings_consent_notice", settings.Tick: "settings_consent_tick"},
	"form.ask":          {"name": "settings_ask_name", "email": "settings_ask_email", "message": "settings_ask_message"},
}

var languageWords = map[string]string{"en": "settings_en", "es": "settings_es"}

// secretLabels are what the secrets are called, by their names in the environment.
var secretLabels = map[string]string{
	"TWILIO_AUTH_TOKEN": "settings_token", "NGROK_AUTHTOKEN": "activity_secret_ngrok", "RINGBACK_CAPTCHA_SECRET": "activity_secret_captcha",
}

// shown is a text of the settings as the window shows it: by the words of its choice, a
// country by its name, a number as people write it, a moment by the shop's clock.
func (w Words) shown(path, value string) string {
	if value == "" {
		return w.Say("activity_nothing")
	}
	if key := chosen[path][value]; key != "" {
		return w.Say(key)
	}
	switch path {
	case "hours.after_hours":
		values, words := w.AfterHours()
		if i := slices.Index(values, value); i >= 0 {
			return words[i]
		}
	case "hours.paused_until":
		if at, err := time.Parse(time.RFC3339, value); err == nil {
			return at.In(w.Zone).Format("2006-01-02 15:04")
		}
	case "business.country", "guard.countries", "hours.holidays":
		return number.RegionName(value, w.Language)
	case "business.public_phone", "business.sms_numbers", "twilio.number":
		return w.number(value)
	}
	return value
}

// weekdayPaths are the days of the usual week, as the settings file names them.
var weekdayPaths = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// sections are the parts of the settings, by their names in the settings file.
var sections = map[string]string{
	"business": "activity_set_business", "twilio": "activity_set_twilio", "tunnel": "activity_set_tunnel",
	"hours": "activity_set_hours", "form": "activity_set_form", "guard": "activity_set_guard", "limits": "activity_set_limits",
	"retry": "activity_set_retry", "retry_visitor": "activity_set_retry_visitor", "notify": "activity_set_notify", "privacy": "activity_set_privacy",
}

// setting is what the window calls a setting. One that it does not show is called by its
// path.
func (w Words) setting(path string) string {
	if keys := settingLabels[path]; keys != nil {
		var labels []string
		for _, key := range keys {
			labels = append(labels, w.Say(key))
		}
		return w.Say("activity_set", "what", strings.Join(labels, " › "))
	}
	section, rest, _ := strings.Cut(path, ".")
	for i, day := range weekdayPaths {
		if rest == "week."+day {
			weekdays := strings.Fields(w.Say("weekdays"))
			return w.Say("activity_set", "what", w.Say(sections[section])+" › "+weekdays[i])
		}
	}
	if day, is := strings.CutPrefix(path, "hours.dates."); is {
		return w.Say("activity_set", "what", w.Say("hours_dates")+" › "+day)
	}
	name := section
	if key := sections[section]; key != "" {
		name = w.Say(key)
	}
	if rest == "" {
		return name
	}
	return name + " › " + strings.NewReplacer(".", " › ", "_", " ").Replace(rest)
}
