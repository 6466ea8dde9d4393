package server

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ringback/assets"
)

var updatePages = flag.Bool("update-pages", false, "write the pages as they are now to testdata/page")

var fileVersion = regexp.MustCompile(`\?v=[0-9a-f]{16}`)

func bakery(language string) Site {
	s := Site{
		Language:  language,
		Languages: []string{"en", "es"},
		Accent:    "#0b6e4f",
		Nonce:     "bm9uY2U",
		Shop: ShopCard{
			Name:       "Ann’s Bakery",
			Phone:      "(212) 555-0199",
			PhoneE164:  "+12125550199",
			Email:      "hello@anns-bakery.example",
			Hours:      "Mon–Fri 09:00–17:00",
			Address:    "12 Mill Street",
			PrivacyURL: "https://anns-bakery.example/privacy",
		},
		Opening: Opening{Open: true, Until: "17:00"},
	}
	if language == "es" {
		s.Shop.Hours, s.Opening.Until = "Lun a vie 09:00–17:00", "las 17:00"
	}
	return s
}

func bakeryForm(language string) FormPage {
	p := FormPage{
		Site:      bakery(language),
		Promise:   CallNow,
		Fields:    []string{"name", "email", "message"},
		Countries: []string{"US", "Canada"},
		Consent:   Consent{Kind: "notice", Version: "1"},
		FormToken: "token",
		Times: []Choice{
			{"2026-11-20T11:00:00-05:00", "Today", "Today 11:00", "today at 11:00"},
			{"2026-11-20T11:30:00-05:00", "Today", "Today 11:30", "today at 11:30"},
			{"2026-11-23T09:00:00-05:00", "Monday", "Monday 09:00", "Monday at 09:00"},
		},
	}
	if language == "es" {
		p.Countries = []string{"EE. UU.", "Canadá"}
		p.Times = []Choice{{"2026-11-20T11:00:00-05:00", "Hoy", "Hoy 11:00", "hoy a las 11:00"}}
	}
	return p
}

func bakeryStatus(state string) StatusPage {
	return StatusPage{
		Site:      bakery("en"),
		State:     state,
		PublicID:  "K7Q2ABCDEFGHIJKLMNOPQRSTUV",
		UpdatedAt: "2026-11-20T15:37:00.123Z",
		Place:     2,
		Ahead:     1,
		From:      "(212) 555-0100",
		DueText:   "10:47",
		DueWhen:   "Monday at 09:00",
	}
}

type drawable interface{ HTML() ([]byte, error) }

func draw(t *testing.T, p drawable) string {
	t.Helper()
	page, err := p.HTML()
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

func compareWithGolden(t *testing.T, name, page string) {
	t.Helper()
	got := fileVersion.ReplaceAllString(page, "?v=VERSION")
	file := filepath.Join("testdata", "page", name+".html")
	if *updatePages {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(got, string(want)); diff != "" {
		t.Errorf("%s differs, got -, want + (go test -run Pages -update-pages after a look):\n%s", file, diff)
	}
}

// allPages is every page in every shape that looks different.
func allPages() map[string]drawable {
	pages := map[string]drawable{
		"form":           bakeryForm("en"),
		"form-spanish":   bakeryForm("es"),
		"form-errors":    formWith(func(p *FormPage) { wronglyTyped(p) }),
		"form-alert":     formWith(func(p *FormPage) { p.Refuse("too_many_requests", "", map[string]string{"again": "10:52"}) }),
		"form-closed":    formWith(func(p *FormPage) { p.Promise = CallThen; p.Opening = Opening{When: "Monday at 09:00"} }),
		"form-text-only": formWith(func(p *FormPage) { p.Promise = TextOnly; p.Opening = Opening{}; p.Times = nil }),
		"form-bare":      formWith(func(p *FormPage) { p.Fields, p.Times, p.Shop = nil, nil, ShopCard{Name: "Ann’s Bakery"} }),
		"not-found":      NotFoundPage{bakery("en")},
		"waiting-third":  statusWith("waiting", func(p *StatusPage) { p.Place, p.Ahead = 3, 2 }),
		"no_answer-last": statusWith("no_answer", func(p *StatusPage) { p.LastTry = true }),
		"by-shop":        statusWith("cancelled", func(p *StatusPage) { p.ByShop = true }),
		"settled":        statusWith("cancelled", func(p *StatusPage) { p.Settled = true }),
		"follows":        statusWith("soon", func(p *StatusPage) { p.Follows = true }),
		"cancel-refused": statusWith("connected", func(p *StatusPage) { p.CancelRefused = true }),
		"ringing-live":   statusWith("ringing", func(p *StatusPage) { p.Live = true }),
		"ringing-still":  statusWith("ringing", func(p *StatusPage) { p.Still = true }),
		"stale-times":    statusWith("stale", func(p *StatusPage) { p.Times = bakeryForm("en").Times }),
	}
	for state := range screens {
		pages[state] = bakeryStatus(state)
	}
	return pages
}

func formWith(change func(*FormPage)) FormPage {
	p := bakeryForm("en")
	change(&p)
	return p
}

func statusWith(state string, change func(*StatusPage)) StatusPage {
	p := bakeryStatus(state)
	change(&p)
	return p
}

// wronglyTyped has a fault in each field that can have one.
func wronglyTyped(p *FormPage) {
	p.Consent.Kind = "tick"
	p.Values = map[string]string{"visitor_number": "212 555 01", "name": "Jane Doe", "message": "Rye bread?", "preferred_at": p.Times[2].Value}
	p.Refuse("phone_invalid", "", nil)
	p.Refuse("field_too_long", "message", map[string]string{"n": "1000"})
	p.Refuse("time_not_open", "", nil)
	p.Refuse("consent_required", "", nil)
}

func TestPagesLookAsTheyWereLastSeen(t *testing.T) {
	pages := allPages()
	for name, p := range pages {
		t.Run(name, func(t *testing.T) { compareWithGolden(t, name, draw(t, p)) })
	}
	files, err := filepath.Glob("testdata/page/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if name := strings.TrimSuffix(filepath.Base(file), ".html"); pages[name] == nil {
			t.Errorf("%s belongs to no page", file)
		}
	}
}

func TestEveryPageHasAHeadingAndAWayOn(t *testing.T) {
	wayOn := regexp.MustCompile(`<button|<a [^>]*href="(/|tel:)`)
	for name, p := range allPages() {
		page := draw(t, p)
		main := page[strings.Index(page, "<main"):strings.Index(page, "</main>")]
		if got := strings.Count(main, "<h2"); got != 1 {
			t.Errorf("%s: %d headings in the card, want 1", name, got)
		}
		if !wayOn.MatchString(regexp.MustCompile(`<p class="s r">.*`).ReplaceAllString(main, "")) {
			t.Errorf("%s: nothing in the card leads on", name)
		}
		if got := strings.Count(page, `role="status"`); got != 1 {
			t.Errorf("%s: %d live regions, want 1", name, got)
		}
		if strings.Count(page, " autofocus") > 1 {
			t.Errorf("%s: more than one thing wants the focus", name)
		}
	}
}

func TestPagesLoadNothingFromElsewhereAndObeyTheirPolicy(t *testing.T) {
	for name, p := range allPages() {
		page := draw(t, p)
		for _, found := range regexp.MustCompile(`[a-z]*://[^"<]*`).FindAllString(page, -1) {
			if found != "https://anns-bakery.example/privacy" {
				t.Errorf("%s: leads out to %s", name, found)
			}
		}
		for _, forbidden := range []string{" style=", " onclick=", "javascript:", "ZgotmplZ", "<script>"} {
			if strings.Contains(page, forbidden) {
				t.Errorf("%s: contains %q", name, forbidden)
			}
		}
		if !strings.Contains(page, `<style nonce="bm9uY2U">.rb{--a:#0b6e4f}</style>`) {
			t.Errorf("%s: the accent is not set", name)
		}
	}
	if !strings.Contains(PagePolicy("bm9uY2U"), "'nonce-bm9uY2U'") {
		t.Errorf("policy %q has no nonce", PagePolicy("bm9uY2U"))
	}
}

func TestNothingTypedBecomesMarkup(t *testing.T) {
	const attack = `"'></textarea></title></style><script>alert(1)</script>{{.}}&amp;<b onmouseover=x>`
	form := bakeryForm("en")
	form.Shop = ShopCard{attack, attack, attack, attack, attack, attack, `javascript:alert(1)`}
	form.Opening = Opening{When: attack}
	form.Promise, form.Consent = CallThen, Consent{"tick", attack, attack}
	form.Values = map[string]string{"visitor_number": attack, "name": attack, "email": attack, "message": attack, "preferred_at": attack}
	form.Times = []Choice{{attack, attack, attack, attack}}
	form.Countries, form.ZoneCity, form.FormToken = []string{attack}, attack, attack
	form.Refuse("country_not_served", "", nil)
	form.Refuse("too_many_requests", "", map[string]string{"again": attack})
	understood := formWith(func(p *FormPage) { p.Understood, p.Country = attack, attack })
	status := StatusPage{Site: form.Site, State: "scheduled", PublicID: attack, UpdatedAt: attack, From: attack, DueText: attack, DueWhen: attack, Times: form.Times}

	for name, p := range map[string]drawable{"form": form, "understood": understood, "status": status, "not found": NotFoundPage{form.Site}} {
		page := draw(t, p)
		if got := strings.Count(page, "<script"); got != 1 {
			t.Errorf("%s: %d scripts, want only ours", name, got)
		}
		for _, broken := range []string{"<b on", "javascript:", "</textarea></title>"} {
			if strings.Contains(page, broken) {
				t.Errorf("%s: %q got through", name, broken)
			}
		}
	}
}

func TestRefusalsStandWhereTheVisitorLooks(t *testing.T) {
	cases := []struct {
		name, code, field string
		want              string
	}{
		{"an invalid number is about the number", "phone_invalid", "", "visitor_number"},
		{"a country is about the number", "country_not_served", "", "visitor_number"},
		{"a number's limit is about the number", "number_limit", "", "visitor_number"},
		{"a closed time is about the time", "time_not_open", "", "preferred_at"},
		{"what is too long says itself where", "field_too_long", "name", "name"},
		{"what the form does not ask stands above the button", "field_too_long", "page", ""},
		{"a tick that is not there can't be wrong", "consent_required", "", ""},
		{"a full day is about no field", "daily_limit", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := bakeryForm("en")
			p.Refuse(c.code, c.field, nil)
			if got := p.Errors[c.want].Code; got != c.code {
				t.Errorf("errors are %v, want %s at %q", p.Errors, c.code, c.want)
			}
			page := draw(t, p)
			if got := strings.Contains(page, `role="alert"`); got != (c.want == "") {
				t.Errorf("alert above the button: %v", got)
			}
			if c.want != "" && !regexp.MustCompile(`name="`+c.want+`"[^>]* aria-describedby="rb-`+c.want+`-d" aria-invalid="true" autofocus>`).MatchString(page) {
				t.Errorf("%s is not marked as wrong:\n%s", c.want, page)
			}
		})
	}
}

func TestFormKeepsWhatWasTyped(t *testing.T) {
	p := bakeryForm("en")
	p.Consent.Kind = "tick"
	p.Values = map[string]string{"visitor_number": "2125550123", "name": "Jane", "email": "j@x.example", "message": "\nRye?", "preferred_at": p.Times[2].Value, "consent": "yes", "website": "spam"}
	page := draw(t, p)
	for _, want := range []string{
		`value="2125550123"`, `value="Jane"`, `value="j@x.example"`, ">\n\nRye?</textarea>",
		`data-say="Call me Monday at 09:00" selected>`, `value="yes" checked`, `<button class="p">Call me <bdi>Monday at 09:00</bdi></button>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the form lacks %q", want)
		}
	}
	if strings.Contains(page, "spam") {
		t.Error("the honeypot came back filled, so that an honest second try would look like spam")
	}
}

func TestShopWithoutAPhoneIsNeverNamedAsOneToCall(t *testing.T) {
	for _, code := range []string{"country_not_served", "number_blocked", "number_limit", "too_many_requests", "daily_limit", "not_saved", "origin_not_allowed", "no_such_code"} {
		p := bakeryForm("en")
		p.Shop.Phone, p.Shop.PhoneE164 = "", ""
		p.Refuse(code, "", map[string]string{"again": "10:52"})
		if page := draw(t, p); strings.Contains(page, "call us") {
			t.Errorf("%s asks to call a number that is not there", code)
		}
	}
}

func TestOwnersConsentTextTakesThePlaceOfOurs(t *testing.T) {
	for _, kind := range []string{"notice", "tick"} {
		p := bakeryForm("en")
		p.Consent = Consent{Kind: kind, Text: "Our own words.", Version: "7"}
		page := draw(t, p)
		if !strings.Contains(page, "Our own words.") || strings.Contains(page, "automatic equipment") {
			t.Errorf("%s: the owner's words are not the only ones", kind)
		}
		if !strings.Contains(page, `name="consent_version" value="7"`) {
			t.Errorf("%s: the version does not come back", kind)
		}
	}
}

func TestRefreshOnlyWhereAStateCanChangeAndNothingElseAsks(t *testing.T) {
	cases := []struct {
		name string
		page StatusPage
		want int
	}{
		{"a ringing phone is looked at often", bakeryStatus("ringing"), 5},
		{"a line moves slower", bakeryStatus("waiting"), 10},
		{"a time that was set can wait", bakeryStatus("scheduled"), 20},
		{"what has ended stays", bakeryStatus("completed"), 0},
		{"a script asks by itself", statusWith("ringing", func(p *StatusPage) { p.Live = true }), 0},
		{"who stopped it is left alone", statusWith("ringing", func(p *StatusPage) { p.Still = true }), 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := c.page.Refresh(); got != c.want {
				t.Errorf("refresh after %d s, want %d", got, c.want)
			}
			if got := strings.Contains(draw(t, c.page), "renews itself"); got != (c.want > 0) {
				t.Errorf("page says that it renews itself: %v", got)
			}
		})
	}
}

func TestAnotherTimeOrANewRequestIsOfferedWhereItLeadsSomewhere(t *testing.T) {
	times := bakeryForm("en").Times
	cases := []struct {
		name              string
		page              StatusPage
		otherTime, newOne bool
	}{
		{"a time can be moved where times are given", statusWith("scheduled", func(p *StatusPage) { p.Times = times }), true, false},
		{"a call that is to come is not asked for twice", bakeryStatus("scheduled"), false, false},
		{"the next try is not asked for twice", bakeryStatus("no_answer"), false, false},
		{"after the last try a new request is the way", statusWith("no_answer", func(p *StatusPage) { p.LastTry = true }), false, true},
		{"a stale wish is asked anew", bakeryStatus("stale"), false, true},
		{"a stale wish gets another time where times are given", statusWith("stale", func(p *StatusPage) { p.Times = times }), true, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			page := draw(t, c.page)
			if got := strings.Contains(page, "Choose another time"); got != c.otherTime {
				t.Errorf("another time is offered: %v", got)
			}
			if got := strings.Contains(page, "Ask for another call"); got != c.newOne {
				t.Errorf("a new request is offered: %v", got)
			}
		})
	}
}

func TestFirstInLineWithNobodyAheadIsSoon(t *testing.T) {
	p := bakeryStatus("waiting")
	p.Place, p.Ahead = 1, 0
	if page := draw(t, p); !strings.Contains(page, `data-state="soon"`) {
		t.Errorf("one with nobody ahead is told to wait:\n%s", page)
	}
}

func TestStatusPageOfAnUnscriptedVisitorCancelsItsOwnRequest(t *testing.T) {
	page := draw(t, bakeryStatus("ringing"))
	want := `<form method="post" action="/cancel_request"><input type="hidden" name="request_id" value="K7Q2ABCDEFGHIJKLMNOPQRSTUV">`
	if !strings.Contains(page, want) {
		t.Errorf("page lacks %s", want)
	}
}

func TestBadPageInputIsNamed(t *testing.T) {
	cases := []struct {
		name string
		page drawable
		want string
	}{
		{"a state without a screen", bakeryStatus("dreaming"), `"dreaming"`},
		{"a field that no form has", formWith(func(p *FormPage) { p.Fields = []string{"shoe"} }), `"shoe"`},
		{"a promise that is none", formWith(func(p *FormPage) { p.Promise = "maybe" }), `"maybe"`},
		{"a later call without a time", formWith(func(p *FormPage) { p.Promise = CallThen }), "Opening.When"},
		{"a consent of no kind", formWith(func(p *FormPage) { p.Consent.Kind = "nod" }), `"nod"`},
		{"an accent that is no colour", formWith(func(p *FormPage) { p.Accent = "red}" }), `"red}"`},
		{"no nonce", formWith(func(p *FormPage) { p.Nonce = "" }), "nonce"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			page, err := c.page.HTML()
			if err == nil || !strings.Contains(err.Error(), c.want) || page != nil {
				t.Errorf("got %d bytes and error %v, want none and one with %s", len(page), err, c.want)
			}
		})
	}
}

// laterKeys are sentences that the script-driven form, the widget and the
// phone codes will say.
var laterKeys = []string{
	"widget_button", "close", "message_left", "no_script", "sending", "sending_slow", "captcha", "captcha_text",
	"code_title", "code_text", "code_label", "code_confirm", "code_wait", "code_again", "code_sent", "code_required", "code_wrong",
	"code_wrong_last", "code_spent", "code_limit", "code_not_sent", "unreachable_title", "unreachable_text", "try_again",
}

func TestEverySentenceIsUsedAndEveryUsedOneIsThere(t *testing.T) {
	source := pageSource(t)
	quoted := func(s string) bool { return strings.Contains(source, `"`+s+`"`) }
	used := func(key string) bool {
		built := slices.ContainsFunc([]string{"_title", "_text", "_label"}, func(end string) bool {
			stem, cut := strings.CutSuffix(key, end)
			_, field := formFields[stem]
			_, state := screens[stem]
			return cut && (state || field && end == "_label")
		})
		// Which refusals exist is the API's matter: code of error_code.
		return quoted(key) || built || strings.HasPrefix(key, "error_")
	}
	for _, key := range wordingKeys(t) {
		stem, _ := strings.CutSuffix(key, "_plain")
		if !used(key) && !used(stem) && !slices.Contains(laterKeys, stem) {
			t.Errorf("nothing says %q", key)
		}
	}
	for _, found := range regexp.MustCompile(`(?:Say|Plain) ?\(?"([a-z_]+)"`).FindAllStringSubmatch(source, -1) {
		if !assets.Words("en").Has(found[1]) {
			t.Errorf("no sentence for %q", found[1])
		}
	}
	for state := range screens {
		for _, key := range []string{state + "_title", state + "_text"} {
			if !assets.Words("en").Has(key) {
				t.Errorf("no sentence for %q", key)
			}
		}
	}
}

// pageSource is all that can say a sentence: templates and this package.
func pageSource(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files = slices.DeleteFunc(files, func(f string) bool { return strings.HasSuffix(f, "_test.go") })
	templates, err := filepath.Glob("../assets/form/*.html")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range append(files, templates...) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}

func wordingKeys(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../assets/form/wording.json")
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for _, found := range regexp.MustCompile(`(?m)^  "([a-z_]+)":`).FindAllStringSubmatch(string(text), -1) {
		keys[found[1]] = true
	}
	return slices.Sorted(maps.Keys(keys))
}
