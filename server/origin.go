package server

import (
	"net/http"
	"net/url"
	"slices"
	"sync"

	"github.com/jub0bs/cors"
)

// sharedFor is how long browsers may remember that a site may ask, in seconds.
const sharedFor = 600

// sharing lets other sites' pages read our answers: exactly those that the owner
// named. It is made anew when the owner names others.
type sharing struct {
	mu      sync.Mutex
	with    []string
	made    bool
	answers cors.Middleware
}

// shared adds what browsers need to hear so that the owner's sites can ask.
func (s *Server) shared(inner http.Handler) http.Handler {
	wrapped := s.sharing.answers.Wrap(inner)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.share(s.Settings().Form.Origins)
		wrapped.ServeHTTP(w, r)
	})
}

func (s *Server) share(origins []string) {
	s.sharing.mu.Lock()
	defer s.sharing.mu.Unlock()
	if s.sharing.made && slices.Equal(origins, s.sharing.with) {
		return
	}
	s.sharing.with, s.sharing.made = slices.Clone(origins), true
	sound := slices.DeleteFunc(slices.Clone(origins), func(origin string) bool {
		_, err := cors.NewMiddleware(*sharingWith(origin))
		if err != nil {
			s.log().Error("an origin of form.origins can't be shared with", "err", err)
		}
		return err != nil
	})
	var config *cors.Config // nil: nobody
	if len(sound) > 0 {
		config = sharingWith(sound...)
	}
	if err := s.sharing.answers.Reconfigure(config); err != nil {
		s.log().Error("share with form.origins", "err", err)
	}
}

func sharingWith(origins ...string) *cors.Config {
	return &cors.Config{
		Origins:         origins,
		Methods:         []string{http.MethodGet, http.MethodPost},
		RequestHeaders:  []string{"Content-Type"},
		ResponseHeaders: []string{"Retry-After", requestIDHeader},
		MaxAgeInSeconds: sharedFor,
	}
}

// fromHere refuses what another site's page sends. Sharing alone would only keep the
// answer from that page: the request itself would have been made.
func (s *Server) fromHere(inner http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodGet, http.MethodHead, http.MethodOptions:
		default:
			noteForm(r)
			if !s.originAllowed(r) {
				s.fail(w, r, s.foreign(r))
				return
			}
		}
		inner.ServeHTTP(w, r)
	})
}

// foreign is why a page of another site is refused. Its posts of requests count for their
// address like all others.
func (s *Server) foreign(r *http.Request) error {
	if r.Method == http.MethodPost && r.URL.Path == requestPath {
		ctx, cancel := lasting(r)
		defer cancel()
		if err := s.Guard.Address(ctx, s.visitor(r)); err != nil {
			return unsaved(err)
		}
	}
	return &problem{code: originNotAllowed}
}

// originAllowed: programs send no Origin.
func (s *Server) originAllowed(r *http.Request) bool {
	origins := r.Header.Values("Origin")
	if len(origins) == 0 {
		return true
	}
	if len(origins) > 1 {
		return false
	}
	origin := origins[0]
	if origin == "null" {
		// A page that sends no referrer posts its forms with this origin, ours too.
		// Browsers say beside it whose page it was, and no script can change that.
		return r.Header.Get("Sec-Fetch-Site") == "same-origin"
	}
	return s.own(origin, r.Host) || slices.Contains(s.Settings().Form.Origins, origin)
}

// own says whether an origin is ours: the public address, or this computer under any
// of its names at the port that was asked.
func (s *Server) own(origin, host string) bool {
	if public := s.publicURL(); public != "" && origin == public {
		return true
	}
	u, err := url.Parse(origin)
	if err != nil || u.Scheme != "http" || origin != "http://"+u.Host || !loopback(u.Host) || !loopback(host) {
		return false
	}
	asked, err := url.Parse("http://" + host)
	return err == nil && asked.Port() == u.Port()
}

// noPages refuses whatever a web page sends, so that none can read what is for this
// computer alone.
func (s *Server) noPages(inner http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.Header.Values("Origin")) > 0 {
			s.fail(w, r, &problem{code: originNotAllowed})
			return
		}
		inner.ServeHTTP(w, r)
	})
}
