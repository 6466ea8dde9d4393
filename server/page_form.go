package server

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
)

// Promise is what pressing the button brings if no time is chosen.
type Promise string

// The promises a form can make.
const (
	CallNow  Promise = "now"       // we call at once
	CallThen Promise = "then"      // we call at Opening.When
	TextOnly Promise = "text_only" // the shop gets a text and calls by itself
)

// FormPage is the form in which a visitor asks for a call.
type FormPage struct {
	Site
	Promise   Promise
	Fields    []string // what is asked besides the number, in this order: name, email, message
	Times     []Choice // none: nothing to choose
	ZoneCity  string   // whose time the choices are in; shown if not empty
	Countries []string // names of those served, in the visitor's language
	Consent   Consent
	FormToken string

	Values     map[string]string // what was typed, by field; kept when the form comes again
	Understood string            // the number as we read it, if it was good and something else was not
	Country    string            // name of its country if that is not the shop's
	Errors     map[string]Fault  // by field; "" is the form as a whole. Refuse fills it
}

// Consent is what the visitor agrees to.
type Consent struct {
	Kind    string // notice or tick
	Text    string // the shop's own words in place of ours, if not empty
	Version string // comes back as consent_version, so that it is known which words were seen
}

// Fault says what is wrong: an error code of the API and the values of its
// sentence, such as n for field_too_long or again for too_many_requests.
type Fault struct {
	Code string
	Args map[string]string
}

// Refuse puts a refusal where the visitor looks for it: beside the field that
// it is about, or above the button if it is about none that the form asks.
// field is needed for field_too_long only; else the code tells. A second
// refusal of the same field replaces the first.
func (p *FormPage) Refuse(code, field string, args map[string]string) {
	if field == "" {
		field = faultField(code)
	}
	if !p.asks(field) {
		field = ""
	}
	if p.Errors == nil {
		p.Errors = map[string]Fault{}
	}
	p.Errors[field] = Fault{code, args}
}

func faultField(code string) string {
	kind, _, _ := strings.Cut(code, "_")
	switch kind {
	case "phone", "country", "number":
		return "visitor_number"
	case "time":
		return "preferred_at"
	case "consent":
		return "consent"
	}
	return ""
}

func (p *FormPage) asks(field string) bool {
	switch field {
	case "visitor_number":
		return true
	case "preferred_at":
		return len(p.Times) > 0
	case "consent":
		return p.Consent.Kind == "tick"
	}
	return slices.Contains(p.Fields, field)
}

// HTML draws the page.
func (p FormPage) HTML() ([]byte, error) {
	form, err := p.view()
	if err != nil {
		return nil, fmt.Errorf("draw form: %w", err)
	}
	return p.draw(pageView{Title: p.voice().Plain("page_title"), Form: form})
}

// formView is what form.html sees.
type formView struct {
	voice
	Text       template.HTML
	Fields     []field
	When       *whenView
	Token      string
	Alert      template.HTML
	AlertFocus bool
	Consent    consentView
	Submit     template.HTML
	Links      pageLinks
}

// described is the one line under a control: hint, echo or error.
type described struct {
	Name  string
	Line  template.HTML
	Kind  string // s: hint, ok: echo, e: error
	Focus bool   // the first wrong field gets it
}

type field struct {
	described
	Label, Optional, Type, Autocomplete, Value string
	Max                                        int
	Lines                                      bool // may have more than one line
}

type whenView struct {
	described
	First, FirstSubmit string
	Days               []day
}

type consentView struct {
	described
	Version      string
	Tick, Ticked bool
	Text         template.HTML
}

// formFields are those that an owner may ask for. The longest values are the
// contract's, in characters.
var formFields = map[string]field{
	"name":    {Type: "text", Autocomplete: "name", Max: 120},
	"email":   {Type: "email", Autocomplete: "email", Max: 254},
	"message": {Lines: true, Max: 1000},
}

func (p FormPage) view() (*formView, error) {
	words := p.voice()
	first, err := p.promised(words)
	if err != nil {
		return nil, err
	}
	v := &formView{voice: words, Text: first.text, Submit: first.submit, Token: p.FormToken}
	v.Links = p.links(true, formURL)
	v.Alert = p.fault("")
	focused := false
	if v.Fields, err = p.fields(words, &focused); err != nil {
		return nil, err
	}
	v.When = p.when(words, first, &focused)
	if v.When != nil {
		v.Submit = p.chosenSubmit(v.When, first.submit)
	}
	if v.Consent, err = p.consent(words, &focused); err != nil {
		return nil, err
	}
	v.AlertFocus = v.Alert != "" && !focused
	return v, nil
}

// first is what the form says while no time is chosen.
type first struct {
	text, submit       template.HTML
	option, submitText string
}

func (p FormPage) promised(words voice) (first, error) {
	when := p.Opening.When
	switch p.Promise {
	case CallNow:
		return first{words.Say("form_text"), words.Say("submit_now"), words.Plain("when_now"), words.Plain("submit_now")}, nil
	case TextOnly:
		text := words.Plain("submit_text_only")
		return first{words.Say("form_text_text_only"), words.Say("submit_text_only"), text, text}, nil
	case CallThen:
		if when == "" {
			return first{}, fmt.Errorf("promise %q needs Opening.When", p.Promise)
		}
		option := "when_open"
		if p.Opening.Paused {
			option = "when_back"
		}
		return first{words.Say("form_text_closed"), words.Say("submit_then", "when", when), words.Plain(option, "when", when), words.Plain("submit_then", "when", when)}, nil
	}
	return first{}, fmt.Errorf("promise %q is not %q, %q or %q", p.Promise, CallNow, CallThen, TextOnly)
}

func (p FormPage) fields(words voice, focused *bool) ([]field, error) {
	fields := []field{{
		described:    p.describe("visitor_number", p.numberLine(words), focused),
		Label:        words.Plain("number_label"),
		Type:         "tel",
		Autocomplete: "tel",
		Value:        p.Values["visitor_number"],
	}}
	for _, name := range p.Fields {
		f, known := formFields[name]
		if !known {
			return nil, fmt.Errorf("field %q is not name, email or message", name)
		}
		f.described = p.describe(name, described{}, focused)
		f.Label, f.Optional = words.Plain(name+"_label"), words.Plain("optional")
		f.Value = p.Values[name]
		fields = append(fields, f)
	}
	return fields, nil
}

// numberLine stands under the number if nothing is wrong with it.
func (p FormPage) numberLine(words voice) described {
	switch {
	case p.Understood != "" && p.Country != "":
		return described{Kind: "ok", Line: words.Say("number_understood_abroad", "number", p.Understood, "country", p.Country)}
	case p.Understood != "":
		return described{Kind: "ok", Line: words.Say("number_understood", "number", p.Understood)}
	}
	names := p.Countries
	if len(names) > 4 {
		names = nil // a hint as long as a map helps nobody; the refusal names them all
	}
	return described{Kind: "s", Line: words.Say("number_hint", "countries", strings.Join(names, ", "))}
}

// describe gives a control its line: the error if it has one, else otherwise.
func (p FormPage) describe(name string, otherwise described, focused *bool) described {
	d := otherwise
	d.Name = name
	if line := p.fault(name); line != "" {
		d = described{Name: name, Line: line, Kind: "e", Focus: !*focused}
		*focused = true
	}
	return d
}

// fault is the sentence for what is wrong with a field; empty if nothing is.
func (p FormPage) fault(name string) template.HTML {
	fault, wrong := p.Errors[name]
	if !wrong {
		return ""
	}
	words := p.voice()
	key := "error_" + fault.Code
	if !words.Has(key) {
		key = "error_other"
	}
	pairs := []string{"countries", strings.Join(p.Countries, ", ")}
	for place, value := range fault.Args {
		pairs = append(pairs, place, value)
	}
	return words.Say(key, pairs...)
}

func (p FormPage) when(words voice, first first, focused *bool) *whenView {
	if len(p.Times) == 0 {
		return nil
	}
	zone := described{}
	if p.ZoneCity != "" {
		zone = described{Kind: "s", Line: words.Say("zone_note", "city", p.ZoneCity)}
	}
	return &whenView{
		described:   p.describe("preferred_at", zone, focused),
		First:       first.option,
		FirstSubmit: first.submitText,
		Days:        days(p.Times, words, p.Values["preferred_at"]),
	}
}

// chosenSubmit is the button for a form that comes again with a time chosen.
func (p FormPage) chosenSubmit(when *whenView, otherwise template.HTML) template.HTML {
	for _, day := range when.Days {
		for _, t := range day.Times {
			if t.Selected {
				return p.voice().Say("submit_then", "when", t.When)
			}
		}
	}
	return otherwise
}

func (p FormPage) consent(words voice, focused *bool) (consentView, error) {
	v := consentView{Version: p.Consent.Version}
	switch p.Consent.Kind {
	case "notice":
		v.Text = words.Say("consent_notice")
	case "tick":
		v.Text, v.Tick, v.Ticked = words.Say("consent_tick"), true, p.Values["consent"] != ""
		v.described = p.describe("consent", described{}, focused)
	default:
		return v, fmt.Errorf("consent %q is not notice or tick", p.Consent.Kind)
	}
	if p.Consent.Text != "" {
		v.Text = template.HTML(template.HTMLEscapeString(p.Consent.Text)) //nolint:gosec // escaped
	}
	return v, nil
}
