#!/usr/bin/env bash
# The property tests of tests/aggregate.t over 1,000 sets of facts, and 500 shardings.
AGGREGATE_SETS=1000 exec python3 "$(dirname "$0")/../aggregate.t"
