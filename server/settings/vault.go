package settings

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/zalando/go-keyring"
)

// SecretNames are the secrets that can be kept, by the names that the environment has
// for them.
var SecretNames = []string{"TWILIO_AUTH_TOKEN", "NGROK_AUTHTOKEN", "RINGBACK_CAPTCHA_SECRET"}

// at is where a secret stands; nil: there is no such secret.
func (s *Secrets) at(name string) *string {
	switch name {
	case "TWILIO_AUTH_TOKEN":
		return &s.TwilioToken
	case "NGROK_AUTHTOKEN":
		return &s.NgrokToken
	case "RINGBACK_CAPTCHA_SECRET":
		return &s.CaptchaSecret
	}
	return nil
}

// Or fills in what is not there: the environment's or what is kept.
func (s Secrets) Or(kept Secrets) Secrets {
	for _, name := range SecretNames {
		if here := s.at(name); *here == "" {
			*here = *kept.at(name)
		}
	}
	return s
}

// With gives the secrets with another value for that one, which must be of SecretNames.
func (s Secrets) With(name, value string) Secrets {
	*s.at(name) = value
	return s
}

// Has says that there is one of that name.
func (s Secrets) Has(name string) bool { return s.at(name) != nil && *s.at(name) != "" }

const (
	keyringService = "app.ringback.Ringback"
	secretsFile    = "secrets.json"
	longestSecret  = 1000
)

// keyringTakes is how long the keyring is waited for: it may ask for a password and
// nobody is there.
const keyringTakes = 10 * time.Second

// Vault keeps secrets: in the operating system's keyring or, where there is none, in a
// file of the data directory that only its owner can read. The log says which.
type Vault struct {
	Dir    string              // the data directory
	Getenv func(string) string // os.Getenv but in tests
	Log    *slog.Logger

	mu     sync.Mutex
	asked  time.Time // when the keyring was asked last whether it is there; zero: never
	answer bool
}

// What is wrong with a secret; they never repeat it.
var (
	ErrSecret = errors.New("must be one line of at most 1000 characters without spaces")
	ErrToken  = errors.New("must be 32 hexadecimal digits, as Twilio's console shows the auth token")
)

// CheckSecret says whether that can be the secret of that name: what is typed by hand can
// be something else that stood beside it. Empty is none any more. The error is one line.
func CheckSecret(name, value string) error {
	if err := checkKept(name, value); err != nil {
		return err
	}
	if raw, err := hex.DecodeString(value); name == "TWILIO_AUTH_TOKEN" && value != "" && (err != nil || len(raw) != 16) {
		return fmt.Errorf("%s: %w", name, ErrToken)
	}
	return nil
}

// checkKept says whether that is a secret that can be kept. The error is one line.
func checkKept(name, value string) error {
	if new(Secrets).at(name) == nil {
		return fmt.Errorf("%q is no secret; there are: %s", name, strings.Join(SecretNames, ", "))
	}
	if len(value) > longestSecret || strings.ContainsFunc(value, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return fmt.Errorf("%s: %w", name, ErrSecret)
	}
	return nil
}

// Read gives what is kept. What is in the file beats the keyring: it was written when the
// keyring could not be; also that there is none any more. A keyring that can't be used is
// no error, for it may be the environment that has everything; a file that can't be read
// is one.
func (v *Vault) Read(ctx context.Context) (Secrets, error) {
	kept, err := v.readFile()
	if err != nil {
		return Secrets{}, err
	}
	inFile := Secrets{}.under(kept)
	if inFile != (Secrets{}) {
		v.Log.Info("secrets come from a file that only this user can read", "file", v.file())
	}
	if !v.hasKeyring() {
		return inFile, nil
	}
	type answer struct {
		Secrets
		err error
	}
	read := make(chan answer, 1)
	go func() {
		var a answer
		a.Secrets, a.err = v.readKeyring()
		read <- a
	}()
	ctx, stop := context.WithTimeout(ctx, keyringTakes)
	defer stop()
	select {
	case a := <-read:
		if a.err != nil {
			v.Log.Warn("the keyring can't be read; what it keeps is not at hand", "err", a.err)
		}
		return a.under(kept), nil
	case <-ctx.Done():
		v.Log.Warn("the keyring does not answer; what it keeps is not at hand until the next start")
		return inFile, nil
	}
}

// Write keeps a secret in place of the one before; empty: none any more.
func (v *Vault) Write(ctx context.Context, name, value string) error {
	if err := checkKept(name, value); err != nil {
		return err
	}
	if v.hasKeyring() {
		err := v.writeKeyring(ctx, name, value)
		v.forget()
		if err == nil {
			what := "a secret is kept in the keyring"
			if value == "" {
				what = "a secret is kept no more"
			}
			v.Log.Info(what, "name", name)
			return v.changeFile(func(kept map[string]string) { delete(kept, name) })
		}
		v.Log.Warn("the keyring can't be written", "err", err)
	}
	err := v.changeFile(func(kept map[string]string) {
		kept[name] = value
		if value == "" && !v.hasKeyring() {
			delete(kept, name) // else it must go on to beat what the keyring may have
		}
	})
	if err != nil {
		return err
	}
	if value != "" {
		v.Log.Warn("there is no keyring: a secret is kept in a file that only this user can read", "name", name, "file", v.file())
	}
	return nil
}

// hasKeyring: where the session has no bus, asking would start a stray one.
func (v *Vault) hasKeyring() bool {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return true
	}
	bus := v.Getenv("DBUS_SESSION_BUS_ADDRESS")
	return bus != "" && !strings.HasPrefix(bus, "autolaunch:")
}

// InKeyring says where secrets are, or will be: in the keyring, else in a file. What could
// not be written into the keyring is in the file, too. It may be asked again and again.
func (v *Vault) InKeyring(ctx context.Context) bool {
	kept, err := v.readFile()
	return err == nil && Secrets{}.under(kept) == (Secrets{}) && v.reachable(ctx)
}

// The keyring is asked at most so often whether it is there, and is given so long: a page
// waits for it.
const (
	keyringAsked = time.Minute
	keyringNods  = 2 * time.Second
)

// forget lets the keyring be asked anew whether it is there.
func (v *Vault) forget() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.asked = time.Time{}
}

// reachable asks for a secret that is never kept: a keyring that is there says so without
// asking anybody for a password.
func (v *Vault) reachable(ctx context.Context) bool {
	if !v.hasKeyring() {
		return false
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if !v.asked.IsZero() && time.Since(v.asked) < keyringAsked {
		return v.answer
	}
	there := make(chan bool, 1)
	go func() {
		_, err := keyring.Get(keyringService, v.user("nothing"))
		there <- err == nil || errors.Is(err, keyring.ErrNotFound)
	}()
	ctx, stop := context.WithTimeout(ctx, keyringNods)
	defer stop()
	select {
	case v.answer = <-there:
	case <-ctx.Done():
		v.answer = false
	}
	v.asked = time.Now()
	return v.answer
}

// user is what a secret stands under in the keyring: a computer can have several shops.
func (v *Vault) user(name string) string {
	dir, err := filepath.Abs(v.Dir)
	if err != nil {
		dir = v.Dir
	}
	return name + " of " + dir
}

func (v *Vault) readKeyring() (s Secrets, err error) {
	for _, name := range SecretNames {
		value, err := keyring.Get(keyringService, v.user(name))
		if err != nil && !errors.Is(err, keyring.ErrNotFound) {
			return s, err
		}
		*s.at(name) = value
	}
	return s, nil
}

func (v *Vault) writeKeyring(ctx context.Context, name, value string) error {
	done := make(chan error, 1)
	go func() {
		if value != "" {
			done <- keyring.Set(keyringService, v.user(name), value)
			return
		}
		err := keyring.Delete(keyringService, v.user(name))
		if errors.Is(err, keyring.ErrNotFound) {
			err = nil
		}
		done <- err
	}()
	ctx, stop := context.WithTimeout(ctx, keyringTakes)
	defer stop()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return errors.New("it does not answer")
	}
}

func (v *Vault) file() string { return filepath.Join(v.Dir, secretsFile) }

// readFile gives what stands in the file by name; empty: there is none any more, whatever
// the keyring says.
func (v *Vault) readFile() (map[string]string, error) {
	text, err := os.ReadFile(v.file())
	if errors.Is(err, fs.ErrNotExist) {
		return map[string]string{}, nil
	}
	if err == nil {
		err = os.Chmod(v.file(), 0o600)
	}
	if err != nil {
		return nil, fmt.Errorf("the secrets can't be read: %w; let this user read and write the file", err)
	}
	var kept map[string]string
	if json.Unmarshal(text, &kept) != nil || kept == nil { // whose error could repeat a piece of it
		return nil, fmt.Errorf("the secrets can't be read: %s is not as it was written; remove it and set them anew", v.file())
	}
	maps.DeleteFunc(kept, func(name, _ string) bool { return !slices.Contains(SecretNames, name) })
	return kept, nil
}

// under gives the secrets with those of a file in their places.
func (s Secrets) under(kept map[string]string) Secrets {
	for name, value := range kept {
		*s.at(name) = value
	}
	return s
}

// changeFile changes the file, whole or not at all.
func (v *Vault) changeFile(change func(kept map[string]string)) error {
	kept, err := v.readFile()
	if err != nil {
		return err
	}
	was := maps.Clone(kept)
	change(kept)
	switch {
	case maps.Equal(kept, was):
		return nil
	case len(kept) == 0:
		return os.Remove(v.file())
	}
	var text bytes.Buffer
	if err := json.NewEncoder(&text).Encode(kept); err != nil {
		return errors.New("write the secrets: they can't be written as JSON")
	}
	if err := replaceFile(v.file(), text.Bytes()); err != nil {
		return fmt.Errorf("write the secrets: %w", err)
	}
	return nil
}

// replaceFile puts a file in place of another, readable for this user only, so that after
// a power cut one of the two is there.
func replaceFile(path string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".secrets-*") // 0600
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
