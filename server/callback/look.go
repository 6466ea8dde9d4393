package callback

import (
	"context"
	"errors"
)

// look asks the carrier how a call or text stands and what it cost. It is not one of a
// request's effects: those wait for each other, and a price can be hours away.
func (e *Engine) look(ctx context.Context, l Look) error {
	if l.Incoming {
		return e.lookForIncoming(ctx, l.SID)
	}
	work, stop := context.WithTimeout(ctx, carrierTakes)
	defer stop()
	ev := Event{Kind: Billed, Leg: l.Leg, Text: l.Text}
	if l.Text == "" {
		report, err := e.Carrier.Ask(work, l.SID)
		if err == nil {
			ev.Price, ev.Currency = report.Price, report.Currency
		}
		return e.happens(ctx, l.Request, ev)
	}
	report, err := e.Carrier.AskText(work, l.SID)
	if err == nil {
		ev.Kind, ev.Asked = TextInfo, true
		ev.TextNow, ev.Code, ev.Price, ev.Currency = report.Status, report.Code, report.Price, report.Currency
	} else if !errors.Is(err, ErrNotFound) {
		e.log().Warn("could not ask the carrier about a text", "request", l.Request)
	}
	return e.happens(ctx, l.Request, ev)
}
