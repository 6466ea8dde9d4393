package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// errBroken ends a walk along the chain; it never leaves Verify.
var errBroken = errors.New("the chain is broken here")

// Verify walks the event log from its first entry to its newest and counts those
// that are as they were written. firstBad is the number of the first entry that was
// changed, removed, put in or moved; 0 if there is none. An entry whose person was
// erased counts as whole. What it can't see is that the newest entries were cut off,
// or everything written anew: that takes an anchor, a hash noted elsewhere.
func (s *Store) Verify(ctx context.Context) (n int, firstBad int64, err error) {
	err = s.view(ctx, func(v *reader) error {
		n, firstBad, err = v.verify(ctx)
		return err
	})
	if err != nil {
		return n, 0, fmt.Errorf("verify the event log: %w", err)
	}
	return n, firstBad, nil
}

func (v *reader) verify(ctx context.Context) (n int, firstBad int64, err error) {
	end, err := v.end()
	if err != nil {
		return 0, 0, err
	}
	w := walk{before: end}
	err = v.each(func(rows *sql.Rows) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return w.step(rows)
	}, "SELECT seq, at, request, kind, salt, body, body_hash, hash FROM events ORDER BY seq")
	if errors.Is(err, errBroken) {
		err = nil
	}
	return w.n, w.bad, err
}

// walk is how far along the chain one has come.
type walk struct {
	before link
	n      int
	bad    int64
}

func (w *walk) step(rows *sql.Rows) error {
	var (
		e                    entry
		body                 string
		salt, bodyHash, hash []byte
	)
	if err := rows.Scan(&e.seq, &e.at, &e.request, &e.kind, &salt, &body, &bodyHash, &hash); err != nil {
		return err
	}
	if e.seq != w.before.seq+1 {
		// It is missing; or this one stands before the log's beginning, in its place.
		w.bad = w.before.seq + 1
		return errBroken
	}
	e.bodyHash = hashBody(salt, body)
	if erased := len(salt) == 0 && body == ""; erased {
		copy(e.bodyHash[:], bodyHash)
	}
	now := e.hash(w.before)
	if !bytes.Equal(bodyHash, e.bodyHash[:]) || !bytes.Equal(hash, now[:]) {
		w.bad = e.seq
		return errBroken
	}
	w.before = link{e.seq, now}
	w.n++
	return nil
}
