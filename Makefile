# SPDX-License-Identifier: Apache-2.0
# `make help` says what there is. Every setting is a variable: make run PORT=9000 DATA=/srv/clinic

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test test-core bench bench-gait bench-lab fuzz format lint clean

# release or debug, for run and bench; tests always build debug.
CONFIG ?= release
HOST ?= 127.0.0.1
PORT ?= 8080
# The clinic's folder: its database and its keys.
DATA ?= data

# Arguments handed on: make test PYTEST="-k smoke", make bench BENCH=--json
PYTEST ?=
BENCH ?=
# Seconds for make fuzz
FUZZ ?= 600

export CONFIG HOST PORT DATA

SWIFT_SOURCES = Sources Tests Plugins Benchmarks Package.swift

help:
	@echo 'make run        install what is missing, build, make a demo clinic in $(DATA) if there is none, serve it'
	@echo 'make test       install what is missing, then lint, Swift tests and browser tests'
	@echo 'make test-core  the tests of Motion and Clinical only, without the web stack'
	@echo 'make bench      measure speed, memory and start against the targets'
	@echo 'make bench-gait score the gait engine on the recordings in ../shared/data'
	@echo 'make bench-lab  the calf lab: its twelve targets on the shared recordings, and its speed'
	@echo 'make fuzz       feed the readers of recordings with broken files for FUZZ=600 seconds'
	@echo 'make format     format the Swift sources in place'
	@echo 'make lint       check the format of the Swift sources'
	@echo 'make clean      delete what was built; the clinic in $(DATA) stays'
	@echo
	@echo 'Settings: CONFIG=$(CONFIG) HOST=$(HOST) PORT=$(PORT) DATA=$(DATA)'
	@echo 'Handed on: PYTEST="-k smoke" to make test, BENCH=--json to make bench'

# The recipes of run, test and bench are one plain command each: make then starts the script without
# a shell between, and a SIGTERM to make reaches the script and the server that it becomes.
run:
	@scripts/run

test:
	@scripts/test $(PYTEST)

test-core:
	SOLEUS_ROOMS=core swift test --scratch-path .build-core

bench:
	@scripts/bench $(BENCH)

bench-gait:
	@scripts/bench-gait $(BENCH)

bench-lab:
	@scripts/bench-lab $(BENCH)

format:
	swift format --in-place --recursive --parallel $(SWIFT_SOURCES)

lint:
	swift format lint --strict --recursive --parallel $(SWIFT_SOURCES)

fuzz:
	@scripts/fuzz $(FUZZ)

clean:
	rm -rf .build .build-core .build-store .build-fuzz .venv Tests/Browser/shots
