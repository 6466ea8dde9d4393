package callback

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"time"
)

// Ask is a visitor's wish as the guard let it through.
type Ask struct {
	Number      string // E.164
	Name        string
	Email       string
	Message     string
	Page        string
	Language    string
	Consent     Consent
	PreferredAt time.Time // zero, or in the past: now
	Key         string    // the client's request_key; empty: none
	Spam        bool      // filled the honeypot
	Trace       string    // X-Request-ID

	// The limits that are counted in the same transaction; 0: no limit.
	PerNumberDay int
	RequestsDay  int
}

// Standing is a request and what only the whole line can tell.
type Standing struct {
	Request
	Place   int // in line, from 1; 0: it has none
	Ahead   int // people before it: in line, or talking
	Trouble bool
}

// Submit takes a visitor's wish and returns after the commit that makes it durable.
// The same key and number again give the same request; a wish for a number that waits
// already gets its own id and follows the first. *Error with KeyReused, NumberLimit,
// DailyLimit, NumberBlocked or NotSaved.
func (e *Engine) Submit(ctx context.Context, a Ask) (Standing, error) {
	var s Standing
	err := e.update(ctx, func(u *update) error {
		r, known, err := repeated(u.tx, a.Key, a.Number)
		if err != nil {
			return err
		}
		if !known {
			if err := u.admit(a); err != nil {
				return err
			}
			if r, err = u.insert(a); err != nil {
				return err
			}
			if err := u.moveLine(); err != nil { // its turn may be now
				return err
			}
			r = u.latest(r)
		}
		s, err = e.Stands(u.tx, r)
		return err
	})
	if err != nil {
		return Standing{}, err
	}
	return s, nil
}

// Repeated finds the request that was made with that key before. *Error with KeyReused
// when it was made for another number.
func (e *Engine) Repeated(ctx context.Context, key, number string) (s Standing, known bool, err error) {
	if key == "" {
		return Standing{}, false, nil
	}
	err = e.Store.View(ctx, func(v Reader) error {
		var r Request
		if r, known, err = repeated(v, key, number); err != nil || !known {
			return err
		}
		s, err = e.Stands(v, r)
		return err
	})
	return s, known, err
}

func repeated(v Reader, key, number string) (Request, bool, error) {
	if key == "" {
		return Request{}, false, nil
	}
	r, err := v.ByKey(key)
	switch {
	case errors.Is(err, ErrNotFound):
		return Request{}, false, nil
	case err != nil:
		return Request{}, false, err
	case r.Number != number:
		return Request{}, false, &Error{Code: KeyReused}
	}
	return r, true, nil
}

// latest is a request as this transaction has left it.
func (u *update) latest(r Request) Request {
	for _, m := range slices.Backward(u.moved) {
		if m.Request.ID == r.ID {
			return m.Request
		}
	}
	return r
}

// admit holds the limits that are counted in requests.
func (u *update) admit(a Ask) error {
	rules := u.Rules(u.now)
	day, next := Day(u.now, rules.Zone)
	tomorrow := next.Sub(u.now)
	if err := u.mayAsk(a.Number); err != nil {
		return err
	}
	if a.PerNumberDay > 0 {
		n, err := u.tx.AskedSince(day, a.Number)
		if err != nil {
			return err
		}
		if n >= a.PerNumberDay {
			return &Error{Code: NumberLimit, After: tomorrow}
		}
	}
	if a.RequestsDay > 0 {
		n, err := u.tx.AskedSince(day, "")
		if err != nil {
			return err
		}
		if n >= a.RequestsDay {
			return &Error{Code: DailyLimit, After: tomorrow}
		}
	}
	return nil
}

// mayAsk refuses a number that is never called.
func (u *update) mayAsk(number string) error {
	blocked, optedOut, err := u.tx.Barred(number)
	if err == nil && (blocked || optedOut) {
		return &Error{Code: NumberBlocked}
	}
	return err
}

func (u *update) insert(a Ask) (Request, error) {
	r := Request{
		PublicID: rand.Text(), Salt: rand.Text()[:16], Key: a.Key, Trace: a.Trace, Spam: a.Spam,
		Number: a.Number, Name: a.Name, Email: a.Email, Message: a.Message, Page: a.Page,
		Language: a.Language, Consent: a.Consent,
		AskedAt: u.now, PreferredAt: a.PreferredAt.UTC().Truncate(time.Millisecond), UpdatedAt: u.now,
	}
	if !r.PreferredAt.After(u.now) {
		r.PreferredAt = time.Time{}
	}
	leader, err := u.tx.OpenFor(a.Number)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return r, err
	}
	if err == nil && !a.Spam {
		return u.insertFollower(r, leader)
	}
	d, err := u.apply(r, Event{Kind: Asked, Trace: a.Trace})
	return d.Request, err
}

func (u *update) insertFollower(r, leader Request) (Request, error) {
	r.follow(leader, u.now)
	var err error
	if r.ID, err = u.tx.Insert(r); err != nil {
		return r, err
	}
	u.moved = append(u.moved, Moved{Request: r})
	return r, errors.Join(
		u.tx.Log(u.now, leader.ID, Note{Kind: "asked_again", Body: map[string]any{"request": r.ID, "trace": r.Trace}}),
		u.tx.Log(u.now, r.ID, Note{Kind: "follows", Body: map[string]any{"request": leader.ID, "status": string(r.Status), "trace": r.Trace}}))
}

// Standing finds a request by its public id. *Error with NotFound.
func (e *Engine) Standing(ctx context.Context, publicID string) (s Standing, err error) {
	err = e.Store.View(ctx, func(v Reader) error {
		r, err := v.ByPublicID(publicID)
		if errors.Is(err, ErrNotFound) {
			return &Error{Code: NotFound}
		}
		if err != nil {
			return err
		}
		s, err = e.Stands(v, r)
		return err
	})
	return s, err
}

func (e *Engine) stand(ctx context.Context, id int64) (s Standing, err error) {
	err = e.Store.View(ctx, func(v Reader) error {
		r, err := v.Request(id)
		if err != nil {
			return err
		}
		s, err = e.Stands(v, r)
		return err
	})
	return s, err
}

// Stands adds the place in line; one that follows another has the other's place.
func (e *Engine) Stands(v Reader, r Request) (Standing, error) {
	s := Standing{Request: r}
	leader := r
	if r.Follows != 0 {
		var err error
		if leader, err = v.Request(r.Follows); err != nil {
			return s, err
		}
	}
	if r.Status != Pending || leader.QueuedAt.IsZero() {
		return s, nil
	}
	ahead, err := v.Ahead(leader)
	if err != nil {
		return s, err
	}
	under, err := v.UnderWay()
	if err != nil {
		return s, err
	}
	cameIn, err := v.OnTheLine()
	s.Place, s.Ahead = ahead+1, ahead+len(under)+len(cameIn)
	s.Trouble = leader.Troubles > 0 || e.Carrier == nil
	return s, err
}
