package twilio

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"ringback/server/callback"
)

// DefaultURL is where Twilio's REST API is.
const DefaultURL = "https://api.twilio.com"

// defaultTimeout is how long one REST request may take. It is shorter than the
// engine waits for an effect, so that a hang-up can be tried twice.
const defaultTimeout = 7 * time.Second

var _ callback.Carrier = (*Client)(nil)

// Client is the live carrier: Twilio, through twilio-go. Its fields are set before
// the first call and not changed after. Its methods may be called side by side and
// repeat nothing by themselves, because Twilio has no idempotency key.
//
// A *callback.CarrierError comes back only where Twilio is known not to have done
// what was asked: Twilio itself refused it (4xx with Twilio's error body), or no
// connection could be made, so that no byte of it left. All else — no answer, a
// connection cut, 5xx, a page that is not Twilio's, an answer without a SID — may
// hide a call that was made; it comes back as an error of another type. No error
// and no log line repeats a number, a token, a body or what Twilio's message says,
// which quotes numbers.
type Client struct {
	AccountSID string
	Token      string
	BaseURL    string        // empty: DefaultURL; every request goes there, whatever TWILIO_EDGE and TWILIO_REGION say
	Timeout    time.Duration // of one REST request; 0: 7 s
	Log        *slog.Logger  // nil: silent
	Now        func() time.Time
	Dial       func(ctx context.Context, network, address string) (net.Conn, error) // over this computer's network when nil

	once      sync.Once
	transport *http.Transport
}

// Name tells this account from others and from practice.
func (c *Client) Name() string { return "twilio:" + c.AccountSID }

// Close ends the connections that are kept for the next request. Twice is harmless.
func (c *Client) Close() error {
	c.connections().CloseIdleConnections()
	return nil
}

func (c *Client) now() time.Time {
	if c.Now == nil {
		return time.Now()
	}
	return c.Now()
}

func (c *Client) timeout() time.Duration {
	if c.Timeout <= 0 {
		return defaultTimeout
	}
	return c.Timeout
}

// ready is a *callback.CarrierError where nothing can be asked at all.
func (c *Client) ready(ctx context.Context) error {
	switch {
	case !isSID(c.AccountSID, "AC"):
		return &callback.CarrierError{Refusal: callback.AccountBad, Code: 21222, Err: fmt.Errorf("the account SID is not AC and 32 hex digits")}
	case c.Token == "":
		return &callback.CarrierError{Refusal: callback.AccountBad, Code: 20003, Err: fmt.Errorf("there is no auth token")}
	case ctx.Err() != nil:
		return &callback.CarrierError{Refusal: callback.CarrierDown, Err: ctx.Err()}
	}
	return nil
}
