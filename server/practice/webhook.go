package practice

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"ringback/server/twilio"
)

// answerTime is how long Twilio waits for a webhook's answer.
const answerTime = 15 * time.Second

var (
	errDropped  = errors.New("the webhook was lost")
	errTooSlow  = errors.New("no answer within 15 seconds")
	errPanicked = errors.New("the handler panicked")
)

// report queues a status callback, if the call wants one for that event.
func (n *Network) report(c *call, event, status string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.reportLocked(c, event, status)
}

func (n *Network) reportLocked(c *call, event, status string) {
	if c.reports == "" || !slices.Contains(c.events, event) || n.closed {
		return
	}
	form := n.form(c, status)
	form.Set("CallbackSource", "call-progress-events")
	form.Set("Timestamp", n.now().UTC().Format(time.RFC1123Z))
	form.Set("SequenceNumber", strconv.Itoa(c.seq))
	c.seq++
	if event == "completed" {
		seconds := int(c.talked(n.now()).Round(time.Second) / time.Second)
		form.Set("CallDuration", strconv.Itoa(seconds))
		form.Set("Duration", strconv.Itoa((seconds+59)/60))
		if c.code != 0 {
			form.Set("ErrorCode", strconv.Itoa(c.code))
		}
	}
	c.out <- Webhook{URL: c.reports, Form: form}
}

// form is what each webhook about a call says; the caller holds the mutex.
func (n *Network) form(c *call, status string) url.Values {
	form := url.Values{
		"AccountSid": {n.Account}, "ApiVersion": {"2010-04-01"},
		"CallSid": {c.sid}, "CallStatus": {status}, "Direction": {"outbound-api"},
		"From": {c.from}, "Caller": {c.from}, "To": {c.to}, "Called": {c.to},
	}
	if c.inbound {
		form.Set("Direction", "inbound")
	}
	if c.parent != nil {
		form.Set("Direction", "outbound-dial")
		form.Set("ParentCallSid", c.parent.sid)
	}
	return form
}

// wanted is the form of a webhook that wants TwiML now.
func (n *Network) wanted(c *call) url.Values {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.form(c, string(c.status))
}

// reportInOrder posts a call's status callbacks one after the other, but for those
// that the faults delay.
func (n *Network) reportInOrder(c *call) {
	for {
		select {
		case hook, more := <-c.out:
			if !more {
				return
			}
			n.postReport(hook)
		case <-n.ctx.Done():
			return
		}
	}
}

func (n *Network) postReport(hook Webhook) {
	fate := ask(n.Faults.Webhook, hook)
	if fate.Delay > 0 {
		n.start(func() { n.expectTaken(hook, fate) })
		return
	}
	n.expectTaken(hook, fate)
}

// expectTaken posts a status callback, which must be answered 2xx (15003).
func (n *Network) expectTaken(hook Webhook, fate Fate) {
	got, err := n.post(n.ctx, hook, fate)
	if n.ctx.Err() != nil || errors.Is(err, errDropped) {
		return
	}
	about := &call{sid: hook.Form.Get("CallSid")}
	if err != nil {
		n.warn(15003, about, "status callback: "+err.Error())
	} else if !got.taken() {
		n.warn(15003, about, fmt.Sprintf("status callback: answered %d", got.status))
	}
}

// post brings a webhook to the handler, as the fate allows, and returns the last
// answer.
func (n *Network) post(ctx context.Context, hook Webhook, fate Fate) (got *answer, err error) {
	if !n.wait(ctx, fate.Delay) {
		return nil, context.Cause(ctx)
	}
	if fate.Drop {
		return nil, errDropped
	}
	token := random()
	for range 1 + fate.Repeat {
		got, err = n.serve(ctx, hook, token)
	}
	return got, err
}

// serve lets the handler answer one signed webhook, in a goroutine of its own, so
// that one who never answers costs no more than with Twilio.
func (n *Network) serve(ctx context.Context, hook Webhook, token string) (*answer, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, answerTime, errTooSlow)
	defer cancel()
	r, err := n.request(ctx, hook, token)
	if err != nil {
		return nil, err
	}
	got := &answer{header: http.Header{}}
	done := make(chan error, 1)
	n.serving.Go(func() {
		defer func() {
			if recover() != nil {
				done <- errPanicked
			}
		}()
		n.Handler.ServeHTTP(got, r)
		done <- nil
	})
	select {
	case err := <-done:
		return got, err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func (n *Network) request(ctx context.Context, hook Webhook, token string) (*http.Request, error) {
	body := hook.Form.Encode()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, hook.URL, strings.NewReader(body))
	if err != nil {
		return nil, errors.New("the webhook's address is no URL") // err repeats it
	}
	if r.URL.Host == "" {
		return nil, errors.New("the webhook's address names no host")
	}
	r.RequestURI = r.URL.RequestURI()
	r.RemoteAddr = "127.0.0.1:5060"
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
	r.Header.Set("User-Agent", "TwilioProxy/1.1")
	r.Header.Set(twilio.TokenHeader, token)
	r.Header.Set(twilio.SignatureHeader, twilio.Sign(n.Token, hook.URL, hook.Form))
	return r, nil
}

// answer records what the handler writes.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	// 1xx only announce; the first real status counts.
	if a.status == 0 && status >= 200 {
		a.status = status
	}
}

func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(p)
}

// taken says that the answer is a 2xx. A handler that wrote nothing answered 200.
func (a *answer) taken() bool { return a.status == 0 || a.status/100 == 2 }

// wait lets time pass; false: the context ended first.
func (n *Network) wait(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
