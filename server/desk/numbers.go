package desk

import (
	"context"
	"errors"

	"ringback/server/callback"
)

// Numbers is what the owner can ask for about the number of a request. Errors are
// *callback.Error with NotFound where the request is gone or its person was erased.
type Numbers interface {
	// Block refuses the number from now on, calls and texts to it too, and cancels
	// everything of it that is not connected. Again it changes nothing.
	Block(ctx context.Context, id int64) error
	// Unblock takes that back; what was cancelled stays so.
	Unblock(ctx context.Context, id int64) error
}

func (o *Owner) Block(ctx context.Context, id int64) error {
	n, err := o.numberOf(ctx, id)
	if err != nil {
		return err
	}
	return o.Engine.Block(ctx, n)
}

func (o *Owner) Unblock(ctx context.Context, id int64) error {
	n, err := o.numberOf(ctx, id)
	if err != nil {
		return err
	}
	return o.Engine.Unblock(ctx, n)
}

func (o *Owner) numberOf(ctx context.Context, id int64) (string, error) {
	var r callback.Request
	err := o.Store.View(ctx, func(v callback.Reader) (err error) {
		r, err = v.Request(id)
		return err
	})
	if errors.Is(err, callback.ErrNotFound) || err == nil && r.Erased() {
		return "", &callback.Error{Code: callback.NotFound}
	}
	return r.Number, err
}

func (l *Lasting) Block(ctx context.Context, id int64) error {
	d, leave := l.Present()
	defer leave()
	return d.Block(ctx, id)
}

func (l *Lasting) Unblock(ctx context.Context, id int64) error {
	d, leave := l.Present()
	defer leave()
	return d.Unblock(ctx, id)
}
