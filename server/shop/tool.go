package shop

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"ringback/server/sqlite"
)

// Tool carries out a command that needs no shop: backup, restore, verify, version. The
// errors are *UsageError, or one line with its remedy.
func Tool(ctx context.Context, command string, args []string, out io.Writer) error {
	data, file, err := readTool(command, args)
	if err != nil {
		return err
	}
	says := ""
	switch command {
	case "backup":
		says, err = backUp(ctx, data, file)
	case "restore":
		says, err = restore(ctx, data, file)
	case "verify":
		says, err = verify(ctx, data)
	default:
		says = "ringback " + Version
	}
	if err == nil {
		_, err = fmt.Fprintln(out, says)
	}
	return err
}

// toolFiles says what the one word after the flags is, for the commands that want one.
var toolFiles = map[string]string{"backup": "the copy that is made", "restore": "the copy that is put back"}

// readTool reads the flags, and the file where the command takes one.
func readTool(command string, args []string) (data, file string, err error) {
	flags := flag.NewFlagSet("ringback", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&data, "data", DefaultData(), "")
	usage := func(format string, a ...any) (string, string, error) {
		return "", "", &UsageError{Message: fmt.Sprintf(format, a...)}
	}
	allowed := "ringback " + command + " [-data DIR]"
	what, wants := toolFiles[command]
	if wants {
		allowed += " FILE"
	}
	if err := flags.Parse(args); err != nil {
		return usage("%s; allowed is: %s", strings.ReplaceAll(err.Error(), "\n", `\n`), allowed)
	}
	rest := flags.Args()
	switch {
	case data == "":
		return usage("-data: needs a value, or must be left out")
	case wants && (len(rest) == 0 || rest[0] == ""):
		return usage("FILE is missing: %s; allowed is: %s", what, allowed)
	case wants:
		file, rest = rest[0], rest[1:]
	}
	if len(rest) > 0 {
		return usage("%q: nothing is expected here; allowed is: %s", rest[0], allowed)
	}
	return data, file, nil
}

func backUp(ctx context.Context, data, file string) (string, error) {
	if err := isThere(data); err != nil {
		return "", err
	}
	chain, err := sqlite.Backup(ctx, filepath.Join(data, dataFile), file)
	switch {
	case errors.Is(err, fs.ErrExist):
		return "", fmt.Errorf("%s is there already; choose another name, or move it away", file)
	case isChain(err):
		return "", fmt.Errorf("%s was made, but in it the event log is not whole: %w", file, err)
	case ofFile(err):
		return "", fmt.Errorf("%s can't be written: %w; choose a directory that is there, that this user can write and that has room", file, err)
	case err != nil:
		return "", unopened(data, dataFile, err)
	}
	return "anchor " + chain.Anchor.String(), nil
}

// isChain says that the database is sound, and its event log is not whole.
func isChain(err error) bool {
	_, broken := errors.AsType[*sqlite.ChainError](err)
	return broken
}

func verify(ctx context.Context, data string) (string, error) {
	if err := isThere(data); err != nil {
		return "", err
	}
	chain, err := sqlite.Inspect(ctx, filepath.Join(data, dataFile))
	if err != nil {
		return "", unopened(data, dataFile, err)
	}
	since := ""
	if !chain.Since.IsZero() {
		since = " since " + chain.Since.UTC().Format(time.RFC3339)
	}
	return fmt.Sprintf("The database is sound and the event log is whole: %d entries%s, anchor %s", chain.Entries, since, chain.Anchor), nil
}

func restore(ctx context.Context, data, file string) (string, error) {
	if _, err := os.Stat(file); err != nil {
		return "", &UsageError{Message: fmt.Sprintf("%q can't be read: %v; FILE is a copy that ringback backup made", file, errors.Unwrap(err))}
	}
	unlock, err := lockIdle(data)
	if err != nil {
		return "", err
	}
	defer unlock()
	kept, chain, err := sqlite.Restore(ctx, file, filepath.Join(data, dataFile), time.Now())
	if err != nil {
		return "", fmt.Errorf("nothing was changed: %w; %s", err, copyRemedy(err))
	}
	says := fmt.Sprintf("Restored: %d entries, anchor %s", chain.Entries, chain.Anchor)
	if err := chain.Err(); err != nil {
		says = fmt.Sprintf("Restored, with a warning: %v; requests and settings are sound", err)
	}
	if kept != "" {
		says += "; what was there before is kept as " + kept
	}
	return says, nil
}

// lockIdle takes the data directory, which a new computer may not have yet, for as long as
// nothing else may use it.
func lockIdle(data string) (unlock func(), err error) {
	if err := makePrivate(data); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(data, "ringback.lock"), flock.SetPermissions(0o600))
	// A program that ends this very moment may hold it for an instant longer.
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Second)
	defer stop()
	locked, err := lock.TryLockContext(ctx, 50*time.Millisecond)
	switch {
	case err != nil && !errors.Is(err, context.DeadlineExceeded):
		return nil, fmt.Errorf("the data directory can't be written: %w; choose another with -data", err)
	case !locked:
		return nil, fmt.Errorf("a Ringback is running on %s; end it before its database is replaced", data)
	}
	return func() { _ = lock.Unlock() }, nil
}

// isThere refuses to look after a database that is not there: a wrong directory must not
// look like an empty shop.
func isThere(data string) error {
	f, err := os.Open(filepath.Join(data, dataFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no %s in %s; name the data directory with -data", dataFile, data)
	case err != nil:
		return fmt.Errorf("%w; let this user read it, or choose another directory with -data", err)
	}
	return f.Close()
}

// ofFile says that the operating system refused, not the database.
func ofFile(err error) bool {
	_, path := errors.AsType[*fs.PathError](err)
	_, link := errors.AsType[*os.LinkError](err)
	return path || link
}

// copyRemedy is what can be done about a copy that can't be put back.
func copyRemedy(err error) string {
	switch {
	case errors.Is(err, sqlite.ErrNewer):
		return "restore it with that newer version"
	case errors.Is(err, sqlite.ErrFull), errors.Is(err, sqlite.ErrDisk):
		return remedy(err)
	case errors.Is(err, sqlite.ErrReadOnly), errors.Is(err, fs.ErrPermission):
		return "let this user write the data directory, and have the copy in a directory that this user can write"
	}
	return "choose another copy"
}

// unopened says what is wrong with a database and what to do. One that is damaged stays as
// it is, and where there is a good backup it is offered.
func unopened(data, file string, err error) error {
	_, broken := errors.AsType[*sqlite.ChainError](err)
	damaged := broken || errors.Is(err, sqlite.ErrDamaged) || errors.Is(err, sqlite.ErrNotOurs)
	if !damaged || file != dataFile {
		return fmt.Errorf("%s: %w; %s", file, err, remedy(err))
	}
	shelf := sqlite.Shelf{Dir: filepath.Join(data, backupsDir)}
	good, ok := shelf.NewestGood(context.Background()) // it must be looked for, whoever is in a hurry
	if !ok {
		return fmt.Errorf("%s: %w; it stays as it is, and there is no good backup in %s; %s", file, err, shelf.Dir, remedy(err))
	}
	return fmt.Errorf("%s: %w; it stays as it is; the newest good backup is of %s, and this puts it in its place: ringback restore -data %s %s",
		file, err, good.Made.Format("2006-01-02 15:04 UTC"), word(data), word(good.Path))
}

// word is a path as a command line takes it.
func word(path string) string {
	if strings.ContainsAny(path, " \t'\"$&;()<>|*?`\\#!") {
		return strconv.Quote(path)
	}
	return path
}
