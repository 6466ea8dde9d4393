package settings

import (
	"strings"
	"testing"
	"time"
)

func TestThePlanIsWhatTheFileSays(t *testing.T) {
	set := merged(t, fresh(), `{"hours": {"timezone": "America/New_York",
		"week": {"mon": [], "tue": ["09:00-12:30", "13:30-17:00"], "wed": [], "thu": ["00:00-24:00"], "fri": [], "sat": ["18:00-02:00"], "sun": []},
		"dates": {"2026-12-22": ["10:00-11:00"]}, "holidays": "US", "paused_until": "2026-12-10T15:00:00-05:00"}}`)
	for at, want := range map[string]bool{
		"2026-12-15T10:00:00-05:00": true,  // Tuesday
		"2026-12-15T13:00:00-05:00": false, // lunch
		"2026-12-22T10:30:00-05:00": true,  // a date
		"2026-12-22T15:00:00-05:00": false,
		"2026-12-10T10:00:00-05:00": false, // Thursday, paused
		"2026-12-10T15:30:00-05:00": true,  // after the pause
		"2026-12-31T23:59:00-05:00": true,  // Thursday
		"2027-01-03T01:30:00-05:00": true,  // after Saturday's midnight
		"2027-01-18T10:00:00-05:00": false, // Monday
		"2028-07-04T10:00:00-04:00": false, // a holiday on a Tuesday
	} {
		when, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := set.Hours.Plan().Open(when); got != want {
			t.Errorf("%s: open %v, want %v", at, got, want)
		}
	}
}

func TestAnotherPlanIsMadeWhenTheHoursChange(t *testing.T) {
	noon := time.Date(2026, 11, 24, 17, 0, 0, 0, time.UTC)
	set := fresh()
	if !set.Hours.Plan().Open(noon) {
		t.Error("a fresh shop is closed")
	}
	if merged(t, set, `{"hours": {"week": {"tue": []}}}`).Hours.Plan().Open(noon) {
		t.Error("it is open on a day that is closed")
	}
	if !set.Hours.Plan().Open(noon) {
		t.Error("the other's hours stuck")
	}
}

func TestHolidaysOfACountryThatHasNoneForAllOfItAreRefused(t *testing.T) {
	if _, err := Apply(fresh(), []byte(`{"hours": {"holidays": "AU"}}`), Secrets{}); err == nil || !strings.Contains(err.Error(), `hours.holidays: "AU" has no holidays that are known here`) {
		t.Errorf("got %v", err)
	}
	if _, err := Apply(fresh(), []byte(`{"hours": {"holidays": "DE"}}`), Secrets{}); err != nil {
		t.Errorf("got %v", err)
	}
}
