package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"time"

	"ringback/server/callback"
)

// logWindow is how many entries a page looks through at most for a text, so that the
// rarest word takes no longer than any other page.
const logWindow = 1000

// page is how many entries a page has when nobody says.
const page = 100

// Entries is a page of the event log.
func (s *Store) Entries(ctx context.Context, q callback.LogQuery) (p callback.LogPage, err error) {
	if q.Limit <= 0 {
		q.Limit = page
	}
	err = s.view(ctx, func(v *reader) error {
		p, err = v.entries(q)
		return err
	})
	if err != nil {
		return callback.LogPage{}, fmt.Errorf("read the event log: %w", err)
	}
	return p, nil
}

func (v *reader) entries(q callback.LogQuery) (p callback.LogPage, err error) {
	window := q.Limit
	if q.Text != "" {
		window = max(logWindow, q.Limit)
	}
	query, args := logSelect(q, window)
	wanted, seen := wording(q.Text), 0
	err = v.each(func(rows *sql.Rows) error {
		var l callback.LogLine
		var message string
		if err := scanLine(rows, &l, &message); err != nil {
			return err
		}
		if seen++; seen > window || len(p.Lines) == q.Limit {
			p.More = true
			return nil
		}
		p.Next = callback.LogPlace{At: l.At, Seq: l.Seq}
		if wanted.in(l, message) {
			p.Lines = append(p.Lines, l)
		}
		return nil
	}, query, args...)
	return p, err
}

// logSelect finds one entry more than there are in the window, to know whether there is
// more. Of several kinds each is looked for by itself: only then an index has the order.
func logSelect(q callback.LogQuery, window int) (query string, args []any) {
	upper, seq := int64(math.MaxInt64), int64(math.MaxInt64)
	if !q.To.IsZero() {
		upper = notBefore(q.To) - 1
	}
	if b := q.Before; !b.At.IsZero() && milliseconds(b.At) <= upper {
		upper, seq = milliseconds(b.At), b.Seq
	}
	args = []any{notBefore(q.From), upper, seq, window + 1}
	index, where := "events_at", ""
	if q.Shop {
		index, where = "events_shop", " AND request = 0"
	}
	each := []string{where}
	if len(q.Kinds) > 0 {
		index, each = "events_kind", nil
	}
	for _, kind := range q.Kinds {
		args = append(args, kind)
		each = append(each, fmt.Sprintf("%s AND kind = ?%d", where, len(args)))
	}
	for i, where := range each {
		each[i] = fmt.Sprintf(selectPlaces, index, where)
	}
	return fmt.Sprintf(selectLines, strings.Join(each, " UNION ALL ")), args
}

const (
	selectPlaces = `
		SELECT * FROM (
			SELECT seq, at FROM events INDEXED BY %s
			WHERE at >= ?1 AND at <= ?2 AND (at < ?2 OR seq < ?3)%s
			ORDER BY at DESC, seq DESC
			LIMIT ?4
		)`
	selectLines = `
		SELECT
			e.seq, e.at, e.request, e.kind, e.body,
			coalesce(r.id, 0), coalesce(r.name, ''), coalesce(r.number, ''), coalesce(r.message, ''), coalesce(r.page, ''),
			coalesce(r.called_from, 0), coalesce(r.consent_kind, ''), coalesce(r.talk_from, 0), coalesce(r.talk_to, 0)
		FROM (
			SELECT * FROM (%s)
			ORDER BY at DESC, seq DESC
			LIMIT ?4
		) AS found
		CROSS JOIN events AS e ON e.seq = found.seq
		LEFT JOIN requests AS r ON r.id = e.request
		ORDER BY found.at DESC, found.seq DESC`
)

func scanLine(rows *sql.Rows, l *callback.LogLine, message *string) error {
	return rows.Scan(&l.Seq, instant{&l.At}, &l.Request, &l.Kind, &l.Body,
		&l.Of.ID, &l.Of.Name, &l.Of.Number, message, &l.Of.Page,
		&l.Of.From, &l.Of.Consent.Kind, instant{&l.Of.TalkFrom}, instant{&l.Of.TalkTo})
}

// words is a text that is looked for.
type words struct{ text, digits string }

// fewestDigits is how many of them are looked for in a number.
const fewestDigits = 3

func wording(text string) words {
	w := words{text: strings.ToLower(strings.TrimSpace(text))}
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
	if len(digits) >= fewestDigits && strings.Trim(w.text, "0123456789+()-./ ") == "" {
		w.digits = digits
	}
	return w
}

func (w words) in(l callback.LogLine, message string) bool {
	if w.text == "" {
		return true
	}
	if w.digits != "" && strings.Contains(l.Of.Number, w.digits) {
		return true
	}
	return w.found(l.Of.Name) || w.found(message) || w.found(l.Body) && w.inBody(l)
}

func (w words) found(in string) bool { return strings.Contains(strings.ToLower(in), w.text) }

// inBody looks at what an owner would look for: of a request's entry who and which phone,
// for all else in it are the program's own words.
func (w words) inBody(l callback.LogLine) bool {
	if l.Request == 0 {
		return true
	}
	var b struct{ Phone, Who, Note string }
	if json.Unmarshal([]byte(l.Body), &b) != nil {
		return false
	}
	return w.found(b.Phone) || w.found(b.Who) || w.found(b.Note)
}

// LogSpan is when the oldest and the newest entry were written; zero: there is none.
func (s *Store) LogSpan(ctx context.Context) (oldest, newest time.Time, err error) {
	err = s.view(ctx, func(v *reader) error {
		return v.one([]any{instant{&oldest}, instant{&newest}}, `
			SELECT
				coalesce((SELECT min(at) FROM events), 0),
				coalesce((SELECT max(at) FROM events), 0)`)
	})
	if err != nil {
		return time.Time{}, time.Time{}, fmt.Errorf("read the event log: %w", err)
	}
	return oldest, newest, nil
}
