package practice

import (
	"strconv"
	"strings"
	"time"

	"ringback/server/callback"
)

// Defaults of Twilio's Dial, in seconds.
const (
	dialRing = 30
	dialTalk = 4 * 60 * 60
)

// dialled is how a Dial ended.
type dialled struct {
	sid     string
	status  callback.CallStatus
	bridged bool
	talked  time.Duration
	code    int
}

// dial rings the number, joins the two, and waits until either hangs up or the
// time is over. The action is asked for even when the caller is gone; what it
// answers is then ignored, as Twilio does.
func (n *Network) dial(c *call, v verb, here string) *jump {
	result, tried := n.dialNumber(c, v, here)
	if !tried {
		return nil
	}
	gone := c.ctx.Err() != nil
	if gone {
		n.end(c, callback.CallDone)
	}
	action := v.attr("action", "")
	if action == "" {
		return nil
	}
	form := n.wanted(c)
	form.Set("DialCallSid", result.sid)
	form.Set("DialCallStatus", string(result.status))
	form.Set("DialBridged", strconv.FormatBool(result.bridged))
	if result.bridged {
		form.Set("DialCallDuration", strconv.Itoa(int(result.talked.Round(time.Second)/time.Second)))
	}
	if result.code != 0 {
		form.Set("ErrorCode", strconv.Itoa(result.code))
	}
	next := &jump{against(here, action), form}
	if !gone {
		return next
	}
	if _, err := n.fetch(n.ctx, next); err != nil && n.ctx.Err() == nil {
		n.complain(c, err)
	}
	return nil
}

// dialNumber makes the second call and has it through; false: there was nothing to
// dial, or the network is closed. A Number's own document is run at the phone that
// picked up, and what hangs up there is never joined.
func (n *Network) dialNumber(c *call, v verb, here string) (dialled, bool) {
	number, ok := n.number(c, v)
	if !ok {
		return dialled{}, false
	}
	from := v.attr("callerId", c.from)
	child := n.newCall(c.ctx, number.text(), from)
	child.parent = c
	child.reports = number.attr("statusCallback", "")
	child.events = strings.Fields(number.attr("statusCallbackEvent", "completed"))
	if !n.register(child) {
		return dialled{}, false
	}
	if from != c.from && from != c.to {
		n.warn(13214, c, "the Dial's callerId is neither of the call's numbers")
		n.fail(child, 13214)
		n.end(child, callback.CallFailed)
		return n.outcome(child, false), true
	}
	n.hears(c, func(s *Sound) { s.Says, s.Dials = "", child.to })
	status := n.ring(child, v.seconds("timeout", dialRing))
	bridged := false
	if status == callback.CallAnswered {
		if screen := number.attr("url", ""); screen != "" {
			n.play(child, against(here, screen))
		}
		if bridged = child.ctx.Err() == nil; bridged {
			n.talk(c, child, v.seconds("timeLimit", dialTalk))
		}
		status = callback.CallDone
	}
	n.end(child, status)
	n.hears(c, func(s *Sound) { s.Dials, s.With = "", "" })
	return n.outcome(child, bridged), true
}

// number is the one Number of a Dial; the network dials no more than one.
func (n *Network) number(c *call, v verb) (verb, bool) {
	var numbers []verb
	for _, noun := range v.Verbs {
		if noun.name() == "Number" && e164.MatchString(noun.text()) {
			numbers = append(numbers, noun)
		}
	}
	if len(numbers) != 1 {
		n.warn(13223, c, "a Dial must have exactly one Number, in E.164")
		return verb{}, false
	}
	return numbers[0], true
}

// talk joins the two until one of them hangs up or the time is over.
func (n *Network) talk(c, child *call, limit time.Duration) {
	n.hears(c, func(s *Sound) { s.Dials, s.With = "", child.to })
	n.hears(child, func(s *Sound) { s.With = c.to })
	n.wait(child.ctx, n.scaled(limit))
}

func (n *Network) outcome(child *call, bridged bool) dialled {
	n.mu.Lock()
	defer n.mu.Unlock()
	return dialled{
		sid: child.sid, status: child.status, code: child.code,
		bridged: bridged, talked: child.talked(n.now()),
	}
}
