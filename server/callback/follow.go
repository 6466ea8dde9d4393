package callback

import (
	"errors"
	"time"
)

// mirror lets the requests that follow this one show what it shows. When its visitor
// withdraws it, the first of them takes its place: a cancel withdraws only itself.
func (u *update) mirror(was, r Request) error {
	if was.ID == 0 || was.UpdatedAt.Equal(r.UpdatedAt) {
		return nil // new, or nothing that a visitor sees
	}
	ids, err := u.tx.Followers(r.ID)
	if err != nil || len(ids) == 0 {
		return err
	}
	if r.Status == Cancelled && r.Reason == ByVisitor {
		return u.promote(was, ids)
	}
	return u.follow(ids, r)
}

// follow lets those requests follow that one.
func (u *update) follow(ids []int64, leader Request) error {
	for _, id := range ids {
		f, err := u.tx.Request(id)
		if err != nil {
			return err
		}
		old := f
		f.follow(leader, u.now)
		if err := u.save(old, &f); err != nil {
			return err
		}
	}
	return nil
}

// follow copies what the visitor sees of the request that r follows.
func (r *Request) follow(leader Request, now time.Time) {
	r.Follows = leader.ID
	r.Status, r.Reason, r.DueAt = leader.Status, leader.Reason, leader.DueAt
	r.Deadline, r.QueuedAt = time.Time{}, time.Time{}
	r.Touch(now)
}

// promote makes the first follower a request of its own, followed by the rest: one that
// asks anew, or, where the withdrawn one only stood on the owner's list, stands there
// in its place.
func (u *update) promote(gone Request, ids []int64) error {
	first, err := u.tx.Request(ids[0])
	if err != nil {
		return err
	}
	was := first
	first.Follows = 0
	if gone.Status.Open() {
		first, err = u.askAnew(first)
	} else {
		first.TickedOff, first.Code = gone.TickedOff, gone.Code
		note := Note{Kind: "takes_place", Body: map[string]any{"request": gone.ID, "status": string(first.Status), "trace": first.Trace}}
		err = errors.Join(u.save(was, &first), u.tx.Log(u.now, first.ID, note))
	}
	if err != nil {
		return err
	}
	return u.follow(ids[1:], first)
}

// askAnew lets one that followed another be asked for as if it were new. Who watches is
// not told of the moment between, in which it has no status, and sees it change from
// what it showed before.
func (u *update) askAnew(r Request) (Request, error) {
	shown := r.Status
	r.Status, r.Reason = "", ""
	if err := u.tx.Save(r); err != nil {
		return r, err
	}
	told := len(u.moved)
	d, err := u.apply(r, Event{Kind: Asked})
	if err == nil {
		u.moved[told].From = shown
	}
	return d.Request, err
}
