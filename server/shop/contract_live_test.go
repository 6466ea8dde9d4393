package shop_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The contract's sentences on being live, on the built program.

// replaced is a text in which something must have been that now is another.
func replaced(t *testing.T, text, old, now string) string {
	t.Helper()
	if !strings.Contains(text, old) {
		t.Fatalf("%s has no %s", text, old)
	}
	return strings.Replace(text, old, now, 1)
}

func TestAShopIsLiveWhenAllIsThereAndElsePractisesAndSaysWhatIsMissing(t *testing.T) {
	const counter = "+12125550101"
	whole := liveWith("", counter)
	for _, c := range []struct {
		name, set string
		without   string // of the environment
		missing   string // empty: it is live
	}{
		{"all is there", whole, "", ""},
		{"no account", whole, "TWILIO_ACCOUNT_SID=", "The Twilio account is not set (twilio.account_sid)."},
		{"no token", whole, "TWILIO_AUTH_TOKEN=", "Twilio's auth token is not at hand (TWILIO_AUTH_TOKEN)."},
		{"no number", replaced(t, whole, `{"number": "+12125550100"}`, `{}`), "", "The Twilio number is not set (twilio.number)."},
		{"no phone", replaced(t, whole, `{"label": "Phone 1", "number": "`+counter+`", "ring_seconds": 5}`, ""), "", "The shop has no phone yet (business.phones)."},
		{"no public address", replaced(t, whole, `"kind": "address"`, `"kind": "none"`), "", "There is no public address (tunnel.kind)."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := newExchange(t)
			var env []string
			for _, v := range e.variables() {
				if c.without == "" || !strings.HasPrefix(v, c.without) {
					env = append(env, v)
				}
			}
			l := launch(t, &lines{}, env, t.TempDir(), "-settings", fileWith(t, c.set))
			e.connect(l.url)
			rings := map[bool]string{true: "completed", false: "calling"}[c.missing == ""] // practice takes its time
			l.until(l.ask("+12125550123").ID, rings)
			e.quiet(t)
			l.ends()
			log := l.log.String()
			if c.missing == "" {
				if strings.Contains(log, "not live") || !strings.Contains(log, "msg=open") || !strings.Contains(log, "live=true") || len(e.Requests()) == 0 {
					t.Errorf("with all it is not live: %s", log)
				}
				return
			}
			if !strings.Contains(log, c.missing) || strings.Count(log, "missing=") != 1 || !strings.Contains(log, "live=false") || len(e.Requests()) != 0 {
				t.Errorf("want practice and %q; Twilio was asked %d times: %s", c.missing, len(e.Requests()), log)
			}
		})
	}
}

func TestAShopThatWasLiveStaysLiveInTroubleWhateverIsMissing(t *testing.T) {
	const counter = "+12125550101"
	for _, c := range []struct {
		name, set string
		env       func(e *exchange) []string
		missing   string
	}{
		{"the token", `{}`, func(e *exchange) []string {
			return []string{"TWILIO_ACCOUNT_SID=" + e.Account, "RINGBACK_TWILIO_URL=" + e.URL}
		}, "TWILIO_AUTH_TOKEN"},
		{"the public address", `{"tunnel": {"kind": "none"}}`, func(e *exchange) []string { return e.variables() }, "tunnel.kind"},
		{"the phones", `{"business": {"phones": []}}`, func(e *exchange) []string { return e.variables() }, "business.phones"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := newExchange(t)
			first := e.serving(t, liveWith("", counter))
			first.until(first.ask("+12125550123").ID, "completed")
			e.quiet(t)
			first.ends()
			before := len(e.Requests())
			l := launch(t, &lines{}, c.env(e), first.data, "-settings", fileWith(t, c.set))
			if a := l.ask("+12125550124"); a.Status != "pending" {
				t.Errorf("a request is answered %+v", a)
			}
			l.ends()
			if got := len(e.Requests()); got != before {
				t.Errorf("Twilio was asked %d times", got-before)
			}
			if log := l.log.String(); !strings.Contains(log, c.missing) || !strings.Contains(log, "was_live=true") || !strings.Contains(log, "live=true") {
				t.Errorf("it says %s", log)
			}
			if n := asked(t, l.data+"/ringback.db"); n != 2 {
				t.Errorf("ringback.db has %d requests, want both", n)
			}
		})
	}
}

const notYet = "this version reads but does not yet obey this; only "

// Keys that change nothing yet lose their line here when they are obeyed.
func TestAKeyThatIsNotObeyedYetIsRefusedWhereTheShopWouldBeLive(t *testing.T) {
	e := newExchange(t)
	const counter = "+12125550101"
	live := e.serving(t, liveWith("", counter))
	practice := launch(t, &lines{}, nil, t.TempDir(), "-settings", fileWith(t, liveWith("", counter)))
	var all []string
	for _, c := range []struct{ path, file, only string }{
		{"tunnel.kind", `"tunnel": {"kind": "ngrok", "domain": "anns-bakery.ngrok.app"}`, `"address"`},
		{"guard.captcha.kind", `"guard": {"captcha": {"kind": "altcha"}}`, `"none"`},
		{"guard.verify_phone", `"guard": {"verify_phone": "when_odd"}`, `"never"`},
		{"guard.numbers_per_visitor_hour", `"guard": {"numbers_per_visitor_hour": 3}`, `0`},
		{"guard.visitors_per_number_hour", `"guard": {"visitors_per_number_hour": 3}`, `0`},
		{"notify.urls", `"notify": {"urls": ["ntfy://ntfy.example/x"]}`, `[]`},
	} {
		t.Run(c.path, func(t *testing.T) {
			before, _ := printed(t, live.data)
			status, out, errs := command(t, "settings", "-data", live.data, fileWith(t, `{"business": {"name": "Bob's"}, `+c.file+`}`))
			if want := c.path + ": " + notYet + c.only + " is allowed in live mode\n"; status != 2 || out != "" || errs != want {
				t.Errorf("live: status %d, %q, %q; want %q", status, out, errs, want)
			}
			if after, _ := printed(t, live.data); !cmp.Equal(before, after) {
				t.Errorf("live, something is changed: %s", cmp.Diff(before, after))
			}
			practice.applied(t, "{"+c.file+"}")
		})
		all = append(all, c.path)
	}
	// What was taken where nothing was missing but the token does not come to life with it.
	practice.ends()
	l := launch(t, &lines{}, e.variables(), practice.data)
	l.ends()
	for _, path := range all {
		// URLs are secrets, which are not kept yet.
		if log := l.log.String(); path != "notify.urls" && !strings.Contains(log, `missing="`+path+": "+notYet) {
			t.Errorf("of %s it says nothing: %s", path, log)
		}
	}
	if !strings.Contains(l.log.String(), "live=false") {
		t.Error("it is live with what it does not obey")
	}
}

// fresh is a live shop whose owner has not looked at the limits.
func fresh(t *testing.T, more string) string {
	return replaced(t, liveWith(more, "+12125550106"), `, "limits": {"calls_day": 0, "texts_day": 0}`, "")
}

func TestAFreshLiveShopServesItsOwnCountryAndTwentyCallsADay(t *testing.T) {
	const counter = "+12125550106" // busy: a request is one call
	for looked, most := range map[bool]int{false: 20, true: 23} {
		t.Run(fmt.Sprintf("the owner has looked: %v", looked), func(t *testing.T) {
			t.Parallel()
			e := newExchange(t)
			set := fresh(t, once+`, "guard": {"per_ip": {"minute": 0, "hour": 0, "day": 0}}`)
			if looked {
				set = replaced(t, set, `"guard": {`, `"limits": {"calls_day": 23}, "guard": {"countries": ["US", "CA"], `)
			}
			l := e.serving(t, set)
			code := map[bool]string{true: "", false: "country_not_served"}[looked]
			for n := range most + 1 {
				l.until(l.ask(fmt.Sprintf("+1212556%04d", n)).ID, "sms_sent")
			}
			e.quiet(t)
			// The last of a day is not made: nothing would be left for the visitor's leg.
			if got := e.calls(counter); got != most-1 {
				t.Errorf("the shop was rung %d times, want %d", got, most-1)
			}
			if got := l.post(map[string]any{"visitor_number": "+14165550123"}); got.Code != code {
				t.Errorf("a visitor from Canada is answered %+v", got)
			}
		})
	}
}

func TestAFileThatNamesLimitsOrCountriesCountsAsHavingLooked(t *testing.T) {
	for _, c := range []struct {
		name, file string
		status     int
		looked     bool
	}{
		{"limits", `{"limits": {"calls_day": 20}}`, 0, true},
		{"limits without a value", `{"limits": {}}`, 0, true},
		{"guard.countries", `{"guard": {"countries": ["DE"]}}`, 0, true},
		{"another key of guard", `{"guard": {"per_number_day": 2}}`, 0, false},
		{"a file that is refused", `{"limits": {"calls_day": -1}}`, 2, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := launch(t, &lines{}, nil, t.TempDir(), "-settings", fileWith(t, `{"business": {"country": "DE"}}`))
			if status, _, errs := command(t, "settings", "-data", l.data, fileWith(t, c.file)); status != c.status {
				t.Errorf("status %d, %q", status, errs)
			}
			// Until then the countries follow the shop's own.
			l.applied(t, `{"business": {"country": "FR"}}`)
			want := map[bool]string{true: "DE", false: "FR"}[c.looked]
			if got := l.form().Countries; len(got) != 1 || got[0] != want {
				t.Errorf("it serves %v, want %s", got, want)
			}
		})
	}
}
