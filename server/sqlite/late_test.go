package sqlite

import (
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ringback/server/callback"
)

// large opens a database as one that is too large to be checked first.
func large(t *testing.T, path string, log *slog.Logger) *Store {
	t.Helper()
	s, err := Open(t.Context(), Options{Path: path, First: 1, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestALargeDatabaseIsCheckedOnceItIsOpen(t *testing.T) {
	path := damagedFile(t)
	synctest.Test(t, func(t *testing.T) {
		var said strings.Builder
		s := large(t, path, slog.New(slog.NewTextHandler(&said, nil)))
		if err := errors.Join(s.Check(t.Context()), s.Failing()); err != nil {
			t.Errorf("before the check: %v", err)
		}
		time.Sleep(lateCheck)
		s.late.Wait()
		if err := s.Failing(); !errors.Is(err, ErrDamaged) || !strings.Contains(said.String(), "damaged") {
			t.Errorf("after it: %v; the log says %s", err, &said)
		}
		if err := s.update(t.Context(), inserting(1000)); !errors.Is(err, ErrDamaged) || !errors.Is(err, callback.ErrNotSaved) {
			t.Errorf("a write: got %v, want %v", err, ErrDamaged)
		}
		if err := s.Failing(); !errors.Is(err, ErrDamaged) {
			t.Errorf("afterwards: %v", err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestALargeDatabaseThatIsWellIsWrittenAfterItsCheck(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ringback.db")
	filled(t, path, 200)
	synctest.Test(t, func(t *testing.T) {
		s := large(t, path, nil)
		time.Sleep(lateCheck)
		s.late.Wait()
		if err := errors.Join(s.update(t.Context(), inserting(1000)), s.Failing(), s.Close()); err != nil {
			t.Error(err)
		}
	})
}

func TestAClosedDatabaseIsCheckedNoMore(t *testing.T) {
	path := damagedFile(t)
	synctest.Test(t, func(t *testing.T) {
		s := large(t, path, nil)
		began := time.Now()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if took := time.Since(began); took != 0 || s.Failing() != nil {
			t.Errorf("it was closed after %v, with %v", took, s.Failing())
		}
	})
}
