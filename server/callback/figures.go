package callback

import "time"

// Quarter is the step in which figures count: in every zone a day and an hour begin with
// a quarter of an hour of UTC.
const Quarter = 15 * time.Minute

// Figures are what happened since a time, counted in quarters of an hour of UTC.
type Figures struct {
	Requests []Tally   // what became of those that asked; neither spam nor those that follow another
	Waits    []Wait    // of those that did not ask for a later time, and for whom a shop phone rang
	Expenses []Expense // of calls and texts
}

// Tally is how many of those that asked in one quarter of an hour have a status now.
type Tally struct {
	At     time.Time
	Status Status
	N      int
}

// Wait is how long it took until the first shop phone rang for a request.
type Wait struct {
	Asked time.Time
	Took  time.Duration
}

// Expense is what calls or texts of one quarter of an hour cost, in millionths of a US
// dollar.
type Expense struct {
	At        time.Time
	Texts     bool // texts, else calls
	N         int
	Cost      int64
	Estimated int64 // the part of Cost that is not the carrier's price yet
}
