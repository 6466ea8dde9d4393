package sqlite

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"ringback/server/callback"
)

func TestSettingsAreKeptByteForByte(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ringback.db")
	s := open(t, path)
	if _, err := s.LoadSettings(t.Context()); !errors.Is(err, callback.ErrNotFound) {
		t.Errorf("a fresh shop: got %v, want ErrNotFound", err)
	}
	for _, want := range []string{`{"a": 1}`, "{\n \"b\": \"é\\u00e9\"\n}"} {
		if err := s.SaveSettings(t.Context(), []byte(want), callback.Note{}); err != nil {
			t.Fatal(err)
		}
		if got, err := s.LoadSettings(t.Context()); err != nil || string(got) != want {
			t.Errorf("got %s, %v, want %s", got, err, want)
		}
	}
	if err := s.SaveSettings(t.Context(), []byte(`{"a": 1`), callback.Note{}); err == nil {
		t.Error("half a file: got no error")
	}
	closed(t, s)
	if got, err := open(t, path).LoadSettings(t.Context()); err != nil || string(got) != "{\n \"b\": \"é\\u00e9\"\n}" {
		t.Errorf("after a start: got %s, %v, want the last that was good", got, err)
	}
}

func TestCounts(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "ringback.db"))
	count := func(key string, at time.Time, since ...time.Time) []int {
		t.Helper()
		got, err := s.Count(t.Context(), key, at, since)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	second := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Second) }
	for _, c := range []struct {
		name  string
		key   string
		at    time.Time
		since []time.Time
		want  []int
	}{
		{"the first one counts itself", "a", second(0), []time.Time{second(-60)}, []int{1}},
		{"a second one in the same second", "a", second(0), []time.Time{second(-60)}, []int{2}},
		{"another key is counted for itself", "b", second(1), []time.Time{second(-60)}, []int{1}},
		{"each since has its own count", "a", second(50), []time.Time{second(-10), second(0), second(1), second(50), second(51)}, []int{3, 3, 1, 1, 0}},
		{"what was earlier in the second of a since counts", "a", second(51), []time.Time{second(50).Add(time.Second - 1)}, []int{2}},
		{"a clock that was put back is not held against anyone", "a", second(10), []time.Time{second(-60)}, []int{3}},
		{"nothing is asked", "a", second(60), nil, []int{}},
		{"two days later the rest is forgotten", "a", second(60).Add(49 * time.Hour), []time.Time{second(-60)}, []int{1}},
	} {
		if got := count(c.key, c.at, c.since...); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
	if _, err := s.Count(t.Context(), "", noon, nil); err == nil {
		t.Error("an empty key: got no error")
	}
}

func TestOldCountsAreRemoved(t *testing.T) {
	s := open(t, Memory)
	rows := func() (n int) {
		t.Helper()
		err := s.view(t.Context(), func(v *reader) (err error) {
			n, err = v.number("SELECT count(*) FROM limits")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, at := range []time.Time{
		noon.AddDate(1, 0, 0), // a clock that was wrong
		noon.Add(-49 * time.Hour),
		noon.Add(-47 * time.Hour),
		noon,
	} {
		if _, err := s.Count(t.Context(), "key", at, nil); err != nil {
			t.Fatal(err)
		}
	}
	if got := rows(); got != 2 {
		t.Errorf("got %d rows, want those of the last two days", got)
	}
}

func TestCountsOutliveAStart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ringback.db")
	for want := 1; want <= 2; want++ {
		s := open(t, path)
		if got, err := s.Count(t.Context(), "key", noon, []time.Time{noon}); err != nil || got[0] != want {
			t.Errorf("got %v, %v, want %d", got, err, want)
		}
		closed(t, s)
	}
}

func TestCheckWritesOnlyWhenNothingElseDid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, Memory)
		check := func(want int64) {
			t.Helper()
			before := s.Stats().Commits
			if err := s.Check(t.Context()); err != nil {
				t.Error(err)
			}
			if got := s.Stats().Commits - before; got != want {
				t.Errorf("got %d commits, want %d", got, want)
			}
		}
		check(1) // nothing is proven yet
		check(0)
		time.Sleep(proven)
		check(1)
		time.Sleep(proven - time.Second)
		if err := s.update(t.Context(), inserting(1)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		check(0)
		gathered(t, s, failing)
		check(1) // and finds the disk well again
	})
}

func TestCheckOfAClosedStoreFails(t *testing.T) {
	s := open(t, Memory)
	closed(t, s)
	if err := s.Check(t.Context()); !errors.Is(err, ErrClosed) {
		t.Errorf("got %v, want %v", err, ErrClosed)
	}
}

func TestAChangeOfSettingsIsInTheLogWithThem(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "ringback.db"))
	save := func(value string, n callback.Note) error { return s.SaveSettings(t.Context(), []byte(value), n) }
	if err := save(`{"a": 1}`, callback.Note{Kind: "settings", Body: map[string]any{"by": "window"}}); err != nil {
		t.Fatal(err)
	}
	if err := save(`{"a": 1}`, callback.Note{}); err != nil {
		t.Fatal(err)
	}
	if err := save(`{"a": 2}`, callback.Note{Kind: "settings", Body: map[string]any{"f": func() {}}}); err == nil {
		t.Error("an entry that can't be written: got no error")
	}
	if got, err := s.LoadSettings(t.Context()); err != nil || string(got) != `{"a": 1}` {
		t.Errorf("got %s, %v; want what has its entry", got, err)
	}
	ofTheShop(t, s, `settings {"by":"window"}`)
	if c, err := s.Verify(t.Context(), nil); err != nil || c.Err() != nil {
		t.Errorf("the log is not whole: %v, %v", err, c.Err())
	}
}

// ofTheShop checks which entries of the log are no request's.
func ofTheShop(t *testing.T, s *Store, want ...string) {
	t.Helper()
	var got []string
	err := s.View(t.Context(), func(v callback.Reader) error {
		entries, err := v.Events(0, 100)
		for _, e := range entries {
			got = append(got, e.Kind+" "+e.Body)
		}
		return err
	})
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("the log has %q, %v; want %q", got, err, want)
	}
}

func TestOnceLiveIsKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ringback.db")
	for _, c := range []struct {
		was  bool
		next Mode
	}{{false, Practice}, {false, Trouble}, {false, Live}, {true, Live}, {true, Practice}, {true, Trouble}, {true, Live}} {
		s := open(t, path)
		if got, err := s.WasLive(t.Context()); err != nil || got != c.was {
			t.Errorf("before %s: got %t, %v, want %t", c.next, got, err, c.was)
		}
		if err := s.EnterMode(t.Context(), c.next); err != nil {
			t.Fatal(err)
		}
		closed(t, s)
	}
	ofTheShop(t, open(t, path),
		`mode {"from":"practice","to":"trouble"}`,
		`mode {"from":"trouble","to":"live"}`,
		`mode {"from":"live","to":"practice"}`,
		`mode {"from":"practice","to":"trouble"}`,
		`mode {"from":"trouble","to":"live"}`,
	)
}

func TestAShopOfBeforeModesWereNotedStartsWithoutAChange(t *testing.T) {
	s := open(t, Memory)
	err := s.update(t.Context(), func(tx *tx) error {
		_, err := tx.exec("INSERT INTO settings (key, version, saved_at, value) VALUES (?, 1, 1, '1')", liveSince)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.EnterMode(t.Context(), Live); err != nil {
		t.Fatal(err)
	}
	ofTheShop(t, s)
}
