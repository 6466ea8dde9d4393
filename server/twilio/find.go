package twilio

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	api "github.com/twilio/twilio-go/rest/api/v2010"

	"ringback/server/callback"
)

// skew is by how much a record may be dated before the wish that made it: dates have
// whole seconds, and clocks differ. Records whose SIDs are known are left out anyway.
const skew = time.Minute

// Find looks for a call by its numbers. It never asks by StartTime, which a queued call
// does not have; date_created is compared instead. A shop leg has no parent; a visitor
// leg is looked for below its own. Of several the one made nearest to since is meant.
// An error that is not callback.ErrNotFound says nothing about whether the call is
// there.
func (c *Client) Find(ctx context.Context, w callback.Call, since time.Time, known []string) (callback.Report, error) {
	calls := map[string]api.ApiV2010Call{}
	page := func(s *api.ApiService, token, number string) (*string, []record, error) {
		params := &api.ListCallParams{}
		params.SetTo(w.To)
		params.SetFrom(w.From)
		params.SetPageSize(pageSize)
		if w.Parent != "" {
			params.SetParentCallSid(w.Parent)
		}
		list, err := s.PageCall(params, token, number)
		if err != nil {
			return nil, nil, err
		}
		var records []record
		for _, call := range list.Calls {
			calls[said(call.Sid)] = call
			fits := said(call.To) == w.To && said(call.From) == w.From && said(call.ParentCallSid) == w.Parent &&
				isSID(said(call.Sid), "CA") && !slices.Contains(known, said(call.Sid))
			records = append(records, record{sid: said(call.Sid), date: call.DateCreated, fits: fits})
		}
		return list.NextPageUri, records, nil
	}
	sid, err := c.search(ctx, "find call", "calls", since, page)
	if err != nil {
		return callback.Report{}, fmt.Errorf("leg %s: %w", w.Leg, err)
	}
	return report(calls[sid])
}

// FindText looks for a text by its numbers and words. It does not ask by DateSent,
// which a queued text does not have. Those that are known to be others are left out. Errors
// as in Find.
func (c *Client) FindText(ctx context.Context, m callback.Message, since time.Time) (string, error) {
	body := TextBody(m)
	page := func(s *api.ApiService, token, number string) (*string, []record, error) {
		params := &api.ListMessageParams{}
		params.SetTo(m.To)
		params.SetFrom(m.From)
		params.SetPageSize(pageSize)
		list, err := s.PageMessage(params, token, number)
		if err != nil {
			return nil, nil, err
		}
		var records []record
		for _, text := range list.Messages {
			fits := said(text.To) == m.To && said(text.From) == m.From && sameWords(said(text.Body), body) &&
				isSID(said(text.Sid), "SM", "MM") && !slices.Contains(m.Known, said(text.Sid))
			records = append(records, record{sid: said(text.Sid), date: text.DateCreated, fits: fits})
		}
		return list.NextPageUri, records, nil
	}
	sid, err := c.search(ctx, "find text", "messages", since, page)
	if err != nil {
		return "", fmt.Errorf("text %s: %w", m.Text, err)
	}
	return sid, nil
}

// sameWords: a trial account puts a sentence before each text, and blanks at the ends
// may be lost.
func sameWords(got, want string) bool {
	return strings.HasSuffix(strings.TrimSpace(got), strings.TrimSpace(want))
}
