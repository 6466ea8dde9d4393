// Package guard decides who may ask for a call: how often one address may post,
// which numbers are served, and whether what was typed is within its limits. It
// knows no HTTP, no database and no settings file: what it needs of them comes in
// as Rules and as a Counter.
package guard

import (
	"time"

	"ringback/server/callback"
)

// Guard looks at what a visitor sends before the engine hears of it. Its fields are
// set before its first use and not changed after; its methods may be called side by
// side.
type Guard struct {
	Counter Counter
	Rules   func() Rules
	Secret  []byte           // makes keys of addresses; kept over a restart, as the counts are
	Now     func() time.Time // time.Now when nil
}

// Rules is what the owner has set, in the guard's words.
type Rules struct {
	Home      string                 // the shop's region: numbers without a plus are read in it first
	Countries []string               // the regions of the numbers that are served
	Own       []string               // the shop's own numbers and the carrier's, E.164: never rung as a visitor's
	PerIP     PerIP                  // posts of one address
	Open      func(t time.Time) bool // whether the shop is open then; nil: always
	Zone      *time.Location         // a day is a calendar day in it; nil: UTC
	Consent   string                 // Notice or Tick
	Wording   string                 // version of the consent's words that the form shows now
}

// The kinds of consent.
const (
	Notice = "notice" // the words stand beside the button
	Tick   = "tick"   // the words must be ticked
)

// The codes of the public API with which the guard refuses. What the engine refuses
// has its codes in package callback.
const (
	PhoneRequired    callback.Code = "phone_required"
	PhoneInvalid     callback.Code = "phone_invalid"
	CountryNotServed callback.Code = "country_not_served"
	KindNotServed    callback.Code = "number_type_not_served"
	ConsentRequired  callback.Code = "consent_required"
	FieldTooLong     callback.Code = "field_too_long"
	TimeInvalid      callback.Code = "time_invalid"
	TimeNotOpen      callback.Code = "time_not_open"
	TooManyRequests  callback.Code = "too_many_requests"
)

// Refusal is why a visitor's post is not taken. It repeats nothing that was typed,
// so that it may be logged.
type Refusal struct {
	Code  callback.Code
	Field string        // the field that it is about, by its name in the API; empty: none
	Limit int           // FieldTooLong: the most characters
	After time.Duration // TooManyRequests: asking again after this is let through, if nothing is sent meanwhile
}

func (r *Refusal) Error() string {
	if r.Field == "" {
		return string(r.Code)
	}
	return string(r.Code) + ": " + r.Field
}

func (g *Guard) now() time.Time {
	if g.Now != nil {
		return g.Now()
	}
	return time.Now()
}
