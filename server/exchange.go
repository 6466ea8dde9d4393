package server

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"time"

	"ringback/server/callback"
	"ringback/server/logs"
)

// requestIDHeader names a request in answers, log lines and events.
const requestIDHeader = "X-Request-ID"

// exchange is what is known of a request while it is answered.
type exchange struct {
	id       string        // X-Request-ID
	language string        // the visitor's; empty until it was looked for
	request  int64         // our number of the visitor's wish; 0: it is about none, or none that is known
	refused  callback.Code // why it was refused; empty: it was not
	page     pageOf        // draws a refusal for people; nil: it is for programs
}

// pageOf makes the page that shows a refusal.
type pageOf func(s *Server, r *http.Request, p *problem) (page, error)

type exchangeKey struct{}

func exchangeOf(r *http.Request) *exchange {
	x, _ := r.Context().Value(exchangeKey{}).(*exchange)
	if x == nil {
		x = &exchange{} // only outside wrap
	}
	return x
}

// trace is the request's X-Request-ID.
func trace(r *http.Request) string { return exchangeOf(r).id }

// wrap is around everything: it names the request, sets what every answer carries,
// looks at the host, turns a panic into an answer and writes the one log line.
func (s *Server) wrap(hosts func(r *http.Request) bool, inner http.Handler) http.Handler {
	return http.HandlerFunc(func(to http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		x := &exchange{id: requestID(r)}
		ctx := logs.WithRequestID(context.WithValue(r.Context(), exchangeKey{}, x), x.id)
		r = r.WithContext(ctx)
		w := &recorder{ResponseWriter: to, bodyless: r.Method == http.MethodHead}
		protect(w.Header())
		w.Header().Set(requestIDHeader, x.id)
		defer func() {
			broken := s.rescue(w, r, recover())
			s.record(w, r, x, time.Since(begun))
			if broken {
				panic(http.ErrAbortHandler) // half an answer must not look like a whole one
			}
		}()
		if !hosts(r) {
			s.fail(w, r, &problem{code: hostNotAllowed})
			return
		}
		inner.ServeHTTP(w, r)
	})
}

// requestID is the caller's own, if it is one that can be taken over.
func requestID(r *http.Request) string {
	if id := r.Header.Get(requestIDHeader); logs.ValidRequestID(id) {
		return id
	}
	return logs.NewRequestID()
}

// rescue answers for a handler that panicked. broken: an answer was under way.
func (s *Server) rescue(w *recorder, r *http.Request, cause any) (broken bool) {
	if cause == nil {
		return false
	}
	if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		return true
	}
	s.log().ErrorContext(r.Context(), "panic", "cause", cause, "stack", string(debug.Stack()))
	if w.status != 0 {
		return true
	}
	s.fail(w, r, &problem{code: internal})
	return false
}

// record writes the request's line and moves the metrics. The line holds nothing of
// the visitor's: no path, query, address or field.
func (s *Server) record(w *recorder, r *http.Request, x *exchange, took time.Duration) {
	route := routeName(r.Pattern)
	s.Metrics.answered(route, w.code(), took)
	attrs := []slog.Attr{
		slog.String("method", knownMethod(r.Method)),
		slog.String("route", route),
		slog.Int("status", w.code()),
		slog.Float64("ms", float64(took.Microseconds())/1000),
		slog.Int64("bytes", w.bytes),
	}
	if x.request != 0 {
		attrs = append(attrs, slog.Int64("request", x.request)) // as in the engine's lines
	}
	if x.refused != "" {
		attrs = append(attrs, slog.String("code", string(x.refused)))
	}
	s.log().LogAttrs(r.Context(), slog.LevelInfo, "http", attrs...)
}

// knownMethod keeps what a caller makes up out of the log.
func knownMethod(method string) string {
	known := []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodOptions, http.MethodPut, http.MethodPatch, http.MethodDelete}
	if slices.Contains(known, method) {
		return method
	}
	return "other"
}

// protect sets what every answer carries; pages and files that can be kept change it.
func protect(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	bodyless bool // HEAD
	status   int
	bytes    int64
}

// Unwrap is for http.ResponseController.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	if w.bodyless {
		return len(b), nil
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// code is the status as the caller saw it.
func (w *recorder) code() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}
