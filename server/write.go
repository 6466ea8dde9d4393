package server

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// page is something that is drawn whole before a byte of it is sent.
type page interface{ HTML() ([]byte, error) }

// writePage draws a page and sends it. An error says that nothing was sent.
func (s *Server) writePage(w http.ResponseWriter, status int, p page) error {
	nonce := ""
	switch p := p.(type) {
	case FormPage:
		nonce = p.Nonce
	case StatusPage:
		nonce = p.Nonce
		if wait := p.Refresh(); wait > 0 {
			w.Header().Set("Refresh", strconv.Itoa(wait))
		}
	case NotFoundPage:
		nonce = p.Nonce
	}
	html, err := p.HTML()
	if err != nil {
		w.Header().Del("Refresh")
		return err
	}
	w.Header().Set("Content-Security-Policy", PagePolicy(nonce))
	write(w, status, "text/html; charset=utf-8", html)
	return nil
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		panic("server: answer in JSON: " + err.Error()) // texts, numbers and times only
	}
	write(w, status, "application/json; charset=utf-8", append(body, '\n'))
}

// write sends an answer. That the other side has gone is not our error.
func write(w http.ResponseWriter, status int, kind string, body []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
