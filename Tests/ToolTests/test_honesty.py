# SPDX-License-Identifier: Apache-2.0
"""Honesty: a generator that could not hold its plan says so, why, and with a status of its own, in flat memory."""

import os
import time

import pytest

import vajra
from servers import ScriptedServer

FLAT = 128 << 20


@pytest.fixture
def busy(processes):
    """Two busy loops for each processor, for at most a minute."""
    loops = [processes.service("timeout", "60", "sh", "-c", "while :; do :; done")
             for _ in range(2 * len(os.sched_getaffinity(0)))]
    vajra.await_condition(
        lambda: all(vajra.state_of(loop[0].pid) == "S" for loop in loops), "the loops run")


@pytest.mark.parametrize(("task", "rate"), [("http", 2000), ("none", 500)])
def test_a_generator_starved_of_cpu_says_so(run, release_tools, target, busy, task, rate):
    # Few places: thousands of new connections at once would take a starved generator longer than their timeout.
    what = ["http", target.url, "--max-in-flight", "64"] if task == "http" else ["none"]
    report = run(
        ["nice", "-n", "19", release_tools.gen, *what, "--rate", f"{rate}/s", "--for", "3s"],
        [release_tools.agg, "--json"], seconds=60)
    summary = report.json
    figures = summary["scenarios"][task]
    print(f"grade {summary['honesty']['grade']}, pacing lag p99 {figures['pacing_lag']['p99_ns'] / 1e6:.1f} ms, "
          f"drift {summary['drift']:.3%}")
    assert report.statuses == [3, 3]
    assert summary["verdict"] == "invalid"
    assert summary["honesty"]["grade"] == "D"
    assert any("short of CPU" in reason for reason in summary["honesty"]["reasons"])
    assert figures["planned"] == 3 * rate == figures["started"] + figures["dropped"]


OVERLOADS = {
    "none at 5 million a second": (["none"], 5_000_000, "queue"),
    "none at 5 million a second, dropped": (["none"], 5_000_000, "drop"),
    "http at 500 000 a second": (["http"], 500_000, "queue"),
    "http at 500 000 a second, dropped": (["http"], 500_000, "drop"),
}


@pytest.mark.parametrize(("task", "rate", "policy"), OVERLOADS.values(), ids=OVERLOADS.keys())
def test_a_rate_beyond_the_machine_is_said_and_costs_no_memory(run, tools, target, tmp_path, task, rate, policy):
    raw = tmp_path / "raw.ndjson"
    report = run(
        [tools.gen, *task, *([target.url] if task == ["http"] else []), "--rate", f"{rate}/s", "--for", "3s",
         "--when-saturated", policy, "--drain", "200ms"], ["tee", raw], [tools.agg, "--json"], seconds=60)
    summary = report.json
    counts = summary["total"]
    assert report.statuses == [3, 0, 3]
    assert summary["honesty"]["grade"] == "D"
    assert any("never started" in reason for reason in summary["honesty"]["reasons"])
    assert counts["planned"] == 3 * rate
    assert counts["started"] + counts["dropped"] == counts["planned"]
    # What 200 ms of drain are too short for is told as in flight.
    assert counts["completed"] + counts["in_flight"] == counts["started"]
    assert counts["in_flight"] <= 10_000
    assert max(line.get("rss_bytes", 0) for line in vajra.lines_of(raw)) < FLAT


def test_dropped_arrivals_are_exactly_those_that_the_server_did_not_see(load):
    def script(peer):
        while peer.read_request():
            seen.append(peer.number)
            time.sleep(0.05)  # The server's own pace: four places take 80 a second.
            peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    seen = []
    with ScriptedServer(script) as server:
        done = load("http", server.url, "--rate", "500/s", "--for", "2s", "--max-in-flight", "4",
                    "--when-saturated", "drop", "--iterations", "all")
    assert done.counts["planned"] == 1000
    assert done.counts["started"] == done.counts["completed"] == len(seen) == len(done.iterations)
    assert done.counts["dropped"] == 1000 - len(seen)
    assert 20 <= len(seen) <= 164
    assert done.status == 0, "the user asked for drops, and the server was slow: the generator did what it should"
    assert max(line["response_time_ns"] - line["service_time_ns"] for line in done.iterations) < vajra.NOISE * 1e9


def test_a_saturated_target_is_judged_and_not_the_generator(run, tools, start_target):
    target = start_target("--delay", "50ms")
    report = run(
        [tools.gen, "http", target.url, "--rate", "400/s", "--for", "500ms", "--max-in-flight", "4", "--drain", "10s"],
        [tools.agg, "--json", "--threshold", "response_time.p99 < 60ms"])
    summary = report.json
    # Four places at 50 ms take 80 a second: the last of 200 waits for two seconds.
    assert summary["total"]["started"] == 200
    assert summary["total"]["response_time"]["p99_ns"] > 1.5e9
    assert report.statuses == [0, 99], summary["honesty"]
    assert summary["verdict"] == "fail"
    assert any("the target was slower than the plan" in reason for reason in summary["honesty"]["reasons"])
    assert not any("raise" in reason for reason in summary["honesty"]["reasons"])


def test_an_open_load_is_open_unless_something_else_is_said(run, tools, start_target):
    target = start_target("--delay", "300ms")
    report = run([tools.gen, "http", target.url, "--rate", "1000/s", "--for", "300ms"], [tools.agg, "--json"]).json
    assert report["total"]["completed"] == 300
    assert report["total"]["lag"]["p50_ns"] < 0.1e9, "300 at a time, and none of them waits for another"


def test_queued_arrivals_all_start_and_their_wait_is_in_the_response_time(load, start_target):
    target = start_target("--delay", "20ms")
    done = load("http", target.url, "--rate", "400/s", "--for", "500ms", "--max-in-flight", "4", "--iterations", "all")
    assert done.counts["planned"] == done.counts["started"] == done.counts["succeeded"] == 200
    # Four places at 20 ms or more take 200 a second at most: the last of 200 waits half a second and more.
    last = max(done.iterations, key=lambda line: line["index"])
    assert last["response_time_ns"] > 0.45e9
    assert last["service_time_ns"] < (0.02 + vajra.NOISE) * 1e9


def test_a_run_of_a_few_milliseconds_is_not_judged_by_who_had_the_processor(run, tools, busy):
    statuses = [run([tools.gen, "none", "--concurrency", "1", "--count", "3"]).status for _ in range(20)]
    assert statuses == [0] * 20


def test_a_slow_target_is_not_the_generators_fault(run, tools, start_target):
    target = start_target("--delay", "300ms")
    report = run(
        [tools.gen, "http", target.url, "--rate", "100/s", "--for", "2s", "--max-in-flight", "500"],
        [tools.agg, "--json"]).json
    assert report["verdict"] == "pass"
    assert report["honesty"]["grade"] in ("A", "B", "C")
    assert report["total"]["service_time"]["p50_ns"] > 300e6
