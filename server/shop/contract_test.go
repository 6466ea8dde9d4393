package shop_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"
)

// formNow is what a visitor's form knows of the shop.
type formNow struct {
	Business   string   `json:"business"`
	Open       bool     `json:"open"`
	ClosesAt   string   `json:"closes_at"`
	OpensAt    string   `json:"opens_at"`
	RingsFrom  string   `json:"rings_from"`
	Countries  []string `json:"countries"`
	Timezone   string   `json:"timezone"`
	Paused     bool     `json:"paused"`
	AfterHours string   `json:"after_hours"`
	Consent    struct {
		Kind string `json:"kind"`
	} `json:"consent"`
}

func (r *running) form() (f formNow) {
	r.t.Helper()
	q, err := http.NewRequestWithContext(r.t.Context(), http.MethodGet, r.url+"/form", nil)
	if err != nil {
		r.t.Fatal(err)
	}
	res, err := r.web.Do(q)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(&f); err != nil {
		r.t.Fatal(err)
	}
	return f
}

// applied lets `ringback settings FILE` apply that to the program that runs.
func (l *life) applied(t *testing.T, text string) {
	t.Helper()
	if status, out, errs := command(t, "settings", "-data", l.data, fileWith(t, text)); status != 0 || out != "Applied.\n" {
		t.Fatalf("settings %s: status %d, %q, %q", text, status, out, errs)
	}
}

// zoneWhere is a zone in which it is that hour now, and its wall clock.
func zoneWhere(hour int) (name string, now time.Time) {
	utc := time.Now().UTC()
	ahead := (hour-utc.Hour()+36)%24 - 12    // -12 to 11
	name = fmt.Sprintf("Etc/GMT%+d", -ahead) // whose signs are the other way round
	if ahead == 0 {
		name = "Etc/UTC"
	}
	return name, utc.Add(time.Duration(ahead) * time.Hour)
}

// rung is the number of the phone that a database says was rung last.
func rung(t *testing.T, path string) (number string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.QueryRow("SELECT to_number FROM legs ORDER BY started DESC LIMIT 1").Scan(&number); err != nil {
		t.Fatal(err)
	}
	return number
}

// serving starts the program live with those settings, connected to that Twilio.
func (e *exchange) serving(t *testing.T, settings string) *life {
	t.Helper()
	return e.serve(t, t.TempDir(), fileWith(t, settings), &lines{})
}

// texted waits until that phone has a text.
func (e *exchange) texted(t *testing.T, to string) {
	t.Helper()
	for end := time.Now().Add(patience); e.texts(to) == 0; <-time.After(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the text never comes")
		}
	}
}

// texts counts the texts to a phone.
func (e *exchange) texts(to string) (n int) {
	for _, text := range e.Network.Texts() {
		if text.To == to {
			n++
		}
	}
	return n
}

// later ends the program, lets what is scheduled be due, and starts the program again: so
// nobody need wait for it.
func (e *exchange) later(t *testing.T, l *life, settings string) *life {
	t.Helper()
	e.quiet(t)
	l.ends()
	tamper(t, l.data, "UPDATE requests SET due_at = unixepoch() * 1000 - 1000, deadline = unixepoch() * 1000 - 1000 WHERE status = 'scheduled'")
	return e.serve(t, l.data, fileWith(t, settings), l.log)
}
