package shop_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"ringback/server/callback"
	"ringback/server/practice"
	"ringback/server/shop"
)

// Durable intake, as a visitor meets it: POST /request_callback over a connection of
// its own, answered after the commit, against the rate at which the same SQLite commits
// one small row after another on this disk. Reported: requests/s, the ratio to the
// single commits (times), and the slowest of a hundred (p99-ms).
func BenchmarkIntake(b *testing.B) {
	startBench(b) // opens the first database of this process, which sets how all are locked
	single := singleCommits(b)
	b.Logf("single commits on this disk: %.0f/s", single)
	for _, connections := range []int{1, 16, 64} {
		b.Run(fmt.Sprintf("connections=%d", connections), func(b *testing.B) {
			r := startBench(b)
			took := r.post(b, connections)
			rate := float64(b.N) / b.Elapsed().Seconds()
			slices.Sort(took)
			b.ReportMetric(rate, "requests/s")
			b.ReportMetric(rate/single, "times")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

// singleCommits measures commits of one row each, for a second.
func singleCommits(b *testing.B) float64 {
	b.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(b.TempDir(), "single.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT) STRICT"); err != nil {
		b.Fatal(err)
	}
	n, began := 0, time.Now()
	for time.Since(began) < time.Second {
		if _, err := db.Exec("INSERT INTO t (a) VALUES ('Jane Doe, +12125550123')"); err != nil {
			b.Fatal(err)
		}
		n++
	}
	return float64(n) / time.Since(began).Seconds()
}

// benched is a shop whose limits are out of the way and whose line is busy, so that
// intake alone is measured.
type benched struct {
	url string
	n   atomic.Int64
}

func startBench(b *testing.B) *benched {
	b.Helper()
	set := filepath.Join(b.TempDir(), "settings.json")
	write(b, set, `{"business": {"phones": [{"label": "Counter", "number": "+12125550107", "ring_seconds": 60}]},
		"limits": {"requests_day": 0, "calls_day": 0, "texts_day": 0}, "guard": {"per_ip": {"minute": 0, "hour": 0, "day": 0}, "per_number_day": 0}}`)
	s, err := shop.Open(context.Background(), shop.Options{Data: b.TempDir(), Listen: "127.0.0.1:0", Ops: "127.0.0.1:0",
		Settings: set, Errors: io.Discard, Getenv: func(string) string { return "" }})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	return &benched{url: s.FormURL() + "request_callback"}
}

// post makes b.N requests over so many connections and returns how long each took.
func (r *benched) post(b *testing.B, connections int) []time.Duration {
	took := make([]time.Duration, b.N)
	// Calls for tomorrow: what is measured is intake, not a line of ten thousand.
	tomorrow := time.Now().AddDate(0, 0, 1).UTC().Format(time.RFC3339)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, MaxConnsPerHost: connections}}
	defer client.CloseIdleConnections()
	b.ResetTimer()
	var workers sync.WaitGroup
	for range connections {
		workers.Go(func() {
			for {
				i := r.n.Add(1) - 1
				if i >= int64(b.N) {
					return
				}
				began := time.Now()
				if err := ask(client, r.url, i, tomorrow); err != nil {
					b.Error(err)
					return
				}
				took[i] = time.Since(began)
			}
		})
	}
	workers.Wait()
	b.StopTimer()
	return took
}

func ask(client *http.Client, url string, n int64, at string) error {
	body := fmt.Sprintf(`{"visitor_number":"+1212%07d","name":"Jane Doe","preferred_at":%q}`, 2000000+n, at)
	q, err := http.NewRequestWithContext(context.Background(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		return err
	}
	q.Header.Set("Content-Type", "application/json")
	res, err := client.Do(q)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("answered %d: %s", res.StatusCode, text)
	}
	return err
}

// From the post's first byte to the shop's phone ringing, against a bare call of the
// carrier: what the way through guard, engine, disk and outbox adds. Reported: ms/ring.
func BenchmarkPostToRing(b *testing.B) {
	b.Run("a bare call of the carrier", func(b *testing.B) {
		network := practice.New(nil)
		network.Handler = http.NotFoundHandler()
		rang := make(chan struct{}, 1)
		network.Person = func(string) practice.Person { return bell(rang) }
		defer func() { _ = network.Close() }()
		var sid string
		rings(b, func(n int) {
			call := callback.Call{Leg: "l", To: fmt.Sprintf("+1%010d", n), From: "+12125550100", Base: network.Base, Ring: time.Minute}
			var err error
			if sid, err = network.Call(context.Background(), call); err != nil {
				b.Fatal(err)
			}
			<-rang
		}, func(int) { _ = network.HangUp(context.Background(), sid) })
	})
	b.Run("a post", func(b *testing.B) {
		log := &bells{rang: make(chan struct{}, 1)}
		r := start(b, b.TempDir(), `{"business": {"phones": [{"label": "Counter", "number": "+12125550106"}]}, "retry": {"attempts": 1},
			"limits": {"requests_day": 0, "calls_day": 0, "texts_day": 0}, "guard": {"per_ip": {"minute": 0, "hour": 0, "day": 0}, "per_number_day": 0}}`,
			func(o *shop.Options) { o.Errors, o.Speed = log, 1000 })
		var id string
		rings(b, func(n int) {
			id = r.ask(fmt.Sprintf("+1212%07d", 2000000+n)).ID
			<-log.rang
		}, func(int) { r.until(id, "sms_sent") })
	})
}

// rings measures how long ring takes; rest is what follows and is not measured.
func rings(b *testing.B, ring, rest func(n int)) {
	b.Helper()
	var took time.Duration
	n := 0
	for b.Loop() {
		began := time.Now()
		ring(n)
		took += time.Since(began)
		rest(n)
		n++
	}
	b.ReportMetric(float64(took.Microseconds())/float64(n)/1000, "ms/ring")
}

// bell tells that the phone rings, and lets it.
type bell chan struct{}

func (r bell) Take(context.Context, *practice.Handset) { r <- struct{}{} }

// bells hears the shop's phone in the log.
type bells struct{ rang chan struct{} }

func (l *bells) Write(line []byte) (int, error) {
	if strings.Contains(string(line), "practice rings") {
		l.rang <- struct{}{}
	}
	return len(line), nil
}

func write(b *testing.B, path, text string) {
	b.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
}
