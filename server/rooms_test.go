// Package server_test holds the plan of the house: which room may import which,
// which library lives where, and that each package has exactly one package doc.
// It reads the whole module's sources, under every build tag, and compiles none.
package server_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	modulePath   = "ringback"
	mainRoom     = "main"
	desktopRoom  = "ui/desktop"
	shopRoom     = "server/shop"
	callbackTest = "server/callback/callbacktest"
	twilioTest   = "server/twilio/twiliotest"
)

// arrows says, for each room, which rooms its code may import. A room is named
// by its folder; that of main.go is "main". Where an arrow turns out wrong,
// change it here and say why beside it.
var arrows = map[string][]string{
	"assets":          nil,
	"server/hours":    nil,
	"server/number":   nil,
	"server/logs":     nil,
	"tunnel":          nil,
	"ui/widgets":      nil,
	callbackTest:      {"server/callback"},
	twilioTest:        {"server/callback", "server/practice"}, // Twilio for tests: practice's phones stand behind it
	"server/callback": {"server/hours", "server/number"},
	"server/guard":    {"server/callback", "server/number"},
	"server/settings": {"server/callback", "server/hours", "server/number"},
	"server/twilio":   {"server/callback", "server/number", "assets"},
	"server/practice": {"server/callback", "server/number", "server/twilio"},
	"server/sqlite":   {"server/callback", "server/guard", "server/hours", "server/settings"},
	"server/notify":   {"server/callback"},
	"server/doctor":   {"server/callback", "server/twilio", "tunnel", "server/settings"},
	"server/desk":     {"server/callback", "server/hours", "server/number", "server/settings", "server/doctor", "server/notify"}, // notify lends its Notice, as settings does its Settings
	"server":          {"server/callback", "server/guard", "server/hours", "server/number", "server/twilio", "server/settings", "assets", "server/logs"},
	shopRoom:          nil, // everything in server, and tunnel: see init
	"ui/view":         {"server/desk", "server/callback", "server/notify", "server/hours", "server/number", "server/settings", "assets"},
	"ui":              {"server/desk", "server/callback", "server/notify", "server/hours", "server/number", "server/settings", "assets", "ui/view", "ui/widgets"},
	desktopRoom:       {"ui", "server/desk"},
	mainRoom:          {shopRoom, desktopRoom},
}

// The shop builds every part, so a new room in server needs no second line here.
// The fakes are not parts.
func init() {
	for room := range arrows {
		inServer := room == "server" || strings.HasPrefix(room, "server/")
		if inServer && room != shopRoom && room != callbackTest && room != twilioTest {
			arrows[shopRoom] = append(arrows[shopRoom], room)
		}
	}
	arrows[shopRoom] = append(arrows[shopRoom], "tunnel")
	slices.Sort(arrows[shopRoom])
}

// libraryRooms is a family of import paths that only some rooms may know.
type libraryRooms struct {
	path     string   // this import path and everything below it
	rooms    []string // where code may import it
	external []string // whose external tests may import it too
	tests    bool     // whether all tests may import it
}

// libraries is read from the top: the first line that fits an import counts.
// A library that is not in it may be imported anywhere.
var libraries = []libraryRooms{
	// The window's C code, and what talks to the desktop system.
	{path: "C", rooms: []string{desktopRoom}},
	{path: "fyne.io/fyne/v2/app", rooms: []string{desktopRoom}},
	{path: "fyne.io/systray", rooms: []string{desktopRoom}},
	{path: "github.com/esiqveland/notify", rooms: []string{desktopRoom}},
	{path: "github.com/emersion/go-autostart", rooms: []string{desktopRoom}},
	{path: "github.com/ebitengine/oto", rooms: []string{desktopRoom}},
	{path: "github.com/godbus/dbus", rooms: []string{desktopRoom, "server/doctor"}},
	{path: "github.com/go-gl", rooms: []string{desktopRoom}},
	{path: "fyne.io", rooms: []string{"ui", "ui/widgets", desktopRoom}},

	// Shop's benchmarks measure the store against the bare database.
	{path: "database/sql", rooms: []string{"server/sqlite"}, external: []string{shopRoom}},
	{path: "modernc.org/sqlite", rooms: []string{"server/sqlite"}, external: []string{shopRoom}},
	{path: "github.com/pressly/goose", rooms: []string{"server/sqlite"}},

	{path: "github.com/twilio/twilio-go", rooms: []string{"server/twilio"}},
	{path: "golang.ngrok.com", rooms: []string{"tunnel"}},
	{path: "github.com/zalando/go-keyring", rooms: []string{"server/settings"}, tests: true},
	{path: "github.com/nyaruka/phonenumbers", rooms: []string{"server/number"}},

	// What only tests use; the fakes are part of the tests.
	{path: "testing", rooms: []string{callbackTest}, tests: true},
	{path: "pgregory.net/rapid", rooms: []string{callbackTest}, tests: true},
	{path: "github.com/google/go-cmp", rooms: []string{callbackTest}, tests: true},
	{path: "github.com/chromedp", tests: true},
}

// goFile is one Go file: its path from the module's root, with slashes, and
// what the parser made of it.
type goFile struct {
	path string
	file *ast.File
}

// room is the folder that the file stands in.
func (s goFile) room() string {
	if dir := path.Dir(s.path); dir != "." {
		return dir
	}
	return mainRoom
}

func (s goFile) isTest() bool { return strings.HasSuffix(s.path, "_test.go") }

// isExternal tells whether the file belongs to a test package that sees its
// room only from outside.
func (s goFile) isExternal() bool {
	return s.isTest() && strings.HasSuffix(s.file.Name.Name, "_test")
}

func (s goFile) imports() []string {
	var paths []string
	for _, spec := range s.file.Imports {
		// The parser accepts only well-formed import paths.
		p, _ := strconv.Unquote(spec.Path.Value)
		paths = append(paths, p)
	}
	return paths
}

func TestRoomsImportOnlyWhatTheArrowsAllow(t *testing.T) {
	reportFaults(t, wrongImports(readModule(t)))
}

func TestEachPackageHasExactlyOnePackageDoc(t *testing.T) {
	reportFaults(t, wrongDocs(readModule(t)))
}

func TestArrowsLeadToRooms(t *testing.T) {
	for room, targets := range arrows {
		for _, target := range targets {
			if _, ok := arrows[target]; !ok {
				t.Errorf("room %s has an arrow to %s, which is no room", room, target)
			}
		}
	}
	for _, l := range libraries {
		for _, room := range slices.Concat(l.rooms, l.external) {
			if _, ok := arrows[room]; !ok {
				t.Errorf("library %s lives in %s, which is no room", l.path, room)
			}
		}
	}
}

func reportFaults(t *testing.T, faults []string) {
	t.Helper()
	for _, fault := range faults {
		t.Error(fault)
	}
}

// wrongImports answers one sentence for each import that breaks a rule, and one
// for each file that stands in no room.
func wrongImports(sources []goFile) []string {
	var faults []string
	for _, s := range sources {
		if _, ok := arrows[s.room()]; !ok {
			faults = append(faults, fmt.Sprintf("%s: folder %s is no room yet: add it to arrows in server/rooms_test.go and to the map in README.md", s.path, s.room()))
			continue
		}
		for _, imported := range s.imports() {
			if fault := wrongImport(s, imported); fault != "" {
				faults = append(faults, s.path+": "+fault)
			}
		}
	}
	return faults
}

// wrongImport is empty for an import that is in order.
func wrongImport(s goFile, imported string) string {
	if imported == modulePath {
		return "nothing may import main"
	}
	if room, ours := strings.CutPrefix(imported, modulePath+"/"); ours {
		return wrongRoom(s, room)
	}
	return wrongLibrary(s, imported)
}

func wrongRoom(s goFile, imported string) string {
	if _, ok := arrows[imported]; !ok {
		return fmt.Sprintf("imports %s, which is no room yet: add it to arrows in server/rooms_test.go and to the map in README.md", imported)
	}
	if s.isExternal() {
		if imported == desktopRoom && s.room() != desktopRoom {
			return fmt.Sprintf("external test of room %s imports room %s; it may import every room but that", s.room(), imported)
		}
		return ""
	}
	allowed := arrows[s.room()]
	if s.isTest() {
		allowed = append(slices.Clone(allowed), callbackTest)
	}
	if slices.Contains(allowed, imported) {
		return ""
	}
	return fmt.Sprintf("room %s imports room %s; it may import only: %s", s.room(), imported, roomList(allowed))
}

func wrongLibrary(s goFile, imported string) string {
	at := slices.IndexFunc(libraries, func(l libraryRooms) bool {
		return imported == l.path || strings.HasPrefix(imported, l.path+"/")
	})
	if at < 0 {
		return ""
	}
	l := libraries[at]
	allowed := slices.Clone(l.rooms)
	if s.isExternal() {
		allowed = append(allowed, l.external...)
	}
	if slices.Contains(allowed, s.room()) || s.isTest() && l.tests {
		return ""
	}
	if l.tests {
		allowed = append(allowed, "tests")
	}
	return fmt.Sprintf("room %s imports library %s, which lives only in: %s", s.room(), imported, roomList(allowed))
}

func roomList(rooms []string) string {
	if len(rooms) == 0 {
		return "nothing of ours"
	}
	return strings.Join(rooms, ", ")
}

// wrongDocs answers one sentence for each package that has no package doc,
// several, or one that does not begin with its name. External test packages
// need none.
func wrongDocs(sources []goFile) []string {
	documented := map[string][]goFile{}
	for _, s := range sources {
		key := path.Join(s.room(), s.file.Name.Name)
		if _, known := documented[key]; !known && !s.isExternal() {
			documented[key] = nil
		}
		// Text leaves out build constraints, which the parser takes for a doc
		// where no empty line follows them.
		if s.file.Doc.Text() != "" {
			documented[key] = append(documented[key], s)
		}
	}
	var faults []string
	for _, key := range slices.Sorted(maps.Keys(documented)) {
		if fault := wrongDoc(path.Dir(key), documented[key]); fault != "" {
			faults = append(faults, fault)
		}
	}
	return faults
}

func wrongDoc(room string, documented []goFile) string {
	switch len(documented) {
	case 0:
		return fmt.Sprintf("room %s: no file has a package doc that says what the package does and what it does not know", room)
	case 1:
		s := documented[0]
		if name := s.file.Name.Name; name != mainRoom && !strings.HasPrefix(s.file.Doc.Text(), "Package "+name+" ") {
			return fmt.Sprintf("%s: the package doc does not begin with %q", s.path, "Package "+name)
		}
		return ""
	default:
		var paths []string
		for _, s := range documented {
			paths = append(paths, s.path)
		}
		return fmt.Sprintf("room %s: several files have a package doc, keep it in one: %s", room, strings.Join(paths, ", "))
	}
}

// readModule parses each Go file of the module up to its imports.
func readModule(t *testing.T) []goFile {
	t.Helper()
	root := moduleRoot(t)
	var sources []goFile
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name != root && isOutsideTheBuild(entry.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(name) != ".go" {
			return nil
		}
		relative, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		sources = append(sources, parseSource(t, filepath.ToSlash(relative), string(text)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(sources) == 0 {
		t.Fatalf("no Go file below %s", root)
	}
	return sources
}

// isOutsideTheBuild is true for folders that the go command passes over.
func isOutsideTheBuild(folder string) bool {
	return folder == "testdata" || strings.HasPrefix(folder, ".") || strings.HasPrefix(folder, "_")
}

func moduleRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod in this folder or above it")
		}
		dir = parent
	}
}

func parseSource(t *testing.T, name, text string) goFile {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return goFile{path: name, file: file}
}

func TestWrongImports(t *testing.T) {
	const newRoom = "is no room yet: add it to arrows in server/rooms_test.go and to the map in README.md"
	for _, tt := range []struct {
		name, path, pkg, imports string
		want                     string
	}{
		{"an arrow of the table is fine", "server/callback/next.go", "callback", "ringback/server/hours", ""},
		{"an arrow against the table", "server/hours/open.go", "hours", "ringback/server/callback",
			"server/hours/open.go: room server/hours imports room server/callback; it may import only: nothing of ours"},
		{"what is allowed is named", "server/guard/guard.go", "guard", "ringback/server/sqlite",
			"server/guard/guard.go: room server/guard imports room server/sqlite; it may import only: server/callback, server/number"},
		{"the shop may import any room in server", "server/shop/shop.go", "shop", "ringback/server/practice", ""},
		{"the shop may import the HTTP server", "server/shop/shop.go", "shop", "ringback/server", ""},
		{"the shop never imports the window", "server/shop/shop.go", "shop", "ringback/ui",
			"server/shop/shop.go: room server/shop imports room ui; it may import only: " + roomList(arrows[shopRoom])},
		{"the fakes are for tests only", "server/shop/shop.go", "shop", "ringback/server/callback/callbacktest",
			"server/shop/shop.go: room server/shop imports room server/callback/callbacktest; it may import only: " + roomList(arrows[shopRoom])},
		{"main.go is the room main", "main.go", "main", "ringback/server",
			"main.go: room main imports room server; it may import only: server/shop, ui/desktop"},
		{"nothing imports main", "server/shop/shop.go", "shop", "ringback", "server/shop/shop.go: nothing may import main"},
		{"a folder that is no room", "server/util/util.go", "util", "fmt", "server/util/util.go: folder server/util " + newRoom},
		{"an import of a folder that is no room", "server/shop/shop.go", "shop", "ringback/server/util",
			"server/shop/shop.go: imports server/util, which " + newRoom},
		{"a module whose name begins like ours is a library", "server/hours/open.go", "hours", "ringbacktools/x", ""},

		{"a test inside a package may use the fakes", "server/sqlite/request_test.go", "sqlite", "ringback/server/callback/callbacktest", ""},
		{"a test inside a package has no other arrows than its room", "server/sqlite/request_test.go", "sqlite", "ringback/server/practice",
			"server/sqlite/request_test.go: room server/sqlite imports room server/practice; it may import only: server/callback, server/guard, server/hours, server/settings, server/callback/callbacktest"},
		{"a test outside its package may import any room", "server/hours/open_test.go", "hours_test", "ringback/server/shop", ""},
		{"a test outside its package may not import the desktop", "ui/page_test.go", "ui_test", "ringback/ui/desktop",
			"ui/page_test.go: external test of room ui imports room ui/desktop; it may import every room but that"},
		{"the desktop's own test may", "ui/desktop/tray_test.go", "desktop_test", "ringback/ui/desktop", ""},
		{"a package called something_test outside a test file is no test", "server/hours/open.go", "hours_test", "ringback/server/shop",
			"server/hours/open.go: room server/hours imports room server/shop; it may import only: nothing of ours"},

		{"a library in its room", "server/sqlite/open.go", "sqlite", "database/sql", ""},
		{"a library outside its room", "server/shop/shop.go", "shop", "database/sql",
			"server/shop/shop.go: room server/shop imports library database/sql, which lives only in: server/sqlite"},
		{"a part of a library outside its room", "server/callback/store.go", "callback", "database/sql/driver",
			"server/callback/store.go: room server/callback imports library database/sql/driver, which lives only in: server/sqlite"},
		{"goose outside sqlite", "server/shop/shop.go", "shop", "github.com/pressly/goose/v3",
			"server/shop/shop.go: room server/shop imports library github.com/pressly/goose/v3, which lives only in: server/sqlite"},
		{"twilio-go outside twilio", "server/webhook.go", "server", "github.com/twilio/twilio-go/client",
			"server/webhook.go: room server imports library github.com/twilio/twilio-go/client, which lives only in: server/twilio"},
		{"ngrok outside tunnel", "server/shop/shop.go", "shop", "golang.ngrok.com/ngrok/v2",
			"server/shop/shop.go: room server/shop imports library golang.ngrok.com/ngrok/v2, which lives only in: tunnel"},
		{"phonenumbers outside number", "server/guard/guard.go", "guard", "github.com/nyaruka/phonenumbers",
			"server/guard/guard.go: room server/guard imports library github.com/nyaruka/phonenumbers, which lives only in: server/number"},
		{"Fyne outside the window", "server/desk/desk.go", "desk", "fyne.io/fyne/v2",
			"server/desk/desk.go: room server/desk imports library fyne.io/fyne/v2, which lives only in: ui, ui/widgets, ui/desktop"},
		{"Fyne in a view-model", "ui/view/request.go", "view", "fyne.io/fyne/v2/theme",
			"ui/view/request.go: room ui/view imports library fyne.io/fyne/v2/theme, which lives only in: ui, ui/widgets, ui/desktop"},
		{"Fyne's app outside the desktop", "ui/window.go", "ui", "fyne.io/fyne/v2/app",
			"ui/window.go: room ui imports library fyne.io/fyne/v2/app, which lives only in: ui/desktop"},
		{"D-Bus outside the desktop and the doctor", "server/notify/notify.go", "notify", "github.com/godbus/dbus/v5",
			"server/notify/notify.go: room server/notify imports library github.com/godbus/dbus/v5, which lives only in: ui/desktop, server/doctor"},
		{"cgo outside the desktop", "server/logs/logs.go", "logs", "C",
			"server/logs/logs.go: room server/logs imports library C, which lives only in: ui/desktop"},
		{"a test outside its package keeps libraries in their rooms", "server/hours/open_test.go", "hours_test", "github.com/nyaruka/phonenumbers",
			"server/hours/open_test.go: room server/hours imports library github.com/nyaruka/phonenumbers, which lives only in: server/number"},
		{"the shop's external tests may open a bare database", "server/shop/bench_test.go", "shop_test", "modernc.org/sqlite", ""},
		{"the shop's internal tests may not", "server/shop/bench_test.go", "shop", "modernc.org/sqlite",
			"server/shop/bench_test.go: room server/shop imports library modernc.org/sqlite, which lives only in: server/sqlite"},
		{"a test library in a test", "server/callback/next_test.go", "callback", "pgregory.net/rapid", ""},
		{"a test library in the fakes", "server/callback/callbacktest/store.go", "callbacktest", "testing", ""},
		{"a test library in the program", "server/callback/next.go", "callback", "pgregory.net/rapid",
			"server/callback/next.go: room server/callback imports library pgregory.net/rapid, which lives only in: server/callback/callbacktest, tests"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := fmt.Sprintf("package %s\n\nimport %q\n", tt.pkg, tt.imports)
			got := wrongImports([]goFile{parseSource(t, tt.path, text)})
			want := []string{tt.want}
			if tt.want == "" {
				want = nil
			}
			if !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

func TestWrongDocs(t *testing.T) {
	const (
		with    = "// Package hours answers questions.\npackage hours\n"
		without = "package hours\n"
	)
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"one doc among several files is fine", map[string]string{"server/hours/a.go": with, "server/hours/b.go": without}, nil},
		{"no doc", map[string]string{"server/hours/a.go": without},
			[]string{"room server/hours: no file has a package doc that says what the package does and what it does not know"}},
		{"two docs", map[string]string{"server/hours/a.go": with, "server/hours/b.go": with},
			[]string{"room server/hours: several files have a package doc, keep it in one: server/hours/a.go, server/hours/b.go"}},
		{"a doc in a test inside the package counts too", map[string]string{"server/hours/a.go": with, "server/hours/a_test.go": with},
			[]string{"room server/hours: several files have a package doc, keep it in one: server/hours/a.go, server/hours/a_test.go"}},
		{"a doc that names another package", map[string]string{"server/hours/a.go": "// Package time tells it.\npackage hours\n"},
			[]string{`server/hours/a.go: the package doc does not begin with "Package hours"`}},
		{"main's doc begins as it likes", map[string]string{"main.go": "// Ringback rings back.\npackage main\n"}, nil},
		{"a build constraint is no doc", map[string]string{"server/hours/a.go": with, "server/hours/b.go": "//go:build headless\npackage hours\n"}, nil},
		{"a comment apart from the package line is no doc", map[string]string{"server/hours/a.go": "// Package hours.\n\npackage hours\n"},
			[]string{"room server/hours: no file has a package doc that says what the package does and what it does not know"}},
		{"an external test package needs no doc", map[string]string{"server/hours/a.go": with, "server/hours/a_test.go": "package hours_test\n"}, nil},
		{"an external test package may have one", map[string]string{"server/hours/a.go": with, "server/hours/a_test.go": "// Package hours_test asks.\npackage hours_test\n"}, nil},
		{"the same package name in two rooms is two packages", map[string]string{"server/hours/a.go": with, "ui/hours/a.go": with}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var sources []goFile
			for _, name := range slices.Sorted(maps.Keys(tt.files)) {
				sources = append(sources, parseSource(t, name, tt.files[name]))
			}
			if got := wrongDocs(sources); !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}
