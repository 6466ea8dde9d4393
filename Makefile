# One set of flags for all targets: Go keeps what it has built by its flags, and
# another set would build the window's C code and everything else anew.

empty :=
comma := ,

# On Linux the window is built for X11, which Wayland desktops run too; without
# x11 the build would need the Wayland headers as well.
x11      := $(if $(filter Linux,$(shell uname -s)),$(comma)x11,$(empty))
WINDOW   := -tags migrated_fynedo,timberjack_nozstd$(x11)
CHECKED  := -tags timberjack_nozstd$(x11)
HEADLESS := -tags headless,timberjack_nozstd

# The packages with goroutines of their own, and those that run beside them.
RACED   := ./server/... ./ui/...
BENCHED := ./server/sqlite ./server/shop ./ui

LINT_VERSION := v2.15.0
LINT         := bin/golangci-lint-$(LINT_VERSION)

# Fyne logs an error for each start in a locale without a language.
export LANG := en_US.UTF-8
unexport LC_ALL LANGUAGE

# A test never talks to the desktop, keyring or notifications of whoever runs it.
no_bus := DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent

# Two cores are meant to be enough, and the steps of a target build on each other.
.NOTPARALLEL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help run test check bench gallery readme halfhour need-window need-tests need-bench need-halfhour format vet window serve tests desktop race smoke lint

help: ## list the targets (the default)
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do printf '%-14s %s\n' "$$name" "$$text"; done

run: need-window window ## install what is missing, build Ringback and open its window, in practice until it is set up
	bin/ringback

test: need-tests format vet serve window tests desktop race smoke ## install what is missing, build both programs and run every test

check: need-tests format vet lint desktop race ## before a commit: gofmt, vet, golangci-lint, the tests with the race detector

bench: need-bench window ## measure the window, intake on this disk, lists, searches and reports of a million requests (built first, some minutes), and the way from post to ring
	go build $(WINDOW) -o bin/label .ci/label.go
	rm -rf bin/million
	mkdir -p -m 700 bin/million
	CGO_ENABLED=0 $(no_bus) RINGBACK_MILLION=$(CURDIR)/bin/million/practice.db go test $(HEADLESS) -timeout 60m -run '^$$' -bench . -benchmem $(BENCHED)
	.ci/bench bin/ringback bin/label bin/million
	rm -rf bin/million

gallery: ## draw every page, light and dark, small and in Spanish, empty, busy and in trouble, into bin/gallery, to be looked at
	mkdir -p bin/gallery
	CGO_ENABLED=0 $(no_bus) RINGBACK_GALLERY=$(CURDIR)/bin/gallery go test $(HEADLESS) -count 1 -run Gallery ./ui ./ui/widgets

readme: gallery ## put the gallery's newest pictures into the README
	cp bin/gallery/requests-busy-light.png .readme/requests.png
	cp bin/gallery/hours-busy-light.png .readme/hours.png
	cp bin/gallery/activity-busy-light.png .readme/activity.png
	cp bin/gallery/overview-busy-dark.png .readme/overview.png
	cp bin/gallery/practice-busy-light.png .readme/practice.png

halfhour: need-halfhour window ## play half an hour of a busy shop by mouse and keys; pictures and figures into bin/halfhour
	.ci/halfhour bin/ringback bin/halfhour

# The steps that the targets above are made of.

need-window:
	@.ci/need window

need-tests:
	@.ci/need window tests

need-halfhour:
	@.ci/need window halfhour

need-bench:
	@.ci/need window bench

format:
	@unformatted=$$("$$(go env GOROOT)/bin/gofmt" -l .) || exit 1; \
	if [ -n "$$unformatted" ]; then echo "gofmt would change:"; echo "$$unformatted"; exit 1; fi

vet:
	CGO_ENABLED=0 go vet $(HEADLESS) ./...
	go vet $(WINDOW) ./ui/desktop .

window:
	go build $(WINDOW) -o bin/ringback .

serve:
	CGO_ENABLED=0 go build $(HEADLESS) -o bin/ringback-headless .

tests:
	CGO_ENABLED=0 $(no_bus) go test $(HEADLESS) ./...

# What talks to the desktop is left out of a headless build, and so of the run above. It is
# linked like the window, and asks for no display.
desktop:
	$(no_bus) go test $(WINDOW) ./ui/desktop

# The gallery and the press of everything open hundreds of windows, which show no race that
# the other tests of the window do not. The shop's tests start whole programs and play
# hundreds of calls: the kills, which look at another process, are left to the run above,
# and of the random courses some are enough.
race:
	CGO_ENABLED=1 $(no_bus) go test -race $(HEADLESS) -timeout 30m -skip 'Gallery|EverythingThatCanBePressed' $$(go list $(HEADLESS) $(RACED) | grep -v /server/shop$$)
	CGO_ENABLED=1 $(no_bus) go test -race $(HEADLESS) -timeout 40m -skip TestKilled ./server/shop -seeds 6

# Only a build without migrated_fynedo notices a widget that is touched off the
# window's goroutine, so the window is tried twice: as it ships, and checked.
smoke: window
	go build $(CHECKED) -o bin/ringback-threadcheck .
	.ci/window bin/ringback
	.ci/window bin/ringback-threadcheck

lint: $(LINT)
	CGO_ENABLED=0 $(LINT) run ./...

$(LINT):
	CGO_ENABLED=0 GOBIN=$(CURDIR)/bin go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	mv bin/golangci-lint $(LINT)
