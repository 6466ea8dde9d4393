package shop

import (
	"context"
	"path/filepath"
	"strings"
	"time"

	"ringback/server/callback"
	"ringback/server/practice"
	"ringback/server/settings"
	"ringback/server/sqlite"
	"ringback/server/twilio"
)

// mode is what an era calls through.
type mode struct {
	live    bool
	store   *sqlite.Store    // of the requests
	carrier callback.Carrier // nil: live, in trouble
	base    string           // the public address that webhooks come to
	account string
	tokens  []string // sign webhooks
}

// chooseMode opens what the calls of the era go through.
func (s *era) chooseMode(ctx context.Context) error {
	j := s.holds.Load()
	if !j.footing.live {
		return s.openPractice(ctx)
	}
	s.openLive(j)
	return nil
}

// enterMode notes what the shop calls through from now on: it is the last step before an
// era begins, so that what could not be built is not in the event log.
func (s *era) enterMode(ctx context.Context) error {
	switch footing := s.holds.Load().footing; {
	case !footing.live:
		return s.live.Load().EnterMode(ctx, sqlite.Practice)
	case !footing.ready:
		return s.live.Load().EnterMode(ctx, sqlite.Trouble)
	default:
		return s.live.Load().EnterMode(ctx, sqlite.Live)
	}
}

// openLive makes the carrier that really calls, if all is there for it.
func (s *era) openLive(j *judged) {
	s.mode = mode{live: true, store: s.live.Load(), base: j.footing.base, account: j.footing.account, tokens: []string{j.footing.token}}
	if !j.footing.ready {
		return
	}
	client := &twilio.Client{AccountSID: j.footing.account, Token: j.footing.token, BaseURL: s.twilioURL, Log: s.log}
	if s.options.Wires != nil {
		client.Dial = s.options.Wires.DialContext
	}
	s.onClose("the connections to Twilio", client.Close)
	s.watch = &watch{Carrier: client, now: time.Now}
	s.mode.carrier = s.watch
}

// openPractice makes the phone network in this program, with a database of its own:
// real leads and pretended ones never mix.
func (s *era) openPractice(ctx context.Context) error {
	store, err := s.openStore(ctx, "practice.db")
	if err != nil {
		return err
	}
	s.onClose("practice.db", store.Close)
	s.network = practice.New(nil)
	s.network.Speed, s.network.Log = s.options.Speed, s.log
	script := practice.Script{Speed: s.options.Speed}
	s.network.Person = func(string) practice.Person { return script }
	if s.options.ByHand {
		s.hand = &practice.Hand{}
		s.network.Word = 300 * time.Millisecond // somebody reads along
		s.network.Person = func(string) practice.Person { return s.hand }
	}
	s.onClose("the practice phones", s.network.Close)
	s.mode = mode{store: store, carrier: s.network, base: s.network.Base, account: s.network.Account, tokens: []string{s.network.Token}}
	return nil
}

// publicURL is where visitors reach the shop; practice is never served there.
func (s *era) publicURL() string {
	if !s.mode.live {
		return ""
	}
	return strings.TrimSuffix(s.mode.base, "/")
}

// readEnvironment takes the secrets, and where Twilio is. The URL receives the secrets.
func (s *Shop) readEnvironment(context.Context) error {
	var err error
	if s.environment, err = settings.FromEnv(s.options.Getenv); err != nil {
		return &UsageError{Message: err.Error(), Cause: err}
	}
	const name = "RINGBACK_TWILIO_URL"
	s.twilioURL = s.options.Getenv(name)
	if err := settings.CheckEndpoint(name, s.twilioURL, s.options.Getenv("RINGBACK_ALLOW_REMOTE") == "1"); err != nil {
		return &UsageError{Message: err.Error(), Cause: err}
	}
	return nil
}

func (s *Shop) openStore(ctx context.Context, file string) (*sqlite.Store, error) {
	o := sqlite.Options{Path: filepath.Join(s.options.Data, file), Log: s.log}
	// practice.db gets no copy: nothing in it is real, and backup, restore and verify, which
	// mean ringback.db, could put none back. On the same shelf one could even be taken for
	// the shop's. A migration that fails leaves it as it was.
	if file == dataFile {
		o.Backups = filepath.Join(s.options.Data, backupsDir)
	}
	store, err := sqlite.Open(ctx, o)
	if err != nil {
		return nil, unopened(s.options.Data, file, err)
	}
	return store, nil
}
