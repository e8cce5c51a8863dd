# 工报 / Gongbao.  `make` 列出全部命令 / `make` lists every command
PYTHON ?= python3
PY := .venv/bin/python
GONGBAO := .venv/bin/gongbao
TOOLS := .cache/tools-venv/bin
LOCKS = $(wildcard requirements*.txt)
SETUP := PYTHON="$(PYTHON)" sh scripts/setup.sh

# make check FORMAT=github 或 gitlab：供持续集成使用 / for CI
FORMAT := text
# make check SINCE=origin/main：只算这个版本之后新出的问题 / only what is new since then
SINCE ?=
# make check FIX=1：把拼写上的问题直接改好；DIFF=1 只列出会改什么 / mend spelling; DIFF=1 only shows what would change
FIX ?=
DIFF ?=
# make format CHECK=1：只说哪些记录要整理 / only tells which records have another form
CHECK ?=
# STRICT=1：有提醒也算不过 / warnings fail too
STRICT ?=

.DEFAULT_GOAL := help
.PHONY: help site word pdf import finish edit serve collect published timestamp check format test test-long bench rollup-bench import-bench new-site eight-sites release lock audit clean

help: ## 列出全部命令 / list the commands
	@sed -n 's/^\([a-z][a-z-]*\):.*## /make \1|/p' $(firstword $(MAKEFILE_LIST)) | while IFS='|' read -r name what; do printf '%-19s%s\n' "$$name" "$$what"; done

site: ## 生成网站到 site/ / build the site into site/
	@$(SETUP) site
	$(GONGBAO) build $${STRICT:+--strict}

word: ## 把各期公报做成 Word 文档，再 make site 就有链接 / make the bulletins' Word documents, for make site to link
	@$(SETUP) site
	@$(GONGBAO) word

pdf: ## 把各期公报做成可以存档的 PDF，再 make site 就有链接 / make the bulletins' PDF documents, for archives; make site links them
	@$(SETUP) pdf
	@$(GONGBAO) pdf

import: ## 把 Word 里的总结变成草稿（FILE=总结.docx）/ make drafts of a report in Word (FILE=report.docx)
	@$(SETUP) site
	@$(GONGBAO) import "$(FILE)"

finish: ## 核对完的草稿变成正式的记录（IN=content/2014/h1）/ make records of drafts that have been read (IN=content/2014/h1)
	@$(SETUP) site
	@$(GONGBAO) finish $(if $(IN),"$(IN)")

edit: ## 在浏览器里写记录，只在本机 / write records in the browser, on this computer alone
	@$(SETUP) editor
	@$(GONGBAO) edit

serve: ## 边写边看，存盘即更新 / preview while writing
	@$(SETUP) site
	$(GONGBAO) serve

collect: ## 收集下级网站发布的数据（content/sites.yml）/ collect what subordinates' sites have published
	@$(SETUP) site
	@$(GONGBAO) collect

published: ## 记下已发布的网址，以后少了就报错 / note the published addresses; a build fails when one is lost
	@$(SETUP) site
	@$(GONGBAO) published

timestamp: ## 请时间戳机构证明 site/ 的清单（TSA=网址 ROOT=根证书）/ have site/ stamped with the time (TSA=address ROOT=file)
	@$(SETUP) timestamp
	@$(GONGBAO) timestamp site $(if $(TSA),--url "$(TSA)") $(if $(ROOT),--root "$(ROOT)")

check: ## 只检查 content/ 里的记录 / check the records in content/
	@$(SETUP) site
	@$(GONGBAO) check --format $(FORMAT) $${SINCE:+--since "$$SINCE"} $${FIX:+--fix} $${DIFF:+--diff} $${STRICT:+--strict}

format: ## 把记录的字段理成统一的次序和写法 / write the fields of records in one order and form
	@$(SETUP) site
	@$(GONGBAO) format $${CHECK:+--check}

test: ## 代码检查与全部测试 / lint, types and every test
	@$(SETUP) test
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m djlint hooks --lint --quiet
	$(PY) -m mypy
	.venv/bin/lint-imports --no-logo --cache-dir .cache/import-linter
	PYTHONDONTWRITEBYTECODE= $(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder

test-long: ## 另试发布步骤、网页质量，需联网 / also the steps that publish, Lighthouse, the HTML checker (network)
	@$(SETUP) long
	$(PY) -m pytest -m "slow or hypothesis" --hypothesis-profile thorough

bench: ## 与别的程序比快慢，再看网页打开的快慢（SIZES="1000 5000" RUNS=3）/ measure speed beside other programs, and of pages
	@$(SETUP) bench
	$(PY) scripts/bench.py --runs $(or $(RUNS),3) $(SIZES)
	@$(SETUP) test && $(SETUP) long
	$(PY) -m pytest -m slow tests/test_lighthouse.py

rollup-bench: ## 逐级相加要多少时间和内存（CASES="1000000 counties" ENGINE=local[2]）/ measure what adding up many sites takes
	@$(SETUP) federation
	$(PY) scripts/rollup_speed.py $(if $(ENGINE),--engine "$(ENGINE)") $(CASES)

import-bench: ## 导入这么多页的 Word 文档要多少时间和内存（PAGES=1000）/ measure what importing so many pages of Word takes
	@$(SETUP) site
	$(PY) scripts/import_speed.py $(PAGES)

new-site: ## 在空文件夹里建一个自己的网站（DIR=路径）/ lay out a site of one's own (DIR=path)
	@$(SETUP) site
	@$(GONGBAO) new-site $(if $(DIR),"$(DIR)")

eight-sites: ## 试一试：八家单位各做一个网站，由上级汇总 / try it out: each unit here as a site, added up by their superior's
	@$(SETUP) federation
	$(PY) scripts/eight_sites.py

release: ## 发布 pyproject.toml 里的版本：测试、打包、试装、打标签，见 CONTRIBUTING.md / release the version in pyproject.toml: test, build, try, tag
	@$(SETUP) test && $(SETUP) editor && $(SETUP) tools
	$(PY) scripts/release.py check
	@$(MAKE) --no-print-directory test
	$(PY) scripts/release.py build
	$(PY) scripts/release.py tag

lock: ## 按 pyproject.toml 重算锁定文件（UPGRADE=1 升级）/ redo the lock files (UPGRADE=1 for newer versions)
	@UPGRADE="$(UPGRADE)" $(SETUP) lock

audit: ## 查所用的库有没有公布的漏洞，另列清单 build/sbom.json，需联网 / look for known vulnerabilities, and list all packages (network)
	@$(SETUP) tools
	mkdir -p build
	$(TOOLS)/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --output-reproducible -o build/sbom.json
	@failed=; for lock in $(LOCKS); do \
	  echo "$$lock:"; \
	  $(TOOLS)/pip-audit --strict --require-hashes --disable-pip --progress-spinner off -r "$$lock" || failed=yes; \
	done; [ -z "$$failed" ]

clean: ## 删去网站与缓存，保留 .venv / remove the site and caches, keep .venv
	rm -rf site word pdf .site.next* build dist .cache .hypothesis .pytest_cache .mypy_cache .ruff_cache hooks/*.egg-info
	find hooks scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +
