package settings

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/zalando/go-keyring"
)

const bus = "unix:path=/run/bus"

// vault is one of a fresh data directory, and its log.
func vault(t *testing.T, address string) (*Vault, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	return &Vault{
		Dir: t.TempDir(), Log: slog.New(slog.NewTextHandler(&log, nil)),
		Getenv: env(map[string]string{"DBUS_SESSION_BUS_ADDRESS": address}),
	}, &log
}

func (v *Vault) must(t *testing.T, name, value string) {
	t.Helper()
	if err := v.Write(t.Context(), name, value); err != nil {
		t.Fatal(err)
	}
}

func (v *Vault) has(t *testing.T, want Secrets) {
	t.Helper()
	got, err := (&Vault{Dir: v.Dir, Getenv: v.Getenv, Log: v.Log}).Read(t.Context())
	if err != nil || got != want {
		t.Errorf("kept are other secrets, %v", err)
	}
}

func TestASecretIsKeptInTheKeyring(t *testing.T) {
	keyring.MockInit()
	v, log := vault(t, bus)
	v.must(t, "TWILIO_AUTH_TOKEN", "telling-value")
	v.must(t, "NGROK_AUTHTOKEN", "b")
	v.has(t, Secrets{TwilioToken: "telling-value", NgrokToken: "b"})
	if _, err := os.Stat(v.file()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file: %v, want none", err)
	}
	kept := log.Len()
	v.must(t, "NGROK_AUTHTOKEN", "")
	if said := log.String()[kept:]; !strings.Contains(said, "kept no more") || strings.Contains(said, "kept in the keyring") {
		t.Errorf("of one that was removed the log says %s", said)
	}
	v.has(t, Secrets{TwilioToken: "telling-value"})
	if strings.Contains(log.String(), "telling-value") || !strings.Contains(log.String(), "keyring") {
		t.Errorf("the log says %s", log)
	}
	other, _ := vault(t, bus)
	other.has(t, Secrets{}) // another shop on this computer
}

func TestWithoutAKeyringASecretIsKeptInAFile(t *testing.T) {
	for _, c := range []struct {
		name, bus string
		set       func()
	}{
		{"no session bus: the keyring is never touched", "", func() { keyring.MockInit() }},
		{"a bus that would have to be started", "autolaunch:", func() { keyring.MockInit() }},
		{"no keyring on the bus, or a locked one", bus, func() { keyring.MockInitWithError(errors.New("no such name")) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.set()
			v, log := vault(t, c.bus)
			v.must(t, "TWILIO_AUTH_TOKEN", "telling-value")
			v.must(t, "RINGBACK_CAPTCHA_SECRET", "c")
			v.has(t, Secrets{TwilioToken: "telling-value", CaptchaSecret: "c"})
			info, err := os.Stat(v.file())
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("the file is %v, %v", info, err)
			}
			if !strings.Contains(log.String(), v.file()) || strings.Contains(log.String(), "telling-value") {
				t.Errorf("the log says %s", log)
			}
			if _, err := keyring.Get(keyringService, v.user("TWILIO_AUTH_TOKEN")); err == nil {
				t.Error("the keyring was asked to keep it")
			}
			v.must(t, "TWILIO_AUTH_TOKEN", "")
			v.must(t, "RINGBACK_CAPTCHA_SECRET", "")
			left, err := os.ReadFile(v.file())
			if c.bus == bus { // a keyring that is only locked may have others
				if err != nil || strings.Contains(string(left), "telling-value") {
					t.Errorf("left in the file: %v", err)
				}
			} else if !errors.Is(err, os.ErrNotExist) {
				t.Errorf("left is the file: %v", err)
			}
			v.has(t, Secrets{})
		})
	}
}

func TestTheKeyringTakesOverFromTheFile(t *testing.T) {
	keyring.MockInitWithError(errors.New("locked"))
	v, _ := vault(t, bus)
	v.must(t, "TWILIO_AUTH_TOKEN", "old")
	v.must(t, "NGROK_AUTHTOKEN", "b")
	keyring.MockInit()
	v.must(t, "TWILIO_AUTH_TOKEN", "new")
	v.has(t, Secrets{TwilioToken: "new", NgrokToken: "b"})
	if text, err := os.ReadFile(v.file()); err != nil || strings.Contains(string(text), "TWILIO") {
		t.Errorf("the file still has it, or %v", err)
	}
}

// Else a shop whose owner has taken the token away would be live again by itself.
func TestASecretThatWasRemovedWhileTheKeyringWasLockedStaysSo(t *testing.T) {
	keyring.MockInit()
	v, _ := vault(t, bus)
	name := v.user("TWILIO_AUTH_TOKEN")
	v.must(t, "TWILIO_AUTH_TOKEN", "old")
	v.must(t, "NGROK_AUTHTOKEN", "b")
	keyring.MockInitWithError(errors.New("locked"))
	v.must(t, "TWILIO_AUTH_TOKEN", "")
	keyring.MockInit() // it is unlocked, and still has both
	if err := errors.Join(keyring.Set(keyringService, name, "old"), keyring.Set(keyringService, v.user("NGROK_AUTHTOKEN"), "b")); err != nil {
		t.Fatal(err)
	}
	v.has(t, Secrets{NgrokToken: "b"})
	v.must(t, "TWILIO_AUTH_TOKEN", "new")
	v.has(t, Secrets{TwilioToken: "new", NgrokToken: "b"})
	if _, err := os.Stat(v.file()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file: %v, want none", err)
	}
}

func TestASecretThatIsNoneIsRefusedAndNotRepeated(t *testing.T) {
	v, _ := vault(t, "")
	for name, c := range map[string]struct{ secret, value, says string }{
		"an unknown name": {"TWILIO_ACCOUNT_SID", "hunter2", "there are: TWILIO_AUTH_TOKEN"},
		"two lines":       {"TWILIO_AUTH_TOKEN", "hunter2\nhunter2", "TWILIO_AUTH_TOKEN: must be one line"},
		"a space":         {"NGROK_AUTHTOKEN", "hunter2 ", "NGROK_AUTHTOKEN: must be one line"},
		"too long":        {"NGROK_AUTHTOKEN", strings.Repeat("hunter2", 200), "at most 1000"},
	} {
		t.Run(name, func(t *testing.T) {
			err := v.Write(t.Context(), c.secret, c.value)
			if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("it is refused with %v", err)
			}
		})
	}
}

func TestAnAuthTokenThatIsNoneIsRefusedAndNotRepeated(t *testing.T) {
	const token = "0123456789abcdef0123456789ABCDEF"
	for _, value := range []string{"abc", token[1:], token + "0", token[:31] + "g", "AC" + token, "hunter2"} {
		err := CheckSecret("TWILIO_AUTH_TOKEN", value)
		if !errors.Is(err, ErrToken) || strings.Contains(err.Error(), value) {
			t.Errorf("%q: %v", value, err)
		}
	}
	for name, value := range map[string]string{"TWILIO_AUTH_TOKEN": token, "NGROK_AUTHTOKEN": "2aBc_def"} {
		if err := CheckSecret(name, value); err != nil {
			t.Error(err)
		}
	}
	if err := CheckSecret("TWILIO_AUTH_TOKEN", ""); err != nil {
		t.Errorf("to remove it: %v", err)
	}
}

func TestWhereSecretsWillBeIsSaidBeforeThereIsOne(t *testing.T) {
	for _, c := range []struct {
		name, bus string
		set       func()
		want      bool
	}{
		{"a keyring", bus, keyring.MockInit, true},
		{"no session bus", "", keyring.MockInit, false},
		{"a bus without a keyring", bus, func() { keyring.MockInitWithError(errors.New("no such name")) }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.set()
			v, _ := vault(t, c.bus)
			if got := v.InKeyring(t.Context()); got != c.want {
				t.Errorf("they will be in the keyring: %v, want %v", got, c.want)
			}
		})
	}
}

func TestAKeyringThatComesIsNoticedAfterAMinuteOrAWish(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		keyring.MockInitWithError(errors.New("no such name"))
		v, _ := vault(t, bus)
		is := func(want bool) {
			t.Helper()
			if got := v.InKeyring(t.Context()); got != want {
				t.Errorf("they will be in the keyring: %v, want %v", got, want)
			}
		}
		is(false)
		keyring.MockInit()
		time.Sleep(keyringAsked - 1)
		is(false) // it is not asked each time
		time.Sleep(time.Nanosecond)
		is(true)
		keyring.MockInitWithError(errors.New("locked"))
		v.must(t, "NGROK_AUTHTOKEN", "b") // goes into the file
		is(false)
		keyring.MockInit()
		v.must(t, "NGROK_AUTHTOKEN", "b")
		is(true)
	})
}

func TestASecretsFileThatIsDamagedIsSaidAndNotRepeated(t *testing.T) {
	v, _ := vault(t, "")
	if err := os.WriteFile(filepath.Join(v.Dir, "secrets.json"), []byte(`{"TWILIO_AUTH_TOKEN": "hunter2`), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := v.Read(t.Context())
	if err == nil || strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "\n") {
		t.Errorf("it is read with %v", err)
	}
	if info, err := os.Stat(v.file()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info, err)
	}
}

func TestTheEnvironmentBeatsWhatIsKept(t *testing.T) {
	kept := Secrets{TwilioToken: "kept", NgrokToken: "kept"}
	got := Secrets{AccountSID: "AC", TwilioToken: "environment"}.Or(kept)
	if got != (Secrets{AccountSID: "AC", TwilioToken: "environment", NgrokToken: "kept"}) {
		t.Error("got other secrets")
	}
}
