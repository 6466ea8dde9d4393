package twiliotest

import (
	"net/http"
	"net/url"
	"strconv"
)

const defaultPageSize = 50

// page answers one page of a list. Every page but the first is asked for with the token
// that the one before gave out.
func (s *Server) page(r Request, key, file string, found []any, sids []string) Answer {
	size, number := defaultPageSize, 0
	if r.Form.Has("PageSize") {
		size, _ = strconv.Atoi(r.Form.Get("PageSize"))
	}
	if r.Form.Has("Page") {
		number, _ = strconv.Atoi(r.Form.Get("Page"))
	}
	start := after(sids, r.Form.Get("PageToken"))
	if start < 0 || (number > 0) != (start > 0) {
		return *s.object(r.Op, 20001, []string{"PageToken is not the one that was given out"})
	}
	end := min(start+size, len(found))
	uri := func(number int, token string) string {
		return "/2010-04-01/Accounts/" + s.Account + "/" + file + "?" + again(r.Form, size, number, token)
	}
	body := map[string]any{
		"first_page_uri": uri(0, ""), "next_page_uri": nil, "previous_page_uri": nil, "uri": uri(number, r.Form.Get("PageToken")),
		"page": number, "page_size": size, "start": start, "end": max(start, end-1), key: append([]any{}, found[start:end]...),
	}
	if end < len(found) {
		body["next_page_uri"] = uri(number+1, "PA"+sids[end-1])
	}
	if number > 0 {
		body["previous_page_uri"] = uri(number-1, r.Form.Get("PageToken"))
	}
	return good(http.StatusOK, body)
}

// after is the index behind the record that a token names; -1: there is none such.
func after(sids []string, token string) int {
	if token == "" {
		return 0
	}
	for i, sid := range sids {
		if token == "PA"+sid {
			return i + 1
		}
	}
	return -1
}

// again is the query of another page of the same list.
func again(form url.Values, size, number int, token string) string {
	next := url.Values{}
	for name, values := range form {
		next[name] = values
	}
	next.Set("PageSize", strconv.Itoa(size))
	next.Set("Page", strconv.Itoa(number))
	next.Del("PageToken")
	if token != "" {
		next.Set("PageToken", token)
	}
	return next.Encode()
}
