# One command a task; `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)
export NO_MKDOCS_2_WARNING := 1

.PHONY: help site serve test check format new lock bench clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

site: .venv/site ## build the whole site strictly into site/ (a failed build leaves the last one alone)
	@rm -rf .build && mkdir -p .build
	@$(BIN)/mkdocs build --strict --site-dir .build/site
	@rm -rf .build/last && if [ -d site ]; then mv site .build/last; fi
	@mv .build/site site && rm -rf .build
	@echo "The site is in $(CURDIR)/site ($$(find site -name '*.html' | wc -l | tr -d ' ') pages)."

serve: .venv/site ## preview at http://127.0.0.1:8000/ with live reload; rebuilds only the pages whose text changed
	@$(BIN)/mkdocs serve --dirty --livereload

check: .venv/dev ## format, lint, types, and every problem of the data in one run
	@$(BIN)/ruff format --check --quiet hooks tests bench && $(BIN)/ruff check --quiet hooks tests bench
	@$(BIN)/mypy --no-error-summary hooks/adapter.py hooks/bibtex_registry.py hooks/make_map.py hooks/guide
	@$(BIN)/guide schema --check
	@$(BIN)/guide check

test: check ## check, and every test, in a real browser too
	@.ci/browser
	@$(BIN)/pytest -n auto

format: .venv/dev ## put the code into the one format
	@$(BIN)/ruff format hooks tests bench && $(BIN)/ruff check --fix hooks tests bench

new: .venv/site ## an annotated record: make new KIND=summit ID=2031-05-reykjavik
	@test -n "$(KIND)" -a -n "$(ID)" || { echo "It needs both: make new KIND=summit ID=2031-05-reykjavik"; exit 1; }
	@$(BIN)/guide new $(KIND) $(ID)

map: .venv/dev ## draw the map again from Natural Earth's coasts
	@mkdir -p .cache/map && cd .cache/map && npm pack --silent world-atlas@2.0.2 >/dev/null && tar xzf world-atlas-2.0.2.tgz
	@$(BIN)/python hooks/make_map.py .cache/map/package/countries-10m.json > hooks/guide/render/templates/map.svg.j2

lock: .venv/dev ## resolve the dependencies of pyproject.toml again
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" --group dev pyproject.toml -o requirements-dev.txt

bench: .venv/dev ## measure the build on synthetic corpora; writes bench/RESULTS.md
	@$(BIN)/python bench/run.py

clean: ## remove everything that is made
	rm -rf .venv .cache .build site

.venv/site: requirements.txt pyproject.toml .ci/environment
	@.ci/environment $(PYTHON) requirements.txt && touch $@

.venv/dev: requirements-dev.txt pyproject.toml .ci/environment
	@.ci/environment $(PYTHON) requirements-dev.txt && touch $@ .venv/site
