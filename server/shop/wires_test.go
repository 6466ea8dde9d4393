package shop_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"syscall"

	"ringback/server/shop"
)

// wires is a network in memory. What waits on it waits in the bubble of its test, so
// that the time of real servers and clients passes as fast as they work.
type wires struct {
	mu        sync.Mutex
	listeners map[string]*plug
	last      int
}

var _ shop.Wires = (*wires)(nil)

// Listen gives each listener a port of its own, whatever is asked for.
func (w *wires) Listen(context.Context, string, string) (net.Listener, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.last++
	p := &plug{addr: addr(fmt.Sprintf("127.0.0.1:%d", w.last)), calls: make(chan net.Conn), closed: make(chan struct{})}
	if w.listeners == nil {
		w.listeners = map[string]*plug{}
	}
	w.listeners[p.addr.String()] = p
	return p, nil
}

func (w *wires) DialContext(ctx context.Context, _, address string) (net.Conn, error) {
	w.mu.Lock()
	p := w.listeners[address]
	w.mu.Unlock()
	refused := &net.OpError{Op: "dial", Net: "tcp", Addr: addr(address), Err: syscall.ECONNREFUSED}
	if p == nil {
		return nil, refused
	}
	ours, theirs := net.Pipe()
	select {
	case p.calls <- named{theirs, p.addr}:
		return named{ours, p.addr}, nil
	case <-p.closed:
		return nil, refused
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// plug is a listener.
type plug struct {
	addr   addr
	calls  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (p *plug) Accept() (net.Conn, error) {
	select {
	case c := <-p.calls:
		return c, nil
	case <-p.closed:
		return nil, errors.Join(net.ErrClosed)
	}
}

func (p *plug) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *plug) Addr() net.Addr { return p.addr }

// named is a connection that has addresses.
type named struct {
	net.Conn
	addr addr
}

func (n named) LocalAddr() net.Addr  { return n.addr }
func (n named) RemoteAddr() net.Addr { return addr("127.0.0.1:40000") }

type addr string

func (addr) Network() string  { return "tcp" }
func (a addr) String() string { return string(a) }
