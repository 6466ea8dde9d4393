package practice

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// mostDocuments ends a call whose TwiML redirects in a circle.
const mostDocuments = 100

// jump is the next document of a call.
type jump struct {
	address string
	form    url.Values
}

// play runs the call's TwiML until its last document ends, the TwiML hangs up, or
// the call ends otherwise. What Twilio answers with "an application error has
// occurred" ends the call too.
func (n *Network) play(c *call, address string) {
	next := &jump{address, n.wanted(c)}
	for range mostDocuments {
		verbs, err := n.fetch(c.ctx, next)
		if c.ctx.Err() != nil {
			return
		}
		if err != nil {
			n.complain(c, err)
			return
		}
		for _, what := range unknown(verbs, "") {
			n.warn(12200, c, what)
		}
		if next = n.perform(c, verbs, next.address); next == nil {
			return
		}
	}
	n.warn(11200, c, "the TwiML redirects in a circle")
}

// complain warns with the code that an error begins with, or else that of a
// webhook that failed.
func (n *Network) complain(c *call, err error) {
	before, _, _ := strings.Cut(err.Error(), ":")
	code, bad := strconv.Atoi(before)
	if bad != nil {
		code = 11200
	}
	n.warn(code, c, err.Error())
}

func (n *Network) fetch(ctx context.Context, to *jump) ([]verb, error) {
	hook := Webhook{URL: to.address, Form: to.form, TwiML: true}
	got, err := n.post(ctx, hook, ask(n.Faults.Webhook, hook))
	if err != nil {
		return nil, err
	}
	return parse(got)
}

// perform runs verbs in order. It returns the document that takes over, or nil
// when the call is to end.
func (n *Network) perform(c *call, verbs []verb, here string) *jump {
	for _, v := range verbs {
		if c.ctx.Err() != nil {
			return nil
		}
		var next *jump
		switch v.name() {
		case "Say", "Pause":
			n.sound(c, v, nil)
		case "Gather":
			next = n.gather(c, v, here)
		case "Dial":
			next = n.dial(c, v, here)
		case "Redirect":
			next = &jump{against(here, v.text()), n.wanted(c)}
		case "Hangup":
			c.hang(errOver)
			return nil
		}
		if next != nil {
			return next
		}
	}
	return nil
}

// sound says or pauses. With keys, a key that is pressed cuts it short and is
// returned.
func (n *Network) sound(c *call, v verb, keys <-chan string) string {
	var long time.Duration
	switch v.name() {
	case "Say":
		long = n.speaking(v.text())
		n.hears(c, func(s *Sound) { s.Says, c.said = v.text(), v.text() })
	case "Pause":
		long = v.seconds("length", 1)
	}
	return n.key(c, long, keys)
}

// key waits that long for a key; empty: none came, or the call ended.
func (n *Network) key(c *call, long time.Duration, keys <-chan string) string {
	timer := time.NewTimer(n.scaled(long))
	defer timer.Stop()
	select {
	case key := <-keys:
		return key
	case <-timer.C:
	case <-c.ctx.Done():
	}
	return ""
}

// against resolves an address of the TwiML as a browser would; an empty one is
// the document's own.
func against(here, address string) string {
	if address == "" {
		return here
	}
	base, err := url.Parse(here)
	if err != nil {
		return address
	}
	resolved, err := base.Parse(address)
	if err != nil {
		return address
	}
	if resolved.IsAbs() && strings.HasPrefix(address, resolved.Scheme+"://") {
		return address // byte for byte what was given: it is signed
	}
	return resolved.String()
}
