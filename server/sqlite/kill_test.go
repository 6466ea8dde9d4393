package sqlite

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
)

// victim names the file that this process shall write into until it is killed.
const victim = "RINGBACK_TEST_VICTIM"

func TestMain(m *testing.M) {
	if path := os.Getenv(victim); path != "" {
		if err := writeForEver(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// writeForEver has eight callers store requests and print the number of each that
// Update has returned for.
func writeForEver(path string) error {
	s, err := Open(context.Background(), Options{Path: path})
	if err != nil {
		return err
	}
	var printing sync.Mutex
	failed := make(chan error)
	for caller := range 8 {
		go func() {
			for n := caller; ; n += 8 {
				if err := s.update(context.Background(), inserting(n)); err != nil {
					failed <- err
					return
				}
				printing.Lock()
				fmt.Println(n)
				printing.Unlock()
			}
		}()
	}
	return <-failed
}

func TestWhatUpdateReturnedForOutlivesAKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ringback.db")
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), victim+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var saved []int
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		n, err := strconv.Atoi(lines.Text())
		if err != nil {
			break // the kill cut a line
		}
		if saved = append(saved, n); len(saved) == 100 {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = cmd.Wait() // killed: an error by design
	if len(saved) < 100 {
		t.Fatalf("it ended by itself after %d requests", len(saved))
	}

	s := open(t, path)
	for _, n := range saved {
		if !stored(t, s, n) {
			t.Errorf("request %d is lost", n)
		}
	}
	got, err := s.Verify(t.Context(), nil)
	if got.Entries < len(saved) || got.Bad != 0 || err != nil {
		t.Errorf("verify: got %d entries, first bad %d, %v; want at least %d good ones", got.Entries, got.Bad, err, len(saved))
	}
}
