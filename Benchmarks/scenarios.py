# SPDX-License-Identifier: Apache-2.0
"""What the speed gate counts: for each scenario the command of a run with n iterations, and which counts are steady."""

import json
import os
import pathlib

GOLDEN = pathlib.Path(__file__).parent.parent / "Tests/VajraWireTests/Golden/v1"
# One snapshot at the end, whatever the time: under valgrind a run takes seconds more or less.
QUIET = ("--lanes", "1", "--snapshot-every", "60s", "-o", "/dev/null")
# The lines lack their run's end, which vajra-agg calls a failure.
CUT_SHORT = (1,)
ALL = ("instructions", "allocations", "system_calls", "clock_readings")
#: Two values in the target, a UUID in a header, and two in a JSON body.
VALUES = ("/items/{{iteration}}?c={{feed.users.city}}", "-H", "X-Id: {{uuid}}", "-H", "Content-Type: application/json",
          "--body", '{"n": {{random 1 1000}}, "u": "{{feed.users.name}}"}')


class Scenario:
    """`command(n)` is the argv of a run with n iterations, which ends with one of `statuses`."""

    def __init__(self, name, unit, n, counts, command, statuses=(0, 3)):
        self.name, self.unit, self.n, self.counts, self.command = name, unit, n, counts, command
        self.statuses = statuses


def scenarios(tools, url, folder):
    """All of them, on the tools in that folder, a target at that URL, and a folder for input files."""
    gen, agg, export = (os.path.join(tools, f"vajra-{name}") for name in ("gen", "agg", "export"))
    closed = ("--concurrency", "64", "--for", "1000s", *QUIET)
    return [
        Scenario(
            "http, closed model, 64 connections", "iteration", 8000, ALL,
            lambda n: [gen, "http", url, *closed, "--count", str(n)]),
        Scenario(
            "http, values in target, header and body", "iteration", 8000, ("instructions", "allocations"),
            lambda n: [gen, "http", f"{url}{VALUES[0]}", *VALUES[1:], "--feed", f"users={users(folder)}", *closed,
                       "--count", str(n)]),
        # How many arrivals share a wake-up hangs on the time that valgrind takes, so the kernel is not counted here.
        Scenario(
            "http, open model, 1000/s", "iteration", 2000, ("instructions", "allocations"),
            lambda n: [gen, "http", url, "--rate", "1000/s", "--for", f"{n}ms", "--max-in-flight", "64", *QUIET]),
        Scenario(
            "none, closed model, 1 user", "iteration", 40000, ("instructions", "allocations", "clock_readings"),
            lambda n: [gen, "none", "--concurrency", "1", "--for", "1000s", *QUIET, "--count", str(n)]),
        Scenario(
            "vajra-agg, iteration lines", "line", 4000, ("instructions", "allocations"),
            lambda n: [agg, "--json", lines(folder, "iteration", n)], CUT_SHORT),
        Scenario(
            "vajra-agg, snapshot lines", "line", 400, ("instructions", "allocations"),
            lambda n: [agg, "--json", lines(folder, "snapshot", n)], CUT_SHORT),
        Scenario(
            "vajra-export files, iteration lines", "line", 4000, ("instructions", "allocations"),
            lambda n: [export, "files", "--force", os.path.join(folder, "out"), lines(folder, "iteration", n)]),
        Scenario("vajra-gen --help", "start", None, ("instructions",), lambda n: [gen, "--help"]),
        Scenario("vajra-ctl target --help", "start", None, ("instructions",),
                 lambda n: [os.path.join(tools, "vajra-ctl"), "target", "--help"]),
    ]


def users(folder):
    """A feed of 1 000 rows."""
    path = os.path.join(folder, "users.csv")
    rows = ["name,city", *(f"user{number},city{number}" for number in range(1000))]
    pathlib.Path(path).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def lines(folder, kind, n):
    """A file of one run_started line and n lines of the golden files' first of that kind."""
    path = os.path.join(folder, f"{kind}-{n}.ndjson")
    if not os.path.exists(path):
        first, line = (golden(name) for name in ("run_started", kind))
        with open(path, "w", encoding="utf-8") as file:
            for sequence in range(1, n + 2):
                (first if sequence == 1 else line)["seq"] = sequence
                file.write(json.dumps(first if sequence == 1 else line, ensure_ascii=False, separators=(",", ":")) + "\n")
    return path


def golden(name):
    return json.loads((GOLDEN / f"{name}.ndjson").read_text(encoding="utf-8").splitlines()[0])
