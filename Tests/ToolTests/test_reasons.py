# SPDX-License-Identifier: Apache-2.0
"""Every status but 0 says why, in one line on standard error, with or without a report beside it."""

import signal
import socket
import subprocess

import pytest

import vajra

SHORT = ["--rate", "200/s", "--for", "200ms"]


def reason_of(done, stage=-1):
    """The one line that a stage has for its status."""
    lines = done.errors(stage).splitlines()
    assert len(lines) == 1, lines
    return lines[0]


@pytest.fixture
def closed_port():
    """A port on which nobody listens: bound, so that nobody else gets it."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


@pytest.mark.parametrize("quiet", [[], ["--quiet"]], ids=["", "quiet"])
def test_a_refused_target_is_told_in_the_first_failures_own_words(tools, run, closed_port, tmp_path, quiet):
    done = run([tools.gen, "http", f"http://127.0.0.1:{closed_port}/", *SHORT, "-o", tmp_path / "raw", *quiet])
    assert done.status == 1
    reason = reason_of(done)
    assert reason.startswith("vajra-gen: failed: not one of 40 completed iterations succeeded; the first failure was refused: ")
    assert reason.endswith("Connection refused")


def test_a_reader_that_is_not_the_aggregator_hides_no_reason(tools, run, closed_port):
    done = run([tools.gen, "http", f"http://127.0.0.1:{closed_port}/", *SHORT], ["cat"])
    assert done.statuses == [1, 0]
    assert "refused" in reason_of(done, 0)


def test_the_aggregator_says_the_same_of_the_same_stream(tools, run, feed, closed_port):
    raw = run([tools.gen, "http", f"http://127.0.0.1:{closed_port}/", *SHORT]).output
    done = feed(raw, [tools.agg, "--json"])
    assert done.status == 1
    assert reason_of(done).startswith("vajra-agg: failed: not one of 40 completed iterations succeeded; the first failure was refused: ")


def test_a_missed_threshold_is_named_with_its_figure(tools, feed, run):
    raw = run([tools.gen, "none", "--rate", "200/s", "--for", "1s"]).output
    done = feed(raw, [tools.agg, "--json", "--threshold", "response_time.p50 > 10s"])
    if done.status == 3:
        pytest.skip("this machine was too busy to hold the plan")
    assert done.status == 99
    assert reason_of(done).startswith("vajra-agg: failed: threshold missed: response_time.p50 > 10s (")


@pytest.mark.parametrize(
    ("number", "status", "name"), [(signal.SIGINT, 130, "SIGINT"), (signal.SIGTERM, 143, "SIGTERM"), (signal.SIGHUP, 129, "SIGHUP")])
def test_a_signal_is_named_with_what_was_done(tools, pipeline, number, status, name):
    going = pipeline([tools.gen, "none", "--rate", "200/s", "--for", "60s", "--snapshot-every", "50ms"], stdout=subprocess.PIPE)
    for _ in range(2):
        going.reading_end.readline()
    going[0].send_signal(number)
    going.reading_end.read()
    going.await_end()
    assert going.status == status
    assert reason_of(going).startswith(f"vajra-gen: interrupted: {name}; ")


def test_a_stream_without_its_end_is_named(tools, feed, run):
    raw = run([tools.gen, "none", *SHORT]).output
    done = feed(b"".join(raw.splitlines(keepends=True)[:-1]), [tools.agg, "--json"])
    assert done.status == 1
    assert "has no run_ended" in reason_of(done)


def test_a_lost_line_is_named(tools, feed, run):
    lines = run([tools.gen, "none", *SHORT, "--snapshot-every", "50ms"]).output.splitlines(keepends=True)
    done = feed(b"".join(lines[:2] + lines[3:]), [tools.agg, "--json"])
    assert done.status == 65
    assert reason_of(done).startswith("vajra-agg: failed: 1 lines of ")


def test_a_stream_whose_reader_has_gone_is_named(tools, pipeline):
    going = pipeline([tools.gen, "none", "--rate", "200/s", "--for", "60s", "--snapshot-every", "50ms"], stdout=subprocess.PIPE)
    going.reading_end.readline()
    going.reading_end.close()
    going.await_end()
    assert going.status == 141
    assert reason_of(going) == "vajra-gen: stopped: the reader of the stream went away"


@pytest.mark.parametrize(
    ("words", "status"),
    [(["gen", "none", *SHORT, "-o", "/dev/full"], 74), (["gen", "none", *SHORT, "-o", "unix:/nowhere/s"], 69),
     (["agg", "/nowhere"], 66), (["export", "files", "/dev/null/x", "/dev/null"], 74), (["ctl", "status", "none-such"], 69),
     (["gen", "none", *SHORT, "--segment", "1/1000", "--max-in-flight", "1", "-o", "/nowhere/x"], 74)],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, list) else str(value))
def test_what_fails_before_or_beside_the_load_is_one_line_too(tools, run, words, status):
    done = run([tools.directory / f"vajra-{words[0]}", *words[1:]])
    assert done.status == status
    assert reason_of(done)


def test_a_run_that_passes_says_nothing(tools, run):
    done = run([tools.gen, "none", "--rate", "100/s", "--for", "1s"], [tools.agg, "--json"])
    if done.status == 3:
        pytest.skip("this machine was too busy to hold the plan")
    assert done.statuses == [0, 0]
    assert done.errors(0) == "" and done.errors(1) == ""
