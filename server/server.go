// Package server is the HTTP side of Ringback: the visitor's pages and API, the
// carrier's webhooks, and the pages for whoever looks after the computer. It turns
// requests into words of other rooms and their answers and errors into HTTP; it
// decides nothing about calls, knows no database, and starts no listener.
package server

import (
	"crypto/rand"
	"log/slog"
	"maps"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"ringback/server/callback"
	"ringback/server/guard"
	"ringback/server/settings"
	"ringback/server/twilio"
)

// Server answers HTTP. Its exported fields are set before its first use and not
// changed after; what can change while it runs is a function. It must not be copied.
type Server struct {
	Engine    *callback.Engine
	Guard     *guard.Guard             // its Rules are best made by GuardRules
	Settings  func() settings.Settings // as they are now
	Verifiers func() []twilio.Verifier // who may send webhooks; the first that fits counts
	PublicURL func() string            // the public address without a final slash, empty while there is none; nil: never one
	Older     func() []string          // public addresses of before, at which webhooks of calls still come; nil: none
	Health    func() Health            // nil: all is well
	Metrics   *Metrics                 // nil: one of its own
	Tally     *Tally                   // is told of refusals; nil: nobody is
	Version   string
	Log       *slog.Logger     // slog.Default when nil
	Now       func() time.Time // time.Now when nil

	once    sync.Once
	began   time.Time
	retired chan struct{}
	retire  sync.Once
	secret  [32]byte // of this process: what only it can prove
	waits   waits
	sharing sharing
	turns   turns
	seen    atomic.Int64 // Unix milliseconds of the last good webhook
}

// start makes what the fields don't bring.
func (s *Server) start() {
	s.once.Do(func() {
		s.began = s.now()
		s.retired = make(chan struct{})
		_, _ = rand.Read(s.secret[:]) // never fails: it ends the program instead
		if s.Metrics == nil {
			s.Metrics = NewMetrics()
		}
		s.waits.gauge = s.Metrics.waiting
	})
}

// Succeed lets this server go on where another one ends: since when it runs and how its
// parts were, what only this process can prove, and when it last heard of the carrier. It
// is called before this one's first use.
func (s *Server) Succeed(other *Server) {
	s.start()
	s.began, s.secret = other.began, other.secret
	s.seen.Store(other.seen.Load())
	other.turns.mu.Lock()
	defer other.turns.mu.Unlock()
	s.turns.last = maps.Clone(other.turns.last)
}

// Retire answers status calls that wait at once, and those to come: another Server takes
// this one's place. What is under way is finished as ever.
func (s *Server) Retire() {
	s.start()
	s.retire.Do(func() { close(s.retired) })
}

// Public answers visitors and the carrier. It may be served on loopback and on the
// public address alike.
func (s *Server) Public() http.Handler { return s.site(s.publicHost) }

// practiceHost is the name under which the practice network knows us. No resolver
// knows it, so nobody else can mean it.
const practiceHost = "practice.invalid"

// InProcess is Public for the practice network, which calls it without a socket and
// under a name of its own. It must never be served.
func (s *Server) InProcess() http.Handler {
	return s.site(func(r *http.Request) bool { return r.Host == practiceHost })
}

func (s *Server) site(hosts func(r *http.Request) bool) http.Handler {
	s.start()
	return s.wrap(hosts, s.shared(s.fromHere(s.mux([]route{
		{"/{$}", methods{http.MethodGet: s.getPage}},
		{"/form", methods{http.MethodGet: s.getForm}},
		{requestPath, methods{http.MethodPost: s.postRequest}},
		{"/status/{id}", methods{http.MethodGet: s.getStatus}},
		{"/r/{id}", methods{http.MethodGet: s.getStatusPage}},
		{"/cancel_request", methods{http.MethodPost: s.postCancel}},
		{"/reschedule_request", methods{http.MethodPost: s.postReschedule}},
		{"/initiate_callback", methods{http.MethodPost: s.postInitiate}},
		{"/form.css", methods{http.MethodGet: file("form.css", "text/css; charset=utf-8")}},
		{"/page.js", methods{http.MethodGet: file("page.js", "text/javascript; charset=utf-8")}},
		{"/health", methods{http.MethodGet: s.getHealth}},
		{twilio.WhisperPath, methods{http.MethodPost: s.instructs}},
		{twilio.KeyPath, methods{http.MethodPost: s.instructs}},
		{twilio.JoinPath, methods{http.MethodPost: s.instructs}},
		{twilio.DialledPath, methods{http.MethodPost: s.instructs}},
		{twilio.StatusPath, methods{http.MethodPost: s.reported}},
		{twilio.VoicePath, methods{http.MethodPost: s.instructs}},
		{twilio.InPath, methods{http.MethodPost: s.instructs}},
		{twilio.InKeyPath, methods{http.MethodPost: s.instructs}},
		{twilio.InEndedPath, methods{http.MethodPost: s.instructs}},
		{twilio.TextPath, methods{http.MethodPost: s.reported}},
	}))))
}

// Ops answers whoever looks after this computer, and nobody else: it must be served
// on loopback only.
func (s *Server) Ops() http.Handler {
	s.start()
	return s.wrap(func(r *http.Request) bool { return loopback(r.Host) }, s.noPages(s.mux([]route{
		{"/health", methods{http.MethodGet: s.getChecks}},
		{"/metrics", methods{http.MethodGet: s.getMetrics}},
	})))
}

func (s *Server) now() time.Time {
	if s.Now != nil {
		return s.Now()
	}
	return time.Now()
}

func (s *Server) log() *slog.Logger {
	if s.Log != nil {
		return s.Log
	}
	return slog.Default()
}
