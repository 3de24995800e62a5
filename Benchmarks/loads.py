# SPDX-License-Identifier: Apache-2.0
"""Loads on a target, and on none: the plan kept, a stall, saturation, memory, processors."""

import contextlib
import os
import re
import signal
import subprocess
import threading
import time

from measure import (
    CORES, ROOT, end_of, generate, load_average, median, nginx, run, summarize, table, three, tool,
)


def milliseconds(nanoseconds):
    return f"{nanoseconds / 1e6:.3f}"


def scenario_of(summary):
    (scenario,) = summary["scenarios"].values()
    return scenario


def rate(seconds=120, per_second=10_000):
    """10 000/s against nginx for two minutes: what was planned, started, late, and used"""
    before = load_average()
    with nginx() as (url, _):
        done, lines = generate(["http", url, "--rate", f"{per_second}/s", "--for", f"{seconds}s"], core=None)
    summary = summarize(lines)
    scenario, end = scenario_of(summary), end_of(lines)
    peak = max(line.get("rss_bytes", 0) for line in lines)
    print(f"{before} before\n")
    table(("what", "figure"), [
        ("planned, started, completed", f"{end['planned']}, {end['started']}, {end['completed']}"),
        ("drift", f"{100 * summary['drift']:.5f} %"),
        ("lag p50, p99", f"{milliseconds(scenario['lag']['p50_ns'])}, {milliseconds(scenario['lag']['p99_ns'])} ms"),
        ("response time p50, p99", ", ".join(milliseconds(scenario["response_time"][p]) for p in ("p50_ns", "p99_ns")) + " ms"),
        ("CPU an iteration", f"{done.cpu / end['completed'] * 1e6:.1f} µs"),
        ("largest resident memory", f"{peak / 2**20:.1f} MiB"),
        ("honesty", summary["honesty"]["grade"]),
    ])


def stall(rounds=3):
    """An nginx that stands still for a second, at 1 000/s for 10 s: the theory, vajra-gen, and wrk2 if it is there"""
    rows = [("theory", "as without the stall", "500", "900")]
    wrk2 = os.environ.get("VAJRA_BENCH_WRK2")
    for _ in range(rounds):
        with nginx() as (url, master), frozen(master, after=3):
            _, lines = generate(["http", url, "--rate", "1000/s", "--for", "10s", "--lanes", "1"])
        times = scenario_of(summarize(lines))
        rows.append(("vajra-gen, response time", *(milliseconds(times["response_time"][p]) for p in ("p50_ns", "p95_ns", "p99_ns"))))
        rows.append(("vajra-gen, service time", *(milliseconds(times["service_time"][p]) for p in ("p50_ns", "p95_ns", "p99_ns"))))
        if wrk2:
            # Its first 10 s calibrate and are not measured; the stall is in the 10 s after them.
            with nginx() as (url, master), frozen(master, after=13):
                done = run([wrk2, "-t1", "-c20", "-d20s", "-R1000", "--latency", url])
            rows.append(("wrk2, corrected", *(wrk2_percentile(done.output, p) for p in ("50.000", "95.000", "99.000"))))
    print(f"{load_average()}; milliseconds\n")
    table(("", "p50", "p95", "p99"), rows)


def wrk2_percentile(output, percentile):
    """In milliseconds, of wrk2's detailed spectrum: the first row at or above the percentile."""
    for value, share in re.findall(r"^\s+([\d.]+)\s+([01]\.\d+)\s+\d+", output, re.MULTILINE):
        if float(share) >= float(percentile) / 100:
            return f"{float(value):.3f}"
    return "-"


@contextlib.contextmanager
def frozen(master, after, length=1.0):
    """Stops the processes of a server for a second, so long after this began."""
    def freeze():
        time.sleep(after)
        pids = [master, *children(master)]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        time.sleep(length)
        for pid in pids:
            os.kill(pid, signal.SIGCONT)

    thread = threading.Thread(target=freeze)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return [int(child) for child in file.read().split()]


def saturation(seconds=10):
    """Far more than the machine can do: the status, its reason, and the memory"""
    before = load_average()
    rows = []
    with nginx() as (url, _):
        for name, arguments in (
            ("http, 1 000 000/s, queue", ["http", url, "--rate", "1000000/s"]),
            ("http, 1 000 000/s, drop", ["http", url, "--rate", "1000000/s", "--when-saturated", "drop"]),
            ("none, 100 000 000/s", ["none", "--rate", "100000000/s"]),
        ):
            done, lines = generate([*arguments, "--for", f"{seconds}s", "--drain", "1s"], core=None)
            summary, end = summarize(lines), end_of(lines)
            resident = [line["rss_bytes"] for line in lines if "rss_bytes" in line]
            rows.append((
                name, done.status, f"{end['planned']}", f"{end['completed']}", f"{end['dropped']}",
                f"{resident[1] / 2**20:.1f} → {max(resident) / 2**20:.1f} MiB",
                summary["honesty"]["grade"] + ": " + "; ".join(summary["honesty"]["reasons"])))
    print(f"{before} before\n")
    table(("load", "status", "planned", "completed", "dropped", "memory, 2 s → most", "honesty"), rows)


def flight(count=50_000, seconds=5, rounds=5):
    """50 000 iterations in flight on one lane, recorded or not: memory and CPU of each"""
    before = load_average()
    bench = os.path.join(ROOT, ".build/release/vajra-bench")
    if not os.path.exists(bench):
        raise SystemExit("macro: there is no vajra-bench: Benchmarks/run")
    runs = {"on": [], "off": []}
    for _ in range(rounds):
        for recording, found in runs.items():
            done = run([bench, "flight", str(count), str(seconds), recording])
            found.append(dict(pair.split("=") for pair in done.output.split()))
    print(f"{count} in flight, {rounds} rounds; {before} before\n")
    table(("recording", "lane CPU an iteration, ns", "resident bytes an iteration in flight"), [
        (name, three((float(f["cpu_ns_per_iteration"]) for f in found), 0),
         three((int(f["bytes_per_iteration"]) for f in found), 0)) for name, found in runs.items()])
    difference = [float(a["cpu_ns_per_iteration"]) - float(b["cpu_ns_per_iteration"]) for a, b in zip(*runs.values())]
    print(f"Recording costs {three(difference, 0)} ns an iteration, round by round.\n")


def lanes(seconds=5, rounds=3):
    """`none` at full speed on one lane and on two: iterations a second, and processors used"""
    before = load_average()
    rows = []
    for count in (1, 2):
        found = []
        for _ in range(rounds):
            done, lines = generate(
                ["none", "--concurrency", "16", "--for", f"{seconds}s", "--lanes", str(count)], core=None)
            found.append((end_of(lines)["completed"] / seconds, done.cpu / done.wall))
        rows.append((count, f"{median(f[0] for f in found):,.0f}", f"{median(f[1] for f in found):.2f}"))
    print(f"{len(CORES)} processors, {rounds} rounds of {seconds} s; {before} before\n")
    table(("lanes", "iterations/s", "processors used"), rows)


def long(count=100_000_000):
    """10⁸ iterations of `none` at full speed: resident memory from beginning to end"""
    before = load_average()
    done, lines = generate(["none", "--concurrency", "16", "--count", str(count), "--for", "1h"], core=None)
    resident = [line["rss_bytes"] for line in lines if line["type"] == "snapshot" and "rss_bytes" in line]
    print(f"{before} before\n")
    table(("what", "figure"), [
        ("completed", end_of(lines)["completed"]),
        ("took", f"{done.wall:.1f} s, {done.cpu / count * 1e9:.0f} ns of CPU an iteration"),
        ("resident after 3 s, in the middle, at the end",
         ", ".join(f"{resident[i] / 2**20:.2f}" for i in (2, len(resident) // 2, -1)) + " MiB"),
        ("largest (kernel's count)", f"{done.peak / 2**20:.2f} MiB"),
    ])


def pace(seconds=20, rounds=3):
    """10 000/s against nginx beside wrk2: how late each is, and what it uses"""
    wrk2 = os.environ.get("VAJRA_BENCH_WRK2")
    before = load_average()
    ours, theirs = [], []
    with nginx() as (url, _):
        for _ in range(rounds):
            done, lines = generate(["http", url, "--rate", "10000/s", "--for", f"{seconds}s", "--lanes", "1"])
            times, end = scenario_of(summarize(lines)), end_of(lines)
            ours.append((
                end["completed"], *(times[kind][p] / 1e6 for kind in ("response_time", "service_time") for p in ("p50_ns", "p99_ns")),
                done.cpu / end["completed"] * 1e6))
            if wrk2:
                done = run([wrk2, "-t1", f"-c{64}", f"-d{seconds}s", "-R10000", "-U", "--latency", url])
                corrected, _, uncorrected = done.output.partition("Uncorrected")
                count = int(re.search(r"(\d+) requests in", done.output).group(1))
                theirs.append((
                    count, *(float(wrk2_percentile(text, p)) for text in (corrected, uncorrected) for p in ("50.000", "99.000")),
                    done.cpu / count * 1e6))
    print(f"{rounds} rounds of {seconds} s in turns, of {10_000 * seconds} planned; milliseconds; {before} before\n")
    rows = []
    for name, values in (("vajra-gen", ours), ("wrk2", theirs)):
        if values:
            columns = list(zip(*values))
            rows.append((
                name, three(columns[0], 0), *(three(column, 3) for column in columns[1:5]),
                three((a - b for a, b in zip(columns[1], columns[3])), 3), three(columns[5], 1)))
    table(("client", "completed", "from the intended start: p50", "p99", "from the actual start: p50", "p99", "their p50s' difference", "CPU µs"), rows)
