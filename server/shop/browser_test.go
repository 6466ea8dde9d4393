package shop_test

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"ringback/server/desk"
)

// browser finds a Chromium under one of the names that .ci/need looks for, too.
func browser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("a Chromium in PATH is needed; `make test` installs one on Debian and Ubuntu")
	return ""
}

// browse opens an empty Chromium, and closes it with the test.
func browse(t *testing.T, flags ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(browser(t)), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.UserDataDir(t.TempDir()),
		// Without these it asks its maker's hosts for this and that.
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-quic", true),
	}
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewExecAllocator(ctx, append(options, flags...)...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	t.Cleanup(func() {
		// Asked to, it takes away what it has put into the system's place for
		// temporary files; killed, it would leave that there.
		if err := chromedp.Cancel(ctx); err != nil {
			t.Errorf("the browser does not close: %v", err)
		}
	})
	return ctx
}

// patience is how long a page may take; only a broken one takes so long.
const patience = 30 * time.Second

// page is a tab at the visitor's side.
type page struct {
	t   *testing.T
	ctx context.Context
}

func (p page) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.t.Fatal(err)
	}
}

// says waits until the page's heading holds these words.
func (p page) says(words string) {
	p.t.Helper()
	p.until(fmt.Sprintf("document.querySelector('h2')?.textContent.includes(%q)", words))
}

// shows waits for an element without any script.
func (p page) shows(css string) {
	p.t.Helper()
	for end := time.Now().Add(patience); ; {
		err := chromedp.Do(p.ctx, chromedp.WaitVisible(chromedp.CSS(css)))
		if err == nil {
			return
		}
		if time.Now().After(end) {
			p.t.Fatalf("%s is never shown: %v", css, err)
		}
	}
}

// until waits until an expression is true. A poll does not survive that the page is
// left for another, so it is begun again.
func (p page) until(expression string) {
	p.t.Helper()
	for end := time.Now().Add(patience); ; {
		_, err := chromedp.Run(p.ctx, chromedp.Poll[bool](expression))
		if err == nil {
			return
		}
		if time.Now().After(end) {
			text, _ := chromedp.Run(p.ctx, chromedp.Evaluate[string]("document.body.innerText"))
			p.t.Fatalf("never true on the page: %s (%v); it says: %s", expression, err, text)
		}
	}
}

func (p page) ask(url, number string) {
	p.t.Helper()
	p.do(
		chromedp.Navigate(url),
		chromedp.SendKeys(chromedp.CSS("input[name=visitor_number]"), number),
		chromedp.SendKeys(chromedp.CSS("input[name=name]"), "Jane Doe"),
		chromedp.Click(chromedp.CSS("main button")),
	)
}

// The main job as a visitor and the shop see it: a form in a browser, the drawn phones.
func TestAVisitorsPageFollowsTheCall(t *testing.T) {
	b := startByHand(t, "")
	p := page{t, browse(t)}
	p.ask(b.url+"/", "212 555 0123")
	p.says("Ringing the shop")
	counter, _ := b.wait("the shop's phone rings", func(s, _ desk.PracticePhone) bool { return s.State == desk.Ringing })
	b.desk.Practice().Answer(counter.Number)
	b.wait("the whisper asks for a key", func(s, _ desk.PracticePhone) bool { return s.Keys })
	b.desk.Practice().Press(counter.Number, "1")
	p.says("Pick up")
	_, visitor := b.wait("the visitor's phone rings", func(_, v desk.PracticePhone) bool { return v.State == desk.Ringing })
	b.desk.Practice().Answer(visitor.Number)
	p.says("You are connected")
	b.desk.Practice().HangUp(visitor.Number)
	p.says("Thank you for talking to us")
}

func TestAVisitorCancelsOnThePage(t *testing.T) {
	b := startByHand(t, "")
	p := page{t, browse(t)}
	p.ask(b.url+"/", "212 555 0123")
	p.says("Ringing the shop")
	p.do(chromedp.Click(chromedp.CSS("form[action='/cancel_request'] button")))
	p.says("Cancelled")
	b.wait("the shop's phone is quiet", func(s, _ desk.PracticePhone) bool { return s.State == desk.Idle })
}

func TestAWrongNumberIsSaidBesideItsField(t *testing.T) {
	b := startByHand(t, "")
	p := page{t, browse(t)}
	p.ask(b.url+"/", "212 555 01")
	p.until("document.querySelector('input[name=visitor_number][aria-invalid=true]')?.value=='212 555 01'")
	name, err := chromedp.Run(p.ctx, chromedp.Evaluate[string]("document.querySelector('input[name=name]').value"))
	if err != nil || name != "Jane Doe" {
		t.Errorf("the name is now %q, %v: nothing typed may be lost", name, err)
	}
}

// Without scripts the page renews itself by a header, and says so.
func TestThePageWithoutScripts(t *testing.T) {
	b := startByHand(t, "")
	p := page{t, browse(t, chromedp.Flag("blink-settings", "scriptEnabled=false"))}
	p.ask(b.url+"/", "212 555 0123")
	p.shows("form[action='/cancel_request']")
	text, err := chromedp.Run(p.ctx, chromedp.Text(chromedp.CSS("main")))
	if err != nil || !strings.Contains(text, "Ringing the shop") || !strings.Contains(text, "renews itself") {
		t.Errorf("the page says %q, %v", text, err)
	}
}
