package callbacktest

import (
	"testing"
	"time"

	"ringback/server/callback"
)

var logRules = []rule{
	{"a line of the log keeps its time, request, kind and body", func(t *testing.T, s callback.Store) {
		note := callback.Note{Kind: "asked", Body: map[string]any{"status": "pending", "rounds": 2, "ok": true}}
		update(t, s, func(tx callback.Tx) error { return tx.Log(minute(1).In(time.FixedZone("", 3600)), 7, note) })
		same(t, events(t, s, 7, 10), []callback.Entry{{
			Seq: 1, At: minute(1), Request: 7, Kind: "asked",
			Body: `{"ok":true,"rounds":2,"status":"pending"}`,
		}})
	}},
	{"a line without a body has an empty object", func(t *testing.T, s callback.Store) {
		write(t, s, 0, "started")
		same(t, events(t, s, 0, 1)[0].Body, "{}")
	}},
	{"each request has its lines, oldest first, and 0 those that are no request's", func(t *testing.T, s callback.Store) {
		write(t, s, 1, "asked")
		write(t, s, 0, "started")
		write(t, s, 2, "asked")
		write(t, s, 1, "cancel")
		same(t, kinds(events(t, s, 1, 10)), []string{"asked", "cancel"})
		same(t, kinds(events(t, s, 0, 10)), []string{"started"})
		same(t, kinds(events(t, s, 3, 10)), []string(nil))
	}},
	{"too many lines are the newest ones, oldest first", func(t *testing.T, s callback.Store) {
		for _, kind := range []string{"a", "b", "c", "d"} {
			write(t, s, 1, kind)
		}
		same(t, kinds(events(t, s, 1, 2)), []string{"c", "d"})
		same(t, kinds(events(t, s, 1, 0)), []string(nil))
	}},
	{"lines are numbered without a gap, whatever was undone in between", func(t *testing.T, s callback.Store) {
		write(t, s, 1, "a")
		refused(t, s, func(tx callback.Tx) error {
			if err := tx.Log(noon, 1, callback.Note{Kind: "undone"}); err != nil {
				return err
			}
			return errUndo
		})
		write(t, s, 1, "b")
		got := events(t, s, 1, 10)
		same(t, kinds(got), []string{"a", "b"})
		same(t, got[1].Seq, got[0].Seq+1)
	}},
	{"a body that is no JSON is refused", func(t *testing.T, s callback.Store) {
		refused(t, s, func(tx callback.Tx) error {
			return tx.Log(noon, 1, callback.Note{Kind: "a", Body: map[string]any{"f": func() {}}})
		})
	}},
}

func write(t *testing.T, s callback.Store, request int64, kind string) {
	t.Helper()
	update(t, s, func(tx callback.Tx) error { return tx.Log(noon, request, callback.Note{Kind: kind}) })
}

func events(t *testing.T, s callback.Store, request int64, limit int) []callback.Entry {
	t.Helper()
	return read(t, s, func(v callback.Reader) ([]callback.Entry, error) { return v.Events(request, limit) })
}

func kinds(entries []callback.Entry) []string {
	var found []string
	for _, e := range entries {
		found = append(found, e.Kind)
	}
	return found
}
