# Every target does its own set-up: tools and packages go into the project's folder (.tools,
# node_modules), once; a second run finds them and takes no time for it.
.DEFAULT_GOAL := help
.PHONY: help dev test test-native test-workerd test-browser fuzz-api lint mutants claims operator deploy build drawings clean

NODE := @exec sh .make/node.sh

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile

dev: ## Run everything on this machine: http://localhost:8787, or PORT=…
	$(NODE) .make/dev.mjs

test: ## Run every test: all of the parts below, and a deployment's dry run
	$(NODE) .make/test.mjs

test-native: ## Native tests: rules, pages, store, simulations, sandbox
	$(NODE) .make/test.mjs native

test-workerd: ## The built Worker in workerd, against the sandbox
	$(NODE) .make/test.mjs workerd

test-browser: ## The site in Chromium (another one: CHROMIUM=…)
	$(NODE) .make/test.mjs browser

fuzz-api: ## Ask the API whatever its document allows and forbids: SEED=…, EXAMPLES=…
	$(NODE) .make/fuzz_api.mjs

lint: ## Formatting and clippy, native and wasm
	$(NODE) .make/test.mjs lint

mutants: ## Break each protection on purpose and see a test catch it
	$(NODE) .make/mutants.mjs

claims: ## Show what is claimed in public, and the tests that prove it
	@cargo run --quiet --profile test --locked --bin claims

bench: ## Measure the product, or parts of it: PART=cpu,pages
	$(NODE) tests/bench/run.mjs

screenshots: ## Pictures of every page in build/screenshots, or LANG_TAG=…
	$(NODE) tests/browser/screenshots.mjs

operator: ## Look at counts, or write a mailing: DO=overview, log, mailing
	$(NODE) .make/operator.mjs

deploy: ## Deploy to production (settings: see the README, Deploying)
	$(NODE) .make/deploy.mjs

build: ## Build the Worker, the native programs and the static site
	$(NODE) .make/build.mjs

drawings: ## Draw the site's pictures anew, into public/img and src/pages/drawings
	$(NODE) .make/drawings.mjs

clean: ## Remove what was built, installed and stored in this folder
	rm -rf build target .tools node_modules .wrangler .dev .dev.vars .wrangler-production.json
