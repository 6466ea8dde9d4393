package shop

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"time"
)

// farewell is how long answers under way may take when the program ends.
const farewell = 3 * time.Second

// checkAddresses comes before anything is made or changed.
func (s *Shop) checkAddresses(ctx context.Context) error {
	if err := isAddress(ctx, "-listen", s.options.Listen); err != nil {
		return err
	}
	if err := isAddress(ctx, "-ops", s.options.Ops); err != nil {
		return err
	}
	return loopbackOnly(s.options.Ops)
}

func isAddress(ctx context.Context, flag, addr string) error {
	_, port, err := net.SplitHostPort(addr)
	if err == nil {
		_, err = net.DefaultResolver.LookupPort(ctx, "tcp", port)
	}
	if err != nil {
		return &UsageError{Message: fmt.Sprintf("%s %q: is not host:port, such as 127.0.0.1:8787, with a port up to 65535", flag, addr)}
	}
	return nil
}

// listen serves visitors and, on loopback alone, whoever looks after the computer.
func (s *Shop) listen(ctx context.Context) error {
	var err error
	if s.public, err = s.bind(ctx, "-listen", s.options.Listen); err != nil {
		return err
	}
	s.serve("the public site", s.public, func(h handlers) http.Handler { return h.public })
	if s.ops, err = s.bind(ctx, "-ops", s.options.Ops); err != nil {
		return err
	}
	s.serve("the ops pages", s.ops, func(h handlers) http.Handler { return h.ops })
	return nil
}

func (s *Shop) bind(ctx context.Context, flag, addr string) (net.Listener, error) {
	l, err := s.listener()(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("%s %s can't be listened on: %w; end the program that has it, or choose another with %s", flag, addr, err, flag)
	}
	return l, nil
}

// listener makes listeners on the network that the shop is on.
func (s *Shop) listener() func(ctx context.Context, network, address string) (net.Listener, error) {
	if s.options.Wires != nil {
		return s.options.Wires.Listen
	}
	return (&net.ListenConfig{}).Listen
}

// loopbackOnly refuses an ops address that another computer could reach.
func loopbackOnly(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return err
	}
	if ip, err := netip.ParseAddr(host); host != "localhost" && (err != nil || !ip.IsLoopback()) {
		return &UsageError{Message: fmt.Sprintf("-ops %q: only this computer's own addresses are allowed: 127.0.0.1, [::1] or localhost", addr)}
	}
	return nil
}

// handlers are an era's two sites.
type handlers struct{ public, ops http.Handler }

// serve lets the present era answer, whichever it is.
func (s *Shop) serve(what string, l net.Listener, which func(handlers) http.Handler) {
	web := s.era.Load().server.HTTPServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e, leave := s.enter()
		defer leave()
		which(e.site).ServeHTTP(w, r)
	}))
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := web.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("serve", "what", what, "err", err)
		}
	}()
	s.onClose(what, func() error {
		ctx, stop := context.WithTimeout(context.Background(), farewell)
		defer stop()
		err := web.Shutdown(ctx)
		if errors.Is(err, context.DeadlineExceeded) {
			err = web.Close()
		}
		<-done
		return err
	})
}
