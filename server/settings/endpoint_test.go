package settings

import (
	"strings"
	"testing"
)

func TestSecretsGoOnlyToThisComputerOrOverTLSWhereAllowed(t *testing.T) {
	for name, c := range map[string]struct {
		raw           string
		alone, remote bool // right without and with RINGBACK_ALLOW_REMOTE=1
	}{
		"not set":                            {"", true, true},
		"this computer":                      {"http://127.0.0.1:8080", true, true},
		"this computer by another address":   {"http://127.1.2.3", true, true},
		"this computer in IPv6":              {"http://[::1]:8080/base", true, true},
		"this computer in mapped IPv6":       {"http://[::ffff:127.0.0.1]:8080", true, true},
		"this computer by its name":          {"http://localhost:8080", true, true},
		"another over TLS":                   {"https://twilio.example", false, true},
		"another without TLS":                {"http://twilio.example", false, false},
		"a name that only begins like it":    {"http://localhost.example", false, false},
		"an address that only looks like it": {"http://127.0.0.1.example", false, false},
		"every address is not this computer": {"http://0.0.0.0:8080", false, false},
		"a user and a password":              {"http://ann:hunter2@127.0.0.1", false, false},
		"a loopback user of another host":    {"http://127.0.0.1:80@twilio.example", false, false},
		"no scheme":                          {"127.0.0.1:8080", false, false},
		"another scheme":                     {"file:///etc/passwd", false, false},
		"no host":                            {"http://:8080", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			checkBoth(t, CheckEndpoint, "RINGBACK_TWILIO_URL", c.raw, c.alone, c.remote)
		})
	}
}

func TestTheTunnelsServerIsHostAndPort(t *testing.T) {
	for name, c := range map[string]struct {
		raw           string
		alone, remote bool
	}{
		"not set":                  {"", true, true},
		"this computer":            {"127.0.0.1:8443", true, true},
		"this computer in IPv6":    {"[::1]:8443", true, true},
		"another":                  {"connect.ngrok.example:443", false, true},
		"without a port":           {"127.0.0.1", false, false},
		"with a port that is none": {"127.0.0.1:https", false, false},
		"with port 0":              {"127.0.0.1:0", false, false},
		"without a host":           {":8443", false, false},
		"a URL":                    {"https://127.0.0.1:8443", false, false},
		"with a password":          {"ann:hunter2@127.0.0.1:8443", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			checkBoth(t, CheckServer, "RINGBACK_NGROK_SERVER", c.raw, c.alone, c.remote)
		})
	}
}

func checkBoth(t *testing.T, check func(string, string, bool) error, name, raw string, alone, remote bool) {
	t.Helper()
	for allowed, right := range map[bool]bool{false: alone, true: remote} {
		err := check(name, raw, allowed)
		if (err == nil) != right {
			t.Errorf("remote allowed %t: got %v, want right: %t", allowed, err, right)
		}
		if err != nil && (!strings.HasPrefix(err.Error(), name+": ") || strings.Contains(err.Error(), "hunter2")) {
			t.Errorf("got %v", err)
		}
	}
}
