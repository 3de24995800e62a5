# SPDX-License-Identifier: Apache-2.0
"""Stopping (DESIGN 10): a signal to the whole pipeline ends it soon, and every request the server saw is in the report."""

import concurrent.futures
import os
import random
import signal
import subprocess
import sys
import threading
import time

import pytest
import vajra
from vajra import NOISE, Processes, lines_of, of_type, sums

#: How often the random-moment trials are made; 200 for a release.
TRIALS = int(os.environ.get("VAJRA_TRIALS", "20"))
PARALLEL = int(os.environ.get("VAJRA_PARALLEL_TRIALS", "4"))
#: What a stop may take beyond the drain (or beyond the longest iteration in flight), in seconds.
MARGIN = 0.25

#: By name: the answers' delay in ms, the drain in ms, the arrivals.
KINDS = {
    "all answered within the drain": (300, 3000, ["--rate", "200/s", "--for", "60s"]),
    "the drain is over before the answers": (300, 100, ["--rate", "200/s", "--for", "60s"]),
    "arrivals wait for a place": (300, 3000, ["--rate", "200/s", "--for", "60s", "--max-in-flight", "20"]),
    "closed model": (300, 3000, ["--concurrency", "50", "--for", "60s"]),
}


def stop_at_a_random_moment(tools, directory, kind, seed, number=signal.SIGINT):
    """One trial. Raises AssertionError with everything needed to look into it."""
    delay, drain, load = KINDS[kind]
    chance = random.Random(seed)
    moment = chance.uniform(0, 0.9)
    directory.mkdir()
    raw = directory / "raw"
    processes = Processes(directory, f"trial{seed}")
    server = vajra.CountingServer()
    path = f"/{delay}/trial"
    try:
        pipeline = processes.pipeline(
            [tools.gen, "http", server.url(path), *load, "--drain", f"{drain}ms", "--snapshot-every", "200ms"],
            ["tee", "-i", raw], [tools.agg, "--json"])
        server.await_seen(path)
        threading.Event().wait(moment)  # Not to synchronise: the moment itself is what is varied.
        pipeline.signal(number)
        took = pipeline.await_end()
        server.await_quiet()
        seen, answered = server.seen[path], server.answered[path]
        story = f"{kind}, seed {seed}, signal after {moment * 1000:.0f} ms, took {took * 1000:.0f} ms, seen {seen}"
        expected = 128 + number
        assert pipeline.statuses == [expected, 0, expected], (
            f"{story}: {pipeline.statuses} {pipeline.errors(0)!r} {pipeline.errors()!r}")
        total = pipeline.json["total"]
        shown = ("planned", "started", "completed", "in_flight", "failures")
        story += f", answered {answered}, {({name: total[name] for name in shown})}"
        assert seen <= total["completed"] + total["in_flight"], f"a request is missing: {story}"
        assert total["started"] == total["completed"] + total["in_flight"], story
        assert total["planned"] == total["started"] + total["dropped"], story
        assert total["succeeded"] <= answered, f"a success that the server did not give: {story}"
        if drain > delay:
            assert total["in_flight"] == 0 and total["succeeded"] == total["completed"] == seen, f"not drained: {story}"
        else:
            assert total["in_flight"] > 0 or moment < 0.1, f"nothing is counted as in flight: {story}"
        bound = min(delay, drain) / 1000 + MARGIN
        assert took <= bound + NOISE, f"longer than {bound:.2f} s + {NOISE:.2f} s: {story}"
        summary = pipeline.json
        assert [source["complete"] for source in summary["sources"].values()] == [True], story
        assert (summary["verdict"], summary["exit_status"], summary["bad_lines"]) == ("interrupted", expected, 0), story
        lines = lines_of(raw)
        assert lines[-1]["type"] == "run_ended" and lines[-1]["reason"] == "interrupted", story
        assert sums(lines)["completed"] == total["completed"], f"the snapshots do not add up: {story}"
        again = processes.run([tools.agg, "--json", raw])
        assert again.output == pipeline.output and again.status == expected, f"another report later: {story}"
        return took - min(delay, drain) / 1000
    finally:
        left = processes.end()
        server.close()
        assert not left, f"left behind: {left}"


def trials(tools, directory, count, first_seed):
    """Many trials, several at a time; the failures by their stories, and the times beyond what had to be awaited."""
    kinds = list(KINDS)
    failures, beyond = [], []
    with concurrent.futures.ThreadPoolExecutor(PARALLEL) as pool:
        futures = [
            pool.submit(stop_at_a_random_moment, tools, directory / f"trial{n}", kinds[n % len(kinds)], first_seed + n)
            for n in range(count)
        ]
        for future in futures:
            try:
                beyond.append(future.result())
            except (AssertionError, KeyError) as failure:
                failures.append(repr(failure)[:600])
    return failures, beyond


def test_a_sigint_to_the_pipeline_at_random_moments_loses_no_request(tools, tmp_path):
    seed = int(os.environ.get("VAJRA_SEED", str(random.SystemRandom().randrange(1 << 30))))
    failures, beyond = trials(tools, tmp_path, TRIALS, seed)
    beyond.sort()
    if beyond:
        middle, longest = beyond[len(beyond) // 2] * 1000, beyond[-1] * 1000
        print(f"\n{TRIALS} trials, seed {seed}: median {middle:.0f} ms, longest {longest:.0f} ms beyond what was awaited")
    assert not failures, f"{len(failures)} of {TRIALS} failed (VAJRA_SEED={seed}):\n" + "\n".join(failures)


@pytest.mark.parametrize("kind", KINDS)
def test_sigterm_drains_like_sigint_and_ends_with_143(tools, tmp_path, pipeline, counting_server, kind):
    # SIGTERM goes to the generator alone, as `kill` and supervisors send it: it would end `tee`.
    delay, drain, load = KINDS[kind]
    path = f"/{delay}/term"
    done = pipeline(
        [tools.gen, "http", counting_server.url(path), *load, "--drain", f"{drain}ms"], ["tee", tmp_path / "raw"],
        [tools.agg, "--json"])
    counting_server.await_seen(path, 20)
    done[0].terminate()
    took = done.await_end()
    counting_server.await_quiet()
    assert done.statuses == [143, 0, 143], done.errors(0)
    total = done.json["total"]
    assert counting_server.seen[path] <= total["completed"] + total["in_flight"]
    assert took <= min(delay, drain) / 1000 + MARGIN + NOISE


def test_a_drain_that_is_set_bounds_the_end_of_the_plan_too(tools, run, counting_server, tmp_path):
    words = [tools.gen, "command", "--concurrency", "2", "--count", "2", "--timeout", "20s", "--drain", "0s"]
    done = run([*words, "--", "sleep", "20"], seconds=5)
    assert done.status in (0, 1, 3), done.errors()
    end = vajra.lines_of(done.output)[-1]
    assert (end["reason"], end["scenarios"]["command"]["in_flight"]) == ("completed", 2)
    # Unless it is set, the end of a plan waits for the task's own timeout.
    done = run([*words[:-2], "--", "sleep", "0.3"])
    assert vajra.lines_of(done.output)[-1]["scenarios"]["command"]["succeeded"] == 2


def test_a_terminal_that_is_closed_ends_a_pipeline_with_129_and_loses_nothing(tools, pipeline, counting_server):
    done = pipeline(
        [tools.gen, "http", counting_server.url("/100/x"), "--rate", "100/s", "--for", "60s"], [tools.agg, "--json"])
    counting_server.await_seen("/100/x", 5)
    done.signal(signal.SIGHUP)
    done.await_end()
    assert done.statuses == [129, 129], done.errors()
    total = done.json["total"]
    assert total["started"] == total["completed"] + total["in_flight"] >= 5


def test_what_nohup_protects_goes_on(tools, pipeline):
    going = pipeline(
        [tools.gen, "none", "--rate", "100/s", "--for", "1s", "--snapshot-every", "100ms"], stdout=subprocess.PIPE,
        before_exec=vajra.ignoring(signal.SIGHUP))
    lines = [going.reading_end.readline()]
    going[0].send_signal(signal.SIGHUP)
    stream = b"".join(lines) + going.reading_end.read()
    going.await_end()
    assert going.status in (0, 3)
    assert vajra.lines_of(stream)[-1]["scenarios"]["none"]["completed"] == 100


def test_sigterm_to_a_whole_pipeline_without_tee_ends_it_with_143(tools, pipeline, counting_server):
    done = pipeline(
        [tools.gen, "http", counting_server.url("/100/x"), "--rate", "100/s", "--for", "60s"], [tools.agg, "--json"])
    counting_server.await_seen("/100/x", 5)
    done.signal(signal.SIGTERM)
    done.await_end()
    assert done.statuses == [143, 143], done.errors()
    assert done.json["total"]["completed"] >= 5


def test_a_drain_that_is_over_counts_what_still_hangs_as_in_flight(tools, pipeline, counting_server, tmp_path):
    raw = tmp_path / "raw"
    done = pipeline(
        [tools.gen, "http", counting_server.url("/hang/x"), "--rate", "100/s", "--for", "60s", "--timeout", "50s",
         "--drain", "500ms"], ["tee", "-i", raw], [tools.agg, "--json"])
    counting_server.await_seen("/hang/x", 30)
    done.signal(signal.SIGINT)
    took = done.await_end()
    counting_server.await_quiet()
    total = done.json["total"]
    assert done.statuses == [130, 0, 130]
    assert total["completed"] == 0 and total["in_flight"] == total["started"] >= counting_server.seen["/hang/x"] >= 30
    assert 0.5 <= took <= 0.5 + MARGIN + NOISE
    assert of_type(lines_of(raw), "run_ended")[-1]["scenarios"]["http"]["in_flight"] == total["in_flight"]


@pytest.mark.parametrize("numbers", [(2, 2), (15, 15), (2, 15)], ids=["INT-INT", "TERM-TERM", "INT-TERM"])
def test_a_second_signal_ends_the_generator_at_once_with_its_totals(tools, pipeline, counting_server, tmp_path, numbers):
    raw = tmp_path / "raw"
    gen = pipeline(
        [tools.gen, "http", counting_server.url("/hang/x"), "--rate", "100/s", "--for", "60s", "--timeout", "50s",
         "--drain", "20s", "-o", raw])
    counting_server.await_seen("/hang/x", 10)
    gen[0].send_signal(numbers[0])
    # The signal's own event line shows that it has been taken; two at once would be one.
    vajra.await_condition(lambda: b'"stopping"' in raw.read_bytes(), "the first signal is taken")
    gen[0].send_signal(numbers[1])
    took = gen.await_end()
    assert took <= 0.1 + MARGIN + NOISE
    assert gen.status == 128 + numbers[0]
    end = lines_of(raw)[-1]
    assert (end["type"], end["reason"]) == ("run_ended", "interrupted")
    assert end["scenarios"]["http"]["in_flight"] >= 10


def test_a_second_sigint_to_the_whole_pipeline_ends_it_at_once_with_its_totals(tools, pipeline, counting_server, tmp_path):
    for attempt in range(10):
        raw, path = tmp_path / f"raw{attempt}", f"/hang/{attempt}"
        done = pipeline(
            [tools.gen, "http", counting_server.url(path), "--rate", "100/s", "--for", "60s", "--timeout", "50s",
             "--drain", "20s"], ["tee", "-i", raw], [tools.agg, "--json"])
        counting_server.await_seen(path, 10)
        done.signal(signal.SIGINT)
        vajra.await_condition(lambda: b'"stopping"' in raw.read_bytes(), "the first signal is taken")
        done.signal(signal.SIGINT)
        took = done.await_end()
        assert took <= 0.1 + MARGIN + NOISE
        assert done.statuses == [130, 0, 130], done.errors()
        assert lines_of(raw)[-1]["type"] == "run_ended"
        assert done.json["total"]["in_flight"] >= 10


@pytest.mark.parametrize("moment", [0, 0.001, 0.002, 0.004, 0.007, 0.011, 0.016, 0.025, 0.04])
def test_a_sigint_during_start_up_ends_the_pipeline_at_once(tools, pipeline, moment):
    # Without `tee -i`, which a signal ends before it has come to ignore it.
    done = pipeline([tools.gen, "none", "--rate", "100/s", "--for", "60s"], [tools.agg, "--json"])
    threading.Event().wait(moment)  # Not to synchronise: the moment itself is what is varied.
    done.signal(signal.SIGINT)
    took = done.await_end()
    assert took <= MARGIN + NOISE
    # By its default action SIGINT ends a tool that has not taken it over yet. When that is vajra-agg alone, vajra-gen may
    # notice its reader's end before the signal.
    died_before_main = done[1].returncode == -signal.SIGINT
    assert done.statuses[0] == 130 or (died_before_main and done.statuses[0] == 141), done.errors(0)
    if done.output:
        assert done.status == 130, done.errors()
        assert [source["reason"] for source in done.json["sources"].values()] == ["interrupted"]
    else:
        assert done.status in (66, 130), "nothing came, and nothing is made of it"


READS_AND_NEVER_ANSWERS = "import sys\nfor line in sys.stdin: pass"
IGNORES_ALL_SIGNALS = """
import os, signal, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN); signal.signal(signal.SIGTERM, signal.SIG_IGN)
open(os.path.join(sys.argv[1], str(os.getpid())), "w").close()
while True: time.sleep(1)
"""


@pytest.fixture
def stop_with_co_processes(tools, pipeline, tmp_path):
    """Stops a run whose two co-processes are this script; the directory where the script may leave its pids."""

    def stop(script):
        raw, pids = tmp_path / "raw", tmp_path / "pids"
        pids.mkdir()
        done = pipeline(
            [tools.gen, "command", "--protocol", "ndjson", "--processes", "2", "--rate", "20/s", "--for", "60s", "--drain",
             "300ms", "--snapshot-every", "50ms", "-o", raw, "--", sys.executable, "-c", script, pids])
        vajra.await_condition(lambda: raw.exists() and raw.read_bytes().count(b'"snapshot"') >= 4, "the run is under way")
        if script == IGNORES_ALL_SIGNALS:
            vajra.await_condition(lambda: len(os.listdir(pids)) == 2, "both co-processes run")
        done.signal(signal.SIGINT)
        took = done.await_end()
        assert done.status == 130, done.errors()
        assert took <= 0.3 + MARGIN + NOISE
        total = lines_of(raw)[-1]["scenarios"]["command"]
        assert total["started"] == total["completed"] + total["in_flight"] > 0
        return pids

    return stop


def test_a_co_process_that_never_answers_does_not_hold_up_the_stop(stop_with_co_processes):
    stop_with_co_processes(READS_AND_NEVER_ANSWERS)


def test_a_co_process_that_ignores_signals_does_not_outlive_the_generator(stop_with_co_processes):
    pids = [int(name) for name in os.listdir(stop_with_co_processes(IGNORES_ALL_SIGNALS))]
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline and not all(vajra.has_ended(pid) for pid in pids):
        time.sleep(0.01)
    orphans = [pid for pid in pids if not vajra.has_ended(pid)]
    for pid in orphans:
        os.kill(pid, signal.SIGKILL)
    for pid in orphans:
        vajra.await_condition(lambda: vajra.has_ended(pid), "an orphan is gone")
    assert not orphans


def test_a_stop_while_the_plan_pauses_or_has_not_begun_is_prompt(tools, pipeline, tmp_path):
    raw = tmp_path / "raw"
    done = pipeline([tools.gen, "none", "--phase", "pause 60s", "--phase", "constant 10/s 1s", "-o", raw])
    vajra.await_condition(lambda: raw.exists() and b"run_started" in raw.read_bytes(), "the run has begun")
    done.signal(signal.SIGINT)
    assert done.await_end() <= MARGIN + NOISE
    assert done.status == 130
    assert lines_of(raw)[-1]["scenarios"]["none"]["started"] == 0


def test_a_stop_during_the_final_drain_of_a_finished_plan_is_prompt_and_loses_nothing(tools, pipeline, counting_server, tmp_path):
    raw = tmp_path / "raw"
    done = pipeline(
        [tools.gen, "http", counting_server.url("/hang/x"), "--rate", "100/s", "--for", "200ms", "--timeout", "50s",
         "--drain", "400ms", "--snapshot-every", "50ms"], ["tee", "-i", raw], [tools.agg, "--json"])
    counting_server.await_seen("/hang/x", 20)
    vajra.await_condition(lambda: b'"target_rate":0.0' in raw.read_bytes(), "the plan is over")
    done.signal(signal.SIGINT)
    took = done.await_end()
    assert took <= 0.4 + MARGIN + NOISE
    assert done.statuses == [130, 0, 130]
    assert (done.json["total"]["started"], done.json["total"]["in_flight"]) == (20, 20)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("is_used", [False, True], ids=["idle", "used"])
def test_a_target_ends_at_a_signal(tools, start_target, run, number, is_used):
    target = start_target()
    if is_used:
        assert run([tools.gen, "http", target.url, "--rate", "50/s", "--for", "100ms"], [tools.agg]).statuses[0] in (0, 3)
    target.process.signal(number)
    target.process.await_end(2)
    assert target.process.status in (0, 128 + number)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_aggregator_that_has_read_nothing_ends_with_the_status_of_the_first_signal(tools, pipeline, number, status):
    reading, writing = os.pipe()
    try:
        done = pipeline([tools.agg], stdin=reading)
        pid = done[0].pid
        vajra.await_condition(lambda: vajra.has_taken_signals_over(pid), "it listens for signals")
        for _ in range(3):
            done.signal(number)
            vajra.await_condition(
                lambda: vajra.has_ended(pid) or not vajra.pending_signals(pid), "the signal has been read")
        done.await_end(5)
        assert done.statuses == [status], done.errors(0)
    finally:
        os.close(reading)
        os.close(writing)
