package practice

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"time"

	"ringback/server/callback"
	"ringback/server/twilio"
)

// shownTexts is how many texts Texts returns.
const shownTexts = 20

// travel is how long a text takes from one station to the next.
const travel = 200 * time.Millisecond

// SentText is a text that the network took.
type SentText struct {
	SID    string
	To     string
	From   string
	Body   string
	At     time.Time
	Status callback.TextStatus // taken, delivered or undelivered

	id string // the engine's
}

// Text takes a text, returns its SID at once, and reports its delivery. The error
// is a *callback.CarrierError unless the faults say otherwise.
func (n *Network) Text(ctx context.Context, m callback.Message) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", refuse(callback.CarrierDown, 0, err)
	}
	out := ask(n.Faults.Text, m)
	if out.Err != nil && !out.Done {
		return "", out.Err
	}
	sid, err := n.take(m)
	if err == nil && out.Err != nil {
		return "", out.Err
	}
	return sid, err
}

func (n *Network) take(m callback.Message) (string, error) {
	switch {
	case n.Handler == nil:
		return "", refuse(callback.CarrierDown, 0, errors.New("the practice network has no handler for webhooks"))
	case !e164.MatchString(m.To):
		return "", refuse(twilio.Classify(21211), 21211, errors.New("the number of the text is not E.164"))
	case !e164.MatchString(m.From):
		return "", refuse(twilio.Classify(21212), 21212, errors.New("the sender's number is not E.164"))
	}
	sid := "SM" + random()
	if !n.keep(SentText{SID: sid, To: m.To, From: m.From, Body: twilio.TextBody(m), At: n.now(), Status: callback.TextTaken, id: m.Text}) {
		return "", refuse(callback.CarrierDown, 0, errClosed)
	}
	n.start(func() { n.deliver(sid, m) })
	return sid, nil
}

// FindText looks for a text by its id. One wanted before this start counts as
// taken, under a SID that nobody knows, so that it is not sent twice.
func (n *Network) FindText(_ context.Context, m callback.Message, since time.Time) (string, error) {
	if err := ask(n.Faults.FindText, m); err != nil {
		return "", err
	}
	if since.Before(n.born) {
		return "SM" + random(), nil
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, sent := range n.texts {
		if sent.id == m.Text {
			return sent.SID, nil
		}
	}
	return "", fmt.Errorf("text %s: %w", m.Text, callback.ErrNotFound)
}

// Texts returns the last 20 texts, oldest first.
func (n *Network) Texts() []SentText {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(lastOf(n.texts, shownTexts))
}

// keep remembers a text; false: the network is closed.
func (n *Network) keep(sent SentText) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.closed {
		return false
	}
	n.texts = lastOf(append(n.texts, sent), keptTexts)
	return true
}

// deliver brings the text to its phone and reports each station.
func (n *Network) deliver(sid string, m callback.Message) {
	if !n.wait(n.ctx, n.scaled(travel)) {
		return
	}
	n.reportText(sid, m, "sent", 0)
	if !n.wait(n.ctx, n.scaled(travel)) {
		return
	}
	if code := ask(n.Faults.Deliver, m); code != 0 {
		n.arrived(sid, callback.TextLost)
		n.reportText(sid, m, "undelivered", code)
		return
	}
	n.arrived(sid, callback.TextDelivered)
	n.reportText(sid, m, "delivered", 0)
}

func (n *Network) arrived(sid string, status callback.TextStatus) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for i := range n.texts {
		if n.texts[i].SID == sid {
			n.texts[i].Status = status
		}
	}
}

func (n *Network) reportText(sid string, m callback.Message, status string, code int) {
	form := url.Values{
		"AccountSid": {n.Account}, "ApiVersion": {"2010-04-01"},
		"MessageSid": {sid}, "SmsSid": {sid}, "MessageStatus": {status}, "SmsStatus": {status},
		"From": {m.From}, "To": {m.To},
	}
	if code != 0 {
		form.Set("ErrorCode", strconv.Itoa(code))
	}
	n.postReport(Webhook{URL: twilio.TextStatusURL(m.Base, m.Text), Form: form})
}
