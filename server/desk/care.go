package desk

import (
	"context"
	"errors"
	"time"
)

// Care is what the owner can do for what the shop keeps: backups of it, and putting one
// back. Its methods wait for the disk, the last two for as long as the database is large.
type Care interface {
	// Backups are those that the program made by itself, the newest first.
	Backups(ctx context.Context) ([]Backup, error)
	// BackUp makes a checked copy in a file that is not there yet. The errors are
	// ErrFileThere, ErrFilePlace or one of the database's.
	BackUp(ctx context.Context, file string) (Kept, error)
	// Restore puts a copy in the place of the shop's database; the shop goes on with what
	// is in it. What was there before is kept aside. The errors are ErrCallOn, ErrCopy or
	// one of the disk's, and nothing was changed then.
	Restore(ctx context.Context, file string) (Kept, error)
	// Home is where the program keeps things, and what it is made of.
	Home(ctx context.Context) (Home, error)
}

// Backup is a copy that the program made by itself.
type Backup struct {
	File string // the path
	Made time.Time
	Why  Why
}

// Why is what a backup was made for.
type Why string

const (
	Nightly       Why = "nightly"
	BeforeUpdate  Why = "before_update"  // by a version that brought the database up to date
	BeforeRestore Why = "before_restore" // it is what a restore has replaced
)

// Kept is what is in a copy that was made or put back.
type Kept struct {
	Entries int    // in its event log
	Broken  bool   // the event log is not whole; requests and settings are sound
	Aside   string // Restore: the path of what was there before
}

// Home is where the program keeps things, and what it is made of.
type Home struct {
	Version   string
	Data      string          // the data directory
	Logs      string          // the log folder
	Keyring   bool            // secrets are kept in the operating system's keyring, or will be; else in a file of the data directory
	Given     map[string]bool // of settings.SecretNames: the environment has it, and beats what is kept
	Libraries []string        // the modules that are part of the program, with their versions
}

// Why a copy was not made or not put back.
var (
	ErrFileThere = errors.New("there is a file of that name already")
	ErrFilePlace = errors.New("the file can't be written there")
	ErrCallOn    = errors.New("a call is under way")
	ErrCopy      = errors.New("that is no sound copy of a shop")
)
