package server_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"ringback/server/callback"
	"ringback/server/settings"
)

const good = `{"visitor_number":"(212) 555-0123"`

func TestWishIsAnsweredOnlyWhenItIsKept(t *testing.T) {
	b := newBakery(t)
	a := b.post("/request_callback", `{"visitor_number":"(212) 555-0123","name":" Jane ","email":"j@x.example","message":"Rye?","page":"https://x.example/","language":"es","consent":true}`,
		"X-Request-ID", "trace-1")
	a.want(http.StatusOK, "")
	if a.json()["success"] != true || a.text("status") != "pending" || !strings.HasPrefix(a.text("message"), "Llamando a la tienda") {
		t.Errorf("answered %s", a.Body)
	}
	r := b.request(a.text("request_id"))
	if r.Number != "+12125550123" || r.Name != "Jane" || r.Email != "j@x.example" || r.Message != "Rye?" || r.Page != "https://x.example/" ||
		r.Language != "es" || r.Trace != "trace-1" || r.Consent.Kind != "notice" || r.Consent.Version == "" || r.Spam {
		t.Errorf("kept %+v", r)
	}
}

func TestWishThatCanNotBeTaken(t *testing.T) {
	long := func(n int) string { return strings.Repeat("é", n) }
	cases := []struct {
		name, body string
		status     int
		code       string
	}{
		{"no number", `{"name":"Jane"}`, 400, "phone_required"},
		{"blanks for a number", `{"visitor_number":"  "}`, 400, "phone_required"},
		{"null for a number", `{"visitor_number":null}`, 400, "phone_required"},
		{"a number that no phone can have", `{"visitor_number":"+15551234567"}`, 400, "phone_invalid"},
		{"a country that is not served", `{"visitor_number":"+442079460018"}`, 403, "country_not_served"},
		{"a premium number", `{"visitor_number":"+19005550123"}`, 403, "number_type_not_served"},
		{"the shop's own phone", `{"visitor_number":"+12125550101"}`, 403, "number_blocked"},
		{"the carrier's number", `{"visitor_number":"+12125550100"}`, 403, "number_blocked"},
		{"the shop's public number", `{"visitor_number":"+12125550199"}`, 403, "number_blocked"},
		{"a long name", good + `,"name":"` + long(121) + `"}`, 400, "field_too_long"},
		{"a long mail address", good + `,"email":"` + long(255) + `"}`, 400, "field_too_long"},
		{"a long message", good + `,"message":"` + long(1001) + `"}`, 400, "field_too_long"},
		{"a long page", good + `,"page":"` + long(2001) + `"}`, 400, "field_too_long"},
		{"a long key", good + `,"request_key":"` + long(201) + `"}`, 400, "field_too_long"},
		{"a time that is none", good + `,"preferred_at":"soon"}`, 400, "time_invalid"},
		{"a time too far ahead", good + `,"preferred_at":"2027-06-01T12:00:00Z"}`, 400, "time_invalid"},
		{"no JSON", `visitor_number=1`, 400, "bad_json"},
		{"nothing", ``, 400, "bad_json"},
		{"null", `null`, 400, "bad_json"},
		{"a list", `["visitor_number"]`, 400, "bad_json"},
		{"something after the object", good + `} {}`, 400, "bad_json"},
		{"a number that is no text", `{"visitor_number":2125550123}`, 400, "bad_json"},
		{"a name that is a list", good + `,"name":["Jane"]}`, 400, "bad_json"},
		{"a name that is true", good + `,"name":true}`, 400, "bad_json"},
		{"a consent that is an object", good + `,"consent":{}}`, 400, "bad_json"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b := newBakery(t)
			a := b.post("/request_callback", c.body)
			a.want(c.status, c.code)
			if a.json()["success"] != false || a.text("error") == "" || strings.Contains(a.text("error"), "{") {
				t.Errorf("answered %s", a.Body)
			}
			if b.posts() != 1 {
				t.Errorf("%d posts counted, want 1: refused ones count too", b.posts())
			}
		})
	}
}

func TestLongestFieldsAreTaken(t *testing.T) {
	b := newBakery(t)
	b.post("/request_callback", good+`,"name":"`+strings.Repeat("é", 120)+`","email":"`+strings.Repeat("é", 254)+`","message":"`+
		strings.Repeat("é", 1000)+`","page":"`+strings.Repeat("é", 2000)+`"}`).want(http.StatusOK, "")
}

func TestBadFieldIsNamed(t *testing.T) {
	a := newBakery(t).post("/request_callback", good+`,"message":7}`)
	if !strings.Contains(a.text("error"), "message") {
		t.Errorf("answered %s", a.Body)
	}
}

func TestBodiesThatAreNotRead(t *testing.T) {
	big := `{"visitor_number":"` + strings.Repeat("1", 256<<10)
	cases := []struct {
		name, kind, body string
		status           int
		code             string
	}{
		{"over 256 KiB", "application/json", big, 413, "too_large"},
		{"256 KiB are read", "application/json", `{"x":"` + strings.Repeat("1", 256<<10-8) + `"}`, 400, "phone_required"},
		{"plain text", "text/plain", good + `}`, 415, "unsupported_type"},
		{"no type", "", good + `}`, 415, "unsupported_type"},
		{"a form with files", "multipart/form-data; boundary=x", "--x--", 415, "unsupported_type"},
		{"another alphabet", "application/json; charset=latin1", good + `}`, 415, "unsupported_type"},
		{"UTF-8 by its name", "application/json; charset=UTF-8", good + `}`, 200, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			newBakery(t).do(http.MethodPost, "/request_callback", c.kind, c.body).want(c.status, c.code)
		})
	}
}

// endless fails the test when more is read of it than is allowed.
type endless struct {
	t    *testing.T
	read int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.read += len(p); e.read > 1<<20 {
		e.t.Error("a body that says its length was read on")
	}
	return len(p), nil
}

func TestBodyThatNeverEndsIsGivenUp(t *testing.T) {
	b := newBakery(t)
	r, err := http.NewRequest(http.MethodPost, "/request_callback", &endless{t: t})
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "localhost"
	r.Header.Set("Content-Type", "application/json")
	w := newRecorder()
	b.http.ServeHTTP(w, r)
	answer{t, w}.want(http.StatusRequestEntityTooLarge, "too_large")
}

func TestSentencesAreInTheVisitorsLanguage(t *testing.T) {
	cases := []struct {
		name, body, header, want string
	}{
		{"as wished", `{"language":"es"}`, "en", "Escriba"},
		{"a region is a language too", `{"language":"es-MX"}`, "en", "Escriba"},
		{"as the browser says", `{}`, "es-AR,en;q=0.5", "Escriba"},
		{"what is not offered is the shop's first", `{"language":"fr"}`, "fr", "Enter"},
		{"also where something else can't be read", `{"language":"es","name":7}`, "en", "No pudimos leer"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := newBakery(t).post("/request_callback", c.body, "Accept-Language", c.header)
			if !strings.HasPrefix(a.text("error"), c.want) {
				t.Errorf("answered %s", a.Body)
			}
		})
	}
}

func TestConsentIsAskedForOnlyAsATick(t *testing.T) {
	cases := []struct {
		name, consent, field string
		status               int
		code                 string
	}{
		{"a notice needs none", "notice", ``, 200, ""},
		{"a tick that lacks", "tick", ``, 400, "consent_required"},
		{"false", "tick", `,"consent":false`, 400, "consent_required"},
		{"the word no", "tick", `,"consent":"no"`, 400, "consent_required"},
		{"true", "tick", `,"consent":true`, 200, ""},
		{"the word yes", "tick", `,"consent":"yes"`, 200, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b := newBakery(t)
			b.change(func(s *settings.Settings) { s.Form.Consent = c.consent })
			b.post("/request_callback", good+c.field+`}`).want(c.status, c.code)
		})
	}
}

func TestSameKeyAndNumberAgainIsTheSameRequest(t *testing.T) {
	b := newBakery(t)
	const body = good + `,"request_key":"k1"}`
	first := b.post("/request_callback", body)
	for range 20 {
		again := b.post("/request_callback", body)
		again.want(http.StatusOK, "")
		if again.text("request_id") != first.text("request_id") || again.text("status") != first.text("status") {
			t.Fatalf("answered %s, first %s", again.Body, first.Body)
		}
	}
	if b.posts() != 1 {
		t.Errorf("%d posts counted, want 1: a repeat is not counted", b.posts())
	}
	other := b.post("/request_callback", `{"visitor_number":"+12125550124","request_key":"k1"}`)
	other.want(http.StatusConflict, "key_reused")
	b.post("/request_callback", `{"visitor_number":"12","request_key":"k1"}`).want(http.StatusBadRequest, "phone_invalid")
	if b.posts() != 3 {
		t.Errorf("%d posts counted, want 3: these were no repeats", b.posts())
	}
}

func TestFilledTrapIsAnsweredLikeASuccessAndRingsNobody(t *testing.T) {
	b := newBakery(t)
	a := b.post("/request_callback", good+`,"website":"http://spam.example"}`)
	a.want(http.StatusOK, "")
	r := b.request(a.text("request_id"))
	if !r.Spam || len(r.Legs) != 0 || a.text("status") != "pending" {
		t.Errorf("kept %+v, answered %s", r, a.Body)
	}
	if s := b.get("/status/" + r.PublicID); s.text("state") != "soon" {
		t.Errorf("status is %s", s.Body)
	}
}

func TestOneAddressMayPostSoOften(t *testing.T) {
	b := newBakery(t)
	for range 5 {
		b.post("/request_callback", `{}`).want(http.StatusBadRequest, "phone_required")
	}
	a := b.post("/request_callback", good+`}`)
	a.want(http.StatusTooManyRequests, "too_many_requests")
	if !strings.Contains(a.text("error"), "at 10:11") || !strings.Contains(a.text("error"), "(212) 555-0199") {
		t.Errorf("said %q", a.text("error"))
	}
	b.get("/form").want(http.StatusOK, "")
	b.visitor = "198.51.100.8:4321"
	b.post("/request_callback", good+`}`).want(http.StatusOK, "")
	b.visitor = "198.51.100.7:999"
	b.pass(a.retryAfter())
	b.post("/request_callback", good+`}`).want(http.StatusOK, "")
}

func TestVisitorBehindTheOwnersProxyIsKnownByItsOneHeader(t *testing.T) {
	b := newBakery(t)
	b.change(func(s *settings.Settings) {
		s.Tunnel = settings.Tunnel{Kind: settings.OwnAddress, URL: publicBase, ClientIPHeader: "X-Real-IP"}
		s.Guard.PerIP = settings.PerIP{Day: 1}
	})
	cases := []struct {
		name, header string
		status       int
	}{
		{"the first visitor", "203.0.113.1", 400},
		{"the same again", "203.0.113.1", 429},
		{"what was sent along does not count", "203.0.113.99, 203.0.113.1", 429},
		{"another", "203.0.113.2", 400},
		{"with a port", "203.0.113.2:80", 429},
	}
	for _, c := range cases {
		if got := b.post("/request_callback", `{}`, "X-Real-IP", c.header, "X-Forwarded-For", "203.0.113.77").Code; got != c.status {
			t.Errorf("%s: answered %d, want %d", c.name, got, c.status)
		}
	}
	b.change(func(s *settings.Settings) { s.Tunnel = settings.Tunnel{Kind: settings.NoTunnel} })
	b.post("/request_callback", `{}`, "X-Real-IP", "203.0.113.3").want(400, "phone_required")
	b.post("/request_callback", `{}`, "X-Real-IP", "203.0.113.4").want(429, "too_many_requests")
}

func TestLimitsOfTheDay(t *testing.T) {
	b := newBakery(t)
	b.change(func(s *settings.Settings) {
		s.Guard.PerIP, s.Guard.PerNumberDay, s.Limits.RequestsDay = settings.PerIP{}, 2, 3
	})
	b.asks("+12125550123")
	b.asks("+12125550123")
	a := b.post("/request_callback", good+`}`)
	a.want(http.StatusTooManyRequests, "number_limit")
	midnight := time.Date(2026, 11, 25, 0, 0, 0, 0, zone("America/New_York"))
	if got := b.now().Add(a.retryAfter()); !got.Equal(midnight) {
		t.Errorf("to be tried again at %v, want %v", got, midnight)
	}
	b.asks("+12125550124")
	full := b.post("/request_callback", `{"visitor_number":"+12125550125"}`)
	full.want(http.StatusServiceUnavailable, "daily_limit")
	b.pass(full.retryAfter())
	b.asks("+12125550125")
}

func TestDiskThatRefusesIsToldToTheVisitor(t *testing.T) {
	b := newBakery(t)
	b.store.FailCommit = func() error { return errors.New("disk full") }
	a := b.post("/request_callback", good+`}`)
	a.want(http.StatusServiceUnavailable, "not_saved")
	a.retryAfter()
	b.store.FailCommit = nil
	id := b.asks("+12125550123")
	b.store.FailCommit = func() error { return errors.New("disk full") }
	c := b.post("/cancel_request", `{"request_id":"`+id+`"}`)
	c.want(http.StatusServiceUnavailable, "not_saved")
	if strings.Contains(c.text("error"), "nobody will call") {
		t.Errorf("a cancel that failed said %q", c.text("error"))
	}
}

func TestChosenTimeIsScheduled(t *testing.T) {
	b := newBakery(t)
	a := b.post("/request_callback", good+`,"preferred_at":"2026-11-25T14:00:00Z"}`)
	a.want(http.StatusOK, "")
	if a.text("status") != "scheduled" || !strings.Contains(a.text("message"), "tomorrow at 09:00") {
		t.Errorf("answered %s", a.Body)
	}
	s := b.get("/status/" + a.text("request_id"))
	if s.text("state") != "scheduled" || s.text("due_at") != "2026-11-25T09:00:00-05:00" {
		t.Errorf("status is %s", s.Body)
	}
}

func TestFormWithoutScriptsGoesToItsRequest(t *testing.T) {
	b := newBakery(t)
	a := b.submit("/request_callback", url.Values{"visitor_number": {"2125550123"}, "language": {"es"}})
	if a.Code != http.StatusSeeOther {
		t.Fatalf("answered %d: %s", a.Code, a.Body)
	}
	to := a.Header().Get("Location")
	if !strings.HasPrefix(to, "/r/") || !strings.HasSuffix(to, "?lang=es") {
		t.Fatalf("sent to %q", to)
	}
	page := b.get(to)
	if page.Code != http.StatusOK || !strings.Contains(page.Body.String(), "Llamando a la tienda") || page.Header().Get("Refresh") != "5" {
		t.Errorf("page is %d, renewed after %q", page.Code, page.Header().Get("Refresh"))
	}
	live := b.submit("/request_callback", url.Values{"visitor_number": {"2125550124"}, "live": {"1"}})
	page = b.get(live.Header().Get("Location"))
	if page.Header().Get("Refresh") != "" {
		t.Error("a page that a script keeps fresh renews itself too")
	}
}

func TestFormComesAgainWithItsErrors(t *testing.T) {
	b := newBakery(t)
	a := b.submit("/request_callback", url.Values{
		"visitor_number": {"+442079460018"}, "message": {strings.Repeat("x", 1001)}, "name": {"Jane <b>"}, "website": {""},
	})
	page := a.Body.String()
	if a.Code != http.StatusForbidden || !strings.HasPrefix(a.Header().Get("Content-Type"), "text/html") {
		t.Fatalf("answered %d %s", a.Code, a.Header())
	}
	for _, want := range []string{"We can only call these countries: <bdi>United States, Canada</bdi>", "at most <bdi>1000</bdi> characters", `value="Jane &lt;b&gt;"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the form lacks %q", want)
		}
	}
	if a := b.submit("/request_callback", url.Values{"visitor_number": {"212 555 0123"}, "preferred_at": {"never"}}); !strings.Contains(a.Body.String(), "We will call <bdi dir=\"ltr\">(212) 555-0123</bdi>") {
		t.Errorf("a good number is not echoed:\n%s", a.Body)
	}
}

func TestFormFromAnotherSiteIsAnsweredWithAPage(t *testing.T) {
	a := newBakery(t).submit("/request_callback", url.Values{"visitor_number": {"2125550123"}}, "Origin", "https://other.example")
	if a.Code != http.StatusForbidden || !strings.Contains(a.Body.String(), "not set up for this website") || !strings.Contains(a.Body.String(), "<form") {
		t.Errorf("answered %d: %s", a.Code, a.Body)
	}
}

func TestVisitorWithdraws(t *testing.T) {
	b := newBakery(t)
	id := b.asks("+12125550123")
	for range 2 {
		a := b.post("/cancel_request", `{"request_id":"`+id+`"}`)
		a.want(http.StatusOK, "")
		if a.text("status") != "cancelled" || a.text("state") != "cancelled" {
			t.Errorf("answered %s", a.Body)
		}
	}
	form := b.submit("/cancel_request", url.Values{"request_id": {id}})
	if form.Code != http.StatusSeeOther || !strings.HasPrefix(form.Header().Get("Location"), "/r/"+id) {
		t.Errorf("answered %d to %q", form.Code, form.Header().Get("Location"))
	}
	b.post("/cancel_request", `{"request_id":"ABCDEFGHIJKLMNOPQRSTUVWXYZ"}`).want(http.StatusNotFound, "not_found")
	b.post("/cancel_request", `{}`).want(http.StatusNotFound, "not_found")
	if a := b.submit("/cancel_request", url.Values{"request_id": {"ABCDEFGHIJKLMNOPQRSTUVWXYZ"}}); a.Code != 404 || !strings.Contains(a.Body.String(), "We don’t know this request") {
		t.Errorf("answered %d: %s", a.Code, a.Body)
	}
}

func TestTalkIsNotWithdrawn(t *testing.T) {
	b := newBakery(t)
	id := b.talking()
	b.post("/cancel_request", `{"request_id":"`+id+`"}`).want(http.StatusConflict, "too_late")
	a := b.submit("/cancel_request", url.Values{"request_id": {id}})
	if a.Code != http.StatusConflict || !strings.Contains(a.Body.String(), "You are talking already") {
		t.Errorf("answered %d: %s", a.Code, a.Body)
	}
	if got := b.request(id).Status; got != callback.Connected {
		t.Errorf("status is %s", got)
	}
}

// talking is a request whose visitor and shop talk.
func (b *bakery) talking() string {
	b.t.Helper()
	id := b.asks("+12125550123")
	b.shopAnswers(id)
	b.shopPresses(id, "1")
	b.visitorAnswers(id)
	return id
}

func TestOldPagesSecondStepChangesNothing(t *testing.T) {
	b := newBakery(t)
	id := b.asks("+12125550123")
	before := b.request(id)
	a := b.post("/initiate_callback", `{"request_id":"`+id+`"}`)
	a.want(http.StatusOK, "")
	if a.Body.String() != b.get("/status/"+id).Body.String() || !before.UpdatedAt.Equal(b.request(id).UpdatedAt) {
		t.Errorf("answered %s", a.Body)
	}
	b.post("/initiate_callback", `{"request_id":"x"}`).want(http.StatusNotFound, "not_found")
}
