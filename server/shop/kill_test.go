package shop_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"ringback/server/shop"
)

// childData is the variable that makes this test binary a shop which runs until it is
// killed.
const childData = "RINGBACK_TEST_CHILD"

func TestMain(m *testing.M) {
	if data := os.Getenv(childData); data != "" {
		runChild(data)
	}
	var err error
	if built, err = os.MkdirTemp("", "ringback"); err != nil {
		panic(err)
	}
	status := m.Run()
	if err := os.RemoveAll(built); err != nil {
		panic(err)
	}
	os.Exit(status)
}

func runChild(data string) {
	s, err := shop.Open(context.Background(), shop.Options{Data: data, Listen: "127.0.0.1:0", Ops: "127.0.0.1:0", Speed: speed,
		Settings: os.Getenv(childData + "_SETTINGS"), Getenv: func(string) string { return "" }})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(s.FormURL())
	select {}
}

// life is one process between its start and its kill.
type life struct {
	*running
	cmd  *exec.Cmd
	dead chan struct{} // closed when its log has been read to the end
}

// spawn starts a shop in a process of its own.
func spawn(t *testing.T, data, settings string, log *lines) *life {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childData+"="+data, childData+"_SETTINGS="+settings)
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
	l := &life{cmd: cmd, dead: make(chan struct{}), running: &running{t: t, log: log}}
	go func() {
		defer close(l.dead)
		_, _ = io.Copy(log, errs)
	}()
	t.Cleanup(l.kill)
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("it did not start: %v\n%s", err, log)
	}
	l.url = strings.TrimSuffix(strings.TrimSpace(address), "/")
	return l
}

// kill is kill -9.
func (l *life) kill() {
	_ = l.cmd.Process.Kill()
	<-l.dead
	_ = l.cmd.Wait()
}

var ringing = regexp.MustCompile(`msg="practice rings" leg=(\S+)`)

func TestKilledAtFiftyMomentsNothingIsLostAndNobodyIsRungTwice(t *testing.T) {
	data, log := t.TempDir(), &lines{}
	set := t.TempDir() + "/settings.json"
	text := settingsWith("+12125550101", `, "limits": {"calls_day": 0, "texts_day": 0}, "retry": {"attempts": 1}, "guard": {"per_ip": {"minute": 0, "hour": 0, "day": 0}}`)
	if err := os.WriteFile(set, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var accepted []string
	for n := range 50 {
		l := spawn(t, data, set, log)
		a := l.ask(fmt.Sprintf("+1212556%04d", n))
		accepted = append(accepted, a.ID)
		// A call takes some 300 ms at this speed, so that all its moments are met.
		<-time.After(rand.N(400 * time.Millisecond))
		l.kill()
	}
	last := spawn(t, data, "", log)
	end := time.Now().Add(5 * time.Minute) // only a broken program takes so long; a slow machine has fifty calls to make up for
	for _, id := range accepted {
		last.settled(id, end)
	}
	for leg, n := range count(ringing.FindAllStringSubmatch(log.String(), -1)) {
		if n > 1 {
			t.Errorf("attempt %s was rung %d times", leg, n)
		}
	}
	t.Logf("%d attempts in 51 lives", len(ringing.FindAllString(log.String(), -1)))
}

// settled waits until nothing more will happen to the request by itself.
func (l *life) settled(id string, end time.Time) {
	l.t.Helper()
	a := l.do("GET", "/status/"+id, nil)
	for a.Success && strings.Contains(" pending calling connecting connected ", " "+a.Status+" ") {
		if time.Now().After(end) {
			l.t.Fatalf("minutes after the last start a request is still %s", a.Status)
		}
		a = l.do("GET", "/status/"+id+"?wait=5&seen="+a.UpdatedAt, nil)
	}
	if !a.Success {
		l.t.Errorf("a request that was answered with success is lost: %+v", a)
	}
}

func count(found [][]string) map[string]int {
	n := map[string]int{}
	for _, f := range found {
		n[f[1]]++
	}
	return n
}
