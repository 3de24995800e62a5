# SPDX-License-Identifier: Apache-2.0
"""The raw stream proves itself: numbered lines that add up, histograms that an independent decoder reads the same."""

import collections
import json
import os
import signal
import time

import pytest
import vajra
from vajra import COUNTS, HISTOGRAMS, PERCENTILES, lines_of, merged_histogram, of_type, sums, value_at

LINE_LIMIT = 60 * 1024


@pytest.fixture
def record(tools, run, feed, tmp_path):
    """Runs vajra-gen with these arguments: its lines, and what `vajra-agg --json` makes of them."""

    def start(*arguments):
        raw = tmp_path / "raw"
        done = run([tools.gen, *arguments], ["tee", raw], [tools.agg, "--json"])
        assert done.statuses[0] in (0, 3), done.errors(0)
        return lines_of(raw), done.json

    return start


RUNS = {
    "none": ["none", "--rate", "5k/s", "--for", "1s", "--snapshot-every", "50ms"],
    "closed": ["none", "--concurrency", "5", "--count", "4000", "--snapshot-every", "20ms"],
    "every iteration a line": ["none", "--rate", "2k/s", "--for", "500ms", "--iterations", "all"],
    "drop": ["http", "URL", "--rate", "1k/s", "--for", "500ms", "--max-in-flight", "2", "--when-saturated", "drop"],
    "failures": ["http", "URL", "--rate", "1k/s", "--for", "500ms", "--snapshot-every", "50ms", "--iterations", "failed"],
}


@pytest.mark.parametrize("arguments", RUNS.values(), ids=RUNS.keys())
def test_every_line_is_short_numbered_json_and_the_snapshots_add_up_to_the_end(record, start_target, arguments):
    if "URL" in arguments:
        url = start_target("--delay", "3ms", "--error-rate", "0.2").url
        arguments = [url if word == "URL" else word for word in arguments]
    lines, summary = record(*arguments)
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    assert {(line["run_id"], line["source"], line["v"]) for line in lines} == {(lines[0]["run_id"], lines[0]["source"], 1)}
    assert list(lines[0])[:5] == ["type", "v", "run_id", "source", "seq"]
    ends = of_type(lines, "run_ended")
    assert [lines[0]["type"], lines[-1]["type"], len(of_type(lines, "run_started"))] == ["run_started", "run_ended", 1]
    assert ends[-1]["lines"] == dict(collections.Counter(line["type"] for line in lines))
    assert ends[-1]["reason"] == "completed"
    (name,) = ends[-1]["scenarios"]
    end, total = ends[-1]["scenarios"][name], sums(lines, name)
    assert {key: total[key] for key in total} == {key: end[key] for key in total}
    assert end["in_flight"] == 0
    assert end["planned"] == end["started"] + end["dropped"]
    assert end["completed"] == end["started"] == end["succeeded"] + end["failed"]
    assert end["failed"] == sum(end["failures"].values())
    assert {key: summary["total"][key] for key in COUNTS} == {key: end[key] for key in COUNTS}


def test_no_line_is_longer_than_60_kib_even_when_every_histogram_is_wide(tools, run, start_target, tmp_path):
    raw = tmp_path / "raw"
    url = start_target("--delay", "1ms").url
    done = run([
        tools.gen, "http", url, "--rate", "4k/s", "--for", "2s", "--arrivals", "poisson", "--snapshot-every", "2s",
        "--max-in-flight", "3", "--iterations", "all", "-o", raw])
    assert done.status in (0, 3), done.errors()
    lengths = [len(line) for line in raw.read_bytes().splitlines(keepends=True)]
    assert max(lengths) <= LINE_LIMIT
    for line in raw.read_bytes().splitlines():
        json.loads(line)


def test_intervals_follow_each_other_without_gap_or_overlap(record):
    lines, _ = record("none", "--rate", "1k/s", "--for", "500ms", "--snapshot-every", "50ms")
    snapshots = of_type(lines, "snapshot")
    # Ten, less those that a crowded machine makes one of.
    assert len(snapshots) > 2
    assert snapshots[0]["start_unix_us"] == lines[0]["start_unix_us"]
    for earlier, later in zip(snapshots, snapshots[1:]):
        assert later["start_unix_us"] == earlier["end_unix_us"]
        assert later["end_unix_us"] >= later["start_unix_us"]


def test_a_stop_makes_one_interval_as_long_as_itself(tools, pipeline, tmp_path):
    raw = tmp_path / "raw"
    going = pipeline([
        tools.gen, "none", "--rate", "200/s", "--for", "1500ms", "--lanes", "2", "--snapshot-every", "10ms", "-o", raw])

    def snapshots():
        return [line for line in raw.read_bytes().splitlines(keepends=True) if b'"snapshot"' in line and line.endswith(b"\n")]

    vajra.await_condition(lambda: raw.exists() and len(snapshots()) > 20, "the run is under way")
    os.kill(going[0].pid, signal.SIGSTOP)
    since = time.monotonic()
    vajra.await_condition(lambda: time.monotonic() - since > 0.5, "it has stood still for a while")
    stop = time.monotonic() - since
    os.kill(going[0].pid, signal.SIGCONT)
    going.await_end()
    assert going.status in {0, 3}, going.errors()
    lines = lines_of(raw)
    found = of_type(lines, "snapshot")
    # Not an interval for each 10 ms of the stop, with all that came afterwards in the first of them.
    longest = max(found, key=lambda line: line["end_unix_us"] - line["start_unix_us"])
    assert longest["end_unix_us"] - longest["start_unix_us"] >= (stop - 0.02) * 1e6
    assert all(later["start_unix_us"] == earlier["end_unix_us"] for earlier, later in zip(found, found[1:]))
    assert sum(line["completed"] for line in found) == lines[-1]["scenarios"]["none"]["completed"] == 300
    # The lanes have stood still with the process, not one of them alone.
    assert of_type(lines, "log") == []


MEASURED = {
    "10 000 iterations of nothing": (["none", "--rate", "10k/s", "--for", "1s", "--snapshot-every", "40ms"], None),
    "an odd count": (["none", "--rate", "1237/s", "--for", "1s", "--arrivals", "poisson", "--snapshot-every", "70ms"], None),
    "a slow server": (["http", "URL", "--rate", "1k/s", "--for", "1s", "--snapshot-every", "90ms"], "2ms"),
    "waiting arrivals": (["http", "URL", "--rate", "500/s", "--for", "600ms", "--max-in-flight", "4"], "11ms"),
}


@pytest.mark.parametrize(("arguments", "delay"), MEASURED.values(), ids=MEASURED.keys())
def test_an_independent_decoder_gets_the_same_percentiles_from_the_raw_snapshots(record, start_target, arguments, delay):
    if delay:
        arguments = [start_target("--delay", delay).url if word == "URL" else word for word in arguments]
    lines, summary = record(*arguments)
    for field, name in HISTOGRAMS.items():
        merged = merged_histogram([line[field] for line in of_type(lines, "snapshot")])
        told = summary["total"][name]
        assert told["count"] == merged.get_total_count() == summary["total"]["completed"], name
        expected = {key: value_at(merged, percentile) for key, percentile in PERCENTILES.items()}
        assert {key: told[key] for key in expected} == expected, name
        assert told["max_ns"] == merged.get_highest_equivalent_value(merged.get_max_value()), name
        assert told["min_ns"] == merged.get_lowest_equivalent_value(merged.get_min_value()), name
        assert told["mean_ns"] == pytest.approx(merged.get_mean_value(), rel=1e-3), name
        again = merged_histogram([told["hdr"]])
        assert counts(again) == counts(merged), name


def counts(histogram):
    """The filled buckets of a histogram: value and count."""
    return [(item.value_iterated_to, item.count_at_value_iterated_to) for item in histogram.get_recorded_iterator()]


def test_the_independent_decoders_own_percentiles_agree_where_no_rank_is_rounded(record):
    lines, summary = record("none", "--rate", "10k/s", "--for", "1s", "--snapshot-every", "100ms")
    for field, name in HISTOGRAMS.items():
        merged = merged_histogram([line[field] for line in of_type(lines, "snapshot")])
        assert merged.get_total_count() == 10_000
        expected = {key: merged.get_value_at_percentile(float(value)) for key, value in PERCENTILES.items()}
        assert {key: summary["total"][name][key] for key in expected} == expected, name


def test_iteration_lines_hold_the_very_times_that_the_histograms_hold(record, start_target):
    url = start_target("--delay", "1ms").url
    lines, summary = record("http", url, "--rate", "300/s", "--for", "1s", "--iterations", "all")
    iterations = of_type(lines, "iteration")
    assert sorted(line["index"] for line in iterations) == list(range(300))
    for name in ("response_time", "service_time"):
        merged = merged_histogram([summary["total"][name]["hdr"]])
        values = sorted(line[f"{name}_ns"] for line in iterations)
        assert merged.get_total_count() == len(values)
        for rank, value in enumerate(values, 1):
            low = merged.get_lowest_equivalent_value(value)
            assert any_bucket(merged, low), f"{name} {value} ns (rank {rank}) is in no filled bucket"


def any_bucket(histogram, value):
    """Whether a bucket has counts."""
    return histogram.get_count_at_value(value) > 0
