package shop_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ringback/server/shop"
)

// logFile is the whole log of a shop, and its lines.
func logFile(t testing.TB, data string) (text string, lines []map[string]any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(data, "logs", "ringback.log"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		var fields map[string]any
		if err := json.Unmarshal([]byte(line), &fields); err != nil {
			t.Fatalf("%q is no line of JSON: %v", line, err)
		}
		lines = append(lines, fields)
	}
	return string(b), lines
}

// send posts JSON with more headers and returns what is answered.
func (r *running) send(fields map[string]any, headers ...string) answer {
	r.t.Helper()
	body, err := json.Marshal(fields)
	if err != nil {
		r.t.Fatal(err)
	}
	q, err := http.NewRequestWithContext(context.Background(), http.MethodPost, r.url+"/request_callback", bytes.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		q.Header.Set(headers[i], headers[i+1])
	}
	res, err := r.web.Do(q)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	a := answer{code: res.StatusCode}
	if err := json.NewDecoder(res.Body).Decode(&a); err != nil {
		r.t.Fatal(err)
	}
	return a
}

// The shop does not answer, is texted and texts back that it has it: the visitor's post,
// what the engine did, the carrier's webhooks and the text are all found by the request's
// number, which the window shows, and by the id that the post's answer carries.
func TestOneGrepFindsARequestsWholeWay(t *testing.T) {
	inBubble(t, liveWith(`, "retry": {"attempts": 1}`, nobodyIn), func(_ *exchange, r *running) {
		r.until(r.send(map[string]any{"visitor_number": "+12125550124"}, "X-Request-ID", "another").ID, "sms_sent")
		r.until(r.send(map[string]any{"visitor_number": "+12125550123"}, "X-Request-ID", "grep-me").ID, "sms_sent")
		time.Sleep(time.Minute) // the text arrives
		r.closed()
		_, lines := logFile(r.t, r.data)
		for by, mine := range map[string]func(line map[string]any) bool{
			"its number":  func(line map[string]any) bool { return line["request"] == 2.0 },
			"its post id": func(line map[string]any) bool { return line["request_id"] == "grep-me" || line["trace"] == "grep-me" },
		} {
			var found []string
			for _, line := range lines {
				switch id := line["request_id"]; {
				case !mine(line):
				case line["msg"] == "http":
					found = append(found, fmt.Sprint("http ", line["route"], " ", line["status"]))
				case id == nil:
					found = append(found, fmt.Sprint("engine ", line["kind"]))
				case id == "grep-me":
					found = append(found, fmt.Sprint("post ", line["kind"]))
				default:
					found = append(found, fmt.Sprint("webhook ", line["kind"]))
				}
			}
			for _, want := range []string{"http /request_callback 200", "post asked", "engine placed", "webhook call_status", "engine text_taken", "webhook text_status"} {
				if !slices.Contains(found, want) {
					t.Errorf("by %s one finds %q, and no %s", by, found, want)
				}
			}
		}
	})
}

// Nothing of a visitor's and no secret stands where whoever looks after the computer looks:
// not the number in any spelling, not what was typed, not the public id, not the address.
func TestLogsEventsAndHealthHoldNothingOfTheVisitorsAndNoSecret(t *testing.T) {
	inBubble(t, liveWith(`, "retry": {"attempts": 1}, "retry_visitor": {"attempts": 1}`, "+12125550101"), func(e *exchange, r *running) {
		a := r.send(map[string]any{"visitor_number": "(212) 555-0189", "name": "Zebulon Quux", "message": "xylophone repair",
			"email": "zq@mail.example", "page": "https://shop.example/secret-page", "request_key": "keykeykey"},
			"X-Real-IP", "203.0.113.77", "User-Agent", "Quuxbrowser/7", "Referer", "https://shop.example/secret-page")
		r.until(a.ID, "completed")
		b := r.send(map[string]any{"visitor_number": "+12125550128", "name": "Zebulon Quux", "message": "xylophone repair"}, "X-Real-IP", "203.0.113.77")
		r.until(b.ID, "no_answer")
		r.do(http.MethodGet, "/status/"+a.ID+"x", nil)
		r.send(map[string]any{"visitor_number": "2125550189 x", "name": "Zebulon Quux"}, "X-Real-IP", "203.0.113.77")
		places := map[string]string{"/metrics": r.ops("/metrics"), "/health of this computer": r.ops("/health")}
		r.closed()
		file, _ := logFile(r.t, r.data)
		places["standard error"], places["the log file"], places["the event log"] = r.log.String(), file, eventsText(r.t, r.data)
		for name, text := range places {
			if len(text) < 100 {
				t.Errorf("%s is empty: %q", name, text)
			}
			for _, telling := range []string{"5550189", "555-0189", "5550128", "Zebulon", "Quux", "xylophone", "zq@mail", "secret-page", "keykeykey",
				a.ID, b.ID, "203.0.113.77", "5550101", e.Token} {
				if strings.Contains(text, telling) {
					t.Errorf("%s holds %q", name, telling)
				}
			}
		}
	})
}

// ops is what the pages for this computer answer: in a bubble they are at the next port.
func (r *running) ops(path string) string {
	r.t.Helper()
	host, port, err := net.SplitHostPort(strings.TrimPrefix(r.url, "http://"))
	if err != nil {
		r.t.Fatal(err)
	}
	site, err := strconv.Atoi(port)
	if err != nil {
		r.t.Fatal(err)
	}
	res, err := r.web.Get(fmt.Sprintf("http://%s:%d%s", host, site+1, path))
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return string(text)
}

// eventsText is every text of the event log of a closed shop.
func eventsText(t testing.TB, data string) string {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(data, "ringback.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var text string
	if err := db.QueryRowContext(context.Background(), "SELECT group_concat(kind || ' ' || body, x'0a') FROM events").Scan(&text); err != nil {
		t.Fatal(err)
	}
	return text
}

func TestOtherUsersCanNotReadTheDataDirectory(t *testing.T) {
	data := t.TempDir()
	for _, dir := range []string{data, filepath.Join(data, "logs")} {
		if err := errors.Join(os.MkdirAll(dir, 0o700), os.Chmod(dir, 0o755)); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"logs/ringback.log", "ringback.db"} {
		if err := os.WriteFile(filepath.Join(data, file), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r := start(t, data, settingsWith("+12125550101", ""), func(o *shop.Options) { o.Practice = true })
	r.setSecret("NGROK_AUTHTOKEN", "a-token")
	err := filepath.WalkDir(data, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" { // which keeps no such bits
			t.Errorf("%s has the mode %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
