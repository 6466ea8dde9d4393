package shop_test

import (
	"context"
	"database/sql"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"ringback/server/desk"
)

// hold locks the database as another program would that writes it, and returns what lets
// it go.
func hold(t *testing.T, data string) (release func()) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(data, "ringback.db")+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.ExecContext(context.Background(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	return func() {
		if _, err := conn.ExecContext(context.Background(), "ROLLBACK"); err != nil {
			t.Error(err)
		}
		_ = conn.Close()
	}
}

func TestTrialAnotherProgramHoldsTheDatabase(t *testing.T) {
	t.Parallel()
	e := newExchange(t)
	talked := make(chan struct{})
	e.at(map[string]person{"+12125550120": talksUntil(talked)})
	l := trial(t, e, "")
	ids, numbers := l.inLine(3)
	l.until(ids[0], "connected")
	release := hold(t, l.data)
	l.refused("+12125550130")
	if status, detail := l.database(); status != http.StatusServiceUnavailable || !strings.Contains(detail, "another program holds the database") {
		t.Errorf("/health says %d, %q", status, detail)
	}
	release()
	close(talked)
	l.goesOn(t, e, ids, numbers)
}

// goesOn: all that was taken before the trouble is called, in order, and new wishes are
// taken.
func (l *life) goesOn(t *testing.T, e *exchange, ids, numbers []string) {
	t.Helper()
	l.eventually("the log says that it is over", func() bool { return strings.Contains(l.log.String(), "the database can be written again") })
	if _, detail := l.database(); detail != "" {
		t.Errorf("afterwards /health says of the database %q", detail)
	}
	for _, what := range []string{"msg=pass", "msg=look", "msg=effect"} {
		if n := strings.Count(l.log.String(), what+" "); n > 1 {
			t.Errorf("the log says %s %d times", what, n)
		}
	}
	ids = append(ids, l.ask("+12125550131").ID)
	for _, id := range ids {
		l.until(id, "completed")
	}
	if got, want := strings.Join(e.visitors(), " "), strings.Join(append(numbers, "+12125550131"), " "); got != want {
		t.Errorf("rung were %s, want %s", got, want)
	}
	l.sound(t, e, len(ids))
}

// The window must say it too, without anybody asking, and take it back.
func TestTheWindowSaysWhenNothingCanBeSaved(t *testing.T) {
	t.Parallel()
	e := newExchange(t)
	data := t.TempDir()
	r := startLive(t, e, data, liveWith("", "+12125550101"))
	shows := func(want desk.Unsaved) {
		t.Helper()
		for {
			changed, leave := r.shop.Desk().Changed()
			s, err := r.shop.Desk().Shop(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if s.Unsaved == want {
				leave()
				return
			}
			select {
			case <-changed:
			case <-t.Context().Done():
			}
			leave()
		}
	}
	release := hold(t, data)
	if a := r.post(map[string]any{"visitor_number": "+12125550123"}); a.Code != "not_saved" {
		t.Errorf("a request is answered %+v", a)
	}
	shows(desk.DiskBusy)
	release()
	shows(desk.Saved)
}
