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

// mode is what the shop calls through. It holds from one start to the next.
type mode struct {
	live    bool
	store   *sqlite.Store    // of the requests
	carrier callback.Carrier // nil: live, in trouble
	base    string           // the public address that webhooks come to
	account string
	tokens  []string // sign webhooks
}

// chooseMode says whether calls are real. A shop is live when all is there for it; one
// that was live once never falls back to practice by itself: what is missing keeps it
// from calling, not from taking requests.
func (s *Shop) chooseMode(ctx context.Context) error {
	if s.options.Practice {
		return s.openPractice(ctx)
	}
	set := s.secrets.Fill(s.set)
	ready, missing := settings.Live(set, s.secrets)
	if ready {
		for _, f := range settings.NotObeyed(set) {
			ready, missing = false, append(missing, f.String())
		}
	}
	s.missing = missing
	if ready {
		if err := s.live.GoLive(ctx); err != nil {
			return err
		}
	}
	was, err := s.live.WasLive(ctx)
	if err != nil {
		return err
	}
	for _, sentence := range s.missing {
		s.log.Info("not live", "missing", sentence, "was_live", was)
	}
	if !was {
		return s.openPractice(ctx)
	}
	s.openLive(set, ready)
	return nil
}

// openLive makes the carrier that really calls, if all is there for it.
func (s *Shop) openLive(set settings.Settings, ready bool) {
	s.mode = mode{live: true, store: s.live, base: set.Tunnel.Address(), account: set.Twilio.AccountSID, tokens: []string{s.secrets.TwilioToken}}
	if !ready {
		return
	}
	client := &twilio.Client{AccountSID: set.Twilio.AccountSID, Token: s.secrets.TwilioToken, BaseURL: s.twilioURL, Log: s.log}
	if s.options.Wires != nil {
		client.Dial = s.options.Wires.DialContext
	}
	s.onClose("the connections to Twilio", client.Close)
	s.watch = &watch{Carrier: client, now: time.Now}
	s.mode.carrier = s.watch
}

// openPractice makes the phone network in this program, with a database of its own:
// real leads and pretended ones never mix.
func (s *Shop) openPractice(ctx context.Context) error {
	store, err := s.openStore(ctx, "practice.db")
	if err != nil {
		return err
	}
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

// verifiers are who may send webhooks.
func (s *Shop) verifiers() []twilio.Verifier {
	m := s.mode
	if m.base == "" {
		return nil
	}
	return []twilio.Verifier{{Base: m.base, AccountSID: m.account, Tokens: m.tokens}}
}

// publicURL is where visitors reach the shop; practice is never served there.
func (s *Shop) publicURL() string {
	if !s.mode.live {
		return ""
	}
	return strings.TrimSuffix(s.mode.base, "/")
}

// readEnvironment takes the secrets, and where Twilio is. The URL receives the secrets.
func (s *Shop) readEnvironment(context.Context) error {
	var err error
	if s.secrets, err = settings.FromEnv(s.options.Getenv); err != nil {
		return &UsageError{err.Error()}
	}
	const name = "RINGBACK_TWILIO_URL"
	s.twilioURL = s.options.Getenv(name)
	if err := settings.CheckEndpoint(name, s.twilioURL, s.options.Getenv("RINGBACK_ALLOW_REMOTE") == "1"); err != nil {
		return &UsageError{err.Error()}
	}
	return nil
}

func (s *Shop) openStore(ctx context.Context, file string) (*sqlite.Store, error) {
	o := sqlite.Options{Path: filepath.Join(s.options.Data, file), Log: s.log}
	if file == dataFile { // practice's file needs no backup
		o.Backups = filepath.Join(s.options.Data, backupsDir)
	}
	store, err := sqlite.Open(ctx, o)
	if err != nil {
		return nil, unopened(s.options.Data, file, err)
	}
	s.onClose(file, store.Close)
	return store, nil
}
