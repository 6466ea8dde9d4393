package shop

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"ringback/server"
	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/server/practice"
	"ringback/server/settings"
)

// era is the shop under one mode, account, number and public address: what is built anew
// while listeners and window stay, when the owner changes one of these. Its parts are set
// before its first use and not changed after; what may change is in holds.
type era struct {
	*Shop
	mode    mode
	network *practice.Network // practice only
	hand    *practice.Hand    // practice by hand only
	watch   *watch            // live, and ready to call, only
	engine  *callback.Engine
	server  *server.Server
	tally   *server.Tally
	desk    *desk.Owner
	site    handlers
	past    []past // addresses of eras before in this program

	holds atomic.Pointer[judged]
	since atomic.Int64 // Unix milliseconds since when another era waits for this one's calls to end; 0: none does
	older atomic.Bool  // calls that began under another public address may last
	door  door         // who is inside with a request or a wish

	engineEnds func() // stops the engine and what runs beside it
	closers    []closer
}

// judged is what settings and secrets come to.
type judged struct {
	set     settings.Settings // with what secrets stand in for
	secrets settings.Secrets
	footing footing
	missing []string // to go live, in plain sentences
}

// footing is what an era stands on. While it is the same, nothing is built anew.
type footing struct {
	live                         bool
	ready                        bool // to call
	account, number, base, token string
}

// judge says what becomes of these settings. A shop is live when all is there for it; one
// that was live once never falls back to practice by itself: what is missing keeps it
// from calling, not from taking requests.
func (s *Shop) judge(ctx context.Context, set settings.Settings, secrets settings.Secrets) (judged, error) {
	j := judged{set: secrets.Fill(set), secrets: secrets}
	if s.options.Practice {
		return j, nil
	}
	ready, missing := settings.Live(j.set, secrets)
	if ready {
		for _, f := range settings.NotObeyed(j.set) {
			ready, missing = false, append(missing, f.String())
		}
	}
	j.missing = missing
	was, err := s.live.Load().WasLive(ctx)
	if err != nil || !ready && !was {
		return j, err
	}
	j.footing = footing{
		live: true, ready: ready,
		account: j.set.Twilio.AccountSID, number: j.set.Twilio.Number, base: j.set.Tunnel.Address(), token: secrets.TwilioToken,
	}
	return j, nil
}

// within is what of other settings can hold in this era: all but what it stands on.
func (j judged) within(old judged) *judged {
	j.set.Twilio, j.set.Tunnel = old.set.Twilio, old.set.Tunnel
	if len(j.set.Business.Phones) == 0 {
		j.set.Business.Phones = old.set.Business.Phones
	}
	j.secrets, j.footing, j.missing = old.secrets, old.footing, old.missing
	return &j
}

// openEra builds the first one.
func (s *Shop) openEra(ctx context.Context) error {
	s.metrics = server.NewMetrics()
	set, secrets := s.kept()
	j, err := s.judge(ctx, set, secrets)
	if err != nil {
		return err
	}
	e, err := s.buildEra(ctx, j)
	if err != nil {
		return err
	}
	for _, sentence := range j.missing {
		s.log.Info("not live", "missing", sentence, "was_live", j.footing.live)
	}
	s.era.Store(e)
	s.onClose("the era", func() error { return s.era.Load().close() })
	e.startEngine()
	return nil
}

// buildEra builds everything that hangs on the mode; the engine does not run yet. After an
// error nothing is left open.
func (s *Shop) buildEra(ctx context.Context, j judged) (*era, error) {
	e := &era{Shop: s}
	e.holds.Store(&j)
	for _, step := range []func(context.Context) error{e.chooseMode, e.lookForOlder, e.buildEngine, e.buildServer, e.buildDesk, e.enterMode} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, e.close())
		}
	}
	return e, nil
}

func (e *era) onClose(what string, end func() error) {
	e.closers = append(e.closers, closer{what, end})
}

// startEngine lets requests move, and tells the window.
func (e *era) startEngine() {
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := e.engine.Run(ctx); err != nil {
			e.log.Error("engine", "err", err)
		}
	})
	running.Go(func() { e.tally.Run(ctx) })
	running.Go(func() { e.pokeDesk(ctx) })
	e.engineEnds = sync.OnceFunc(func() {
		stop()
		running.Wait()
	})
}

// close ends the era: its last visitors are answered first.
func (e *era) close() error {
	if e.server != nil {
		e.server.Retire()
	}
	e.door.shut(farewell)
	if e.engineEnds != nil {
		e.engineEnds()
	}
	var errs []error
	for i := len(e.closers) - 1; i >= 0; i-- {
		if err := e.closers[i].end(); err != nil {
			errs = append(errs, fmt.Errorf("close %s: %w", e.closers[i].what, err))
		}
	}
	return errors.Join(errs...)
}

// enter is the present era, which stays open until leave is called.
func (s *Shop) enter() (e *era, leave func()) {
	for {
		e := s.era.Load()
		if e.door.enter() {
			return e, e.door.leave
		}
		reopened := s.restoring.Load()
		switch {
		case s.era.Load() != e:
		case reopened != nil:
			<-*reopened
		default: // the program ends
			return e, func() {}
		}
	}
}

// door counts who is inside. The zero value is open.
type door struct {
	mu     sync.Mutex
	inside int
	closed chan struct{} // made by shut; closed when the last one has left
}

func (d *door) enter() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed != nil {
		return false
	}
	d.inside++
	return true
}

func (d *door) leave() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.inside--
	if d.closed != nil && d.inside == 0 {
		close(d.closed)
	}
}

// shut lets nobody in any more and waits a while for those inside. It is called once.
func (d *door) shut(most time.Duration) {
	d.mu.Lock()
	d.closed = make(chan struct{})
	if d.inside == 0 {
		close(d.closed)
	}
	d.mu.Unlock()
	patience := time.NewTimer(most)
	defer patience.Stop()
	select {
	case <-d.closed:
	case <-patience.C:
	}
}
