package shop_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/server/shop"
	"ringback/server/sqlite"
)

// happened are the entries of a closed shop's event log that are no request's, oldest
// first, after the log was found whole.
func happened(t *testing.T, data string) (all []string) {
	t.Helper()
	path := filepath.Join(data, "ringback.db")
	if _, err := sqlite.Inspect(t.Context(), path); err != nil {
		t.Errorf("the event log: %v", err)
	}
	s, err := sqlite.Open(t.Context(), sqlite.Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	err = s.View(t.Context(), func(v callback.Reader) error {
		entries, err := v.Events(0, 1000)
		for _, e := range entries {
			if e.Kind != "backup" { // as soon as the care looks
				all = append(all, e.Kind+" "+e.Body)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func wantHappened(t *testing.T, data string, want ...string) {
	t.Helper()
	if got := happened(t, data); !slices.Equal(got, want) {
		t.Errorf("the event log has\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestAChangeOfSettingsIsInTheEventLogWithWhoMadeIt(t *testing.T) {
	data := t.TempDir()
	if status, _, errs := command(t, "settings", "-data", data, fileWith(t, `{"business": {"line": 2}}`)); status != 0 {
		t.Fatal(errs)
	}
	r := start(t, data, `{"guard": {"per_ip": {"minute": 9}}}`, windowed)
	if _, err := r.shop.Apply(t.Context(), []byte(`{"hours": {"paused_until": "2026-12-01T08:00:00Z"}, "notify": {"urls": ["ntfy://user:hunter2@ntfy.example/x"]}}`)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.shop.Apply(t.Context(), []byte(`{"business": {"line": 0}}`)); err == nil {
		t.Fatal("a faulty file was applied")
	}
	if status, _, errs := command(t, "settings", "-data", data, fileWith(t, `{"limits": {}}`)); status != 0 {
		t.Fatal(errs)
	}
	if status, _, errs := command(t, "settings", "-data", data, fileWith(t, `{"limits": {}, "business": {"line": 2}}`)); status != 0 {
		t.Fatal(errs)
	}
	defer r.shop.OnRaise(raised)()
	_, err := shop.Open(t.Context(), shop.Options{Data: data, Settings: fileWith(t, `{"retry": {"attempts": 1}}`), Window: true, Getenv: func(string) string { return "" }})
	if err == nil {
		t.Fatal("a second one has opened")
	}
	if err := r.shop.Close(); err != nil {
		t.Fatal(err)
	}
	wantHappened(t, data,
		`settings {"by":"command","changed":[{"path":"business.line","from":1,"to":2}]}`,
		`settings {"by":"start","changed":[{"path":"guard.per_ip.minute","from":5,"to":9}]}`,
		`settings {"by":"window","changed":[{"path":"hours.paused_until","from":"","to":"2026-12-01T08:00:00Z"},{"path":"notify.urls"}]}`,
		`settings {"by":"command","looked_at_limits":true}`,
		`settings {"by":"start","changed":[{"path":"retry.attempts","from":3,"to":1}]}`,
	)
	nowhereElse(t, data, "hunter2")
}

var anySettings = regexp.MustCompile(`^settings .*`)

func TestGoingLiveAndBackAndSecretsAreInTheEventLog(t *testing.T) {
	keyring.MockInit()
	e := newExchange(t)
	data := t.TempDir()
	env := func(o *shop.Options) { o.Getenv = e.env("TWILIO_AUTH_TOKEN", "") }
	r := startLive(t, e, data, liveWith("", "+12125550101"), env)
	r.setSecret("TWILIO_AUTH_TOKEN", e.Token)
	r.comes("that it is live", func(s desk.Shop) bool { return !s.Practice })
	if err := r.shop.Close(); err != nil {
		t.Fatal(err)
	}
	for _, practice := range []bool{false, true, true, false} { // the first and the third change nothing
		r = startLive(t, e, data, "", env, func(o *shop.Options) { o.Practice = practice })
		if err := r.shop.Close(); err != nil {
			t.Fatal(err)
		}
	}
	r = startLive(t, e, data, "", env)
	r.setSecret("TWILIO_AUTH_TOKEN", "")
	r.comes("that the token is missing", func(s desk.Shop) bool { return len(s.Missing) > 0 })
	if err := r.shop.Close(); err != nil {
		t.Fatal(err)
	}
	got := happened(t, data)
	got[0] = anySettings.ReplaceAllString(got[0], "settings")
	want := []string{
		"settings",
		`secret {"by":"window","name":"TWILIO_AUTH_TOKEN","removed":false}`,
		`mode {"from":"practice","to":"live"}`,
		`mode {"from":"live","to":"practice"}`,
		`mode {"from":"practice","to":"live"}`,
		`secret {"by":"window","name":"TWILIO_AUTH_TOKEN","removed":true}`,
		`mode {"from":"live","to":"trouble"}`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("the event log has\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	nowhereElse(t, data, e.Token)
}
