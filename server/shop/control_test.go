package shop_test

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gofrs/flock"

	"ringback/server/shop"
)

// windowed is a shop that somebody opens a window on.
func windowed(o *shop.Options) { o.Window = true }

// again is a second start on the same data directory, with a window.
func again(ctx context.Context, data string) error {
	s, err := shop.Open(ctx, shop.Options{Data: data, Listen: "127.0.0.1:0", Ops: "127.0.0.1:0", Window: true, Getenv: func(string) string { return "" }})
	if err == nil {
		return errors.Join(errors.New("it opened a shop of its own"), s.Close())
	}
	return err
}

// long is a data directory whose path no socket's address can hold.
func long(t *testing.T) string {
	t.Helper()
	data := filepath.Join(t.TempDir(), strings.Repeat("ringback", 12), strings.Repeat("data", 20))
	if err := os.MkdirAll(data, 0o700); err != nil {
		t.Fatal(err)
	}
	return data
}

func TestASecondStartBringsTheWindowToTheFront(t *testing.T) {
	for name, data := range map[string]string{"in a directory": t.TempDir(), "in one with a path too long for a socket": long(t)} {
		t.Run(name, func(t *testing.T) {
			r := start(t, data, "", windowed)
			raised := 0
			leave := r.shop.OnRaise(func(context.Context) error { raised++; return nil })
			defer leave()
			if err := again(t.Context(), data); !errors.Is(err, shop.ErrRaised) || raised != 1 {
				t.Errorf("the second start ends with %v, the window was raised %d times", err, raised)
			}
		})
	}
}

func TestAWishForAWindowThatIsJustOpeningIsKept(t *testing.T) {
	data := t.TempDir()
	r := start(t, data, "", windowed)
	second := make(chan error)
	go func() { second <- again(context.Background(), data) }()
	raised := make(chan struct{})
	leave := r.shop.OnRaise(func(context.Context) error { close(raised); return nil })
	defer leave()
	<-raised
	if err := <-second; !errors.Is(err, shop.ErrRaised) {
		t.Errorf("the second start ends with %v", err)
	}
}

// The first window was just being closed: the wish was taken and nothing came of it.
func TestAWishForAWindowThatIsJustClosingOpensOne(t *testing.T) {
	data := t.TempDir()
	r := start(t, data, "", windowed)
	asked := make(chan struct{})
	leave := r.shop.OnRaise(func(ctx context.Context) error { close(asked); <-ctx.Done(); return ctx.Err() })
	second := make(chan *shop.Shop)
	go func() {
		s, err := shop.Open(context.Background(), shop.Options{Data: data, Listen: "127.0.0.1:0", Ops: "127.0.0.1:0", Window: true, Getenv: func(string) string { return "" }})
		if err != nil {
			t.Error(err)
		}
		second <- s
	}()
	<-asked
	leave()
	if err := r.shop.Close(); err != nil {
		t.Error(err)
	}
	if s := <-second; s != nil {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestAWindowWhereAServeRuns(t *testing.T) {
	data := t.TempDir()
	start(t, data, "")
	err := again(t.Context(), data)
	if !errors.Is(err, shop.ErrRunning) || !strings.Contains(err.Error(), "without a window") || strings.Contains(err.Error(), "\n") {
		t.Errorf("it ends with %v", err)
	}
}

// A command had the directory for a moment, or the program before was just ending: a
// service that is started again must not give up for that.
func TestAServeWaitsForWhoeverDoesNotAnswer(t *testing.T) {
	data := t.TempDir()
	held := flock.New(filepath.Join(data, "ringback.lock"))
	if locked, err := held.TryLock(); !locked || err != nil {
		t.Fatal(err)
	}
	options := shop.Options{Data: data, Listen: "127.0.0.1:0", Ops: "127.0.0.1:0", Getenv: func(string) string { return "" }, Errors: io.Discard}
	never, stop := context.WithCancel(t.Context())
	stop()
	if s, err := shop.Open(never, options); !errors.Is(err, shop.ErrRunning) {
		t.Errorf("one that may not wait: %v, %v", s, err)
	}
	opened := make(chan error)
	go func() {
		s, err := shop.Open(context.Background(), options)
		if err == nil {
			err = s.Close()
		}
		opened <- err
	}()
	if err := held.Unlock(); err != nil {
		t.Fatal(err)
	}
	if err := <-opened; err != nil {
		t.Error(err)
	}
}

func TestTheSocketIsTheOwnersAndGoesWithTheProgram(t *testing.T) {
	data := t.TempDir()
	path := filepath.Join(data, "ringback.sock")
	left, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	left.(*net.UnixListener).SetUnlinkOnClose(false) // as when a program is killed
	if err := left.Close(); err != nil {
		t.Fatal(err)
	}
	r := start(t, data, "")
	info, err := os.Stat(path)
	if err != nil || info.Mode().Type() != os.ModeSocket || info.Mode().Perm() != 0o600 {
		t.Errorf("the socket is %v, %v", info, err)
	}
	if err := r.shop.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("afterwards it is there: %v", err)
	}
}

func TestTheSocketTakesNoOtherWish(t *testing.T) {
	data := t.TempDir()
	start(t, data, "")
	for name, said := range map[string]string{
		"no JSON":           "GET / HTTP/1.1\r\n\r\n",
		"an unknown wish":   `{"do": "sing"}`,
		"one without end":   `{"do": "` + strings.Repeat("a", 3<<20),
		"a list of wishes":  `[{"do": "settings"}]`,
		"a wish by halves":  `{"do": 3}`,
		"nothing but a nul": "\x00",
	} {
		t.Run(name, func(t *testing.T) {
			conn, err := net.Dial("unix", filepath.Join(data, "ringback.sock"))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = conn.Close() })
			go func() { _, _ = conn.Write([]byte(said)) }() // what is too long is not read to its end
			answer := make([]byte, 200)
			n, err := conn.Read(answer)
			if err != nil || !strings.HasPrefix(string(answer[:n]), `{"usage":`) {
				t.Errorf("it is answered %q, %v", answer[:n], err)
			}
		})
	}
}

// raised is a window that comes to the front at once.
func raised(context.Context) error { return nil }
