package callback

import (
	"strings"
	"unicode"
)

// longestTextIn is how much of a visitor's text is kept, in characters; ten segments.
const longestTextIn = 1600

// mostTextsIn is how many texts of its visitor a request keeps; whoever sends more is
// counted in the log, and no longer read.
const mostTextsIn = 50

// command is what a text of one of these words alone asks for. Twilio obeys the English
// ones by itself, answers them and passes them on (support.twilio.com, 223134027); so
// none is answered by us. Those that the FCC counts as a revocation in any case are
// among them, and what a Spanish speaker would write.
type command string

const (
	noCommand command = ""
	wordStop  command = "stop"
	wordStart command = "start"
	wordHelp  command = "help"
)

var commands = map[string]command{
	"STOP": wordStop, "STOPALL": wordStop, "UNSUBSCRIBE": wordStop, "CANCEL": wordStop, "END": wordStop, "QUIT": wordStop, "REVOKE": wordStop, "OPTOUT": wordStop,
	"ALTO": wordStop, "PARAR": wordStop, "BAJA": wordStop, "CANCELAR": wordStop,
	"START": wordStart, "YES": wordStart, "UNSTOP": wordStart,
	"HELP": wordHelp, "INFO": wordHelp, "AYUDA": wordHelp,
}

// commandIn finds the command that a text consists of, however it is written.
func commandIn(said string) command {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, said)
	return commands[letters]
}

// texted keeps a visitor's text in the history of the request that it is about, and does
// what it asks for: STOP ends all calls and texts to that number, START allows them again.
func (u *update) texted(ev Event) error {
	word := commandIn(ev.Said)
	switch {
	case ev.From == "":
	case word == wordStop:
		if err := u.bar(ev.From, BarOptOut, Event{Kind: Cancel, By: ByOptOut, Trace: ev.Trace}); err != nil {
			return err
		}
	case word == wordStart:
		if err := u.tx.Unbar(ev.From, BarOptOut); err != nil {
			return err
		}
	}
	r, known, err := u.regarding(ev.From)
	if err != nil {
		return err
	}
	if !known {
		return u.tx.Log(u.now, 0, Note{Kind: string(TextedIn), Body: map[string]any{"word": string(word), "trace": ev.Trace}})
	}
	ev.Digits = string(word)
	came := 0
	for _, t := range r.Texts {
		if !t.Came.IsZero() {
			came++
		}
	}
	if came >= mostTextsIn {
		return u.tx.Log(u.now, r.ID, Note{Kind: "text_dropped", Body: map[string]any{"word": string(word), "trace": ev.Trace}})
	}
	if said := []rune(ev.Said); len(said) > longestTextIn {
		ev.Said = string(said[:longestTextIn])
	}
	_, err = u.apply(r, ev)
	return err
}

// textedIn: somebody at the shop should read it, unless it was a command.
func textedIn(d *decision) {
	if command(d.ev.Digits) == noCommand {
		d.notify(NoticeTexted)
	}
}
