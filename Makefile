# SPDX-License-Identifier: Apache-2.0

PREFIX ?= /usr/local
DESTDIR ?=
export PREFIX DESTDIR

BUILD = swift build --configuration release --explicit-target-dependency-import-check error --static-swift-stdlib -Xlinker -s

.PHONY: help run build test verify sbom install uninstall bench bench-macro

help:
	@echo 'make run        build, then a 10 s load at 2000/s against a local server of our own'
	@echo 'make test       every check that a change must pass'
	@echo 'make verify     what is promised, shown on this machine with the built tools, a line a step'
	@echo 'make build      the release tools, in .build/release'
	@echo 'make install    copy what was built (builds when nothing is) into PREFIX=$(PREFIX), under DESTDIR='
	@echo 'make uninstall  remove it again'
	@echo 'make sbom       the bill of materials of the built tools (CycloneDX), in .build/sbom.cdx.json'
	@echo 'make bench      the micro benchmarks, beside their stored figures'
	@echo 'make bench-macro  whole runs, and other tools beside them: Benchmarks/macro --help'

run: build
	@.ci/first-run

build:
	@.ci/install-packages
	$(BUILD)

test:
	@.ci/test

verify: build
	@.ci/verify .build/release

sbom: build
	@.ci/sbom .build/release >.build/sbom.cdx.json
	@echo .build/sbom.cdx.json

# Does not rebuild: sudo often has no swift on its PATH, and should own nothing in .build.
install:
	@[ -x .build/release/vajra-gen ] || $(MAKE) --no-print-directory build
	@.ci/install install

uninstall:
	@.ci/install uninstall

bench:
	@.ci/install-packages
	@Benchmarks/run

bench-macro: build
	@Benchmarks/macro
