package sqlite

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
)

// BenchmarkIntake stores a request and a line of the log, durably, for 1, 16 and 64
// callers at once; jobs/commit is how many of them shared one wait for the disk.
// Compare requests/s with BenchmarkSingleCommits. Once more it does so without the words
// that the search needs, to show what those cost.
func BenchmarkIntake(b *testing.B) {
	for _, callers := range []int{1, 16, 64} {
		intake(b, fmt.Sprintf("callers=%d", callers), callers)
		intake(b, fmt.Sprintf("callers=%d/unsearchable", callers), callers, "DROP TRIGGER search_insert", "DROP TRIGGER search_update")
	}
}

func intake(b *testing.B, name string, callers int, statements ...string) {
	b.Helper()
	b.Run(name, func(b *testing.B) {
		s := open(b, filepath.Join(b.TempDir(), "ringback.db"))
		if err := s.update(b.Context(), func(tx *tx) error { return run(tx, statements...) }); err != nil {
			b.Fatal(err)
		}
		var n atomic.Int64
		before := s.Stats()
		b.ResetTimer()
		share(b, callers, func() error { return s.update(b.Context(), inserting(int(n.Add(1)))) })
		b.StopTimer()
		after := s.Stats()
		b.ReportMetric(float64(after.Jobs-before.Jobs)/float64(after.Commits-before.Commits), "jobs/commit")
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
	})
}

// BenchmarkSingleCommits is the same SQLite on the same disk, one row and one commit
// at a time.
func BenchmarkSingleCommits(b *testing.B) {
	f, err := locate(filepath.Join(b.TempDir(), "bare.db"))
	if err != nil {
		b.Fatal(err)
	}
	db, err := f.pool(writing, 1)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	if _, err := db.Exec("CREATE TABLE requests (id INTEGER PRIMARY KEY, number TEXT NOT NULL) STRICT"); err != nil {
		b.Fatal(err)
	}
	insert, err := db.Prepare("INSERT INTO requests (number) VALUES (?)")
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	share(b, 1, func() error { return one(insert) })
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
}

func one(insert *sql.Stmt) error {
	_, err := insert.Exec("+12125550199")
	return err
}

// share has callers do b.N things between them.
func share(b *testing.B, callers int, do func() error) {
	b.Helper()
	var left atomic.Int64
	left.Store(int64(b.N))
	failed := make(chan error, callers)
	for range callers {
		go func() {
			var err error
			for err == nil && left.Add(-1) >= 0 {
				err = do()
			}
			failed <- err
		}()
	}
	for range callers {
		if err := <-failed; err != nil {
			b.Fatal(err)
		}
	}
}
