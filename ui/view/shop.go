package view

import (
	"strings"

	"ringback/server/desk"
)

// State is the shop in a few words, for the card at the foot of the side bar.
type State struct {
	Role          Role
	Headline, Sub string
	Short         string // for the narrow bar
	ShortSub      string
	Health        []Health
}

// Health is one thing that works or does not.
type Health struct {
	Name, Short, Word string
	Role              Role
	Icon              string
}

// State says whether the shop is open, whether calls are real, and what is amiss: trouble
// counts more than hours.
func (w Words) State(s desk.Shop) State {
	form := Health{w.Say("health_form"), w.Say("health_form_short"), w.Say("health_form_here"), Talked, "checkc"}
	if strings.HasPrefix(s.FormURL, "https://") {
		form.Word = w.Say("health_form_public")
	}
	if s.FormURL == "" {
		form.Word, form.Role, form.Icon = w.Say("health_form_off"), Failed, "alert"
	}
	line := Health{w.Say("health_line"), w.Say("health_line_short"), w.Say("health_line_ready"), Talked, "checkc"}
	state := w.openingState(s.Opening)
	switch {
	case s.Unsaved != desk.Saved:
		form.Word, form.Role, form.Icon = w.Say("health_form_unsaved"), Failed, "alert"
		line.Word, line.Role, line.Icon = w.Say("health_line_off"), Failed, "alert"
		state = State{
			Role: Failed, Headline: w.Say("state_trouble"), Sub: w.Say("state_unsaved_sub"),
			Short: w.Say("state_trouble_short"), ShortSub: w.Say("state_unsaved_short_sub"),
		}
	case s.Practice:
		line.Word, line.Role, line.Icon = w.Say("health_line_practice"), Planned, "info"
	case w.Trouble(s) != "":
		line.Word, line.Role, line.Icon = w.Say("health_line_off"), Failed, "alert"
		state = State{
			Role: Failed, Headline: w.Say("state_trouble"), Sub: w.Say("state_trouble_sub"),
			Short: w.Say("state_trouble_short"), ShortSub: w.Say("state_trouble_short_sub"),
		}
	}
	state.Health = []Health{form, line}
	return state
}

// Trouble is why a live shop calls nobody just now, and what to do; empty: it does call.
func (w Words) Trouble(s desk.Shop) string {
	switch {
	case s.Practice:
		return ""
	case len(s.Missing) > 0:
		return w.missing(s.Missing[0])
	case s.Trouble.Reason != "":
		return w.advice(s.Trouble)
	}
	return ""
}

// missingKeys are what can be missing to go live, by the setting that the sentence of
// settings.Live names.
var missingKeys = map[string]string{
	"(twilio.account_sid).": "missing_account",
	"(twilio.number).":      "missing_number",
	"(business.phones).":    "missing_phone",
	"(tunnel.kind).":        "missing_address",
	"(TWILIO_AUTH_TOKEN).":  "missing_token",
}

// missing says in the window's language what is missing, and where to enter it.
func (w Words) missing(sentence string) string {
	if key := missingKeys[sentence[strings.LastIndex(sentence, " ")+1:]]; key != "" {
		return w.Say(key)
	}
	if path, _, is := strings.Cut(sentence, ": "); is && !strings.Contains(path, " ") && strings.Contains(path, ".") {
		return w.Say("missing_not_obeyed", "what", w.setting(path)) // a fault of settings.NotObeyed
	}
	return sentence
}

// Unsaved is why no request is taken just now, and what to do; empty: they are.
func (w Words) Unsaved(s desk.Shop) string {
	if s.Unsaved == desk.Saved {
		return ""
	}
	return w.Say(map[desk.Unsaved]string{
		desk.DiskFull:     "unsaved_full",
		desk.DiskBusy:     "unsaved_busy",
		desk.DiskReadOnly: "unsaved_read_only",
		desk.DiskDamaged:  "unsaved_damaged",
		desk.DiskFailed:   "unsaved_failed",
	}[s.Unsaved])
}

// Title is the window's title.
func (w Words) Title() string {
	if w.Practice {
		return w.Say("title_practice")
	}
	return w.Say("title")
}

// Empty is what the page says when a filter finds nothing.
type Empty struct {
	Title, Text string
	StepsTitle  string
	Steps       []string
}

// Empty says that nobody is there, and in practice how to try it.
func (w Words) Empty(f desk.Filter, search string, s desk.Shop) Empty {
	if search != "" {
		return Empty{Title: w.Say("requests_none_title", "what", search), Text: w.Say("requests_none_text")}
	}
	if f == desk.Spam {
		return Empty{Title: w.Say("requests_no_spam_title"), Text: w.Say("requests_no_spam_text")}
	}
	e := Empty{Title: w.Say("empty_needs_title"), Text: w.Say("empty_text")}
	switch f {
	case desk.Today:
		e.Title = w.Say("empty_today_title")
	case desk.All:
		e.Title = w.Say("empty_all_title")
	case desk.Spam:
	case desk.NeedsYou:
		if s.Today > 0 {
			e.Text = w.Say("empty_needs_text")
		}
	}
	if s.Practice {
		e.StepsTitle = w.Say("try_title")
		e.Steps = []string{w.Say("try_1"), w.Say("try_2"), w.Say("try_3")}
	}
	return e
}
