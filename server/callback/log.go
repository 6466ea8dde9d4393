package callback

import "time"

// LogQuery says which entries of the event log are looked at, newest first: by their time,
// and of the same time by their number.
type LogQuery struct {
	Kinds  []string  // empty: all
	Shop   bool      // only those that are no request's
	Text   string    // in the name, number or message of the entry's request, or in the entry; empty: any
	From   time.Time // not before; zero: from the first on
	To     time.Time // before; zero: to the newest
	Before LogPlace  // what lies behind that place; zero: from the newest
	Limit  int       // 0: 100
}

// LogPlace is a place between two entries of the log: right behind the one with this time
// and number.
type LogPlace struct {
	At  time.Time // zero: before the newest
	Seq int64
}

// LogLine is an entry of the event log, and what is known of its request.
type LogLine struct {
	Entry
	// Of has what the list of entries shows of the request: ID, Name, Number, Page, From,
	// Consent.Kind, TalkFrom and TalkTo. Its ID is 0 where the entry is no request's, or the
	// request is gone.
	Of Request
}

// LogPage is a piece of the log. Where a text is looked for the lines may be few, or none,
// and there is still more to be looked through.
type LogPage struct {
	Lines []LogLine
	Next  LogPlace // where to go on
	More  bool     // there is something behind it
}
