# The doors of the repository. `make` alone says what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

# What `make run` serves: an empty or absent folder becomes the demonstration city first.
DATA ?= data
LISTEN ?= 127.0.0.1:8080

export CARGO_TARGET_DIR := $(abspath $(or $(CARGO_TARGET_DIR),target))
export PATH := $(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)
STEP := scripts/step

# For the tests: the Python of the Open311 clients, the browser, the binary under test.
export WUHUA_PYTHON := $(CARGO_TARGET_DIR)/python/bin/python
export WUHUA_BINARY := $(CARGO_TARGET_DIR)/debug/wuhua
export CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || true)
NEXTEST_PROFILE := $(if $(CI),ci,default)

.PHONY: help run test nightly bench web format-check web-check lint rust-test browser-test deny format

help: ## what can be made
	@echo 'Wuhua 五化 - city operations for small cities'
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'
	@echo 'DATA=DIR and LISTEN=HOST:PORT change what "make run" serves; CARGO_TARGET_DIR changes where builds go.'

run: ## the demonstration city of Kaili, served on http://127.0.0.1:8080
	@$(STEP) 'setup' scripts/setup build
	@$(MAKE) --no-print-directory web
	@$(STEP) 'binary (release)' cargo build --release --locked -p wuhua
	@if [ -z "$$(ls -A '$(DATA)' 2>/dev/null)" ]; then \
	    rm -rf '$(DATA).partial'; \
	    $(STEP) 'demonstration city in $(DATA)' '$(CARGO_TARGET_DIR)/release/wuhua' demo --data '$(DATA).partial'; \
	    if [ -d '$(DATA)' ]; then rmdir '$(DATA)'; fi; \
	    mv '$(DATA).partial' '$(DATA)'; \
	fi
	@printf '\n==> Wuhua serves %s on http://%s (Ctrl-C stops it)\n' '$(DATA)' '$(LISTEN)'
	@exec '$(CARGO_TARGET_DIR)/release/wuhua' serve --data '$(DATA)' --listen '$(LISTEN)'

test: ## every check and test: format, lints, licences, web, both engines, browser
	@$(STEP) 'setup' scripts/setup test
	@$(STEP) 'format' $(MAKE) --no-print-directory format-check
	@$(STEP) 'web app: check' $(MAKE) --no-print-directory web-check
	@$(MAKE) --no-print-directory web
	@$(STEP) 'lints (clippy, warnings are errors)' $(MAKE) --no-print-directory lint
	@$(STEP) 'binary (debug)' cargo build --locked -p wuhua
	@$(STEP) 'Rust tests on SQLite and PostgreSQL' $(MAKE) --no-print-directory rust-test
	@$(STEP) 'browser tests' $(MAKE) --no-print-directory browser-test
	@$(STEP) 'licences and sources (cargo-deny)' $(MAKE) --no-print-directory deny
	@printf '\n==> all tests passed\n'

nightly: ## the long form of the tests that kill: 200 kills of each engine
	@$(STEP) 'setup' scripts/setup test
	@$(MAKE) --no-print-directory web
	@$(STEP) 'binary (debug)' cargo build --locked -p wuhua
	@$(STEP) 'kills' env WUHUA_NIGHTLY=1 scripts/postgres run cargo nextest run --workspace --locked --profile nightly \
	    --no-capture -E 'package(wuhua) & test(/kill_/)'

bench: ## measures what docs/BENCHMARKS.md promises (release build)
	@$(STEP) 'setup' scripts/setup bench
	@$(MAKE) --no-print-directory web
	@$(STEP) 'binary (release)' cargo build --release --locked -p wuhua -p bench
	@$(STEP) 'bench' env WUHUA_BINARY='$(CARGO_TARGET_DIR)/release/wuhua' \
	    scripts/postgres run cargo run --release --locked -p bench -- $(BENCH)

web: ## the web app into web/dist, when its sources are newer
	@if [ ! -f web/package.json ]; then \
	    echo 'web: no web/package.json, nothing to build'; \
	elif [ ! -f web/dist/index.html ] || [ -n "$$(find web -path web/node_modules -prune -o -path web/dist -prune \
	    -o -type f -newer web/dist/index.html -print -quit)" ]; then \
	    $(STEP) 'web app: build' npm --prefix web run build; \
	fi

format: ## formats the Rust sources
	@cargo fmt --all

format-check:
	@cargo fmt --all --check

web-check:
	@if [ -f web/package.json ]; then npm --prefix web run check; else echo 'web: no web/package.json, nothing to check'; fi

lint:
	@cargo clippy --workspace --all-targets --locked -- -D warnings

# The tests read TEST_POSTGRES; a test binary that finds it unset says so and runs on SQLite only.
rust-test:
	@scripts/postgres run cargo nextest run --workspace --locked --profile $(NEXTEST_PROFILE) $(TESTS)

browser-test:
	@if compgen -G 'web/e2e/*.mjs' >/dev/null; then cd web && node --test --test-reporter=spec e2e/*.mjs; else echo 'web: no web/e2e/*.mjs, no browser tests'; fi

# The licence test in crates/wuhua has run by now; this looks deeper, where cargo-deny is to be had.
deny:
	@scripts/setup deny
	@if cargo deny --version >/dev/null 2>&1; then \
	    cargo deny --log-level error check licenses bans sources; \
	else \
	    echo 'cargo-deny is not installed: skipped'; \
	fi
