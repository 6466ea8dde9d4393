package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAFreshShopHasTheContractsValuesButForWhatIsNotObeyedYet(t *testing.T) {
	got := fresh()
	want := Settings{
		Business: Business{Country: "US", Language: "en", Phones: []Phone{}, SMSNumbers: []string{}, Line: 1, Ring: "in_turn"},
		Tunnel:   Tunnel{Kind: "none"},
		Hours: Hours{
			Timezone: "America/New_York",
			Week: Week{
				Mon: []string{"00:00-24:00"}, Tue: []string{"00:00-24:00"}, Wed: []string{"00:00-24:00"}, Thu: []string{"00:00-24:00"},
				Fri: []string{"00:00-24:00"}, Sat: []string{"00:00-24:00"}, Sun: []string{"00:00-24:00"},
			},
			Dates:      map[string][]string{},
			AfterHours: "text_and_schedule",
		},
		Form: Form{Origins: []string{}, Ask: []string{"name", "message"}, Consent: "notice", Accent: "#0b6e4f", Languages: []string{"en", "es"}},
		Guard: Guard{
			Captcha: Captcha{Kind: "none"}, VerifyPhone: "never", Countries: []string{"US"},
			PerIP: PerIP{Minute: 5, Hour: 50, Day: 200}, PerNumberDay: 3,
		},
		Limits:       Limits{RequestsDay: 2000, CallsDay: 20, TextsDay: 200, CallMinutes: 60, SpendDayUSD: 20},
		Retry:        Retry{Attempts: 3, AfterMinutes: []int{5, 30}},
		RetryVisitor: Retry{Attempts: 2, AfterMinutes: []int{15}},
		Privacy:      Privacy{KeepRequestsDays: 365, KeepEventsDays: 730},
		Notify:       Notify{Desktop: true, URLs: []string{}},
		Unset:        got.Unset, // the keys that are not obeyed yet: another test's
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fresh shop (-want +got):\n%s", diff)
	}
}

func TestADefaultIsAlwaysValidWhateverTheComputerSays(t *testing.T) {
	for name, c := range map[string]struct{ zone, country, wantZone, wantCountry string }{
		"both known":            {"Europe/Berlin", "DE", "Europe/Berlin", "DE"},
		"a zone without a name": {"", "DE", "UTC", "DE"},
		"Local is no zone":      {"Local", "DE", "UTC", "DE"},
		"an unknown country":    {"Europe/Berlin", "XX", "Europe/Berlin", "US"},
		"no country":            {"Europe/Berlin", "", "Europe/Berlin", "US"},
	} {
		t.Run(name, func(t *testing.T) {
			s := Default(c.zone, c.country)
			if s.Hours.Timezone != c.wantZone || s.Business.Country != c.wantCountry {
				t.Errorf("got %s, %s; want %s, %s", s.Hours.Timezone, s.Business.Country, c.wantZone, c.wantCountry)
			}
			if _, faults := Merge(s, s.JSON()); len(faults) > 0 {
				t.Errorf("applied to itself:\n%v", faults)
			}
		})
	}
}

func TestADefaultIsNeutralInAllThatIsNotObeyedYet(t *testing.T) {
	if got := NotObeyed(fresh()); len(got) > 0 {
		t.Errorf("got %v, want nothing", got)
	}
}

func TestDefaultsShareNoList(t *testing.T) {
	s := fresh()
	s.Hours.Week.Mon[0] = "09:00-17:00"
	s.Form.Languages[0] = "es"
	if fresh().Hours.Week.Mon[0] != "00:00-24:00" || s.Hours.Week.Tue[0] != "00:00-24:00" || fresh().Form.Languages[0] != "en" {
		t.Error("changing one shop's list changed another's")
	}
}
