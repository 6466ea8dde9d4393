package server

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"path"
	"time"

	"ringback/server/callback"
	"ringback/server/twilio"
)

// webhookTakes is how long the disk is waited for. The carrier hangs up after 15 s
// without an answer, and a redirect back can still save the call before that.
const webhookTakes = 8 * time.Second

// webhook is one that the carrier has signed.
type webhook struct {
	kind string // the last part of its path
	base string // the public address that it was sent to
	form url.Values
}

// open reads a webhook and believes nothing of it before the signature fits.
func (s *Server) open(w http.ResponseWriter, r *http.Request) (webhook, error) {
	hook := webhook{kind: path.Base(r.URL.Path)}
	if contentType(r) != formType {
		return hook, &problem{code: unsupportedType}
	}
	body, err := readBody(w, r, mostOfWebhook)
	if err != nil {
		return hook, err
	}
	if hook.form, err = url.ParseQuery(string(body)); err != nil {
		return hook, s.refuse(hook, twilio.ErrForged)
	}
	var why error
	for _, v := range s.Verifiers() {
		err := v.Verify(r, hook.form)
		if err == nil {
			hook.base = v.Base
			s.seen.Store(s.now().UnixMilli())
			return hook, nil
		}
		// A right signature with a wrong account says more than a wrong signature.
		if why == nil || errors.Is(err, twilio.ErrAccount) {
			why = err
		}
	}
	if why == nil {
		why = twilio.ErrForged // there is nobody who could have signed
	}
	return hook, s.refuse(hook, why)
}

// refuse counts a webhook that is not the carrier's, or not ours.
func (s *Server) refuse(hook webhook, why error) error {
	result := "forged"
	switch {
	case errors.Is(why, twilio.ErrRepeated):
		result = "repeated_parameter"
	case errors.Is(why, twilio.ErrAccount):
		result = "other_account"
	case errors.Is(why, callback.ErrForeign):
		result = "other_call"
	}
	s.Metrics.webhook(hook.kind, result)
	if s.Tally != nil {
		s.Tally.Add("webhook_" + result)
	}
	return &problem{code: forged, cause: why}
}

// handle brings a webhook to the engine and answers after the commit.
func (s *Server) handle(r *http.Request, hook webhook) (callback.Step, error) {
	ev, err := twilio.Parse(r.URL.Path, r.URL.Query(), hook.form, r.Header.Get(twilio.TokenHeader), s.now())
	if err != nil {
		return callback.Step{}, &problem{code: badParameter, cause: err}
	}
	ev.Trace = trace(r)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), webhookTakes)
	defer cancel()
	return s.Engine.Handle(ctx, ev)
}

// instructs answers a webhook that wants to know how the call goes on. Whatever goes
// wrong, there is somebody on the phone who must hear something.
func (s *Server) instructs(w http.ResponseWriter, r *http.Request) error {
	hook, err := s.open(w, r)
	if err != nil {
		return err
	}
	step, err := s.handle(r, hook)
	var bad *twilio.ParameterError
	switch {
	case err == nil:
		s.twiML(w, hook, "done", twilio.Render(step, hook.base))
	case errors.Is(err, callback.ErrForeign):
		return s.refuse(hook, err)
	case errors.Is(err, callback.ErrNotFound):
		s.twiML(w, hook, "unknown", twilio.Render(callback.Step{Kind: callback.StepHangUp}, hook.base))
	case errors.As(err, &bad):
		s.log().WarnContext(r.Context(), "webhook can't be understood", "kind", hook.kind, "err", bad)
		s.twiML(w, hook, "bad", twilio.Render(callback.Step{Kind: callback.StepHangUp}, hook.base))
	default:
		s.log().ErrorContext(r.Context(), "webhook failed", "kind", hook.kind, "err", err)
		s.twiML(w, hook, "failed", s.again(r, hook))
	}
	return nil
}

// again sends the call back to the same webhook after a pause, some times; then it
// gives up with a sentence.
func (s *Server) again(r *http.Request, hook webhook) []byte {
	query := r.URL.Query()
	if twilio.TimesAgain(query) < twilio.MaxTimesAgain {
		return twilio.RenderAgain(twilio.AgainURL(hook.base, r.URL.Path, query, hook.form))
	}
	sorry := callback.Step{Kind: callback.StepSay, Phrase: callback.SayTrouble, Language: s.Settings().Business.Language}
	return twilio.Render(sorry, hook.base)
}

// reported answers a status callback. One that could not be kept is answered with an
// error, as it is the truth; the carrier does not repeat it, but the engine asks by
// itself about whatever does not move.
func (s *Server) reported(w http.ResponseWriter, r *http.Request) error {
	hook, err := s.open(w, r)
	if err != nil {
		return err
	}
	_, err = s.handle(r, hook)
	var bad *twilio.ParameterError
	switch {
	case err == nil:
		s.twiML(w, hook, "done", twilio.Render(callback.Step{}, hook.base))
	case errors.Is(err, callback.ErrForeign):
		return s.refuse(hook, err)
	case errors.Is(err, callback.ErrNotFound):
		s.twiML(w, hook, "unknown", twilio.Render(callback.Step{}, hook.base))
	case errors.As(err, &bad):
		s.log().WarnContext(r.Context(), "webhook can't be understood", "kind", hook.kind, "err", bad)
		s.Metrics.webhook(hook.kind, "bad")
		return err
	case r.URL.Path == twilio.TextPath && twilio.TimesAgain(r.URL.Query()) < twilio.MaxTimesAgain:
		// A text that could not be kept may be a STOP. Twilio repeats no webhook, but follows.
		s.log().ErrorContext(r.Context(), "webhook failed", "kind", hook.kind, "err", err)
		s.twiML(w, hook, "failed", twilio.RenderTextAgain(twilio.AgainURL(hook.base, r.URL.Path, r.URL.Query(), hook.form)))
	default:
		s.Metrics.webhook(hook.kind, "failed")
		return unsaved(err)
	}
	return nil
}

func (s *Server) twiML(w http.ResponseWriter, hook webhook, result string, body []byte) {
	s.Metrics.webhook(hook.kind, result)
	write(w, http.StatusOK, "text/xml; charset=utf-8", body)
}

// WebhookSeen is when the last webhook came whose signature fitted; zero: none since
// the start.
func (s *Server) WebhookSeen() time.Time {
	if ms := s.seen.Load(); ms != 0 {
		return time.UnixMilli(ms).UTC()
	}
	return time.Time{}
}
