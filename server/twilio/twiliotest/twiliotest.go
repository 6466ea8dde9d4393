// Package twiliotest plays Twilio for the project's tests: the REST API of calls and
// texts on loopback, checked against Twilio's document parameter by parameter, with
// the practice network's phones behind it and every misbehaviour of a network before
// it. It knows Twilio's words; it knows nothing of requests, and nothing of the client
// that it tests.
package twiliotest

import (
	"crypto/rand"
	"encoding/hex"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"time"

	"ringback/server/practice"
)

// Server is Twilio, as far as Ringback uses it. Its fields are set before the first
// request and not changed after.
type Server struct {
	URL     string // of the REST API: the value of RINGBACK_TWILIO_URL
	Account string // made by New
	Token   string // made by New: the password of the API, and what signs webhooks

	// Network has the phones. Its Handler gets the webhooks; Forward makes one that
	// posts them over HTTP. Its Person, Speed and Word may be set; its faults are set by
	// Misbehave.
	Network *practice.Network

	Numbers       []string                     // what may be called and texted from; empty: any number
	AllowLoopback bool                         // webhook addresses may be on this computer, which Twilio refuses
	OldestFirst   bool                         // lists begin with the oldest, as none of Twilio's does
	Price         func(practice.Record) string // what a call costs ("-0.01400"); nil, or empty: not known yet

	http *httptest.Server

	mu         sync.Mutex
	faults     Faults
	complaints []string
	seen       []Request
}

// New starts a server whose webhooks go to the handler. now is time.Now when nil; it
// dates calls and texts. Close it.
func New(webhooks http.Handler, now func() time.Time) *Server {
	s := prepared(webhooks, now)
	s.http = httptest.NewServer(s)
	s.URL = s.http.URL
	return s
}

// NewOn is New on a listener of the test's own: one in memory, so that the time of a
// synctest bubble can pass. Close closes it.
func NewOn(l net.Listener, webhooks http.Handler, now func() time.Time) *Server {
	s := prepared(webhooks, now)
	s.http = &httptest.Server{Listener: l, Config: &http.Server{Handler: s}}
	s.http.Start()
	s.URL = s.http.URL
	return s
}

func prepared(webhooks http.Handler, now func() time.Time) *Server {
	s := &Server{Account: "AC" + random(), Token: random(), Network: practice.New(now)}
	s.Network.Account, s.Network.Token, s.Network.Handler = s.Account, s.Token, webhooks
	s.Network.Faults = s.ofPhones()
	return s
}

// Close ends all calls, and returns when nothing is under way any more.
func (s *Server) Close() error {
	s.http.CloseClientConnections() // one may be waiting for an answer that never comes
	s.http.Close()
	return s.Network.Close()
}

// Misbehave sets the faults from now on, also in the middle of a test.
func (s *Server) Misbehave(f Faults) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = f
}

func (s *Server) misbehaves() Faults {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.faults
}

// Complaints are what the document does not allow, one sentence a fault, oldest first;
// none repeats a value. A client that keeps to the document causes none.
func (s *Server) Complaints() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.complaints)
}

// Requests are all that were understood, oldest first, whatever became of them.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.seen)
}

func (s *Server) complain(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.complaints = append(s.complaints, what)
}

func (s *Server) note(r Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = append(s.seen, r)
}

// random is 32 hex digits, as in a SID or a token.
func random() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}
