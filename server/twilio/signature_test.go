package twilio

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/twilio/twilio-go/client"
)

const (
	account = "AC0123456789abcdef0123456789abcdef"
	token   = "0123456789abcdef0123456789abcdef"
)

func post(uri, signature string, form url.Values) *http.Request {
	r := httptest.NewRequest(http.MethodPost, uri, strings.NewReader(form.Encode()))
	if signature != "" {
		r.Header.Set(SignatureHeader, signature)
	}
	return r
}

func TestVerify(t *testing.T) {
	form := url.Values{"AccountSid": {account}, "CallSid": {callSID}, "From": {"+12125550100"}, "Digits": {""}}
	other := url.Values{"AccountSid": {"AC" + strings.Repeat("f", 32)}}
	twice := url.Values{"AccountSid": {account}, "Digits": {"2", "1"}}
	const uri = "/twilio/key?leg=a-1&try=1"
	odd := "/twilio/key?try=1&leg=a-1&x=%7e+%20@:"
	for _, tt := range []struct {
		name, uri, signature string
		form                 url.Values
		tokens               []string
		want                 error
	}{
		{"signed with our token", uri, Sign(token, base+uri, form), form, []string{token}, nil},
		{"signed with the older of two tokens", uri, Sign(token, base+uri, form), form, []string{"new", token}, nil},
		{"the query counts byte for byte", odd, Sign(token, base+odd, form), form, []string{token}, nil},
		{"a query in another order is another address", "/twilio/key?try=1&leg=a-1", Sign(token, base+uri, form), form, []string{token}, ErrForged},
		{"no signature", uri, "", form, []string{token}, ErrForged},
		{"signed with another token", uri, Sign("other", base+uri, form), form, []string{token}, ErrForged},
		{"an empty token signs nothing", uri, Sign("", base+uri, form), form, []string{""}, ErrForged},
		{"no token, no webhook", uri, Sign("", base+uri, form), form, nil, ErrForged},
		{"signed for another host", uri, Sign(token, "https://other.example"+uri, form), form, []string{token}, ErrForged},
		{"a changed parameter", uri, Sign(token, base+uri, url.Values{"AccountSid": {account}}), form, []string{token}, ErrForged},
		{"another account, though well signed", uri, Sign(token, base+uri, other), other, []string{token}, ErrAccount},
		{"no account", uri, Sign(token, base+uri, url.Values{}), url.Values{}, []string{token}, ErrAccount},
		{"a parameter given twice, though well signed", uri, Sign(token, base+uri, twice), twice, []string{token}, ErrRepeated},
		{"a query parameter given twice", uri + "&leg=a-2", Sign(token, base+uri+"&leg=a-2", form), form, []string{token}, ErrRepeated},
		{"a query that can't be read", "/twilio/key?leg=%zz", Sign(token, base+"/twilio/key?leg=%zz", form), form, []string{token}, ErrForged},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := Verifier{Base: base, AccountSID: account, Tokens: tt.tokens}
			if err := v.Verify(post(tt.uri, tt.signature, tt.form), tt.form); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func TestVerifyTakesOneSignatureOnly(t *testing.T) {
	form := url.Values{"AccountSid": {account}}
	r := post("/twilio/key", Sign(token, base+"/twilio/key", form), form)
	r.Header.Add(SignatureHeader, "another")
	v := Verifier{Base: base, AccountSID: account, Tokens: []string{token}}
	if err := v.Verify(r, form); !errors.Is(err, ErrForged) {
		t.Errorf("got %v, want %v", err, ErrForged)
	}
}

func TestVerifyNeverBelievesHeadersAboutTheAddress(t *testing.T) {
	form := url.Values{"AccountSid": {account}}
	r := post("/twilio/key", Sign(token, "https://evil.example/twilio/key", form), form)
	r.Host = "evil.example"
	r.Header.Set("X-Forwarded-Host", "evil.example")
	v := Verifier{Base: base, AccountSID: account, Tokens: []string{token}}
	if err := v.Verify(r, form); !errors.Is(err, ErrForged) {
		t.Errorf("got %v, want %v", err, ErrForged)
	}
}

// Twilio's own library must accept what we sign, and the example of its
// documentation must come out the same.
func TestSign(t *testing.T) {
	form := url.Values{"CallSid": {"CA1234567890ABCDE"}, "Caller": {"+14158675310"}, "Digits": {"1234"},
		"From": {"+14158675310"}, "To": {"+18005551212"}}
	const address = "https://mycompany.com/myapp.php?foo=1&bar=2"
	got := Sign("12345", address, form)
	if want := "GvWf1cFY/Q7PnoempGyD5oXAezc="; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	params := map[string]string{}
	for name := range form {
		params[name] = form.Get(name)
	}
	validator := client.NewRequestValidator("12345")
	if !validator.Validate(address, params, got) {
		t.Error("Twilio's validator refuses our signature")
	}
}
