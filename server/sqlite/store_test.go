package sqlite

import (
	"os"
	"path/filepath"
	"testing"

	"ringback/server/callback"
	"ringback/server/callback/callbacktest"
)

// open opens a database and closes it when the test ends.
func open(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), Options{Path: path})
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func closed(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestStoreInMemoryMeetsTheContract(t *testing.T) {
	callbacktest.TestStore(t, func(t *testing.T) callback.Store { return open(t, Memory) })
}

func TestStoreInAFileMeetsTheContract(t *testing.T) {
	// Each begins with a copy of one empty database: to migrate each would take most
	// of the time.
	empty := filepath.Join(t.TempDir(), "empty.db")
	made(t, empty)
	image, err := os.ReadFile(empty)
	if err != nil {
		t.Fatal(err)
	}
	callbacktest.TestStore(t, func(t *testing.T) callback.Store {
		path := filepath.Join(t.TempDir(), "ringback.db")
		written(t, path, image)
		return open(t, path)
	})
}
