package callback

import (
	"errors"
	"time"
)

// Code names a refusal for programs; the names are those of the public API.
type Code string

const (
	NotFound      Code = "not_found"
	TooLate       Code = "too_late"
	KeyReused     Code = "key_reused"
	NumberLimit   Code = "number_limit"
	DailyLimit    Code = "daily_limit"
	NotSaved      Code = "not_saved"
	NumberBlocked Code = "number_blocked"
	CallIsOn      Code = "call_is_on" // the owner's wish can't be granted while a call is on

	// Of a text of the owner's.
	TextEmpty    Code = "text_empty"
	TextTooLong  Code = "text_too_long"  // more than LongestText segments
	TextUnderWay Code = "text_under_way" // the carrier has not taken the one before yet
)

// Error is a wish that was refused: for programs a code, for people a sentence is
// found by it. After is when it is worth trying again; zero: unknown.
type Error struct {
	Code  Code
	After time.Duration
	Err   error // for the log; nil: nothing more to say
}

func (e *Error) Error() string {
	if e.Err == nil {
		return string(e.Code)
	}
	return string(e.Code) + ": " + e.Err.Error()
}

func (e *Error) Unwrap() error { return e.Err }

// Is compares by code, so that errors.Is finds a kind of refusal whatever it wraps.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// ErrForeign says that a webhook names a leg that belongs to another call or account.
var ErrForeign = errors.New("the leg belongs to another call")
