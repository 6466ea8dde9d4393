package callback

import (
	"context"
	"errors"
)

// Block puts a number on the owner's list of blocked ones and cancels everything of it
// that is not connected, in one commit. Again it changes nothing.
func (e *Engine) Block(ctx context.Context, number string) error {
	return e.update(ctx, func(u *update) error {
		if err := u.noteBlock(number, true); err != nil {
			return err
		}
		return u.bar(number, BarBlock, Event{Kind: Cancel, By: ByBlock})
	})
}

// Unblock takes it off that list. What was cancelled stays so.
func (e *Engine) Unblock(ctx context.Context, number string) error {
	return e.update(ctx, func(u *update) error {
		if err := u.noteBlock(number, false); err != nil {
			return err
		}
		return u.tx.Unbar(number, BarBlock)
	})
}

// noteBlock puts into the event log what is about to change. The number itself is never in
// it: the entry stands with the number's newest request, where there is one.
func (u *update) noteBlock(number string, block bool) error {
	blocked, _, err := u.tx.Barred(number)
	if err != nil || blocked == block {
		return err
	}
	r, err := u.tx.Newest(number)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	kind := "unblocked"
	if block {
		kind = "blocked"
	}
	return u.tx.Log(u.now, r.ID, Note{Kind: kind})
}

// bar puts a number on a list and cancels its requests, those on the owner's list too.
func (u *update) bar(number string, why Bar, cancel Event) error {
	if err := u.tx.Bar(number, why, u.now); err != nil {
		return err
	}
	ids, err := u.tx.Unsettled(number)
	if err != nil {
		return err
	}
	for _, id := range ids {
		r, err := u.tx.Request(id)
		if err != nil {
			return err
		}
		if r.Status == Connected {
			continue // they talk
		}
		if _, err := u.apply(r, cancel); err != nil {
			return err
		}
	}
	return nil
}

// regarding is the request that somebody who calls or texts us means: the one that waits
// or is under way, else the newest that is not settled, else the newest of all. known:
// there is one.
func (u *update) regarding(number string) (r Request, known bool, err error) {
	if number == "" {
		return Request{}, false, nil
	}
	ids, err := u.tx.Unsettled(number)
	switch {
	case err != nil:
		return Request{}, false, err
	case len(ids) > 0:
		if r, err = u.tx.OpenFor(number); errors.Is(err, ErrNotFound) {
			r, err = u.tx.Request(ids[len(ids)-1])
		}
		return r, err == nil, err
	}
	r, err = u.tx.Newest(number)
	if errors.Is(err, ErrNotFound) {
		return Request{}, false, nil
	}
	return r, err == nil, err
}
