package shop

import (
	"testing"
	"time"

	"ringback/server/settings"
)

func TestLinesWhileAChangeWaitsForCalls(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name  string
		lines int
		waits time.Duration // 0: nothing waits
		want  int
	}{
		{"nothing waits", 2, 0, 2},
		{"the one line takes no call any more", 1, time.Millisecond, 0},
		{"of two, the free one still does", 2, time.Minute, 2},
		{"but not for ever", 2, freeLines + time.Second, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := &era{mode: mode{live: true}}
			e.holds.Store(&judged{set: settings.Settings{Business: settings.Business{Line: c.lines}}})
			if c.waits > 0 {
				e.since.Store(now.Add(-c.waits).UnixMilli())
			}
			if got := e.line(now); got != c.want {
				t.Errorf("the shop takes %d calls, want %d", got, c.want)
			}
		})
	}
}
