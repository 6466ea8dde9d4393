package settings

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheContractsExampleIsTakenWhole(t *testing.T) {
	got := merged(t, fresh(), contractFile(t))
	want := fresh()
	want.Business = Business{
		Name: "Ann's Bakery", Country: "US", Language: "en",
		Phones:     []Phone{{Label: "Counter", Number: "+12125550101", RingSeconds: 20}},
		SMSNumbers: []string{"+12125550101"}, Line: 1, Ring: InTurn, PublicPhone: "+12125550199",
	}
	want.Twilio = Twilio{AccountSID: "AC00000000000000000000000000000001", Number: "+12125550100"}
	want.Tunnel = Tunnel{Kind: Ngrok, Domain: "anns-bakery.ngrok.app"}
	want.Hours.Week.Mon = []string{"09:00-12:30", "13:30-17:00"}
	want.Hours.Week.Tue = []string{"09:00-17:00"}
	want.Hours.Week.Sat, want.Hours.Week.Sun = []string{}, []string{}
	want.Hours.Dates = map[string][]string{"2026-12-24": {"09:00-12:00"}, "2026-12-25": {}}
	want.Hours.Holidays = "US"
	want.Form.Origins, want.Form.ConsentText = []string{"https://anns-bakery.example"}, "…"
	want.Guard.Captcha, want.Guard.Countries = Captcha{Kind: Altcha}, []string{"US", "CA"}
	want.Guard.NumbersPerVisitorHour, want.Guard.VisitorsPerNumberHour = 3, 3
	want.Limits.CallsDay, want.Limits.SpendDayUSD = 200, 20
	want.RetryVisitor.Attempts = 2
	want.Privacy = Privacy{KeepRequestsDays: 365, KeepEventsDays: 730}
	want.Looked, want.Unset = true, nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("merged (-want +got):\n%s", diff)
	}
}

func TestWhatAFileChanges(t *testing.T) {
	base := func(t *testing.T) Settings { return merged(t, fresh(), contractFile(t)) }
	for name, c := range map[string]struct {
		file string
		want func(*Settings)
	}{
		"an empty object changes nothing":                {`{}`, func(*Settings) {}},
		"empty objects change nothing":                   {`{"hours": {"week": {}, "dates": {}}, "guard": {"per_ip": {}}}`, func(*Settings) {}},
		"a key leaves its neighbours alone":              {`{"guard": {"per_ip": {"hour": 7}}}`, func(s *Settings) { s.Guard.PerIP.Hour = 7 }},
		"a list is replaced whole":                       {`{"hours": {"week": {"mon": ["10:00-11:00"]}}}`, func(s *Settings) { s.Hours.Week.Mon = []string{"10:00-11:00"} }},
		"a list can be emptied":                          {`{"business": {"phones": []}}`, func(s *Settings) { s.Business.Phones = []Phone{} }},
		"a text can be emptied":                          {`{"business": {"public_phone": ""}}`, func(s *Settings) { s.Business.PublicPhone = "" }},
		"a date is added to the others":                  {`{"hours": {"dates": {"2028-02-29": ["10:00-11:00"]}}}`, func(s *Settings) { s.Hours.Dates["2028-02-29"] = []string{"10:00-11:00"} }},
		"null removes a date":                            {`{"hours": {"dates": {"2026-12-24": null}}}`, func(s *Settings) { delete(s.Hours.Dates, "2026-12-24") }},
		"null for a date that is not there does nothing": {`{"hours": {"dates": {"2027-01-01": null}}}`, func(*Settings) {}},
		"another kind of address keeps the old domain": {`{"tunnel": {"kind": "address", "url": "https://call.anns-bakery.example:8443"}}`, func(s *Settings) {
			s.Tunnel.Kind, s.Tunnel.URL = OwnAddress, "https://call.anns-bakery.example:8443"
		}},
		"a phone gets a label and a time to ring where the file gives none": {`{"business": {"phones": [{"number": "+12125550101"}, {"number": "+12125550102", "label": "Back"}]}}`, func(s *Settings) {
			s.Business.Phones = []Phone{{"Phone 1", "+12125550101", 20}, {"Back", "+12125550102", 20}}
		}},
		"1e1 and 2.0 are whole numbers": {`{"limits": {"texts_day": 1e1, "call_minutes": 2.0}}`, func(s *Settings) { s.Limits.TextsDay, s.Limits.CallMinutes = 10, 2 }},
		"money can have cents":          {`{"limits": {"spend_day_usd": 0.29}}`, func(s *Settings) { s.Limits.SpendDayUSD = 0.29 }},
		"0 is no limit":                 {`{"limits": {"calls_day": 0}}`, func(s *Settings) { s.Limits.CallsDay = 0 }},
		"an interval may pass midnight": {`{"hours": {"week": {"fri": ["18:00-02:00"]}}}`, func(s *Settings) { s.Hours.Week.Fri = []string{"18:00-02:00"} }},
		"an interval may end at midnight, either way": {`{"hours": {"week": {"fri": ["18:00-24:00"], "sat": ["18:00-00:00"]}}}`, func(s *Settings) {
			s.Hours.Week.Fri, s.Hours.Week.Sat = []string{"18:00-24:00"}, []string{"18:00-00:00"}
		}},
		"intervals may touch":                           {`{"hours": {"week": {"fri": ["12:00-14:00", "10:00-12:00"]}}}`, func(s *Settings) { s.Hours.Week.Fri = []string{"12:00-14:00", "10:00-12:00"} }},
		"http is an origin on this computer":            {`{"form": {"origins": ["http://localhost:3000", "http://127.0.0.1"]}}`, func(s *Settings) { s.Form.Origins = []string{"http://localhost:3000", "http://127.0.0.1"} }},
		"a byte order mark is passed over":              {"\uFEFF" + `{"business": {"name": "B"}}`, func(s *Settings) { s.Business.Name = "B" }},
		"letters of all scripts and emoji are a name":   {`{"business": {"name": "כלבו 👩‍🍳"}}`, func(s *Settings) { s.Business.Name = "כלבו 👩‍🍳" }},
		"a consent text may have lines":                 {`{"form": {"consent_text": "a\nb"}}`, func(s *Settings) { s.Form.ConsentText = "a\nb" }},
		"a pause may end in any zone":                   {`{"hours": {"paused_until": "2026-12-24T18:00:00+01:00"}}`, func(s *Settings) { s.Hours.PausedUntil = "2026-12-24T18:00:00+01:00" }},
		"a hosted captcha has its key":                  {`{"guard": {"captcha": {"kind": "turnstile", "site_key": "0x4"}}}`, func(s *Settings) { s.Guard.Captcha = Captcha{Turnstile, "0x4"} }},
		"once looked at, countries no longer follow":    {`{"business": {"country": "DE"}}`, func(s *Settings) { s.Business.Country = "DE" }},
		"services to notify are taken as they are":      {`{"notify": {"urls": ["ntfy://user:secret@host/topic"]}}`, func(s *Settings) { s.Notify.URLs = []string{"ntfy://user:secret@host/topic"} }},
		"an odd order of keys and blanks means nothing": {" {\n\"retry\"\t: { \"after_minutes\":[ 1 ] , \"attempts\":10 } }\n\n", func(s *Settings) { s.Retry = Retry{10, []int{1}} }},
	} {
		t.Run(name, func(t *testing.T) {
			want := base(t)
			c.want(&want)
			if diff := cmp.Diff(want, merged(t, base(t), c.file)); diff != "" {
				t.Errorf("merged (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEachFaultNamesItsPlaceAndWhatIsAllowed(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"the contract's own example":       {`{"hours": {"week": {"mon": ["9-17"]}}}`, `hours.week.mon[0]: "9-17" is not HH:MM-HH:MM`},
		"an hour that no clock has":        {`{"hours": {"week": {"mon": ["09:00-24:01"]}}}`, `hours.week.mon[0]: "09:00-24:01" is not HH:MM-HH:MM`},
		"24:00 begins nothing":             {`{"hours": {"week": {"mon": ["24:00-09:00"]}}}`, `hours.week.mon[0]: "24:00-09:00" is not HH:MM-HH:MM`},
		"an interval without length":       {`{"hours": {"dates": {"2026-12-24": ["09:00-09:00"]}}}`, `hours.dates.2026-12-24[0]: "09:00-09:00" ends when it begins; the whole day is 00:00-24:00`},
		"intervals that overlap":           {`{"hours": {"week": {"tue": ["09:00-12:00", "11:59-13:00"]}}}`, `hours.week.tue[1]: "11:59-13:00" overlaps "09:00-12:00"`},
		"an interval beside the whole day": {`{"hours": {"dates": {"2026-12-24": ["00:00-24:00", "18:00-02:00"]}}}`, `hours.dates.2026-12-24[1]: "18:00-02:00" overlaps "00:00-24:00"`},
		"the same interval twice":          {`{"hours": {"week": {"tue": ["09:00-12:00", "09:00-12:00"]}}}`, `hours.week.tue[1]: "09:00-12:00" overlaps "09:00-12:00"`},
		"a day that no year has":           {`{"hours": {"dates": {"2027-02-29": []}}}`, `hours.dates.2027-02-29: "2027-02-29" is not a date, YYYY-MM-DD`},
		"a date that is none":              {`{"hours": {"dates": {"xmas": null}}}`, `hours.dates.xmas: "xmas" is not a date, YYYY-MM-DD`},
		"a zone that does not exist":       {`{"hours": {"timezone": "America/Gotham"}}`, `hours.timezone: "America/Gotham" is not a time zone such as America/New_York`},
		"a zone outside the zones":         {`{"hours": {"timezone": "../etc/passwd"}}`, `hours.timezone: "../etc/passwd" is not a time zone such as America/New_York`},
		"no zone":                          {`{"hours": {"timezone": ""}}`, `hours.timezone: "" is not a time zone such as America/New_York`},
		"a pause without a time":           {`{"hours": {"paused_until": "tomorrow"}}`, `hours.paused_until: "tomorrow" is not a time such as 2026-12-24T18:00:00Z`},
		"a word that is not in the list":   {`{"hours": {"after_hours": "call"}}`, `hours.after_hours: "call" is not one of text_only, text_and_schedule, call_anyway`},
		"a calling code is no country":     {`{"business": {"country": "+1"}}`, `business.country: "+1" is not a country, written as US`},
		"a country in small letters":       {`{"guard": {"countries": ["US", "de"]}}`, `guard.countries[1]: "de" is not a country, written as US`},
		"no country served":                {`{"guard": {"countries": []}}`, `guard.countries: is empty; it needs an entry at least`},
		"a country twice":                  {`{"guard": {"countries": ["US", "CA", "US"]}}`, `guard.countries[2]: "US" is in the list twice`},
		"a number that no phone can have":  {`{"business": {"phones": [{"number": "+15551234567"}]}}`, `business.phones[0].number: "+15551234567" is not a phone number that can be called, written as +12125550101`},
		"a number as people write it":      {`{"business": {"sms_numbers": ["(212) 555-0101"]}}`, `business.sms_numbers[0]: "(212) 555-0101" is not a phone number that can be called, written as +12125550101`},
		"a phone without a number":         {`{"business": {"phones": [{"label": "Counter"}]}}`, `business.phones[0].number: is missing`},
		"a phone twice":                    {`{"business": {"phones": [{"number": "+12125550101"}, {"number": "+12125550101"}]}}`, `business.phones[1].number: "+12125550101" is business.phones[0] already`},
		"a label that says nothing":        {`{"business": {"phones": [{"number": "+12125550101", "label": " "}]}}`, `business.phones[0].label: " " is empty; a phone's label says which phone it is`},
		"too short a ring":                 {`{"business": {"phones": [{"number": "+12125550101", "ring_seconds": 4}]}}`, `business.phones[0].ring_seconds: 4 is not from 5 to 60`},
		"too long a ring":                  {`{"business": {"phones": [{"number": "+12125550101", "ring_seconds": 61}]}}`, `business.phones[0].ring_seconds: 61 is not from 5 to 60`},
		"no line":                          {`{"business": {"line": 0}}`, `business.line: 0 is not from 1 to 50`},
		"half a line":                      {`{"business": {"line": 1.5}}`, `business.line: must be a whole number, not a number`},
		"a number in quotes":               {`{"business": {"line": "1"}}`, `business.line: must be a whole number, not text`},
		"null removes nothing but a date":  {`{"business": {"name": null}}`, `business.name: must be text, not null`},
		"a section that is a list":         {`{"business": []}`, `business: must be an object {…}, not a list`},
		"a date's hours as text":           {`{"hours": {"dates": {"2026-12-24": "09:00-12:00"}}}`, `hours.dates.2026-12-24: must be null or a list, not text`},
		"dates that are null":              {`{"hours": {"dates": null}}`, `hours.dates: must be an object {…}, not null`},
		"a file that is a list":            {`[]`, `settings: must be an object {…}, not a list`},
		"a file that is null":              {`null`, `settings: must be an object {…}, not null`},
		"a name with a line break":         {`{"business": {"name": "a\nb"}}`, `business.name: "a\nb" holds a line break or an invisible character`},
		"a name that turns writing around": {`{"business": {"name": "a\u202eb"}}`, `business.name: "a\u202eb" holds a line break or an invisible character`},
		"too long a name":                  {`{"business": {"name": "` + strings.Repeat("é", 121) + `"}}`, `business.name: has 121 characters; at most 120 are allowed`},
		"a mail address with a name":       {`{"business": {"public_email": "Ann <ann@example.com>"}}`, `business.public_email: "Ann <ann@example.com>" is not a mail address such as ann@example.com`},
		"a page that runs a script":        {`{"business": {"privacy_url": "javascript:alert(1)"}}`, `business.privacy_url: "javascript:alert(1)" is not a page's address such as https://anns-bakery.example/privacy`},
		"an address without its URL":       {`{"tunnel": {"kind": "address"}}`, `tunnel.url: is needed with tunnel.kind address`},
		"ngrok without a domain":           {`{"tunnel": {"kind": "ngrok"}}`, `tunnel.domain: is needed with tunnel.kind ngrok`},
		"a public address without TLS":     {`{"tunnel": {"kind": "address", "url": "http://a.example"}}`, `tunnel.url: "http://a.example" is not https://host or https://host:port`},
		"a public address with a path":     {`{"tunnel": {"kind": "address", "url": "https://a.example/"}}`, `tunnel.url: "https://a.example/" is not https://host or https://host:port`},
		"a domain that is a URL":           {`{"tunnel": {"kind": "ngrok", "domain": "https://a.ngrok.app"}}`, `tunnel.domain: "https://a.ngrok.app" is not a host name such as anns-bakery.ngrok.app`},
		"a header that is none":            {`{"tunnel": {"client_ip_header": "X-Real-IP: 1"}}`, `tunnel.client_ip_header: "X-Real-IP: 1" is not the name of a header, such as X-Real-IP`},
		"a hosted captcha without its key": {`{"guard": {"captcha": {"kind": "hcaptcha"}}}`, `guard.captcha.site_key: is needed with guard.captcha.kind hcaptcha`},
		"a colour by its name":             {`{"form": {"accent": "green"}}`, `form.accent: "green" is not a colour such as #0b6e4f`},
		"a field that cannot be asked":     {`{"form": {"ask": ["name", "age"]}}`, `form.ask[1]: "age" is not one of name, email, message`},
		"a language that is not spoken":    {`{"form": {"languages": ["en", "de"]}}`, `form.languages[1]: "de" is not one of en, es`},
		"no round":                         {`{"retry": {"attempts": 0}}`, `retry.attempts: 0 is not from 1 to 10`},
		"a plan without a time":            {`{"retry_visitor": {"after_minutes": []}}`, `retry_visitor.after_minutes: is empty; it needs an entry at least`},
		"a round at once":                  {`{"retry": {"after_minutes": [5, 0]}}`, `retry.after_minutes[1]: 0 is not from 1 to 10080`},
		"a limit below none":               {`{"limits": {"texts_day": -1}}`, `limits.texts_day: -1 is not from 0 to 1000000`},
		"half a cent":                      {`{"limits": {"spend_day_usd": 0.005}}`, `limits.spend_day_usd: 0.005 is not in whole cents`},
		"a number without end":             {`{"limits": {"texts_day": 1e999999999}}`, `limits.texts_day: is a number too large for any setting`},
		"a talk longer than Twilio allows": {`{"limits": {"call_minutes": 241}}`, `limits.call_minutes: 241 is not from 0 to 240`},
		"a key nearly right":               {`{"guard": {"captch": {"kind": "none"}}}`, `guard.captch: unknown key; did you mean captcha?`},
		"a key in capitals":                {`{"Business": {}}`, `Business: unknown key; did you mean business?`},
		"a key far from all":               {`{"twilio": {"auth_token": "x"}}`, `twilio.auth_token: unknown key; allowed are account_sid, number`},
		"a key in a phone":                 {`{"business": {"phones": [{"number": "+12125550101", "colour": "red"}]}}`, `business.phones[0].colour: unknown key; allowed are label, number, ring_seconds`},
		"a key with a line break":          {`{"notify": {"a\nb": 1}}`, `notify."a\nb": unknown key; allowed are desktop, urls`},
		"a key given twice":                {`{"retry": {"attempts": 2, "attempts": 3}}`, `retry.attempts: is given twice`},
		"a section given twice":            {`{"retry": {}, "limits": {}, "retry": {}}`, `retry: is given twice`},
		"text after the end":               {`{} {}`, `line 1, column 4: not JSON: invalid character '{' after top-level value`},
		"a comma too many":                 {"{\n  \"retry\": {},\n}", `line 3, column 1: not JSON: invalid character '}' looking for beginning of object key string`},
		"a file cut off":                   {`{"retry": {`, `line 1, column 11: not JSON: unexpected end of JSON input`},
		"an empty file":                    {" \n", `settings: the file is empty; it must be a JSON object, {} at least`},
		"a file in another encoding":       {"{\"business\": {\"name\": \"Caf\xe9\"}}", `settings: the file is not UTF-8 text`},
		"the Twilio number as a phone":     {`{"twilio": {"number": "+12125550100"}, "business": {"phones": [{"number": "+12125550100"}]}}`, `business.phones[0].number: "+12125550100" is twilio.number, which cannot call or text itself; give a phone of the shop`},
		"the Twilio number for texts":      {`{"twilio": {"number": "+12125550100"}, "business": {"sms_numbers": ["+12125550100"]}}`, `business.sms_numbers[0]: "+12125550100" is twilio.number, which cannot call or text itself; give a phone of the shop`},
		"more phones than a Dial can ring": {`{"business": {"phones": [` + strings.Repeat(`{"number": "+12125550101"},`, 10) + `{"number": "+12125550101"}]}}`, `business.phones: has 11 entries; at most 10 are allowed`},
	} {
		t.Run(name, func(t *testing.T) {
			got, faults := Merge(fresh(), []byte(c.file))
			if faults.Error() != c.want {
				t.Errorf("got\n%s\nwant\n%s", faults.Error(), c.want)
			}
			if diff := cmp.Diff(fresh(), got); diff != "" {
				t.Errorf("a faulty file changed something:\n%s", diff)
			}
		})
	}
}

func TestAllFaultsAreSaidAtOnceInTheOrderOfTheFile(t *testing.T) {
	_, faults := Merge(fresh(), []byte(`{
		"retry": {"attempts": 99, "after_minutes": ["5", 0]},
		"tunnel": {"kind": "address", "domain": 5},
		"hours": {"week": {"mon": ["9-17", 8], "fri": ["09:00-12:00", "10:00-11:00"]}, "dates": {"2026-13-01": ["x"]}},
		"colour": "red",
		"business": {"phones": [{"label": "", "number": "1"}], "line": 0, "line": 0}
	}`))
	want := `retry.attempts: 99 is not from 1 to 10
retry.after_minutes[0]: must be a whole number, not text
retry.after_minutes[1]: 0 is not from 1 to 10080
tunnel.url: is needed with tunnel.kind address
tunnel.domain: must be text, not a number
hours.week.mon[0]: "9-17" is not HH:MM-HH:MM
hours.week.mon[1]: must be text, not a number
hours.week.fri[1]: "10:00-11:00" overlaps "09:00-12:00"
hours.dates.2026-13-01: "2026-13-01" is not a date, YYYY-MM-DD
hours.dates.2026-13-01[0]: "x" is not HH:MM-HH:MM
colour: unknown key; allowed are business, form, guard, hours, limits, notify, privacy, retry, retry_visitor, tunnel, twilio
business.phones[0].label: "" is empty; a phone's label says which phone it is
business.phones[0].number: "1" is not a phone number that can be called, written as +12125550101
business.line: is given twice`
	if diff := cmp.Diff(want, faults.Error()); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func TestAnOriginIsTakenOnlyAsBrowsersWriteIt(t *testing.T) {
	for origin, right := range map[string]bool{
		"https://anns-bakery.example":       true,
		"https://anns-bakery.example:8443":  true,
		"https://xn--bcker-gra.example":     true,
		"http://localhost":                  true,
		"http://[::1]:3000":                 true,
		"https://192.0.2.1":                 true,
		"":                                  false,
		"*":                                 false,
		"null":                              false,
		"anns-bakery.example":               false,
		"https://":                          false,
		"https://*.example":                 false,
		"https://anns-bakery.example/":      false,
		"https://anns-bakery.example/shop":  false,
		"https://anns-bakery.example?":      false,
		"https://anns-bakery.example#":      false,
		"https://anns-bakery.example:443":   false,
		"https://anns-bakery.example:":      false,
		"https://anns-bakery.example:0":     false,
		"https://anns-bakery.example:080":   false,
		"https://anns-bakery.example:99999": false,
		"https://Anns-Bakery.example":       false,
		"HTTPS://anns-bakery.example":       false,
		"https://bäcker.example":            false,
		"https://ann@anns-bakery.example":   false,
		"https://a b.example":               false,
		"https://[0:0::1]":                  false,
		"http://anns-bakery.example":        false,
		"http://localhost.evil.example":     false,
		"ftp://anns-bakery.example":         false,
	} {
		t.Run(origin, func(t *testing.T) {
			if err := checkOrigin(origin); (err == nil) != right {
				t.Errorf("got %v, want right: %t", err, right)
			}
		})
	}
}

func TestASecretIsNeverRepeatedInAFault(t *testing.T) {
	const secret = "hunter2"
	for name, file := range map[string]string{
		"a service that is none":            `{"notify": {"urls": ["hunter2"]}}`,
		"a service that cannot be read":     `{"notify": {"urls": ["smtp://u:hunter2@[host"]}}`,
		"services that are no list":         `{"notify": {"urls": "smtp://u:hunter2@host"}}`,
		"the token in place of the account": `{"twilio": {"account_sid": "hunter2"}}`,
		"a password in an origin":           `{"form": {"origins": ["https://ann:hunter2@a.example"]}}`,
		"a password in the public address":  `{"tunnel": {"kind": "address", "url": "https://ann:hunter2@a.example"}}`,
		"a password in a page":              `{"business": {"privacy_url": "https://ann:hunter2@a.example"}}`,
		"a token under a key of its own":    `{"twilio": {"auth_token": "hunter2"}}`,
		"a token in a broken file":          `{"twilio": {"auth_token": "hunter2" "x"`,
	} {
		t.Run(name, func(t *testing.T) {
			_, faults := Merge(fresh(), []byte(file))
			if len(faults) != 1 {
				t.Errorf("got %d faults, want 1:\n%v", len(faults), faults)
			}
			if strings.Contains(faults.Error(), secret) {
				t.Errorf("the fault repeats it: %v", faults)
			}
		})
	}
}

func TestALongValueIsCutAndEachFaultStaysOnItsLine(t *testing.T) {
	_, faults := Merge(fresh(), []byte(`{"form": {"accent": "a\nb`+strings.Repeat("x", 500)+`"}}`))
	if got := faults.Error(); len(faults) != 1 || strings.Contains(got, "\n") || len(got) > 200 {
		t.Errorf("got %q", got)
	}
}

func TestCountriesFollowTheShopUntilTheLimitsWereLookedAt(t *testing.T) {
	s := merged(t, fresh(), `{"business": {"country": "DE"}}`)
	if diff := cmp.Diff([]string{"DE"}, s.Guard.Countries); diff != "" || s.Looked || s.Limits.CallsDay != 20 {
		t.Errorf("got %v, looked %t, %d calls", s.Guard.Countries, s.Looked, s.Limits.CallsDay)
	}
	for name, c := range map[string]struct {
		file string
		want bool
	}{
		"limits, be they empty, were looked at":    {`{"limits": {}}`, true},
		"guard.countries are limits, too":          {`{"guard": {"countries": ["DE"]}}`, true},
		"another key of guard is not":              {`{"guard": {"per_number_day": 2}}`, false},
		"a faulty file was not taken, so not seen": {`{"limits": {"calls_day": -1}}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got, _ := Merge(s, []byte(c.file)); got.Looked != c.want {
				t.Errorf("got looked %t, want %t", got.Looked, c.want)
			}
		})
	}
}

func TestMergeLeavesWhatItWasGivenAlone(t *testing.T) {
	current := merged(t, fresh(), contractFile(t))
	_ = merged(t, current, `{"hours": {"dates": {"2026-12-24": null}, "week": {"mon": []}}, "business": {"phones": [{"number": "+12125550102"}]}}`)
	if diff := cmp.Diff(merged(t, fresh(), contractFile(t)), current); diff != "" {
		t.Errorf("current changed:\n%s", diff)
	}
}
