package desk

import (
	"cmp"
	"context"
	"math"
	"time"

	"ringback/server/callback"
)

// EventLog is where entries are kept: each database has one.
type EventLog interface {
	Entries(ctx context.Context, q callback.LogQuery) (callback.LogPage, error)
	LogSpan(ctx context.Context) (oldest, newest time.Time, err error)
	CheckLog(ctx context.Context, progress func(done, all int)) (LogCheck, error)
}

// entriesPage is how many entries a page has when nobody says.
const entriesPage = 100

func (o *Owner) Entries(ctx context.Context, q EntryQuery) (EntryPage, error) {
	limit := cmp.Or(q.Limit, entriesPage)
	mine, err := o.source(ctx, o.Log, q, limit, false)
	if err != nil || o.ShopLog == nil {
		return mine, err
	}
	shop, err := o.source(ctx, o.ShopLog, q, limit, true)
	if err != nil {
		return EntryPage{}, err
	}
	return merge(mine, shop, limit), nil
}

// source asks one of the logs.
func (o *Owner) source(ctx context.Context, log EventLog, q EntryQuery, limit int, shop bool) (EntryPage, error) {
	got, err := log.Entries(ctx, callback.LogQuery{
		Kinds: kinds[q.Topic], Shop: shop, Text: q.Text, From: q.From, To: q.To, Before: q.Before.in(shop), Limit: limit,
	})
	if err != nil {
		return EntryPage{}, err
	}
	page := EntryPage{More: got.More, Next: Place{got.Next.At, got.Next.Seq, shop}}
	for _, l := range got.Lines {
		page.Entries = append(page.Entries, Entry{l, shop})
	}
	return page, nil
}

// in is the place as one of the logs knows it. Of what has the same time, all of the
// requests' log stands before all of the shop's.
func (p Place) in(shop bool) callback.LogPlace {
	switch {
	case p.At.IsZero():
		return callback.LogPlace{}
	case p.Shop == shop:
		return callback.LogPlace{At: p.At, Seq: p.Seq}
	case shop:
		return callback.LogPlace{At: p.At, Seq: math.MaxInt64}
	}
	return callback.LogPlace{At: p.At} // no entry has a number below 1
}

// merge makes one page of two. How far it reaches is how far both were read.
func merge(a, b EntryPage, limit int) EntryPage {
	var all EntryPage
	beyond := func(p Place) bool { return a.More && a.Next.Newer(p) || b.More && b.Next.Newer(p) }
	i, j := 0, 0
	for i < len(a.Entries) || j < len(b.Entries) {
		var e Entry
		if j == len(b.Entries) || i < len(a.Entries) && a.Entries[i].Place().Newer(b.Entries[j].Place()) {
			e = a.Entries[i]
			i++
		} else {
			e = b.Entries[j]
			j++
		}
		if beyond(e.Place()) {
			break
		}
		if len(all.Entries) == limit {
			all.More, all.Next = true, all.Entries[limit-1].Place()
			return all
		}
		all.Entries = append(all.Entries, e)
	}
	switch all.More = a.More || b.More; {
	case a.More && (!b.More || a.Next.Newer(b.Next)):
		all.Next = a.Next
	case b.More:
		all.Next = b.Next
	case len(all.Entries) > 0:
		all.Next = all.Entries[len(all.Entries)-1].Place()
	}
	return all
}

func (o *Owner) LogSpan(ctx context.Context) (oldest, newest time.Time, err error) {
	oldest, newest, err = o.Log.LogSpan(ctx)
	if err != nil || o.ShopLog == nil {
		return oldest, newest, err
	}
	first, last, err := o.ShopLog.LogSpan(ctx)
	if oldest.IsZero() || !first.IsZero() && first.Before(oldest) {
		oldest = first
	}
	if last.After(newest) {
		newest = last
	}
	return oldest, newest, err
}

// CheckLog walks the shop's log first: it is the one that counts.
func (o *Owner) CheckLog(ctx context.Context, progress func(done, all int)) (LogCheck, error) {
	if o.ShopLog == nil {
		return o.Log.CheckLog(ctx, progress)
	}
	shop, err := o.ShopLog.CheckLog(ctx, progress)
	if shop.Shop = true; err != nil || shop.Bad != 0 {
		return shop, err
	}
	mine, err := o.Log.CheckLog(ctx, progress)
	mine.Entries += shop.Entries
	if mine.Since.IsZero() || !shop.Since.IsZero() && shop.Since.Before(mine.Since) {
		mine.Since = shop.Since
	}
	return mine, err
}
