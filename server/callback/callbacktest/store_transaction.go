package callbacktest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"ringback/server/callback"
)

// errUndo is what a transaction that shall be undone returns.
var errUndo = errors.New("undo this")

var transactionRules = []rule{
	{"a transaction sees its own changes", func(t *testing.T, s callback.Store) {
		update(t, s, func(tx callback.Tx) error {
			id, err := tx.Insert(ask(1, with(callback.Calling)))
			if err != nil {
				return err
			}
			if _, err := tx.Request(id); err != nil {
				return fmt.Errorf("its request: %w", err)
			}
			if under, err := tx.UnderWay(); err != nil || len(under) != 1 {
				return fmt.Errorf("under way: got %v, %w", under, err)
			}
			if _, err := tx.Add(callback.Effect{Request: id, Due: noon}); err != nil {
				return err
			}
			if due, _, err := tx.Due(noon, 10); err != nil || len(due) != 1 {
				return fmt.Errorf("due: got %v, %w", due, err)
			}
			return nil
		})
	}},
	{"an error undoes all of its transaction and comes back as it is", func(t *testing.T, s callback.Store) {
		r := ask(1, func(r *callback.Request) { r.Legs = []callback.Leg{{ID: "leg"}} })
		r.ID = insert(t, s, r)[0]
		e := callback.Effect{Request: r.ID, Due: noon}
		e.ID = add(t, s, e)[0]

		err := s.Update(t.Context(), func(tx callback.Tx) error {
			changed, done := r, e
			changed.Status, changed.Legs = callback.Cancelled, append(changed.Legs, callback.Leg{ID: "other"})
			done.Done = noon
			_, insertErr := tx.Insert(ask(2))
			_, addErr := tx.Add(callback.Effect{Request: r.ID, Due: noon})
			return errors.Join(insertErr, addErr,
				tx.Save(changed),
				tx.SaveEffect(done),
				tx.Record([]string{"key"}, r.ID, noon, callback.Step{}),
				tx.Log(noon, r.ID, callback.Note{Kind: "undone"}),
				errUndo)
		})
		joined, ok := err.(interface{ Unwrap() []error })
		if !ok || len(joined.Unwrap()) != 1 || !errors.Is(joined.Unwrap()[0], errUndo) {
			t.Fatalf("got %v, want the very error that was returned, and no other", err)
		}

		same(t, load(t, s, r.ID), r)
		same(t, listed(t, s, callback.Query{}), []int64{r.ID})
		effects, _ := due(t, s, noon, 10)
		same(t, effects, []int64{e.ID})
		notFound(t, s, func(v callback.Reader) (callback.Request, error) { return v.ByLeg("other") })
		notFound(t, s, webhook("key"))
		same(t, events(t, s, r.ID, 10), []callback.Entry(nil))
	}},
	{"an id that was undone is given again, so that none is missing", func(t *testing.T, s callback.Store) {
		refused(t, s, func(tx callback.Tx) error {
			if _, err := tx.Insert(ask(1)); err != nil {
				return err
			}
			return errUndo
		})
		same(t, insert(t, s, ask(2)), []int64{1})
	}},
	{"a transaction that was undone leaves its neighbours alone", func(t *testing.T, s callback.Store) {
		const callers = 40
		errs := make([]error, callers)
		together(callers, func(n int) {
			errs[n] = s.Update(t.Context(), func(tx callback.Tx) error {
				id, err := tx.Insert(ask(n))
				if err != nil {
					return err
				}
				if err := tx.Log(noon, 7, callback.Note{Kind: fmt.Sprint(id)}); err != nil {
					return err
				}
				if n%2 == 1 {
					return errUndo
				}
				return nil
			})
		})
		for n, err := range errs {
			if undone := n%2 == 1; undone && !errors.Is(err, errUndo) || !undone && err != nil {
				t.Errorf("caller %d: got %v", n, err)
			}
			_, err := tryRead(t, s, func(v callback.Reader) (callback.Request, error) { return v.ByPublicID(ask(n).PublicID) })
			if stored := err == nil; stored != (n%2 == 0) {
				t.Errorf("caller %d: stored is %v (%v)", n, stored, err)
			}
		}
		same(t, len(events(t, s, 7, callers)), callers/2)
	}},
	{"transactions come one after another", func(t *testing.T, s callback.Store) {
		r := ask(1)
		r.ID = insert(t, s, r)[0]
		const callers = 40
		errs := make([]error, callers)
		together(callers, func(n int) {
			errs[n] = s.Update(t.Context(), func(tx callback.Tx) error {
				r, err := tx.Request(r.ID)
				if err != nil {
					return err
				}
				r.Rounds++
				return tx.Save(r)
			})
		})
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		same(t, load(t, s, r.ID).Rounds, callers)
	}},
	{"a view sees no half of a transaction", func(t *testing.T, s callback.Store) {
		a, b := ask(1), ask(2)
		ids := insert(t, s, a, b)
		a.ID, b.ID = ids[0], ids[1]
		const turns = 50
		errs := make([]error, 2)
		together(2, func(n int) {
			for turn := range turns {
				if n == 0 {
					errs[0] = errors.Join(errs[0], s.Update(t.Context(), func(tx callback.Tx) error {
						a.Rounds, b.Rounds = turn, turn
						return errors.Join(tx.Save(a), tx.Save(b))
					}))
					continue
				}
				errs[1] = errors.Join(errs[1], s.View(t.Context(), func(v callback.Reader) error {
					first, err := v.Request(a.ID)
					if err != nil {
						return err
					}
					second, err := v.Request(b.ID)
					if err == nil && first.Rounds != second.Rounds {
						err = fmt.Errorf("saw %d and %d", first.Rounds, second.Rounds)
					}
					return err
				}))
			}
		})
		if err := errors.Join(errs...); err != nil {
			t.Error(err)
		}
	}},
	{"what Update has returned for, any later view sees", func(t *testing.T, s callback.Store) {
		r := ask(1)
		r.ID = insert(t, s, r)[0]
		for turn := range 20 {
			r.Rounds = turn
			save(t, s, r)
			same(t, load(t, s, r.ID).Rounds, turn)
		}
	}},
	{"an error of a view comes back as it is", func(t *testing.T, s callback.Store) {
		if err := s.View(t.Context(), func(callback.Reader) error { return errUndo }); !errors.Is(err, errUndo) {
			t.Errorf("got %v, want %v", err, errUndo)
		}
	}},
	{"a panic is the error of the one who panicked, undoes its changes, and is nobody else's", func(t *testing.T, s callback.Store) {
		err := s.Update(t.Context(), func(tx callback.Tx) error {
			if _, err := tx.Insert(ask(1)); err != nil {
				return err
			}
			panic("out of ideas")
		})
		if err == nil || !strings.Contains(err.Error(), "out of ideas") {
			t.Errorf("got %v, want an error that names the panic", err)
		}
		same(t, insert(t, s, ask(1)), []int64{1})
	}},
	{"whose context has ended is not run", func(t *testing.T, s callback.Store) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		ran := false
		if err := s.Update(ctx, func(callback.Tx) error { ran = true; return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("update: got %v, want %v", err, context.Canceled)
		}
		if err := s.View(ctx, func(callback.Reader) error { ran = true; return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("view: got %v, want %v", err, context.Canceled)
		}
		if ran {
			t.Error("it was run")
		}
	}},
	{"a context that ends while its transaction runs does not undo it", func(t *testing.T, s callback.Store) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		err := s.Update(ctx, func(tx callback.Tx) error {
			cancel()
			_, err := tx.Insert(ask(1))
			return err
		})
		if err != nil {
			t.Errorf("got %v, want the true answer: it is stored", err)
		}
		same(t, load(t, s, 1).PublicID, ask(1).PublicID)
	}},
}

// together runs f in n goroutines side by side and waits for all.
func together(n int, f func(n int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { f(i) })
	}
	all.Wait()
}
