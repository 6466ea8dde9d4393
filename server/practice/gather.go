package practice

import "strings"

// Defaults of Twilio's Gather.
const (
	gatherWait = 5 // seconds
	gatherEnd  = "#"
)

// gather says what stands inside and waits for keys. With keys the action takes
// over; without, the document goes on, unless the action wants to know that too.
func (n *Network) gather(c *call, v verb, here string) *jump {
	forgetKeys(c)
	n.hears(c, func(s *Sound) { s.Gathers = true })
	digits := n.listen(c, v)
	n.hears(c, func(s *Sound) { s.Gathers = false })
	if c.ctx.Err() != nil || digits == "" && v.attr("actionOnEmptyResult", "false") != "true" {
		return nil
	}
	form := n.wanted(c)
	form.Set("Digits", digits)
	form.Set("FinishedOnKey", "")
	form.Set("msg", "Gather End")
	return &jump{against(here, v.attr("action", "")), form}
}

// listen returns the keys that were pressed. The first one cuts what is said.
func (n *Network) listen(c *call, v verb) string {
	first := ""
	for _, inside := range v.Verbs {
		if first = n.sound(c, inside, c.keys); first != "" || c.ctx.Err() != nil {
			break
		}
	}
	wait := v.seconds("timeout", gatherWait)
	if first == "" && c.ctx.Err() == nil {
		first = n.key(c, wait, c.keys)
	}
	end, most := v.attr("finishOnKey", gatherEnd), v.number("numDigits", 0)
	digits := ""
	for key := first; key != "" && !strings.Contains(end, key); key = n.key(c, wait, c.keys) {
		if digits += key; len(digits) == most {
			break
		}
	}
	return digits
}

// forgetKeys drops what was pressed before anybody asked for it.
func forgetKeys(c *call) {
	for {
		select {
		case <-c.keys:
		default:
			return
		}
	}
}
