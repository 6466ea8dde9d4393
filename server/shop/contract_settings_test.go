package shop_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The contract's section on the settings file, on the built program: what a file may be,
// and what it does to the settings. What the settings then do is in contract_hours_test.go,
// contract_limits_test.go and contract_live_test.go.

// freshShop is what a shop starts with on a computer in Berlin that speaks German.
const freshShop = `{
	"business": {"name": "", "country": "DE", "language": "en", "phones": [], "sms_numbers": [], "line": 1, "ring": "in_turn",
		"public_phone": "", "public_email": "", "address": "", "privacy_url": ""},
	"twilio": {"account_sid": "", "number": ""},
	"tunnel": {"kind": "none"},
	"hours": {"timezone": "Europe/Berlin",
		"week": {"mon": ["00:00-24:00"], "tue": ["00:00-24:00"], "wed": ["00:00-24:00"], "thu": ["00:00-24:00"], "fri": ["00:00-24:00"], "sat": ["00:00-24:00"], "sun": ["00:00-24:00"]},
		"dates": {}, "holidays": "", "after_hours": "text_and_schedule", "paused_until": ""},
	"form": {"origins": [], "ask": ["name", "message"], "consent": "notice", "consent_text": "", "accent": "#0b6e4f", "languages": ["en", "es"]},
	"guard": {"captcha": {"kind": "none"}, "verify_phone": "never", "countries": ["DE"],
		"per_ip": {"minute": 5, "hour": 50, "day": 200}, "per_number_day": 3, "numbers_per_visitor_hour": 0, "visitors_per_number_hour": 0},
	"limits": {"requests_day": 2000, "calls_day": 20, "texts_day": 200, "call_minutes": 60, "spend_day_usd": 20},
	"retry": {"attempts": 3, "after_minutes": [5, 30]},
	"retry_visitor": {"attempts": 2, "after_minutes": [15]},
	"privacy": {"keep_requests_days": 365, "keep_events_days": 730},
	"notify": {"desktop": true}
}`

// another has another value than a fresh shop at each key, those that are secrets left out.
const another = `{
	"business": {"name": "Ann's Bakery", "country": "US", "language": "es",
		"phones": [{"label": "Counter", "number": "+12125550101", "ring_seconds": 25}, {"label": "Back", "number": "+12125550102", "ring_seconds": 30}],
		"sms_numbers": ["+12125550103"], "line": 2, "ring": "all_at_once",
		"public_phone": "+12125550199", "public_email": "ann@bakery.example", "address": "1 Main St", "privacy_url": "https://anns-bakery.example/privacy"},
	"twilio": {"account_sid": "AC00000000000000000000000000000001", "number": "+12125550100"},
	"tunnel": {"kind": "ngrok", "domain": "anns-bakery.ngrok.app", "url": "https://call.anns-bakery.example", "client_ip_header": "X-Real-IP"},
	"hours": {"timezone": "America/New_York",
		"week": {"mon": ["09:00-12:30", "13:30-17:00"], "tue": ["09:00-17:00"], "wed": ["18:00-02:00"], "thu": ["00:00-12:00"], "fri": ["12:00-24:00"], "sat": [], "sun": []},
		"dates": {"2026-12-24": ["09:00-12:00"], "2026-12-25": []}, "holidays": "US", "after_hours": "call_anyway", "paused_until": "2020-01-01T00:00:00Z"},
	"form": {"origins": ["https://anns-bakery.example"], "ask": ["email"], "consent": "tick", "consent_text": "Call me.", "accent": "#112233", "languages": ["es"]},
	"guard": {"captcha": {"kind": "turnstile", "site_key": "0x4"}, "verify_phone": "when_odd", "countries": ["US", "CA"],
		"per_ip": {"minute": 6, "hour": 51, "day": 201}, "per_number_day": 4, "numbers_per_visitor_hour": 3, "visitors_per_number_hour": 5},
	"limits": {"requests_day": 2001, "calls_day": 200, "texts_day": 201, "call_minutes": 61, "spend_day_usd": 20.5},
	"retry": {"attempts": 4, "after_minutes": [6]},
	"retry_visitor": {"attempts": 3, "after_minutes": [16, 17]},
	"privacy": {"keep_requests_days": 366, "keep_events_days": 731},
	"notify": {"desktop": false}
}`

// object is JSON as a test compares it.
func object(t *testing.T, text string) (whole map[string]any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &whole); err != nil {
		t.Fatal(err)
	}
	return whole
}

// at is the value at a path of names.
func at(whole map[string]any, path string) any {
	names := strings.Split(path, ".")
	for _, name := range names[:len(names)-1] {
		whole, _ = whole[name].(map[string]any)
	}
	return whole[names[len(names)-1]]
}

func TestAFreshShopStartsWithTheContractsValues(t *testing.T) {
	data := filepath.Join(t.TempDir(), "none")
	env := []string{"HOME=" + t.TempDir(), "TZ=Europe/Berlin", "LC_ALL=de_DE.UTF-8"}
	printed := func() string {
		status, out, errs := commandIn(t, env, "settings", "-data", data)
		if status != 0 || errs != "" {
			t.Fatalf("status %d, %q, %q", status, out, errs)
		}
		return out
	}
	if diff := cmp.Diff(object(t, freshShop), object(t, printed())); diff != "" {
		t.Errorf("before its first start (-want +got):\n%s", diff)
	}
	launch(t, &lines{}, env[1:], data)
	if diff := cmp.Diff(object(t, freshShop), object(t, printed())); diff != "" {
		t.Errorf("while it runs (-want +got):\n%s", diff)
	}
}

// leaves counts the values that are no objects, and says which of them differ.
func leaves(a, b map[string]any, path string) (n int, same []string) {
	for name, v := range a {
		in, isObject := v.(map[string]any)
		other, _ := b[name].(map[string]any)
		if isObject && other != nil && name != "dates" {
			more, alike := leaves(in, other, path+"."+name)
			n, same = n+more, append(same, alike...)
			continue
		}
		n++
		if cmp.Equal(v, b[name]) {
			same = append(same, path+"."+name)
		}
	}
	return n, same
}

func TestEveryKeyIsReadKeptAndPrinted(t *testing.T) {
	want := object(t, another)
	if n, same := leaves(want, object(t, freshShop), ""); n < 50 || len(same) > 0 {
		t.Fatalf("%d keys are tried, and without another value are %v", n, same)
	}
	file := fileWith(t, another)
	for name, apply := range map[string]func(t *testing.T, data string){
		"to no program": func(t *testing.T, data string) {
			if status, _, errs := command(t, "settings", "-data", data, file); status != 0 {
				t.Errorf("status %d, %q", status, errs)
			}
		},
		"to the program that runs": func(t *testing.T, data string) { launch(t, &lines{}, nil, data).applied(t, another) },
		"before a start":           func(t *testing.T, data string) { launch(t, &lines{}, nil, data, "-settings", file).ends() },
		"in practice":              func(t *testing.T, data string) { launch(t, &lines{}, nil, data, "-practice").applied(t, another) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := t.TempDir()
			apply(t, data)
			got, text := printed(t, data)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("printed (-want +got):\n%s", diff)
			}
			if status, _, errs := command(t, "settings", "-data", data, fileWith(t, text)); status != 0 {
				t.Errorf("what was printed is refused: status %d, %q", status, errs)
			}
			if again, _ := printed(t, data); !cmp.Equal(got, again) {
				t.Errorf("what was printed changes them: %s", cmp.Diff(got, again))
			}
		})
	}
}

func TestEachWordOfTheContractIsTaken(t *testing.T) {
	l := launch(t, &lines{}, nil, t.TempDir())
	for path, words := range map[string][]string{
		"business.ring":      {"in_turn", "all_at_once"},
		"hours.after_hours":  {"text_only", "text_and_schedule", "call_anyway"},
		"form.consent":       {"notice", "tick"},
		"guard.verify_phone": {"never", "always", "when_odd"},
		"guard.captcha.kind": {"altcha", "recaptcha", "hcaptcha", "turnstile", "none"},
		"tunnel.kind":        {"ngrok", "address", "none"},
	} {
		with := map[string]string{"guard.captcha.kind": `, "site_key": "k"`, "tunnel.kind": `, "domain": "a.ngrok.app", "url": "https://a.example"`}[path]
		names := strings.Split(path, ".")
		open, closed := "", ""
		for _, name := range names[:len(names)-1] {
			open, closed = open+`{"`+name+`": `, closed+"}"
		}
		key := names[len(names)-1]
		for _, word := range words {
			l.applied(t, open+`{"`+key+`": "`+word+`"`+with+"}"+closed)
			if whole, _ := printed(t, l.data); at(whole, path) != word {
				t.Errorf("%s: printed is %v, want %s", path, at(whole, path), word)
			}
		}
		status, _, errs := command(t, "settings", "-data", l.data, fileWith(t, open+`{"`+key+`": "sometimes"}`+closed))
		if want := path + `: "sometimes" is not one of `; status != 2 || strings.Count(errs, "\n") != 1 || !strings.HasPrefix(errs, want) {
			t.Errorf("another word: status %d, %q; want %q", status, errs, want)
		}
	}
}

// faulty has a fault of each kind, and faults what is said of it.
const faulty = `{
	"business": {"name": "Bob's", "line": "1", "phones": [{"number": "12"}]},
	"hours": {"week": {"mon": ["9-17"], "tue": ["09:00-12:00", "11:00-13:00"]}, "timezone": "America/Gotham", "paused_until": "tomorrow", "dates": {"2027-02-29": []}},
	"guard": {"countries": ["+1"], "per_ip": {"minute": -1}},
	"limits": {"call_minutes": 1.5, "calls_day": null},
	"tunnel": {"kind": "address", "url": ""},
	"colour": "red"
}`

const faults = `business.line: must be a whole number, not text
business.phones[0].number: "12" is not a phone number that can be called, written as +12125550101
hours.week.mon[0]: "9-17" is not HH:MM-HH:MM
hours.week.tue[1]: "11:00-13:00" overlaps "09:00-12:00"
hours.timezone: "America/Gotham" is not a time zone such as America/New_York
hours.paused_until: "tomorrow" is not a time such as 2026-12-24T18:00:00Z
hours.dates.2027-02-29: "2027-02-29" is not a date, YYYY-MM-DD
guard.countries[0]: "+1" is not a country, written as US
guard.per_ip.minute: -1 is not from 0 to 1000000
limits.call_minutes: must be a whole number, not a number
limits.calls_day: must be a whole number, not null
tunnel.url: is needed with tunnel.kind address
colour: unknown key; allowed are business, form, guard, hours, limits, notify, privacy, retry, retry_visitor, tunnel, twilio
`

func TestAllFaultsOfAFileAreSaidAtOnceAndNothingIsChanged(t *testing.T) {
	data, file := t.TempDir(), fileWith(t, faulty)
	if status, _, errs := command(t, "settings", "-data", data, fileWith(t, another)); status != 0 {
		t.Fatalf("status %d, %q", status, errs)
	}
	before, _ := printed(t, data)
	refused := func(when string, args ...string) {
		t.Helper()
		status, out, errs := command(t, args...)
		if status != 2 || out != "" {
			t.Errorf("%s: status %d, %q", when, status, out)
		}
		if diff := cmp.Diff(faults, errs); diff != "" {
			t.Errorf("%s (-want +got):\n%s", when, diff)
		}
		if after, _ := printed(t, data); !cmp.Equal(before, after) {
			t.Errorf("%s, something is changed: %s", when, cmp.Diff(before, after))
		}
	}
	refused("to no program", "settings", "-data", data, file)
	refused("before a start", "serve", "-data", data, "-listen", "127.0.0.1:0", "-ops", "127.0.0.1:0", "-settings", file)
	l := launch(t, &lines{}, nil, data)
	refused("to the program that runs", "settings", "-data", data, file)
	if got := l.form(); got.Business != "Ann's Bakery" {
		t.Errorf("its form shows %q", got.Business)
	}
}

func TestAKindNeedsWhatGoesWithIt(t *testing.T) {
	data := t.TempDir()
	for file, want := range map[string]string{
		`{"tunnel": {"kind": "ngrok"}}`:                                 "tunnel.domain: is needed with tunnel.kind ngrok\n",
		`{"tunnel": {"kind": "address"}}`:                               "tunnel.url: is needed with tunnel.kind address\n",
		`{"guard": {"captcha": {"kind": "recaptcha"}}}`:                 "guard.captcha.site_key: is needed with guard.captcha.kind recaptcha\n",
		`{"guard": {"captcha": {"kind": "hcaptcha"}}}`:                  "guard.captcha.site_key: is needed with guard.captcha.kind hcaptcha\n",
		`{"guard": {"captcha": {"kind": "turnstile"}}}`:                 "guard.captcha.site_key: is needed with guard.captcha.kind turnstile\n",
		`{"tunnel": {"kind": "address", "url": "http://call.example"}}`: "tunnel.url: \"http://call.example\" is not https://host or https://host:port\n",
	} {
		if status, _, errs := command(t, "settings", "-data", data, fileWith(t, file)); status != 2 || errs != want {
			t.Errorf("%s: status %d, %q; want %q", file, status, errs, want)
		}
	}
}

func TestObjectsAreMergedListsReplacedAndNullRemovesADate(t *testing.T) {
	l := launch(t, &lines{}, nil, t.TempDir(), "-settings", fileWith(t, another))
	before, _ := printed(t, l.data)
	for _, c := range []struct {
		name, file, path, want string // want is JSON; empty: the path is gone
	}{
		{"no key changes nothing", `{}`, "business.name", `"Ann's Bakery"`},
		{"an empty object changes nothing", `{"business": {}, "hours": {"week": {}, "dates": {}}}`, "hours.week.tue", `["09:00-17:00"]`},
		{"a key", `{"guard": {"per_ip": {"hour": 7}}}`, "guard.per_ip.hour", `7`},
		{"a list", `{"hours": {"week": {"mon": ["10:00-11:00"]}}}`, "hours.week.mon", `["10:00-11:00"]`},
		{"a list of phones, whose missing values are filled in", `{"business": {"phones": [{"number": "+12125550104"}]}}`, "business.phones", `[{"label": "Phone 1", "number": "+12125550104", "ring_seconds": 20}]`},
		{"an empty list", `{"form": {"origins": []}}`, "form.origins", `[]`},
		{"a date beside the others", `{"hours": {"dates": {"2026-12-31": ["09:00-10:00"]}}}`, "hours.dates.2026-12-31", `["09:00-10:00"]`},
		{"null and a date", `{"hours": {"dates": {"2026-12-24": null}}}`, "hours.dates.2026-12-24", ""},
	} {
		l.applied(t, c.file)
		after, _ := printed(t, l.data)
		want := before
		names := strings.Split(c.path, ".")
		inner := want
		for _, name := range names[:len(names)-1] {
			inner = inner[name].(map[string]any)
		}
		if c.want == "" {
			delete(inner, names[len(names)-1])
		} else {
			inner[names[len(names)-1]] = object(t, `{"v": `+c.want+`}`)["v"]
		}
		if diff := cmp.Diff(want, after); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		before = after
	}
}

func TestServicesToNotifyAreSecrets(t *testing.T) {
	const told = "telling-value"
	data := t.TempDir()
	l := launch(t, &lines{}, nil, data, "-settings", fileWith(t, `{"notify": {"urls": ["ntfy://user:`+told+`@ntfy.example/x"]}}`))
	l.applied(t, `{"notify": {"urls": ["ntfy://user:`+told+`@ntfy.example/y"]}}`)
	status, out, errs := command(t, "settings", "-data", data, fileWith(t, `{"notify": {"urls": ["`+told+`"]}}`))
	if status != 2 || strings.Contains(out+errs, told) || !strings.HasPrefix(errs, "notify.urls[0]: ") {
		t.Errorf("a wrong one: status %d, %q, %q", status, out, errs)
	}
	if _, text := printed(t, data); strings.Contains(text, told) {
		t.Errorf("printed is %s", text)
	}
	l.ends()
	if strings.Contains(l.log.String(), told) {
		t.Error("it is in the log")
	}
	nowhereElse(t, data, told)
}

// A round of practice with no phone set would ring nobody.
func TestSettingsLieInRingbackDBAndHoldForPracticeTooWhichHasAPhoneOfItsOwn(t *testing.T) {
	data := t.TempDir()
	if status, _, errs := command(t, "settings", "-data", data, fileWith(t, `{"business": {"name": "Ann's Bakery"}}`)); status != 0 {
		t.Fatalf("status %d, %q", status, errs)
	}
	l := launch(t, &lines{}, nil, data, "-practice")
	if got := l.form(); got.Business != "Ann's Bakery" {
		t.Errorf("practice shows %q", got.Business)
	}
	l.until(l.ask("+12125550123").ID, "calling")
	if got := rung(t, filepath.Join(data, "practice.db")); got != "+12125550101" {
		t.Errorf("practice rings %s", got)
	}
	l.ends()
	for file, want := range map[string]bool{"ringback.db": true, "practice.db": false} {
		text, err := os.ReadFile(filepath.Join(data, file))
		if got := bytes.Contains(text, []byte("Ann's Bakery")); err != nil || got != want {
			t.Errorf("%s holds the settings: %v, %v", file, got, err)
		}
	}
}
