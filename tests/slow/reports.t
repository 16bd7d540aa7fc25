#!/usr/bin/env bash
# The random reports of tests/reports.t, 60 sets of bodies.
REPORT_SETS=60 exec python3 "$(dirname "$0")/../reports.t"
