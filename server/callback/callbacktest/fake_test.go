package callbacktest

import (
	"errors"
	"testing"

	"ringback/server/callback"
)

func TestFakeMeetsTheContract(t *testing.T) {
	TestStore(t, func(*testing.T) callback.Store { return NewFake() })
}

func TestFakeWhoseCommitFailsKeepsNothingOfIt(t *testing.T) {
	s := NewFake()
	r := ask(1)
	r.ID = insert(t, s, r)[0]
	e := callback.Effect{Request: r.ID, Due: noon}
	e.ID = add(t, s, e)[0]

	plug := errors.New("somebody pulled the plug")
	s.FailCommit = func() error { return plug }
	err := s.Update(t.Context(), func(tx callback.Tx) error {
		changed, done := r, e
		changed.Status, done.Done = callback.Missed, noon
		_, insertErr := tx.Insert(ask(2))
		return errors.Join(insertErr,
			tx.Save(changed),
			tx.SaveEffect(done),
			tx.Record([]string{"key"}, r.ID, noon, callback.Step{}),
			tx.Log(noon, r.ID, callback.Note{Kind: "lost"}))
	})
	if !errors.Is(err, callback.ErrNotSaved) || !errors.Is(err, plug) {
		t.Errorf("got %v, want an error that wraps ErrNotSaved and the cause", err)
	}

	s.FailCommit = nil
	same(t, load(t, s, r.ID), r)
	same(t, listed(t, s, callback.Query{}), []int64{r.ID})
	effects, _ := due(t, s, noon, 10)
	same(t, effects, []int64{e.ID})
	notFound(t, s, webhook("key"))
	same(t, events(t, s, r.ID, 10), []callback.Entry(nil))
	same(t, insert(t, s, ask(2)), []int64{2})
}
