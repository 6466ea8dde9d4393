package twiliotest

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// Forward makes a handler that posts each webhook over HTTP to the server at target
// (http://127.0.0.1:8787), under the Host of the public address that it was signed for:
// what a tunnel does. A server that can't be reached makes it answer 502.
func Forward(target string) http.Handler { return ForwardOver(nil, target) }

// ForwardOver is Forward over connections that are dialled so; nil: by sockets.
func ForwardOver(dial func(ctx context.Context, network, address string) (net.Conn, error), target string) http.Handler {
	to, err := url.Parse(target)
	transport := &http.Transport{DialContext: dial, ResponseHeaderTimeout: 15 * time.Second, DisableKeepAlives: true}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		out := r.Clone(r.Context())
		out.Host, out.URL.Scheme, out.URL.Host, out.RequestURI = r.URL.Host, to.Scheme, to.Host, ""
		res, err := transport.RoundTrip(out)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		defer res.Body.Close()
		for name, values := range res.Header {
			w.Header()[name] = values
		}
		w.WriteHeader(res.StatusCode)
		_, _ = io.Copy(w, res.Body) // an answer that breaks off can't be parsed
	})
}
