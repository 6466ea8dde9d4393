package sqlite

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"ringback/server/callback"
)

// logged opens a store with five entries in its log.
func logged(t *testing.T) *Store {
	t.Helper()
	s := open(t, Memory)
	for n := range 5 {
		err := s.Update(t.Context(), func(tx callback.Tx) error {
			return tx.Log(noon.Add(time.Duration(n)*time.Second), 7, callback.Note{Kind: fmt.Sprintf("kind %d", n), Body: map[string]any{"n": n}})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// tamper runs statements as somebody would who has the file and no Ringback.
func tamper(t *testing.T, s *Store, statements ...string) error {
	t.Helper()
	return s.update(t.Context(), func(tx *tx) error { return run(tx, statements...) })
}

func run(tx *tx, statements ...string) error {
	for _, q := range statements {
		if _, err := tx.exec(q); err != nil {
			return err
		}
	}
	return nil
}

// undone does something to the store and undoes it. It runs in another goroutine.
func undone(t *testing.T, s *Store, do func(tx *tx) error) {
	t.Helper()
	undo := errors.New("undo this")
	err := s.update(t.Context(), func(tx *tx) error {
		if err := do(tx); err != nil {
			return err
		}
		return undo
	})
	if !errors.Is(err, undo) {
		t.Fatal(err)
	}
}

var noTriggers = []string{
	"DROP TRIGGER events_insert",
	"DROP TRIGGER events_update",
	"DROP TRIGGER events_delete",
	"DROP TRIGGER event_end_update",
}

func TestTheEventLogRefusesToBeChanged(t *testing.T) {
	s := logged(t)
	if err := tamper(t, s, "UPDATE events SET salt = x'', body = '' WHERE seq = 1"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, statement string }{
		{"another body", "UPDATE events SET body = '{}' WHERE seq = 2"},
		{"another time", "UPDATE events SET at = at + 1 WHERE seq = 2"},
		{"another request", "UPDATE events SET request = 8 WHERE seq = 2"},
		{"another kind", "UPDATE events SET kind = 'x' WHERE seq = 2"},
		{"another number", "UPDATE events SET seq = 9 WHERE seq = 5"},
		{"another hash", "UPDATE events SET hash = zeroblob(32) WHERE seq = 2"},
		{"another hash of the body", "UPDATE events SET body_hash = zeroblob(32) WHERE seq = 2"},
		{"the salt emptied and not the body", "UPDATE events SET salt = x'' WHERE seq = 2"},
		{"the body emptied and not the salt", "UPDATE events SET body = '' WHERE seq = 2"},
		{"erased and changed at once", "UPDATE events SET salt = x'', body = '', kind = 'x' WHERE seq = 2"},
		{"a body put back", "UPDATE events SET body = 'x' WHERE seq = 1"},
		{"an entry removed", "DELETE FROM events WHERE seq = 2"},
		{"the newest removed", "DELETE FROM events WHERE seq = 5"},
		{"all removed", "DELETE FROM events"},
		{"an entry in the middle", "INSERT INTO events SELECT 3, at, request, kind, salt, body, body_hash, hash FROM events WHERE seq = 5"},
		{"an entry written over", "INSERT OR REPLACE INTO events SELECT 3, at, request, kind, salt, body, body_hash, hash FROM events WHERE seq = 5"},
		{"an entry after a gap", "INSERT INTO events SELECT 7, at, request, kind, salt, body, body_hash, hash FROM events WHERE seq = 5"},
		{"the end moved to a wrong hash", "UPDATE event_end SET seq = 2"},
		{"the end moved past the log", "UPDATE event_end SET seq = 9, hash = (SELECT hash FROM events WHERE seq = 5)"},
		{"the end removed", "DELETE FROM event_end"},
		{"the end replaced", "INSERT OR REPLACE INTO event_end SELECT 1, seq, hash FROM events WHERE seq = 4"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := tamper(t, s, c.statement); !constraint(err) {
				t.Errorf("got %v, want the trigger's refusal", err)
			}
			intact(t, s, 5)
		})
	}
}

func TestVerifyFindsTheFirstEntryThatIsNotAsItWasWritten(t *testing.T) {
	s := logged(t)
	swap := []string{
		"UPDATE events SET seq = 99 WHERE seq = 2",
		"UPDATE events SET seq = 2 WHERE seq = 3",
		"UPDATE events SET seq = 3 WHERE seq = 99",
	}
	for _, c := range []struct {
		name       string
		statements []string
		good       int
		bad        int64
		how        Wrong
	}{
		{"nothing was done", nil, 5, 0, ""},
		{"a body was changed", []string{"UPDATE events SET body = '{\"n\":7}' WHERE seq = 3"}, 2, 3, Changed},
		{"a salt was changed", []string{"UPDATE events SET salt = zeroblob(16) WHERE seq = 3"}, 2, 3, Changed},
		{"a time was changed", []string{"UPDATE events SET at = at + 1 WHERE seq = 3"}, 2, 3, Changed},
		{"a request was changed", []string{"UPDATE events SET request = 8 WHERE seq = 3"}, 2, 3, Changed},
		{"a kind was changed", []string{"UPDATE events SET kind = 'x' WHERE seq = 3"}, 2, 3, Changed},
		{"a hash was changed", []string{"UPDATE events SET hash = zeroblob(32) WHERE seq = 3"}, 2, 3, Changed},
		{"a hash was cut", []string{"UPDATE events SET hash = x'00' WHERE seq = 3"}, 2, 3, Changed},
		{"a body's hash was changed", []string{"UPDATE events SET body_hash = zeroblob(32) WHERE seq = 3"}, 2, 3, Changed},
		{"an erased body's hash was changed", []string{"UPDATE events SET salt = x'', body = '', body_hash = zeroblob(32) WHERE seq = 3"}, 2, 3, Changed},
		{"only the salt is gone", []string{"UPDATE events SET salt = x'' WHERE seq = 3"}, 2, 3, Changed},
		{"only the body is gone", []string{"UPDATE events SET body = '' WHERE seq = 3"}, 2, 3, Changed},
		{"an entry was removed", []string{"DELETE FROM events WHERE seq = 3"}, 2, 3, Removed},
		{"an entry was removed and the rest moved up", []string{
			"DELETE FROM events WHERE seq = 3",
			"UPDATE events SET seq = 3 WHERE seq = 4",
			"UPDATE events SET seq = 4 WHERE seq = 5"}, 2, 3, Removed},
		{"the first was removed", []string{"DELETE FROM events WHERE seq = 1"}, 0, 1, Removed},
		{"the front was removed and the end moved to another hash", []string{
			"DELETE FROM events WHERE seq <= 2",
			"UPDATE event_end SET seq = 2, hash = zeroblob(32)"}, 0, 3, Changed},
		{"an entry was put in", []string{
			"UPDATE events SET seq = 6 WHERE seq = 5",
			"UPDATE events SET seq = 5 WHERE seq = 4",
			"UPDATE events SET seq = 4 WHERE seq = 3",
			"INSERT INTO events SELECT 3, at, request, kind, salt, body, body_hash, hash FROM events WHERE seq = 2"}, 2, 3, Inserted},
		{"an entry was put before the first", []string{
			"INSERT INTO events SELECT 0, at, request, kind, salt, body, body_hash, hash FROM events WHERE seq = 2"}, 0, 1, Inserted},
		{"an entry was put at the end", []string{
			"INSERT INTO events SELECT 6, at, request, kind, salt, body, body_hash, hash FROM events WHERE seq = 2"}, 5, 6, Changed},
		{"two entries changed places", swap, 1, 2, Reordered},
		{"the last changed places with the third", []string{
			"UPDATE events SET seq = 99 WHERE seq = 3",
			"UPDATE events SET seq = 3 WHERE seq = 5",
			"UPDATE events SET seq = 5 WHERE seq = 99"}, 2, 3, Reordered},
		{"an entry was moved to the end, over a gap", []string{"UPDATE events SET seq = 6 WHERE seq = 3"}, 2, 3, Reordered},
		{"bytes went from one field to its neighbour", []string{
			"UPDATE events SET kind = substr(kind, 1, 5) || '0', request = 7 WHERE seq = 3"}, 2, 3, Changed},
	} {
		t.Run(c.name, func(t *testing.T) {
			undone(t, s, func(tx *tx) error {
				if err := run(tx, slices.Concat(noTriggers, c.statements)...); err != nil {
					return err
				}
				got, err := tx.verify(t.Context(), nil)
				if got.Entries != c.good || got.Bad != c.bad || got.How != c.how {
					t.Errorf("got %d good, entry %d %s; want %d, and entry %d %s", got.Entries, got.Bad, got.How, c.good, c.bad, c.how)
				}
				return err
			})
		})
	}
}

func TestAnErasedEntryLeavesTheChainWhole(t *testing.T) {
	s := logged(t)
	if err := tamper(t, s, "UPDATE events SET salt = x'', body = '' WHERE request = 7"); err != nil {
		t.Fatal(err)
	}
	intact(t, s, 5)
	var entries []callback.Entry
	err := s.View(t.Context(), func(v callback.Reader) (err error) {
		entries, err = v.Events(7, 1)
		return err
	})
	if err != nil || len(entries) != 1 || entries[0].Body != "" || entries[0].Kind != "kind 4" {
		t.Errorf("got %v, %v, want the newest entry without its body", entries, err)
	}
}

func TestRetentionRemovesTheFrontAndTheChainGoesOn(t *testing.T) {
	s := logged(t)
	for _, last := range []int{2, 5} {
		err := tamper(t, s,
			fmt.Sprintf("UPDATE event_end SET (seq, hash) = (SELECT seq, hash FROM events WHERE seq = %d)", last),
			fmt.Sprintf("DELETE FROM events WHERE seq <= %d", last))
		if err != nil {
			t.Fatal(err)
		}
		intact(t, s, 5-last)
	}
	// Even what is written after a start, into a log without entries.
	forget := func(tx *tx) error { tx.w.known = false; return nil }
	if err := errors.Join(s.update(t.Context(), forget), s.update(t.Context(), inserting(1))); err != nil {
		t.Fatal(err)
	}
	intact(t, s, 1)
	if err := tamper(t, s, "DELETE FROM events WHERE seq = 6"); !constraint(err) {
		t.Errorf("got %v, want the trigger's refusal", err)
	}
}

func TestTheHashIsWhatItsCommentSays(t *testing.T) {
	body := sha256.Sum256([]byte("0123456789abcdef" + `{"a":1}`))
	if got := hashBody([]byte("0123456789abcdef"), `{"a":1}`); got != body {
		t.Errorf("body: got %x, want %x", got, body)
	}
	var before link
	for i := range before.hash {
		before.hash[i] = 0xaa
	}
	raw, err := hex.DecodeString(
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" +
			"0000000000000102" + // seq 258
			"ffffffffffffffff" + // one millisecond before 1970
			"0000000000000007" +
			"0000000000000002" + "c3a9") // é
	if err != nil {
		t.Fatal(err)
	}
	want := sha256.Sum256(append(raw, body[:]...))
	e := entry{seq: 258, at: -1, request: 7, kind: "é", bodyHash: body}
	if got := e.hash(before); got != want {
		t.Errorf("entry: got %x, want %x", got, want)
	}
}

func TestTheSameBodyTwiceDoesNotShow(t *testing.T) {
	s := open(t, Memory)
	for range 2 {
		if err := s.Update(t.Context(), func(tx callback.Tx) error { return tx.Log(noon, 1, callback.Note{Kind: "a"}) }); err != nil {
			t.Fatal(err)
		}
	}
	err := s.view(t.Context(), func(v *reader) error {
		hashes, err := v.number("SELECT count(DISTINCT body_hash) FROM events")
		if err == nil && hashes != 2 {
			t.Errorf("got %d different hashes of the body, want 2", hashes)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAWalkAlongTheLogTellsHowFarItIs(t *testing.T) {
	s := open(t, Memory)
	err := s.Update(t.Context(), func(tx callback.Tx) error {
		for range 2*tellEvery + 1 {
			if err := tx.Log(noon, 0, callback.Note{Kind: "mode"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var told []int
	if _, err := s.Verify(t.Context(), func(done, all int) { told = append(told, done, all) }); err != nil {
		t.Fatal(err)
	}
	if want := []int{tellEvery, 2*tellEvery + 1, 2 * tellEvery, 2*tellEvery + 1}; !slices.Equal(told, want) {
		t.Errorf("it told %d, want %d", told, want)
	}
}
