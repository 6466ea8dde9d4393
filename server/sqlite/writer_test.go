package sqlite

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"ringback/server/callback"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func ask(n int) callback.Request {
	return callback.Request{
		PublicID: fmt.Sprintf("public-%d", n),
		Status:   callback.Pending,
		Number:   "+12125550199",
		AskedAt:  noon,
	}
}

// insert is what most callers here want: a request and a line of the log.
func insert(tx callback.Tx, n int) error {
	id, err := tx.Insert(ask(n))
	if err != nil {
		return err
	}
	return tx.Log(noon, id, callback.Note{Kind: "asked"})
}

func stored(t *testing.T, s *Store, n int) bool {
	t.Helper()
	err := s.View(t.Context(), func(v callback.Reader) error {
		_, err := v.ByPublicID(ask(n).PublicID)
		return err
	})
	if err != nil && !errors.Is(err, callback.ErrNotFound) {
		t.Fatal(err)
	}
	return err == nil
}

// intact checks that the event log is whole and has that many entries.
func intact(t *testing.T, s *Store, want int) {
	t.Helper()
	got, err := s.Verify(t.Context(), nil)
	if got.Entries != want || got.Bad != 0 || err != nil {
		t.Errorf("verify: got %d entries, first bad %d, %v; want %d good ones", got.Entries, got.Bad, err, want)
	}
}

// gathered hands in jobs so that they end up in one batch, in this order, and
// returns their answers. It must be called in a bubble.
func gathered(t *testing.T, s *Store, jobs ...func(tx *tx) error) []error {
	t.Helper()
	errs := make([]error, len(jobs))
	begun, goOn := make(chan bool), make(chan bool)
	var all sync.WaitGroup
	for i, f := range jobs {
		if i == 0 {
			first := f
			f = func(tx *tx) error {
				close(begun)
				<-goOn
				return first(tx)
			}
		}
		all.Go(func() { errs[i] = s.update(t.Context(), f) })
		if i == 0 {
			<-begun
		}
		synctest.Wait()
	}
	close(goOn)
	all.Wait()
	return errs
}

func inserting(n int) func(tx *tx) error { return func(tx *tx) error { return insert(tx, n) } }

// failing makes the commit of its batch fail: SQLite looks for the request that an
// effect belongs to only then.
func failing(tx *tx) error {
	if _, err := tx.exec("PRAGMA defer_foreign_keys = 1"); err != nil {
		return err
	}
	_, err := tx.Add(callback.Effect{Request: 7777})
	return err
}

func TestJobsThatWaitShareOneCommit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, filepath.Join(t.TempDir(), "ringback.db"))
		before := s.Stats()
		for i, err := range gathered(t, s, inserting(0), inserting(1), inserting(2)) {
			if err != nil {
				t.Errorf("job %d: %v", i, err)
			}
		}
		after := s.Stats()
		if commits, jobs := after.Commits-before.Commits, after.Jobs-before.Jobs; commits != 1 || jobs != 3 {
			t.Errorf("got %d commits for %d jobs, want 1 for 3", commits, jobs)
		}
		intact(t, s, 3)
	})
}

func TestABatchHasABound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, Memory)
		jobs := make([]func(tx *tx) error, batchSize+2)
		for i := range jobs {
			jobs[i] = inserting(i)
		}
		if err := errors.Join(gathered(t, s, jobs...)...); err != nil {
			t.Fatal(err)
		}
		if got := s.Stats().Commits; got != 2 {
			t.Errorf("got %d commits for %d jobs, want 2", got, len(jobs))
		}
	})
}

func TestAJobThatFailsLeavesItsBatchAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, Memory)
		mine := errors.New("mine")
		errs := gathered(t, s,
			inserting(0),
			func(tx *tx) error { return errors.Join(insert(tx, 1), mine) },
			func(tx *tx) error { panic(errors.Join(insert(tx, 2), errors.New("mine too"))) },
			inserting(3))
		if errs[0] != nil || !errors.Is(errs[1], mine) || errs[2] == nil || errs[3] != nil {
			t.Errorf("got %v", errs)
		}
		for n, want := range []bool{true, false, false, true} {
			if got := stored(t, s, n); got != want {
				t.Errorf("request %d: stored is %v, want %v", n, got, want)
			}
		}
		intact(t, s, 2)
	})
}

func TestACommitThatFailsIsToldToAllAndLosesAll(t *testing.T) {
	for _, path := range []string{Memory, "ringback.db"} {
		t.Run(path, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := open(t, inTemp(t, path))
				if err := s.update(t.Context(), inserting(0)); err != nil {
					t.Fatal(err)
				}
				refused := errors.New("decided by what a neighbour lost")
				errs := gathered(t, s,
					inserting(1),
					failing,
					func(*tx) error { return refused },
					func(tx *tx) error { _, err := tx.Request(1); return err })
				for i, err := range errs {
					if !errors.Is(err, callback.ErrNotSaved) || errors.Is(err, refused) {
						t.Errorf("job %d: got %v, want ErrNotSaved", i, err)
					}
				}
				if stored(t, s, 1) {
					t.Error("a request of the lost batch is stored")
				}
				if got := s.Stats().Failed; got != 1 {
					t.Errorf("got %d failed commits, want 1", got)
				}
				// The chain goes on from what the file holds.
				if err := s.update(t.Context(), inserting(2)); err != nil {
					t.Errorf("after a failed commit: %v", err)
				}
				intact(t, s, 2)
			})
		})
	}
}

func inTemp(t *testing.T, path string) string {
	if path == Memory {
		return path
	}
	return filepath.Join(t.TempDir(), path)
}

func TestAFullDiskIsTheAnswerOfWhomItHitAndPasses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, filepath.Join(t.TempDir(), "ringback.db"))
		pages := func(n int) {
			t.Helper()
			err := s.update(t.Context(), func(tx *tx) error {
				_, err := tx.number(fmt.Sprintf("PRAGMA max_page_count = %d", n))
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		long := func(n int) func(tx *tx) error {
			return func(tx *tx) error {
				r := ask(n)
				r.Message = strings.Repeat("long ", 100_000)
				_, err := tx.Insert(r)
				return err
			}
		}
		pages(1) // no fewer than there are
		swallowed := func(tx *tx) error {
			if err := long(1)(tx); err == nil {
				return errors.New("the disk is not full")
			}
			return insert(tx, 1) // goes on as if nothing had been
		}
		for _, f := range []func(tx *tx) error{long(1), swallowed, func(tx *tx) error { _ = long(1)(tx); return nil }} {
			err := gathered(t, s, f)[0]
			if !errors.Is(err, callback.ErrNotSaved) || !errors.Is(err, ErrFull) {
				t.Errorf("got %v, want ErrNotSaved and ErrFull", err)
			}
		}
		if stored(t, s, 1) {
			t.Error("half of it is stored")
		}
		pages(1 << 30)
		if err := s.update(t.Context(), long(1)); err != nil {
			t.Errorf("with room again: %v", err)
		}
		if err := s.update(t.Context(), inserting(2)); err != nil {
			t.Errorf("with room again: %v", err)
		}
		intact(t, s, 1)
	})
}

func TestABrokenRuleOfTheTablesLeavesItsTransactionUsable(t *testing.T) {
	s := open(t, Memory)
	err := s.update(t.Context(), func(tx *tx) error {
		if err := insert(tx, 1); err != nil {
			return err
		}
		if insert(tx, 1) == nil {
			return errors.New("the same public id was taken twice")
		}
		return insert(tx, 2)
	})
	if err != nil {
		t.Fatal(err)
	}
	if !stored(t, s, 1) || !stored(t, s, 2) {
		t.Error("a request is missing")
	}
}

func TestWhoseContextEndsInTheQueueIsNotRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, Memory)
		ctx, cancel := context.WithCancel(t.Context())
		var left error
		ran := false
		var all sync.WaitGroup
		leaving := func(*tx) error { ran = true; return nil }
		errs := gathered(t, s, func(tx *tx) error {
			all.Go(func() { left = s.update(ctx, leaving) })
			cancel()
			all.Wait()
			return insert(tx, 0)
		}, inserting(1))
		if err := errors.Join(errs...); err != nil {
			t.Error(err)
		}
		if !errors.Is(left, context.Canceled) || ran {
			t.Errorf("got %v, ran is %v, want %v and false", left, ran, context.Canceled)
		}
	})
}

func TestATransactionThatWasKeptIsOfNoUse(t *testing.T) {
	s := open(t, Memory)
	var kept callback.Tx
	if err := s.Update(t.Context(), func(tx callback.Tx) error { kept = tx; return nil }); err != nil {
		t.Fatal(err)
	}
	if err := insert(kept, 1); !errors.Is(err, errOver) {
		t.Errorf("got %v, want %v", err, errOver)
	}
}

func TestCloseFinishesWhatWasHandedInAndThenRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, filepath.Join(t.TempDir(), "ringback.db"))
		var all sync.WaitGroup
		jobs := []func(tx *tx) error{func(tx *tx) error {
			all.Go(func() { _ = s.Close() })
			return insert(tx, 0)
		}, inserting(1), inserting(2)}
		if err := errors.Join(gathered(t, s, jobs...)...); err != nil {
			t.Errorf("what was handed in: %v", err)
		}
		all.Wait()
		if err := s.update(t.Context(), inserting(3)); !errors.Is(err, ErrClosed) {
			t.Errorf("update: got %v, want %v", err, ErrClosed)
		}
		if err := s.View(t.Context(), func(callback.Reader) error { return nil }); !errors.Is(err, ErrClosed) {
			t.Errorf("view: got %v, want %v", err, ErrClosed)
		}
		if err := s.Close(); err != nil {
			t.Errorf("the second close: %v", err)
		}
	})
}

func TestAViewKeepsItsSnapshotWhileTheWriterGoesOn(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "ringback.db"))
	count := func(v callback.Reader) int {
		n, err := v.Count(callback.Query{})
		if err != nil {
			t.Error(err)
		}
		return n
	}
	err := s.View(t.Context(), func(v callback.Reader) error {
		before := count(v)
		if err := s.update(t.Context(), inserting(1)); err != nil {
			return err
		}
		if after := count(v); after != before {
			t.Errorf("got %d requests, then %d in the same view", before, after)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !stored(t, s, 1) {
		t.Error("the next view does not see it")
	}
}

func TestAViewCannotWrite(t *testing.T) {
	for _, path := range []string{Memory, "ringback.db"} {
		s := open(t, inTemp(t, path))
		err := s.view(t.Context(), func(v *reader) error {
			_, err := v.exec("INSERT INTO blocked (number, at) VALUES ('1', 1)")
			return err
		})
		if !errors.Is(err, ErrReadOnly) || errors.Is(err, callback.ErrNotSaved) {
			t.Errorf("%s: got %v, want %v", path, err, ErrReadOnly)
		}
	}
}

func TestViewsWaitForAReaderAsLongAsTheirContextAllows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, filepath.Join(t.TempDir(), "ringback.db"))
		free := make(chan bool)
		var all sync.WaitGroup
		for range readers {
			all.Go(func() { _ = s.View(t.Context(), func(callback.Reader) error { <-free; return nil }) })
		}
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := s.View(ctx, func(callback.Reader) error { return nil }); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
		}
		close(free)
		all.Wait()
		if err := s.View(t.Context(), func(callback.Reader) error { return nil }); err != nil {
			t.Error(err)
		}
	})
}

func TestAViewThatPanicsGivesItsReaderBack(t *testing.T) {
	s := open(t, Memory)
	for range readers + 1 {
		func() {
			defer func() { _ = recover() }()
			_ = s.View(t.Context(), func(callback.Reader) error { panic("mine") })
		}()
	}
	if stored(t, s, 1) {
		t.Error("something is stored")
	}
}

func TestATestThatFailsInsideOfAnUpdateHangsNobody(t *testing.T) {
	s := open(t, Memory)
	goes := func(*tx) error { runtime.Goexit(); return nil } // as t.Fatal does
	for range 2 {
		if err := s.update(t.Context(), goes); !errors.Is(err, ErrClosed) {
			t.Errorf("got %v, want %v", err, ErrClosed)
		}
	}
}
