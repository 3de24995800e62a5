# SPDX-License-Identifier: Apache-2.0
"""The command task: a process for each iteration, and NDJSON co-processes with good manners and bad."""

import collections
import contextlib
import json
import os
import pathlib
import resource
import signal
import subprocess
import sys

import pytest

import vajra
from loads import Load

COPROCESS = pathlib.Path(__file__).with_name("coprocess.py")
FIVE = ("--concurrency", "1", "--count", "5")


# -- A process for each iteration --------------------------------------------------------------------------------------

SPAWNS = {
    "true": (["true"], None),
    "false": (["false"], "exit_status"),
    "exit 7": (["sh", "-c", "exit 7"], "exit_status"),
    "killed by itself": (["sh", "-c", "kill -9 $$"], "signalled"),
    "ended by SIGTERM": (["sh", "-c", "kill $$"], "signalled"),
    "a missing program": (["/no/such/program"], "spawn"),
    "a missing program in PATH": (["no-such-program-anywhere"], "spawn"),
    "a file that is no program": (["/etc/passwd"], "spawn"),
    "too long": (["sleep", "60"], "timeout"),
    "deaf to SIGTERM and too long": (["sh", "-c", "trap '' TERM INT; sleep 60; sleep 60"], "timeout"),
    "an argument with spaces and quotes": (["sh", "-c", 'test "$1" = "a  \'b\' \\$c"', "sh", "a  'b' $c"], None),
    "reads its input to the end": (["sh", "-c", "test -z \"$(cat)\""], None),
    "much output": (["sh", "-c", "head -c 300000 /dev/zero"], None),
    "closes its streams": (["sh", "-c", "exec >&- 2>&-; exit 0"], None),
}


#: A user that has no processes of its own, whose limit on them is not ours.
NOBODY = 54_321


def few_files():
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))


def few_processes():
    # Threads count too: the generator itself has some five.
    resource.setrlimit(resource.RLIMIT_NPROC, (12, 12))
    os.setuid(NOBODY)


@pytest.mark.parametrize(
    ("limit", "kind", "remedy"), [(few_files, "file_limit", "ulimit -n"), (few_processes, "process_limit", "ulimit -u")],
    ids=["descriptors", "processes"])
def test_a_process_that_the_system_does_not_allow_is_the_generators_failure(run, tools, tmp_path, limit, kind, remedy):
    if limit is few_processes:
        if os.getuid() != 0:
            pytest.skip("only root can become a user without processes")
        if run([tools.gen, "--version"], before_exec=lambda: os.setuid(NOBODY)).status != 0:
            pytest.skip("another user cannot run the tools where they are")
    report = run(
        [tools.gen, "command", "--rate", "200/s", "--for", "200ms", "--max-in-flight", "64", "--", "sleep", "0.2"],
        before_exec=limit)
    raw = tmp_path / "raw.ndjson"
    raw.write_bytes(report.output)
    summary = run([tools.agg, "--json", raw]).json
    assert set(summary["total"]["failures"]) == {kind}, summary["total"]["failures"]
    assert report.status == 3
    assert summary["verdict"] == "invalid"
    assert remedy in summary["honesty"]["reasons"][0]


@pytest.mark.parametrize(("argv", "kind"), SPAWNS.values(), ids=SPAWNS.keys())
def test_how_a_command_ends_is_the_outcome(load, argv, kind):
    done = load("command", *FIVE, "--timeout", "300ms" if kind == "timeout" else "20s", "--", *argv)
    assert done.failures == ({kind: 5} if kind else {}), done.messages
    assert done.counts["completed"] == 5
    assert done.status == 1 if kind else done.has_passed


def test_the_exit_status_is_the_status_of_the_iteration(load):
    done = load("command", *FIVE, "--", "sh", "-c", "exit 7")
    assert done.counts["status"] == {"7": 5}


def test_a_child_left_behind_that_holds_stderr_is_not_waited_for(load):
    # It is ended with its command: what is left would be found by the fixture that looks for orphans.
    done = load("command", *FIVE, "--iterations", "all", "--", "sh", "-c", "sleep 60 & exit 0")
    assert done.counts["succeeded"] == 5
    assert all(line["service_time_ns"] < 0.9e9 for line in done.iterations)


def test_a_timeout_is_in_time_and_ends_the_whole_group(load):
    # What is left of the command would be found by the fixture that looks for orphans.
    done = load("command", "--rate", "10/s", "--for", "300ms", "--timeout", "300ms", "--iterations", "all", "--",
                "sh", "-c", "sleep 50 & sleep 50")
    assert done.failures == {"timeout": 3}
    for line in done.iterations:
        assert 300e6 <= line["service_time_ns"] < (0.3 + vajra.NOISE) * 1e9


def test_lines_on_stderr_become_log_lines_with_the_task_id(load):
    done = load("command", *FIVE, "--", "sh", "-c", "echo one $VAJRA_ITERATION >&2; printf 'last line' >&2")
    assert done.counts["succeeded"] == 5
    assert collections.Counter(done.messages)["last line"] == 5
    assert len([message for message in done.messages if message.startswith("one ")]) == 5
    for line in done.logs:
        assert line["task_id"].startswith("command/")
        assert line["run_id"] == done.lines[0]["run_id"]
        assert line["attributes"]["stream"] == "stderr"


def test_the_environment_says_which_iteration_and_run_it_is(load):
    done = load("command", "--rate", "100/s", "--for", "100ms", "--run-id", "my.run", "--", "sh", "-c",
                'echo "$VAJRA_ITERATION $VAJRA_RUN_ID $VAJRA_SCENARIO $HOME" >&2')
    home = os.environ.get("HOME", "")
    assert sorted(done.messages) == [f"{number} my.run command {home}" for number in range(10)]


def test_a_variable_that_is_no_utf8_comes_through_as_it_is(load):
    script = 'test "$(printf %s "$ODD" | od -An -tx1)" = " 63 61 66 e9"'
    done = load("command", *FIVE, "--", "sh", "-c", script, env={"ODD": "caf\udce9"})
    assert done.counts["succeeded"] == 5, done.messages


def test_a_closed_load_numbers_its_iterations_without_holes(load):
    done = load("command", *FIVE, "--lanes", "2", "--", "sh", "-c", 'echo "$VAJRA_ITERATION" >&2')
    assert sorted(done.messages) == ["0", "1", "2", "3", "4"]


def test_sigint_drains_the_commands_in_flight(pipeline, tools, tmp_path):
    started = tmp_path / "started"
    running = pipeline([
        tools.gen, "command", "--rate", "10/s", "--for", "60s", "--max-in-flight", "1", "--", "sh", "-c",
        f"touch {started}; sleep 0.4"])
    vajra.await_condition(started.exists, "a command runs")
    running.signal(signal.SIGINT)
    took = running.await_end()
    done = Load(running)
    assert done.status == 130
    assert done.failures == {}, "a Ctrl-C reaches the generator, and not the commands"
    assert done.counts["in_flight"] == 0
    assert took < 0.4 + 0.25 + vajra.NOISE


# -- Co-processes ------------------------------------------------------------------------------------------------------


@pytest.fixture
def coprocess(load):
    """`coprocess('echo', '--rate', …)`: a run whose co-processes have those manners."""

    def start(manner, *flags, log=None, **options):
        argv = [sys.executable, COPROCESS, manner] + ([log] if log else [])
        return load("command", "--protocol", "ndjson", *flags, "--", *argv, **options)

    return start


TEN = ("--rate", "100/s", "--for", "100ms")

MANNERS = {
    "echo": {},
    "out-of-order": {},
    "fails": {"out_of_stock": 10},
    "fails-nameless": {"failure": 10},
    "garbage": {},
    "stderr": {},
    "wrong-id": {},
    "two-in-one-write": {},
    "in-pieces": {},
    "silent": {"timeout": 10},
    "no-outcome": {"protocol": 10},
    "odd-outcome": {"protocol": 10},
    "wrong-types": {"protocol": 10},
    "cut-off": {"protocol": 10},
}


@pytest.mark.parametrize(("manner", "failures"), MANNERS.items(), ids=MANNERS.keys())
def test_a_co_process_of_each_manner(coprocess, manner, failures):
    done = coprocess(manner, *TEN, "--timeout", "400ms" if manner == "silent" else "20s")
    assert done.failures == failures, done.messages
    assert done.counts["completed"] == 10
    assert done.status == 1 if failures else done.has_passed


def test_status_and_bytes_of_an_answer_are_recorded(coprocess):
    done = coprocess("echo", *TEN)
    assert done.counts["status"] == {"201": 10}
    assert done.counts["bytes_received"] == 5120


def test_the_message_of_a_failed_answer_is_logged(coprocess):
    done = coprocess("fails", *TEN)
    assert "none left" in done.messages
    assert done.counts["status"] == {"409": 10}


def test_a_second_answer_to_the_same_iteration_answers_nothing(coprocess):
    done = coprocess("twice", *TEN)
    assert done.counts["succeeded"] == 10


def test_what_is_not_an_answer_becomes_a_log_line(coprocess):
    done = coprocess("garbage", *TEN)
    bodies = collections.Counter(done.messages)
    assert bodies["a line of its own"] == 10
    assert bodies["{not json}"] == 10
    assert bodies["[1,2]"] == 10


def test_huge_stderr_is_cut_into_bounded_lines_and_harms_nothing(coprocess):
    done = coprocess("huge-stderr", "--rate", "200/s", "--for", "1s")
    assert done.counts["succeeded"] == 200
    assert done.peak_memory < 64 << 20
    assert "f" * 100 in done.messages
    assert max(len(json.dumps(line)) for line in done.lines) <= 60 * 1024


@pytest.mark.parametrize("manner", ["dies", "dies-of-signal"])
def test_a_co_process_that_dies_is_counted_and_started_again(coprocess, tmp_path, manner):
    log = tmp_path / "log"
    done = coprocess(manner, "--rate", "50/s", "--for", "1s", log=log)
    assert done.counts["completed"] == 50
    assert set(done.failures) <= {"process_died", "spawn"}
    assert 1 <= done.failures["process_died"] <= 25
    assert done.counts["succeeded"] >= 20
    pids = {json.loads(line).get("pid") for line in log.read_text().splitlines()}
    assert len(pids) >= 3, "started again"
    wanted = "exited with status 7" if manner == "dies" else "ended by signal 9"
    assert any(wanted in message for message in done.messages)


def test_a_co_process_that_stops_reading_costs_bounded_memory_and_is_named(coprocess):
    # 41 bytes an iteration: after 64 KiB of the pipe and 1 MiB of ours the rest has no room.
    done = coprocess("deaf", "--rate", "40k/s", "--for", "1500ms", "--timeout", "50ms", "--max-in-flight", "100000", "--lanes", "1")
    assert done.counts["succeeded"] == 0
    assert done.failures["not_reading"] > 1000 and set(done.failures) == {"timeout", "not_reading"}
    assert any("1048576 bytes wait on its stdin" in message for message in done.messages)


def test_a_flood_of_output_is_bounded_and_what_is_left_out_is_counted(coprocess):
    done = coprocess("floods", "--rate", "50/s", "--for", "1s")
    assert done.counts["succeeded"] == 50
    floods = [line for line in done.logs if line["body"].startswith("yyyy")]
    assert 1000 <= len(floods) <= 5000
    told = sum(int(line["attributes"]["left_out"]) for line in done.logs if "left_out" in line["attributes"])
    (end,) = done.ends
    assert end["logs_dropped"] == told > 1000


def open_files(pid):
    return {int(name) for name in os.listdir(f"/proc/{pid}/fd")}


def limit_free_files(pid, count):
    """Leaves a process so many descriptors that it may open."""
    taken, highest = open_files(pid), resource.prlimit(pid, resource.RLIMIT_NOFILE)[1]
    limit = next(limit for limit in range(10, highest) if limit - sum(number < limit for number in taken) == count)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (limit, highest))


def test_a_restart_without_descriptors_loses_none_and_works_when_there_are_some_again(pipeline, tools, tmp_path):
    log = tmp_path / "log"
    going = pipeline(
        [tools.gen, "command", "--protocol", "ndjson", "--rate", "100/s", "--for", "60s", "--snapshot-every", "50ms", "--lanes", "1",
         "--", sys.executable, COPROCESS, "echo", log], stdout=subprocess.PIPE)
    pid = going[0].pid
    limits = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    stream = vajra.StreamReader(going.reading_end)
    stream.await_line(lambda line: line["type"] == "snapshot" and line["succeeded"] > 0)
    (child,) = {json.loads(line)["pid"] for line in log.read_text().splitlines()}

    def failed_starts(line):
        return line["type"] == "snapshot" and line["failures"].get("file_limit", 0) > 0

    limit_free_files(pid, 0)
    os.kill(child, signal.SIGKILL)
    stream.await_line(failed_starts)
    without = open_files(pid)
    # With room for the first pipe, the second, the third, and not for the watch on the process.
    for free in range(1, 7):
        limit_free_files(pid, free)
        for _ in range(2):
            stream.await_line(failed_starts)
        assert len(open_files(pid)) <= len(without) + free
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (limits[1], limits[1]))
    stream.await_line(lambda line: line["type"] == "snapshot" and line["succeeded"] > 0 and not line["failures"])
    assert len(open_files(pid)) <= len(without) + 4, "three pipes' ends and a watch"
    going[0].terminate()
    going.reading_end.read()
    going.await_end()


def children_of(pid):
    """The processes that have this one as their parent, and theirs."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError, IndexError, ValueError):
            if entry.name.isdigit() and int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                found += [int(entry.name), *children_of(int(entry.name))]
    return found


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGQUIT], ids=["SIGKILL", "SIGQUIT"])
@pytest.mark.parametrize(
    "argv", [["--protocol", "ndjson", "--processes", "3", "--", sys.executable, COPROCESS, "deaf"],
             ["--", "sh", "-c", "sleep 1000 & sleep 1000"]], ids=["co-processes", "commands with children of their own"])
def test_a_generator_that_dies_by_force_leaves_no_process_behind(pipeline, tools, number, argv):
    going = pipeline([tools.gen, "command", "--rate", "20/s", "--for", "60s", "--timeout", "60s", *argv], stdout=subprocess.DEVNULL)
    left = vajra.await_condition(lambda: len(found := children_of(going[0].pid)) >= 4 and found, "children run")
    going[0].send_signal(number)
    going.await_end()
    vajra.await_condition(lambda: all(vajra.has_ended(pid) for pid in left), "all of them have ended", seconds=5)


def test_what_a_command_leaves_in_the_background_ends_with_it(pipeline, tools):
    going = pipeline([tools.gen, "command", "--concurrency", "1", "--count", "5", "--", "sh", "-c", "sleep 1000 & exit 0"])
    going.await_end()
    # Whatever was left behind would be found by the fixture, and fail this test.
    assert Load(going).counts["succeeded"] == 5


def test_a_co_process_that_cannot_start_is_a_failed_run(run, tools):
    process = run([tools.gen, "command", "--protocol", "ndjson", *TEN, "--", "/no/such/program"])
    assert process.status == 1
    assert "/no/such/program" in process.errors()


def test_a_co_process_that_dies_at_once_does_not_spin(coprocess, run, tools):
    done = Load(run([tools.gen, "command", "--protocol", "ndjson", "--rate", "100/s", "--for", "1s", "--", "false"]))
    assert done.counts["succeeded"] == 0
    assert done.counts["completed"] == 100
    assert set(done.failures) <= {"process_died", "spawn"}
    assert done.status == 1
    starts = sum("it is started again" in message for message in done.messages)
    assert starts <= 20


def test_the_protocol_is_initialize_execute_teardown_with_every_iteration_once(coprocess, tmp_path):
    log = tmp_path / "log"
    done = coprocess("slow", "--rate", "100/s", "--for", "400ms", "--processes", "4", "--run-id", "r1", log=log)
    assert done.counts["succeeded"] == 40
    by_process = collections.defaultdict(list)
    for line in map(json.loads, log.read_text().splitlines()):
        by_process[line["pid"]].append(line)
    assert len(by_process) == 4
    iterations = []
    for lines in by_process.values():
        assert lines[0]["type"] == "initialize"
        assert lines[0]["run_id"] == "r1"
        assert lines[0]["scenario"] == "command"
        assert lines[-1]["type"] == "teardown"
        executed = [line for line in lines if line["type"] == "execute"]
        assert len(executed) == len(lines) - 2
        assert executed, "each has its share"
        assert len({line["id"] for line in executed}) == len(executed)
        iterations += [line["iteration"] for line in executed]
    assert sorted(iterations) == list(range(40))


def test_ctrl_c_does_not_end_co_processes_before_the_drain(pipeline, tools, tmp_path):
    log = tmp_path / "log"
    running = pipeline([
        tools.gen, "command", "--protocol", "ndjson", "--rate", "20/s", "--for", "60s", "--max-in-flight", "2", "--",
        sys.executable, COPROCESS, "slow", log])
    vajra.await_condition(lambda: log.exists() and '"execute"' in log.read_text(), "an iteration is in flight")
    running.signal(signal.SIGINT)
    running.await_end()
    done = Load(running)
    lines = [json.loads(line)["type"] for line in log.read_text().splitlines()]
    assert done.status == 130
    assert done.failures == {}, done.messages
    assert done.counts["succeeded"] == lines.count("execute") == done.counts["started"]
    assert "SIGINT" not in lines
    assert lines[-1] == "teardown"


def test_a_co_process_that_ignores_teardown_is_ended(run, tools):
    # What is left of it would be found by the fixture that looks for orphans.
    done = Load(run([
        tools.gen, "command", "--protocol", "ndjson", "--rate", "10/s", "--for", "200ms", "--timeout", "200ms", "--",
        "sh", "-c", "trap '' TERM INT; while :; do sleep 1; done"], seconds=10))
    assert done.failures == {"timeout": 2}
