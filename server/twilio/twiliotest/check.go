package twiliotest

import (
	"fmt"
	"maps"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

const noMaximum = 1<<31 - 1

var (
	e164 = regexp.MustCompile(`\A\+[1-9][0-9]{1,14}\z`)
	host = regexp.MustCompile(`\A[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\z`)
)

// check says what is wrong with a value; empty: nothing. It never repeats the value.
type check func(value string) string

func phone(value string) string {
	if !e164.MatchString(value) {
		return "is not E.164"
	}
	return ""
}

func sid(kind string) check {
	form := regexp.MustCompile(`\A` + kind + `[0-9a-fA-F]{32}\z`)
	return func(value string) string {
		if !form.MatchString(value) {
			return "is not " + kind + " and 32 hex digits"
		}
		return ""
	}
}

func oneOf(values ...string) check {
	return func(value string) string {
		if !slices.Contains(values, value) {
			return "is not one of " + strings.Join(values, ", ")
		}
		return ""
	}
}

func whole(least, most int) check {
	return func(value string) string {
		n, err := strconv.Atoi(value)
		if err != nil || n < least || n > most || strconv.Itoa(n) != value {
			return fmt.Sprintf("is not a whole number from %d to %d", least, most)
		}
		return ""
	}
}

func upTo(characters int) check {
	return func(value string) string {
		if n := utf8.RuneCountInString(value); n == 0 || n > characters {
			return fmt.Sprintf("does not have 1 to %d characters", characters)
		}
		return ""
	}
}

func anything(string) string { return "" }

// address: absolute, and with a host name that has no underscore.
func address(value string) string {
	u, err := url.Parse(value)
	switch {
	case err != nil || u.Scheme != "https" && u.Scheme != "http" || u.User != nil:
		return "is not an absolute http(s) URL"
	case !host.MatchString(u.Hostname()) && net.ParseIP(u.Hostname()) == nil:
		return "has no valid host name"
	case u.Fragment != "":
		return "has a fragment, which overrides how Twilio connects"
	}
	return ""
}

// private says that Twilio could not reach the address from outside.
func private(value string) bool {
	u, err := url.Parse(value)
	if err != nil {
		return true
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && (ip.IsLoopback() || ip.IsPrivate() || ip.IsUnspecified() || ip.IsLinkLocalUnicast())
}

// faults compares parameters with the document, one sentence a fault, by name.
func (o operation) faults(form url.Values) []string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(form)) {
		p, known := o.played[name]
		switch {
		case !known && slices.Contains(o.other, name):
			all = append(all, name+" is documented but not played here")
		case !known:
			all = append(all, fmt.Sprintf("%.40q is not in the document", name))
		case len(form[name]) > 1 && !p.many:
			all = append(all, name+" is given twice")
		default:
			all = append(all, p.faults(name, form[name])...)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o.played)) {
		if o.played[name].needed && form.Get(name) == "" {
			all = append(all, name+" is missing")
		}
	}
	return all
}

func (p parameter) faults(name string, values []string) []string {
	var all []string
	for _, value := range values {
		if wrong := p.check(value); wrong != "" {
			all = append(all, name+" "+wrong)
		}
	}
	return all
}
