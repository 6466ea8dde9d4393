package desk_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/server/sqlite"
)

// kept is the event log of a database in memory.
type kept struct {
	*sqlite.Store
	check desk.LogCheck
}

func (k kept) CheckLog(_ context.Context, progress func(done, all int)) (desk.LogCheck, error) {
	if progress != nil {
		progress(1, 1)
	}
	return k.check, nil
}

func newKept(t *testing.T) kept {
	t.Helper()
	s, err := sqlite.Open(t.Context(), sqlite.Options{Path: sqlite.Memory})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return kept{Store: s}
}

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func (k kept) happens(t *testing.T, second int, request int64, kind string) {
	t.Helper()
	err := k.Update(t.Context(), func(tx callback.Tx) error {
		return tx.Log(noon.Add(time.Duration(second)*time.Second), request, callback.Note{Kind: kind})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// leafed goes through the log a page at a time.
func leafed(t *testing.T, o *desk.Owner, q desk.EntryQuery) (kinds []string) {
	t.Helper()
	for range 1000 {
		p, err := o.Entries(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if q.Limit > 0 && len(p.Entries) > q.Limit {
			t.Fatalf("a page of %d has %d entries", q.Limit, len(p.Entries))
		}
		for _, e := range p.Entries {
			kinds = append(kinds, e.Kind)
		}
		if !p.More {
			return kinds
		}
		q.Before = p.Next
	}
	t.Fatal("the log has no end")
	return nil
}

func TestInPracticeBothLogsAreReadAsOne(t *testing.T) {
	requests, shop := newKept(t), newKept(t)
	chance := rand.New(rand.NewPCG(1, 2))
	type one struct {
		second int
		shop   bool
		seq    int
		kind   string
	}
	var all []one
	for n := range 120 {
		at, ofShop := chance.IntN(30), chance.IntN(2) == 0
		e := one{at, ofShop, n, fmt.Sprintf("kind %d", n)}
		all = append(all, e)
		if ofShop {
			shop.happens(t, at, 0, e.kind)
		} else {
			requests.happens(t, at, 1, e.kind)
		}
	}
	shop.happens(t, 99, 7, "a real request") // which is not shown in practice
	slices.SortFunc(all, func(a, b one) int {
		switch {
		case a.second != b.second:
			return b.second - a.second
		case a.shop != b.shop && b.shop:
			return -1
		case a.shop != b.shop:
			return 1
		}
		return b.seq - a.seq
	})
	var want []string
	for _, e := range all {
		want = append(want, e.kind)
	}
	o := &desk.Owner{Log: requests, ShopLog: shop}
	for _, limit := range []int{1, 2, 7, 50, 119, 120, 121, 0} {
		if got := leafed(t, o, desk.EntryQuery{Limit: limit}); !slices.Equal(got, want) {
			t.Errorf("%d at a time: got %q, want %q", limit, got, want)
		}
	}
}

func TestATopicHasItsKinds(t *testing.T) {
	log := newKept(t)
	var want []string
	for _, kind := range []string{"asked", "settings", "key", "backup", "refused_webhook_forged", "text_taken", "of a later version"} {
		log.happens(t, 0, 1, kind)
	}
	o := &desk.Owner{Log: log}
	for topic, kind := range map[desk.Topic]string{desk.OfRequests: "asked", desk.OfSettings: "settings", desk.OfCalls: "key",
		desk.OfBackups: "backup", desk.OfRefusals: "refused_webhook_forged", desk.OfTexts: "text_taken"} {
		want = []string{kind}
		if got := leafed(t, o, desk.EntryQuery{Topic: topic}); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", topic, got, want)
		}
		if got := desk.TopicOf(kind); got != topic {
			t.Errorf("%s is of %q", kind, got)
		}
	}
	if got := leafed(t, o, desk.EntryQuery{}); len(got) != 7 || desk.TopicOf("of a later version") != desk.AllTopics {
		t.Errorf("all of them: %q", got)
	}
	if len(desk.Topics()) != 7 {
		t.Error("a topic is not offered")
	}
}

func TestBothLogsAreCheckedInPractice(t *testing.T) {
	requests, shop := newKept(t), newKept(t)
	requests.check = desk.LogCheck{Entries: 3, Since: noon}
	shop.check = desk.LogCheck{Entries: 4, Since: noon.Add(-time.Hour)}
	check := func() desk.LogCheck {
		t.Helper()
		c, err := (&desk.Owner{Log: requests, ShopLog: shop}).CheckLog(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if got, want := check(), (desk.LogCheck{Entries: 7, Since: noon.Add(-time.Hour)}); got != want {
		t.Errorf("both whole: got %+v, want %+v", got, want)
	}
	requests.check.Bad, requests.check.How = 2, desk.EntryChanged
	if got := check(); got.Bad != 2 || got.Shop {
		t.Errorf("the requests' is broken: got %+v", got)
	}
	shop.check.Bad = 9
	if got := check(); got.Bad != 9 || !got.Shop {
		t.Errorf("the shop's is broken, too: got %+v", got)
	}
}

func TestTheSpanIsThatOfBothLogs(t *testing.T) {
	requests, shop := newKept(t), newKept(t)
	o := &desk.Owner{Log: requests, ShopLog: shop}
	span := func() [2]int {
		t.Helper()
		from, to, err := o.LogSpan(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if from.IsZero() {
			return [2]int{-1, -1}
		}
		return [2]int{int(from.Sub(noon).Seconds()), int(to.Sub(noon).Seconds())}
	}
	if got := span(); got != [2]int{-1, -1} {
		t.Errorf("empty logs span %v", got)
	}
	shop.happens(t, 5, 0, "mode")
	if got := span(); got != [2]int{5, 5} {
		t.Errorf("got %v", got)
	}
	requests.happens(t, 7, 1, "asked")
	requests.happens(t, 3, 1, "asked")
	if got := span(); got != [2]int{3, 7} {
		t.Errorf("got %v", got)
	}
}
