package desk

import (
	"context"
	"time"

	"ringback/server/callback"
	"ringback/server/hours"
	"ringback/server/number"
)

// history is how many entries of a request's log Request returns at most.
const history = 200

// Owner answers what Lasting is asked, for a shop that runs in this process. Its fields
// are set before its first use and not changed after.
type Owner struct {
	Engine *callback.Engine
	Store  callback.Store
	// About is what Desk shows of the shop itself; counts, hours and time are filled in.
	About func() Shop
	// Opening is how the hours stand. It is asked for apart from the rest, because looking
	// for the next opening of a shop that has none takes longer than all that.
	Opening func(now time.Time) Opening
	Phones  Practice // nil: live
	// Log is that of the requests. ShopLog, in practice, is the shop's own; nil: the same.
	Log, ShopLog EventLog
	Ledger       Ledger
	// Plan are the shop's hours, and what it may spend a day, in millionths of a US dollar.
	Plan func() (hours.Plan, int64)
	// Reason names what is behind a code of the carrier's; nil: nobody knows.
	Reason func(code int) string
	// Whose is the name under which what the owner ticks off is kept; nil: none.
	Whose func() string
	Now   func() time.Time
}

func (o *Owner) Practice() Practice { return o.Phones }

func (o *Owner) Shop(ctx context.Context) (Shop, error) {
	shop := o.About()
	shop.Now = o.Now()
	shop.Opening = o.Opening(shop.Now)
	err := o.Store.View(ctx, func(v callback.Reader) (err error) {
		if shop.NeedsYou, err = v.Count(o.query(NeedsYou)); err != nil {
			return err
		}
		if shop.Today, err = v.Count(o.query(Today)); err != nil {
			return err
		}
		if shop.All, err = v.Count(o.query(All)); err != nil {
			return err
		}
		if shop.Spam, err = v.Count(o.query(Spam)); err != nil {
			return err
		}
		shop.Line, err = line(v)
		return err
	})
	return shop, err
}

// longestLine is how many of those who wait the window is told of.
const longestLine = 20

// line is who is on the phone, then who waits in line.
func line(v callback.Reader) ([]callback.Request, error) {
	under, err := v.UnderWay()
	if err != nil {
		return nil, err
	}
	waiting, err := v.Line(longestLine)
	if err != nil {
		return nil, err
	}
	var line []callback.Request
	for _, id := range append(under, waiting...) {
		r, err := v.Request(id)
		if err != nil {
			return nil, err
		}
		line = append(line, r)
	}
	return line, nil
}

func (o *Owner) Requests(ctx context.Context, q Query) (rows callback.Stretch, err error) {
	wanted := o.query(q.Filter)
	wanted.Search, wanted.Most, wanted.Span = q.Search, q.Most, q.Span
	err = o.Store.View(ctx, func(v callback.Reader) (err error) {
		rows, err = v.List(wanted)
		return err
	})
	return rows, err
}

func (o *Owner) query(f Filter) callback.Query {
	switch f {
	case NeedsYou:
		return callback.Query{ForOwner: true}
	case Today:
		today, _ := callback.Day(o.Now(), o.About().Zone)
		return callback.Query{Since: today}
	case Spam:
		return callback.Query{Spam: true}
	case All:
	}
	return callback.Query{}
}

func (o *Owner) Request(ctx context.Context, id int64) (d Detail, err error) {
	err = o.Store.View(ctx, func(v callback.Reader) (err error) {
		if d.Request, err = v.Request(id); err != nil {
			return err
		}
		if d.Events, err = v.Events(id, history); err != nil {
			return err
		}
		if !d.Erased() {
			if d.Asked, err = v.AskedSince(time.Time{}, d.Number); err != nil {
				return err
			}
			if d.Blocked, d.OptedOut, err = v.Barred(d.Number); err != nil {
				return err
			}
		}
		d.Why, d.Lost = o.why(d.Request), o.lost(d.Request)
		s, err := o.Engine.Stands(v, d.Request)
		d.Place, d.Ahead = s.Place, s.Ahead
		return err
	})
	return d, err
}

// why is the code behind the request's rest: of its number, else of the text that the
// shop should have, else of the call that could not be placed.
func (o *Owner) why(r callback.Request) Advice {
	code := r.Code
	for _, t := range r.Texts {
		if code == 0 && r.Status == callback.Missed && t.Role == callback.ShopLeg && !t.Status.Has() {
			code = t.Code
		}
	}
	if n := len(r.Legs); code == 0 && n > 0 && r.Reason == callback.Trouble {
		code = r.Legs[n-1].Code
	}
	if code == 0 || o.Reason == nil {
		return Advice{}
	}
	return Advice{Reason: o.Reason(code), Code: code}
}

func (o *Owner) CallNow(ctx context.Context, id int64) error {
	return o.Engine.Owner(ctx, id, callback.Event{Kind: callback.CallNow})
}

func (o *Owner) NewCall(ctx context.Context, typed, name string) (int64, error) {
	home := o.About().Country
	n, err := number.Parse(typed, home, []string{home})
	if err != nil || !n.Rings() {
		return 0, ErrNumber
	}
	return o.Engine.NewCall(ctx, n.E164, name)
}

func (o *Owner) EndCall(ctx context.Context, id int64) error {
	return o.Engine.Owner(ctx, id, callback.Event{Kind: callback.Cancel})
}

func (o *Owner) Done(ctx context.Context, id int64, note string) error {
	off := callback.Event{Kind: callback.TickOff, Note: note}
	if o.Whose != nil {
		off.Who = o.Whose()
	}
	return o.Engine.Owner(ctx, id, off)
}

func (o *Owner) Undo(ctx context.Context, id int64) error {
	return o.Engine.Owner(ctx, id, callback.Event{Kind: callback.Undo})
}
