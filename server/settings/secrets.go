package settings

import (
	"errors"
	"log/slog"
)

// Secrets is what is never in a settings file, the database, a log or a
// backup, and the account that may come with it. Printed or logged it says
// only that there are secrets.
type Secrets struct {
	AccountSID    string // where set, it stands in for twilio.account_sid
	TwilioToken   string // signs webhooks and opens the account
	NgrokToken    string
	CaptchaSecret string
}

// FromEnv takes the secrets from the environment; what is not set is empty.
// getenv is os.Getenv but in tests. The error names the variable and never
// repeats its value.
func FromEnv(getenv func(string) string) (Secrets, error) {
	s := Secrets{
		AccountSID:    getenv("TWILIO_ACCOUNT_SID"),
		TwilioToken:   getenv("TWILIO_AUTH_TOKEN"),
		NgrokToken:    getenv("NGROK_AUTHTOKEN"),
		CaptchaSecret: getenv("RINGBACK_CAPTCHA_SECRET"),
	}
	if s.AccountSID != "" && checkAccount(s.AccountSID) != nil {
		return Secrets{}, errors.New("TWILIO_ACCOUNT_SID: must be AC and 32 hexadecimal digits")
	}
	return s, nil
}

// Fill gives the settings as the secrets change them: the account stands in.
// The result is for running, not for keeping.
func (s Secrets) Fill(to Settings) Settings {
	if s.AccountSID != "" {
		to.Twilio.AccountSID = s.AccountSID
	}
	return to
}

// String keeps secrets out of whatever prints them by mistake.
func (Secrets) String() string { return "(secrets)" }

// GoString does the same for %#v.
func (Secrets) GoString() string { return "(secrets)" }

// LogValue does the same for slog.
func (Secrets) LogValue() slog.Value { return slog.StringValue("(secrets)") }

// MarshalJSON refuses: nothing may write secrets to a file by itself.
func (Secrets) MarshalJSON() ([]byte, error) {
	return nil, errors.New("secrets are never written as JSON")
}
