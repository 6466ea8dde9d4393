package server

import (
	"cmp"
	"net/http"

	"ringback/server/number"
	"ringback/server/settings"
)

// formPage is the form as it is now, in the visitor's language.
func (s *Server) formPage(r *http.Request, wished string) FormPage {
	now := s.Settings()
	site := s.siteOf(r, wished)
	return FormPage{
		Site:      site,
		Promise:   promise(now.Hours.AfterHours, site.Opening),
		Fields:    now.Form.Ask,
		Times:     choices(site.Language, s.now(), now.Hours.Plan()),
		ZoneCity:  city(now.Hours.Timezone),
		Countries: countryNames(now.Guard.Countries, site.Language),
		Consent:   Consent{Kind: now.Form.Consent, Text: now.Form.ConsentText, Version: consentVersion(now)},
	}
}

func (s *Server) getPage(w http.ResponseWriter, r *http.Request) error {
	return s.writePage(w, http.StatusOK, s.formPage(r, r.URL.Query().Get("lang")))
}

// noteForm notes that a refusal is for people: what a form posted is answered with
// the form, whatever is wrong with it.
func noteForm(r *http.Request) {
	pages := map[string]bool{requestPath: true, "/cancel_request": true, "/reschedule_request": true}
	if pages[r.URL.Path] && contentType(r) == formType {
		exchangeOf(r).page = formAgain(nil)
	}
}

// formAgain is the form with what was typed and what is wrong with it.
func formAgain(typed map[string]string) pageOf {
	return func(s *Server, r *http.Request, p *problem) (page, error) {
		form := s.formPage(r, "")
		form.Values = typed
		form.echo(s, typed["visitor_number"])
		for _, one := range append([]*problem{p}, p.more...) {
			form.Refuse(string(cmp.Or(one.say, one.code)), one.field, s.places(form.Language, one))
		}
		return form, nil
	}
}

// echo shows how a good number was understood.
func (p *FormPage) echo(s *Server, typed string) {
	home := s.Settings().Business.Country
	n, err := s.Guard.Number(typed)
	if err != nil {
		return
	}
	p.Understood = number.Display(n.E164, home)
	if n.Region != home {
		p.Country = number.RegionName(n.Region, p.Language)
	}
}

// formFacts is what a form needs to draw itself, by the contract's names. All of it
// is public.
type formFacts struct {
	Business   string       `json:"business"`
	Open       bool         `json:"open"`
	ClosesAt   *string      `json:"closes_at"` // null: open all day
	OpensAt    *string      `json:"opens_at"`  // null: open now
	Times      []string     `json:"times"`     // RFC 3339, in the shop's zone
	RingsFrom  string       `json:"rings_from"`
	Shop       shopFacts    `json:"shop"`
	Fields     []string     `json:"fields"`
	PrivacyURL string       `json:"privacy_url"`
	Accent     string       `json:"accent"`
	Countries  []string     `json:"countries"`
	Timezone   string       `json:"timezone"`
	Paused     bool         `json:"paused"`
	AfterHours string       `json:"after_hours"`
	Consent    consentFacts `json:"consent"`
	Captcha    captchaFacts `json:"captcha"`
	Languages  []string     `json:"languages"`
}

type shopFacts struct {
	Phone   string `json:"phone"`
	Email   string `json:"email"`
	Address string `json:"address"`
	Hours   string `json:"hours"`
}

type consentFacts struct {
	Kind    string `json:"kind"`
	Version string `json:"version"`
	Text    string `json:"text"`
}

type captchaFacts struct {
	Kind    string `json:"kind"`
	SiteKey string `json:"site_key"`
}

func (s *Server) getForm(w http.ResponseWriter, r *http.Request) error {
	now := s.Settings()
	language := s.language(r, r.URL.Query().Get("lang"))
	times := []string{}
	plan := now.Hours.Plan()
	for _, c := range choices(language, s.now(), plan) {
		times = append(times, c.Value)
	}
	open := plan.Open(s.now())
	writeJSON(w, http.StatusOK, formFacts{
		Business:   shopName(now),
		Open:       open,
		ClosesAt:   moment(plan.ClosesAt(s.now())),
		OpensAt:    moment(opensAt(plan, s.now())),
		Times:      times,
		RingsFrom:  now.Twilio.Number,
		Shop:       shopFacts{Phone: now.Business.PublicPhone, Email: now.Business.PublicEmail, Address: now.Business.Address, Hours: weekLine(language, plan)},
		Fields:     now.Form.Ask,
		PrivacyURL: now.Business.PrivacyURL,
		Accent:     now.Form.Accent,
		Countries:  now.Guard.Countries,
		Timezone:   now.Hours.Timezone,
		Paused:     plan.Paused(s.now()),
		AfterHours: now.Hours.AfterHours,
		Consent:    consentFacts{Kind: now.Form.Consent, Version: consentVersion(now), Text: consentWords(now, language)},
		Captcha:    captchaFacts{Kind: settings.NoCaptcha},
		Languages:  now.Form.Languages,
	})
	return nil
}
