package settings

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPrintedSettingsAppliedAgainChangeNothing(t *testing.T) {
	s := merged(t, fresh(), contractFile(t))
	s = merged(t, s, `{"notify": {"urls": ["ntfy://user:secret@host/topic"]}}`)
	if diff := cmp.Diff(s, merged(t, s, string(s.JSON()))); diff != "" {
		t.Errorf("applied again (-want +got):\n%s", diff)
	}
}

func TestPrintedSettingsAreInTheContractsOrder(t *testing.T) {
	text := string(merged(t, fresh(), contractFile(t)).JSON())
	last := -1
	for _, key := range []string{
		"business", "name", "country", "phones", "sms_numbers", "twilio", "tunnel", "hours", "timezone", "mon", "sun", "2026-12-24", "2026-12-25",
		"form", "origins", "guard", "captcha", "per_ip", "limits", "retry", "retry_visitor", "privacy", "notify", "desktop",
	} {
		at := strings.Index(text, `"`+key+`": `)
		if at <= last {
			t.Errorf("%s stands at %d, after %d was wanted, in\n%s", key, at, last, text)
		}
		last = at
	}
}

func TestPrintedSettingsAreForPeople(t *testing.T) {
	text := string(merged(t, fresh(), `{"business": {"name": "Bread & <Butter>"}}`).JSON())
	if !strings.Contains(text, "\n    \"name\": \"Bread & <Butter>\",\n") || !strings.HasSuffix(text, "}\n") || strings.Contains(text, "null") {
		t.Errorf("got\n%s", text)
	}
}

func TestSecretsAreNeitherPrintedNorKept(t *testing.T) {
	s := merged(t, fresh(), `{"notify": {"urls": ["ntfy://user:hunter2@host/topic"]}}`)
	kept, err := Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(s.JSON())+string(kept), "hunter2") {
		t.Error("a secret was written")
	}
	if len(s.Notify.URLs) != 1 {
		t.Error("printing took the secret out of the settings")
	}
}

func TestKeptSettingsComeBack(t *testing.T) {
	s := merged(t, fresh(), contractFile(t))
	kept, err := Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Unmarshal(kept, Default("Europe/Berlin", "DE"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s, got); diff != "" {
		t.Errorf("kept and read (-want +got):\n%s", diff)
	}
}

func TestKeptSettingsOfAnotherVersion(t *testing.T) {
	for name, c := range map[string]struct {
		kept string
		want func(*Settings)
	}{
		"a key that was not known then has its default": {`{"settings": {"retry": {"attempts": 5}}, "looked": true}`, func(s *Settings) { s.Retry.Attempts, s.Looked = 5, true }},
		"a key that is gone is passed over":             {`{"settings": {"fax": {"number": 1}, "retry": {"fax": 1}}}`, func(*Settings) {}},
		"a list is the kept one, not the default's":     {`{"settings": {"retry": {"after_minutes": [7]}, "form": {"ask": []}}}`, func(s *Settings) { s.Retry.AfterMinutes, s.Form.Ask = []int{7}, []string{} }},
	} {
		t.Run(name, func(t *testing.T) {
			want := fresh()
			c.want(&want)
			got, err := Unmarshal([]byte(c.kept), fresh())
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}

// What an older version kept that did not yet obey per_number_day and privacy, and so had
// started them at 0.
const fromBefore = `{"settings": {"guard": {"per_number_day": 0, "per_ip": {"minute": 0}}, "privacy": {"keep_requests_days": 0}}`

func TestAKeyThatWasNotObeyedAndNeverSetBeginsWithTheDefault(t *testing.T) {
	for name, c := range map[string]struct {
		unset string
		want  func(*Settings)
	}{
		"it was never set":                       {`, "unset": ["guard.per_number_day", "privacy.keep_requests_days"]}`, func(s *Settings) { s.Guard.PerIP.Minute = 0 }},
		"the owner set it to what it was anyway": {`, "unset": ["privacy.keep_requests_days"]}`, func(s *Settings) { s.Guard.PerIP.Minute, s.Guard.PerNumberDay = 0, 0 }},
		"it can't be told, from a version that did not keep it apart": {`}`, func(s *Settings) {
			s.Guard.PerIP.Minute, s.Guard.PerNumberDay, s.Privacy.KeepRequestsDays = 0, 0, 0
		}},
		"there never was such a key": {`, "unset": ["guard.per_number_day", "privacy.keep_requests_days", "fax.number", "guard.per_ip.minute.x"]}`, func(s *Settings) { s.Guard.PerIP.Minute = 0 }},
	} {
		t.Run(name, func(t *testing.T) {
			want := fresh()
			c.want(&want)
			got, err := Unmarshal([]byte(fromBefore+c.unset), fresh())
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestAFileThatNamesAKeySetsIt(t *testing.T) {
	for _, path := range fresh().Unset {
		if !has(asObject(fresh()), path) {
			t.Errorf("%s is no key of the settings", path)
		}
	}
	s := merged(t, fresh(), `{"guard": {"captcha": {"kind": "none"}}, "business": {"line": 2}}`)
	want := without(fresh().Unset, func(path string) bool { return path == "guard.captcha.kind" })
	if diff := cmp.Diff(want, s.Unset); diff != "" || len(want) == len(fresh().Unset) {
		t.Errorf("(-want +got):\n%s", diff)
	}
	kept, err := Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Unmarshal(kept, fresh())
	if diff := cmp.Diff(s, got); diff != "" || err != nil {
		t.Errorf("kept and read: %v (-want +got):\n%s", err, diff)
	}
}

func TestKeptSettingsThatCannotBeReadAreAnErrorAndTheDefaults(t *testing.T) {
	for _, kept := range []string{``, `{`, `[]`, `{"looked": true}`, `{"settings": 5}`, `{"settings": {"retry": 5}}`} {
		got, err := Unmarshal([]byte(kept), fresh())
		if err == nil || cmp.Diff(fresh(), got) != "" {
			t.Errorf("%s: got %v and other settings than the defaults: %s", kept, err, cmp.Diff(fresh(), got))
		}
	}
}
