package logs

import (
	"context"
	"crypto/rand"
	"log/slog"
	"regexp"
	"slices"
)

// RequestIDKey is the attribute under which every event of an HTTP request
// carries its id.
const RequestIDKey = "request_id"

var requestID = regexp.MustCompile(`\A[A-Za-z0-9._-]{1,64}\z`)

type requestIDKey struct{}

// NewRequestID is an id that nobody can guess, for a request that brought none.
func NewRequestID() string { return rand.Text() }

// ValidRequestID says whether a caller's own id may be taken over: 1 to 64
// letters, digits, dots, underscores and dashes of ASCII.
func ValidRequestID(id string) bool { return requestID.MatchString(id) }

// WithRequestID gives an id to everything that is logged under the context. The
// last one given counts; an empty one takes it away.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestIDKey{}, id)
}

// RequestID is the context's id, or empty.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// requestHandler adds the context's id to each record. It opens groups only
// when a record comes, because whatever is added after a group was opened
// lands inside it, and the id has its place at the top.
type requestHandler struct {
	top    slog.Handler
	groups []func(slog.Handler) slog.Handler // the first group and all that followed
}

func withRequestID(h slog.Handler) slog.Handler { return requestHandler{top: h} }

func (h requestHandler) Enabled(ctx context.Context, level slog.Level) bool {
	return h.top.Enabled(ctx, level)
}

func (h requestHandler) Handle(ctx context.Context, r slog.Record) error {
	to := h.top
	if id := RequestID(ctx); id != "" {
		to = to.WithAttrs([]slog.Attr{slog.String(RequestIDKey, id)})
	}
	for _, open := range h.groups {
		to = open(to)
	}
	return to.Handle(ctx, r)
}

func (h requestHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return h.then(func(to slog.Handler) slog.Handler { return to.WithAttrs(attrs) }, len(h.groups) > 0)
}

func (h requestHandler) WithGroup(name string) slog.Handler {
	if name == "" {
		return h
	}
	return h.then(func(to slog.Handler) slog.Handler { return to.WithGroup(name) }, true)
}

func (h requestHandler) then(do func(slog.Handler) slog.Handler, later bool) slog.Handler {
	if !later {
		return requestHandler{top: do(h.top)}
	}
	return requestHandler{top: h.top, groups: append(slices.Clip(h.groups), do)}
}
