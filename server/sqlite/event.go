package sqlite

import (
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"ringback/server/callback"
)

// Log is that of callback.Tx.
func (t *tx) Log(at time.Time, request int64, n callback.Note) error {
	body, err := noteBody(n)
	if err != nil {
		return fmt.Errorf("log %s for request %d: %w", n.Kind, request, err)
	}
	salt := make([]byte, saltSize)
	rand.Read(salt) // never fails
	e := entry{
		seq:      t.w.head.seq + 1,
		at:       milliseconds(at),
		request:  request,
		kind:     n.Kind,
		bodyHash: hashBody(salt, body),
	}
	hash := e.hash(t.w.head)
	_, err = t.exec(`
		INSERT INTO events (seq, at, request, kind, salt, body, body_hash, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		e.seq, e.at, e.request, e.kind, salt, body, e.bodyHash[:], hash[:])
	if err != nil {
		return fmt.Errorf("log %s for request %d: %w", n.Kind, request, err)
	}
	t.w.head = link{e.seq, hash}
	return nil
}

func noteBody(n callback.Note) (string, error) {
	if n.Body == nil {
		return "{}", nil
	}
	body, err := json.Marshal(n.Body)
	return string(body), err
}

func (v *reader) Events(request int64, limit int) ([]callback.Entry, error) {
	var found []callback.Entry
	err := v.each(func(rows *sql.Rows) error {
		e := callback.Entry{Request: request}
		if err := rows.Scan(&e.Seq, instant{&e.At}, &e.Kind, &e.Body); err != nil {
			return fmt.Errorf("read the log of request %d: %w", request, err)
		}
		found = append(found, e)
		return nil
	}, `
		SELECT seq, at, kind, body FROM events
		WHERE request = ?
		ORDER BY seq DESC
		LIMIT ?`, request, max(limit, 0))
	slices.Reverse(found)
	return found, err
}

// head reads what the next entry follows: the newest one, or where the removed
// front of the log ended.
func (s *span) head() (link, error) {
	l, err := s.link("SELECT seq, hash FROM events WHERE seq = (SELECT max(seq) FROM events)")
	if errors.Is(err, callback.ErrNotFound) {
		return s.end()
	}
	return l, err
}

func (s *span) end() (link, error) {
	return s.link("SELECT seq, hash FROM event_end WHERE one = 1")
}

func (s *span) link(query string) (link, error) {
	var l link
	var hash []byte
	if err := s.one([]any{&l.seq, &hash}, query); err != nil {
		return link{}, err
	}
	if copy(l.hash[:], hash) != len(l.hash) || len(hash) != len(l.hash) {
		return link{}, fmt.Errorf("entry %d of the event log: %w: its hash has %d bytes", l.seq, ErrDamaged, len(hash))
	}
	return l, nil
}
