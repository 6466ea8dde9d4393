package callbacktest

import (
	"slices"
	"testing"

	"ringback/server/callback"
)

var ownerRules = []rule{
	{"the list holds whole requests, newest first", func(t *testing.T, s callback.Store) {
		first := filled[callback.Request](0)
		first.ID, first.Spam, first.Follows = 0, false, 0
		second := ask(2)
		first.ID, second.ID = insert(t, s, first)[0], insert(t, s, second)[0]
		same(t, list(t, s, callback.Query{}), []callback.Request{second, first})
	}},
	{"an empty store has an empty list", func(t *testing.T, s callback.Store) {
		same(t, listed(t, s, callback.Query{}), []int64(nil))
		same(t, count(t, s, callback.Query{}), 0)
	}},
	{"what looks like spam is on no list but its own", func(t *testing.T, s callback.Store) {
		spam := func(r *callback.Request) { r.Spam, r.Status = true, callback.Missed }
		ids := insert(t, s, ask(1), ask(2, spam), ask(3, with(callback.Missed)))
		same(t, listed(t, s, callback.Query{}), []int64{ids[2], ids[0]})
		same(t, listed(t, s, callback.Query{ForOwner: true}), []int64{ids[2]})
		same(t, listed(t, s, callback.Query{Spam: true}), []int64{ids[1]})
		same(t, count(t, s, callback.Query{}), 2)
		same(t, count(t, s, callback.Query{ForOwner: true}), 1)
		same(t, count(t, s, callback.Query{Spam: true}), 1)
	}},
	{"the owner's list is what needs the owner and is not ticked off", func(t *testing.T, s callback.Store) {
		var want []int64
		for n, status := range callback.Statuses {
			ids := insert(t, s,
				ask(2*n, with(status)),
				ask(2*n+1, with(status), func(r *callback.Request) { r.TickedOff = &callback.Mark{By: "Ann", At: noon} }))
			if status.ForOwner() {
				want = append([]int64{ids[0]}, want...)
			}
		}
		same(t, listed(t, s, callback.Query{ForOwner: true}), want)
		same(t, count(t, s, callback.Query{ForOwner: true}), len(want))
	}},
	{"ticking off takes a request from the owner's list and undo puts it back", func(t *testing.T, s callback.Store) {
		r := ask(1, with(callback.Missed))
		r.ID = insert(t, s, r)[0]
		r.TickedOff = &callback.Mark{At: noon}
		save(t, s, r)
		same(t, listed(t, s, callback.Query{ForOwner: true}), []int64(nil))
		r.TickedOff = nil
		save(t, s, r)
		same(t, listed(t, s, callback.Query{ForOwner: true}), []int64{r.ID})
	}},
	{"a request that follows another one is on no list", func(t *testing.T, s callback.Store) {
		follow := func(r *callback.Request) { r.Follows, r.Status = 1, callback.Missed }
		ids := insert(t, s, ask(1), ask(2, follow), ask(3, follow, func(r *callback.Request) { r.Spam = true }))
		for _, q := range []callback.Query{{ForOwner: true}, {Spam: true}} {
			same(t, listed(t, s, q), []int64(nil))
			same(t, count(t, s, q), 0)
		}
		same(t, listed(t, s, callback.Query{}), ids[:1])
		same(t, count(t, s, callback.Query{}), 1)
	}},
	{"a list may begin at a time of asking", func(t *testing.T, s callback.Store) {
		ids := insert(t, s, ask(1), ask(2), ask(3))
		same(t, listed(t, s, callback.Query{Since: minute(2)}), []int64{ids[2], ids[1]})
		same(t, count(t, s, callback.Query{Since: minute(2)}), 2)
	}},
	{"a stretch begins at a place, or so far above a request, wherever that stands by now", func(t *testing.T, s callback.Store) {
		ids := insert(t, s, ask(1), ask(2), ask(3), ask(4), ask(5))
		at := func(span callback.Span) callback.Query { return callback.Query{Span: span} }
		wantStretch(t, s, at(callback.Span{Limit: 2}), 0, ids[4], ids[3])
		wantStretch(t, s, at(callback.Span{Limit: 2, At: 2}), 2, ids[2], ids[1])
		wantStretch(t, s, at(callback.Span{Limit: 2, At: 4}), 3, ids[1], ids[0])
		wantStretch(t, s, at(callback.Span{Limit: 9, At: 4}), 0, ids[4], ids[3], ids[2], ids[1], ids[0])
		wantStretch(t, s, at(callback.Span{Limit: 2, Near: ids[2]}), 2, ids[2], ids[1])
		wantStretch(t, s, at(callback.Span{Limit: 2, Near: ids[2], Above: 1}), 1, ids[3], ids[2])
		wantStretch(t, s, at(callback.Span{Limit: 2, Near: ids[3], Above: 9}), 0, ids[4], ids[3])
		insert(t, s, ask(6))
		wantStretch(t, s, at(callback.Span{Limit: 2, Near: ids[2], Above: 1}), 2, ids[3], ids[2])
		wantStretch(t, s, at(callback.Span{Limit: 2, At: 99}), 4, ids[1], ids[0])
	}},
	{"a request has a place in each list that it is on", func(t *testing.T, s callback.Store) {
		missed, spam := with(callback.Missed), func(r *callback.Request) { r.Spam = true }
		ids := insert(t, s, ask(1, missed), ask(2), ask(3, spam), ask(4, missed), ask(5, spam), ask(6))
		for _, c := range []struct {
			q    callback.Query
			find int64
			want int
		}{
			{callback.Query{}, ids[0], 3},
			{callback.Query{}, ids[2], -1},
			{callback.Query{}, ids[5] + 1, -1},
			{callback.Query{}, 0, -1},
			{callback.Query{ForOwner: true}, ids[0], 1},
			{callback.Query{ForOwner: true}, ids[1], -1},
			{callback.Query{Spam: true}, ids[2], 1},
			{callback.Query{Since: minute(4)}, ids[3], 1},
			{callback.Query{Since: minute(4)}, ids[1], -1},
			{callback.Query{Search: "nobody"}, ids[0], -1},
			{callback.Query{Search: "+"}, ids[0], 3},
			{callback.Query{Search: "1"}, ids[0], 3},
		} {
			c.q.Find = c.find
			got := read(t, s, func(v callback.Reader) (callback.Stretch, error) { return v.List(c.q) })
			if got.Found != c.want {
				t.Errorf("request %d stands at %d of %+v, want %d", c.find, got.Found, c.q, c.want)
			}
		}
	}},
	{"a search ends after so many", func(t *testing.T, s callback.Store) {
		ids := insert(t, s, ask(1), ask(2), ask(3), ask(4))
		q := callback.Query{Search: "1", Most: 3, Span: callback.Span{Limit: 2, At: 9}}
		wantStretch(t, s, q, 1, ids[2], ids[1])
		got := read(t, s, func(v callback.Reader) (callback.Stretch, error) { return v.List(q) })
		same(t, got.Count, 3)
	}},
	{"a search finds what begins with each word, and a number by any part of it", func(t *testing.T, s callback.Store) {
		a, b, c, d := ask(1), ask(2), ask(3), ask(4)
		a.Name, a.Number, a.Email = "José Ångström", "+12125550123", "jose.angstrom@example.com"
		b.Name, b.Number, b.Message = "李伟", "+491715550199", "Is the rye \"bread\" sold out? Order 4711, AND more*"
		c.Name, c.Number, c.Status, c.TickedOff = "Joe Doe", "+442079460018", callback.Missed, &callback.Mark{Note: "Pumpernickel on Monday"}
		d.Name, d.Spam = "Jo Spammer", true
		ids := insert(t, s, a, b, c, d)
		found := map[string][]int64{
			"": {ids[2], ids[1], ids[0]}, " -( \"*": {ids[2], ids[1], ids[0]},
			"jo": {ids[2], ids[0]}, "JOSE angst": {ids[0]}, "angström": {ids[0]}, "ose": nil, "jo doe": {ids[2]}, "jo nobody": nil,
			"李": {ids[1]}, "伟": nil, "bread": {ids[1]}, `"bread"`: {ids[1]}, "rye OR": {ids[1]}, "rye NOT": nil, "AND mor": {ids[1]}, "4711": {ids[1]}, "#4711": {ids[1]},
			"pump": {ids[2]}, "example.com": {ids[0]}, "jose.ang@": {ids[0]}, "NEAR(jo": nil, "name:jo": nil, "it's": nil, "jo*": {ids[2], ids[0]},
			"(212) 555-0123": {ids[0]}, "+1 212 555 0123": {ids[0]}, "0123": {ids[0]}, "555 01": {ids[1], ids[0]}, "5550124": nil,
			"2125550123 jo": {ids[0]}, "0171/5550199": {ids[1]}, "0049 171 5550199": {ids[1]}, "+44 (0)20 7946-0018": {ids[2]}, "020 7946": {ids[2]},
		}
		for typed, want := range found {
			if got := listed(t, s, callback.Query{Search: typed}); !slices.Equal(got, want) {
				t.Errorf("%q: got %v, want %v", typed, got, want)
			}
		}
		same(t, listed(t, s, callback.Query{Search: "jo", Spam: true}), []int64{ids[3]})
		same(t, listed(t, s, callback.Query{Search: "jo", ForOwner: true}), []int64(nil))
		same(t, listed(t, s, callback.Query{Search: "jo", Since: minute(3)}), []int64{ids[2]})
		same(t, listed(t, s, callback.Query{Search: "jo", Span: callback.Span{Limit: 1}}), []int64{ids[2]})
		same(t, listed(t, s, callback.Query{Search: "jo", Span: callback.Span{Limit: 1, At: 1}}), []int64{ids[0]})
	}},
	{"a search finds what a request holds now", func(t *testing.T, s callback.Store) {
		a := ask(1)
		a.Name, a.Number = "Jane", "+12125550123"
		a.ID = insert(t, s, a)[0]
		a.Name, a.Number, a.Status, a.TickedOff = "", "", callback.Missed, &callback.Mark{Note: "rye"}
		update(t, s, func(tx callback.Tx) error { return tx.Save(a) })
		for typed, want := range map[string][]int64{"jane": nil, "0123": nil, "rye": {a.ID}} {
			if got := listed(t, s, callback.Query{Search: typed}); !slices.Equal(got, want) {
				t.Errorf("%q: got %v, want %v", typed, got, want)
			}
		}
	}},
	{"a page without a limit has 100, and a count knows no pages", func(t *testing.T, s callback.Store) {
		var many []callback.Request
		for n := range 101 {
			many = append(many, ask(n))
		}
		ids := insert(t, s, many...)
		got := listed(t, s, callback.Query{})
		if len(got) != 100 || got[0] != ids[100] || got[99] != ids[1] {
			t.Errorf("got %d requests, %v, want the newest 100", len(got), got)
		}
		same(t, count(t, s, callback.Query{Span: callback.Span{Limit: 2, At: 50}}), 101)
	}},
}

func list(t *testing.T, s callback.Store, q callback.Query) []callback.Request {
	t.Helper()
	return read(t, s, func(v callback.Reader) ([]callback.Request, error) {
		stretch, err := v.List(q)
		return stretch.Requests, err
	})
}

func wantStretch(t *testing.T, s callback.Store, q callback.Query, at int, want ...int64) {
	t.Helper()
	got := read(t, s, func(v callback.Reader) (callback.Stretch, error) { return v.List(q) })
	if got.At != at || !slices.Equal(ids(got.Requests), want) {
		t.Errorf("%+v: got %v from %d on, want %v from %d on", q, ids(got.Requests), got.At, want, at)
	}
}

func listed(t *testing.T, s callback.Store, q callback.Query) []int64 {
	t.Helper()
	return ids(list(t, s, q))
}

func count(t *testing.T, s callback.Store, q callback.Query) int {
	t.Helper()
	return read(t, s, func(v callback.Reader) (int, error) { return v.Count(q) })
}
