package twilio

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/twilio/twilio-go/client"
	api "github.com/twilio/twilio-go/rest/api/v2010"
)

// longestAnswer bounds what is read of an answer; a full page of 200 calls has
// some 400 kB.
const longestAnswer = 4 << 20

var errTooLong = errors.New("the answer is too long")

// trip is one request to Twilio on its way, and what is known of it. twilio-go has
// no contexts, hides the HTTP status behind the one that the body claims, follows
// where the environment says and never closes the body of an error; a RoundTripper
// of one's own for each request mends all four.
type trip struct {
	ctx       context.Context
	to        *url.URL
	transport http.RoundTripper

	tried     atomic.Bool // twilio-go handed it over
	connected atomic.Bool // there was a connection, so bytes may have left
	status    int         // of the answer; 0: none
	body      []byte
	date      time.Time // the answerer's clock; zero: it says none
	err       error     // why there is no whole answer
}

// RoundTrip sends the request to the configured base and reads the whole answer, so
// that the connection is free again whatever twilio-go does with it.
func (t *trip) RoundTrip(r *http.Request) (*http.Response, error) {
	t.tried.Store(true)
	res, err := t.send(r)
	if err != nil {
		t.err = err
		return nil, err
	}
	t.status = res.StatusCode
	t.date, _ = http.ParseTime(res.Header.Get("Date"))
	t.body, t.err = readAll(res.Body)
	if t.err != nil {
		return nil, t.err
	}
	res.Body = io.NopCloser(bytes.NewReader(t.body))
	return res, nil
}

func (t *trip) send(r *http.Request) (*http.Response, error) {
	// GotConn comes after the TLS handshake and before the first byte of the
	// request. A connection that turns out dead counts as one that carried it.
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { t.connected.Store(true) }}
	r = r.Clone(httptrace.WithClientTrace(t.ctx, trace))
	r.URL.Scheme, r.URL.Host, r.Host = t.to.Scheme, t.to.Host, ""
	r.URL.Path = strings.TrimSuffix(t.to.Path, "/") + r.URL.Path
	r.URL.RawPath = ""
	return t.transport.RoundTrip(r)
}

func readAll(body io.ReadCloser) ([]byte, error) {
	all, err := io.ReadAll(io.LimitReader(body, longestAnswer+1))
	err = errors.Join(err, body.Close())
	if err == nil && len(all) > longestAnswer {
		err = errTooLong
	}
	return all, err
}

// do lets f make one request with a service of its own: services are tiny, and one
// shared could not be cancelled. The trip tells what became of it.
func (c *Client) do(ctx context.Context, f func(*api.ApiService) error) (*trip, error) {
	to, err := c.base()
	if err != nil {
		return &trip{}, err
	}
	ctx, stop := context.WithTimeout(ctx, c.timeout())
	defer stop()
	t := &trip{ctx: ctx, to: to, transport: c.connections()}
	base := &client.Client{
		Credentials: client.NewCredentials(c.AccountSID, c.Token),
		HTTPClient:  &http.Client{Transport: t, CheckRedirect: noRedirect},
	}
	base.SetAccountSid(c.AccountSID)
	return t, f(api.NewApiServiceWithClient(base))
}

// noRedirect: an answer that leads elsewhere is none of Twilio's, and elsewhere must
// not learn the token.
func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func (c *Client) base() (*url.URL, error) {
	raw := c.BaseURL
	if raw == "" {
		raw = DefaultURL
	}
	to, err := url.Parse(raw)
	if err != nil || to.Host == "" || to.Scheme != "https" && to.Scheme != "http" {
		return nil, errors.New("the base URL of Twilio's API is no URL") // err repeats it
	}
	return to, nil
}

// connections are shared by all requests and belong to this client alone.
func (c *Client) connections() *http.Transport {
	c.once.Do(func() {
		dial := c.Dial
		if dial == nil {
			dial = (&net.Dialer{Timeout: 5 * time.Second}).DialContext
		}
		c.transport = &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         dial,
			ForceAttemptHTTP2:   true,
			TLSHandshakeTimeout: 5 * time.Second,
			// Short, because a connection that died unseen makes an outcome unknown.
			IdleConnTimeout:        20 * time.Second,
			MaxIdleConnsPerHost:    4,
			MaxResponseHeaderBytes: 64 << 10,
		}
	})
	return c.transport
}
