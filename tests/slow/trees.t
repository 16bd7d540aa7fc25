#!/usr/bin/env bash
# The random countries of tests/trees.t, 500 of them.
AGGREGATE_SETS=500 exec python3 "$(dirname "$0")/../trees.t"
