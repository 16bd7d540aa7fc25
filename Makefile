# xxgk: `make` builds build/bin/*, `make deps test` does everything on a fresh Debian 12.
# A variant is the same rules in another folder: make BUILD=build/asan SAN=address,undefined check

BUILD ?= build
PREFIX ?= /usr/local
VERSION := 0.1.0
FILTERS := $(foreach f,extract normalize classify validate aggregate,$(if $(wildcard cmd/$(f)/$(f).c),$(f)))

ifeq ($(origin CC),default)
CC := gcc
endif
CFLAGS ?= -O2 -g
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla \
	$(if $(CI),-Werror)
SANFLAGS := $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer)
LIBS := $(shell pkg-config --libs zlib libpcre2-8 libutf8proc jansson libmd 2>/dev/null) -lcsv
# extract unzips members of a page's size half as fast again as with zlib alone, where libdeflate-dev is there;
# in a folder of its own, `make BUILD=build/zlib LIBDEFLATE= BROTLI= all` does without both.
LIBDEFLATE ?= $(shell pkg-config --exists libdeflate 2>/dev/null && echo yes)
ifneq ($(LIBDEFLATE),)
LIBS += -Wl,--as-needed $(shell pkg-config --libs libdeflate) -Wl,--no-as-needed
WITH := -DHAVE_LIBDEFLATE $(shell pkg-config --cflags libdeflate)
endif
# Browsers that crawl keep bodies packed with brotli as they came; extract unpacks them where libbrotli-dev is there.
BROTLI ?= $(shell pkg-config --exists libbrotlidec 2>/dev/null && echo yes)
ifneq ($(BROTLI),)
LIBS += -Wl,--as-needed $(shell pkg-config --libs libbrotlidec) -Wl,--no-as-needed
WITH += -DHAVE_BROTLI $(shell pkg-config --cflags libbrotlidec)
endif
XCFLAGS = -std=c11 -D_GNU_SOURCE -DXXGK_VERSION='"$(VERSION)"' -Icommon \
	$(shell pkg-config --cflags zlib libpcre2-8 libutf8proc jansson libmd 2>/dev/null) $(WITH) $(WARN) $(SANFLAGS) $(CFLAGS)

COMMON_C := $(wildcard common/*.c)
TABLES := $(wildcard common/tables/*/*.csv)
# A filter's files stand in its folder and, where they are many, in rooms of it.
filter_c = $(wildcard cmd/$(1)/*.c cmd/$(1)/*/*.c)
FILTER_C := $(foreach f,$(FILTERS),$(call filter_c,$(f)))
UNIT_C := $(wildcard tests/unit/*.c)
# What measures time says nothing on a machine that does other things as well: slow-test has it.
TIMED := html_linear
# Every filter is a folder of cmd with its main in a file of its name.
BIN := $(foreach f,$(FILTERS),$(if $(wildcard cmd/$(f)/$(f).c),$(BUILD)/bin/$(f)))
UNITS := $(filter-out $(TIMED:%=$(BUILD)/unit/%),$(UNIT_C:tests/unit/%.c=$(BUILD)/unit/%))
obj = $(1:%.c=$(BUILD)/obj/%.o)

all: $(BIN)

$(BUILD)/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(XCFLAGS) -Icmd/$(word 2,$(subst /, ,$*)) -MMD -MP -c $< -o $@

# Which tables there are, for --tables: a folder that holds none of them is refused.
TABLE_NAMES := -DTABLE_NAMES='"$(sort $(patsubst common/tables/%.csv,%,$(filter-out common/tables/messages/%,$(TABLES))))"'
$(call obj,common/table.c): XCFLAGS += $(TABLE_NAMES)
$(call obj,common/table.c): $(TABLES)

# A table is linked in as the bytes of its CSV, one object each, so a filter carries what it names.
$(BUILD)/obj/common/tables/%.o: common/tables/%.csv common/tables/embed.S
	@mkdir -p $(@D)
	$(CC) -c -DNAME=table_$(subst /,_,$*) -DFILE='"$<"' common/tables/embed.S -o $@

$(BUILD)/libcommon.a: $(call obj,$(COMMON_C)) $(TABLES:%.csv=$(BUILD)/obj/%.o)
	rm -f $@
	$(AR) rcs $@ $^

define filter_rules
$(BUILD)/bin/$(1): $(call obj,$(call filter_c,$(1))) $(BUILD)/libcommon.a
	@mkdir -p $$(@D)
	$$(CC) $$(XCFLAGS) $$(LDFLAGS) $$^ $$(LIBS) -o $$@
endef
$(foreach f,$(FILTERS),$(eval $(call filter_rules,$(f))))

# A unit program tests one noun: it includes that noun's header (or .c) and links what is in common/
# and, where its first line says `/* links: cmd/extract/html cmd/extract/piece.c ... */`, those files, or all in
# those folders, too.
$(BUILD)/unit/%: tests/unit/%.c tests/tap.h $(BIN) Makefile
	@mkdir -p $(@D)
	$(CC) $(XCFLAGS) -Itests $(FILTERS:%=-Icmd/%) $< $(call linked_objects,$<) \
		$(BUILD)/libcommon.a $(LIBS) \
		$$(sed -n '2s|^/\* libs: \(.*\) \*/|\1|p' $<) -o $@

# A fuzz driver names what it links in the same way.  Its corpus is replayed with the tests; `make fuzz`
# runs each for FUZZ_SECONDS with clang's libFuzzer, from the corpus, into build/fuzz/.
DRIVERS := $(filter-out replay,$(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c)))
REPLAYS := $(DRIVERS:%=$(BUILD)/replay/%)
FUZZ_SECONDS ?= 60
linked = $$(for f in $$(sed -n '1s|^/\* links: \(.*\) \*/|\1|p' $(1)); do \
	case $$f in *.c) echo $$f ;; *) echo $$f/*.c ;; esac; done)
linked_objects = $$(echo $(call linked,$(1)) | sed 's|\([^ ]*\)\.c|$(BUILD)/obj/\1.o|g')

$(BUILD)/replay/%: tests/fuzz/%.c $(wildcard tests/fuzz/*.h) tests/fuzz/replay.c $(BIN) Makefile
	@mkdir -p $(@D)
	$(CC) $(XCFLAGS) $(FILTERS:%=-Icmd/%) $< tests/fuzz/replay.c $(call linked_objects,$<) \
		$(BUILD)/libcommon.a $(LIBS) -o $@

# What is in common is built with each: the fuzzer sees, and the sanitizers watch, only what they have compiled.
build/fuzz/%: tests/fuzz/%.c $(COMMON_C) $(wildcard cmd/*/*.[ch] cmd/*/*/*.[ch]) $(BUILD)/libcommon.a Makefile
	@mkdir -p $(@D)
	clang -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all $(XCFLAGS) $(TABLE_NAMES) \
		$(FILTERS:%=-Icmd/%) $< $(call linked,$<) $(COMMON_C) $(TABLES:%.csv=$(BUILD)/obj/%.o) $(LIBS) -o $@

fuzz: $(DRIVERS:%=build/fuzz/%)
	for d in $(DRIVERS); do mkdir -p build/fuzz/corpus/$$d && \
		build/fuzz/$$d -max_total_time=$(FUZZ_SECONDS) -print_final_stats=1 \
		-artifact_prefix=build/fuzz/$$d- build/fuzz/corpus/$$d tests/fuzz/corpus/$$d || exit; done

# What the benchmark times of common/ alone; built with the tests, so that it is not broken by the time it is wanted.
$(BUILD)/csv-alone: tests/bench/csv.c $(BUILD)/libcommon.a Makefile
	$(CC) $(XCFLAGS) $(LDFLAGS) $< $(BUILD)/libcommon.a $(LIBS) -o $@

units: $(UNITS) $(REPLAYS) $(BUILD)/csv-alone

# Tests: TAP programs in C, and tests/*.t.  The slow ones are left out of quick-test.
SLOWER := tests/contract.t tests/nightly.t tests/inbox.t tests/examples.t tests/engines.t tests/repair.t tests/jobs.t
JOBS ?= 2
TESTS := $(wildcard tests/*.t)

quick-test: all units
	BUILD=$(BUILD) prove -j$(JOBS) --merge $(UNITS) $(REPLAYS) $(filter-out $(SLOWER),$(TESTS))

check: all units
	BUILD=$(BUILD) prove -j$(JOBS) $(UNITS) $(REPLAYS) $(TESTS)

# deps may have installed what is needed to build, so the tests are built by a make of their own.
test:
	$(MAKE) check

slow-test: all units $(TIMED:%=$(BUILD)/unit/%)
	BUILD=$(BUILD) prove $(TIMED:%=$(BUILD)/unit/%) $(wildcard tests/slow/*.t)

# What the filters get right on labelled sentences, identities and made pages with a row mutated.
accuracy: all
	XXGK_BIN=$(BUILD)/bin python3 tests/accuracy/run.py sentences broken-lines identity broken-titles mutations

# The charts' library of the published page (Apache-2.0), from npm; the page works without it.
build/vendor/echarts.common.min.js:
	@mkdir -p build/vendor && cd build/vendor && npm pack --silent echarts@5.5.1 >/dev/null && \
		tar -xzf echarts-5.5.1.tgz package/dist/echarts.common.min.js --strip-components=2 && rm echarts-5.5.1.tgz

vendor: build/vendor/echarts.common.min.js

# Ratios against a floor beside it, and the peers there are; never part of a test.
bench: all
	BUILD=$(BUILD) tests/bench/run.py --peers

# A real Slurm, real sshd: installs what they need, and needs root for network namespaces.
engine-test: all
	@command -v slurmctld >/dev/null && command -v parallel >/dev/null && command -v sshd >/dev/null || { \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
		slurmctld slurmd slurm-client munge parallel openssh-server iproute2; }
	BUILD=$(BUILD) prove $(wildcard tests/engines/*.t)

# Writes what the golden cases give now into their out, err and status: read that diff like code.
bless: all
	BUILD=$(BUILD) BLESS=1 tests/golden.t

asan:
	$(MAKE) BUILD=build/asan SAN=address,undefined all units

# Units, fuzz corpora and what drives the programs themselves, under the sanitizers.
SAN_TESTS := tests/golden.t tests/contract.t tests/trace.t tests/fixtures.t tests/refused.t tests/damaged.t
asan-test:
	$(MAKE) BUILD=build/asan SAN=address,undefined all units
	BUILD=build/asan UBSAN_OPTIONS=print_stacktrace=1 prove -j$(JOBS) \
		$(UNITS:$(BUILD)/%=build/asan/%) $(DRIVERS:%=build/asan/replay/%) $(SAN_TESTS)

PACKAGES := gcc clang make pkg-config libcsv-dev zlib1g-dev libpcre2-dev libutf8proc-dev libjansson-dev libmd-dev \
	libdeflate-dev libbrotli-dev libgumbo-dev perl python3 mandoc

# Asks for root only if something is missing.
deps:
	@missing=; for p in $(PACKAGES); do \
		dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; \
	done; [ -z "$$missing" ] || { \
		sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
		$$sudo apt-get update -qq && \
		$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $$missing; }

# The names of the filters are too plain for a public bin: they live in libexec, and xxgk runs them.
JOBS_INSTALLED := $(filter-out %.1 %.html %.cron %.service %.timer,$(wildcard pipelines/*))
LIBEXEC := $(DESTDIR)$(PREFIX)/libexec/xxgk
SHARE := $(DESTDIR)$(PREFIX)/share/xxgk
MAN := $(DESTDIR)$(PREFIX)/share/man
PAGES := $(wildcard cmd/*.[57] cmd/*/*.1 pipelines/*.1)
INSTALL ?= install

# Option lists of the pages and completions come out of the programs' own option tables.
pages: all
	for f in $(FILTERS); do \
		perl common/options.pl page $(BUILD)/bin/$$f cmd/$$f/$$f.1 >$(BUILD)/page && cp $(BUILD)/page cmd/$$f/$$f.1 || exit; done

COMPLETIONS := bash-completion/completions/xxgk zsh/site-functions/_xxgk fish/vendor_completions.d/xxgk.fish

# DESTDIR and PREFIX may hold blanks.
install: all
	for c in $(COMPLETIONS); do \
		$(INSTALL) -d "$(DESTDIR)$(PREFIX)/share/$$(dirname $$c)" && \
		perl common/options.pl $$(echo $$c | sed 's/[-/].*//') $(BIN) \
			$(filter-out pipelines/lib.sh pipelines/xxgk,$(JOBS_INSTALLED)) >"$(DESTDIR)$(PREFIX)/share/$$c" || exit; done
	$(INSTALL) -d "$(LIBEXEC)" "$(DESTDIR)$(PREFIX)/bin" "$(MAN)/man1" "$(MAN)/man5" "$(MAN)/man7"
	$(INSTALL) -m 755 $(BIN) $(filter-out pipelines/lib.sh,$(JOBS_INSTALLED)) "$(LIBEXEC)"
	$(INSTALL) -m 644 pipelines/lib.sh "$(LIBEXEC)"
	for t in $(TABLES); do $(INSTALL) -D -m 644 $$t "$(SHARE)/$${t#common/}" || exit; done
	$(INSTALL) -m 644 pipelines/publish.html $(wildcard pipelines/nightly.*) "$(SHARE)"
	[ ! -f build/vendor/echarts.common.min.js ] || $(INSTALL) -m 644 build/vendor/echarts.common.min.js "$(SHARE)"
	ln -sf ../libexec/xxgk/xxgk "$(DESTDIR)$(PREFIX)/bin/xxgk"
	for page in $(PAGES); do \
		$(INSTALL) -m 644 $$page "$(MAN)/man$${page##*.}/xxgk-$$(basename $$page | sed 's/^xxgk-//')" || exit; done
	for job in $(filter-out pipelines/lib.sh pipelines/xxgk,$(JOBS_INSTALLED)); do \
		perl common/options.pl job $$job >"$(MAN)/man1/xxgk-$$(basename $$job).1" || exit; done
	[ ! -f "$(MAN)/man7/xxgk-xxgk.7" ] || mv "$(MAN)/man7/xxgk-xxgk.7" "$(MAN)/man7/xxgk.7"

# Folders that are empty then go, but for DESTDIR, which is whoever's named it.
uninstall:
	rm -rf "$(LIBEXEC)" "$(SHARE)"
	rm -f "$(DESTDIR)$(PREFIX)/bin/xxgk" "$(MAN)/man7/xxgk.7"
	for page in $(PAGES); do \
		rm -f "$(MAN)/man$${page##*.}/xxgk-$$(basename $$page | sed 's/^xxgk-//')"; done
	for job in $(JOBS_INSTALLED); do rm -f "$(MAN)/man1/xxgk-$$(basename $$job).1"; done
	for c in $(COMPLETIONS); do rm -f "$(DESTDIR)$(PREFIX)/share/$$c"; done
	cd "$(DESTDIR)/" && prefix="$(PREFIX)" && prefix=$${prefix#/} && \
		for folder in bin libexec share/man/man1 share/man/man5 share/man/man7 $(patsubst %,share/%,$(dir $(COMPLETIONS))); do \
			rmdir -p --ignore-fail-on-non-empty "$$prefix/$$folder" 2>/dev/null; done; true

# The same sources give the same bytes: times are those of the last commit.
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 1767225600)

deb: all
	rm -rf $(BUILD)/deb && $(MAKE) install DESTDIR=$(abspath $(BUILD)/deb) PREFIX=/usr
	sh common/package.sh $(BUILD)/deb $(VERSION) $(BUILD)/xxgk_$(VERSION).deb

dist:
	@mkdir -p $(BUILD)
	git archive --format=tar --prefix=xxgk-$(VERSION)/ HEAD | gzip -9n >$(BUILD)/xxgk-$(VERSION).tar.gz

# Runs the main job on the fixtures, as a first look.
demo:
	$(MAKE) all
	XXGK_BIN=$(abspath $(BUILD)/bin) pipelines/regional-stats -o $(BUILD)/demo.csv fixtures/*.txt || [ $$? = 1 ]
	@grep -E '^year|,(report|requests.received|requests.new|proactive.total|review.total),(value|total),' $(BUILD)/demo.csv

clean:
	rm -rf $(BUILD)

-include $(patsubst %.c,$(BUILD)/obj/%.d,$(COMMON_C) $(FILTER_C))
.PHONY: all units fuzz quick-test check test slow-test accuracy bless asan asan-test deps \
	clean install uninstall demo bench pages engine-test deb dist vendor
