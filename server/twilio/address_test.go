package twilio

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"ringback/server/callback"
)

func TestAddresses(t *testing.T) {
	for _, tt := range []struct{ name, got, want string }{
		{"whisper", WhisperURL(base, "a-1"), base + "/twilio/whisper?leg=a-1"},
		{"key", KeyURL(base, "a-1", 2), base + "/twilio/key?leg=a-1&try=2"},
		{"dialled", DialledURL(base, "a-1", "a-2"), base + "/twilio/dialled?leg=a-1&visitor=a-2"},
		{"status", StatusURL(base, "a-2"), base + "/twilio/status_callback?leg=a-2"},
		{"text status", TextStatusURL(base, "a-t1"), base + "/twilio/status_callback?text=a-t1"},
		{"an id can't add parameters", WhisperURL(base, "a&try=9"), base + "/twilio/whisper?leg=a%26try%3D9"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, tt.got, tt.want)
		}
	}
}

// A redirected request says neither key nor outcome; the address must.
func TestAgainKeepsWhatTheWebhookSaid(t *testing.T) {
	for _, tt := range []struct {
		name, path  string
		query, form url.Values
	}{
		{"a whisper", WhisperPath, values("leg", "a-1"), form()},
		{"a key", KeyPath, values("leg", "a-1", "try", "2"), form("Digits", "1")},
		{"the # key", KeyPath, values("leg", "a-1", "try", "2"), form("Digits", "#")},
		{"the end of a Dial", DialledPath, values("leg", "a-1", "visitor", "a-2"), form("DialCallStatus", "completed", "DialBridged", "true")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			want, err := Parse(tt.path, tt.query, tt.form, "", now)
			if err != nil {
				t.Fatal(err)
			}
			query, body := tt.query, tt.form
			for n := 1; n <= MaxTimesAgain; n++ {
				address, err := url.Parse(AgainURL(base, tt.path, query, body))
				if err != nil {
					t.Fatal(err)
				}
				query, body = address.Query(), form()
				if got := TimesAgain(query); got != n {
					t.Errorf("TimesAgain: got %d, want %d", got, n)
				}
				got, err := Parse(address.Path, query, body, "", now)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(callback.Event{}, "Once")); diff != "" {
					t.Errorf("time %d, -want +got:\n%s", n, diff)
				}
				if got.Once[0] == want.Once[0] {
					t.Errorf("time %d has the first one's key: it would get the first one's answer", n)
				}
			}
		})
	}
}

func TestAgainsOfNonsenseIsNone(t *testing.T) {
	for _, n := range []string{"", "x", "-1"} {
		if got := TimesAgain(values("again", n)); got != 0 {
			t.Errorf("again=%q: got %d, want 0", n, got)
		}
	}
}
