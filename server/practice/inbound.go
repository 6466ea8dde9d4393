package practice

import (
	"net/url"
	"strings"

	"ringback/server/callback"
)

// ComeIn is somebody who calls a number of ours and stays on the line until the TwiML
// at that address, or HangUp, ends the call. It returns the call's SID at once. from may
// be what Twilio says of a withheld number.
func (n *Network) ComeIn(from, to, address string) (string, error) {
	c := n.newCall(n.ctx, to, from)
	c.inbound = true
	if !n.register(c) {
		return "", refuse(callback.CarrierDown, 0, errClosed)
	}
	n.answer(c)
	n.start(func() {
		n.play(c, address)
		n.end(c, callback.CallDone)
	})
	return c.sid, nil
}

// TextIn is somebody who texts a number of ours; the webhook goes to that address. It
// returns the text's SID when the webhook was answered, with what that said.
func (n *Network) TextIn(from, to, body, address string) (sid string, err error) {
	sid = "SM" + random()
	hook := Webhook{URL: address, TwiML: true, Form: url.Values{
		"AccountSid": {n.Account}, "ApiVersion": {"2010-04-01"}, "MessageSid": {sid}, "SmsSid": {sid}, "SmsMessageSid": {sid},
		"SmsStatus": {"received"}, "From": {from}, "To": {to}, "Body": {body}, "NumMedia": {"0"}, "NumSegments": {"1"},
	}}
	got, err := n.post(n.ctx, hook, ask(n.Faults.Webhook, hook))
	if err != nil {
		return sid, err
	}
	verbs, err := parse(got)
	if err == nil && len(verbs) > 0 {
		n.warn(12200, &call{sid: sid}, "a text is answered with "+strings.ToLower(verbs[0].name()))
	}
	return sid, err
}
