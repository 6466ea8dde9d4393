package twilio

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/twilio/twilio-go/client"
	api "github.com/twilio/twilio-go/rest/api/v2010"

	"ringback/server/callback"
)

// Twilio's codes that say how a thing stands rather than why it is refused.
const (
	codeNotLive  = 21220 // the call is not in progress (or has ended)
	codeNotThere = 20404
)

const (
	longestRing = 600         // seconds; Timeout's limit
	longestCall = 4 * 60 * 60 // seconds; beyond it TimeLimit would be no limit
	longestText = 36000       // seconds; ValidityPeriod's limit
	// beforeTalk is what a call may last beside the talk: three whispers of 8 s with
	// 4 s each for a key, the visitor's ringing, a last sentence, and the pauses in
	// which a webhook that could not be answered is asked for again.
	beforeTalk = 5 * time.Minute
)

// callEvents are sent as repeated parameters; one string of them all is 21626.
var callEvents = []string{"initiated", "ringing", "answered", "completed"}

// Call rings a shop phone. There is no machine detection: it costs seconds of silence
// and money, and the key press keeps voicemails out. The SID can come later than the
// first webhook.
func (c *Client) Call(ctx context.Context, w callback.Call) (string, error) {
	if err := c.ready(ctx); err != nil {
		return "", err
	}
	params := &api.CreateCallParams{}
	params.SetTo(w.To)
	params.SetFrom(w.From)
	params.SetUrl(WhisperURL(w.Base, w.Leg))
	params.SetMethod("POST")
	params.SetStatusCallback(StatusURL(w.Base, w.Leg))
	params.SetStatusCallbackMethod("POST")
	params.SetStatusCallbackEvent(callEvents)
	if w.Ring > 0 {
		params.SetTimeout(min(seconds(w.Ring), longestRing))
	}
	// The limit holds for the whole call, the Dial's own for the talk. 0: none is wanted.
	if limit := seconds(w.Talk + beforeTalk); w.Talk > 0 && limit < longestCall {
		params.SetTimeLimit(limit)
	}
	var made *api.ApiV2010Call
	t, err := c.do(ctx, func(s *api.ApiService) (err error) {
		made, err = s.CreateCall(params)
		return err
	})
	if err := c.judge("call", t, err); err != nil {
		return "", err
	}
	if !isSID(said(made.Sid), "CA") {
		return "", &unknownError{what: "call", status: t.status, err: errNoSID}
	}
	return *made.Sid, nil
}

// HangUp ends a call. completed ends one that rings as well as one that talks,
// canceled only one that is queued or rings and leaves a talk alone (Twilio, "modify
// a call"). So completed comes first; where Twilio says that the call is not in
// progress, or leaves it queued or ringing, it is cancelled too, and if it is not even
// that, it has ended.
func (c *Client) HangUp(ctx context.Context, sid string) error {
	left, err := c.end(ctx, sid, "completed")
	if err == nil && left != callback.CallQueued && left != callback.CallRinging {
		return nil
	}
	if err != nil && !hasCode(err, codeNotLive) {
		return err
	}
	if _, err := c.end(ctx, sid, "canceled"); !hasCode(err, codeNotLive) {
		return err
	}
	return nil
}

func (c *Client) end(ctx context.Context, sid, status string) (callback.CallStatus, error) {
	if err := c.ready(ctx); err != nil {
		return "", err
	}
	params := &api.UpdateCallParams{}
	params.SetStatus(status)
	var call *api.ApiV2010Call
	t, err := c.do(ctx, func(s *api.ApiService) (err error) {
		call, err = s.UpdateCall(sid, params)
		return err
	})
	if err := c.judge("hang up", t, err); err != nil {
		return "", err
	}
	return callStatuses[said(call.Status)], nil
}

// Ask tells how a call stands. ErrNotFound: the account has no such call.
func (c *Client) Ask(ctx context.Context, sid string) (callback.Report, error) {
	if err := c.ready(ctx); err != nil {
		return callback.Report{}, err
	}
	var call *api.ApiV2010Call
	t, err := c.do(ctx, func(s *api.ApiService) (err error) {
		call, err = s.FetchCall(sid, &api.FetchCallParams{})
		return err
	})
	if err := c.judge("ask", t, err); err != nil {
		if hasCode(err, codeNotThere) {
			return callback.Report{}, errors.Join(callback.ErrNotFound, err)
		}
		return callback.Report{}, err
	}
	if said(call.Sid) != sid {
		return callback.Report{}, &unknownError{what: "ask", status: t.status, err: errOther}
	}
	return report(*call)
}

// Text sends a text and returns its SID; Twilio has then taken it, no more.
func (c *Client) Text(ctx context.Context, m callback.Message) (string, error) {
	if err := c.ready(ctx); err != nil {
		return "", err
	}
	params := &api.CreateMessageParams{}
	params.SetTo(m.To)
	params.SetFrom(m.From)
	params.SetBody(TextBody(m))
	params.SetStatusCallback(TextStatusURL(m.Base, m.Text))
	if m.Valid > 0 {
		params.SetValidityPeriod(min(seconds(m.Valid), longestText))
	}
	var taken *api.ApiV2010Message
	t, err := c.do(ctx, func(s *api.ApiService) (err error) {
		taken, err = s.CreateMessage(params)
		return err
	})
	if err := c.judge("text", t, err); err != nil {
		return "", err
	}
	if !isSID(said(taken.Sid), "SM", "MM") {
		return "", &unknownError{what: "text", status: t.status, err: errNoSID}
	}
	return *taken.Sid, nil
}

// AskText tells how a text stands. ErrNotFound: the account has no such text.
func (c *Client) AskText(ctx context.Context, sid string) (callback.TextReport, error) {
	if err := c.ready(ctx); err != nil {
		return callback.TextReport{}, err
	}
	var text *api.ApiV2010Message
	t, err := c.do(ctx, func(s *api.ApiService) (err error) {
		text, err = s.FetchMessage(sid, &api.FetchMessageParams{})
		return err
	})
	if err := c.judge("ask about a text", t, err); err != nil {
		if hasCode(err, codeNotThere) {
			return callback.TextReport{}, errors.Join(callback.ErrNotFound, err)
		}
		return callback.TextReport{}, err
	}
	if said(text.Sid) != sid {
		return callback.TextReport{}, &unknownError{what: "ask about a text", status: t.status, err: errOther}
	}
	return textReport(*text)
}

// credentials is the code with which twilio-go itself refuses a SID or a token.
func credentials(err error) int {
	var rest *client.TwilioRestError
	if errors.As(err, &rest) && (rest.Code == 21222 || rest.Code == 21224) {
		return rest.Code
	}
	return 0
}

func isSID(sid string, kinds ...string) bool {
	return anySID.MatchString(sid) && slices.Contains(kinds, sid[:2])
}

// said reads one of twilio-go's fields, all of which may be missing.
func said(field *string) string {
	if field == nil {
		return ""
	}
	return *field
}
