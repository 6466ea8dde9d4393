package server

import (
	"net/http"
	"net/netip"
	"strings"

	"ringback/assets"
	"ringback/server/settings"
)

// visitor is the address that a request came from: the peer's, or where the owner's
// own proxy stands before us, what its one header says. A value that is no address
// counts as none. The last value is the proxy's own, those before it are what it was
// sent.
func (s *Server) visitor(r *http.Request) netip.Addr {
	tunnel := s.Settings().Tunnel
	if tunnel.Kind == settings.OwnAddress && tunnel.ClientIPHeader != "" {
		if lines := r.Header.Values(tunnel.ClientIPHeader); len(lines) > 0 {
			values := strings.Split(lines[len(lines)-1], ",")
			if ip, ok := address(strings.TrimSpace(values[len(values)-1])); ok {
				return ip
			}
		}
	}
	ip, _ := address(r.RemoteAddr)
	return ip
}

// address reads an address with or without a port.
func address(text string) (netip.Addr, bool) {
	if with, err := netip.ParseAddrPort(text); err == nil {
		return with.Addr(), true
	}
	ip, err := netip.ParseAddr(strings.Trim(text, "[]"))
	return ip, err == nil
}

// language is the visitor's: the one wished for if the shop offers it, else what the
// browser likes best among those offered. What was found is kept for the exchange.
func (s *Server) language(r *http.Request, wished string) string {
	x := exchangeOf(r)
	offered := s.Settings().Form.Languages
	base, _, _ := strings.Cut(strings.ToLower(wished), "-")
	for _, code := range offered {
		if code == base {
			x.language = code
		}
	}
	if x.language == "" {
		x.language = assets.MatchLanguage(r.Header.Get("Accept-Language"), offered)
	}
	return x.language
}
