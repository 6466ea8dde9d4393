package twilio

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"

	"ringback/server/callback"
)

// Why nobody knows what became of a request. They say enough for the log, and
// repeat nothing of the answer.
var (
	errNotTwilio = errors.New("the answer is not Twilio's")
	errNoSID     = errors.New("the answer has no SID")
	errOther     = errors.New("the answer is about something else")
	errCut       = errors.New("the connection was cut")
	errName      = errors.New("the name could not be found")
	errTLS       = errors.New("the certificate is not trusted")
	errNetwork   = errors.New("the network failed")
)

// unknownError says that a request may have been obeyed.
type unknownError struct {
	what   string // the operation
	status int    // of the answer; 0: none
	err    error
}

func (e *unknownError) Error() string {
	if e.status != 0 {
		return fmt.Sprintf("%s at twilio: answered %d: %v", e.what, e.status, e.err)
	}
	return fmt.Sprintf("%s at twilio: %v", e.what, e.err)
}

func (e *unknownError) Unwrap() error { return e.err }

// verdict is the body of an error as Twilio writes it. Its message is not read: it
// quotes numbers.
type verdict struct {
	Code int `json:"code"`
}

// judge turns what became of a request into what the engine hears. err is what
// twilio-go made of it; nil with a whole 2xx answer is the only success.
func (c *Client) judge(what string, t *trip, err error) error {
	judged := judge(what, t, err)
	if c.Log != nil {
		code := 0
		var known *callback.CarrierError
		if errors.As(judged, &known) {
			code = known.Code
		}
		c.Log.Debug("twilio", "what", what, "status", t.status, "code", code, "done", judged == nil)
	}
	return judged
}

func judge(what string, t *trip, err error) error {
	switch {
	case !t.tried.Load() && err != nil:
		return neverSent(what, err)
	case t.status == 0 && !t.connected.Load():
		return &callback.CarrierError{Refusal: callback.CarrierDown, Err: fmt.Errorf("%s: no connection to twilio: %w", what, plain(t.err))}
	case t.err != nil:
		return &unknownError{what: what, status: t.status, err: plain(t.err)}
	case t.status/100 == 2 && err == nil:
		return nil
	case t.status/100 == 4:
		return refused(what, t)
	}
	return &unknownError{what: what, status: t.status, err: errNotTwilio}
}

// neverSent: twilio-go refuses credentials with strange characters by itself; their
// text never leaves it.
func neverSent(what string, err error) error {
	if refusal := credentials(err); refusal != 0 {
		return &callback.CarrierError{Refusal: callback.AccountBad, Code: refusal, Err: fmt.Errorf("%s: the account SID or the token has characters that none has", what)}
	}
	return &callback.CarrierError{Refusal: callback.CarrierDown, Err: fmt.Errorf("%s: could not be asked for", what)}
}

// refused reads a 4xx. Only Twilio's own body proves that nothing was done: a proxy
// that blocks an *answer* says 403 too, when the call is already ringing.
func refused(what string, t *trip) error {
	var v verdict
	if json.Unmarshal(t.body, &v) != nil || v.Code <= 0 {
		return &unknownError{what: what, status: t.status, err: errNotTwilio}
	}
	known := &callback.CarrierError{Refusal: Classify(v.Code), Code: v.Code, Err: fmt.Errorf("%s: twilio answered %d", what, t.status)}
	if _, inTable := refusals[v.Code]; !inTable {
		known.Refusal = byStatus(t.status)
	}
	return known
}

// byStatus sorts a refusal whose code the table does not know.
func byStatus(status int) callback.Refusal {
	switch status {
	case http.StatusUnauthorized:
		return callback.AccountBad
	case http.StatusTooManyRequests:
		return callback.CarrierDown
	}
	return callback.Unreachable
}

// plain says in words of ours why a connection failed: the library's words can
// repeat the address, which holds numbers, or pieces of the answer.
func plain(err error) error {
	var (
		errno syscall.Errno
		dns   *net.DNSError
		cert  *tls.CertificateVerificationError
		slow  net.Error
	)
	switch {
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		return context.DeadlineExceeded
	case errors.Is(err, errTooLong):
		return errTooLong
	case errors.As(err, &dns):
		return errName
	case errors.As(err, &cert):
		return errTLS
	case errors.As(err, &errno):
		return errno
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errCut
	}
	return errNetwork
}

// hasCode says that Twilio refused with that code.
func hasCode(err error, code int) bool {
	var known *callback.CarrierError
	return errors.As(err, &known) && known.Code == code
}
