package callbacktest

import (
	"errors"
	"testing"
	"time"

	"ringback/server/callback"
)

var requestRules = []rule{
	{"every field of a new request is kept", func(t *testing.T, s callback.Store) {
		want := filled[callback.Request](0)
		want.ID = 0
		want.ID = insert(t, s, want)[0]
		same(t, load(t, s, want.ID), want)
	}},
	{"every field of a changed request is kept", func(t *testing.T, s callback.Store) {
		first := filled[callback.Request](0)
		first.ID = 0
		id := insert(t, s, first)[0]
		want := filled[callback.Request](1000)
		want.ID = id
		for i := range want.Legs {
			want.Legs[i].ID = first.Legs[i].ID
		}
		for i := range want.Texts {
			want.Texts[i].ID = first.Texts[i].ID
		}
		save(t, s, want)
		same(t, load(t, s, id), want)
	}},
	{"a request with nothing but what it must have is kept", func(t *testing.T, s callback.Store) {
		want := ask(1)
		want.ID = insert(t, s, want)[0]
		same(t, load(t, s, want.ID), want)
	}},
	{"what was set can become empty again", func(t *testing.T, s callback.Store) {
		first := filled[callback.Request](0)
		first.ID, first.Legs, first.Texts = 0, nil, nil
		want := ask(1)
		want.ID = insert(t, s, first)[0]
		save(t, s, want)
		same(t, load(t, s, want.ID), want)
	}},
	{"words are kept as they were typed", func(t *testing.T, s callback.Store) {
		want := ask(1, func(r *callback.Request) {
			r.Name = `Zoë "the 'quick'" O\Brien; DROP TABLE requests --`
			r.Message = "two\r\nlines, a NUL \x00 in between, 中文, עברית, 🧁 "
		})
		want.ID = insert(t, s, want)[0]
		same(t, load(t, s, want.ID), want)
	}},
	{"a time is kept to the millisecond and comes back in UTC", func(t *testing.T, s callback.Store) {
		zone := time.FixedZone("somewhere", -5*60*60)
		in := noon.Add(1234567 * time.Microsecond).In(zone)
		id := insert(t, s, ask(1, func(r *callback.Request) {
			r.AskedAt = in
			r.TickedOff = &callback.Mark{At: in}
			r.Legs = []callback.Leg{{ID: "leg", End: in}}
		}))[0]
		r := load(t, s, id)
		for _, got := range []time.Time{r.AskedAt, r.TickedOff.At, r.Legs[0].End} {
			if want := noon.Add(1234 * time.Millisecond); got != want {
				t.Errorf("got %v, want %v", got, want)
			}
		}
	}},
	{"ids begin at 1 and rise in the order of asking", func(t *testing.T, s callback.Store) {
		same(t, insert(t, s, ask(1), ask(2), ask(3)), []int64{1, 2, 3})
	}},
	{"a request that has an id already is not inserted", func(t *testing.T, s callback.Store) {
		refused(t, s, func(tx callback.Tx) error {
			_, err := tx.Insert(ask(1, func(r *callback.Request) { r.ID = 7 }))
			return err
		})
	}},
	{"two requests can't have one public id", func(t *testing.T, s callback.Store) {
		first := ask(1)
		insert(t, s, first)
		refused(t, s, func(tx callback.Tx) error {
			_, err := tx.Insert(ask(2, func(r *callback.Request) { r.PublicID = first.PublicID }))
			return err
		})
	}},
	{"two requests can't have one key", func(t *testing.T, s callback.Store) {
		keyed := func(r *callback.Request) { r.Key = "key" }
		insert(t, s, ask(1, keyed))
		refused(t, s, func(tx callback.Tx) error {
			_, err := tx.Insert(ask(2, keyed))
			return err
		})
	}},
	{"any number of requests can be without a key", func(t *testing.T, s callback.Store) {
		insert(t, s, ask(1), ask(2))
		notFound(t, s, func(v callback.Reader) (callback.Request, error) { return v.ByKey("") })
	}},
	{"two requests can't have one leg", func(t *testing.T, s callback.Store) {
		legged := func(r *callback.Request) { r.Legs = []callback.Leg{{ID: "leg"}} }
		insert(t, s, ask(1, legged))
		refused(t, s, func(tx callback.Tx) error {
			_, err := tx.Insert(ask(2, legged))
			return err
		})
	}},
	{"two requests can't have one text", func(t *testing.T, s callback.Store) {
		texted := func(r *callback.Request) { r.Texts = []callback.Text{{ID: "text"}} }
		insert(t, s, ask(1, texted))
		refused(t, s, func(tx callback.Tx) error {
			_, err := tx.Insert(ask(2, texted))
			return err
		})
	}},
	{"a request that was never inserted can't be saved", func(t *testing.T, s callback.Store) {
		err := s.Update(t.Context(), func(tx callback.Tx) error {
			return tx.Save(ask(1, func(r *callback.Request) { r.ID = 7 }))
		})
		if !errors.Is(err, callback.ErrNotFound) {
			t.Errorf("got %v, want ErrNotFound", err)
		}
	}},
	{"legs and texts are added and changed, and keep their order", func(t *testing.T, s callback.Store) {
		r := ask(1)
		r.ID = insert(t, s, r)[0]
		r.Legs = []callback.Leg{{ID: "z", Status: callback.CallWanted}}
		r.Texts = []callback.Text{{ID: "y", Status: callback.TextWanted}}
		save(t, s, r)
		r.Legs[0].Status = callback.CallBusy
		r.Legs = append(r.Legs, callback.Leg{ID: "a"}, callback.Leg{ID: "m"})
		r.Texts[0].SID = "SM1"
		r.Texts = append(r.Texts, callback.Text{ID: "b"})
		save(t, s, r)
		same(t, load(t, s, r.ID), r)
	}},
	{"a leg or text that was stored is never forgotten", func(t *testing.T, s callback.Store) {
		r := ask(1)
		r.Legs = []callback.Leg{{ID: "l1"}, {ID: "l2"}}
		r.Texts = []callback.Text{{ID: "t1"}, {ID: "t2"}}
		r.ID = insert(t, s, r)[0]
		fewerLegs, fewerTexts, otherOrder := r, r, r
		fewerLegs.Legs = r.Legs[:1]
		fewerTexts.Texts = r.Texts[:1]
		otherOrder.Legs = []callback.Leg{r.Legs[1], r.Legs[0]}
		for _, stale := range []callback.Request{fewerLegs, fewerTexts, otherOrder} {
			refused(t, s, func(tx callback.Tx) error { return tx.Save(stale) })
		}
		same(t, load(t, s, r.ID), r)
	}},
	{"a request is found by its public id, key, legs and texts", func(t *testing.T, s callback.Store) {
		want := ask(2, func(r *callback.Request) {
			r.Key = "key"
			r.Legs = []callback.Leg{{ID: "leg 1"}, {ID: "leg 2"}}
			r.Texts = []callback.Text{{ID: "text 1"}, {ID: "text 2"}}
		})
		want.ID = insert(t, s, ask(1), want, ask(3))[1]
		for _, find := range []func(v callback.Reader) (callback.Request, error){
			func(v callback.Reader) (callback.Request, error) { return v.ByPublicID(want.PublicID) },
			func(v callback.Reader) (callback.Request, error) { return v.ByKey("key") },
			func(v callback.Reader) (callback.Request, error) { return v.ByLeg("leg 2") },
			func(v callback.Reader) (callback.Request, error) { return v.ByText("text 2") },
		} {
			same(t, read(t, s, find), want)
		}
	}},
	{"what is not there is ErrNotFound", func(t *testing.T, s callback.Store) {
		insert(t, s, ask(1))
		for _, find := range []func(v callback.Reader) (callback.Request, error){
			func(v callback.Reader) (callback.Request, error) { return v.Request(0) },
			func(v callback.Reader) (callback.Request, error) { return v.Request(7) },
			func(v callback.Reader) (callback.Request, error) { return v.ByPublicID("x") },
			func(v callback.Reader) (callback.Request, error) { return v.ByKey("x") },
			func(v callback.Reader) (callback.Request, error) { return v.ByLeg("x") },
			func(v callback.Reader) (callback.Request, error) { return v.ByLeg("") },
			func(v callback.Reader) (callback.Request, error) { return v.ByText("x") },
			func(v callback.Reader) (callback.Request, error) { return v.OpenFor("x") },
		} {
			notFound(t, s, find)
		}
	}},
	{"what the store gave can be changed without changing what is stored", func(t *testing.T, s callback.Store) {
		want := filled[callback.Request](0)
		want.ID = 0
		want.ID = insert(t, s, want)[0]
		spoil(load(t, s, want.ID))
		same(t, load(t, s, want.ID), want)
	}},
	{"what the store was given can be changed without changing what is stored", func(t *testing.T, s callback.Store) {
		given, want := filled[callback.Request](0), filled[callback.Request](0)
		given.ID = 0
		want.ID = insert(t, s, given)[0]
		spoil(given)
		same(t, load(t, s, want.ID), want)
	}},
}

// spoil changes all that a request only points to.
func spoil(r callback.Request) {
	r.Legs[0].SID = "spoilt"
	r.Texts[0].SID = "spoilt"
	r.Round.Base = "spoilt"
	r.Round.Phones[0].Label = "spoilt"
	r.TickedOff.By = "spoilt"
	r.Before.Status = "spoilt"
}

// refused ends well when f is refused and nothing of it is stored.
func refused(t *testing.T, s callback.Store, f func(tx callback.Tx) error) {
	t.Helper()
	all := func(v callback.Reader) (int, error) { return v.AskedSince(time.Time{}, "") }
	before := read(t, s, all)
	if err := s.Update(t.Context(), f); err == nil {
		t.Error("got no error")
	}
	same(t, read(t, s, all), before)
}

func notFound[T any](t *testing.T, s callback.Store, find func(v callback.Reader) (T, error)) {
	t.Helper()
	if got, err := tryRead(t, s, find); !errors.Is(err, callback.ErrNotFound) {
		t.Errorf("got %v, %v, want ErrNotFound", got, err)
	}
}
