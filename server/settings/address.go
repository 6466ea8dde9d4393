package settings

import (
	"errors"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// hostName is a name of the DNS as certificates and browsers write it: lower
// case, letters of other scripts in their xn-- form.
var hostName = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// checkHost wants a name that others can look up: two labels at least.
func checkHost(s string) error {
	if !hostName.MatchString(s) || !strings.Contains(s, ".") || len(s) > 253 {
		return errors.New("is not a host name such as anns-bakery.ngrok.app")
	}
	return nil
}

// checkOrigin wants an origin exactly as browsers send it, since it is
// compared letter by letter: no path, no default port, no capitals. Without
// TLS only this computer, where the owner's web designer works.
func checkOrigin(s string) error {
	o, ok := parseOrigin(s)
	if !ok {
		return errors.New("is not an origin such as https://anns-bakery.example: lower case, no path, no usual port")
	}
	if o.Scheme != "https" && !loopback(o.Hostname()) {
		return errors.New("is not https://; http:// is only for localhost")
	}
	return nil
}

// checkPublicURL wants the base of the public address. It has no path, as
// Twilio signs the address together with the path that we receive.
func checkPublicURL(s string) error {
	if o, ok := parseOrigin(s); !ok || o.Scheme != "https" {
		return errors.New("is not https://host or https://host:port")
	}
	return nil
}

// parseOrigin reads scheme://host[:port] in the one spelling that browsers use.
func parseOrigin(s string) (*url.URL, bool) {
	u, err := url.Parse(s)
	if err != nil || s != u.Scheme+"://"+u.Host || (u.Scheme != "https" && u.Scheme != "http") {
		return nil, false
	}
	return u, plainHost(u) && plainPort(u)
}

func plainHost(u *url.URL) bool {
	host := u.Hostname()
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.String() == host && ip.Zone() == ""
	}
	return hostName.MatchString(host) && len(host) <= 253
}

func plainPort(u *url.URL) bool {
	port := u.Port()
	if port == "" {
		return !strings.HasSuffix(u.Host, ":")
	}
	usual := map[string]string{"https": "443", "http": "80"}[u.Scheme]
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n > 0 && port == strconv.FormatUint(n, 10) && port != usual
}

// checkPage wants a page that a visitor can open.
func checkPage(s string) error {
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Hostname() == "" || u.User != nil {
		return errors.New("is not a page's address such as https://anns-bakery.example/privacy")
	}
	return nil
}

// loopback says whether host, without port or brackets, is this computer.
func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || (err == nil && ip.Unmap().IsLoopback())
}
