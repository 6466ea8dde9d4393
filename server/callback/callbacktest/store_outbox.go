package callbacktest

import (
	"errors"
	"testing"
	"time"

	"ringback/server/callback"
)

var outboxRules = []rule{
	{"every field of an effect is kept", func(t *testing.T, s callback.Store) {
		request := insert(t, s, ask(1))[0]
		want := filled[callback.Effect](0)
		want.ID, want.Request = 0, request
		want.ID = add(t, s, want)[0]
		effect := func(v callback.Reader) (callback.Effect, error) { return v.Effect(want.ID) }
		same(t, read(t, s, effect), want)

		changed := filled[callback.Effect](100)
		changed.ID, changed.Request = want.ID, request
		update(t, s, func(tx callback.Tx) error { return tx.SaveEffect(changed) })
		same(t, read(t, s, effect), changed)
	}},
	{"an effect can become one that was not started", func(t *testing.T, s callback.Store) {
		e := callback.Effect{Request: insert(t, s, ask(1))[0], Kind: callback.EffectCall, Leg: "leg", Due: noon, Started: noon}
		e.ID = add(t, s, e)[0]
		e.Started = time.Time{}
		update(t, s, func(tx callback.Tx) error { return tx.SaveEffect(e) })
		same(t, read(t, s, func(v callback.Reader) (callback.Effect, error) { return v.Effect(e.ID) }), e)
	}},
	{"ids of effects begin at 1 and rise in the order of adding", func(t *testing.T, s callback.Store) {
		ids := insert(t, s, ask(1), ask(2))
		same(t, add(t, s, callback.Effect{Request: ids[1]}, callback.Effect{Request: ids[0]}), []int64{1, 2})
	}},
	{"an effect belongs to a request", func(t *testing.T, s callback.Store) {
		for _, request := range []int64{0, 7} {
			refused(t, s, func(tx callback.Tx) error {
				_, err := tx.Add(callback.Effect{Request: request})
				return err
			})
		}
	}},
	{"an effect that has an id already is not added", func(t *testing.T, s callback.Store) {
		request := insert(t, s, ask(1))[0]
		refused(t, s, func(tx callback.Tx) error {
			_, err := tx.Add(callback.Effect{ID: 7, Request: request})
			return err
		})
	}},
	{"an effect that was never added can't be saved", func(t *testing.T, s callback.Store) {
		request := insert(t, s, ask(1))[0]
		err := s.Update(t.Context(), func(tx callback.Tx) error {
			return tx.SaveEffect(callback.Effect{ID: 7, Request: request})
		})
		if !errors.Is(err, callback.ErrNotFound) {
			t.Errorf("got %v, want ErrNotFound", err)
		}
		notFound(t, s, func(v callback.Reader) (callback.Effect, error) { return v.Effect(7) })
	}},
	{"due is what is undone, has come and is first in its request, the earliest first", func(t *testing.T, s callback.Store) {
		r := insert(t, s, ask(1), ask(2), ask(3), ask(4))
		ids := add(t, s,
			callback.Effect{Request: r[0], Due: minute(5)},
			callback.Effect{Request: r[0], Due: minute(1)}, // waits for the one before it
			callback.Effect{Request: r[1], Due: minute(4), Done: minute(4)},
			callback.Effect{Request: r[1], Due: minute(3)},
			callback.Effect{Request: r[2], Due: minute(9)},
			callback.Effect{Request: r[3], Due: minute(5)})
		for _, c := range []struct {
			now   time.Time
			limit int
			want  []int64
			next  time.Time
		}{
			{minute(3).Add(-time.Millisecond), 10, nil, minute(3)},
			{minute(3), 10, []int64{ids[3]}, minute(5)},
			{minute(5), 10, []int64{ids[3], ids[0], ids[5]}, minute(9)},
			{minute(5), 2, []int64{ids[3], ids[0]}, minute(9)},
			{minute(5), 0, nil, minute(9)},
			{minute(9), 10, []int64{ids[3], ids[0], ids[5], ids[4]}, time.Time{}},
		} {
			got, next := due(t, s, c.now, c.limit)
			same(t, got, c.want)
			same(t, next, c.next)
		}
	}},
	{"the next effect of a request is due once the one before it is done", func(t *testing.T, s callback.Store) {
		r := insert(t, s, ask(1))[0]
		first := callback.Effect{Request: r, Due: minute(1)}
		ids := add(t, s, first, callback.Effect{Request: r, Due: minute(2)})
		first.ID, first.Started, first.Done = ids[0], minute(1), minute(1)
		update(t, s, func(tx callback.Tx) error { return tx.SaveEffect(first) })
		got, next := due(t, s, minute(2), 10)
		same(t, got, []int64{ids[1]})
		same(t, next, time.Time{})
	}},
	{"a started effect is due until it is done", func(t *testing.T, s callback.Store) {
		r := insert(t, s, ask(1))[0]
		ids := add(t, s, callback.Effect{Request: r, Due: minute(1), Started: minute(1)})
		got, _ := due(t, s, minute(1), 10)
		same(t, got, ids)
	}},
	{"a due effect comes whole", func(t *testing.T, s callback.Store) {
		want := filled[callback.Effect](0)
		want.ID, want.Request, want.Done = 0, insert(t, s, ask(1))[0], time.Time{}
		want.ID = add(t, s, want)[0]
		got := read(t, s, func(v callback.Reader) ([]callback.Effect, error) {
			effects, _, err := v.Due(want.Due, 10)
			return effects, err
		})
		same(t, got, []callback.Effect{want})
	}},
	{"the undone effect for a leg or a text is found by its kind", func(t *testing.T, s callback.Store) {
		r := insert(t, s, ask(1))[0]
		ids := add(t, s,
			callback.Effect{Request: r, Kind: callback.EffectHangUp, Leg: "leg", Done: noon},
			callback.Effect{Request: r, Kind: callback.EffectCall, Leg: "leg"},
			callback.Effect{Request: r, Kind: callback.EffectHangUp, Leg: "leg"},
			callback.Effect{Request: r, Kind: callback.EffectHangUp, Leg: "leg"},
			callback.Effect{Request: r, Kind: callback.EffectText, Text: "text"},
			callback.Effect{Request: r, Kind: callback.EffectNotify})
		find := func(kind callback.EffectKind, id string) func(v callback.Reader) (callback.Effect, error) {
			return func(v callback.Reader) (callback.Effect, error) { return v.EffectFor(kind, id) }
		}
		same(t, read(t, s, find(callback.EffectCall, "leg")).ID, ids[1])
		same(t, read(t, s, find(callback.EffectHangUp, "leg")).ID, ids[2])
		same(t, read(t, s, find(callback.EffectText, "text")).ID, ids[4])
		notFound(t, s, find(callback.EffectText, "leg"))
		notFound(t, s, find(callback.EffectAsk, "leg"))
		notFound(t, s, find(callback.EffectNotify, ""))
	}},
}

// add puts effects into the outbox and returns their ids.
func add(t *testing.T, s callback.Store, effects ...callback.Effect) []int64 {
	t.Helper()
	var added []int64
	update(t, s, func(tx callback.Tx) error {
		for _, e := range effects {
			id, err := tx.Add(e)
			if err != nil {
				return err
			}
			added = append(added, id)
		}
		return nil
	})
	return added
}

func due(t *testing.T, s callback.Store, now time.Time, limit int) (ids []int64, next time.Time) {
	t.Helper()
	effects := read(t, s, func(v callback.Reader) (effects []callback.Effect, err error) {
		effects, next, err = v.Due(now, limit)
		return effects, err
	})
	for _, e := range effects {
		ids = append(ids, e.ID)
	}
	return ids, next
}
