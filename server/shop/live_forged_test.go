package shop_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"ringback/server/callback"
	"ringback/server/twilio"
	"ringback/server/twilio/twiliotest"
)

const otherSID = "00000000000000000000000000000009"

// forgery is a webhook that is none of Twilio's, made of what a true one would be.
type forgery struct {
	name   string
	change func(f url.Values)       // of the parameters, before they are signed
	sign   func(e *exchange) string // with which token; nil: with the true one
	after  func(f url.Values)       // of the parameters, after they were signed
	tail   string                   // of the address, after it was signed
	result string                   // how it is counted
}

var forgeries = []forgery{
	{name: "signed with another token", sign: func(*exchange) string { return "guessed" }, result: "forged"},
	{name: "signed with an empty token", sign: func(*exchange) string { return "" }, result: "forged"},
	{name: "signed with the account's SID", sign: func(e *exchange) string { return e.Account }, result: "forged"},
	{name: "changed after it was signed", after: func(f url.Values) { f.Set("CallStatus", "completed") }, result: "forged"},
	{name: "longer after it was signed", after: func(f url.Values) { f.Set("Digits", "1") }, result: "forged"},
	{name: "sent to another address than was signed", tail: "&again=1", result: "forged"},
	{name: "for another account, rightly signed", change: func(f url.Values) { f.Set("AccountSid", "AC"+otherSID) }, result: "other_account"},
	{name: "without an account, rightly signed", change: func(f url.Values) { f.Del("AccountSid") }, result: "other_account"},
	{name: "with a parameter twice", after: func(f url.Values) { f.Add("CallStatus", "in-progress") }, result: "repeated_parameter"},
	{name: "with a parameter twice that others hide behind", change: func(f url.Values) { f.Add("Digits", "1"); f.Add("Digits", "3") }, result: "repeated_parameter"},
	{name: "with the leg twice in its address", tail: "&leg=x", result: "repeated_parameter"},
	{name: "for that leg under another call's SID, rightly signed", change: func(f url.Values) { f.Set("CallSid", "CA"+otherSID) }, result: "other_call"},
}

// forge posts it to the shop and returns how it is answered.
func (e *exchange) forge(r *running, address string, forged forgery) int {
	r.t.Helper()
	sid := e.Network.Records()[0].SID
	form := url.Values{"AccountSid": {e.Account}, "CallSid": {sid}, "CallStatus": {"in-progress"}, "SequenceNumber": {"7"},
		"DialCallStatus": {"completed"}, "DialBridged": {"true"}}
	if forged.change != nil {
		forged.change(form)
	}
	token := e.Token
	if forged.sign != nil {
		token = forged.sign(e)
	}
	signature := twilio.Sign(token, address, form)
	if forged.after != nil {
		forged.after(form)
	}
	q, err := http.NewRequestWithContext(r.t.Context(), http.MethodPost, r.url+strings.TrimPrefix(address, publicAddress)+forged.tail, strings.NewReader(form.Encode()))
	if err != nil {
		r.t.Fatal(err)
	}
	q.Host = strings.TrimPrefix(publicAddress, "https://")
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	q.Header.Set(twilio.SignatureHeader, signature)
	res, err := r.web.Do(q)
	if err != nil {
		r.t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, res.Body)
	res.Body.Close()
	return res.StatusCode
}

// addressesOf are all that a leg's webhooks come to.
func addressesOf(leg string) []string {
	return []string{
		twilio.WhisperURL(publicAddress, leg), twilio.KeyURL(publicAddress, leg, 1),
		twilio.DialledURL(publicAddress, leg, leg+"0"), twilio.StatusURL(publicAddress, leg),
	}
}

func TestAForgedWebhookIsRefusedCountedAndChangesNothing(t *testing.T) {
	for _, forged := range forgeries {
		t.Run(forged.name, func(t *testing.T) {
			inBubble(t, liveWith(once, nobodyIn), func(e *exchange, r *running) {
				id := r.ask(jane).ID
				synctest.Wait() // the phone rings, and the shop knows its call
				before := r.do(http.MethodGet, "/status/"+id, nil)
				addresses := addressesOf(e.legs()[0])
				for _, address := range addresses {
					if got := e.forge(r, address, forged); got != http.StatusForbidden {
						t.Errorf("%s is answered %d, want 403", address, got)
					}
				}
				if after := r.do(http.MethodGet, "/status/"+id, nil); after != before || after.Status != "calling" {
					t.Errorf("it is %+v, and was %+v", after, before)
				}
				for _, kind := range []string{"whisper", "key", "dialled", "status_callback"} {
					if got := r.counted(kind, forged.result); got != 1 {
						t.Errorf("/metrics counts %d of %s as %s, want 1", got, kind, forged.result)
					}
				}
				r.until(id, "sms_sent")
				if n := e.calls(jane); n != 0 {
					t.Errorf("the visitor was rung %d times", n)
				}
				all := r.closed()
				got := slices.DeleteFunc(all[0].log, func(m move) bool { return m.kind == "settings" || m.kind == "mode" })
				if len(got) != 1 || got[0].kind != callback.Kind("refused_webhook_"+forged.result) || got[0].Count != len(addresses) {
					t.Errorf("the event log says of what was refused: %+v", got)
				}
				for _, m := range all[1].log {
					if m.kind == callback.Answered || m.kind == callback.Key || m.kind == callback.Dialled {
						t.Errorf("the event log has a %s, though nobody answered", m.kind)
					}
				}
			})
		})
	}
}

// legs are those that calls were asked for, in their order.
func (e *exchange) legs() []string {
	var legs []string
	for _, q := range e.Requests() {
		if q.Op != twiliotest.CreateCall {
			continue
		}
		if u, err := url.Parse(q.Form.Get("Url")); err == nil {
			legs = append(legs, u.Query().Get("leg"))
		}
	}
	return legs
}

// counted is a number of /metrics, on the port behind that of the site.
func (r *running) counted(kind, result string) (n int) {
	r.t.Helper()
	name := fmt.Sprintf("ringback_webhooks_total{kind=%q,result=%q} ", kind, result)
	for line := range strings.Lines(r.ops("/metrics")) {
		if value, ok := strings.CutPrefix(line, name); ok {
			var err error
			if n, err = strconv.Atoi(strings.TrimSpace(value)); err != nil {
				r.t.Fatal(err)
			}
		}
	}
	return n
}
