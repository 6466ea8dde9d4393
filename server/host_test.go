package server_test

import (
	"net/http"
	"strings"
	"testing"

	"ringback/server/settings"
)

func TestWhichHostsAreAnsweredTo(t *testing.T) {
	cases := []struct {
		name, host string
		want       int
	}{
		{"this computer", "127.0.0.1:8787", 200},
		{"at any port", "localhost:1", 200},
		{"without a port", "LOCALHOST", 200},
		{"by IPv6", "[::1]:8787", 200},
		{"by IPv6 without a port", "[::1]", 200},
		{"the public address", "bakery.example", 200},
		{"with its usual port", "bakery.example:443", 200},
		{"with another port", "bakery.example:8443", 421},
		{"an address of before that a call still comes to", "before.example", 200},
		{"a name that was made to lead here", "evil.example", 421},
		{"a name that begins like ours", "localhost.evil.example", 421},
		{"a port that is none", "localhost:evil", 421},
		{"a port with a name behind it", "127.0.0.1:80.evil.example", 421},
		{"the practice network's", "practice.invalid", 421},
		{"none", "", 421},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b := newBakery(t)
			b.Older = func() []string { return []string{"https://before.example"} }
			a := b.get("/health", "Host", c.host)
			if a.Code != c.want {
				t.Errorf("answered %d, want %d", a.Code, c.want)
			}
		})
	}
}

// The owner's proxy still leads here while the shop tries something out: practice must
// not take a visitor's wish. Only its own header tells that it brought a request.
func TestWithoutAPublicAddressNobodyIsAnsweredThroughTheProxy(t *testing.T) {
	b := newBakery(t)
	b.change(func(s *settings.Settings) {
		s.Tunnel.Kind, s.Tunnel.ClientIPHeader = settings.OwnAddress, "Fly-Client-IP"
	})
	b.get("/health", "Host", "127.0.0.1:8787", "Fly-Client-IP", "203.0.113.1").want(http.StatusOK, "")
	b.PublicURL = func() string { return "" }
	b.get("/health", "Host", "127.0.0.1:8787", "Fly-Client-IP", "203.0.113.1").want(http.StatusMisdirectedRequest, "host_not_allowed")
	b.get("/health", "Host", "127.0.0.1:8787", "X-Forwarded-For", "203.0.113.1").want(http.StatusOK, "")
	b.get("/health", "Host", "127.0.0.1:8787").want(http.StatusOK, "")
}

func TestPracticeNetworkIsAnsweredInProcessOnly(t *testing.T) {
	b := newBakery(t)
	b.http = b.InProcess()
	b.get("/health", "Host", "practice.invalid").want(http.StatusOK, "")
	b.get("/health", "Host", "localhost").want(http.StatusMisdirectedRequest, "host_not_allowed")
}

func TestWhichOriginsMayPost(t *testing.T) {
	cases := []struct {
		name, host string
		headers    []string
		want       int
	}{
		{"a program, which sends none", "127.0.0.1:8787", nil, 200},
		{"our page on this computer", "127.0.0.1:8787", []string{"Origin", "http://127.0.0.1:8787"}, 200},
		{"under another of its names", "127.0.0.1:8787", []string{"Origin", "http://localhost:8787"}, 200},
		{"our page at the public address", "bakery.example", []string{"Origin", "https://bakery.example"}, 200},
		{"our public page behind a proxy that says localhost", "localhost:8787", []string{"Origin", "https://bakery.example"}, 200},
		{"the owner's site", "bakery.example", []string{"Origin", "https://anns-bakery.example"}, 200},
		{"another program's page on this computer", "127.0.0.1:8787", []string{"Origin", "http://127.0.0.1:3000"}, 403},
		{"a page on this computer, at the public address", "bakery.example", []string{"Origin", "http://localhost:8787"}, 403},
		{"the owner's site without TLS", "bakery.example", []string{"Origin", "http://anns-bakery.example"}, 403},
		{"a site below the owner's", "bakery.example", []string{"Origin", "https://x.anns-bakery.example"}, 403},
		{"any other site", "bakery.example", []string{"Origin", "https://evil.example"}, 403},
		{"no site", "bakery.example", []string{"Origin", "null"}, 403},
		{"a page of ours that sends no referrer", "bakery.example", []string{"Origin", "null", "Sec-Fetch-Site", "same-origin"}, 200},
		{"a frame without an origin", "bakery.example", []string{"Origin", "null", "Sec-Fetch-Site", "cross-site"}, 403},
		{"two at once", "bakery.example", []string{"Origin", "https://bakery.example", "Origin", "https://evil.example"}, 403},
		{"an empty one", "bakery.example", []string{"Origin", ""}, 403},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			code := map[int]string{403: "origin_not_allowed"}[c.want]
			newBakery(t).post("/request_callback", good+`}`, append(c.headers, "Host", c.host)...).want(c.want, code)
		})
	}
}

// A page that somebody else's visitors open can post as often as it likes: each counts for
// its address, like every other post that is refused.
func TestAPostFromAnotherSiteCountsForItsAddress(t *testing.T) {
	b := newBakery(t)
	b.change(func(s *settings.Settings) { s.Guard.PerIP.Minute = 2 })
	evil := []string{"Origin", "https://evil.example"}
	b.post("/request_callback", good+`}`, evil...).want(http.StatusForbidden, "origin_not_allowed")
	for range 3 { // these are no posts of requests
		b.post("/cancel_request", `{"request_id":"x"}`, evil...).want(http.StatusForbidden, "origin_not_allowed")
		b.do(http.MethodPut, "/request_callback", "", "", evil...).want(http.StatusForbidden, "origin_not_allowed")
	}
	b.post("/request_callback", good+`}`, evil...).want(http.StatusForbidden, "origin_not_allowed")
	a := b.post("/request_callback", good+`}`, evil...)
	a.want(http.StatusTooManyRequests, "too_many_requests")
	if a.Header().Get("Retry-After") == "" {
		t.Error("the answer does not say when to try again")
	}
	b.post("/request_callback", good+`}`).want(http.StatusTooManyRequests, "too_many_requests")
}

func TestOnlyTheOwnersSitesMayReadAnswers(t *testing.T) {
	b := newBakery(t)
	shared := func(origin string) string {
		return b.get("/form", "Origin", origin).Header().Get("Access-Control-Allow-Origin")
	}
	if got := shared("https://anns-bakery.example"); got != "https://anns-bakery.example" {
		t.Errorf("the owner's site is told %q", got)
	}
	if got := shared("https://evil.example"); got != "" {
		t.Errorf("another site is told %q", got)
	}
	b.change(func(s *settings.Settings) { s.Form.Origins = []string{"https://evil.example"} })
	if got := shared("https://evil.example"); got != "https://evil.example" {
		t.Errorf("a site that the owner added is told %q", got)
	}
	if got := shared("https://anns-bakery.example"); got != "" {
		t.Errorf("a site that the owner removed is told %q", got)
	}
	b.change(func(s *settings.Settings) { s.Form.Origins = nil })
	if got := shared("https://evil.example"); got != "" {
		t.Errorf("with no site allowed one is told %q", got)
	}
}

func TestBrowserMayAskBeforeItPosts(t *testing.T) {
	b := newBakery(t)
	ask := func(origin, method, header string) answer {
		return b.do(http.MethodOptions, "/request_callback", "", "", "Origin", origin,
			"Access-Control-Request-Method", method, "Access-Control-Request-Headers", header)
	}
	a := ask("https://anns-bakery.example", "POST", "content-type")
	if a.Code/100 != 2 || a.Header().Get("Access-Control-Allow-Headers") != "content-type" || a.Header().Get("Access-Control-Max-Age") != "600" {
		t.Errorf("answered %d %v", a.Code, a.Header())
	}
	if a.Header().Get("X-Request-ID") == "" {
		t.Error("the answer has no request id")
	}
	for _, refused := range []answer{ask("https://evil.example", "POST", "content-type"), ask("https://anns-bakery.example", "DELETE", ""), ask("https://anns-bakery.example", "POST", "authorization")} {
		if refused.Code/100 == 2 {
			t.Errorf("answered %d %v", refused.Code, refused.Header())
		}
	}
}

func TestEveryAnswerIsProtected(t *testing.T) {
	b := newBakery(t)
	id := b.asks("+12125550123")
	answers := map[string]answer{
		"a page": b.get("/"), "a status page": b.get("/r/" + id), "an answer": b.get("/form"), "a status": b.get("/status/" + id),
		"not found": b.get("/nothing"), "an error": b.post("/request_callback", `{}`), "another host": b.get("/", "Host", "evil.example"),
		"another method": b.do(http.MethodPut, "/", "", ""), "a file": b.get("/form.css"),
	}
	for name, a := range answers {
		for header, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if got := a.Header().Get(header); got != want {
				t.Errorf("%s: %s is %q, want %q", name, header, got, want)
			}
		}
		if csp := a.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("%s: policy is %q", name, csp)
		}
		if got := a.Header().Get("Cache-Control"); (got == "no-store") == (name == "a file") {
			t.Errorf("%s: Cache-Control is %q", name, got)
		}
	}
	page := answers["a page"]
	_, rest, _ := strings.Cut(page.Header().Get("Content-Security-Policy"), "'nonce-")
	nonce, _, _ := strings.Cut(rest, "'")
	if len(nonce) < 20 || !strings.Contains(page.Body.String(), `<style nonce="`+nonce+`">`) {
		t.Errorf("nonce %q is not the page's", nonce)
	}
	if again := b.get("/").Header().Get("Content-Security-Policy"); strings.Contains(again, nonce) {
		t.Error("two pages have one nonce")
	}
}
