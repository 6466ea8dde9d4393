package settings

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const liveFile = `{
	"business": {"phones": [{"label": "Counter", "number": "+12125550101"}]},
	"twilio": {"account_sid": "AC00000000000000000000000000000001", "number": "+12125550100"},
	"tunnel": {"kind": "address", "url": "https://call.anns-bakery.example"}
}`

var token = Secrets{TwilioToken: "t"}

func TestWhatMakesTheProgramLive(t *testing.T) {
	for name, c := range map[string]struct {
		change  string
		secrets Secrets
		missing string // a word of the one sentence; empty: live
	}{
		"all is there":                    {`{}`, token, ""},
		"the account may come in secrets": {`{"twilio": {"account_sid": ""}}`, Secrets{TwilioToken: "t", AccountSID: "AC00000000000000000000000000000002"}, ""},
		"ngrok is a public address":       {`{"tunnel": {"kind": "ngrok", "domain": "a.ngrok.app"}}`, token, ""},
		"no token":                        {`{}`, Secrets{}, "TWILIO_AUTH_TOKEN"},
		"no account":                      {`{"twilio": {"account_sid": ""}}`, token, "twilio.account_sid"},
		"no number":                       {`{"twilio": {"number": ""}}`, token, "twilio.number"},
		"no phone":                        {`{"business": {"phones": []}}`, token, "business.phones"},
		"no public address":               {`{"tunnel": {"kind": "none"}}`, token, "tunnel.kind"},
	} {
		t.Run(name, func(t *testing.T) {
			live, missing := Live(merged(t, merged(t, fresh(), liveFile), c.change), c.secrets)
			if live != (c.missing == "") || !strings.Contains(strings.Join(missing, " "), c.missing) || len(missing) > 1 {
				t.Errorf("got live %t, missing %q; want %q", live, missing, c.missing)
			}
		})
	}
}

func TestAFreshShopIsToldAllThatIsMissing(t *testing.T) {
	if live, missing := Live(fresh(), Secrets{}); live || len(missing) != 5 {
		t.Errorf("got live %t, %d sentences, want 5: %q", live, len(missing), missing)
	}
}

func TestThePublicAddressIsThatOfItsKind(t *testing.T) {
	for want, tunnel := range map[string]Tunnel{
		"":                    {Kind: NoTunnel, Domain: "a.ngrok.app", URL: "https://b.example"},
		"https://a.ngrok.app": {Kind: Ngrok, Domain: "a.ngrok.app", URL: "https://b.example"},
		"https://b.example":   {Kind: OwnAddress, Domain: "a.ngrok.app", URL: "https://b.example"},
	} {
		if got := tunnel.Address(); got != want {
			t.Errorf("%s: got %q, want %q", tunnel.Kind, got, want)
		}
	}
}

func TestWhatIsNotObeyedIsRefusedWhereItWouldBeLive(t *testing.T) {
	file := `{"guard": {"verify_phone": "always"}, ` + liveFile[1:]
	got, err := Apply(fresh(), []byte(file), token)
	var faults Faults
	if !errors.As(err, &faults) {
		t.Fatalf("got %v, want faults", err)
	}
	want := `guard.verify_phone: this version reads but does not yet obey this; only "never" is allowed in live mode`
	if faults[0].String() != want {
		t.Errorf("got %s, want %s", faults[0], want)
	}
	if diff := cmp.Diff(fresh(), got); diff != "" {
		t.Errorf("a refused file changed something:\n%s", diff)
	}
}

func TestWhatIsNotObeyedIsTakenInPractice(t *testing.T) {
	file := `{"guard": {"verify_phone": "always"}, ` + liveFile[1:]
	got, err := Apply(fresh(), []byte(file), Secrets{})
	if err != nil || got.Guard.VerifyPhone != Always {
		t.Errorf("got %v, %v", got.Guard.VerifyPhone, err)
	}
}

func TestWhatPracticeTookIsRefusedWhenAFileWouldMakeItLive(t *testing.T) {
	practised := merged(t, fresh(), `{"guard": {"verify_phone": "always"}}`)
	_, err := Apply(practised, []byte(liveFile), token)
	if err == nil || !strings.Contains(err.Error(), "guard.verify_phone: this version reads") {
		t.Errorf("got %v", err)
	}
}

func TestApplySaysEveryKindOfFaultAtOnce(t *testing.T) {
	_, err := Apply(fresh(), []byte(`{"retry": {"attempts": 0}, "guard": {"verify_phone": "always"}, `+liveFile[1:]), token)
	for _, want := range []string{"retry.attempts: 0", "guard.verify_phone: this version"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s in it", err, want)
		}
	}
}

func TestApplyGivesNoErrorForAFileWithoutFault(t *testing.T) {
	got, err := Apply(fresh(), []byte(`{"business": {"name": "Ann's"}}`), Secrets{})
	if err != nil || got.Business.Name != "Ann's" {
		t.Errorf("got %q, %v", got.Business.Name, err)
	}
	if _, err := Apply(fresh(), []byte(`{`), token); err == nil {
		t.Error("a broken file was taken")
	}
}

// Each line of the table must be a key of the file, look at that key and at
// no other, and have a neutral value that the file can say.
func TestEachKeyNotYetObeyedIsTheOneThatItNames(t *testing.T) {
	for _, key := range notYetObeyed {
		t.Run(key.path, func(t *testing.T) {
			steps := strings.Split(key.path, ".")
			file, other := asJSON(key.neutral), otherValue[key.path]
			if other == "" {
				t.Fatal("the test knows no other value for it")
			}
			for i := len(steps) - 1; i >= 0; i-- {
				file, other = `{"`+steps[i]+`": `+file+`}`, `{"`+steps[i]+`": `+other+`}`
			}
			ready := merged(t, fresh(), `{"tunnel": {"domain": "a.ngrok.app", "url": "https://call.example.com"}}`)
			if got := NotObeyed(merged(t, ready, file)); len(got) > 0 {
				t.Errorf("neutral: got %v", got)
			}
			if got := NotObeyed(merged(t, ready, other)); len(got) != 1 || got[0].Path != key.path {
				t.Errorf("another value: got %v, want %s alone", got, key.path)
			}
		})
	}
}

var otherValue = map[string]string{
	"tunnel.kind":        `"ngrok"`,
	"guard.captcha.kind": `"altcha"`, "guard.verify_phone": `"when_odd"`,
	"guard.numbers_per_visitor_hour": `3`, "guard.visitors_per_number_hour": `3`,
	"notify.urls": `["ntfy://host/topic"]`,
}
