package sqlite

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// Anchor is the newest entry of an event log: its number and its hash. Noted elsewhere
// it proves later that nothing up to it was changed, and that nothing was cut off.
type Anchor struct {
	Seq  int64
	Hash [sha256.Size]byte
}

// String is the number and the hash, as they can be written down.
func (a Anchor) String() string {
	return strconv.FormatInt(a.Seq, 10) + " " + hex.EncodeToString(a.Hash[:])
}

// Chain is how an event log was found.
type Chain struct {
	Entries int       // as they were written, from the first one on
	Since   time.Time // when the first of them was; zero: there is none
	Anchor  Anchor    // the newest of them
	Bad     int64     // the first that is not; 0: all are
	How     Wrong     // what became of it
}

// Err is a *ChainError where the log is not as it was written.
func (c Chain) Err() error {
	if c.Bad == 0 {
		return nil
	}
	return &ChainError{c.Bad, c.How}
}

// Wrong is what became of an entry.
type Wrong string

// What can become of one. Where the traces allow several readings it is Changed.
const (
	Changed   Wrong = "changed"
	Removed   Wrong = "removed"
	Inserted  Wrong = "put in"
	Reordered Wrong = "moved"
)

// ChainError names the first entry of an event log that is not as it was written.
type ChainError struct {
	Seq int64
	How Wrong
}

func (e *ChainError) Error() string {
	return fmt.Sprintf("the event log is broken: entry %d was %s", e.Seq, e.How)
}

// errBroken ends a walk along the chain; it never leaves this file.
var errBroken = errors.New("the chain is broken here")

// Verify walks the event log from its first entry to its newest, and says which one was
// changed, removed, put in or moved. An entry whose person was erased counts as whole.
// What it can't see is that the newest entries were cut off, or everything written anew:
// that takes an anchor. progress, which may be nil, is told now and then how many of how
// many entries were walked.
func (s *Store) Verify(ctx context.Context, progress func(done, all int)) (c Chain, err error) {
	err = s.view(ctx, func(v *reader) error {
		c, err = v.verify(ctx, progress)
		return err
	})
	if err != nil {
		return c, fmt.Errorf("verify the event log: %w", err)
	}
	return c, nil
}

// tellEvery is after how many entries the walk tells how far it has come.
const tellEvery = 5000

func (v *reader) verify(ctx context.Context, progress func(done, all int)) (Chain, error) {
	end, err := v.end()
	if err != nil {
		return Chain{}, err
	}
	newest, err := v.number("SELECT coalesce(max(seq), 0) FROM events")
	if err != nil {
		return Chain{}, err
	}
	w := walk{before: end, all: newest - int(end.seq), tell: progress}
	err = v.along(ctx, 0, w.step)
	if w.bad != 0 && (err == nil || errors.Is(err, errBroken)) {
		w.how, err = v.wrong(ctx, w)
	}
	return Chain{w.n, w.since, Anchor{w.before.seq, w.before.hash}, w.bad, w.how}, err
}

// line is an entry as it is stored.
type line struct {
	entry
	stored [sha256.Size]byte // its hash
	fits   bool              // its body fits the hash of the body, or was erased
}

// along gives each entry from a number on to step, until that fails.
func (v *reader) along(ctx context.Context, from int64, step func(l line) error) error {
	return v.each(func(rows *sql.Rows) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		var (
			l                    line
			body                 string
			salt, bodyHash, hash []byte
		)
		if err := rows.Scan(&l.seq, &l.at, &l.request, &l.kind, &salt, &body, &bodyHash, &hash); err != nil {
			return err
		}
		whole := len(bodyHash) == sha256.Size && len(hash) == sha256.Size
		copy(l.bodyHash[:], bodyHash)
		copy(l.stored[:], hash)
		erased := len(salt) == 0 && body == ""
		now := hashBody(salt, body)
		l.fits = whole && (erased || bytes.Equal(bodyHash, now[:]))
		return step(l)
	}, "SELECT seq, at, request, kind, salt, body, body_hash, hash FROM events WHERE seq >= ? ORDER BY seq", from)
}

// follows says whether the entry is as it was written, had it had that number and had it
// followed that hash.
func (l line) follows(seq int64, before [sha256.Size]byte) bool {
	e := l.entry
	e.seq = seq
	return l.fits && e.hash(link{hash: before}) == l.stored
}

// walk is how far along the chain one has come.
type walk struct {
	before link
	since  time.Time
	n      int
	bad    int64
	how    Wrong
	all    int                 // entries that there should be
	tell   func(done, all int) // nil: nobody wants to know
}

func (w *walk) step(l line) error {
	switch {
	case l.seq <= w.before.seq:
		w.bad, w.how = w.before.seq+1, Inserted // before the log's beginning
	case l.seq > w.before.seq+1:
		w.bad, w.how = w.before.seq+1, Removed
	case !l.follows(l.seq, w.before.hash):
		w.bad = l.seq
	default:
		if w.n == 0 {
			w.since = fromMilliseconds(l.at)
		}
		w.before = link{l.seq, l.stored}
		if w.n++; w.tell != nil && w.n%tellEvery == 0 {
			w.tell(w.n, w.all)
		}
		return nil
	}
	return errBroken
}

// wrong looks behind the place where the chain broke for what belongs there.
func (v *reader) wrong(ctx context.Context, w walk) (Wrong, error) {
	if w.how == Inserted {
		return w.how, nil
	}
	var here, next, last line // at the place, after it, and the one before the one looked at
	how := w.how
	err := v.along(ctx, w.bad, func(l line) error {
		switch {
		case l.seq == w.bad:
			here = l
		case l.follows(w.bad, w.before.hash):
			// It stands further on. Had it only made room for another, that one is no entry
			// of this log.
			before := last.stored
			if last.seq == here.seq {
				before = l.stored
			}
			how = Inserted
			if here.seq == 0 || here.follows(l.seq, before) {
				how = Reordered
			}
			return errBroken
		case l.seq == w.bad+1:
			next = l
		}
		last = l
		return nil
	})
	switch {
	case err != nil && !errors.Is(err, errBroken):
		return "", err
	case how != "":
		return how, nil
	case next.seq != 0 && !next.follows(next.seq, here.stored) && next.follows(next.seq+1, here.stored):
		return Removed, nil // and the rest moved up
	}
	return Changed, nil
}
