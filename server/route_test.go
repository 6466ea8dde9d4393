package server_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"ringback/assets"
	"ringback/server"
)

func TestRoutesAndMethods(t *testing.T) {
	b := newBakery(t)
	cases := []struct {
		name, method, target string
		status               int
		code, allow          string
	}{
		{"nothing there", "GET", "/nothing", 404, "not_found", ""},
		{"nothing there to post to", "POST", "/nothing", 404, "not_found", ""},
		{"a slash too many at the end", "GET", "/form/", 404, "not_found", ""},
		{"a slash too many in between", "GET", "//form", 404, "not_found", ""},
		{"a way around", "GET", "/x/../form", 404, "not_found", ""},
		{"the ops page", "GET", "/metrics", 404, "not_found", ""},
		{"a template", "GET", "/page.html", 404, "not_found", ""},
		{"posting to a page", "POST", "/", 405, "method_not_allowed", "GET, HEAD"},
		{"deleting a request", "DELETE", "/status/ABCDEFGHIJKLMNOPQRSTUVWXYZ", 405, "method_not_allowed", "GET, HEAD"},
		{"getting what is posted", "GET", "/request_callback", 405, "method_not_allowed", "POST"},
		{"getting a webhook", "GET", "/twilio/status_callback", 405, "method_not_allowed", "POST"},
		{"a method of nobody's", "BREW", "/form", 405, "method_not_allowed", "GET, HEAD"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := b.do(c.method, c.target, "", "")
			a.want(c.status, c.code)
			if got := a.Header().Get("Allow"); got != c.allow {
				t.Errorf("Allow is %q, want %q", got, c.allow)
			}
		})
	}
}

func TestHeadIsAGetWithoutItsBody(t *testing.T) {
	b := newBakery(t)
	id := b.asks("+12125550123")
	for _, target := range []string{"/", "/form", "/r/" + id, "/status/" + id, "/health", "/form.css", "/page.js"} {
		get, head := b.get(target), b.do(http.MethodHead, target, "", "")
		if head.Code != get.Code || head.Body.Len() != 0 || head.Header().Get("Content-Length") != itoa(get.Body.Len()) {
			t.Errorf("%s: %d with %d bytes, says %s; GET %d with %d", target, head.Code, head.Body.Len(), head.Header().Get("Content-Length"), get.Code, get.Body.Len())
		}
	}
}

func TestRequestIDIsTheCallersWhereItIsOne(t *testing.T) {
	b := newBakery(t)
	made := regexp.MustCompile(`^[A-Z2-7]{26}$`)
	cases := []struct {
		name, sent string
		taken      bool
	}{
		{"letters, digits, dots, dashes", "a.B-9_z", true},
		{"64 characters", strings.Repeat("a", 64), true},
		{"65 are too many", strings.Repeat("a", 65), false},
		{"a blank", "a b", false},
		{"none", "", false},
	}
	for _, c := range cases {
		for _, target := range []string{"/", "/nothing", "/request_callback", "/status/x"} {
			got := b.get(target, "X-Request-ID", c.sent).Header().Get("X-Request-ID")
			if c.taken && got != c.sent || !c.taken && !made.MatchString(got) {
				t.Errorf("%s, %s: id is %q", c.name, target, got)
			}
		}
	}
}

func TestFilesCanBeKeptUnderTheAddressThatNamesTheirContent(t *testing.T) {
	b := newBakery(t)
	for name, kind := range map[string]string{"form.css": "text/css", "page.js": "text/javascript"} {
		a := b.get("/" + name + "?v=" + assets.FormVersion(name))
		if a.Code != 200 || !strings.Contains(a.Header().Get("Cache-Control"), "immutable") || !strings.HasPrefix(a.Header().Get("Content-Type"), kind) {
			t.Errorf("%s: %d %v", name, a.Code, a.Header())
		}
		plain := b.get("/" + name + "?v=old")
		if plain.Header().Get("Cache-Control") != "no-cache" {
			t.Errorf("%s under an old address: %v", name, plain.Header())
		}
		if same := b.get("/"+name, "If-None-Match", plain.Header().Get("ETag")); same.Code != http.StatusNotModified {
			t.Errorf("%s, unchanged, is answered with %d", name, same.Code)
		}
	}
}

func TestPanicIsAnsweredAndLogged(t *testing.T) {
	b := newBakery(t)
	b.Health = func() server.Health { panic("a bug") }
	a := b.get("/health", "X-Request-ID", "trace-7")
	a.want(http.StatusInternalServerError, "internal")
	if strings.Contains(a.Body.String(), "bug") {
		t.Errorf("answered %s", a.Body)
	}
	for _, line := range b.lines() {
		if line["msg"] == "panic" && line["request_id"] == "trace-7" && line["cause"] == "a bug" && strings.Contains(line["stack"].(string), "getHealth") {
			return
		}
	}
	t.Errorf("log is %s", b.log.String())
}

func TestEachRequestHasOneLineThatTellsNothingOfTheVisitor(t *testing.T) {
	b := newBakery(t)
	a := b.post("/request_callback", `{"visitor_number":"2125550123","name":"Jane Doe","email":"jane@x.example","message":"Rye bread","request_key":"secret-key"}`, "X-Request-ID", "trace-1")
	id := a.text("request_id")
	b.get("/status/"+id+"?wait=1&seen=x", "X-Request-ID", "trace-2")
	b.get("/r/"+id+"?lang=es", "X-Request-ID", "trace-3")
	b.post("/cancel_request", `{"request_id":"`+id+`"}`, "X-Request-ID", "trace-4")
	b.get("/2125550123", "X-Request-ID", "trace-5")
	b.post("/request_callback", `{"visitor_number":"212555012"}`, "X-Request-ID", "trace-6")
	b.shopAnswers(id)
	for _, secret := range []string{id, "5550123", "Jane", "jane@", "Rye", "secret-key", "198.51.100.7"} {
		if strings.Contains(b.log.String(), secret) {
			t.Errorf("the log holds %q:\n%s", secret, b.log.String())
		}
	}
	want := []string{"trace-1 POST /request_callback 200", "trace-2 GET /status/{id} 200", "trace-3 GET /r/{id} 200",
		"trace-4 POST /cancel_request 200", "trace-5 GET unknown 404", "trace-6 POST /request_callback 400"}
	var got []string
	for _, l := range b.lines() {
		if l["msg"] == "http" {
			got = append(got, l["request_id"].(string)+" "+l["method"].(string)+" "+l["route"].(string)+" "+itoa(int(l["status"].(float64))))
		}
	}
	if len(got) != len(want)+1 || strings.Join(got[:len(want)], "\n") != strings.Join(want, "\n") {
		t.Errorf("lines are\n%s", strings.Join(got, "\n"))
	}
}
