// Ringback rings a shop when a visitor of its website asks to be called, and joins the
// two. This file parses the command line and starts the shop, with or without a window.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"ringback/server/shop"
	"ringback/ui/desktop"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

const commands = "serve, settings, backup, restore, verify, version, or none for the window"

// run carries out one command line and returns the exit status: 0 well, 1 the computer
// is in the way, 2 wrong words, 3 it is running already.
func run(args []string, out, errs io.Writer) int {
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return status(open(true, args, out, errs), errs)
	}
	command, args := args[0], args[1:]
	var err error
	switch command {
	case "serve":
		err = open(false, args, out, errs)
	case "settings":
		err = changeSettings(args, out)
	case "backup", "restore", "verify", "version":
		ctx, stop := untilSignal()
		err = shop.Tool(ctx, command, args, out)
		stop()
	default:
		err = &shop.UsageError{Message: fmt.Sprintf("%q is no command; there are: %s", command, commands)}
	}
	return status(err, errs)
}

// status says one line for what went wrong (for a settings file, one a fault).
func status(err error, errs io.Writer) int {
	if err == nil || errors.Is(err, shop.ErrRaised) {
		return 0
	}
	say(errs, err.Error())
	var usage *shop.UsageError
	switch {
	case errors.As(err, &usage):
		return 2
	case errors.Is(err, shop.ErrRunning):
		return 3
	}
	return 1
}

// say prints a line. When nobody reads it any more, that is no reason to stop.
func say(to io.Writer, line string) { _, _ = fmt.Fprintln(to, line) }

// read reads flags, whose usage is the word for their value, and what may stand after
// them, if anything. A flag that is given without anything in it is refused: an unset
// variable must not lead to another shop's data.
func read(flags *flag.FlagSet, args []string, after ...string) error {
	var there []string
	flags.VisitAll(func(f *flag.Flag) { there = append(there, strings.TrimSpace("-"+f.Name+" "+f.Usage)) })
	allowed := "flags are " + strings.Join(there, ", ")
	if err := flags.Parse(args); err != nil {
		return &shop.UsageError{Message: strings.ReplaceAll(err.Error(), "\n", `\n`) + "; " + allowed}
	}
	var wrong error
	flags.Visit(func(f *flag.Flag) {
		if f.Value.String() == "" {
			wrong = &shop.UsageError{Message: fmt.Sprintf("-%s: needs a value, or must be left out", f.Name)}
		}
	})
	if wrong == nil && flags.NArg() > len(after) {
		more := cmp.Or(strings.Join(after, " "), "nothing")
		wrong = &shop.UsageError{Message: fmt.Sprintf("%q: nothing is expected here; %s; after them %s", flags.Arg(len(after)), allowed, more)}
	}
	return wrong
}

// untilSignal ends when the program is told to.
func untilSignal() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
}

// open starts the shop and lets it run until the window is closed or a signal comes.
func open(window bool, args []string, out, errs io.Writer) error {
	options := shop.Options{ByHand: window, Window: window, Errors: errs}
	flags := flag.NewFlagSet("ringback", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&options.Data, "data", "", "DIR")
	flags.StringVar(&options.Listen, "listen", shop.DefaultListen, "ADDR")
	flags.StringVar(&options.Ops, "ops", shop.DefaultOps, "ADDR")
	flags.StringVar(&options.Settings, "settings", "", "FILE")
	flags.BoolVar(&options.Practice, "practice", false, "")
	if err := read(flags, args); err != nil {
		return err
	}
	if window {
		if err := desktop.Ready(); err != nil {
			return err
		}
	}
	ctx, stop := untilSignal()
	defer stop()
	s, err := shop.Open(ctx, options)
	if err != nil {
		return err
	}
	say(out, "The form is at "+s.FormURL())
	if public := s.PublicURL(); public != "" {
		say(out, "Visitors reach it at "+public+"/")
	}
	if window {
		err = desktop.Run(ctx, s.Desk(), desktop.Options{Version: shop.Version, Log: s.Log(), Args: desktop.Again(flags), OnRaise: s.OnRaise})
	} else {
		<-ctx.Done()
	}
	return errors.Join(err, s.Close())
}

// changeSettings prints the settings, or applies a file of them.
func changeSettings(args []string, out io.Writer) error {
	var options shop.Options
	flags := flag.NewFlagSet("ringback settings", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&options.Data, "data", "", "DIR")
	if err := read(flags, args, "FILE"); err != nil {
		return err
	}
	ctx, stop := untilSignal()
	defer stop()
	var said string
	var err error
	if flags.NArg() > 0 {
		said, err = shop.ApplySettings(ctx, options, flags.Arg(0))
	} else {
		said, err = shop.PrintSettings(ctx, options)
	}
	if err == nil {
		say(out, strings.TrimSuffix(said, "\n"))
	}
	return err
}
