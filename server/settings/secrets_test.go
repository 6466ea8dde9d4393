package settings

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func env(vars map[string]string) func(string) string {
	return func(name string) string { return vars[name] }
}

func TestSecretsComeFromTheEnvironmentByTheContractsNames(t *testing.T) {
	got, err := FromEnv(env(map[string]string{
		"TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000001", "TWILIO_AUTH_TOKEN": "a",
		"NGROK_AUTHTOKEN": "b", "RINGBACK_CAPTCHA_SECRET": "c",
	}))
	want := Secrets{AccountSID: "AC00000000000000000000000000000001", TwilioToken: "a", NgrokToken: "b", CaptchaSecret: "c"}
	if err != nil || got != want {
		t.Errorf("got other secrets, or %v", err)
	}
	if got, err := FromEnv(env(nil)); err != nil || got != (Secrets{}) {
		t.Errorf("an empty environment: %v", err)
	}
}

func TestAWrongAccountInTheEnvironmentIsNamedButNotRepeated(t *testing.T) {
	_, err := FromEnv(env(map[string]string{"TWILIO_ACCOUNT_SID": "hunter2"}))
	if err == nil || !strings.Contains(err.Error(), "TWILIO_ACCOUNT_SID") || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("got %v", err)
	}
}

func TestTheEnvironmentsAccountStandsInWhereItIsSet(t *testing.T) {
	s := merged(t, fresh(), liveFile)
	if got := (Secrets{AccountSID: "AC00000000000000000000000000000002"}).Fill(s); got.Twilio.AccountSID != "AC00000000000000000000000000000002" {
		t.Errorf("got %s", got.Twilio.AccountSID)
	}
	if diff := cmp.Diff(s, Secrets{}.Fill(s)); diff != "" {
		t.Errorf("no account changed something:\n%s", diff)
	}
}

func TestSecretsPrintedByMistakeAreNotSeen(t *testing.T) {
	secrets := Secrets{TwilioToken: "hunter2", NgrokToken: "hunter2", CaptchaSecret: "hunter2"}
	var out bytes.Buffer
	slog.New(slog.NewJSONHandler(&out, nil)).Info("start", "secrets", secrets)
	fmt.Fprintf(&out, "%v %+v %#v %s %v", secrets, secrets, secrets, secrets, &secrets)
	_ = json.NewEncoder(&out).Encode(secrets)
	if strings.Contains(out.String(), "hunter2") {
		t.Errorf("got %s", out.String())
	}
}
