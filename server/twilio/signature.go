package twilio

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/twilio/twilio-go/client"
)

// SignatureHeader carries the signature of a webhook.
const SignatureHeader = "X-Twilio-Signature"

// TokenHeader carries a token that is the same when Twilio repeats a webhook.
const TokenHeader = "I-Twilio-Idempotency-Token"

// Why a webhook is refused. Nothing of it may be believed.
var (
	ErrForged   = errors.New("the signature does not fit the address, the parameters and the token")
	ErrRepeated = errors.New("a parameter is given twice")
	ErrAccount  = errors.New("the webhook is for another account")
)

// Verifier says whether a webhook comes from Twilio and is ours.
type Verifier struct {
	Base       string   // the configured public address, without a final slash; never taken from a header
	AccountSID string   // ours
	Tokens     []string // auth tokens, newest first: two while one is being rotated; empty ones count for nothing
}

// Verify checks a webhook whose body was parsed as form (the body alone, without
// the query). The address is the base and the request's own URI, byte for byte,
// because Twilio signs what it was told. The error wraps ErrRepeated, ErrForged
// or ErrAccount, and repeats no value.
func (v Verifier) Verify(r *http.Request, form url.Values) error {
	params, err := once(form)
	if err != nil {
		return err
	}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return fmt.Errorf("%w: the query can't be read", ErrForged)
	}
	if _, err := once(query); err != nil {
		return err
	}
	uri := rawURI(r)
	if !strings.HasPrefix(uri, "/") {
		return fmt.Errorf("%w: the request names no path", ErrForged)
	}
	if !v.signed(v.Base+uri, params, r.Header.Values(SignatureHeader)) {
		return ErrForged
	}
	if v.AccountSID == "" || form.Get("AccountSid") != v.AccountSID {
		return ErrAccount
	}
	return nil
}

// signed tries every token. The comparison is twilio-go's, in constant time; it
// takes the address with and without a default port, as Twilio does.
func (v Verifier) signed(address string, params map[string]string, signatures []string) bool {
	if len(signatures) != 1 {
		return false
	}
	for _, token := range v.Tokens {
		if token == "" {
			continue // anybody can sign with an empty token
		}
		validator := client.NewRequestValidator(token)
		if validator.Validate(address, params, signatures[0]) {
			return true
		}
	}
	return false
}

// once makes a map of parameters none of which is given twice: validator and
// reader could otherwise look at different ones.
func once(values url.Values) (map[string]string, error) {
	params := make(map[string]string, len(values))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if len(values[name]) != 1 {
			return nil, fmt.Errorf("%w: %.40q", ErrRepeated, name)
		}
		params[name] = values[name][0]
	}
	return params, nil
}

// rawURI is the URI as it was received. A request that never went over a wire
// (the practice network's) has it only in its URL.
func rawURI(r *http.Request) string {
	if r.RequestURI != "" {
		return r.RequestURI
	}
	return r.URL.RequestURI()
}

// Sign returns the signature that Twilio puts on a webhook to that address with
// these parameters, each of which has one value.
func Sign(token, address string, form url.Values) string {
	mac := hmac.New(sha1.New, []byte(token))
	mac.Write([]byte(address))
	for _, name := range slices.Sorted(maps.Keys(form)) {
		mac.Write([]byte(name + form.Get(name)))
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
