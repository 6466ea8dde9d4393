package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"ringback/server/callback"
)

// Retention says how old things may become. A zero time keeps all.
type Retention struct {
	People time.Time // requests at rest since before then lose all that tells of a person
	Events time.Time // the event log loses its front, up to the first entry that is younger
	Spam   time.Time // what looked like spam and was posted before then goes
	Traces time.Time // done effects, answers to webhooks and calls that came in go
}

// Retained says how much went.
type Retained struct {
	People int
	Events int
	Spam   int
	Traces int
}

// How much goes in one transaction: some hundred rows, because calls wait for it. A
// request has some dozen in all tables, and as many in the lists of its words.
const (
	stepRequests = 4
	stepRows     = 400
)

// aged is something that grows too old, and the step that removes some of it.
type aged struct {
	what string
	step func(t *tx, until int64) (int, error)
}

var traces = []aged{
	{"effects", removing("effects", "id", "done > 0 AND done < ?")},
	{"answers to webhooks", removing("webhooks", "key", "at < ?")},
	{"calls that came in", removing("incoming", "sid", "ended > 0 AND ended < ?")},
}

// Retain removes what is too old, in small steps between which others write. What went
// stands in the event log, so that its new beginning is accounted for. After an error what
// went before it stays gone; asked again it goes on.
func (s *Store) Retain(ctx context.Context, r Retention) (Retained, error) {
	var gone Retained
	var errs []error
	for _, p := range []struct {
		until time.Time
		n     *int
		parts []aged
	}{
		{r.Traces, &gone.Traces, traces},
		{r.Spam, &gone.Spam, []aged{{"spam", (*tx).removeSpam}}},
		{r.People, &gone.People, []aged{{"people", s.erasePeople}}},
		{r.Events, &gone.Events, []aged{{"entries of the event log", (*tx).removeFront}}},
	} {
		for _, part := range p.parts {
			n, err := s.steps(ctx, p.until, part.step)
			*p.n += n
			if err != nil {
				errs = append(errs, fmt.Errorf("remove old %s: %w", part.what, err))
			}
		}
	}
	if gone.People+gone.Events+gone.Spam > 0 {
		errs = append(errs, s.noteRetained(ctx, gone))
	}
	return gone, errors.Join(errs...)
}

func (s *Store) noteRetained(ctx context.Context, gone Retained) error {
	return s.update(ctx, func(t *tx) error {
		return t.Log(s.now(), 0, callback.Note{Kind: "retention",
			Body: map[string]any{"people": gone.People, "events": gone.Events, "spam": gone.Spam}})
	})
}

// steps takes one step after the other, each an Update of its own, until one finds nothing.
func (s *Store) steps(ctx context.Context, until time.Time, step func(t *tx, until int64) (int, error)) (all int, err error) {
	for !until.IsZero() {
		n := 0
		err := s.update(ctx, func(t *tx) (err error) {
			n, err = step(t, milliseconds(until))
			return err
		})
		if err != nil || n == 0 {
			return all, err
		}
		all += n
	}
	return all, nil
}

// removing is a step that removes rows that nothing else depends on.
func removing(table, key, old string) func(t *tx, until int64) (int, error) {
	query := fmt.Sprintf("DELETE FROM %s WHERE %s IN (SELECT %s FROM %s WHERE %s LIMIT %d)", table, key, key, table, old, stepRows)
	return func(t *tx, until int64) (int, error) { return t.count(query, until) }
}

// count runs a statement and says how many rows it changed.
func (t *tx) count(query string, args ...any) (int, error) {
	result, err := t.exec(query, args...)
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}

// settled says that nothing is left to be done for a request and no call of it is on.
const settled = ` under_way = 0
	AND NOT EXISTS (SELECT 1 FROM effects WHERE effects.request = requests.id AND effects.done = 0)
	AND NOT EXISTS (SELECT 1 FROM legs WHERE legs.request = requests.id AND legs.live = 1) `

// removeSpam removes requests whole; that they were there stays in the event log.
func (t *tx) removeSpam(until int64) (int, error) {
	ids, err := list[int64](&t.span, `
		SELECT id FROM requests
		WHERE spam = 1 AND asked_at < ? AND `+settled+`
		ORDER BY id LIMIT ?`, until, stepRequests)
	for _, id := range ids {
		if err == nil {
			err = t.eraseEvents(id)
		}
		if err == nil {
			_, err = t.exec("DELETE FROM requests WHERE id = ?", id)
		}
	}
	return len(ids), err
}

var restedPeople = `
	SELECT id FROM requests
	WHERE number <> '' AND spam = 0 AND updated_at < ? AND status NOT IN (` + openStatuses() + `) AND ` + settled + `
	ORDER BY updated_at LIMIT ?`

func openStatuses() string {
	var open []string
	for _, s := range callback.Statuses {
		if s.Open() {
			open = append(open, "'"+string(s)+"'")
		}
	}
	return strings.Join(open, ", ")
}

func (s *Store) erasePeople(t *tx, until int64) (int, error) {
	ids, err := list[int64](&t.span, restedPeople, until, stepRequests)
	for _, id := range ids {
		if err == nil {
			err = t.erase(id, s.now())
		}
	}
	return len(ids), err
}

// erase takes all that tells of a person from a request and its log. What remains says
// when and how the shop was called, for the charts and the chain; its public id still
// answers, and never again means anybody.
func (t *tx) erase(id int64, now time.Time) error {
	r, err := t.Request(id)
	if err != nil {
		return err
	}
	if err := t.Save(erased(r, now)); err != nil {
		return err
	}
	return t.eraseEvents(id)
}

func erased(r callback.Request, now time.Time) callback.Request {
	r.Number, r.Name, r.Email, r.Message, r.Page = "", "", "", "", ""
	r.Key, r.Trace = "", "" // the client's own words, too
	r.Consent = callback.Consent{}
	r.Before = nil
	switch {
	case r.TickedOff != nil:
		r.TickedOff = &callback.Mark{By: r.TickedOff.By, At: r.TickedOff.At}
	case r.Status.ForOwner():
		r.TickedOff = &callback.Mark{At: now} // nobody is left to be called
	}
	for i := range r.Legs {
		if r.Legs[i].Role == callback.VisitorLeg {
			r.Legs[i].To = ""
		}
	}
	for i := range r.Texts {
		text := &r.Texts[i]
		if text.Role == callback.VisitorLeg {
			text.To = ""
		}
		text.Said = "" // the visitor's own words, or what the owner wrote
		if !text.Ours() {
			text.From = ""
		}
	}
	return r
}

// eraseEvents leaves the hashes, so that the chain stays whole.
func (t *tx) eraseEvents(request int64) error {
	_, err := t.exec("UPDATE events SET salt = x'', body = '' WHERE request = ? AND body <> ''", request)
	return err
}

// removeFront removes entries from the front of the log, but none behind one that is to
// stay: a clock that was once wrong makes nothing go early.
func (t *tx) removeFront(until int64) (int, error) {
	var last int64
	n := 0
	err := t.each(func(rows *sql.Rows) error {
		var seq, at int64
		if err := rows.Scan(&seq, &at); err != nil {
			return err
		}
		if at >= until {
			return errYounger
		}
		last = seq
		n++
		return nil
	}, "SELECT seq, at FROM events WHERE seq > (SELECT seq FROM event_end WHERE one = 1) ORDER BY seq LIMIT ?", stepRows)
	switch {
	case err != nil && !errors.Is(err, errYounger):
		return 0, err
	case n == 0:
		return 0, nil
	}
	if _, err := t.exec("UPDATE event_end SET (seq, hash) = (SELECT seq, hash FROM events WHERE seq = ?) WHERE one = 1", last); err != nil {
		return 0, err
	}
	_, err = t.exec("DELETE FROM events WHERE seq <= ?", last)
	return n, err
}

// errYounger ends a look along the front of the log; it never leaves this file.
var errYounger = errors.New("this one stays")
