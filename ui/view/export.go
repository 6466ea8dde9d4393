package view

import (
	"fmt"
	"strings"
)

// Text is a request as text, to be pasted elsewhere.
func (d Detail) Text() string {
	head := d.Title
	if d.Number != "" {
		head += "  " + d.Number
	}
	lines := []string{head}
	said := d.Notice.Headline
	if d.Call != nil {
		said = d.Call.Headline
	}
	for _, line := range []string{d.Email, d.Meta, d.Chip.Word + ": " + said, d.Quote, d.Ref} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// Story is a request with its whole history, as a file to be kept.
func (d Detail) Story() string {
	var b strings.Builder
	b.WriteString(d.Text())
	b.WriteString("\n")
	for _, m := range d.History {
		fmt.Fprintf(&b, "%s  %s\n", m.Time, m.Text)
	}
	return b.String()
}
