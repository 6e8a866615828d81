#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Weir Authors
# SPDX-License-Identifier: Apache-2.0
"""Rewrites the table of streams/README.md that says what the budget reaches.

From the checkout: python3 topology-tests/src/test/python/budget_table.py
Runs `weir simulate --scenario all` at budgets of 0.1 % and 1 %; takes a few minutes.
"""
import json
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[4]
README = ROOT / "streams" / "README.md"
HEAD = (
    "| scenario | 0.1 % reviewed: tax | windows | capture | lowest | true | others | lines: spend | asked | largest sum"
    " | 1 %: windows | capture | lowest | true |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n"
)


def simulated(tax):
    """The results of all scenarios at a budget, in the order of the scenarios."""
    command = [ROOT / "streams/bin/weir", "simulate", "--scenario", "all", "--tax", tax, "--json"]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def windows(result):
    """Lowest and highest spend, capture in the mean and at worst, true capture, as cells."""
    of = result["windows"]
    spend = [window["tax_ratio"] for window in of]
    capture = [window["capture_ratio"] for window in of]
    true = [window["true_capture_ratio"] for window in of]
    return "%.2f to %.2f | %.3f | %.2f | %.2f" % (
        min(spend),
        max(spend),
        sum(capture) / len(of),
        min(capture),
        sum(true) / len(of),
    )


def lines(result):
    """Spend on lines over the budget, tasks and agents that were asked for, and the largest sum without a review over its line."""
    asked = result["escalations"]["task"] + result["escalations"]["agent"]
    largest = max(result["lines"]["largest_task"], result["lines"]["largest_agent"])
    return "%.3f | %d | %.2f" % (result["tax"]["lines"] / result["tax"]["budget"], asked, largest)


def row(few, many):
    """One scenario at both budgets."""
    tax = few["tax"]["realised"] / few["tax"]["budget"]
    others = 100 * few["truth"]["others_reviewed"]
    return "| `%s` | %.3f | %s | %.4f %% | %s | %s |\n" % (
        few["scenario"],
        tax,
        windows(few),
        others,
        lines(few),
        windows(many),
    )


def main():
    rows = "".join(row(few, many) for few, many in zip(simulated("0.1"), simulated("1")))
    marks = re.compile(r"(<!-- budget:begin -->\n).*?(<!-- budget:end -->)", re.S)
    text, found = marks.subn(lambda m: m[1] + HEAD + rows + m[2], README.read_text("utf-8"))
    if found != 1:
        raise SystemExit("streams/README.md has no marks budget:begin and budget:end")
    README.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
