# SPDX-License-Identifier: Apache-2.0
"""Readers that are slow, go away or never read, and stages that are killed: the load goes on or ends, nothing is silent."""

import fcntl
import os
import random
import signal
import subprocess
import threading

import pytest
import vajra
from vajra import NOISE, lines_of, of_type, sums

SMALLEST_PIPE = 4096


def reading_end(pipeline, tools, *arguments):
    """A generator whose stream nobody reads yet, in the smallest pipe; its reading end."""
    gen = pipeline([tools.gen, *arguments], stdout=subprocess.PIPE)
    fcntl.fcntl(gen.reading_end, fcntl.F_SETPIPE_SZ, SMALLEST_PIPE)
    return gen, gen.reading_end


def is_writing_blocked(process):
    """Whether a thread of the process waits to write to a pipe."""
    for thread in os.listdir(f"/proc/{process.pid}/task"):
        with open(f"/proc/{process.pid}/task/{thread}/wchan") as file:
            if "pipe_write" in file.read():
                return True
    return False


# -- Gone --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("every", ["20ms", "1s", "30s"])
def test_a_reader_that_goes_away_ends_the_generator_with_141(tools, pipeline, every):
    done = pipeline(
        [tools.gen, "none", "--rate", "1k/s", "--for", "60s", "--snapshot-every", every], ["head", "-n", "1"])
    done.await_end(1 + NOISE)
    assert done.statuses == [141, 0], done.errors(0)
    assert vajra.lines_of(done.output)[0]["type"] == "run_started"


def test_a_reader_that_goes_away_ends_the_load_while_requests_hang(tools, pipeline, counting_server):
    gen, reader = reading_end(
        pipeline, tools, "http", counting_server.url("/hang/x"), "--rate", "100/s", "--for", "60s", "--timeout", "50s")
    counting_server.await_seen("/hang/x", 5)
    reader.close()
    assert gen.await_end() <= 0.3 + NOISE
    assert gen.status == 141
    counting_server.await_quiet()
    seen = counting_server.seen["/hang/x"]
    counting_server.await_quiet()
    assert counting_server.seen["/hang/x"] == seen, "load goes on"


def test_a_killed_reader_ends_the_generator_with_141(tools, pipeline):
    done = pipeline([tools.gen, "none", "--rate", "1k/s", "--for", "60s"], ["sleep", "60"])
    done[1].kill()
    assert done.await_end() <= 0.5 + NOISE
    assert done.statuses == [141, 137]


def test_a_reader_that_goes_away_while_the_writer_is_blocked_ends_the_generator(tools, pipeline):
    gen, reader = reading_end(pipeline, tools, "none", "--rate", "5k/s", "--for", "60s", "--snapshot-every", "10ms")
    vajra.await_condition(lambda: is_writing_blocked(gen[0]), "the writer is blocked")
    reader.close()
    assert gen.await_end() <= 0.5 + NOISE
    assert gen.status == 141


# -- Slow --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [0.3, 3])
def test_a_reader_that_sleeps_holds_up_neither_load_nor_truth(tools, pipeline, feed, seconds):
    gen, reader = reading_end(
        pipeline, tools, "none", "--rate", "2k/s", "--for", f"{seconds * 1000 + 500:.0f}ms", "--snapshot-every", "10ms")
    vajra.await_condition(lambda: is_writing_blocked(gen[0]), "the writer is blocked")
    threading.Event().wait(seconds)  # The reader's sleep is what is tested.
    assert gen[0].poll() is None
    stream = reader.read()
    gen.await_end()
    assert gen.status in (0, 3), gen.errors()
    lines = lines_of(stream)
    planned = round(2000 * (seconds + 0.5))
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    total = sums(lines)
    assert (total["planned"], total["started"], total["completed"], total["dropped"]) == (planned, planned, planned, 0)
    snapshots = of_type(lines, "snapshot")
    assert sum(line["output_blocked_ns"] for line in snapshots) > seconds * 0.5e9
    # Merged while they waited: fewer than there were intervals, one of them as long as the sleep.
    longest = max(line["end_unix_us"] - line["start_unix_us"] for line in snapshots)
    assert longest >= seconds * 0.5e6
    assert len(snapshots) < (seconds + 0.5) / 0.010
    for earlier, later in zip(snapshots, snapshots[1:]):
        assert later["start_unix_us"] == earlier["end_unix_us"]
    report = feed(stream, [tools.agg, "--json"]).json
    assert report["total"]["pacing_lag"]["p99_ns"] < 100e6, "the load was held up"
    assert any("output blocked" in reason for reason in report["honesty"]["reasons"])
    (source,) = report["sources"].values()
    assert source["complete"] and source["gaps"] == 0


def test_iteration_lines_that_a_slow_reader_cannot_take_are_counted_and_told(tools, pipeline, feed):
    gen, reader = reading_end(
        pipeline, tools, "none", "--rate", "150k/s", "--for", "2500ms", "--snapshot-every", "50ms", "--iterations", "all")
    vajra.await_condition(lambda: is_writing_blocked(gen[0]), "the writer is blocked")
    threading.Event().wait(2.7)  # The reader's sleep is what is tested.
    stream = reader.read()
    gen.await_end()
    lines = lines_of(stream)
    end = lines[-1]
    written, total = len(of_type(lines, "iteration")), end["scenarios"]["none"]["completed"]
    assert total == end["scenarios"]["none"]["started"] > 0
    dropped = sum(line["iterations_dropped"] for line in of_type(lines, "snapshot") if "iterations_dropped" in line)
    assert dropped > 0
    assert written + dropped == total
    report = feed(stream, [tools.agg, "--json"]).json
    assert any(f"{dropped} log, span or iteration lines left out" in reason for reason in report["honesty"]["reasons"])


# -- Never -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_reader_that_never_reads_does_not_keep_a_stopped_generator_alive(tools, pipeline, number):
    gen, _ = reading_end(pipeline, tools, "none", "--rate", "5k/s", "--for", "60s", "--snapshot-every", "10ms")
    vajra.await_condition(lambda: is_writing_blocked(gen[0]), "the writer is blocked")
    gen.signal(number)
    assert gen.await_end(5 + NOISE) <= 5
    assert gen.status in (74, 128 + number)
    assert "reader" in gen.errors(), "what was not delivered is named"


def test_a_signal_ends_the_wait_for_a_reader_that_does_not_take_the_end(tools, pipeline):
    gen, _ = reading_end(
        pipeline, tools, "none", "--rate", "5k/s", "--for", "1s", "--snapshot-every", "10ms", "--iterations", "all")
    vajra.await_condition(lambda: is_writing_blocked(gen[0]), "the writer is blocked")
    # Long after the plan's end it still waits: nothing may be lost to a reader that is only slow.
    threading.Event().wait(2)
    assert gen[0].poll() is None
    gen.signal(signal.SIGINT)
    assert gen.await_end(5 + NOISE) <= 5
    assert gen.status in (74, 130)
    assert "reader" in gen.errors()


def test_an_aggregator_that_stands_still_does_not_keep_a_stopped_pipeline_alive(tools, pipeline):
    done = pipeline(
        [tools.gen, "none", "--rate", "5k/s", "--for", "60s", "--snapshot-every", "10ms"], [tools.agg, "--json"])
    vajra.await_condition(lambda: vajra.has_taken_signals_over(done[1].pid), "vajra-agg has started")
    os.kill(done[1].pid, signal.SIGSTOP)
    vajra.await_condition(lambda: is_writing_blocked(done[0]), "the writer is blocked")
    done.signal(signal.SIGINT)
    vajra.await_end([done[0]], 5)
    os.kill(done[1].pid, signal.SIGCONT)
    assert done.await_end() <= 0.5 + NOISE
    assert done.status == 1, "the end of the run is missing"
    assert done.json["total"]["completed"] > 0
    assert any("no run_ended" in problem for problem in done.json["problems"])


# -- Killed ------------------------------------------------------------------------------------------------------------

KILLS = int(os.environ.get("VAJRA_KILLS", "4"))


@pytest.mark.parametrize("attempt", range(KILLS))
@pytest.mark.parametrize("stage", [0, 1, 2], ids=["vajra-gen", "tee", "vajra-agg"])
def test_a_killed_stage_ends_the_others_cleanly(tools, pipeline, run, tmp_path, stage, attempt):
    raw = tmp_path / "raw"
    done = pipeline(
        [tools.gen, "none", "--rate", "2k/s", "--for", "60s", "--snapshot-every", "50ms", "--source", "w1"],
        ["tee", raw], [tools.agg, "--json"])
    vajra.await_condition(lambda: raw.exists() and raw.read_bytes().count(b'"snapshot"') >= 2, "data flows")
    threading.Event().wait(random.uniform(0, 0.15))  # Not to synchronise: the moment itself is what is varied.
    done[stage].kill()
    assert done.await_end() <= 0.5 + NOISE
    expected = {0: [137, 0, 1], 1: [141, 137, 1], 2: [141, 141, 137]}[stage]
    assert done.statuses == expected, done.errors()
    if stage != 2:
        report = done.json
        assert (report["sources"]["w1"]["complete"], report["verdict"], report["exit_status"]) == (False, "fail", 1)
        assert report["total"]["completed"] > 0, "the data that came is kept"
        assert any("w1 has no run_ended" in problem for problem in report["problems"])
    if stage == 0:
        # Everything that the generator had written is in the report.
        whole = b"".join(line for line in raw.read_bytes().splitlines(keepends=True) if line.endswith(b"\n"))
        assert report["total"]["completed"] == sums(lines_of(whole))["completed"]
        assert run([tools.agg, "--json", raw]).output == done.output


def test_one_killed_worker_of_three_is_named_and_the_other_two_are_whole(tools, pipeline, run, tmp_path):
    files = [tmp_path / f"w{number}" for number in (1, 2, 3)]
    flags = ["--rate", "1k/s", "--for", "600ms", "--snapshot-every", "50ms", "--run-id", "shared"]
    workers = [
        pipeline([tools.gen, "none", *flags, "--segment", f"{number}/3", "--source", f"w{number}", "-o", file])
        for number, file in enumerate(files, 1)
    ]
    vajra.await_condition(lambda: files[1].exists() and files[1].read_bytes().count(b'"snapshot"') >= 2, "data flows")
    workers[1][0].kill()
    for worker in workers:
        worker.await_end()
    report = run([tools.agg, "--json", *files])
    assert report.status == 1
    assert {name: source["complete"] for name, source in report.json["sources"].items()} == {
        "w1": True, "w2": False, "w3": True}
    assert report.json["sources"]["w1"]["completed"] == report.json["sources"]["w3"]["completed"] == 200
    assert 0 < report.json["sources"]["w2"]["completed"] < 200
    text = run([tools.agg, *files])
    assert "w2" in text.output.decode() and text.status == 1


# -- Stopped -----------------------------------------------------------------------------------------------------------


def test_a_generator_that_was_suspended_says_that_the_plan_was_not_held(tools, pipeline, tmp_path):
    raw = tmp_path / "raw"
    done = pipeline(
        [tools.gen, "none", "--rate", "1k/s", "--for", "1500ms", "--snapshot-every", "50ms"],
        ["tee", raw], [tools.agg, "--json"])
    vajra.await_condition(lambda: raw.exists() and raw.read_bytes().count(b'"snapshot"') >= 4, "data flows")
    os.kill(done[0].pid, signal.SIGSTOP)
    vajra.await_condition(lambda: vajra.state_of(done[0].pid) == "T", "the generator is suspended")
    threading.Event().wait(0.6)  # The suspension is what is tested.
    os.kill(done[0].pid, signal.SIGCONT)
    done.await_end()
    report = done.json
    assert report["total"]["planned"] == report["total"]["started"] + report["total"]["dropped"] == 1500
    assert report["total"]["pacing_lag"]["max_ns"] >= 0.5e9
    assert report["total"]["response_time"]["max_ns"] >= 0.5e9, "response time counts from the intended start"
    assert (report["honesty"]["grade"], report["verdict"]) == ("D", "invalid"), report["honesty"]
    assert any("lag" in reason for reason in report["honesty"]["reasons"])
    assert done.statuses == [3, 0, 3]


def test_a_suspended_and_continued_aggregator_loses_nothing(tools, pipeline):
    done = pipeline(
        [tools.gen, "none", "--rate", "1k/s", "--for", "1s", "--snapshot-every", "10ms"], [tools.agg, "--json"])
    os.kill(done[1].pid, signal.SIGSTOP)
    threading.Event().wait(0.7)  # The suspension is what is tested.
    os.kill(done[1].pid, signal.SIGCONT)
    done.await_end()
    (source,) = done.json["sources"].values()
    assert (done.json["total"]["completed"], source["complete"], source["gaps"]) == (1000, True, 0)
