package server

import (
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"ringback/server/settings"
)

// publicHost says whether a Host is one that we answer to: this computer by its own
// names, or the public address. Any other name that leads here is somebody's attempt
// to reach this computer through a visitor's browser.
func (s *Server) publicHost(r *http.Request) bool {
	if s.publicURL() == "" && s.proxied(r) {
		return false // practice, or a shop without an address, is shown to nobody outside
	}
	return loopback(r.Host) || isHostOf(s.publicURL(), r.Host) || s.olderHost(r.Host)
}

// olderHost says whether a call still comes to that address although it is ours no more.
func (s *Server) olderHost(host string) bool {
	return s.Older != nil && slices.ContainsFunc(s.Older(), func(base string) bool { return isHostOf(base, host) })
}

// proxied says whether the owner's own proxy brought the request: many say this computer's
// own name for the Host, so that only the header that it sets tells who is outside.
func (s *Server) proxied(r *http.Request) bool {
	t := s.Settings().Tunnel
	return t.Kind == settings.OwnAddress && t.ClientIPHeader != "" && r.Header.Get(t.ClientIPHeader) != ""
}

func (s *Server) publicURL() string {
	if s.PublicURL == nil {
		return ""
	}
	return s.PublicURL()
}

// loopback says whether a Host is this computer by its own names, at any port.
func loopback(host string) bool {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = host, ""
		if inner, ok := strings.CutPrefix(host, "["); ok {
			name, _ = strings.CutSuffix(inner, "]")
		}
	}
	if strings.Trim(port, "0123456789") != "" {
		return false
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
