package shop_test

import (
	"syscall"
	"testing"
	"time"
)

// A process that is stopped is what a sleeping computer is to the world: its phones ring
// on, and a time that was promised passes. The fifteen minutes are tried in a bubble.
func TestTrialAProgramThatIsStoppedForAWhile(t *testing.T) {
	t.Parallel()
	e := newExchange(t)
	talked := make(chan struct{})
	e.at(map[string]person{"+12125550120": talksUntil(talked)})
	l := trial(t, e, "")
	ids, numbers := l.inLine(2)
	soon := time.Now().Add(2 * time.Second)
	a := l.post(map[string]any{"visitor_number": "+12125550130", "preferred_at": soon.UTC().Format(time.RFC3339)})
	if a.Status != "scheduled" {
		t.Fatalf("a wish for later is answered %+v", a)
	}
	l.until(ids[0], "connected")
	l.signal(t, syscall.SIGSTOP)
	close(talked) // the webhooks of its end wait for their answers
	<-time.After(time.Until(soon.Add(time.Second)))
	l.signal(t, syscall.SIGCONT)
	for _, id := range append(ids, a.ID) {
		l.until(id, "completed")
	}
	for _, number := range append(numbers, "+12125550130") {
		if n := e.calls(number); n != 1 {
			t.Errorf("%s was rung %d times", number, n)
		}
	}
	l.sound(t, e, 3)
}

func (l *life) signal(t *testing.T, s syscall.Signal) {
	t.Helper()
	if err := l.cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}
