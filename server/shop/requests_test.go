package shop_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"ringback/server/callback"
	"ringback/server/desk"
)

// listed are the numbers of what the window's list shows.
func (r *running) listed(q desk.Query) (numbers []string) {
	r.t.Helper()
	found, err := r.shop.Desk().Requests(r.t.Context(), q)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, request := range found.Requests {
		numbers = append(numbers, request.Number)
	}
	return numbers
}

// newest is the newest request of a list.
func (r *running) newest(q desk.Query) callback.Request {
	r.t.Helper()
	found, err := r.shop.Desk().Requests(r.t.Context(), q)
	if err != nil || found.Count == 0 {
		r.t.Fatalf("got %v, %v, want a request", found, err)
	}
	return found.Requests[0]
}

func TestTheOwnerSearchesWhatTheFilterShows(t *testing.T) {
	t.Parallel()
	r := start(t, t.TempDir(), "")
	r.post(map[string]any{"visitor_number": "+12125550123", "name": "Jane Doe", "message": "Rye bread?"})
	r.post(map[string]any{"visitor_number": "+12125550124", "name": "Rob Ot", "website": "http://spam.example"})
	for _, c := range []struct {
		q    desk.Query
		want []string
	}{
		{desk.Query{Filter: desk.All}, []string{"+12125550123"}},
		{desk.Query{Filter: desk.Today, Search: "rye jane"}, []string{"+12125550123"}},
		{desk.Query{Filter: desk.All, Search: "(212) 555-0124"}, nil},
		{desk.Query{Filter: desk.Spam, Search: "(212) 555-0124"}, []string{"+12125550124"}},
		{desk.Query{Filter: desk.Spam, Search: "jane"}, nil},
	} {
		if got := r.listed(c.q); !slices.Equal(got, c.want) {
			t.Errorf("%+v: got %q, want %q", c.q, got, c.want)
		}
	}
	if s := r.shown(); s.All != 1 || s.Spam != 1 {
		t.Errorf("counted are %d, and %d of spam, want one each", s.All, s.Spam)
	}
}

func TestWhoLookedLikeSpamIsCalledAndIsAPersonFromThenOn(t *testing.T) {
	t.Parallel()
	r := start(t, t.TempDir(), "")
	r.post(map[string]any{"visitor_number": "+12125550123", "name": "Jane Doe", "website": "https://jane.example"})
	spam := r.newest(desk.Query{Filter: desk.Spam})
	if err := r.shop.Desk().CallNow(t.Context(), spam.ID); err != nil {
		t.Fatal(err)
	}
	r.until(spam.PublicID, "completed")
	if got := r.newest(desk.Query{Filter: desk.All}); got.ID != spam.ID || len(r.listed(desk.Query{Filter: desk.Spam})) != 0 {
		t.Error("it still looks like spam")
	}
}

func TestABlockedNumberCanNotAskUntilItIsUnblocked(t *testing.T) {
	t.Parallel()
	r := start(t, t.TempDir(), "")
	d, ctx := r.shop.Desk(), t.Context()
	r.until(r.ask("+12125550123").ID, "completed")
	id := r.newest(desk.Query{Filter: desk.All}).ID
	for _, c := range []struct {
		do      func() error
		blocked bool
	}{
		{func() error { return d.Block(ctx, id) }, true},
		{func() error { return d.Unblock(ctx, id) }, false},
	} {
		if err := c.do(); err != nil {
			t.Fatal(err)
		}
		seen, err := d.Request(ctx, id)
		if err != nil || seen.Blocked != c.blocked {
			t.Errorf("blocked: %v, %v, want %v", seen.Blocked, err, c.blocked)
		}
		if refused := r.post(map[string]any{"visitor_number": "+12125550123"}).Code == "number_blocked"; refused != c.blocked {
			t.Errorf("the number is refused: %v, want %v", refused, c.blocked)
		}
	}
	if err := d.Block(ctx, 4711); err == nil {
		t.Error("a request that is not there can be blocked")
	}
}

// The history says who ticked a request off, by name.
func TestWhoTickedOffStandsInTheHistory(t *testing.T) {
	t.Parallel()
	r := start(t, t.TempDir(), `{"business": {"name": "Ann's Bakery"}}`)
	d, ctx := r.shop.Desk(), t.Context()
	r.until(r.ask("+12125550123").ID, "completed")
	id := r.newest(desk.Query{Filter: desk.All}).ID
	if err := d.Done(ctx, id, "rye on Monday"); err != nil {
		t.Fatal(err)
	}
	seen, err := d.Request(ctx, id)
	if err != nil || seen.TickedOff == nil || seen.TickedOff.By == "" || seen.TickedOff.Note != "rye on Monday" {
		t.Fatalf("the mark is %+v, %v, want one with a name", seen.TickedOff, err)
	}
	who, _ := json.Marshal(seen.TickedOff.By)
	at := slices.IndexFunc(seen.Events, func(e callback.Entry) bool { return callback.Kind(e.Kind) == callback.TickOff })
	if at < 0 || !strings.Contains(seen.Events[at].Body, `"who":`+string(who)) {
		t.Errorf("the log says %+v, want who it was: %s", seen.Events, who)
	}
}
