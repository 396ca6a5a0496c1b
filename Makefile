# 日常命令；单独一个 make 列出它们。PORT、HOST、SCALE、DATA 可以写在命令后面，也可以是环境变量。
SHELL := /bin/sh
.DEFAULT_GOAL := help

SCALE ?= demo
# 测试多半在等浏览器、数据库和磁盘，所以比核多开一个。
JOBS ?= 3
BIN := .venv/bin
PY := $(BIN)/python
FLASK := $(PY) -m flask --app backend.app
# pip names the network trouble itself; it need not advertise its next version.
PIP := $(PY) -m pip install -q --disable-pip-version-check --require-hashes

# The first Python that is new enough and can make a virtual environment, or nothing.
CAN_BUILD := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	if $$name -c '$(CAN_BUILD)' >/dev/null 2>&1; then echo $$name; break; fi; done)

# Every entrance reads the same environment: flask alone would look into .env.
export FLASK_SKIP_DOTENV = 1

.PHONY: help install demo run work migrate test long walk fuzz hostile storm check bench golden look

help: ## 列出这些命令
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' Makefile

install: .venv/.installed ## 建好 .venv，装上运行需要的包

demo: .venv/.installed ## 装入演示数据并打开网站（可加 PORT=8099、SCALE=city、DATA=文件夹）
	@$(PY) -m backend.serve --check
	@$(FLASK) demo --scale $(SCALE) $(if $(DATA),--data "$(DATA)")
	@exec $(PY) -m backend.serve

run: migrate ## 用已有的数据库打开网站
	@exec $(PY) -m backend.serve

work: migrate ## 单独开后台进程：夜里的工作、检索的更新
	@exec $(PY) -m backend.worker

migrate: .venv/.installed ## 把数据库升到最新
	@$(FLASK) migrate

test: .venv/.installed-dev ## 跑测试（缺浏览器和服务器时试着装上）
	@sh tests/bring_chromium.sh
	@sh tests/bring_servers.sh
	@sh tests/bring_node.sh
	@$(PY) -m pytest -n $(JOBS) --dist loadfile -m "not walk and not long"

long: .venv/.installed-dev ## 跑费时的测试：风暴、测速、大文件、重载、大多数在 PostgreSQL 上的一遍
	@sh tests/bring_chromium.sh
	@sh tests/bring_servers.sh
	@sh tests/bring_node.sh
	@$(PY) -m pytest -n $(JOBS) --dist loadfile -m long

walk: .venv/.installed-dev ## 走遍每一页的每一种状态，量无障碍、字号、目标、分量（十来分钟）
	@sh tests/bring_chromium.sh
	@$(PY) -m pytest -n $(JOBS) --dist loadfile -m walk tests/stories/looks

fuzz: .venv/.installed-dev ## 对着接口说明问很多很多次（可加 FUZZ_EXAMPLES=2000）
	@FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-500} $(PY) -m pytest -q tests/contract/test_fuzz.py

hostile: .venv/.installed-dev ## 对着微信推送的信封扔二十万个恶意的正文（可加 BODIES=1000000、SEED=7）
	@$(PY) -m tests.wechat.fuzz --bodies $${BODIES:-200000} $(if $(SEED),--seed $(SEED))

storm: .venv/.installed-dev ## 每秒推五十条微信消息，推五分钟，一边杀进程（可加 MINUTES=1、KILL=0、POSTGRES=1）
	@$(PY) -m tests.wechat.storm --minutes $${MINUTES:-5} --rate $${RATE:-50} --kill-every $${KILL:-10} $(if $(POSTGRES),--postgres)

check: .venv/.installed-dev ## 查格式、依赖方向和类型
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy

bench: .venv/.installed-dev ## 量一量速度
	@$(PY) -m bench

golden: .venv/.installed-dev ## 问一遍找药的标准题，看答对多少（可加 DATA=文件夹、MISSES=1、KIND=guard、PAGE=1）
	@$(PY) -m bench.golden $(if $(DATA),--data "$(DATA)") $(if $(MISSES),--misses) $(addprefix --kind ,$(KIND)) $(if $(PAGE),--page)

look: .venv/.installed-dev ## 给每一页照相：各种宽度、长辈版、暗色、打印，存进 var/look
	@$(PY) -m tests.stories.looks.look

.venv/.installed: requirements.lock
	@$(or $(PYTHON),false) -c '$(CAN_BUILD)' 2>/dev/null || { echo "没有找到能建虚拟环境的 Python 3.11 或更新版本：请安装它（Debian、Ubuntu 上还要 python3-venv），或写明是哪一个，例如 make $(or $(MAKECMDGOALS),install) PYTHON=python3.12" >&2; exit 1; }
	@echo "正在用 $(PYTHON) 建 .venv 并安装依赖，第一次要下载几十 MB……"
	@$(PYTHON) -m venv .venv
	@$(PIP) -r requirements.lock
	@touch $@

.venv/.installed-dev: requirements-dev.lock .venv/.installed
	@echo "正在安装测试和检查用的工具……"
	@$(PIP) -r requirements-dev.lock
	@touch $@
