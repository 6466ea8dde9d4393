package server

import (
	"bytes"
	"fmt"
	"html/template"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"ringback/assets"
)

// The pages of the visitor's side are drawn from plain values: whoever fills
// them in has formatted numbers and times already, in the visitor's language.
// A page is drawn whole before a byte of it is sent, so that a fault in a
// template is an error and never half a page.

var pageTemplates = template.Must(template.New("").ParseFS(assets.FormTemplates(), "*.html"))

// accentForm is the only kind of colour that may stand in a page's style.
var accentForm = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)

// Site is what stands on every page of the visitor's side.
type Site struct {
	Language  string   // code of the language to draw the page in
	Languages []string // codes of all that the shop offers; the others are linked
	Accent    string   // the owner's colour, #rrggbb
	Nonce     string   // of this answer's Content-Security-Policy, see PagePolicy
	Shop      ShopCard
	Opening   Opening
}

// ShopCard is how the shop presents itself. All but the name may be empty.
type ShopCard struct {
	Name       string
	Phone      string // as people read it
	PhoneE164  string // as a phone dials it
	Email      string
	Address    string
	Hours      string // one line, such as "Mon–Fri 09:00–17:00"
	PrivacyURL string
}

// Opening is what a page says about the shop's hours.
type Opening struct {
	Open   bool
	Until  string // closing time as a phrase ("17:00", "las 17:00"); empty while open: all day
	Paused bool   // closed by the owner for a while
	When   string // the next opening or the pause's end as a phrase ("Monday at 09:00"); empty: not known
}

func (o Opening) key() string {
	switch {
	case o.Open && o.Until != "":
		return "open_until"
	case o.Open:
		return "open_all_day"
	case o.When == "":
		return "closed"
	case o.Paused:
		return "paused_until"
	}
	return "closed_until"
}

// Choice is a time that a visitor can choose.
type Choice struct {
	Value string // RFC 3339, sent as preferred_at
	Day   string // heading of its group: "Today", "Monday"; neighbours with one Day share it
	Label string // names its day too: "Monday 09:00"
	When  string // the phrase for the button: "Monday at 09:00"
}

// PagePolicy is the Content-Security-Policy under which a page with that nonce
// works.
func PagePolicy(nonce string) string {
	return "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce + "'; " +
		"connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

// pageView is what page.html sees. One of Form and Status is set.
type pageView struct {
	Site
	Title, StyleVersion, ScriptVersion string
	LongName                           bool
	Opening                            template.HTML
	Contact                            []labelled
	Form                               *formView
	Status                             *statusView
}

// labelled is a value with what it is.
type labelled struct {
	Label string
	Value template.HTML
}

// pageLink is a link; Code is the language of what it leads to, if that is
// another.
type pageLink struct{ URL, Text, Code string }

// pageLinks stand at the end of the card.
type pageLinks struct {
	Privacy   *pageLink
	Languages []pageLink
}

// draw fills the layout. What it refuses would otherwise be a page without
// colour or name that nobody looks at.
func (s Site) draw(v pageView) ([]byte, error) {
	if !accentForm.MatchString(s.Accent) {
		return nil, fmt.Errorf("draw page: accent %q is not a colour such as #0b6e4f", s.Accent)
	}
	if s.Nonce == "" {
		return nil, fmt.Errorf("draw page: the nonce is empty")
	}
	words := s.voice()
	v.Site = s
	v.Language = words.Language()
	v.StyleVersion = assets.FormVersion("form.css")
	v.ScriptVersion = assets.FormVersion("page.js")
	v.LongName = utf8.RuneCountInString(s.Shop.Name) > 40
	v.Opening = words.Say(s.Opening.key(), "time", s.Opening.Until, "when", s.Opening.When)
	v.Contact = s.contact(words)
	var page bytes.Buffer
	if err := pageTemplates.ExecuteTemplate(&page, "page", v); err != nil {
		return nil, fmt.Errorf("draw page: %w", err)
	}
	return page.Bytes(), nil
}

func (s Site) contact(words voice) []labelled {
	shown := []labelled{
		{words.Plain("contact_phone"), words.value("phone", s.Shop.Phone)},
		{words.Plain("contact_mail"), mailLink(s.Shop.Email)},
		{words.Plain("contact_hours"), words.value("", s.Shop.Hours)},
		{words.Plain("contact_address"), words.value("", s.Shop.Address)},
	}
	return slices.DeleteFunc(shown, func(l labelled) bool { return l.Value == "" })
}

// links leads to the same page in the other languages; in takes a code and
// returns the address.
func (s Site) links(privacy bool, in func(code string) string) pageLinks {
	var links pageLinks
	if privacy && s.Shop.PrivacyURL != "" {
		links.Privacy = &pageLink{URL: s.Shop.PrivacyURL, Text: s.voice().Plain("privacy")}
	}
	drawn := s.voice().Language()
	for _, code := range s.Languages {
		words := assets.Words(code)
		if code == drawn || words.Language() == drawn {
			continue
		}
		links.Languages = append(links.Languages, pageLink{in(code), words.Say("language_name", nil), code})
	}
	return links
}

// formURL is the address of the form in a language.
func formURL(code string) string { return "/?lang=" + url.QueryEscape(code) }

func (s Site) voice() voice {
	return voice{assets.Words(s.Language), s.Shop}
}

// voice says sentences on a page.
type voice struct {
	assets.Wording
	shop ShopCard
}

// Say returns a sentence as HTML; pairs are places and their values, those of
// the shop are known. A value never joins a sentence as plain text: numbers
// keep left to right, names their own direction, and nothing that a visitor
// typed becomes markup.
func (v voice) Say(key string, pairs ...string) template.HTML {
	var b strings.Builder
	for _, part := range v.Parts(key, v.args(pairs)) {
		if part.Place == "" {
			b.WriteString(template.HTMLEscapeString(part.Text))
			continue
		}
		b.WriteString(string(v.value(part.Place, part.Text)))
	}
	return template.HTML(b.String()) //nolint:gosec // words and values were escaped above
}

// Plain returns a sentence as text, for where no markup may stand.
func (v voice) Plain(key string, pairs ...string) string {
	return v.Wording.Say(key, v.args(pairs))
}

func (v voice) args(pairs []string) map[string]string {
	args := map[string]string{"shop": v.shop.Name, "phone": v.shop.Phone}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i]] = pairs[i+1]
	}
	return args
}

// value isolates a value; the shop's phone can be tapped.
func (v voice) value(place, text string) template.HTML {
	safe := template.HTMLEscapeString(text)
	switch {
	case text == "":
		return ""
	case place == "phone" && v.shop.PhoneE164 != "":
		return template.HTML(`<a href="tel:` + template.HTMLEscapeString(v.shop.PhoneE164) + `" dir="ltr">` + safe + `</a>`) //nolint:gosec // escaped
	case place == "phone" || place == "number" || place == "from":
		return template.HTML(`<bdi dir="ltr">` + safe + `</bdi>`) //nolint:gosec // escaped
	}
	return template.HTML(`<bdi>` + safe + `</bdi>`) //nolint:gosec // escaped
}

func mailLink(address string) template.HTML {
	if address == "" {
		return ""
	}
	to := url.URL{Scheme: "mailto", Opaque: url.PathEscape(address)}
	return template.HTML(`<a href="` + template.HTMLEscapeString(to.String()) + `">` + template.HTMLEscapeString(address) + `</a>`) //nolint:gosec // escaped
}

// day is a group of times in a list to choose from.
type day struct {
	Name  string
	Times []timeOption
}

type timeOption struct {
	Choice
	Submit   string // what the button says when this is chosen
	Selected bool
}

// days groups neighbouring times of one day.
func days(times []Choice, words voice, chosen string) []day {
	var out []day
	for _, t := range times {
		if len(out) == 0 || out[len(out)-1].Name != t.Day {
			out = append(out, day{Name: t.Day})
		}
		last := &out[len(out)-1]
		last.Times = append(last.Times, timeOption{t, words.Plain("submit_then", "when", t.When), t.Value == chosen})
	}
	return out
}

func count(n int) string { return strconv.Itoa(n) }
