// Package shop is the running shop without a window: it builds every part, gives each
// its neighbours, starts them, and closes them in reverse. It is what main, the window
// and the end-to-end tests start; it decides nothing itself.
package shop

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"ringback/server"
	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/server/guard"
	"ringback/server/logs"
	"ringback/server/notify"
	"ringback/server/settings"
	"ringback/server/sqlite"
)

// Version of the program.
const Version = "0.1.0"

// The addresses that are listened on unless told otherwise.
const (
	DefaultListen = "127.0.0.1:8787"
	DefaultOps    = "127.0.0.1:8788"
)

// Options say how a shop is started. The zero value is a shop in the operating
// system's place for application data, live if it is set up for it.
type Options struct {
	Data     string              // data directory; empty: DefaultData
	Listen   string              // public site on this computer; empty: DefaultListen
	Ops      string              // health and metrics, loopback only; empty: DefaultOps
	Settings string              // a settings file to apply before starting; empty: none
	Practice bool                // practice, even where all is there for live
	Window   bool                // a window will be opened: one that is open already on this data is raised instead
	ByHand   bool                // practice phones are played by hand, as in the window; else by the script
	Speed    float64             // practice: 10 is ten times as fast; 0: as in life
	Getenv   func(string) string // os.Getenv when nil
	Errors   io.Writer           // what the log says, a line an event; os.Stderr when nil
	Wires    Wires               // the network; this computer's when nil
}

// Wires is the network that a shop is reached on, and reaches Twilio by.
type Wires interface {
	Listen(ctx context.Context, network, address string) (net.Listener, error)
	DialContext(ctx context.Context, network, address string) (net.Conn, error)
}

// Shop is a shop that runs. Its methods may be called from any goroutine.
type Shop struct {
	options Options
	log     *slog.Logger

	environment settings.Secrets
	vault       *settings.Vault
	twilioURL   string // empty: Twilio's own

	live    atomic.Pointer[sqlite.Store] // ringback.db: the settings, which hold for practice too
	metrics *server.Metrics
	care    *care
	public  net.Listener
	ops     net.Listener
	control *control
	desk    *desk.Lasting
	bell    *notify.Bell

	changing  sync.Mutex                    // held while settings or secrets change
	waiting   chan struct{}                 // told when a change waits for calls to end
	era       atomic.Pointer[era]           // the present one
	restoring atomic.Pointer[chan struct{}] // closed when the shop goes on with a restored database; nil: it is not restored

	mu      sync.Mutex
	set     settings.Settings // as they were given
	secrets settings.Secrets

	said    held // what the log says on standard error
	closers []closer
	once    sync.Once
	closed  error
}

// closer ends one part; they run in the reverse order of their start.
type closer struct {
	what string
	end  func() error
}

// Open starts a shop: when it returns, the form can be filled in and phones ring. The
// errors are ErrRunning, ErrRaised, *UsageError, or a sentence with its remedy; after one, nothing
// is left running. The context bounds the start, not the life: that ends with Close.
func Open(ctx context.Context, options Options) (*Shop, error) {
	s := newShop(options)
	if err := s.steps(ctx,
		s.checkAddresses, s.readEnvironment, s.makeData, s.lockData, s.openControl, s.openLog, s.loadSecrets,
		s.openSettings, s.loadSettings, s.applyFile, s.makeBell, s.openEra, s.startCare, s.startDisk, s.listen, s.startBell, s.startWaiting, s.startControl,
	); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.said.release()
	s.log.Info("open", "version", Version, "live", s.era.Load().mode.live, "form", s.FormURL(), "public", s.PublicURL(), "ops", s.ops.Addr().String())
	return s, nil
}

func newShop(options Options) *Shop {
	s := &Shop{options: options.filled(), waiting: make(chan struct{}, 1)}
	s.said.to = s.options.Errors
	s.desk = &desk.Lasting{Rules: rules{s}, Care: keeping{s}, Bell: bell{s}, Present: func() (*desk.Owner, func()) {
		e, leave := s.enter()
		return e.desk, leave
	}}
	return s
}

func (o Options) filled() Options {
	if o.Data == "" {
		o.Data = DefaultData()
	}
	if o.Listen == "" {
		o.Listen = DefaultListen
	}
	if o.Ops == "" {
		o.Ops = DefaultOps
	}
	if o.Getenv == nil {
		o.Getenv = os.Getenv
	}
	if o.Errors == nil {
		o.Errors = os.Stderr
	}
	return o
}

// onClose is what Close does for a part that was started.
func (s *Shop) onClose(what string, end func() error) {
	s.closers = append(s.closers, closer{what, end})
}

// Close ends everything in the reverse order of its start, the log last. A call under
// way at the carrier goes on and is found again at the next start. Called twice it does
// nothing.
func (s *Shop) Close() error {
	s.once.Do(func() {
		for i := len(s.closers) - 1; i >= 0; i-- {
			c := s.closers[i]
			if err := c.end(); err != nil {
				s.closed = errors.Join(s.closed, fmt.Errorf("close %s: %w", c.what, err))
			}
		}
	})
	return s.closed
}

// Desk is what the window acts through. It stays the same when the shop changes its mode.
func (s *Shop) Desk() desk.Desk { return s.desk }

// PublicURL is where visitors reach the form; empty in practice.
func (s *Shop) PublicURL() string { return s.era.Load().publicURL() }

// FormURL is where the form is on this computer.
func (s *Shop) FormURL() string { return "http://" + s.public.Addr().String() + "/" }

// Log is the shop's log, for whoever starts it.
func (s *Shop) Log() *slog.Logger { return s.log }

func (s *Shop) openLog(context.Context) error {
	log, end, err := logs.Open(logs.Options{Dir: filepath.Join(s.options.Data, logsDir), Writer: &s.said})
	if err != nil {
		return fmt.Errorf("the log can't be written: %w; choose another directory with -data", err)
	}
	s.log = log
	s.onClose("the log", end)
	return nil
}

// openSettings opens the file that has the settings, whatever the mode.
func (s *Shop) openSettings(ctx context.Context) error {
	store, err := s.openStore(ctx, dataFile)
	if err != nil {
		return err
	}
	s.live.Store(store)
	s.onClose(dataFile, func() error { return s.live.Load().Close() })
	return nil
}

// remedy is what the owner can do about a database that does not open.
func remedy(err error) string {
	for _, r := range []struct {
		fault  error
		remedy string
	}{
		{sqlite.ErrNewer, "start that newer version, or choose another directory with -data"},
		{sqlite.ErrFull, "make room on the disk"},
		{sqlite.ErrDisk, "make room on the disk, and if there is enough, look after the disk"},
		{sqlite.ErrBusy, "end the program that holds it"},
		{sqlite.ErrReadOnly, "let this user write it, or choose another directory with -data"},
	} {
		if errors.Is(err, r.fault) {
			return r.remedy
		}
	}
	return "move the file elsewhere, or choose another directory with -data"
}

func (s *era) buildEngine(context.Context) error {
	s.engine = &callback.Engine{Store: s.mode.store, Carrier: s.mode.carrier, Rules: s.rulesNow, Log: s.log, Notifier: s.bell}
	return nil
}

func (s *era) buildServer(ctx context.Context) error {
	secret, err := s.mode.store.Secret(ctx, "addresses")
	if err != nil {
		return err
	}
	s.engine.Watch = s.metrics.Moved
	s.tally = &server.Tally{Keep: s.keepRefused, Log: s.log}
	s.server = &server.Server{
		Engine:    s.engine,
		Guard:     &guard.Guard{Counter: s.mode.store, Secret: secret, Rules: func() guard.Rules { return server.GuardRules(s.Settings()) }},
		Settings:  s.Settings,
		Verifiers: s.verifiers,
		PublicURL: s.publicURL,
		Older:     s.olderBases,
		Health:    s.health,
		Metrics:   s.metrics,
		Tally:     s.tally,
		Version:   Version,
		Log:       s.log,
	}
	s.site = handlers{public: s.server.Public(), ops: s.server.Ops()}
	if s.network != nil {
		s.network.Handler = s.server.InProcess()
	}
	return nil
}

// keepRefused puts a minute's refusals of one kind into the event log, as one entry.
func (s *era) keepRefused(ctx context.Context, r server.Refused) error {
	return s.mode.store.Update(ctx, func(tx callback.Tx) error {
		return tx.Log(r.Minute, 0, callback.Note{Kind: "refused_" + r.Kind, Body: map[string]any{"count": r.Count}})
	})
}
