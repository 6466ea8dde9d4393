package settings

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Whatever a file holds: it is taken whole or changes nothing, each fault
// stays on its line, and what was taken can be printed and taken again.
func FuzzMerge(f *testing.F) {
	f.Add(contractFileForFuzz)
	f.Add(`{"hours": {"dates": {"2026-12-24": null, "x": [1]}}, "business": {"phones": [{"number": 5}, {}, null]}}`)
	f.Add(`{"limits": {"texts_day": 1e400, "spend_day_usd": -0}, "\u0000": [[{"a.b[0]": {}}]]}`)
	f.Add(`{"guard": {"countries": ["US", "US"], "per_ip": null}, "guard": []}`)
	f.Fuzz(func(t *testing.T, file string) {
		got, faults := Merge(fresh(), []byte(file))
		if len(faults) > 0 {
			if strings.Count(faults.Error(), "\n") != len(faults)-1 {
				t.Errorf("%d faults in %q", len(faults), faults.Error())
			}
			if diff := cmp.Diff(fresh(), got); diff != "" {
				t.Errorf("a faulty file changed something:\n%s", diff)
			}
			return
		}
		again, faults := Merge(got, got.JSON())
		again.Looked, again.Unset = got.Looked, got.Unset // a printed file names every key
		if diff := cmp.Diff(got, again); diff != "" || len(faults) > 0 {
			t.Errorf("printed and taken again: %v\n%s", faults, diff)
		}
	})
}

const contractFileForFuzz = `{"business": {"name": "A", "phones": [{"number": "+12125550101"}]}, "tunnel": {"kind": "address", "url": "https://a.example"},
	"hours": {"week": {"mon": ["09:00-12:30", "18:00-02:00"]}, "dates": {"2026-12-25": []}}, "limits": {"spend_day_usd": 0.29}, "retry": {"after_minutes": [5]}}`
