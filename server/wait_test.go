package server_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"testing/synctest"
	"time"
)

// inBubble runs a test whose clock jumps to the next thing that happens.
func inBubble(t *testing.T, f func(t *testing.T, b *bakery)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := newBakery(t)
		b.clock = time.Time{}
		f(t, b)
	})
}

// waiting is a status call under way.
type waiting chan waited

type waited struct {
	answer
	took time.Duration
}

func (b *bakery) waits(ctx context.Context, id, query string) waiting {
	w := make(waiting, 1)
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, "/status/"+id+"?"+query, nil)
	r.Host, r.RemoteAddr = "localhost:8787", b.visitor
	go func() {
		from, rec := time.Now(), newRecorder()
		b.http.ServeHTTP(rec, r)
		w <- waited{answer{b.t, rec}, time.Since(from)}
	}()
	return w
}

func (w waiting) end() (answer, time.Duration) {
	got := <-w
	return got.answer, got.took
}

func (b *bakery) seen(id string) string {
	return "seen=" + url.QueryEscape(b.get("/status/"+id).text("updated_at"))
}

func TestStatusWaitsForAChange(t *testing.T) {
	inBubble(t, func(t *testing.T, b *bakery) {
		id := b.asks("+12125550123")
		w := b.waits(t.Context(), id, "wait=25&"+b.seen(id))
		time.Sleep(7 * time.Second) // of the bubble
		synctest.Wait()
		b.post("/cancel_request", `{"request_id":"`+id+`"}`)
		a, took := w.end()
		if took != 7*time.Second || a.text("status") != "cancelled" {
			t.Errorf("answered after %v: %s", took, a.Body)
		}
	})
}

func TestHowLongStatusWaits(t *testing.T) {
	cases := []struct {
		name, wait string
		seen       bool
		want       time.Duration
	}{
		{"as long as asked for", "wait=10&", true, 10 * time.Second},
		{"25 seconds at most", "wait=3600&", true, 25 * time.Second},
		{"a number beyond counting", "wait=99999999999&", true, 25 * time.Second},
		{"not without a wait", "", true, 0},
		{"not with one that is no number", "wait=long&", true, 0},
		{"not with a negative one", "wait=-5&", true, 0},
		{"not without what was seen", "wait=25", false, 0},
		{"not when something else was seen", "wait=25&seen=2020-01-01T00:00:00.000Z", false, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, b *bakery) {
				id := b.asks("+12125550123")
				query := c.wait
				if c.seen {
					query += b.seen(id)
				}
				a, took := b.waits(t.Context(), id, query).end()
				if took < c.want || took > c.want+time.Second {
					t.Errorf("answered after %v, want %v", took, c.want)
				}
				a.want(http.StatusOK, "")
			})
		})
	}
}

func TestSoManyMayWait(t *testing.T) {
	inBubble(t, func(t *testing.T, b *bakery) {
		b.change(noLimits)
		id := b.asks("+12125550123")
		query := "wait=25&" + b.seen(id)
		for range 3 {
			b.waits(t.Context(), id, query)
		}
		synctest.Wait()
		if a, took := b.waits(t.Context(), id, query).end(); took != 0 {
			t.Errorf("the fourth for one request waited %v: %s", took, a.Body)
		}
		var other string
		for i := range 17 { // with the three above 20 of one address
			if i%3 == 0 {
				other = b.asks("+1212555" + fourDigits(200+i))
			}
			b.waits(t.Context(), other, "wait=25&"+b.seen(other))
		}
		last := b.asks("+12125550299")
		synctest.Wait()
		if _, took := b.waits(t.Context(), last, "wait=25&"+b.seen(last)).end(); took != 0 {
			t.Errorf("the 21st of one address waited %v", took)
		}
		b.visitor = "203.0.113.10:1"
		if _, took := b.waits(t.Context(), last, "wait=25&"+b.seen(last)).end(); took != 25*time.Second {
			t.Errorf("another address waited %v", took)
		}
		synctest.Wait()
		if _, took := b.waits(t.Context(), id, query).end(); took != 25*time.Second {
			t.Errorf("after the others had gone one waited %v: a place was not given back", took)
		}
	})
}

func TestNoMoreThan500Wait(t *testing.T) {
	inBubble(t, func(t *testing.T, b *bakery) {
		b.change(noLimits)
		var ids []string
		for i := range 168 {
			ids = append(ids, b.asks("+1212555"+fourDigits(2000+i)))
		}
		all := []waiting{}
		for i, id := range ids {
			seen := b.seen(id)
			for range 3 {
				b.visitor = "10.0." + itoa(i) + ".1:1"
				all = append(all, b.waits(t.Context(), id, "wait=25&"+seen))
			}
		}
		full := 0
		for _, w := range all {
			if _, took := w.end(); took == 0 {
				full++
			}
		}
		if len(all)-full != 500 {
			t.Errorf("%d waited, want 500", len(all)-full)
		}
	})
}

func TestWaitEndsWithItsCallerAndWithTheServer(t *testing.T) {
	inBubble(t, func(t *testing.T, b *bakery) {
		id := b.asks("+12125550123")
		query := "wait=25&" + b.seen(id)

		gone, leave := context.WithCancel(t.Context())
		w := b.waits(gone, id, query)
		synctest.Wait()
		leave()
		if _, took := w.end(); took != 0 {
			t.Errorf("one whose caller had gone waited %v", took)
		}

		server := b.HTTPServer(b.http)
		w = b.waits(server.BaseContext(noListener{}), id, query)
		synctest.Wait()
		if err := server.Shutdown(t.Context()); err != nil {
			t.Fatal(err)
		}
		a, took := w.end()
		if took != 0 || a.text("status") != "calling" {
			t.Errorf("at the shutdown answered after %v: %s", took, a.Body)
		}
	})
}

func TestWaitEndsWhenAnotherServerTakesOver(t *testing.T) {
	inBubble(t, func(t *testing.T, b *bakery) {
		id := b.asks("+12125550123")
		query := "wait=25&" + b.seen(id)
		w := b.waits(t.Context(), id, query)
		synctest.Wait()
		b.Retire()
		b.Retire() // again is harmless
		if a, took := w.end(); took != 0 || a.text("status") != "calling" {
			t.Errorf("answered after %v: %s", took, a.Body)
		}
		if _, took := b.waits(t.Context(), id, query).end(); took != 0 {
			t.Errorf("one that comes later waited %v", took)
		}
	})
}

type noListener struct{ net.Listener }
