package server

import (
	"net"
	"net/url"
	"strings"
)

// publicHost says whether a Host is one that we answer to: this computer by its own
// names, or the public address. Any other name that leads here is somebody's attempt
// to reach this computer through a visitor's browser.
func (s *Server) publicHost(host string) bool {
	return loopback(host) || isHostOf(s.publicURL(), host)
}

func (s *Server) publicURL() string {
	if s.PublicURL == nil {
		return ""
	}
	return s.PublicURL()
}

// loopback says whether a Host is this computer by its own names, at any port.
func loopback(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	} else {
		name = strings.TrimSuffix(strings.TrimPrefix(name, "["), "]")
	}
	return name == "127.0.0.1" || name == "::1" || strings.EqualFold(name, "localhost")
}

// isHostOf says whether host is that of an address; its usual port may be written or not.
func isHostOf(address, host string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	usual := map[string]string{"https": ":443", "http": ":80"}[u.Scheme]
	return strings.EqualFold(strings.TrimSuffix(host, usual), strings.TrimSuffix(u.Host, usual))
}
