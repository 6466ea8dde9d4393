package twilio

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"time"

	api "github.com/twilio/twilio-go/rest/api/v2010"

	"ringback/server/callback"
)

const (
	pageSize  = 200
	mostPages = 25
)

// Why a search ends without a result that could be believed.
var (
	errTooMany = errors.New("twilio lists more than can be looked through")
	errUndated = errors.New("a record has no date")
	errCircle  = errors.New("the pages lead in a circle")
)

// record is what a search needs to know of a call or a text.
type record struct {
	sid  string
	date *string // date_created
	fits bool    // it may be the one, but for its date
}

// search goes through the pages of a list and returns the SID of the record that fits
// and was made nearest to since, callback.ErrNotFound if there is none. list is the
// key under which an answer holds its records: an answer without it is no list, and
// must not pass for an empty one. The pages are asked for by the token of the one
// before, because twilio-go's own lists read on in a goroutine that nobody can stop.
func (c *Client) search(ctx context.Context, what, list string, since time.Time,
	page func(s *api.ApiService, token, number string) (*string, []record, error)) (string, error) {
	if err := c.ready(ctx); err != nil {
		return "", err
	}
	found := nearest{since: since}
	token, number := "", ""
	for range mostPages {
		var next *string
		var records []record
		t, err := c.do(ctx, func(s *api.ApiService) (err error) {
			next, records, err = page(s, token, number)
			return err
		})
		if err := c.judge(what, t, err); err != nil {
			return "", err
		}
		if !holds(t.body, list) {
			return "", &unknownError{what: what, status: t.status, err: errNotTwilio}
		}
		found.from(c.clock(since, t.date))
		for _, r := range records {
			if !found.look(r) {
				return "", &unknownError{what: what, status: t.status, err: errUndated}
			}
		}
		if said(next) == "" || found.past(records) {
			return found.result()
		}
		before := [2]string{token, number}
		if token, number = nextPage(*next); before == [2]string{token, number} {
			return "", &unknownError{what: what, status: t.status, err: errCircle}
		}
	}
	return "", &unknownError{what: what, err: errTooMany}
}

// clock is since by Twilio's clock, where ours is ahead of it by the Date of its
// answer. Where ours is behind nothing is done: it may have been put back only now,
// and to look too far back is harmless.
func (c *Client) clock(since, date time.Time) time.Time {
	if ahead := c.now().Sub(date); !date.IsZero() && ahead > 0 {
		since = since.Add(-ahead)
	}
	return since.Add(-skew)
}

func holds(body []byte, list string) bool {
	var answer map[string]json.RawMessage
	var records []json.RawMessage
	return json.Unmarshal(body, &answer) == nil && answer[list] != nil && json.Unmarshal(answer[list], &records) == nil && records != nil
}

func nextPage(uri string) (token, number string) {
	u, err := url.Parse(uri)
	if err != nil {
		return "", ""
	}
	return u.Query().Get("PageToken"), u.Query().Get("Page")
}

// nearest keeps the record that was made nearest to since.
type nearest struct {
	since    time.Time
	earliest time.Time // older ones can't be it
	sid      string
	off      time.Duration
	last     time.Time // date of the record before
	fell     bool      // a record was older than the one before it
	rose     bool      // a record was younger: the list is not newest first
}

func (n *nearest) from(earliest time.Time) {
	if n.earliest.IsZero() || earliest.Before(n.earliest) {
		n.earliest = earliest
	}
}

// look is false for a record without a date that would otherwise fit.
func (n *nearest) look(r record) bool {
	at, ok := created(r.date)
	if !ok {
		return !r.fits
	}
	n.fell = n.fell || at.Before(n.last)
	n.rose = n.rose || !n.last.IsZero() && at.After(n.last)
	n.last = at
	off := at.Sub(n.since).Abs()
	if r.fits && !at.Before(n.earliest) && (n.sid == "" || off < n.off) {
		n.sid, n.off = r.sid, off
	}
	return true
}

// past says that the pages to come are too old. Their order is not documented, so it is
// trusted only where the pages so far have shown it.
func (n *nearest) past(records []record) bool {
	return n.fell && !n.rose && len(records) > 0 && n.last.Before(n.earliest)
}

func (n *nearest) result() (string, error) {
	if n.sid == "" {
		return "", callback.ErrNotFound
	}
	return n.sid, nil
}

// created reads one of Twilio's dates (RFC 2822).
func created(date *string) (time.Time, bool) {
	t, err := time.Parse(time.RFC1123Z, said(date))
	return t, err == nil
}
