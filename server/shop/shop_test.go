package shop_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/server/shop"
)

// running is a shop that a test started, as the outside sees it.
type running struct {
	t    testing.TB
	shop *shop.Shop
	url  string
	log  *lines
	data string        // the directory, where a test looks into it
	web  http.Client   // how the outside reaches it
	long time.Duration // only a broken program takes so long to move a request
}

// lines is a log that can be read while it is written.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

const speed = 50 // times as fast as life

// start starts a shop with these settings on a data directory, and ends it with the test.
func start(t testing.TB, data, set string, change ...func(*shop.Options)) *running {
	t.Helper()
	log := &lines{}
	o := shop.Options{Data: data, Listen: "127.0.0.1:0", Ops: "127.0.0.1:0", Speed: speed, Errors: log, Getenv: func(string) string { return "" }}
	if set != "" {
		o.Settings = filepath.Join(t.TempDir(), "settings.json")
		if err := os.WriteFile(o.Settings, []byte(set), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range change {
		c(&o)
	}
	s, err := shop.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
		if t.Failed() {
			t.Log(log)
		}
	})
	return &running{t: t, shop: s, url: strings.TrimSuffix(s.FormURL(), "/"), log: log, long: 30 * time.Second}
}

// answer is what the API answers, whichever route.
type answer struct {
	Success   bool   `json:"success"`
	ID        string `json:"request_id"`
	Status    string `json:"status"`
	State     string `json:"state"`
	Message   string `json:"message"`
	Error     string `json:"error"`
	Code      string `json:"code"`
	UpdatedAt string `json:"updated_at"`
	DueAt     string `json:"due_at"`
	code      int
}

func (r *running) do(method, path string, body any) answer {
	r.t.Helper()
	var in io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			r.t.Fatal(err)
		}
		in = bytes.NewReader(text)
	}
	q, err := http.NewRequestWithContext(context.Background(), method, r.url+path, in)
	if err != nil {
		r.t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/json")
	res, err := r.web.Do(q)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	a := answer{code: res.StatusCode}
	if err := json.NewDecoder(res.Body).Decode(&a); err != nil {
		r.t.Fatalf("%s %s: %v", method, path, err)
	}
	return a
}

func (r *running) post(fields map[string]any) answer {
	return r.do(http.MethodPost, "/request_callback", fields)
}

func (r *running) ask(number string) answer {
	r.t.Helper()
	a := r.post(map[string]any{"visitor_number": number, "name": "Jane Doe"})
	if !a.Success || a.ID == "" {
		r.t.Fatalf("asking for %s: %+v", number, a)
	}
	return a
}

// until follows the status as the visitor's page does, and returns all that it showed.
func (r *running) until(id, status string) []answer {
	r.t.Helper()
	end := time.Now().Add(r.long)
	var seen []answer
	path := "/status/" + id
	for {
		a := r.do(http.MethodGet, path, nil)
		seen = append(seen, a)
		if a.Status == status {
			return seen
		}
		if time.Now().After(end) {
			r.t.Fatalf("never came to %s but: %+v", status, seen)
		}
		path = "/status/" + id + "?wait=25&seen=" + url.QueryEscape(a.UpdatedAt)
	}
}

func statuses(seen []answer) string {
	var s []string
	for _, a := range seen {
		s = append(s, a.Status)
	}
	return strings.Join(s, " ")
}

func settingsWith(shopPhone string, more string) string {
	return fmt.Sprintf(`{"business": {"name": "Ann's Bakery", "phones": [{"label": "Counter", "number": %q, "ring_seconds": 5}]}%s}`, shopPhone, more)
}

func TestAPostRingsTheShopAndAKeyJoinsThem(t *testing.T) {
	r := start(t, t.TempDir(), "")
	a := r.ask("(212) 555-0123")
	if a.Status != "pending" || !strings.Contains(a.Message, "shop") {
		t.Errorf("the post is answered %+v", a)
	}
	if got := statuses(r.until(a.ID, "completed")); !strings.Contains(got, "calling") || !strings.Contains(got, "connect") {
		t.Errorf("the page showed %s", got)
	}
}

func TestHowACallEnds(t *testing.T) {
	once := `, "retry": {"attempts": 1}`
	for _, c := range []struct {
		name, shop, visitor, more, want string
	}{
		{"both talk", "+12125550101", "+12125550123", once, "completed"},
		{"the shop is busy and is texted", "+12125550106", "+12125550123", once, "sms_sent"},
		{"the shop does not answer and is texted", "+12125550107", "+12125550123", once, "sms_sent"},
		{"the shop's voicemail can't take the call", "+12125550108", "+12125550123", once, "sms_sent"},
		{"the shop answers and presses nothing", "+12125550109", "+12125550123", once, "sms_sent"},
		{"another round later", "+12125550107", "+12125550123", `, "retry": {"attempts": 2, "after_minutes": [5]}`, "scheduled"},
		{"the visitor is busy", "+12125550101", "+12125550127", once + `, "retry_visitor": {"attempts": 1}`, "no_answer"},
		{"the visitor does not answer", "+12125550101", "+12125550128", once + `, "retry_visitor": {"attempts": 1}`, "no_answer"},
		{"the visitor is rung once more, later", "+12125550101", "+12125550128", once, "scheduled"},
		{"the second phone accepts", "+12125550107", "+12125550123", `, "business": {"phones": [
			{"label": "Counter", "number": "+12125550107", "ring_seconds": 5}, {"label": "Mobile", "number": "+12125550102"}]}`, "completed"},
		{"the day's calls are spent and the shop is texted", "+12125550101", "+12125550123", `, "limits": {"calls_day": 1}`, "sms_sent"},
		{"the day's calls and texts are spent", "+12125550106", "+12125550123", `, "limits": {"calls_day": 1, "texts_day": 1}`, "sms_sent"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			set := settingsWith(c.shop, c.more)
			if strings.Contains(c.more, `"business"`) {
				set = "{" + strings.TrimPrefix(c.more, ", ") + "}"
			}
			r := start(t, t.TempDir(), set)
			r.until(r.ask(c.visitor).ID, c.want)
		})
	}
}

func TestACancelledVisitorIsNotRung(t *testing.T) {
	r := start(t, t.TempDir(), settingsWith("+12125550107", ""))
	a := r.ask("+12125550123")
	r.until(a.ID, "calling")
	if got := r.do(http.MethodPost, "/cancel_request", map[string]any{"request_id": a.ID}); got.Status != "cancelled" {
		t.Errorf("the cancel is answered %+v", got)
	}
	r.until(a.ID, "cancelled")
}

func TestLimitsOutliveARestart(t *testing.T) {
	for _, c := range []struct {
		name, more, code string
		number           string
		status           int
	}{
		{"posts of an address", `, "guard": {"per_ip": {"day": 1}}`, "too_many_requests", "+12125550124", http.StatusTooManyRequests},
		{"requests for a number", `, "guard": {"per_number_day": 1}`, "number_limit", "+12125550123", http.StatusTooManyRequests},
		{"requests of a day", `, "limits": {"requests_day": 1}`, "daily_limit", "+12125550124", http.StatusServiceUnavailable},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			data := t.TempDir()
			first := start(t, data, settingsWith("+12125550101", c.more))
			first.ask("+12125550123")
			if err := first.shop.Close(); err != nil {
				t.Fatal(err)
			}
			second := start(t, data, "")
			got := second.post(map[string]any{"visitor_number": c.number})
			if got.Code != c.code || got.code != c.status {
				t.Errorf("after the restart a post is answered %d %s, want %d %s", got.code, got.Code, c.status, c.code)
			}
		})
	}
}

func TestTheDaysCallsOutliveARestart(t *testing.T) {
	data := t.TempDir()
	first := start(t, data, settingsWith("+12125550101", `, "limits": {"calls_day": 3}`))
	first.until(first.ask("+12125550123").ID, "completed")
	if err := first.shop.Close(); err != nil {
		t.Fatal(err)
	}
	second := start(t, data, "")
	second.until(second.ask("+12125550124").ID, "sms_sent") // one leg is left, a call needs two
	if n := strings.Count(second.log.String(), "practice rings"); n != 0 {
		t.Errorf("the shop was rung %d times over its limit", n)
	}
}

// The webhooks of the second phone were refused, because practice had another account
// after each start than the round had begun with.
func TestARoundGoesOnWithTheNextPhoneAfterARestart(t *testing.T) {
	data := t.TempDir()
	first := start(t, data, `{"business": {"phones": [
		{"label": "Counter", "number": "+12125550107", "ring_seconds": 20}, {"label": "Mobile", "number": "+12125550102"}]}}`)
	a := first.ask("+12125550123")
	first.until(a.ID, "calling")
	if err := first.shop.Close(); err != nil {
		t.Fatal(err)
	}
	second := start(t, data, "")
	if got := statuses(second.until(a.ID, "completed")); strings.Contains(got, "missed") {
		t.Errorf("the page showed %s", got)
	}
	if strings.Contains(second.log.String(), "answered 403") {
		t.Error("a webhook of the second phone was refused")
	}
}

func TestTheSameKeyIsTheSameRequest(t *testing.T) {
	data := t.TempDir()
	ask := map[string]any{"visitor_number": "+12125550123", "request_key": "k1"}
	first := start(t, data, settingsWith("+12125550107", ""))
	a := first.post(ask)
	if err := first.shop.Close(); err != nil {
		t.Fatal(err)
	}
	second := start(t, data, "")
	if b := second.post(ask); b.ID != a.ID {
		t.Errorf("the same key gives %q after a restart, want %q", b.ID, a.ID)
	}
	if c := second.post(map[string]any{"visitor_number": "+12125550124", "request_key": "k1"}); c.code != http.StatusConflict || c.Code != "key_reused" {
		t.Errorf("the same key with another number: %d %s", c.code, c.Code)
	}
}

func TestAStartThatCanNotBe(t *testing.T) {
	busy := start(t, t.TempDir(), "")
	taken := strings.TrimPrefix(busy.url, "http://")
	for _, c := range []struct {
		name   string
		change func(*shop.Options)
		usage  bool
		want   string
	}{
		{"a port that is taken", func(o *shop.Options) { o.Listen = taken }, false, "choose another with -listen"},
		{"ops pages for other computers", func(o *shop.Options) { o.Ops = "0.0.0.0:0" }, true, "-ops"},
		{"an address that is none", func(o *shop.Options) { o.Listen = "8787" }, true, `-listen "8787"`},
		{"a settings file that isn't there", func(o *shop.Options) { o.Settings = "no-such-file.json" }, true, "no-such-file.json"},
		{"a data directory that is a file", func(o *shop.Options) { o.Data = filepath.Join(o.Data, "file") }, false, "-data"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := t.TempDir()
			if err := os.WriteFile(filepath.Join(data, "file"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
			o := shop.Options{Data: data, Listen: "127.0.0.1:0", Ops: "127.0.0.1:0", Errors: io.Discard, Getenv: func(string) string { return "" }}
			c.change(&o)
			s, err := shop.Open(context.Background(), o)
			if err == nil {
				t.Fatal("it started", s.Close())
			}
			var usage *shop.UsageError
			if !strings.Contains(err.Error(), c.want) || errors.As(err, &usage) != c.usage {
				t.Errorf("error %q (usage %v), want one that names %q (usage %v)", err, errors.As(err, &usage), c.want, c.usage)
			}
			if c.name == "a data directory that is a file" {
				return
			}
			again, err := shop.Open(context.Background(), shop.Options{Data: data, Listen: "127.0.0.1:0", Ops: "127.0.0.1:0", Errors: io.Discard, Getenv: o.Getenv})
			if err != nil {
				t.Fatalf("after the failed start it can't be started right: %v", err)
			}
			if err := again.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestADatabaseThatCanNotBeOpenedComesWithItsRemedy(t *testing.T) {
	newer := func(t *testing.T, path string) {
		db, err := sql.Open("sqlite", path)
		if err == nil {
			_, err = db.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
			err = errors.Join(err, db.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	garbage := func(t *testing.T, path string) {
		if err := os.WriteFile(path, bytes.Repeat([]byte("garbage"), 1000), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name   string
		damage func(t *testing.T, path string)
		want   string
	}{
		{"made by a newer program", newer, "start that newer version"},
		{"none of ours", garbage, "move the file elsewhere"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := t.TempDir()
			if err := start(t, data, "").shop.Close(); err != nil {
				t.Fatal(err)
			}
			c.damage(t, filepath.Join(data, "practice.db"))
			s, err := shop.Open(context.Background(), shop.Options{Data: data, Listen: "127.0.0.1:0", Ops: "127.0.0.1:0",
				Errors: io.Discard, Getenv: func(string) string { return "" }})
			if err == nil {
				t.Fatal("it started", s.Close())
			}
			if !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %q, want one line with %q", err, c.want)
			}
		})
	}
}

func TestASecondStartOnTheSameData(t *testing.T) {
	data := t.TempDir()
	start(t, data, "")
	_, err := shop.Open(context.Background(), shop.Options{Data: data, Listen: "127.0.0.1:0", Ops: "127.0.0.1:0", Errors: io.Discard})
	if !errors.Is(err, shop.ErrRunning) {
		t.Errorf("a second start says %v, want ErrRunning", err)
	}
}

// byHand plays the drawn phones through Desk, as the window does.
type byHand struct {
	*running
	desk desk.Desk
}

func startByHand(t *testing.T, set string) byHand {
	r := start(t, t.TempDir(), set, func(o *shop.Options) { o.ByHand, o.Speed = true, 10 })
	return byHand{r, r.shop.Desk()}
}

// wait waits until one of the two phones is as told.
func (b byHand) wait(what string, is func(shop, visitor desk.PracticePhone) bool) (shop, visitor desk.PracticePhone) {
	b.t.Helper()
	end := time.After(20 * time.Second)
	for {
		changed, leave := b.desk.Changed()
		phones := b.desk.Practice().Phones()
		if is(phones[0], phones[1]) {
			leave()
			return phones[0], phones[1]
		}
		select {
		case <-changed:
		case <-end:
			b.t.Fatalf("waited in vain until %s; phones: %+v", what, phones)
		}
		leave()
	}
}

func TestTheDrawnPhones(t *testing.T) {
	b := startByHand(t, "")
	a := b.ask("+12125550123")
	counter, _ := b.wait("the shop's phone rings", func(s, _ desk.PracticePhone) bool { return s.State == desk.Ringing })
	b.desk.Practice().Answer(counter.Number)
	counter, _ = b.wait("the whisper asks for a key", func(s, _ desk.PracticePhone) bool { return s.Keys && s.Says != "" })
	if !strings.Contains(counter.Says, "Jane Doe") {
		t.Errorf("the whisper says %q and not who waits", counter.Says)
	}
	b.desk.Practice().Press(counter.Number, "1")
	_, visitor := b.wait("the visitor's phone rings", func(_, v desk.PracticePhone) bool { return v.State == desk.Ringing })
	b.desk.Practice().Answer(visitor.Number)
	b.wait("they are joined", func(s, v desk.PracticePhone) bool { return s.Joined && v.Joined })
	b.until(a.ID, "connected")
	b.desk.Practice().HangUp(visitor.Number)
	b.until(a.ID, "completed")
}

func TestADeclinedCallIsTextedAndTriedAgain(t *testing.T) {
	b := startByHand(t, "")
	a := b.ask("+12125550123")
	counter, _ := b.wait("the shop's phone rings", func(s, _ desk.PracticePhone) bool { return s.State == desk.Ringing })
	b.desk.Practice().Decline(counter.Number)
	b.until(a.ID, "scheduled")
	b.wait("the shop has a text", func(desk.PracticePhone, desk.PracticePhone) bool { return len(b.desk.Practice().Texts()) > 0 })
	if text := b.desk.Practice().Texts()[0]; !text.Shop || !strings.Contains(text.Body, "Jane Doe") {
		t.Errorf("the text to the shop is %+v", text)
	}
	rows, err := b.desk.Requests(context.Background(), desk.Query{Filter: desk.Today})
	if err != nil || rows.Count != 1 || rows.Requests[0].Status != callback.Scheduled {
		t.Errorf("the list shows %+v, %v", rows, err)
	}
}
