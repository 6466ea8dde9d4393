package settings

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Fault is one thing wrong in a settings file.
type Fault struct {
	Path    string // hours.week.mon[0]; or the line and column, where the file is no JSON
	Message string // what is wrong and what is allowed; never a secret

	// Kind says the same to whoever has words of its own for it, with Args in the order in
	// which Message has them.
	Kind Kind
	Args []string

	at int64 // where in the file, to say faults in its order
}

// Kind is what is wrong: the format that a text has not (the formats of the schema without
// "-or-empty", such as number, mail, page, colour), or one of these.
type Kind string

const (
	OtherFault   Kind = ""
	OutOfRange   Kind = "range"   // least, most
	TooLong      Kind = "long"    // characters: has, most
	TooMany      Kind = "many"    // entries: has, most
	NoEntry      Kind = "empty"   // a list that needs one
	Repeated     Kind = "twice"   // in a list
	NotCents     Kind = "cents"   // a part of a cent
	WrongType    Kind = "type"    // such as text for a number
	NoChoice     Kind = "choice"  // none of those that there are
	Needed       Kind = "needed"  // with another key's value
	SamePhone    Kind = "phone"   // the place of the phone that has the number already, from 1
	OwnNumber    Kind = "own"     // the Twilio number can't call itself
	NotYetObeyed Kind = "not_yet" // in live mode: the key
	NoHolidays   Kind = "holidays"
	TimesOverlap Kind = "overlap" // the other interval
)

// String is the fault as a person reads it, on one line.
func (f Fault) String() string { return f.Path + ": " + f.Message }

// Faults is everything wrong in a settings file, in the order of the file.
type Faults []Fault

// Error has one line for each fault.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}

// has says whether path, something in it, or something around it is at fault
// already: one mistake is said once.
func (fs Faults) has(path string) bool {
	return slices.ContainsFunc(fs, func(f Fault) bool {
		return f.Path == path || inside(f.Path, path) || inside(path, f.Path)
	})
}

// inside says whether path lies within outer.
func inside(path, outer string) bool {
	rest, ok := strings.CutPrefix(path, outer)
	return ok && rest != "" && (rest[0] == '.' || rest[0] == '[')
}

// sorted is the faults in the order of the file, those at one place by path.
func (fs Faults) sorted() Faults {
	slices.SortStableFunc(fs, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.at, b.at), strings.Compare(a.Path, b.Path))
	})
	return fs
}

// quote shows a value of the file on one line. It is cut, because a file can
// hold anything, and withheld where it may hold a password before an @.
func quote(s string) string {
	const most = 60
	if strings.Contains(s, "://") && strings.Contains(s, "@") {
		return "an address with a user or password"
	}
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return strconv.Quote(s)
}
