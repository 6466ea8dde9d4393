// Package settings holds what the owner can change: its types, what a fresh
// shop starts with, the reading and checking of a settings file, and the
// secrets that the environment gives. It does not know who obeys a setting,
// where settings are kept, or whether the shop runs.
package settings

// Settings is everything that the owner can change, in the order and with the
// names of the settings file. Start from Default or Unmarshal, never from a
// zero value; change it through Apply, which checks the whole.
type Settings struct {
	Business     Business `json:"business"`
	Twilio       Twilio   `json:"twilio"`
	Tunnel       Tunnel   `json:"tunnel"`
	Hours        Hours    `json:"hours"`
	Form         Form     `json:"form"`
	Guard        Guard    `json:"guard"`
	Limits       Limits   `json:"limits"`
	Retry        Retry    `json:"retry"`
	RetryVisitor Retry    `json:"retry_visitor"`
	Privacy      Privacy  `json:"privacy"`
	Notify       Notify   `json:"notify"`

	// Looked says that the owner has looked at the limits. Until then the shop
	// serves only its own country and 20 calls a day: Guard.Countries follows
	// Business.Country. No key of the file; a file that names limits or
	// guard.countries sets it.
	Looked bool `json:"-"`

	// Unset are the keys that this version does not yet obey and that no file has named.
	// No key of the file.
	Unset []string `json:"-"`
}

// Business is the shop: how it is called, and how it is reached.
type Business struct {
	Name        string   `json:"name"`
	Country     string   `json:"country"`  // a region of number.Regions
	Language    string   `json:"language"` // what the whisper speaks: one of Languages
	Phones      []Phone  `json:"phones"`   // rung in this order
	SMSNumbers  []string `json:"sms_numbers"`
	Line        int      `json:"line"` // calls at once
	Ring        string   `json:"ring"` // InTurn or AllAtOnce
	PublicPhone string   `json:"public_phone"`
	PublicEmail string   `json:"public_email"`
	Address     string   `json:"address"`
	PrivacyURL  string   `json:"privacy_url"`
}

// Phone is one telephone of the shop.
type Phone struct {
	Label       string `json:"label"`
	Number      string `json:"number"`       // E.164
	RingSeconds int    `json:"ring_seconds"` // 5 to 60
}

// Twilio is the account, without its token: that is a secret.
type Twilio struct {
	AccountSID string `json:"account_sid"`
	Number     string `json:"number"` // E.164: what both sides see as caller
}

// Tunnel is where the public address comes from. What belongs to another kind
// than the present one is kept, so that switching back finds it again.
type Tunnel struct {
	Kind           string `json:"kind"` // Ngrok, OwnAddress or NoTunnel
	Domain         string `json:"domain,omitempty"`
	URL            string `json:"url,omitempty"`
	ClientIPHeader string `json:"client_ip_header,omitempty"`
}

// Hours is when the shop takes calls, as wall-clock times in Timezone.
type Hours struct {
	Timezone    string              `json:"timezone"` // IANA name
	Week        Week                `json:"week"`
	Dates       map[string][]string `json:"dates"`        // YYYY-MM-DD to that day's intervals
	Holidays    string              `json:"holidays"`     // the region whose public holidays are closed, or empty
	AfterHours  string              `json:"after_hours"`  // TextOnly, TextAndSchedule or CallAnyway
	PausedUntil string              `json:"paused_until"` // RFC 3339, or empty
}

// Week holds each weekday's intervals, HH:MM-HH:MM; an empty day is closed.
type Week struct {
	Mon []string `json:"mon"`
	Tue []string `json:"tue"`
	Wed []string `json:"wed"`
	Thu []string `json:"thu"`
	Fri []string `json:"fri"`
	Sat []string `json:"sat"`
	Sun []string `json:"sun"`
}

// Form is what visitors see.
type Form struct {
	Origins     []string `json:"origins"`      // sites that may embed the form, as their browsers write it
	Ask         []string `json:"ask"`          // of name, email, message, in the order shown
	Consent     string   `json:"consent"`      // Notice or Tick
	ConsentText string   `json:"consent_text"` // empty: the built-in wording, in the visitor's language
	Accent      string   `json:"accent"`       // #rrggbb
	Languages   []string `json:"languages"`    // of Languages; the first is the fallback
}

// Guard is who may ask for a call.
type Guard struct {
	Captcha               Captcha  `json:"captcha"`
	VerifyPhone           string   `json:"verify_phone"` // Never, Always or WhenOdd
	Countries             []string `json:"countries"`    // regions of the numbers that are served
	PerIP                 PerIP    `json:"per_ip"`
	PerNumberDay          int      `json:"per_number_day"`
	NumbersPerVisitorHour int      `json:"numbers_per_visitor_hour"`
	VisitorsPerNumberHour int      `json:"visitors_per_number_hour"`
}

// Captcha is how a form tells people from programs; its secret is in Secrets.
type Captcha struct {
	Kind    string `json:"kind"` // Altcha, Recaptcha, HCaptcha, Turnstile or NoCaptcha
	SiteKey string `json:"site_key,omitempty"`
}

// PerIP is how many posts one visitor's address may make; 0 is no limit.
type PerIP struct {
	Minute int `json:"minute"`
	Hour   int `json:"hour"`
	Day    int `json:"day"`
}

// Limits is what the whole shop takes and spends; 0 is no limit.
type Limits struct {
	RequestsDay int     `json:"requests_day"`
	CallsDay    int     `json:"calls_day"` // both legs counted
	TextsDay    int     `json:"texts_day"`
	CallMinutes int     `json:"call_minutes"`  // the longest single talk, in minutes
	SpendDayUSD float64 `json:"spend_day_usd"` // US dollars, whole cents
}

// Retry is a plan of rounds: how many, and the minutes before each next one.
// The last of AfterMinutes repeats.
type Retry struct {
	Attempts     int   `json:"attempts"`
	AfterMinutes []int `json:"after_minutes"`
}

// Privacy is how long things are kept, in days; 0 is without end.
type Privacy struct {
	KeepRequestsDays int `json:"keep_requests_days"`
	KeepEventsDays   int `json:"keep_events_days"`
}

// Notify is how the owner is told. URLs can hold passwords: they are secrets
// and neither printed nor marshalled.
type Notify struct {
	Desktop bool     `json:"desktop"`
	URLs    []string `json:"urls,omitempty"`
}

// What Business.Ring, Tunnel.Kind, Hours.AfterHours, Form.Consent,
// Guard.VerifyPhone and Captcha.Kind may be.
const (
	InTurn    = "in_turn"
	AllAtOnce = "all_at_once"

	Ngrok      = "ngrok"
	OwnAddress = "address"
	NoTunnel   = "none"

	TextOnly        = "text_only"
	TextAndSchedule = "text_and_schedule"
	CallAnyway      = "call_anyway"

	Notice = "notice"
	Tick   = "tick"

	Never   = "never"
	Always  = "always"
	WhenOdd = "when_odd"

	Altcha    = "altcha"
	Recaptcha = "recaptcha"
	HCaptcha  = "hcaptcha"
	Turnstile = "turnstile"
	NoCaptcha = "none"
)

// Languages are those that form and whisper speak.
func Languages() []string { return []string{"en", "es"} }
