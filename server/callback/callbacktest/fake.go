package callbacktest

import (
	"context"
	"fmt"

	"ringback/server/callback"
)

// Fake is a callback.Store in memory, small and fast enough for random tests. It
// keeps copies: what it was given and what it gave can be changed without changing
// what is stored. Make one with NewFake.
type Fake struct {
	// FailCommit, where set, is asked before each commit. When it returns an
	// error, all that was done since the last commit is undone and Update
	// returns an error that wraps both callback.ErrNotSaved and that one: the
	// disk refused, or the plug was pulled. Set it between Updates only.
	FailCommit func() error

	turn chan struct{} // held by whoever reads or writes
	data
}

// data is what is stored. Ids are places in the slices, counted from 1.
type data struct {
	requests []callback.Request
	effects  []callback.Effect
	events   []callback.Entry
	webhooks map[string]callback.Step
	bars     []bar // those that hold
	incoming []callback.Incoming
}

type bar struct {
	number string
	why    callback.Bar
}

var _ callback.Store = (*Fake)(nil)

// NewFake makes an empty store.
func NewFake() *Fake {
	return &Fake{
		turn: make(chan struct{}, 1),
		data: data{
			webhooks: map[string]callback.Step{},
		},
	}
}

// Update is that of callback.Store; it runs f in the caller's own goroutine.
func (s *Fake) Update(ctx context.Context, f func(tx callback.Tx) error) error {
	if err := s.wait(ctx); err != nil {
		return err
	}
	defer s.leave()
	tx := s.begin()
	if err := run(tx, f); err != nil {
		tx.rollback()
		return err
	}
	if s.FailCommit == nil {
		return nil
	}
	if err := s.FailCommit(); err != nil {
		tx.rollback()
		return fmt.Errorf("commit: %w: %w", callback.ErrNotSaved, err)
	}
	return nil
}

// View is that of callback.Store. No Update runs beside it.
func (s *Fake) View(ctx context.Context, f func(v callback.Reader) error) error {
	if err := s.wait(ctx); err != nil {
		return err
	}
	defer s.leave()
	return f(fakeReader{&s.data})
}

func (s *Fake) wait(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("wait for a turn: %w", err)
	}
	select {
	case s.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for a turn: %w", ctx.Err())
	}
}

func (s *Fake) leave() { <-s.turn }

// run makes a panic the error of the one who panicked, as the writer of a real
// store must.
func run(tx callback.Tx, f func(tx callback.Tx) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a transaction: %v", p)
		}
	}()
	return f(tx)
}
