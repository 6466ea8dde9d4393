package settings

import "testing"

func TestTheComputersZoneHasAlwaysANameThatOthersKnow(t *testing.T) {
	for name, c := range map[string]struct{ tz, want string }{
		"a zone":              {"Asia/Kolkata", "Asia/Kolkata"},
		"a zone with a colon": {":Asia/Kolkata", "Asia/Kolkata"},
		"no zone":             {"", "UTC"},
		"one that is unknown": {"Moon/Tycho", "UTC"},
		"the computer's own":  {"Local", "UTC"},
		"a rule and no name":  {"EST5EDT4,M3.2.0,M11.1.0", "UTC"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("TZ", c.tz)
			if got := LocalZone(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
