package callback

import (
	"context"
	"crypto/rand"
	"errors"
	"time"
)

// Withdraw cancels a request for its visitor; one that follows another withdraws only
// itself. Calling it again changes nothing. *Error with NotFound, or TooLate when they
// talk or the call is over.
func (e *Engine) Withdraw(ctx context.Context, publicID, trace string) (Standing, error) {
	var id int64
	err := e.update(ctx, func(u *update) error {
		r, err := u.tx.ByPublicID(publicID)
		if errors.Is(err, ErrNotFound) {
			return &Error{Code: NotFound}
		}
		if err != nil {
			return err
		}
		id = r.ID
		if r.Follows != 0 {
			return u.leave(r, trace)
		}
		_, err = u.apply(r, Event{Kind: Cancel, By: ByVisitor, Trace: trace})
		return err
	})
	if err != nil {
		return Standing{}, err
	}
	return e.stand(ctx, id)
}

// Reschedule lets the visitor choose another time for a request that is not being called
// and has not ended otherwise than missed, unanswered or texted; a zero at is now.
// *Error with NotFound, TooLate, NumberBlocked, or NumberLimit when it was called too often
// already. One that follows another can't change that one, and for an erased person nobody
// is called: TooLate.
func (e *Engine) Reschedule(ctx context.Context, publicID string, at time.Time, perNumberDay int, trace string) (Standing, error) {
	var id int64
	err := e.update(ctx, func(u *update) error {
		r, err := u.tx.ByPublicID(publicID)
		if errors.Is(err, ErrNotFound) {
			return &Error{Code: NotFound}
		}
		if err != nil {
			return err
		}
		if id = r.ID; r.Follows != 0 || r.Spam || r.Erased() {
			return &Error{Code: TooLate}
		}
		if err := u.mayAsk(r.Number); err != nil {
			return err
		}
		if rules := u.Rules(u.now); perNumberDay > 0 && r.Rounds+r.Visits >= perNumberDay*max(1, rules.Retry.Attempts) {
			_, tomorrow := Day(u.now, rules.Zone)
			return &Error{Code: NumberLimit, After: tomorrow.Sub(u.now)}
		}
		other, err := u.tx.OpenFor(r.Number)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		if err == nil && other.ID != r.ID {
			return &Error{Code: TooLate} // a newer wish of that number waits already
		}
		_, err = u.apply(r, Event{Kind: Move, Wanted: at, Trace: trace})
		return err
	})
	if err != nil {
		return Standing{}, err
	}
	return e.stand(ctx, id)
}

// leave withdraws a request that follows another.
func (u *update) leave(r Request, trace string) error {
	if r.Status == Connected || r.Status == Completed || r.Status == Expired {
		return &Error{Code: TooLate}
	}
	was := r
	r.Follows, r.Status, r.Reason = 0, Cancelled, ByVisitor
	r.Touch(u.now)
	if err := u.save(was, &r); err != nil {
		return err
	}
	return u.tx.Log(u.now, r.ID, Note{Kind: string(Cancel), Body: map[string]any{
		"by": string(ByVisitor), "status": string(r.Status), "from": string(was.Status), "trace": trace,
	}})
}

// Owner carries out a wish of the owner's: CallNow, TickOff, Undo, Cancel, Voicemail.
// A request that follows another stands for that one. *Error with NotFound (also where
// the person was erased), CallIsOn or TooLate.
func (e *Engine) Owner(ctx context.Context, id int64, ev Event) error {
	return e.update(ctx, func(u *update) error {
		r, err := u.wished(id)
		if err != nil {
			return err
		}
		if ev.Kind == Cancel {
			ev.By = ByOwner
		}
		return u.wish(r, ev)
	})
}

// wished is the request that a wish of the owner's is about.
func (u *update) wished(id int64) (Request, error) {
	r, err := u.tx.Request(id)
	if err == nil && r.Follows != 0 {
		r, err = u.tx.Request(r.Follows)
	}
	if errors.Is(err, ErrNotFound) || err == nil && r.Erased() {
		return Request{}, &Error{Code: NotFound}
	}
	return r, err
}

// wish looks for another request of that number that waits or is under way: two of one
// person never wait at once, or the visitor would be rung by both.
func (u *update) wish(r Request, ev Event) error {
	other, err := u.tx.OpenFor(r.Number)
	alone := errors.Is(err, ErrNotFound) || other.ID == r.ID
	switch {
	case err != nil && !alone:
		return err
	case ev.Kind == CallNow && !r.Status.Open() && !alone:
		r = other // it is called instead
	case ev.Kind == CallNow && (r.Status == Completed || r.Status == Cancelled || r.Status == Expired):
		return u.callAfresh(r)
	}
	d, err := u.apply(r, ev)
	if err != nil || ev.Kind != Undo || alone || !d.Request.Status.Waits() {
		return err
	}
	ids, err := u.tx.Followers(r.ID)
	if err != nil {
		return err
	}
	return u.follow(append(ids, r.ID), other)
}

// NewCall rings the shop now for a number that the owner typed, and then that number. A
// request of that number that waits is called instead. It returns the request that is
// called. *Error with NumberBlocked or CallIsOn.
func (e *Engine) NewCall(ctx context.Context, number, name string) (id int64, err error) {
	err = e.update(ctx, func(u *update) error {
		if err := u.mayAsk(number); err != nil {
			return err
		}
		other, err := u.tx.OpenFor(number)
		if err == nil {
			id = other.ID
			_, err = u.apply(other, Event{Kind: CallNow})
			return err
		}
		if !errors.Is(err, ErrNotFound) {
			return err
		}
		id, err = u.callNew(Request{Number: number, Name: name, Language: u.Rules(u.now).Language, Consent: Consent{Kind: ByHand}})
		return err
	})
	return id, err
}

// ByHand is the consent of a request that the owner made: the visitor agreed to nothing
// and is not texted.
const ByHand = "owner"

// callAfresh: Call now on an ended request makes a new one, linked to the old.
func (u *update) callAfresh(old Request) error {
	_, err := u.callNew(Request{
		From: old.ID, Number: old.Number, Name: old.Name, Email: old.Email, Message: old.Message, Page: old.Page,
		Language: old.Language, Consent: old.Consent,
	})
	return err
}

// callNew stores a request of the owner's own and calls it now.
func (u *update) callNew(r Request) (int64, error) {
	r.PublicID, r.Salt, r.AskedAt, r.UpdatedAt = rand.Text(), rand.Text()[:16], u.now, u.now
	rules := u.Rules(u.now)
	rules.Open = true // the owner's wish ignores hours
	d := Next(r, Event{Kind: Asked, At: u.now}, rules)
	if err := u.save(r, &d.Request); err != nil {
		return 0, err
	}
	_, err := u.apply(d.Request, Event{Kind: CallNow})
	return d.Request.ID, err
}
