package server_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"ringback/server/settings"
)

var updateForms = flag.Bool("update-forms", false, "write what /form answers now to testdata/form")

func TestFormTellsWhatAFormNeeds(t *testing.T) {
	cases := []struct {
		name, file, query string
		change            func(*settings.Settings)
	}{
		{"a bakery", "bakery", "", func(s *settings.Settings) {
			s.Business.PublicEmail, s.Business.Address, s.Business.PrivacyURL = "hello@anns-bakery.example", "12 Mill Street", "https://anns-bakery.example/privacy"
		}},
		{"in Spanish, with the owner's own words to tick", "spanish", "?lang=es", func(s *settings.Settings) {
			s.Form.Consent, s.Form.ConsentText = settings.Tick, "Sí, llámenme."
		}},
		{"a shop that has said nothing of itself", "fresh", "", func(s *settings.Settings) {
			*s = settings.Default("UTC", "DE")
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b := newBakery(t)
			b.change(c.change)
			a := b.get("/form" + c.query)
			a.want(http.StatusOK, "")
			var got bytes.Buffer
			if err := json.Indent(&got, a.Body.Bytes(), "", "  "); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", "form", c.file+".json")
			if *updateForms {
				if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(got.String(), string(want)); diff != "" {
				t.Errorf("%s differs, got -, want + (go test -run TestForm -update-forms after a look):\n%s", file, diff)
			}
		})
	}
}

func TestHostedFormAsksWhatTheOwnerSet(t *testing.T) {
	b := newBakery(t)
	page := b.get("/?lang=en").Body.String()
	for _, want := range []string{"Ann’s Bakery", `name="visitor_number"`, `name="name"`, `name="message"`, "Times in <bdi>New York</bdi>", "Tomorrow 23:30", "Call me now"} {
		if !strings.Contains(page, want) {
			t.Errorf("the form lacks %q", want)
		}
	}
	b.change(func(s *settings.Settings) { s.Form.Ask = []string{"email"} })
	page = b.get("/").Body.String()
	if strings.Contains(page, `name="message"`) || !strings.Contains(page, `name="email"`) {
		t.Error("the form asks something else than the owner does")
	}
	if page := b.get("/", "Accept-Language", "es").Body.String(); !strings.Contains(page, `lang="es"`) {
		t.Error("the form is not in the browser's language")
	}
}

func TestConsentsVersionChangesWithItsWords(t *testing.T) {
	b := newBakery(t)
	version := func() string { return b.get("/form").json()["consent"].(map[string]any)["version"].(string) }
	seen := map[string]bool{version(): true}
	for _, change := range []func(*settings.Settings){
		func(s *settings.Settings) { s.Form.Consent = settings.Tick },
		func(s *settings.Settings) { s.Form.ConsentText = "Our own words." },
		func(s *settings.Settings) { s.Form.ConsentText = "Other words." },
	} {
		b.change(change)
		if v := version(); seen[v] {
			t.Errorf("version %s again", v)
		} else {
			seen[v] = true
		}
	}
	if !strings.Contains(b.get("/").Body.String(), `name="consent_version" value="`+version()+`"`) {
		t.Error("the form sends another version along")
	}
}

func TestWhatWasSentInNoUTF8ComesBackInUTF8(t *testing.T) {
	b := newBakery(t)
	a := b.do(http.MethodPost, "/request_callback", "application/x-www-form-urlencoded", "visitor_number=1&name=%ff+Jane")
	if a.Code != http.StatusBadRequest || !strings.Contains(a.Body.String(), "\uFFFD Jane") || !utf8.Valid(a.Body.Bytes()) {
		t.Errorf("answered %d, in UTF-8: %v", a.Code, utf8.Valid(a.Body.Bytes()))
	}
}
