package shop_test

import (
	"bufio"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The contract's section on the environment, sentence by sentence, on the built program.
// The secrets and servers of ngrok and captcha change nothing yet.

const wrongToken = "ffffffffffffffffffffffffffffffff"

// keep writes a token where a computer without a keyring keeps it.
func keep(t *testing.T, data, token string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(data, "secrets.json"), []byte(`{"TWILIO_AUTH_TOKEN": "`+token+`"}`), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAccountAndTokenOfTheEnvironmentStandInForThoseThatAreKept(t *testing.T) {
	const of = "AC00000000000000000000000000000009"
	plain := liveWith("", "+12125550101")
	withAccount := func(account string) string {
		return strings.Replace(plain, `"twilio": {`, `"twilio": {"account_sid": "`+account+`", `, 1)
	}
	for _, c := range []struct {
		name string
		set  func(e *exchange) string
		kept func(e *exchange) string
		env  func(e *exchange) []string
	}{
		{"the account where none is set", func(*exchange) string { return plain }, nil, func(e *exchange) []string { return e.variables() }},
		{"the account in place of another", func(*exchange) string { return withAccount(of) }, nil, func(e *exchange) []string { return e.variables() }},
		{"the token in place of another", func(*exchange) string { return plain }, func(*exchange) string { return wrongToken }, func(e *exchange) []string { return e.variables() }},
		{"neither, where both are kept", func(e *exchange) string { return withAccount(e.Account) }, func(e *exchange) string { return e.Token }, func(e *exchange) []string { return e.variables()[2:] }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := newExchange(t)
			data := t.TempDir()
			if c.kept != nil {
				keep(t, data, c.kept(e))
			}
			l := launch(t, &lines{}, c.env(e), data, "-settings", fileWith(t, c.set(e)))
			e.connect(l.url)
			l.until(l.ask("+12125550123").ID, "completed")
			e.quiet(t)
		})
	}
}

func TestSecretsOfTheEnvironmentAreKeptNowhereAndSaidNowhere(t *testing.T) {
	const told = "telling-value"
	e := newExchange(t)
	data := t.TempDir()
	env := e.variables("NGROK_AUTHTOKEN="+told, "RINGBACK_CAPTCHA_SECRET="+told)
	l := launch(t, &lines{}, env, data, "-settings", fileWith(t, liveWith("", "+12125550101")))
	e.connect(l.url)
	l.until(l.ask("+12125550123").ID, "completed")
	e.quiet(t)
	_, text := printed(t, data)
	l.ends()
	for _, secret := range []string{told, e.Token} {
		if strings.Contains(text+l.log.String(), secret) {
			t.Error("a secret is printed or logged")
		}
		nowhereElse(t, data, secret)
	}
	if _, err := os.Stat(filepath.Join(data, "secrets.json")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file of secrets: %v, want none", err)
	}
}

func TestAVariableThatCanNotBeIsNamedAndNothingIsMade(t *testing.T) {
	set := fileWith(t, `{}`)
	for _, c := range []struct {
		name string
		env  []string
		says string
	}{
		{"an account that is none", []string{"TWILIO_ACCOUNT_SID=hunter2"}, "TWILIO_ACCOUNT_SID: must be AC and 32"},
		{"another computer", []string{"RINGBACK_TWILIO_URL=https://hunter2.example"}, "only allowed with RINGBACK_ALLOW_REMOTE=1"},
		{"another computer where it is not quite allowed", []string{"RINGBACK_TWILIO_URL=https://hunter2.example", "RINGBACK_ALLOW_REMOTE=yes"}, "only allowed with RINGBACK_ALLOW_REMOTE=1"},
		{"another computer without TLS", []string{"RINGBACK_TWILIO_URL=http://hunter2.example"}, "with RINGBACK_ALLOW_REMOTE=1, https://"},
		{"another computer without TLS where it is allowed", []string{"RINGBACK_TWILIO_URL=http://hunter2.example", "RINGBACK_ALLOW_REMOTE=1"}, "https://"},
		{"a name that only begins like this computer's", []string{"RINGBACK_TWILIO_URL=http://127.0.0.1.hunter2.example"}, "127.0.0.1, [::1], localhost"},
		{"every address of this computer", []string{"RINGBACK_TWILIO_URL=http://0.0.0.0:8080"}, "127.0.0.1, [::1], localhost"},
		{"a password", []string{"RINGBACK_TWILIO_URL=http://ann:hunter2@127.0.0.1"}, "without user or password"},
		{"no URL", []string{"RINGBACK_TWILIO_URL=127.0.0.1:8080"}, "is not a URL"},
	} {
		for _, args := range [][]string{{"serve", "-listen", "127.0.0.1:0", "-ops", "127.0.0.1:0"}, {"settings", set}} {
			t.Run(args[0]+", "+c.name, func(t *testing.T) {
				t.Parallel()
				data := filepath.Join(t.TempDir(), "none")
				words := append([]string{args[0], "-data", data}, args[1:]...)
				status, out, errs := commandIn(t, append([]string{"HOME=" + t.TempDir()}, c.env...), words...)
				variable, _, _ := strings.Cut(c.env[0], "=")
				if status != 2 || out != "" || strings.Count(errs, "\n") != 1 || !strings.HasPrefix(errs, variable+": ") || !strings.Contains(errs, c.says) {
					t.Errorf("status %d, %q, %q; want status 2 and one line that says %q", status, out, errs, c.says)
				}
				if strings.Contains(errs, "hunter2") {
					t.Errorf("it repeats the value: %q", errs)
				}
				if _, err := os.Stat(data); !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("the data directory: %v, want none", err)
				}
			})
		}
	}
}

// Twilio itself and another computer are not asked: a proxy hears whom the program wants.
func TestWhichTwilioIsAsked(t *testing.T) {
	for _, c := range []struct {
		name string
		env  []string
		want string
	}{
		{"Twilio's own unless told", nil, "CONNECT api.twilio.com:443 "},
		{"another over TLS where it is allowed", []string{"RINGBACK_TWILIO_URL=https://twilio.example:8443", "RINGBACK_ALLOW_REMOTE=1"}, "CONNECT twilio.example:8443 "},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			proxy, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = proxy.Close() })
			env := append([]string{
				"TWILIO_ACCOUNT_SID=AC00000000000000000000000000000001", "TWILIO_AUTH_TOKEN=" + wrongToken,
				"HTTPS_PROXY=http://" + proxy.Addr().String(),
			}, c.env...)
			l := launch(t, &lines{}, env, t.TempDir(), "-settings", fileWith(t, liveWith("", "+12125550101")))
			l.ask("+12125550123")
			conn, err := proxy.Accept()
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = conn.Close() }()
			if line, err := bufio.NewReader(conn).ReadString('\n'); !strings.HasPrefix(line, c.want) {
				t.Errorf("it asks for %q, %v; want %q", line, err, c.want)
			}
		})
	}
}
