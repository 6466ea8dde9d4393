package settings

import (
	"fmt"
	"net"
	"net/url"
	"strconv"
)

// CheckEndpoint judges a URL that the environment puts in the place of an
// outside service. It receives secrets: it must be this computer, or, with
// allowRemote (RINGBACK_ALLOW_REMOTE=1), be reached over TLS. An empty raw is
// not set and right. The error names the variable and never the value, which
// may hold a password.
func CheckEndpoint(name, raw string, allowRemote bool) error {
	if raw == "" {
		return nil
	}
	u, err := url.Parse(raw)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
		return fmt.Errorf("%s: is not a URL such as http://127.0.0.1:8080, without user or password", name)
	}
	if loopback(u.Hostname()) {
		return nil
	}
	if u.Scheme != "https" {
		return fmt.Errorf("%s: it receives secrets; allowed are this computer (127.0.0.1, [::1], localhost) and, with RINGBACK_ALLOW_REMOTE=1, https://", name)
	}
	return remote(name, allowRemote)
}

// CheckServer judges host:port of an outside service that is always spoken to
// over TLS (RINGBACK_NGROK_SERVER); otherwise as CheckEndpoint.
func CheckServer(name, raw string, allowRemote bool) error {
	if raw == "" {
		return nil
	}
	host, port, err := net.SplitHostPort(raw)
	if n, bad := strconv.ParseUint(port, 10, 16); err != nil || bad != nil || n == 0 || !isHost(host) {
		return fmt.Errorf("%s: is not host:port, such as 127.0.0.1:8443", name)
	}
	if loopback(host) {
		return nil
	}
	return remote(name, allowRemote)
}

func isHost(host string) bool { return hostName.MatchString(host) || net.ParseIP(host) != nil }

func remote(name string, allowed bool) error {
	if !allowed {
		return fmt.Errorf("%s: it receives secrets; another computer is only allowed with RINGBACK_ALLOW_REMOTE=1", name)
	}
	return nil
}
