package shop_test

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"ringback/server/callback"
	"ringback/server/practice"
	"ringback/server/twilio"
	"ringback/server/twilio/twiliotest"
)

// launch starts the program itself without a window, on a data directory and in an
// environment of its own, and ends it with the test.
func launch(t *testing.T, log *lines, env []string, data string, flags ...string) *life {
	t.Helper()
	program, err := program()
	if err != nil {
		t.Fatal(err)
	}
	args := append([]string{"serve", "-data", data, "-listen", "127.0.0.1:0", "-ops", "127.0.0.1:0"}, flags...)
	cmd := exec.Command(program, args...)
	cmd.Env = append([]string{"LANG=en_US.UTF-8"}, env...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	errs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	l := &life{cmd: cmd, dead: make(chan struct{}), running: &running{t: t, log: log, data: data, long: time.Minute}}
	go func() {
		defer close(l.dead)
		_, _ = io.Copy(log, errs)
	}()
	t.Cleanup(l.kill)
	says, err := bufio.NewReader(out).ReadString('\n')
	address, ok := strings.CutPrefix(strings.TrimSpace(says), "The form is at ")
	if err != nil || !ok {
		t.Fatalf("it says %q, %v\n%s", says, err, log)
	}
	l.url = strings.TrimSuffix(address, "/")
	l.web.Transport = &http.Transport{DisableKeepAlives: true} // it will be gone
	return l
}

// serve starts the program itself, live, on a data directory.
func (e *exchange) serve(t *testing.T, data, settings string, log *lines) *life {
	t.Helper()
	var flags []string
	if settings != "" {
		flags = []string{"-settings", settings}
	}
	l := launch(t, log, e.variables(), data, flags...)
	e.connect(l.url)
	return l
}

// variables is env as a process takes it.
func (e *exchange) variables(more ...string) []string {
	var all []string
	for _, name := range []string{"TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "RINGBACK_TWILIO_URL"} {
		all = append(all, name+"="+e.env()(name))
	}
	return append(all, more...)
}

// within waits until so many things have happened at the exchange, and a hair longer; a
// life in which nothing more happens for a while is over too. The first thing may be as
// late as the last look for a call that was lost.
func (e *exchange) within(things int) {
	patience := 20 * time.Second
	for range things {
		select {
		case <-e.book.moment:
		case <-time.After(patience):
			return
		}
		patience = 500 * time.Millisecond
	}
	<-time.After(rand.N(3 * time.Millisecond))
}

// Two shops, each with a Twilio of its own, are killed 50 times each, at moments that
// are spread over what happens in their calls rather than over time.
func TestKilledAtAHundredMomentsOfLiveCalls(t *testing.T) {
	if _, err := program(); err != nil {
		t.Fatal(err)
	}
	for shop := range 2 {
		t.Run(fmt.Sprintf("shop %d", shop+1), func(t *testing.T) {
			t.Parallel()
			killedLive(t, 50)
		})
	}
}

func killedLive(t *testing.T, times int) {
	e := newExchange(t)
	e.book.moment = make(chan struct{}, 1)
	data, log, set := t.TempDir(), &lines{}, filepath.Join(t.TempDir(), "settings.json")
	// The first phone does not answer, so that each request has two attempts.
	text := liveWith(once+`, "guard": {"per_ip": {"minute": 0, "hour": 0, "day": 0}}`, nobodyIn, "+12125550102")
	if err := os.WriteFile(set, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(log)
		}
	})
	var asked []string
	for n := range times {
		l := e.serve(t, data, set, log)
		asked = append(asked, l.ask(fmt.Sprintf("+1212556%04d", n)).ID)
		e.within(rand.IntN(30))
		l.kill()
		e.shop.Store(nil) // another process may get its port
	}
	e.over()
	last := e.serve(t, data, "", log)
	end := time.Now().Add(5 * time.Minute) // only a broken program takes so long
	for _, id := range asked {
		last.settled(id, end)
	}
	last.ends()
	all := audit(t, data)
	if len(all) != len(asked)+1 {
		t.Errorf("the database has %d requests, want %d", len(all)-1, len(asked))
	}
	e.once(t)
	e.alone(t)
	e.honest(t, all)
	e.logged(t, all)
	t.Logf("%d calls in %d lives", len(e.Network.Records()), times+1)
}

// over waits until no phone rings or talks any more.
func (e *exchange) over() {
	for slices.ContainsFunc(e.Network.Records(), func(r practice.Record) bool { return !r.Status.Ended() }) {
		<-e.book.moment
	}
}

// ends lets the program end by itself, so that it has written everything.
func (l *life) ends() {
	l.t.Helper()
	if err := l.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		l.t.Fatal(err)
	}
	<-l.dead
	if err := l.cmd.Wait(); err != nil {
		l.t.Errorf("it ends with %v", err)
	}
}

// once: Twilio was asked for each attempt and each text at most once.
func (e *exchange) once(t testing.TB) {
	t.Helper()
	wanted := map[string]int{}
	for _, q := range e.Requests() {
		if q.Op != twiliotest.CreateCall && q.Op != twiliotest.CreateMessage {
			continue
		}
		u, err := url.Parse(q.Form.Get("StatusCallback"))
		if err != nil {
			t.Fatal(err)
		}
		wanted[about(u.Query())]++
	}
	for id, n := range wanted {
		if n > 1 {
			t.Errorf("%s was asked for %d times", id, n)
		}
	}
}

// alone: no phone was rung while it was on another call of ours.
func (e *exchange) alone(t testing.TB) {
	t.Helper()
	until := map[string]practice.Record{}
	for _, c := range e.Network.Records() {
		if was, ok := until[c.To]; ok && (was.Ended.IsZero() || was.Ended.After(c.Created)) {
			t.Errorf("call %s to a phone began before call %s to it had ended", c.SID, was.SID)
		}
		until[c.To] = c
	}
}

// honest: of the requests for a number one is completed if that visitor talked, and only
// then. A talk that began in the moment of a cancel is none.
func (e *exchange) honest(t testing.TB, all map[int64]history) {
	t.Helper()
	talked, completed, cancelled := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, c := range e.Network.Records() {
		talked[c.To] = talked[c.To] || c.Parent != "" && !c.Answered.IsZero()
	}
	for _, h := range all {
		completed[h.Number] = completed[h.Number] || h.Status == callback.Completed
		cancelled[h.Number] = cancelled[h.Number] || h.Status == callback.Cancelled
	}
	for number, yes := range completed {
		if talked[number] != yes && !cancelled[number] {
			t.Errorf("that ...%s talked is %t, that its request is completed %t", number[max(0, len(number)-2):], talked[number], yes)
		}
	}
}

// logged: each webhook that was answered with 200 stands in the event log.
func (e *exchange) logged(t testing.TB, all map[int64]history) {
	t.Helper()
	kinds := map[string]callback.Kind{
		path.Base(twilio.WhisperPath): callback.Answered, path.Base(twilio.KeyPath): callback.Key,
		path.Base(twilio.DialledPath): callback.Dialled, path.Base(twilio.StatusPath): callback.LegStatus,
	}
	type entry struct {
		kind callback.Kind
		of   string
	}
	events := map[entry]int{}
	for _, h := range all {
		for _, m := range h.log {
			events[entry{m.kind, m.Leg + m.Text}]++
		}
	}
	seen := map[string]bool{}
	for _, w := range e.book.receipts() {
		if again := w.query + w.form.Encode(); seen[again] {
			continue // the same once more
		} else {
			seen[again] = true
		}
		k := entry{kinds[path.Base(w.path)], w.leg}
		if w.form.Has("MessageStatus") {
			k.kind = callback.TextInfo
		}
		if events[k]--; events[k] < 0 {
			t.Errorf("a webhook was taken, and the event log has no %s of %s for it", k.kind, k.of)
		}
	}
}
