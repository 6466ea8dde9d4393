package twiliotest

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"ringback/server/practice"
)

const (
	shop   = "+12125550101"
	ours   = "+12125550100"
	public = "https://shop.example"
)

// quiet takes every webhook.
var quiet = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })

func start(t *testing.T, webhooks http.Handler) *Server {
	t.Helper()
	s := New(webhooks, nil)
	s.Network.Person = func(string) practice.Person { return practice.Nobody{} }
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// ask sends a request and returns the status and the fields of its answer.
func (s *Server) ask(t *testing.T, method, path string, form url.Values) (int, map[string]any) {
	t.Helper()
	address := s.URL + "/2010-04-01/Accounts/" + s.Account + "/" + path
	if method == http.MethodGet {
		address += "?" + form.Encode()
	}
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.SetBasicAuth(s.Account, s.Token)
	return answered(t, r)
}

func answered(t *testing.T, r *http.Request) (int, map[string]any) {
	t.Helper()
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(body, &fields); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, fields
}

// call is a good wish for a call.
func call() url.Values {
	return url.Values{
		"To": {shop}, "From": {ours}, "Url": {public + "/twilio/whisper?leg=a-1"}, "Method": {"POST"},
		"StatusCallback": {public + "/twilio/status_callback?leg=a-1"}, "StatusCallbackMethod": {"POST"},
		"StatusCallbackEvent": {"initiated", "ringing", "answered", "completed"}, "Timeout": {"20"}, "TimeLimit": {"3900"},
	}
}

func with(form url.Values, name string, values ...string) url.Values {
	form[name] = values
	return form
}

func without(form url.Values, name string) url.Values {
	form.Del(name)
	return form
}

func TestWhatTheDocumentDoesNotAllowIsRefused(t *testing.T) {
	text := func() url.Values { return url.Values{"To": {shop}, "From": {ours}, "Body": {"hello"}} }
	for _, tt := range []struct {
		name      string
		path      string
		form      url.Values
		code      float64
		complaint string
	}{
		{"an unknown parameter", "Calls.json", with(call(), "Colour", "red"), 20001, `CreateCall: "Colour" is not in the document`},
		{"a documented parameter that is not played", "Calls.json", with(call(), "MachineDetection", "Enable"), 20001, "CreateCall: MachineDetection is documented but not played here"},
		{"a parameter twice", "Calls.json", with(call(), "Timeout", "20", "30"), 20001, "CreateCall: Timeout is given twice"},
		{"no called number", "Calls.json", without(call(), "To"), 21211, "CreateCall: To is missing"},
		{"a called number that is not E.164", "Calls.json", with(call(), "To", "2125550101"), 21211, "CreateCall: To is not E.164"},
		{"a caller that is not E.164", "Calls.json", with(call(), "From", "shop"), 21212, "CreateCall: From is not E.164"},
		{"events in one string", "Calls.json", with(call(), "StatusCallbackEvent", "initiated ringing"), 21626, "CreateCall: StatusCallbackEvent is not one of initiated, ringing, answered, completed"},
		{"a ring beyond ten minutes", "Calls.json", with(call(), "Timeout", "601"), 20001, "CreateCall: Timeout is not a whole number from 0 to 600"},
		{"no TwiML", "Calls.json", without(call(), "Url"), 21205, "CreateCall: Url is missing"},
		{"TwiML at a relative address", "Calls.json", with(call(), "Url", "/twilio/whisper"), 21205, "CreateCall: Url is not an absolute http(s) URL"},
		{"an underscore in the host", "Calls.json", with(call(), "Url", "https://my_shop.example/"), 21205, "CreateCall: Url has no valid host name"},
		{"TwiML on this computer", "Calls.json", with(call(), "Url", "http://127.0.0.1:8787/twilio/whisper"), 21205, "CreateCall: Url can't be reached from outside"},
		{"TwiML in a private network", "Calls.json", with(call(), "Url", "http://192.168.1.2/twilio/whisper"), 21205, "CreateCall: Url can't be reached from outside"},
		{"a text without a body", "Messages.json", without(text(), "Body"), 21603, "CreateMessage: From and Body are needed here"},
		{"a text of 1601 characters", "Messages.json", with(text(), "Body", strings.Repeat("x", 1601)), 21602, "CreateMessage: Body does not have 1 to 1600 characters"},
		{"a text that is valid for ever", "Messages.json", with(text(), "ValidityPeriod", "36001"), 20001, "CreateMessage: ValidityPeriod is not a whole number from 1 to 36000"},
		{"reports on this computer", "Messages.json", with(text(), "StatusCallback", "http://localhost/"), 21609, "CreateMessage: StatusCallback can't be reached from outside"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := start(t, quiet)
			status, got := s.ask(t, http.MethodPost, tt.path, tt.form)
			if status != http.StatusBadRequest || got["code"] != tt.code || got["status"] != float64(status) {
				t.Errorf("got %d with %v, want 400 with the code %v", status, got, tt.code)
			}
			if all := s.Complaints(); len(all) != 1 || all[0] != tt.complaint {
				t.Errorf("got the complaints %q, want %q", all, tt.complaint)
			}
			if n := len(s.Network.Records()) + len(s.Network.Sent()); n != 0 {
				t.Errorf("%d calls and texts were made of it", n)
			}
		})
	}
}

func TestAWrongTokenIsRefusedWithoutAComplaint(t *testing.T) {
	s := start(t, quiet)
	r := httptest.NewRequest(http.MethodGet, "/2010-04-01/Accounts/"+s.Account+"/Calls.json", nil)
	r.SetBasicAuth(s.Account, "wrong")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if got := fieldsOf(t, Answer{Body: w.Body.String()}); w.Code != http.StatusUnauthorized || got["code"] != 20003.0 || len(s.Complaints()) != 0 {
		t.Errorf("got %d with %v and %q, want 401 with 20003 and no complaint", w.Code, got, s.Complaints())
	}
}

func TestACallIsAnsweredAsQueuedAndRings(t *testing.T) {
	s := start(t, quiet)
	status, made := s.ask(t, http.MethodPost, "Calls.json", call())
	if status != http.StatusCreated || made["status"] != "queued" || made["duration"] != nil || made["price"] != nil {
		t.Fatalf("got %d with %v, want 201 and a queued call", status, made)
	}
	if _, got := s.ask(t, http.MethodGet, "Calls/"+made["sid"].(string)+".json", nil); got["to_formatted"] != "(212) 555-0101" {
		t.Errorf("got %v, want the same call", got)
	}
	if all := s.Complaints(); len(all) != 0 {
		t.Error(all)
	}
}

func TestAListGoesOnByItsToken(t *testing.T) {
	s := start(t, quiet)
	var want []any
	for range 3 {
		_, made := s.ask(t, http.MethodPost, "Calls.json", call())
		want = append([]any{made["sid"]}, want...) // newest first
	}
	query := url.Values{"To": {shop}, "PageSize": {"2"}}
	_, first := s.ask(t, http.MethodGet, "Calls.json", query)
	next, err := url.Parse(first["next_page_uri"].(string))
	if err != nil {
		t.Fatal(err)
	}
	_, second := s.ask(t, http.MethodGet, "Calls.json", next.Query())
	var got []any
	for _, c := range append(first["calls"].([]any), second["calls"].([]any)...) {
		got = append(got, c.(map[string]any)["sid"])
	}
	if len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] || second["next_page_uri"] != nil {
		t.Errorf("got %v, want %v and no third page", got, want)
	}
	if status, _ := s.ask(t, http.MethodGet, "Calls.json", url.Values{"Page": {"1"}}); status != http.StatusBadRequest {
		t.Errorf("got %d for a page without its token, want 400", status)
	}
}

func TestWebhooksComeOverHTTPUnderThePublicHost(t *testing.T) {
	came := make(chan *http.Request, 8)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		came <- r.Clone(context.Background())
		w.WriteHeader(http.StatusNoContent)
	}))
	defer web.Close()
	s := start(t, Forward(web.URL))
	s.ask(t, http.MethodPost, "Calls.json", call())
	r := <-came
	if r.Host != "shop.example" || r.RequestURI != "/twilio/status_callback?leg=a-1" || r.Header.Get("X-Twilio-Signature") == "" || r.PostForm.Get("AccountSid") != s.Account {
		t.Errorf("got %s for %s, want the signed webhook under the public host", r.RequestURI, r.Host)
	}
}

func TestCanceledLeavesATalkAloneAndAnEndedCallIs21220(t *testing.T) {
	s := start(t, quiet)
	hand := &practice.Hand{}
	s.Network.Person = func(string) practice.Person { return hand }
	// The answered phone waits for TwiML that does not come, so that it talks on.
	hold := make(chan struct{})
	talks := make(chan struct{}, 1)
	s.Network.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "whisper") {
			talks <- struct{}{}
			<-hold
		}
	})
	_, made := s.ask(t, http.MethodPost, "Calls.json", call())
	path := "Calls/" + made["sid"].(string) + ".json"
	for changed := hand.Changed(); hand.Answer(shop) != nil; changed = hand.Changed() {
		<-changed
	}
	<-talks
	if status, got := s.ask(t, http.MethodPost, path, url.Values{"Status": {"canceled"}}); status != http.StatusOK || got["status"] != "in-progress" {
		t.Errorf("got %d and %v for canceled, want the talk to go on", status, got["status"])
	}
	s.ask(t, http.MethodPost, path, url.Values{"Status": {"completed"}})
	close(hold)
	for changed := hand.Changed(); hand.Phones()[0].State == practice.Talking; changed = hand.Changed() {
		<-changed
	}
	// The phone is down before the network has written down that the call has ended.
	for ended := false; !ended; {
		_, got := s.ask(t, http.MethodGet, path, nil)
		ended = got["status"] == "completed"
	}
	if status, got := s.ask(t, http.MethodPost, path, url.Values{"Status": {"completed"}}); status != http.StatusBadRequest || got["code"] != 21220.0 {
		t.Errorf("got %d and %v for an ended call, want 21220", status, got["code"])
	}
}

func TestMisbehavioursReachPhonesAndWebhooks(t *testing.T) {
	came := make(chan string, 8)
	s := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		came <- r.PostForm.Get("MessageStatus") + r.PostForm.Get("ErrorCode")
	}))
	s.Misbehave(Faults{
		Deliver: func(string) int { return 30003 },
		Webhook: func(w practice.Webhook) practice.Fate {
			return practice.Fate{Drop: w.Form.Get("MessageStatus") == "sent", Repeat: 1}
		},
	})
	_, taken := s.ask(t, http.MethodPost, "Messages.json", url.Values{"To": {shop}, "From": {ours}, "Body": {"hello"},
		"StatusCallback": {public + "/twilio/status_callback?text=t-1"}})
	if first, second := <-came, <-came; first != "undelivered30003" || second != first {
		t.Errorf("got %s and %s, want sent lost and undelivered twice", first, second)
	}
	if _, got := s.ask(t, http.MethodGet, "Messages/"+taken["sid"].(string)+".json", nil); got["status"] != "undelivered" || got["error_code"] != 30003.0 {
		t.Errorf("got %v with %v, want undelivered with 30003", got["status"], got["error_code"])
	}
}
