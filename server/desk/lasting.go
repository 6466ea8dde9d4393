package desk

import (
	"context"
	"time"

	"ringback/server/callback"
)

// Lasting is the Desk of a shop that runs in this process. It leads to the Owner of now:
// whoever holds it does not notice when the shop is built anew behind it. Its fields are
// set before its first use and not changed after.
type Lasting struct {
	// Present is the Owner of now, and a function to be called once when it has answered.
	Present func() (o *Owner, leave func())
	// Rules, Care and Bell outlive each Owner.
	Rules
	Care
	Bell

	poked signal
}

var _ Desk = (*Lasting)(nil)

// Poke tells whoever watches that something changed.
func (l *Lasting) Poke() { l.poked.send() }

// Changed tells of every Poke, and of nothing else: shop pokes at each change.
func (l *Lasting) Changed() (<-chan struct{}, func()) { return l.poked.wait(), func() {} }

func (l *Lasting) Shop(ctx context.Context) (Shop, error) {
	d, leave := l.Present()
	defer leave()
	return d.Shop(ctx)
}

func (l *Lasting) Requests(ctx context.Context, q Query) (callback.Stretch, error) {
	d, leave := l.Present()
	defer leave()
	return d.Requests(ctx, q)
}

func (l *Lasting) Request(ctx context.Context, id int64) (Detail, error) {
	d, leave := l.Present()
	defer leave()
	return d.Request(ctx, id)
}

func (l *Lasting) CallNow(ctx context.Context, id int64) error {
	d, leave := l.Present()
	defer leave()
	return d.CallNow(ctx, id)
}

func (l *Lasting) NewCall(ctx context.Context, typed, name string) (int64, error) {
	d, leave := l.Present()
	defer leave()
	return d.NewCall(ctx, typed, name)
}

func (l *Lasting) EndCall(ctx context.Context, id int64) error {
	d, leave := l.Present()
	defer leave()
	return d.EndCall(ctx, id)
}

func (l *Lasting) Done(ctx context.Context, id int64, note string) error {
	d, leave := l.Present()
	defer leave()
	return d.Done(ctx, id, note)
}

func (l *Lasting) Undo(ctx context.Context, id int64) error {
	d, leave := l.Present()
	defer leave()
	return d.Undo(ctx, id)
}

func (l *Lasting) Entries(ctx context.Context, q EntryQuery) (EntryPage, error) {
	d, leave := l.Present()
	defer leave()
	return d.Entries(ctx, q)
}

func (l *Lasting) LogSpan(ctx context.Context) (oldest, newest time.Time, err error) {
	d, leave := l.Present()
	defer leave()
	return d.LogSpan(ctx)
}

func (l *Lasting) CheckLog(ctx context.Context, progress func(done, all int)) (LogCheck, error) {
	d, leave := l.Present()
	defer leave()
	return d.CheckLog(ctx, progress)
}

func (l *Lasting) Report(ctx context.Context, days int) (Report, error) {
	d, leave := l.Present()
	defer leave()
	return d.Report(ctx, days)
}

// Practice are the phones of now: ask for them each time.
func (l *Lasting) Practice() Practice {
	d, leave := l.Present()
	defer leave()
	return d.Practice()
}
