package twiliotest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// longestBody is more than any request of ours.
const longestBody = 1 << 20

// ServeHTTP answers one request to the REST API, as its fate allows.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	request, refused := s.understand(r)
	if refused != nil {
		write(w, *refused, false)
		return
	}
	s.note(request)
	fate := meet(s.misbehaves().REST, request)
	if !wait(r.Context(), fate.Wait) {
		return
	}
	var a Answer
	if !fate.Undone {
		a = s.perform(request)
	}
	if fate.Answer != nil {
		a = *fate.Answer
	}
	if !wait(r.Context(), fate.Late) {
		return
	}
	switch {
	case fate.Silent:
		<-r.Context().Done()
	case fate.Reset:
		reset(w)
	default:
		write(w, a, fate.Cut)
	}
}

// understand checks a request as strictly as the document can be read.
func (s *Server) understand(r *http.Request) (Request, *Answer) {
	if user, password, ok := r.BasicAuth(); !ok || user != s.Account || password != s.Token {
		return Request{}, refusal(20003)
	}
	op, sid, refused := s.operation(r)
	if refused != nil {
		return Request{}, refused
	}
	form, err := parameters(r)
	if err != nil {
		return Request{}, s.object(op, 20001, []string{err.Error()})
	}
	request := Request{Op: op, SID: sid, Form: form}
	if code, wrong := s.wrong(op, form); wrong != nil {
		return Request{}, s.object(op, code, wrong)
	}
	return request, nil
}

// object refuses what no client should have asked.
func (s *Server) object(op Op, code int, wrong []string) *Answer {
	for _, sentence := range wrong {
		s.complain(string(op) + ": " + sentence)
	}
	a := errorBody(http.StatusBadRequest, code, strings.Join(wrong, "; "))
	return &a
}

// wrong names what is wrong with the parameters, and Twilio's code for it.
func (s *Server) wrong(op Op, form url.Values) (int, []string) {
	if faults := document[op].faults(form); faults != nil {
		return codeOf(op, faults[0]), faults
	}
	for _, name := range []string{"Url", "StatusCallback"} {
		if form.Has(name) && private(form.Get(name)) && !s.AllowLoopback {
			return map[Op]int{CreateCall: 21205, CreateMessage: 21609}[op], []string{name + " can't be reached from outside"}
		}
	}
	for _, name := range []string{"Method", "StatusCallbackMethod"} {
		if form.Has(name) && form.Get(name) != http.MethodPost {
			return 20001, []string{name + " is documented, but only POST is played here"}
		}
	}
	if op == CreateCall && !form.Has("Url") {
		return 21205, []string{"Url is missing"}
	}
	if op == CreateMessage && (!form.Has("From") || !form.Has("Body")) {
		return 21603, []string{"From and Body are needed here"}
	}
	return 0, nil
}

// codeOf is Twilio's code for the parameter that a fault begins with.
func codeOf(op Op, fault string) int {
	name, _, _ := strings.Cut(fault, " ")
	codes := map[string]int{"To": 21211, "From": 21212, "StatusCallbackEvent": 21626, "Url": 21205, "StatusCallback": 21609, "Body": 21602}
	if code := codes[name]; code != 0 && op != ListCall && op != ListMessage {
		return code
	}
	return 20001
}

// operation reads the path.
func (s *Server) operation(r *http.Request) (Op, string, *Answer) {
	below, ours := strings.CutPrefix(r.URL.Path, "/2010-04-01/Accounts/"+s.Account+"/")
	if !ours {
		s.complain("a path outside the account")
		return "", "", refusal(20404)
	}
	one := ""
	if folder, file, ok := strings.Cut(below, "/"); ok {
		one = strings.TrimSuffix(file, ".json")
		below = folder + "/*.json"
	}
	known := false
	for op, o := range document {
		if o.path != below {
			continue
		}
		if known = true; o.method == r.Method && (one == "" || isSID(op, one)) {
			return op, one, nil
		}
	}
	s.complain(fmt.Sprintf("%s on a path that does not have it", r.Method))
	if known {
		a := errorBody(http.StatusMethodNotAllowed, 20004, "Method not allowed")
		return "", "", &a
	}
	return "", "", refusal(20404)
}

// isSID says that a SID in a path is one of the operation's kind.
func isSID(op Op, value string) bool {
	if op == FetchMessage {
		return sid("(SM|MM)")(value) == ""
	}
	return sid("CA")(value) == ""
}

// parameters are those of the query of a GET and the body of a POST; never both.
func parameters(r *http.Request) (url.Values, error) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, fmt.Errorf("the query can't be read")
	}
	if r.Method == http.MethodGet {
		return query, nil
	}
	if len(query) > 0 {
		return nil, fmt.Errorf("a POST has a query")
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/x-www-form-urlencoded" {
		return nil, fmt.Errorf("the body is not a form")
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, longestBody))
	if err != nil {
		return nil, fmt.Errorf("the body can't be read")
	}
	return url.ParseQuery(string(body))
}

// errorBody is an error as Twilio writes it.
func errorBody(status, code int, says string) Answer {
	body, _ := json.Marshal(map[string]any{ // strings and ints
		"code": code, "message": says, "more_info": fmt.Sprintf("https://www.twilio.com/docs/errors/%d", code), "status": status,
	})
	return Answer{Status: status, Body: string(body)}
}

func good(status int, body any) Answer {
	written, _ := json.Marshal(body) // our own structs
	return Answer{Status: status, Body: string(written)}
}

// write writes an answer; cut: only half of what its length announces.
func write(w http.ResponseWriter, a Answer, cut bool) {
	for name, values := range a.Header {
		w.Header()[name] = values
	}
	kind := a.Type
	if kind == "" {
		kind = "application/json"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", fmt.Sprint(len(a.Body)))
	w.WriteHeader(a.Status)
	if cut {
		_, _ = io.WriteString(w, a.Body[:len(a.Body)/2])
		panic(http.ErrAbortHandler) // closes the connection
	}
	_, _ = io.WriteString(w, a.Body) // a client that has gone
}

// reset cuts the connection with RST instead of an answer.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// wait lets time pass; false: the client gave up first.
func wait(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
