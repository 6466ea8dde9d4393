package shop_test

import (
	"testing"

	"ringback/server/desk"
)

func TestTheWindowReadsWhatHappenedToRequestsAndToTheShop(t *testing.T) {
	r := start(t, t.TempDir(), settingsWith("+12125550101", ""), windowed)
	if _, err := r.shop.Apply(t.Context(), []byte(`{"limits": {"calls_day": 7}}`)); err != nil {
		t.Fatal(err)
	}
	a := r.ask("+12125550199")
	r.until(a.ID, "completed")
	d := r.shop.Desk()
	seen := map[string]desk.Entry{}
	q := desk.EntryQuery{Limit: 3}
	for more := true; more; {
		p, err := d.Entries(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range p.Entries {
			seen[e.Kind] = e
		}
		q.Before, more = p.Next, p.More
	}
	if e := seen["asked"]; e.Of.Name != "Jane Doe" || e.Shop {
		t.Errorf("asking is told as %+v", e)
	}
	if e := seen["settings"]; !e.Shop || e.Of.ID != 0 {
		t.Errorf("the change of settings is told as %+v", e)
	}
	p, err := d.Entries(t.Context(), desk.EntryQuery{Text: "jane", Topic: desk.OfRequests})
	if err != nil || len(p.Entries) == 0 {
		t.Errorf("Jane is not found: %+v, %v", p, err)
	}
	told := 0
	c, err := d.CheckLog(t.Context(), func(int, int) { told++ })
	if err != nil || c.Bad != 0 || c.Entries < len(seen) || c.Since.IsZero() {
		t.Errorf("the check found %+v, %v", c, err)
	}
	oldest, newest, err := d.LogSpan(t.Context())
	if err != nil || oldest.IsZero() || newest.Before(oldest) {
		t.Errorf("the log spans %v to %v, %v", oldest, newest, err)
	}
}

func TestTheWindowReadsWhatTheLastDaysWereLike(t *testing.T) {
	r := start(t, t.TempDir(), settingsWith("+12125550101", ""), windowed)
	a := r.ask("+12125550199")
	r.until(a.ID, "completed")
	got, err := r.shop.Desk().Report(t.Context(), 7)
	if err != nil {
		t.Fatal(err)
	}
	talked, waits := 0, 0
	for _, d := range got.Days { // midnight may pass meanwhile
		talked, waits = talked+d.Talked, waits+d.Waits
	}
	if len(got.Days) != 7 || talked != 1 || waits != 1 || got.Open[1] == nil {
		t.Errorf("%d days, %d talked, %d rang: %+v", len(got.Days), talked, waits, got)
	}
}
