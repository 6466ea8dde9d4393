package settings

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestChangesNameWhatDiffers(t *testing.T) {
	for name, c := range map[string]struct{ before, file, want string }{
		"nothing":                                  {`{}`, `{"business": {"line": 1}, "guard": {"per_ip": {}}}`, `null`},
		"a value deep inside":                      {`{}`, `{"guard": {"per_ip": {"minute": 9}}}`, `[{"path":"guard.per_ip.minute","from":5,"to":9}]`},
		"several, by path":                         {`{}`, `{"hours": {"paused_until": "2026-12-01T08:00:00Z"}, "business": {"line": 2}}`, `[{"path":"business.line","from":1,"to":2},{"path":"hours.paused_until","from":"","to":"2026-12-01T08:00:00Z"}]`},
		"a list is one value":                      {`{}`, `{"hours": {"week": {"mon": ["09:00-12:00", "13:00-17:00"]}}}`, `[{"path":"hours.week.mon","from":["00:00-24:00"],"to":["09:00-12:00","13:00-17:00"]}]`},
		"a date that is new":                       {`{}`, `{"hours": {"dates": {"2026-12-25": []}}}`, `[{"path":"hours.dates.2026-12-25","from":null,"to":[]}]`},
		"a date that is removed":                   {`{"hours": {"dates": {"2026-12-25": []}}}`, `{"hours": {"dates": {"2026-12-25": null}}}`, `[{"path":"hours.dates.2026-12-25","from":[],"to":null}]`},
		"a key that is there for one kind only":    {`{}`, `{"guard": {"captcha": {"kind": "turnstile", "site_key": "0x4"}}}`, `[{"path":"guard.captcha.kind","from":"none","to":"turnstile"},{"path":"guard.captcha.site_key","from":null,"to":"0x4"}]`},
		"the shop's phones, without their numbers": {`{}`, `{"business": {"phones": [{"number": "+12125550101"}], "sms_numbers": ["+12125550101"], "public_phone": "+12125550199"}, "twilio": {"number": "+12125550100"}}`, `[{"path":"business.phones"},{"path":"business.public_phone"},{"path":"business.sms_numbers"},{"path":"twilio.number"}]`},
		"a long text, without it":                  {`{}`, `{"form": {"consent_text": "` + strings.Repeat("a", 201) + `"}}`, `[{"path":"form.consent_text"}]`},
		"a secret, without it":                     {`{}`, `{"notify": {"urls": ["ntfy://user:hunter2@host/topic"]}}`, `[{"path":"notify.urls"}]`},
		"a secret that is gone, without it":        {`{"notify": {"urls": ["ntfy://user:hunter2@host/topic"]}}`, `{"notify": {"urls": []}}`, `[{"path":"notify.urls"}]`},
	} {
		t.Run(name, func(t *testing.T) {
			before := merged(t, fresh(), c.before)
			got, err := json.Marshal(Changes(before, merged(t, before, c.file)))
			if diff := cmp.Diff(c.want, string(got)); diff != "" || err != nil {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestAnAddressThatCanHoldAPasswordIsNotShown(t *testing.T) {
	old, now := fresh(), fresh()
	now.Business.PrivacyURL = "https://ann:hunter2@anns-bakery.example/privacy"
	got := Changes(old, now)
	if diff := cmp.Diff([]Change{{Path: "business.privacy_url"}}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
