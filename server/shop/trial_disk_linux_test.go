package shop_test

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// largest bounds the files of a program that runs, which is what a full disk is like: it
// may go on with what they have, and its next write fails.
func (l *life) largest(t *testing.T, bytes uint64) {
	t.Helper()
	if err := unix.Prlimit(l.cmd.Process.Pid, unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: bytes, Max: unix.RLIM_INFINITY}, nil); err != nil {
		t.Fatal(err)
	}
}

func TestTrialADiskThatTakesNothingMore(t *testing.T) {
	t.Parallel()
	e := newExchange(t)
	talked := make(chan struct{})
	e.at(map[string]person{"+12125550120": talksUntil(talked)})
	l := trial(t, e, "")
	ids, numbers := l.inLine(3)
	l.until(ids[0], "connected")
	l.largest(t, 1)
	l.refused("+12125550130")
	if status, detail := l.database(); status != http.StatusServiceUnavailable || !strings.Contains(detail, "the disk failed") {
		t.Errorf("/health says %d, %q", status, detail)
	}
	if a := l.do(http.MethodGet, "/status/"+ids[1], nil); a.Status != "pending" {
		t.Errorf("the page of whoever waits says %+v", a)
	}
	l.eventually("the log says it", func() bool { return strings.Contains(l.log.String(), "nothing can be saved") })
	l.largest(t, unix.RLIM_INFINITY)
	close(talked)
	l.goesOn(t, e, ids, numbers)
}
