package server

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"ringback/server/callback"
	"ringback/server/guard"
)

const requestPath = "/request_callback"

// submitTakes bounds the wait for the disk. It does not end with the connection: a
// visitor who sent a wish and closed the page still wants the call.
const submitTakes = 10 * time.Second

func lasting(r *http.Request) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(r.Context()), submitTakes)
}

// postRequest takes a visitor's wish. Each post counts for its address, refused ones
// too, but one that repeats a key: that one has been counted.
func (s *Server) postRequest(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := lasting(r)
	defer cancel()
	in, wrong := s.read(w, r)
	if in.form {
		exchangeOf(r).page = formAgain(in.values)
	}
	if wrong == nil {
		st, known, err := s.repeated(ctx, in)
		if known {
			return s.accepted(w, r, in, st)
		}
		wrong = err
	}
	if err := s.Guard.Address(ctx, s.visitor(r)); err != nil {
		return unsaved(err)
	}
	if wrong != nil {
		return wrong
	}
	ask, err := s.ask(r, in)
	if err != nil {
		return err
	}
	st, err := s.Engine.Submit(ctx, ask)
	if err != nil {
		return unsaved(err)
	}
	return s.accepted(w, r, in, st)
}

// unsaved: what can't be said more closely is to a visitor that the wish is not kept.
func unsaved(err error) error {
	if p := problemOf(err); p.code != internal {
		return p
	}
	return &problem{code: callback.NotSaved, cause: err}
}

// repeated finds the request that was made with the same key and number before. A
// number that can't be read is nobody's repeat.
func (s *Server) repeated(ctx context.Context, in post) (callback.Standing, bool, error) {
	key, err := guard.Text("request_key", in.values["request_key"])
	if err != nil || key == "" {
		return callback.Standing{}, false, nil // what is wrong is found again in ask
	}
	n, err := s.Guard.Read(in.values["visitor_number"])
	if err != nil {
		return callback.Standing{}, false, nil
	}
	return s.Engine.Repeated(ctx, key, n.E164)
}

// ask makes a wish of what was sent, or says all that is wrong with it.
func (s *Server) ask(r *http.Request, in post) (callback.Ask, error) {
	now := s.Settings()
	a := callback.Ask{
		Language:     s.language(r, in.values["language"]),
		Spam:         guard.Trapped(in.values["website"]),
		Trace:        trace(r),
		PerNumberDay: now.Guard.PerNumberDay,
		RequestsDay:  now.Limits.RequestsDay,
	}
	var wrong []*problem
	note := func(err error) {
		if err != nil {
			wrong = append(wrong, problemOf(err))
		}
	}
	n, err := s.Guard.Number(in.values["visitor_number"])
	note(err)
	a.Number = n.E164
	for _, text := range []struct {
		field string
		to    *string
	}{{"name", &a.Name}, {"email", &a.Email}, {"message", &a.Message}, {"page", &a.Page}, {"request_key", &a.Key}} {
		*text.to, err = guard.Text(text.field, in.values[text.field])
		note(err)
	}
	a.PreferredAt, err = s.Guard.Time(in.values["preferred_at"])
	note(err)
	a.Consent, err = s.Guard.Consent(ticked(in.values["consent"]), in.values["consent_version"])
	note(err)
	if len(wrong) == 0 {
		return a, nil
	}
	first := *wrong[0]
	first.more = wrong[1:]
	return a, &first
}

// accepted answers for a request that is safely on disk.
func (s *Server) accepted(w http.ResponseWriter, r *http.Request, in post, st callback.Standing) error {
	exchangeOf(r).request = st.ID
	if in.form {
		s.seeRequest(w, r, st.PublicID, in)
		return nil
	}
	status := callback.Pending // whatever has become of it since
	if st.Status == callback.Scheduled || st.Status == callback.Unverified {
		status = st.Status
	}
	writeJSON(w, http.StatusOK, struct {
		Success   bool            `json:"success"`
		RequestID string          `json:"request_id"`
		Status    callback.Status `json:"status"`
		Message   string          `json:"message"`
	}{true, st.PublicID, status, s.statusPage(r, "", st).Message()})
	return nil
}

// seeRequest sends a browser to the page of a request; a reload there posts nothing.
func (s *Server) seeRequest(w http.ResponseWriter, r *http.Request, id string, in post) {
	to := "/r/" + url.PathEscape(id) + "?lang=" + url.QueryEscape(s.language(r, ""))
	if in.values["live"] != "" {
		to += "&live" // the script was there, and will be
	}
	w.Header().Set("Location", to)
	w.Header().Set("Content-Length", "0")
	w.WriteHeader(http.StatusSeeOther)
}

// postCancel withdraws a request for its visitor.
func (s *Server) postCancel(w http.ResponseWriter, r *http.Request) error {
	return s.changeRequest(w, r, func(ctx context.Context, id string, _ post) (callback.Standing, error) {
		return s.Engine.Withdraw(ctx, id, trace(r))
	})
}

// postReschedule lets a visitor choose another time.
func (s *Server) postReschedule(w http.ResponseWriter, r *http.Request) error {
	return s.changeRequest(w, r, func(ctx context.Context, id string, in post) (callback.Standing, error) {
		at, err := s.Guard.Time(in.values["preferred_at"])
		if err != nil {
			return callback.Standing{}, err
		}
		return s.Engine.Reschedule(ctx, id, at, s.Settings().Guard.PerNumberDay, trace(r))
	})
}

// changeRequest carries out a visitor's wish about a request, and shows how it stands.
func (s *Server) changeRequest(w http.ResponseWriter, r *http.Request, wish func(ctx context.Context, id string, in post) (callback.Standing, error)) error {
	in, err := s.read(w, r)
	if err != nil {
		return err
	}
	id := in.values["request_id"]
	if in.form {
		exchangeOf(r).page = changeRefused(id)
	}
	if !publicID.MatchString(id) {
		return &problem{code: notFound}
	}
	ctx, cancel := lasting(r)
	defer cancel()
	st, err := wish(ctx, id, in)
	switch {
	case err != nil:
		p := *problemOf(unsaved(err))
		if p.code == callback.NotSaved {
			p.say = internal // the request itself is safe
		}
		return &p
	case in.form:
		s.seeRequest(w, r, id, in)
	default:
		s.writeStatus(w, r, in.values["language"], st)
	}
	return nil
}

// changeRefused shows how the request stands, and why it was not changed.
func changeRefused(id string) pageOf {
	return func(s *Server, r *http.Request, p *problem) (page, error) {
		switch p.code {
		case notFound:
			return NotFoundPage{s.siteOf(r, "")}, nil
		case callback.TooLate:
		default:
			return formAgain(nil)(s, r, p)
		}
		st, err := s.Engine.Standing(r.Context(), id)
		if err != nil {
			return nil, err
		}
		shown := s.statusPage(r, s.language(r, ""), st)
		shown.CancelRefused = st.Status == callback.Connected
		return shown, nil
	}
}

// postInitiate is for old pages, which asked for the call in a second step.
func (s *Server) postInitiate(w http.ResponseWriter, r *http.Request) error {
	in, err := s.read(w, r)
	if err != nil {
		return err
	}
	st, err := s.standing(r.Context(), in.values["request_id"])
	if err != nil {
		return err
	}
	s.writeStatus(w, r, in.values["language"], st)
	return nil
}
