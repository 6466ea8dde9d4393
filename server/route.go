package server

import (
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
)

// handler answers a request, or returns an error and has written nothing.
type handler func(w http.ResponseWriter, r *http.Request) error

// route is a pattern of http.ServeMux without a method, and what is done there.
type route struct {
	pattern string
	methods methods
}

type methods map[string]handler

// find returns what answers a method; HEAD is a GET without its body.
func (m methods) find(method string) (handler, bool) {
	if method == http.MethodHead {
		method = http.MethodGet
	}
	h, ok := m[method]
	return h, ok
}

// allow lists the methods for the header of that name.
func (m methods) allow() string {
	names := slices.Collect(maps.Keys(m))
	if m[http.MethodGet] != nil {
		names = append(names, http.MethodHead)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// mux leads requests to routes. Methods are looked at here and not by ServeMux, which
// would answer an unknown one in plain text.
func (s *Server) mux(routes []route) http.Handler {
	mux := http.NewServeMux()
	for _, to := range routes {
		mux.Handle(to.pattern, s.answer(func(w http.ResponseWriter, r *http.Request) error {
			h, ok := to.methods.find(r.Method)
			if !ok {
				w.Header().Set("Allow", to.methods.allow())
				return &problem{code: methodNotAllowed}
			}
			return h(w, r)
		}))
	}
	unknown := s.answer(func(http.ResponseWriter, *http.Request) error { return &problem{code: notFound} })
	mux.Handle("/", unknown)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// ServeMux would redirect to the clean spelling, in HTML. Nobody was ever
		// given another one.
		if p := r.URL.Path; p == "" || p[0] != '/' || path.Clean(p) != p && path.Clean(p)+"/" != p {
			unknown.ServeHTTP(w, r)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// answer is the one way from an error to an answer.
func (s *Server) answer(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

// routeName is how metrics and log lines call a route: never by the path, which can
// hold a public id.
func routeName(pattern string) string {
	switch pattern {
	case "", "/":
		return "unknown"
	}
	return strings.TrimSuffix(pattern, "{$}")
}
