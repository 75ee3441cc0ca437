.DEFAULT_GOAL := help
.PHONY: help build

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile

build: ## Build the Worker and the static site
	@node .make/build.mjs
