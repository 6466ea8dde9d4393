package shop

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// The running program is reached through a socket in its data directory, never a port:
// whoever may open the directory may ask, and nobody else.
const socketName = "ringback.sock"

// longestSocket is how long a socket's path may be on every system that we know.
const longestSocket = 100

// mostOfSettings is how large a settings file may be, mostOfWish what carries one.
const (
	mostOfSettings = 1 << 20
	mostOfWish     = 2 << 20
)

const (
	wishArrives = 5 * time.Second  // within this a wish has come, or an answer gone
	wishTakes   = 60 * time.Second // within this it is carried out: a start can have a database to bring up to date
)

// What can be wished for.
const (
	doSay   = "say"      // say that it is there
	doRaise = "raise"    // bring the window to the front
	doApply = "apply"    // apply a settings file
	doPrint = "settings" // print the settings
)

// wish is what another start, or a command, asks of the running program: one a connection.
type wish struct {
	Do   string `json:"do"`
	File []byte `json:"file,omitempty"` // apply: the settings file
	By   origin `json:"by,omitempty"`   // apply: byStart for the file of -settings; else a command's
}

// reply is what became of it. One of Usage and Error is the sentence for which it failed.
type reply struct {
	Said     string `json:"said,omitempty"`
	Usage    string `json:"usage,omitempty"`     // the wish was wrong: a UsageError's message
	Error    string `json:"error,omitempty"`     // the computer was in the way
	NoWindow bool   `json:"no_window,omitempty"` // raise: this one has none
}

func (r reply) err() error {
	switch {
	case r.NoWindow:
		return ErrNoWindow
	case r.Usage != "":
		return &UsageError{Message: r.Usage}
	case r.Error != "":
		return errors.New(r.Error)
	}
	return nil
}

// control answers wishes. It listens as soon as the directory is locked; what comes
// before the shop is open waits for that, and what comes when it closes is not answered:
// whoever asked then finds the directory free.
type control struct {
	shop   *Shop
	l      net.Listener
	open   chan struct{} // closed when the shop is
	ctx    context.Context
	stop   context.CancelFunc
	wishes sync.WaitGroup
	once   sync.Once

	mu      sync.Mutex
	raise   func(context.Context) error // nil: no window is there (yet)
	changed chan struct{}               // closed when raise changes
}

// openControl listens for wishes. A socket that is there was left by a program that was
// killed: the lock says that none runs.
func (s *Shop) openControl(ctx context.Context) error {
	path := filepath.Join(s.options.Data, socketName)
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("what a program before left in the data directory can't be removed: %w; remove it, or choose another directory with -data", err)
	}
	c := &control{shop: s, open: make(chan struct{}), changed: make(chan struct{})}
	listen := s.listener()
	err := withSocket(s.options.Data, func(name string) (err error) {
		c.l, err = listen(ctx, "unix", name)
		return err
	})
	if err != nil {
		return fmt.Errorf("the data directory can't hold a socket: %w; choose another with -data", err)
	}
	if l, ok := c.l.(*net.UnixListener); ok {
		l.SetUnlinkOnClose(false) // it may know the socket by a link that has gone
	}
	c.ctx, c.stop = context.WithCancel(context.Background())
	s.control = c
	s.onClose("the control socket", c.close)
	if err := os.Chmod(path, 0o600); err != nil && s.options.Wires == nil {
		return fmt.Errorf("the socket can't be kept private: %w; choose another directory with -data", err)
	}
	c.wishes.Go(c.accept)
	return nil
}

// startControl lets wishes be carried out. It is the last step of a start, so that its
// end is the first of the shop's.
func (s *Shop) startControl(context.Context) error {
	close(s.control.open)
	s.onClose("the control socket", s.control.close)
	return nil
}

// withSocket calls f with a name for the socket in dir that the system takes: where the
// path is too long for a socket's, it leads through a link in a private directory.
func withSocket(dir string, f func(name string) error) error {
	name := filepath.Join(dir, socketName)
	if len(name) <= longestSocket {
		return f(name)
	}
	full, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	short, err := os.MkdirTemp("", "ringback")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(short) }() // an empty directory of the system's: nothing is lost
	link := filepath.Join(short, "data")
	if err := os.Symlink(full, link); err != nil {
		return err
	}
	if name = filepath.Join(link, socketName); len(name) > longestSocket {
		return fmt.Errorf("%s is too long a path for a socket, and so is %s", dir, name)
	}
	return f(name)
}

func (c *control) close() error {
	var err error
	c.once.Do(func() {
		c.stop()
		err = c.l.Close()
		if gone := os.Remove(filepath.Join(c.shop.options.Data, socketName)); !errors.Is(gone, os.ErrNotExist) {
			err = errors.Join(err, gone)
		}
		c.wishes.Wait()
	})
	return err
}

func (c *control) accept() {
	for {
		conn, err := c.l.Accept()
		switch {
		case c.ctx.Err() != nil:
			if err == nil {
				_ = conn.Close() // unanswered
			}
			return
		case err != nil:
			select { // out of files, for a moment
			case <-time.After(time.Second):
			case <-c.ctx.Done():
			}
		default:
			c.wishes.Go(func() { c.answer(conn) })
		}
	}
}

// answer takes one wish from a connection. What can't be written reaches nobody.
func (c *control) answer(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	ctx, stop := context.WithTimeout(c.ctx, wishTakes)
	defer stop()
	leave := context.AfterFunc(c.ctx, func() { _ = conn.SetReadDeadline(time.Now()) })
	defer leave()
	_ = conn.SetReadDeadline(time.Now().Add(wishArrives))
	var w wish
	r := reply{Usage: "this is no wish that a Ringback knows"}
	if err := json.NewDecoder(io.LimitReader(conn, mostOfWish)).Decode(&w); err == nil {
		var ok bool
		if r, ok = c.carryOut(ctx, w); !ok {
			return
		}
	}
	_ = conn.SetWriteDeadline(time.Now().Add(wishArrives))
	_ = json.NewEncoder(conn).Encode(r)
}

// carryOut is false when the shop closes before it is done.
func (c *control) carryOut(ctx context.Context, w wish) (reply, bool) {
	switch {
	case w.Do == doSay:
		return reply{}, true
	case w.Do == doRaise && !c.shop.options.Window:
		return reply{NoWindow: true}, true
	}
	select {
	case <-c.open:
	case <-ctx.Done():
		return reply{}, false
	}
	switch w.Do {
	case doRaise:
		return reply{}, c.front(ctx) == nil
	case doApply:
		by := byCommand
		if w.By == byStart {
			by = byStart
		}
		return replyTo(c.shop.apply(ctx, w.File, by)), true
	case doPrint:
		set, _ := c.shop.kept()
		return reply{Said: string(set.JSON())}, true
	default:
		return reply{Usage: fmt.Sprintf("%q is no wish that this Ringback knows", w.Do)}, true
	}
}

func replyTo(said string, err error) reply {
	var usage *UsageError
	switch {
	case errors.As(err, &usage):
		return reply{Usage: usage.Message}
	case err != nil:
		return reply{Error: err.Error()}
	}
	return reply{Said: said}
}

// front brings the window to the front, as soon as there is one.
func (c *control) front(ctx context.Context) error {
	for {
		c.mu.Lock()
		raise, changed := c.raise, c.changed
		c.mu.Unlock()
		if raise != nil && raise(ctx) == nil {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// OnRaise says how the window is brought to the front when the program is started once
// more. raise returns nil when that is done, and at the latest when its context ends.
// leave is called once when the window closes: after it raise is called no more, and the
// one who asks for it opens a window of his own when this shop has closed.
func (s *Shop) OnRaise(raise func(context.Context) error) (leave func()) {
	ctx, stop := context.WithCancel(s.control.ctx)
	s.control.setRaise(func(asked context.Context) error {
		both, end := context.WithCancel(asked)
		defer end()
		defer context.AfterFunc(ctx, end)()
		return raise(both)
	})
	return func() {
		stop()
		s.control.setRaise(nil)
	}
}

func (c *control) setRaise(raise func(context.Context) error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.raise = raise
	close(c.changed)
	c.changed = make(chan struct{})
}
