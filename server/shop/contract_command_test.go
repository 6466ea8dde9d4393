package shop_test

import (
	"database/sql"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	netstat "github.com/shirou/gopsutil/v4/net"
)

// The contract's section on the command line, sentence by sentence, on the built program.
// What needs a window is tried by .ci/window, backup, restore and verify in tool_test.go.

func TestServeLogsToStandardErrorAndEndsCleanlyAtEitherSignal(t *testing.T) {
	for name, signal := range map[string]os.Signal{"SIGINT": os.Interrupt, "SIGTERM": syscall.SIGTERM} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := launch(t, &lines{}, nil, t.TempDir(), "-practice")
			if err := l.cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			<-l.dead
			if err := l.cmd.Wait(); err != nil {
				t.Errorf("it ends with %v", err)
			}
			if log := l.log.String(); !strings.Contains(log, "msg=open") {
				t.Errorf("standard error has %q and nothing of the start", log)
			}
			if _, err := os.Lstat(filepath.Join(l.data, "ringback.sock")); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("afterwards its socket is there: %v", err)
			}
		})
	}
}

func TestAFlagStandsAfterTheCommandAndBeforeItsFileWithOneDashOrTwo(t *testing.T) {
	good, set := shopData(t, "asked"), fileWith(t, `{}`)
	for _, c := range []struct {
		name   string
		args   []string
		status int
	}{
		{"one dash", []string{"verify", "-data", good}, 0},
		{"two dashes", []string{"verify", "--data", good}, 0},
		{"one dash and =", []string{"verify", "-data=" + good}, 0},
		{"two dashes and =", []string{"verify", "--data=" + good}, 0},
		{"printing settings", []string{"settings", "--data", good}, 0},
		{"before the file of settings", []string{"settings", "--data", good, set}, 0},
		{"before the file of backup", []string{"backup", "--data", good, filepath.Join(t.TempDir(), "copy.db")}, 0},
		{"before the file of restore", []string{"restore", "--data", t.TempDir(), filepath.Join(good, "ringback.db")}, 0},
		{"version", []string{"version", "--data", good}, 0},
		{"before the command", []string{"-data", good, "verify"}, 2},
		{"after the file of settings", []string{"settings", set, "-data", good}, 2},
		{"after the file of backup", []string{"backup", filepath.Join(t.TempDir(), "copy.db"), "-data", good}, 2},
		{"after the file of restore", []string{"restore", filepath.Join(good, "ringback.db"), "-data", good}, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, _, errs := command(t, c.args...)
			if status != c.status || strings.Count(errs, "\n") != min(c.status, 1) {
				t.Errorf("status %d, %q; want status %d", status, errs, c.status)
			}
		})
	}
}

func TestAWrongWordIsNamedWithWhatIsAllowed(t *testing.T) {
	flags := "-data DIR, -listen ADDR, -ops ADDR, -practice, -settings FILE"
	commands := "serve, settings, backup, restore, verify, version"
	missing := filepath.Join(t.TempDir(), "none.json")
	for _, c := range []struct {
		name    string
		args    []string
		names   string
		allowed string
	}{
		{"a command", []string{"sing"}, `"sing"`, commands},
		{"a command in capitals", []string{"Serve"}, `"Serve"`, commands},
		{"an empty command, as an unset variable leaves it", []string{""}, `""`, commands},
		{"a command of two lines", []string{"si\nng"}, `"si\nng"`, commands},
		{"a flag", []string{"serve", "-loud"}, "-loud", flags},
		{"a flag of the window's", []string{"-loud"}, "-loud", flags},
		{"help, which is no flag", []string{"-help"}, "help", flags},
		{"a value of a flag without one", []string{"serve", "-practice=maybe"}, "maybe", flags},
		{"a word after serve", []string{"serve", "now"}, `"now"`, flags},
		{"a word after no command", []string{"-practice", "now"}, `"now"`, flags},
		{"a word after settings' file", []string{"settings", fileWith(t, `{}`), "now"}, `"now"`, "flags are -data DIR; after them FILE"},
		{"a flag of settings", []string{"settings", "-loud"}, "-loud", "-data DIR"},
		{"a word after version", []string{"version", "now"}, `"now"`, "[-data DIR]"},
		{"a word after verify", []string{"verify", "now"}, `"now"`, "[-data DIR]"},
		{"no file of backup", []string{"backup"}, "FILE", "[-data DIR] FILE"},
		{"no file of restore", []string{"restore"}, "FILE", "[-data DIR] FILE"},
		{"a file of restore that is not there", []string{"restore", "-data", t.TempDir(), missing}, missing, "a copy that ringback backup made"},
		{"a file of -settings that is not there", []string{"serve", "-settings", missing, "-data", t.TempDir()}, missing, "a settings file is JSON"},
		{"a file of settings that is not there", []string{"settings", "-data", t.TempDir(), missing}, missing, "a settings file is JSON"},
		{"a file of settings that is a directory", []string{"settings", "-data", t.TempDir(), t.TempDir()}, "is a directory", "a settings file is JSON"},
		{"an empty file of settings", []string{"settings", "-data", t.TempDir(), ""}, `""`, "a settings file is JSON"},
		{"an address", []string{"serve", "-listen", "8787", "-data", t.TempDir()}, `-listen "8787"`, "host:port"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			status, out, errs := command(t, c.args...)
			if status != 2 || out != "" || strings.Count(errs, "\n") != 1 {
				t.Errorf("status %d, %q, %q; want status 2 and one line", status, out, errs)
			}
			if !strings.Contains(errs, c.names) || !strings.Contains(errs, c.allowed) {
				t.Errorf("it says %q; want %q named, and that %q is allowed", errs, c.names, c.allowed)
			}
		})
	}
}

func TestOpsRefusesAnyAddressThatIsNotLoopback(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0", "[2001:db8::1]:0", "ops.example:0", "127.0.0.1.example:0"} {
		t.Run("refused is "+address, func(t *testing.T) {
			t.Parallel()
			status, _, errs := command(t, "serve", "-data", t.TempDir(), "-listen", "127.0.0.1:0", "-ops", address)
			if status != 2 || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, address) || !strings.Contains(errs, "127.0.0.1, [::1] or localhost") {
				t.Errorf("status %d, %q", status, errs)
			}
		})
	}
	for _, address := range []string{"127.0.0.1:0", "127.1.2.3:0", "localhost:0"} {
		t.Run("taken is "+address, func(t *testing.T) {
			t.Parallel()
			launch(t, &lines{}, nil, t.TempDir(), "-practice", "-ops", address)
		})
	}
}

// taken is an address that somebody listens on, be it this test or another program.
func taken(t *testing.T, address string) string {
	t.Helper()
	l, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return address
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l.Addr().String()
}

func TestAPortThatIsTakenIsSaidWithTheRemedyAndTheUsualOnesAre8787And8788(t *testing.T) {
	other := taken(t, "127.0.0.1:0")
	for _, c := range []struct {
		name, listen, ops, says string
	}{
		{"-listen", other, "127.0.0.1:0", "-listen " + other},
		{"-ops", "127.0.0.1:0", other, "-ops " + other},
		{"-listen unless told", "", "127.0.0.1:0", "-listen " + taken(t, "127.0.0.1:8787")},
		{"-ops unless told", "127.0.0.1:0", "", "-ops " + taken(t, "127.0.0.1:8788")},
	} {
		t.Run(c.name, func(t *testing.T) {
			args := []string{"serve", "-data", t.TempDir()}
			for flag, address := range map[string]string{"-listen": c.listen, "-ops": c.ops} {
				if address != "" {
					args = append(args, flag, address)
				}
			}
			status, out, errs := command(t, args...)
			remedy := "choose another with " + strings.Fields(c.name)[0]
			if status != 1 || out != "" || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, c.says) || !strings.Contains(errs, remedy) {
				t.Errorf("status %d, %q, %q; want status 1 and one line with %q and %q", status, out, errs, c.says, remedy)
			}
		})
	}
}

func TestDataIsInTheSystemsPlaceForApplicationDataUnlessTold(t *testing.T) {
	home := t.TempDir()
	status, out, errs := commandIn(t, []string{"HOME=" + home, "XDG_CONFIG_HOME=" + home}, "settings", fileWith(t, `{"business": {"name": "Ann's Bakery"}}`))
	if status != 0 {
		t.Fatalf("status %d, %q, %q", status, out, errs)
	}
	if whole, _ := printed(t, filepath.Join(home, "ringback")); nameIn(whole) != "Ann's Bakery" {
		t.Errorf("in the usual place the name is %q", nameIn(whole))
	}
}

func TestPracticeIsChosenByAFlagAndHasADatabaseOfItsOwn(t *testing.T) {
	e := newExchange(t)
	data := t.TempDir()
	l := launch(t, &lines{}, e.variables(), data, "-practice", "-settings", fileWith(t, liveWith(once, "+12125550106")))
	l.until(l.ask("+12125550123").ID, "sms_sent")
	if n := len(e.Requests()); n != 0 {
		t.Errorf("Twilio was asked %d times", n)
	}
	if n := asked(t, filepath.Join(data, "practice.db")); n != 1 {
		t.Errorf("practice.db has %d requests", n)
	}
	if n := asked(t, filepath.Join(data, "ringback.db")); n != 0 {
		t.Errorf("ringback.db has %d requests", n)
	}
}

// asked counts the requests in a database.
func asked(t *testing.T, path string) (n int) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.QueryRow("SELECT count(*) FROM requests").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestASecondServeOnTheSameData(t *testing.T) {
	l := launch(t, &lines{}, nil, t.TempDir())
	status, out, errs := command(t, "serve", "-data", l.data, "-listen", "127.0.0.1:0", "-ops", "127.0.0.1:0")
	if status != 3 || out != "" || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "already running") {
		t.Errorf("status %d, %q, %q; want 3 and one line", status, out, errs)
	}
}

func TestCommandsWhileTheProgramRuns(t *testing.T) {
	l := launch(t, &lines{}, nil, t.TempDir())
	file := filepath.Join(t.TempDir(), "copy.db")
	for _, c := range []struct {
		name   string
		args   []string
		status int
		says   string
	}{
		{"settings are applied to it", []string{"settings", "-data", l.data, fileWith(t, `{"business": {"name": "Ann's Bakery"}}`)}, 0, "Applied."},
		{"settings are printed as it has them", []string{"settings", "-data", l.data}, 0, `"name": "Ann's Bakery"`},
		{"its database is copied", []string{"backup", "-data", l.data, file}, 0, "anchor"},
		{"its database is checked", []string{"verify", "-data", l.data}, 0, "is sound"},
		{"its database is not replaced", []string{"restore", "-data", l.data, file}, 1, "end it before"},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, out, errs := command(t, c.args...)
			if status != c.status || !strings.Contains(out+errs, c.says) || strings.Count(errs, "\n") != c.status {
				t.Errorf("status %d, %q, %q; want status %d and %q", status, out, errs, c.status, c.says)
			}
		})
	}
	if got := l.form(); got.Business != "Ann's Bakery" {
		t.Errorf("its form shows %q", got.Business)
	}
}

func TestADataDirectoryThatCanNotBeWrittenIsSaidWithTheRemedy(t *testing.T) {
	copied := filepath.Join(shopData(t), "ringback.db")
	set := fileWith(t, `{}`)
	for _, way := range []struct {
		name    string
		prepare func(t *testing.T, data string) string
	}{
		{"it is a file", func(t *testing.T, data string) string { return touch(t, filepath.Join(data, "file")) }},
		{"it is in a file", func(t *testing.T, data string) string {
			return filepath.Join(touch(t, filepath.Join(data, "file")), "ringback")
		}},
		{"its lock is a directory", func(t *testing.T, data string) string { return beneath(t, data, "ringback.lock") }},
		{"its log is a directory", func(t *testing.T, data string) string { return beneath(t, data, "logs", "ringback.log") }},
		{"its logs are a file", func(t *testing.T, data string) string { touch(t, filepath.Join(data, "logs")); return data }},
		{"its socket's place is taken", func(t *testing.T, data string) string { return beneath(t, data, "ringback.sock", "more") }},
	} {
		for _, args := range [][]string{{"serve", "-listen", "127.0.0.1:0", "-ops", "127.0.0.1:0"}, {"settings", set}, {"restore", copied}} {
			logs, socket := strings.Contains(way.name, "log"), strings.Contains(way.name, "socket")
			if logs && args[0] == "restore" || socket && args[0] != "serve" {
				continue // that one needs none
			}
			t.Run(args[0]+", "+way.name, func(t *testing.T) {
				t.Parallel()
				data := way.prepare(t, t.TempDir())
				words := slices.Insert(slices.Clone(args), 1, "-data", data)
				status, out, errs := command(t, words...)
				if status != 1 || out != "" || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "-data") {
					t.Errorf("status %d, %q, %q; want status 1 and one line with the remedy", status, out, errs)
				}
			})
		}
	}
}

func touch(t *testing.T, path string) string {
	t.Helper()
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// beneath makes directories where a file should be, and returns the directory they are in.
func beneath(t *testing.T, data string, names ...string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(append([]string{data}, names...)...), 0o700); err != nil {
		t.Fatal(err)
	}
	return data
}

func TestADatabaseNewerThanTheProgramIsRefusedByEachCommand(t *testing.T) {
	newer := shopData(t)
	tamper(t, newer, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
	for name, args := range map[string][]string{
		"serve":         {"serve", "-data", newer, "-listen", "127.0.0.1:0", "-ops", "127.0.0.1:0"},
		"settings":      {"settings", "-data", newer},
		"settings FILE": {"settings", "-data", newer, fileWith(t, `{}`)},
		"verify":        {"verify", "-data", newer},
		"backup":        {"backup", "-data", newer, filepath.Join(t.TempDir(), "copy.db")},
		"restore":       {"restore", "-data", t.TempDir(), filepath.Join(newer, "ringback.db")},
	} {
		t.Run(name, func(t *testing.T) {
			status, out, errs := command(t, args...)
			if status != 1 || out != "" || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "that newer version") {
				t.Errorf("status %d, %q, %q; want status 1 and one line with the remedy", status, out, errs)
			}
		})
	}
}

func TestTheDataDirectoryIs0700AndItsFilesAre0600(t *testing.T) {
	data := filepath.Join(t.TempDir(), "ringback")
	e := newExchange(t)
	live := e.serve(t, data, fileWith(t, liveWith(once, "+12125550101")), &lines{})
	live.until(live.ask("+12125550123").ID, "completed")
	e.quiet(t)
	private(t, data)
	live.ends()
	practice := launch(t, &lines{}, e.variables(), data, "-practice")
	practice.ask("+12125550123")
	if status, _, errs := command(t, "backup", "-data", data, filepath.Join(data, "copy.db")); status != 0 {
		t.Errorf("backup: status %d, %q", status, errs)
	}
	private(t, data)
	practice.ends()
}

// A directory that was made by hand.
func TestADataDirectoryThatOthersCanLookIntoIsMadePrivate(t *testing.T) {
	copied := filepath.Join(shopData(t, "asked"), "ringback.db")
	for name, use := range map[string]func(t *testing.T, data string) (status int, out, errs string){
		"by serve": func(t *testing.T, data string) (int, string, string) {
			launch(t, &lines{}, nil, data).ends()
			return 0, "", ""
		},
		"by settings FILE": func(t *testing.T, data string) (int, string, string) {
			return command(t, "settings", "-data", data, fileWith(t, `{}`))
		},
		"by restore": func(t *testing.T, data string) (int, string, string) {
			return command(t, "restore", "-data", data, copied)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := t.TempDir()
			if err := os.Chmod(data, 0o755); err != nil { //nolint:gosec // as a careless hand left it
				t.Fatal(err)
			}
			if status, _, errs := use(t, data); status != 0 {
				t.Errorf("status %d, %q", status, errs)
			}
			private(t, data)
		})
	}
}

// private says what others can look into.
func private(t *testing.T, data string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(data, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // SQLite had it for a moment
		}
		if err != nil {
			return err
		}
		files++
		if want := map[bool]fs.FileMode{true: 0o700, false: 0o600}[d.IsDir()]; info.Mode().Perm() != want {
			t.Errorf("%s is %v, want %v", path, info.Mode(), want)
		}
		return nil
	})
	if err != nil || files < 3 {
		t.Errorf("%d files, %v", files, err)
	}
}

func TestTheRunningProgramIsReachedThroughASocketAndNoPortButItsTwoSites(t *testing.T) {
	l := launch(t, &lines{}, nil, t.TempDir())
	open, err := netstat.ConnectionsPid("tcp", int32(l.cmd.Process.Pid)) //nolint:gosec // a process id
	if err != nil {
		t.Fatal(err)
	}
	var ports []string
	for _, c := range open {
		if c.Status == "LISTEN" {
			ports = append(ports, c.Laddr.IP)
		}
	}
	if !slices.Equal(ports, []string{"127.0.0.1", "127.0.0.1"}) {
		t.Errorf("it listens on %v, want its two sites on this computer", ports)
	}
	info, err := os.Stat(filepath.Join(l.data, "ringback.sock"))
	if err != nil || info.Mode().Type() != fs.ModeSocket || info.Mode().Perm() != 0o600 {
		t.Fatalf("the socket is %v, %v", info, err)
	}
	conn, err := net.DialTimeout("unix", filepath.Join(l.data, "ringback.sock"), 10*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.Write([]byte(`{"do": "settings"}`)); err != nil {
		t.Fatal(err)
	}
	answer := make([]byte, 200)
	if n, err := conn.Read(answer); err != nil || !strings.Contains(string(answer[:n]), "business") {
		t.Errorf("a wish is answered %q, %v", answer[:n], err)
	}
}
