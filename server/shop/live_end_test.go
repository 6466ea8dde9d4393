package shop_test

import (
	"context"
	"strings"
	"testing"

	"ringback/server/practice"
)

// The program is told to end while a call is on. The call goes on at the carrier, and the
// next start finds it.
func TestACallGoesOnWhenTheProgramEnds(t *testing.T) {
	const counter = "+12125550101"
	talksUntil := func(hang <-chan struct{}) person {
		return func(ctx context.Context, h *practice.Handset) {
			h.Answer()
			select {
			case <-hang:
				h.HangUp()
			case <-ctx.Done():
			}
		}
	}
	for _, c := range []struct {
		name      string
		people    func(now <-chan struct{}) map[string]person
		off       string // the program ends when the request is there
		whileGone bool   // what the people wait for comes before the next start
		calls     int    // that go on
		want      string
	}{
		{"while the shop's phone rings", func(now <-chan struct{}) map[string]person {
			return map[string]person{counter: func(ctx context.Context, h *practice.Handset) {
				select {
				case <-now:
					presses("1")(ctx, h)
				case <-ctx.Done():
				}
			}}
		}, "calling", false, 1, "completed"},
		{"while the visitor's phone rings", func(now <-chan struct{}) map[string]person {
			return map[string]person{counter: presses("1"), jane: func(ctx context.Context, h *practice.Handset) {
				select {
				case <-now:
					practice.Script{Speed: speed}.Take(ctx, h)
				case <-ctx.Done():
				}
			}}
		}, "connecting", false, 2, "completed"},
		{"while they talk", func(now <-chan struct{}) map[string]person {
			return map[string]person{counter: presses("1"), jane: talksUntil(now)}
		}, "connected", false, 2, "completed"},
		{"while they talk, and they hang up before it is back", func(now <-chan struct{}) map[string]person {
			return map[string]person{counter: presses("1"), jane: talksUntil(now)}
		}, "connected", true, 2, "completed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := newExchange(t)
			e.Network.Speed = 1 // a phone rings on while the program starts
			e.book.moment = make(chan struct{}, 1)
			now := make(chan struct{})
			e.at(c.people(now))
			data, log := t.TempDir(), &lines{}
			t.Cleanup(func() {
				if t.Failed() {
					t.Log(log)
				}
			})
			l := e.serve(t, data, fileWith(t, strings.ReplaceAll(liveWith(once, counter), `"ring_seconds": 5`, `"ring_seconds": 60`)), log)
			a := l.ask(jane)
			l.until(a.ID, c.off)
			l.reaches(t, e, c.calls)
			l.ends()
			if n := e.onTheLine(); n != c.calls {
				t.Errorf("when the program has ended %d calls are on, want %d", n, c.calls)
			}
			if c.whileGone {
				close(now)
				e.over()
			}
			l = e.serve(t, data, "", log)
			if !c.whileGone {
				close(now)
			}
			l.until(a.ID, c.want)
			e.over()
			l.ends()
			if n := e.calls(counter) + e.calls(jane); n != 2 {
				t.Errorf("%d calls were made, want 2", n)
			}
			e.honest(t, audit(t, data))
		})
	}
}

// reaches waits until so many calls are on.
func (l *life) reaches(t *testing.T, e *exchange, calls int) {
	t.Helper()
	for e.onTheLine() != calls {
		<-e.book.moment
	}
}

// onTheLine counts the phones that ring or talk.
func (e *exchange) onTheLine() (n int) {
	for _, r := range e.Network.Records() {
		if !r.Status.Ended() {
			n++
		}
	}
	return n
}
