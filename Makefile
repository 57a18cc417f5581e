# People and CI run the same targets.
#
#   make run     build the web app, start Usher with a temporary database
#   make test    install what the tests need, then run all of them
#   make ci      everything that a change must pass
#   make build   the whole program as one file, ./usher

GOLANGCI_LINT := .bin/golangci-lint-v2.15.0
GOTESTSUM := .bin/gotestsum-v1.13.0
GOVULNCHECK := .bin/govulncheck-v1.9.0
MAILPIT := .bin/mailpit-v1.33.1
TESTFLAGS ?= -vet=off -timeout 20m
# Packages of Debian that the tests take programs from. Installed, they would start services, so they are only unpacked. Elsewhere the tests
# find the programs on the PATH.
PACKAGES := prometheus nginx caddy haproxy liblua5.3-0 libopentracing-c-wrapper0 libopentracing1 \
	$(if $(shell command -v systemd-analyze),,systemd libsystemd-shared) \
	$(if $(NIGHTLY),buildah libgpgme11 libassuan0 libdevmapper1.02.1 libsubid4)
DEBIAN := $(if $(shell command -v apt-get),$(PACKAGES:%=.bin/debian/%))
FUZZTIME ?= 2000x

# The folders with Node packages: the web app, and the audits, the clients and the reader of calendars that Go tests run.
NODE_FOLDERS := $(patsubst %/package-lock.json,%,$(wildcard web/package-lock.json wire/*/package-lock.json mail/*/package-lock.json))
NODE_MODULES := $(NODE_FOLDERS:%=%/node_modules/.package-lock.json)
WEB := $(filter web,$(NODE_FOLDERS))
WEB_MODULES := $(WEB:%=%/node_modules/.package-lock.json)

.PHONY: migration baseline build run web generate generated tidy lint vuln format quick needs test test-web test-go test-e2e fuzz bench locks nightly ci

# Collecting garbage less often saves a fifth of the compiler's processor time, and a tenth of the tests'.
build generated vuln test-go: export GOGC ?= 400

build: web
	go build -o usher .

run: web
	go run . --demo

# Once built, the app is part of the binary. Without it, every page explains how to build it.
web: $(WEB_MODULES)
	$(if $(WEB),npm --prefix web run --silent build)

# Code generators of the web app ask for a newer Node than they need. Errors show, their warnings do not.
%/node_modules/.package-lock.json: %/package-lock.json
	npm ci --prefix $* --no-fund --no-audit --loglevel error

generate:
	go generate ./ent ./graph

# Until the first release: from now on the test of the contract keeps all that it has today. It refuses a contract that breaks the former.
baseline:
	go test -run Contract ./graph
	cp graph/contract.graphql graph/testdata/contract-0.0.0.graphql

# Creates the next migration for both databases: make migration NAME=what_changed
migration:
	go run ./live/livetest/withpostgres go run ./ent/migrate/diff $(NAME)

# Generated code is committed. Generating it again must change nothing.
generated: $(NODE_MODULES)
	@before=$$(git status --porcelain; git diff HEAD | cksum) && go generate ./ent ./graph && \
	$(if $(WEB),npm --prefix web run --silent codegen >/dev/null &&) \
	if [ "$$before" != "$$(git status --porcelain; git diff HEAD | cksum)" ]; then \
		git status --short; \
		echo "The generated code is out of date: run make generate and commit what it changes." >&2; exit 1; \
	fi

tidy:
	go mod tidy -diff

# The linters would take 4 GB if they collected garbage less often. What they read is compiled before.
lint: $(GOLANGCI_LINT) $(NODE_MODULES)
	GOGC=400 go list -export -test -deps ./... >/dev/null
	$(GOLANGCI_LINT) run
	$(GOLANGCI_LINT) fmt --diff
	$(if $(WEB),npm --prefix web run lint)

# Finds known vulnerabilities in the code that the program calls, if vuln.go.dev can be reached.
vuln: $(GOVULNCHECK)
	@if found=$$($(GOVULNCHECK) ./... 2>&1); then echo "$$found"; \
	elif echo "$$found" | grep -q '^govulncheck: fetching vulnerabilities:'; then \
		echo "Known vulnerabilities were not checked, because vuln.go.dev cannot be reached."; \
	else echo "$$found" >&2; exit 1; fi

format: $(GOLANGCI_LINT)
	$(GOLANGCI_LINT) fmt

# Everything a little, within a minute: no PostgreSQL beside SQLite, no crowds, no killed servers (livetest.Long).
quick:
	go test -short ./...

test: needs test-web test-go test-e2e

# The tests use a real browser and a real PostgreSQL, and run the documents' examples with curl and jq. The system provides these.
# NEEDS has more programs and files, with a colon and the package's name if that is another one.
needs:
	@missing=""; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="$$missing postgresql"; \
	for tool in curl jq $(if $(WEB),chromium chromium-headless-shell) $(NEEDS); do \
		command -v $${tool%:*} >/dev/null || [ -e $${tool%:*} ] || missing="$$missing $${tool#*:}"; \
	done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
		echo "The tests need:" $$missing "(on Debian: sudo apt-get install" $$missing")" >&2; exit 1; \
	fi; \
	apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends $$missing

test-web: web
	$(if $(WEB),npm --prefix web test)

test-e2e: build $(MAILPIT)
	$(if $(WEB),npm --prefix web run e2e)

# The race detector watches where goroutines meet. The other packages would take several times as long, so they have it at night.
RACING := ./stories/concurrent/... ./live/... ./site/... ./wire/...

# Each package is compiled and run once. Tests wait for servers and databases more than they compute, so four of a package run at
# the same time. The longest packages begin first, so that others run beside them. Those that kill servers run by themselves, and leave
# the machine to those that measure time. The linters have vetted all already. Nobody debugs what is built for the race detector, so it has
# no names for debuggers, and the C compiler tries less hard for SQLite.
test-go: web $(NODE_MODULES) $(GOTESTSUM) $(MAILPIT) $(DEBIAN)
	$(GOTESTSUM) --format pkgname --format-hide-empty-pkg -- -parallel 4 $(TESTFLAGS) \
		./stories ./stories/mails ./stories/model ./stories/rights $$({ go list ./...; go list $(RACING) ./stories/chaos; } | sort | uniq -u)
	CGO_CFLAGS=-O1 $(GOTESTSUM) --format pkgname --format-hide-empty-pkg -- \
		-parallel 4 -race -gcflags=all=-dwarf=false $(TESTFLAGS) $(RACING)
	$(GOTESTSUM) --format pkgname -- -parallel 4 $(TESTFLAGS) ./stories/chaos

# Runs every fuzz target for FUZZTIME: at night, and after a change of what reads input. By day, go test runs the inputs that are written
# down. FUZZTIME is a number of inputs, because a time limit can fail a target without a finding (go.dev/issue/75804).
fuzz:
	@git ls-files '*_test.go' | xargs grep -H '^func Fuzz' | sed -E 's|(.*)/[^/]*:func (Fuzz[A-Za-z0-9_]*).*|\2 ./\1|' | \
		xargs -P 2 -n 2 sh -c 'go test -run "^$$" -fuzz "^$$0\$$" -fuzztime $(FUZZTIME) -parallel 1 "$$1"'

bench:
	go test -run '^$$' -bench . -benchmem ./...

# What building and running the program for arm64 needs, with the package that has it.
ARM := aarch64-linux-gnu-gcc:gcc-aarch64-linux-gnu /usr/aarch64-linux-gnu/lib/libc.a:libc6-dev-arm64-cross qemu-aarch64-static:qemu-user-static

# Runs everything at full size: also the tests with the build tag nightly, all of the browser stories (NIGHTLY), 250 times the fuzz inputs,
# and a crowd of 2,000 in a browser.
nightly:
	$(MAKE) test fuzz NEEDS="strace $(ARM)" NIGHTLY=1 TESTFLAGS="-vet=off -tags nightly -race -timeout 3h" FUZZTIME=500000x
	$(if $(WEB),cd web && CROWD=2000 npx playwright test crowd.spec -g follows --workers=1)
	$(MAKE) locks

# Fails if two locks are taken in both orders, which makes two requests wait for each other some day. It runs the stories in a copy whose
# locks notice that. Tests in a bubble of testing/synctest cannot run with such locks.
locks: web $(NODE_MODULES)
	rm -rf .locks && mkdir .locks
	git ls-files -z | xargs -0 cp --parents -t .locks
	cp -r --parents web/dist .locks
	for folder in $(NODE_FOLDERS); do ln -s $(CURDIR)/$$folder/node_modules .locks/$$folder/; done
	cd .locks && grep -rlE --include=*.go --exclude=*_test.go 'sync\.(RW)?Mutex' . | xargs sed -i -E \
		-e 's/\bsync\.(RW)?Mutex\b/deadlock.\1Mutex/' -e 's|^package .*|&; import deadlock "github.com/sasha-s/go-deadlock"|' -e '$$a var _ sync.Once'
	cd .locks && go get github.com/sasha-s/go-deadlock@v0.3.9 && go test $(TESTFLAGS) -count=1 ./graph ./room ./live ./stories/...
	rm -rf .locks

ci: generated tidy lint vuln test

# The tools are not in go.mod. Each has its version in its name, so a new version is installed at its next use.
$(GOLANGCI_LINT):
	GOBIN=$(CURDIR)/.bin go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
	mv .bin/golangci-lint $@

$(GOVULNCHECK):
	GOBIN=$(CURDIR)/.bin go install golang.org/x/vuln/cmd/govulncheck@v1.9.0
	mv .bin/govulncheck $@

$(GOTESTSUM):
	GOBIN=$(CURDIR)/.bin go install gotest.tools/gotestsum@v1.13.0
	mv .bin/gotestsum $@

# The mail server that the tests send to.
$(MAILPIT):
	GOBIN=$(CURDIR)/.bin go install github.com/axllent/mailpit@v1.33.1
	mv .bin/mailpit $@

# A package of Debian. The lists of packages are read again if they are missing or old.
.bin/debian/%:
	@command -v apt-get >/dev/null || { echo "The tests need Debian's package $*, unpacked in $@." >&2; exit 1; }
	rm -rf $@.new && mkdir -p $@.new
	cd $@.new && { apt-get download -q $* || { apt-get update -q && apt-get download -q $*; } } && dpkg -x $*_*.deb . && rm $*_*.deb
	mv $@.new $@
