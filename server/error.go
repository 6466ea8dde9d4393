package server

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"ringback/assets"
	"ringback/server/callback"
	"ringback/server/guard"
	"ringback/server/number"
)

// The codes that belong to HTTP; those of wishes are in callback and guard.
const (
	notFound         = callback.NotFound
	badJSON          = callback.Code("bad_json")
	unsupportedType  = callback.Code("unsupported_type")
	tooLarge         = callback.Code("too_large")
	methodNotAllowed = callback.Code("method_not_allowed")
	originNotAllowed = callback.Code("origin_not_allowed")
	hostNotAllowed   = callback.Code("host_not_allowed")
	forged           = callback.Code("forged")        // a webhook that is not the carrier's, or not ours
	badParameter     = callback.Code("bad_parameter") // a webhook that can't be understood
	internal         = callback.Code("internal")
)

// statuses is the contract's table. A code that is not in it is our fault: 500.
var statuses = map[callback.Code]int{
	guard.PhoneRequired:    http.StatusBadRequest,
	guard.PhoneInvalid:     http.StatusBadRequest,
	guard.ConsentRequired:  http.StatusBadRequest,
	guard.FieldTooLong:     http.StatusBadRequest,
	guard.TimeInvalid:      http.StatusBadRequest,
	guard.TimeNotOpen:      http.StatusBadRequest,
	badJSON:                http.StatusBadRequest,
	badParameter:           http.StatusBadRequest,
	guard.CountryNotServed: http.StatusForbidden,
	guard.KindNotServed:    http.StatusForbidden,
	callback.NumberBlocked: http.StatusForbidden,
	originNotAllowed:       http.StatusForbidden,
	forged:                 http.StatusForbidden,
	hostNotAllowed:         http.StatusMisdirectedRequest,
	notFound:               http.StatusNotFound,
	methodNotAllowed:       http.StatusMethodNotAllowed,
	callback.KeyReused:     http.StatusConflict,
	callback.TooLate:       http.StatusConflict,
	tooLarge:               http.StatusRequestEntityTooLarge,
	unsupportedType:        http.StatusUnsupportedMediaType,
	guard.TooManyRequests:  http.StatusTooManyRequests,
	callback.NumberLimit:   http.StatusTooManyRequests,
	callback.DailyLimit:    http.StatusServiceUnavailable,
	callback.NotSaved:      http.StatusServiceUnavailable,
	internal:               http.StatusInternalServerError,
}

// statusGone is what the log calls a request whose caller did not wait for the answer.
const statusGone = 499

// retryAfter is when to ask again where nobody knows better.
const retryAfter = 30 * time.Second

// problem is an error on its way out: for programs a code, for people a sentence that
// is found by it, for the log its cause.
type problem struct {
	code  callback.Code
	field string // by its name in the API; empty: about none
	limit int    // the most characters
	after time.Duration
	say   callback.Code // whose sentence fits better; empty: code's
	cause error
	more  []*problem // what is wrong besides; only a form can show it
}

func (p *problem) Error() string {
	if p.cause == nil {
		return string(p.code)
	}
	return string(p.code) + ": " + p.cause.Error()
}

func (p *problem) Unwrap() error { return p.cause }

func (p *problem) status() int {
	return cmp.Or(statuses[p.code], http.StatusInternalServerError)
}

// problemOf reads any error. What nobody foresaw is internal.
func problemOf(err error) *problem {
	var (
		p       *problem
		refusal *guard.Refusal
		wish    *callback.Error
	)
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &refusal):
		return &problem{code: refusal.Code, field: refusal.Field, limit: refusal.Limit, after: refusal.After}
	case errors.As(err, &wish) && statuses[wish.Code] != 0:
		return &problem{code: wish.Code, after: wish.After, cause: err}
	}
	return &problem{code: internal, cause: err}
}

// fail answers with an error: in JSON, or with the page that the exchange chose.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	p, x := problemOf(err), exchangeOf(r)
	if r.Context().Err() != nil && errors.Is(err, context.Canceled) {
		w.WriteHeader(statusGone) // for the log: nobody is there to read it
		return
	}
	x.refused = p.code
	s.Metrics.refused(p.code)
	status := p.status()
	if status == http.StatusInternalServerError || p.code == callback.NotSaved {
		s.log().ErrorContext(r.Context(), "request failed", "code", string(p.code), slog.Any("err", p.cause))
	}
	if s.Tally != nil && (status == http.StatusForbidden && p.code != forged || status == http.StatusTooManyRequests) {
		s.Tally.Add(string(p.code)) // a webhook's are counted by their kind
	}
	if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", seconds(cmp.Or(p.after, retryAfter)))
	}
	if x.page != nil && s.failPage(w, r, x, p) {
		return
	}
	writeJSON(w, status, map[string]any{"success": false, "error": s.sentence(r, p), "code": p.code})
}

// failPage draws the refusal for people. Where that fails too, JSON is better than
// nothing.
func (s *Server) failPage(w http.ResponseWriter, r *http.Request, x *exchange, p *problem) bool {
	page, err := x.page(s, r, p)
	if err == nil {
		err = s.writePage(w, p.status(), page)
	}
	if err != nil {
		s.log().ErrorContext(r.Context(), "draw a refusal", "code", string(p.code), "err", err)
	}
	return err == nil
}

// seconds rounds up, because asking a moment too early would be refused again.
func seconds(d time.Duration) string {
	return strconv.Itoa(max(1, int(math.Ceil(d.Seconds()))))
}

// sentence says to a visitor what is wrong.
func (s *Server) sentence(r *http.Request, p *problem) string {
	words := assets.Words(s.language(r, ""))
	key := "error_" + string(cmp.Or(p.say, p.code))
	if !words.Has(key) {
		key = "error_other"
	}
	return words.Say(key, s.places(words.Language(), p))
}

// places are the values that a refusal's sentence may hold. None of them was typed by
// the visitor, but a field's name.
func (s *Server) places(language string, p *problem) map[string]string {
	now := s.Settings()
	args := map[string]string{
		"field":     p.field,
		"countries": strings.Join(countryNames(now.Guard.Countries, language), ", "),
		"phone":     number.Display(now.Business.PublicPhone, now.Business.Country),
	}
	if p.limit > 0 {
		args["n"] = strconv.Itoa(p.limit)
	}
	if p.after > 0 {
		args["again"] = clock(language, s.now().Add(p.after+time.Minute-1).Truncate(time.Minute).In(now.Hours.Zone()))
	}
	return args
}
