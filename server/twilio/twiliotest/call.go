package twiliotest

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"ringback/server/callback"
	"ringback/server/practice"
)

// perform does what was understood.
func (s *Server) perform(r Request) Answer {
	switch r.Op {
	case CreateCall:
		return s.createCall(r)
	case FetchCall:
		return s.fetchCall(r)
	case UpdateCall:
		return s.updateCall(r)
	case ListCall:
		return s.listCalls(r)
	case CreateMessage:
		return s.createMessage(r)
	case FetchMessage:
		return s.fetchMessage(r)
	case ListMessage:
		return s.listMessages(r)
	}
	return *refusal(20404)
}

func (s *Server) createCall(r Request) Answer {
	if code := s.sender(r, 21210); code != 0 {
		return *refusal(code)
	}
	sid, err := s.Network.Place(practice.Order{
		To: r.Form.Get("To"), From: r.Form.Get("From"), URL: r.Form.Get("Url"),
		Reports: r.Form.Get("StatusCallback"), Events: events(r.Form["StatusCallbackEvent"]),
		Ring: inSeconds(r, "Timeout"), Limit: inSeconds(r, "TimeLimit"),
	})
	if err != nil {
		return refusedBy(err)
	}
	record, _ := s.Network.Record(sid)
	// Twilio answers before it dials.
	record.Status, record.Answered, record.Ended = callback.CallQueued, time.Time{}, time.Time{}
	return good(http.StatusCreated, s.callBody(record))
}

// events: none named means completed alone.
func events(named []string) []string {
	if len(named) == 0 {
		return []string{"completed"}
	}
	return named
}

func (s *Server) fetchCall(r Request) Answer {
	record, ok := s.Network.Record(r.SID)
	if !ok {
		return *refusal(20404)
	}
	return good(http.StatusOK, s.callBody(record))
}

// updateCall ends a call: completed whatever it does, canceled only while it is queued
// or rings, which leaves a talk alone. One that has ended is 21220.
func (s *Server) updateCall(r Request) Answer {
	record, ok := s.Network.Record(r.SID)
	switch {
	case !ok:
		return *refusal(20404)
	case record.Status.Ended():
		return *refusal(21220)
	case r.Form.Get("Status") == "canceled" && record.Status == callback.CallAnswered:
	default:
		_ = s.Network.HangUp(context.Background(), r.SID) // has no error but that of its faults
	}
	record, _ = s.Network.Record(r.SID)
	return good(http.StatusOK, s.callBody(record))
}

func (s *Server) listCalls(r Request) Answer {
	var found []any
	var sids []string
	for _, record := range s.ordered(s.Network.Records()) {
		if matches(r, "To", record.To) && matches(r, "From", record.From) && matches(r, "ParentCallSid", record.Parent) &&
			matches(r, "Status", string(record.Status)) && s.listed(record.SID) {
			found, sids = append(found, s.callBody(record)), append(sids, record.SID)
		}
	}
	return s.page(r, "calls", "Calls.json", found, sids)
}

// ordered is newest first, unless asked otherwise.
func (s *Server) ordered(records []practice.Record) []practice.Record {
	if !s.OldestFirst {
		slices.Reverse(records)
	}
	return records
}

func (s *Server) listed(sid string) bool {
	return !meet(s.misbehaves().Unlisted, sid)
}

func matches(r Request, name, value string) bool {
	return !r.Form.Has(name) || r.Form.Get(name) == value
}

// sender is the code that refuses a number that is not the account's; 0: it is.
func (s *Server) sender(r Request, otherwise int) int {
	if len(s.Numbers) > 0 && !slices.Contains(s.Numbers, r.Form.Get("From")) {
		return otherwise
	}
	return 0
}

func inSeconds(r Request, name string) time.Duration {
	n, _ := strconv.Atoi(r.Form.Get(name)) // checked; 0 when it is missing
	return time.Duration(n) * time.Second
}

// refusedBy: the network refuses only a number, or because it is closed.
func refusedBy(err error) Answer {
	var known *callback.CarrierError
	if errors.As(err, &known) && known.Code != 0 {
		return *refusal(known.Code)
	}
	return errorBody(http.StatusServiceUnavailable, 20503, "Service unavailable")
}
