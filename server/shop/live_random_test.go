package shop_test

import (
	"flag"
	"fmt"
	"hash/fnv"
	"net/http"
	"sync"
	"testing"
	"time"

	"ringback/server/callback"
	"ringback/server/practice"
	"ringback/server/twilio/twiliotest"
)

var seeds = flag.Int("seeds", 40, "how many random courses of live calls are tried")

// dice are thrown for each thing by its name, so that a seed gives the same course
// whatever runs first.
type dice struct {
	seed   int
	mu     sync.Mutex
	thrown map[string]int
}

// throw gives 0 to sides-1; how often a name was thrown for before counts.
func (d *dice) throw(name string, sides int) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.thrown == nil {
		d.thrown = map[string]int{}
	}
	d.thrown[name]++
	h := fnv.New64a()
	_, _ = fmt.Fprint(h, d.seed, name, d.thrown[name])
	x := h.Sum64() // fnv leaves the low bits of short names alike
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	return int(x % uint64(sides))
}

// rest is what becomes of a request: one in three meets a bad answer.
func (d *dice) rest(q twiliotest.Request) twiliotest.Fate {
	all := badAnswers()
	if i := d.throw(string(q.Op), 3*len(all)); i < len(all) {
		return all[i].fate
	}
	return twiliotest.Fate{}
}

// webhook is what becomes of one: half of them are lost, late or repeated.
func (d *dice) webhook(w practice.Webhook) practice.Fate {
	f := practice.Fate{Repeat: d.throw("repeat", 2) * d.throw("times", 3)}
	longest := 60 * time.Second
	if w.TwiML {
		longest = 4 * time.Second // the call waits for it
	}
	switch d.throw("fate", 4) {
	case 0:
		f.Delay = longest * time.Duration(d.throw("delay", 100)) / 100
	case 1:
		f.Drop = !w.TwiML || d.throw("lost", 4) == 0
	}
	return f
}

// Three visitors ask within a minute, one of them may cancel, and everything goes wrong
// that can.
func TestWhateverHappensEachRequestEndsRightly(t *testing.T) {
	for seed := range *seeds {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			d := &dice{seed: seed}
			phones := []string{fmt.Sprintf("+1212555013%d", d.throw("first phone", 10))}
			if d.throw("phones", 2) == 1 {
				phones = append(phones, fmt.Sprintf("+1212555011%d", d.throw("second phone", 10)))
			}
			inBubble(t, liveWith(once+`, "guard": {"per_ip": {"minute": 0}}`, phones...), func(e *exchange, r *running) {
				e.book.foresee("the webhook was lost")
				e.misbehave(twiliotest.Faults{REST: d.rest, Webhook: d.webhook})
				var asked []string
				for i := range 3 {
					asked = append(asked, r.ask(fmt.Sprintf("+1212555020%d", (d.throw("visitor", 10)+i)%10)).ID)
					time.Sleep(time.Duration(d.throw("pause", 20)) * time.Second)
				}
				if d.throw("cancels", 3) == 0 {
					r.cancel(asked[d.throw("who cancels", 3)])
				}
				time.Sleep(45 * time.Minute)
				for i, id := range asked {
					if s := callback.Status(r.do(http.MethodGet, "/status/"+id, nil).Status); s.Open() {
						r.t.Errorf("after 45 minutes request %d is still %s", i+1, s)
					}
				}
				e.stopped(r.t, 10*time.Minute)
				e.alone(r.t)
				all := r.closed()
				e.honest(r.t, all)
				e.logged(r.t, all)
			})
		})
	}
}
