package practice

import (
	"context"
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
	SID     string
	To      string
	From    string
	Body    string
	At      time.Time
	Status  callback.TextStatus // taken, delivered or undelivered
	Station string              // the same in Twilio's words: queued, sent, delivered, undelivered
	Code    int                 // why it is undelivered

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
	return n.send(SentText{To: m.To, From: m.From, Body: twilio.TextBody(m), id: m.Text}, twilio.TextStatusURL(m.Base, m.Text))
}

// Send takes a text as the REST interface of a network is asked for it, returns its
// SID at once, and reports its delivery there (empty: nowhere). Errors as in Place.
func (n *Network) Send(to, from, body, reports string) (string, error) {
	return n.send(SentText{To: to, From: from, Body: body}, reports)
}

func (n *Network) send(text SentText, reports string) (string, error) {
	if err := n.deliverable(text.To, text.From); err != nil {
		return "", err
	}
	text.SID, text.At, text.Status, text.Station = "SM"+random(), n.now(), callback.TextTaken, "queued"
	if !n.keep(text) {
		return "", refuse(callback.CarrierDown, 0, errClosed)
	}
	n.start(func() { n.deliver(text, reports) })
	return text.SID, nil
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

// AskText tells how a text stands. One of an earlier start is not known any more.
func (n *Network) AskText(_ context.Context, sid string) (callback.TextReport, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, sent := range n.texts {
		if sent.SID == sid {
			return callback.TextReport{Status: sent.Status, Code: sent.Code}, nil
		}
	}
	return callback.TextReport{}, fmt.Errorf("text %s: %w", sid, callback.ErrNotFound)
}

// Texts returns the last 20 texts, oldest first.
func (n *Network) Texts() []SentText {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(lastOf(n.texts, shownTexts))
}

// Sent returns the texts that are still known, the last 100, oldest first.
func (n *Network) Sent() []SentText {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.texts)
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
func (n *Network) deliver(text SentText, reports string) {
	if !n.wait(n.ctx, n.scaled(travel)) {
		return
	}
	n.arrived(text, reports, "sent", callback.TextTaken, 0)
	if !n.wait(n.ctx, n.scaled(travel)) {
		return
	}
	if code := ask(n.Faults.Deliver, text.To); code != 0 {
		n.arrived(text, reports, "undelivered", callback.TextLost, code)
		return
	}
	n.arrived(text, reports, "delivered", callback.TextDelivered, 0)
}

// arrived notes a station and reports it.
func (n *Network) arrived(text SentText, reports, station string, status callback.TextStatus, code int) {
	n.mu.Lock()
	for i := range n.texts {
		if n.texts[i].SID == text.SID {
			n.texts[i].Station, n.texts[i].Status, n.texts[i].Code = station, status, code
		}
	}
	n.mu.Unlock()
	if reports == "" {
		return
	}
	form := url.Values{
		"AccountSid": {n.Account}, "ApiVersion": {"2010-04-01"},
		"MessageSid": {text.SID}, "SmsSid": {text.SID}, "MessageStatus": {station}, "SmsStatus": {station},
		"From": {text.From}, "To": {text.To},
	}
	if code != 0 {
		form.Set("ErrorCode", strconv.Itoa(code))
	}
	n.postReport(Webhook{URL: reports, Form: form})
}
