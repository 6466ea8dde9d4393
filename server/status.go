package server

import (
	"context"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"ringback/server/callback"
	"ringback/server/settings"
)

// publicID is what a request's public id looks like; anything else is not looked for.
var publicID = regexp.MustCompile(`\A[A-Za-z0-9_-]{16,64}\z`)

// standing finds a request by its public id.
func (s *Server) standing(ctx context.Context, id string) (callback.Standing, error) {
	if !publicID.MatchString(id) {
		return callback.Standing{}, &problem{code: notFound}
	}
	return s.Engine.Standing(ctx, id)
}

// stateOf is the screen that shows how a request stands.
func stateOf(st callback.Standing) string {
	switch st.Status {
	case callback.Pending:
		return pendingState(st)
	case callback.Scheduled:
		return scheduledState(st)
	case callback.Calling:
		return "ringing"
	case callback.Missed, callback.SMSSent:
		return missedState(st)
	case callback.Connecting, callback.Connected, callback.Completed, callback.NoAnswer,
		callback.Failed, callback.Cancelled, callback.Expired:
		return string(st.Status)
	case callback.Unverified:
	}
	return "soon"
}

func pendingState(st callback.Standing) string {
	switch {
	case st.Spam:
		return "soon" // like everybody's
	case st.Trouble:
		return "trouble"
	case st.Reason == callback.Closed:
		return "listed" // the shop's text is on its way, but not more is known
	case st.Ahead > 0:
		return "waiting"
	}
	return "soon"
}

// scheduledState tells a next try from a call that was set for a time.
func scheduledState(st callback.Standing) string {
	switch st.Reason {
	case callback.NextRound:
		return "again"
	case callback.Visitor:
		return "no_answer"
	default:
	}
	return "scheduled"
}

func missedState(st callback.Standing) string {
	switch {
	case st.Reason == callback.Stale:
		return "stale"
	case st.Reason == callback.Closed && st.Status == callback.SMSSent:
		return "left"
	}
	return "listed"
}

// statusPage shows how a request stands, in the language wished for, else in that of
// the one who asked.
func (s *Server) statusPage(r *http.Request, wished string, st callback.Standing) StatusPage {
	exchangeOf(r).request = st.ID
	if wished == "" {
		wished = st.Language
	}
	now := s.Settings()
	p := StatusPage{
		Site:      s.siteOf(r, wished),
		State:     stateOf(st),
		PublicID:  st.PublicID,
		UpdatedAt: stamp(st.UpdatedAt),
		Place:     st.Place,
		Ahead:     st.Ahead,
		From:      ringsFrom(now),
		Follows:   st.Follows != 0,
		ByShop:    st.Reason == callback.ByBlock,
		Settled:   st.Reason == callback.ByOwner,
		LastTry:   st.Status == callback.NoAnswer,
	}
	if !p.Follows && screens[p.State].offers("other_time") {
		p.Times = choices(p.Language, s.now(), now.Hours.Plan())
	}
	if due, ok := dueAt(st, now); ok {
		here := s.now().In(due.Location())
		p.DueText, p.DueWhen = alone(p.Language, due, here), phrase(p.Language, due, here)
	}
	return p
}

// dueAt is when a scheduled request will be called, in the shop's zone.
func dueAt(st callback.Standing, now settings.Settings) (time.Time, bool) {
	if st.Status != callback.Scheduled || st.DueAt.IsZero() {
		return time.Time{}, false
	}
	return st.DueAt.In(now.Hours.Zone()), true
}

// stamp is a time as /status shows it and reads it again.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// statusAnswer holds nothing of the visitor's: no number, no name.
type statusAnswer struct {
	Success     bool            `json:"success"`
	Status      callback.Status `json:"status"`
	State       string          `json:"state"`
	Message     string          `json:"message"`
	UpdatedAt   string          `json:"updated_at"`
	PlaceInLine *int            `json:"place_in_line"` // null: no place
	DueAt       *string         `json:"due_at"`        // null: not set for a time
}

func (s *Server) writeStatus(w http.ResponseWriter, r *http.Request, wished string, st callback.Standing) {
	p := s.statusPage(r, wished, st)
	p.settle()
	a := statusAnswer{Success: true, Status: st.Status, State: p.State, Message: p.Message(), UpdatedAt: p.UpdatedAt}
	if st.Place > 0 {
		a.PlaceInLine = &st.Place
	}
	if due, ok := dueAt(st, s.Settings()); ok {
		text := due.Format(time.RFC3339)
		a.DueAt = &text
	}
	writeJSON(w, http.StatusOK, a)
}

func (s *Server) getStatus(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	st, err := s.standing(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if wait := waitTime(query.Get("wait")); wait > 0 && query.Get("seen") == stamp(st.UpdatedAt) {
		if st, err = s.await(r, st, wait); err != nil {
			return err
		}
	}
	s.writeStatus(w, r, query.Get("lang"), st)
	return nil
}

// longestWait is how long a status call may wait for a change.
const longestWait = 25 * time.Second

// waitTime reads ?wait; what is no whole number of seconds does not wait.
func waitTime(text string) time.Duration {
	n, err := strconv.Atoi(text)
	if err != nil || n <= 0 {
		return 0
	}
	return min(time.Duration(min(n, 60))*time.Second, longestWait)
}

func (s *Server) getStatusPage(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	exchangeOf(r).page = func(s *Server, r *http.Request, p *problem) (page, error) {
		if p.code != notFound {
			return formAgain(nil)(s, r, p)
		}
		return NotFoundPage{s.siteOf(r, query.Get("lang"))}, nil
	}
	st, err := s.standing(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	p := s.statusPage(r, query.Get("lang"), st)
	p.Live, p.Still = query.Has("live"), query.Has("still")
	return s.writePage(w, http.StatusOK, p)
}
