package shop_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"ringback/server/desk"
	"ringback/server/shop"
)

func (r *running) setSecret(name, value string) {
	r.t.Helper()
	if _, err := r.shop.SetSecret(context.Background(), name, value); err != nil {
		r.t.Fatal(err)
	}
}

func TestATokenThatIsSetMakesTheShopLive(t *testing.T) {
	for _, c := range []struct {
		name, bus string
		file      bool
	}{
		{"kept in a file, where there is no keyring", "", true},
		{"kept in the keyring", "unix:path=/run/bus", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			keyring.MockInit()
			e := newExchange(t)
			data := t.TempDir()
			env := func(o *shop.Options) { o.Getenv = e.env("TWILIO_AUTH_TOKEN", "", "DBUS_SESSION_BUS_ADDRESS", c.bus) }
			r := startLive(t, e, data, liveWith("", "+12125550101"), env)
			if s := r.shown(); !s.Practice {
				t.Fatalf("without the token the window shows %+v", s)
			}
			r.setSecret("TWILIO_AUTH_TOKEN", e.Token)
			if s := r.shown(); s.Practice || len(s.Missing) > 0 {
				t.Errorf("with it the window shows %+v", s)
			}
			r.until(r.ask("+12125550123").ID, "completed")
			e.quiet(t)
			if err := r.shop.Close(); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(filepath.Join(data, "secrets.json")); (err == nil) != c.file {
				t.Errorf("the file of secrets: %v", err)
			}
			nowhereElse(t, data, e.Token)
			if strings.Contains(r.log.String(), e.Token) {
				t.Error("the token is in the log")
			}
			second := startLive(t, e, data, "", env)
			second.until(second.ask("+12125550124").ID, "completed")
			e.quiet(t)
			second.setSecret("TWILIO_AUTH_TOKEN", "")
			second.comes("that the token is missing", func(s desk.Shop) bool { return len(s.Missing) > 0 && !s.Practice })
		})
	}
}

// nowhereElse says which file of a data directory but that of the secrets holds a secret.
func nowhereElse(t *testing.T, data, secret string) {
	t.Helper()
	err := filepath.WalkDir(data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "secrets.json" {
			return err
		}
		text, err := os.ReadFile(path)
		if bytes.Contains(text, []byte(secret)) {
			t.Errorf("%s holds the secret", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestTheEnvironmentsTokenBeatsTheOneThatIsSet(t *testing.T) {
	e := newExchange(t)
	r := startLive(t, e, t.TempDir(), liveWith("", "+12125550101"))
	r.setSecret("TWILIO_AUTH_TOKEN", "ffffffffffffffffffffffffffffffff")
	r.until(r.ask("+12125550123").ID, "completed")
}

func TestASecretThatIsNoneIsWrongUse(t *testing.T) {
	r := start(t, t.TempDir(), "")
	var usage *shop.UsageError
	if _, err := r.shop.SetSecret(t.Context(), "PASSWORD", "hunter2"); !errors.As(err, &usage) || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("it is refused with %v", err)
	}
}
