# SPDX-License-Identifier: Apache-2.0
"""vajra-ctl run, list and status: the whole job in one command, and runs asked how they stand."""

import gzip
import json
import os
import pathlib
import resource
import signal
import socket
import stat
import subprocess
import threading
import time

import pytest

import vajra

CONFIG = """version: 1
name: checkout
scenarios:
  browse:
    task: {{http: {{url: "{url}"}}}}
    load: [{{constant: {{rate: {rate}/s, for: {length}}}}}]
  pause: {{task: none, load: [{{constant: {{rate: 10/s, for: {length}}}}}]}}
thresholds: ["browse.response_time.p99 < {bound}"]
shutdown: {{drain: 1s}}
"""
SECRET = "hush-7f3a9c"
#: Passed, and passed on a machine that is too crowded to hold the plan.
PASSED = {0, 3}


@pytest.fixture
def config(tmp_path, target):
    """`config(length='1s', …)` writes a config of two scenarios against a target."""

    def write(rate=100, length="500ms", bound="20s", url=target.url):
        path = tmp_path / "checkout.yaml"
        path.write_text(CONFIG.format(url=url, rate=rate, length=length, bound=bound))
        return path

    return write


@pytest.fixture
def place(short_path):
    """An environment with a directory for control sockets of its own."""
    return {**os.environ, "XDG_RUNTIME_DIR": str(short_path)}


def kept(folder):
    """Every line that the folder of a run keeps."""
    files = sorted(folder.glob("*/*.gz"))
    return [json.loads(line) for file in files for line in gzip.decompress(file.read_bytes()).splitlines()]


# -- run -----------------------------------------------------------------------------------------------------------------


def test_one_command_makes_report_files_and_status(tools, run, config, tmp_path, place):
    done = run([tools.ctl, "run", config(), "--run-id", "try-1", "-o", tmp_path / "runs", "--label", "build=7"], env=place)
    assert done.status in PASSED, done.errors()
    folder = tmp_path / "runs/try-1"
    assert (folder / "report.txt").read_bytes() == done.output
    assert done.output.startswith(b"checkout   run try-1")
    summary = json.loads((folder / "summary.json").read_text())
    assert summary["total"]["started"] == summary["total"]["planned"] == 50 + 5
    assert summary["exit_status"] == done.status
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["state"] == "complete"
    lines = kept(folder)
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    assert vajra.of_type(lines, "run_started")[0]["labels"] == {"build": "7"}
    # The same lines, judged again, give the same figures.
    raw = tmp_path / "raw.ndjson"
    raw.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert run([tools.agg, "--json", raw]).json["total"] == summary["total"]
    assert f"the run's files are in {folder}" in done.errors()


def test_the_report_may_be_json_and_files_may_be_left_out(tools, run, config, tmp_path, place):
    done = run([tools.ctl, "run", config(), "--json", "--no-files", "--scenario", "browse", "-o", tmp_path / "runs"], env=place)
    assert done.status in PASSED
    assert list(done.json["scenarios"]) == ["browse"]
    assert not (tmp_path / "runs").exists()


def test_a_missed_threshold_is_99_and_the_files_are_there(tools, run, config, tmp_path, place):
    done = run([tools.ctl, "run", config(bound="1ns"), "--run-id", "slow", "-o", tmp_path / "runs"], env=place)
    # A plan that was not held goes before a threshold: then the figures are of another load.
    assert done.status in {99, 3}
    assert json.loads((tmp_path / "runs/slow/summary.json").read_text())["thresholds"][0]["passed"] is False


def test_a_refused_target_is_1(tools, run, config, tmp_path, place):
    url = f"http://127.0.0.1:{vajra.free_port()}/"
    done = run([tools.ctl, "run", config(url=url), "--scenario", "browse", "--json", "--no-files"], env=place)
    assert done.status == 1
    assert done.json["total"]["failures"] == {"refused": 50}


def test_a_bad_config_is_78_and_leaves_nothing_behind(tools, run, tmp_path, place):
    bad = tmp_path / "bad.yaml"
    bad.write_text("version: 1\nname: x\nscenarios: {a: {tsk: 1}}\n")
    done = run([tools.ctl, "run", bad, "-o", tmp_path / "runs"], env=place)
    assert done.status == 78
    assert f"{bad}:3:17: error: scenario 'a' has no key 'tsk'" in done.errors()
    assert not (tmp_path / "runs").exists()


def test_a_config_that_is_not_there_is_told_once_by_the_tool_that_was_asked(tools, run, tmp_path, place):
    done = run([tools.ctl, "run", "nope.yaml", "-o", tmp_path / "runs"], env=place)
    assert done.status == 66
    assert done.errors() == "vajra-ctl: error: open nope.yaml: No such file or directory\n"
    assert not (tmp_path / "runs").exists()


def test_a_folder_of_an_earlier_run_is_not_touched(tools, run, config, tmp_path, place):
    words = [tools.ctl, "run", config(length="100ms"), "--run-id", "once", "-o", tmp_path / "runs"]
    assert run(words, env=place).status in PASSED
    before = (tmp_path / "runs/once/manifest.json").read_bytes()
    again = run(words, env=place)
    assert again.status == 74
    assert "holds a run already; give another --run-id, or another --output" in again.errors()
    assert (tmp_path / "runs/once/manifest.json").read_bytes() == before


def test_a_generator_that_cannot_be_started_is_69(tools, run, config, tmp_path, place):
    done = run([tools.ctl, "run", config(), "--generator", tmp_path / "none", "-o", tmp_path / "runs"], env=place)
    assert done.status == 69
    assert "--generator names another program" in done.errors()
    assert not (tmp_path / "runs").exists()


def test_a_generator_that_leaves_a_child_with_its_streams_does_not_hold_the_command_up(tools, run, config, tmp_path, place):
    program = tmp_path / "generator"
    program.write_text(f'#!/bin/sh\nsetsid sleep 60 & echo $! > {tmp_path}/pid\n{tools.gen} "$@"\n')
    program.chmod(0o755)
    try:
        done = run([tools.ctl, "run", config(), "--generator", program, "--no-files", "--json"], env=place, seconds=10)
        assert done.status in PASSED, done.errors()
        assert done.json["total"]["completed"] == 55
    finally:
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)


def test_a_config_comes_from_standard_input_too(tools, feed, config, place, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", place["XDG_RUNTIME_DIR"])
    done = feed(config().read_bytes(), [tools.ctl, "run", "-", "--json", "--no-files"])
    assert done.status in PASSED
    assert done.json["total"]["completed"] == 55


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_to_the_command_drains_and_reports_what_was_done(tools, pipeline, config, tmp_path, place, number, status):
    going = pipeline([tools.ctl, "run", config(length="60s"), "--run-id", "cut", "-o", tmp_path / "runs"], env=place)
    await_running(tools, going, place, "cut")
    going[0].send_signal(number)
    going.await_end(5 + vajra.NOISE)
    assert going.status == status, going.errors()
    summary = json.loads((tmp_path / "runs/cut/summary.json").read_text())
    assert summary["verdict"] == "interrupted"
    (end,) = vajra.of_type(kept(tmp_path / "runs/cut"), "run_ended")
    assert end["reason"] == "interrupted"
    assert sum(one["started"] for one in end["scenarios"].values()) == summary["total"]["started"] > 0


def test_a_ctrl_c_reaches_the_generator_once(tools, pipeline, config, tmp_path, place, start_target):
    # Twice would give up what is in flight; once waits for it.
    slow = start_target("--delay", "400ms")
    going = pipeline(
        [tools.ctl, "run", config(length="60s", url=slow.url), "--scenario", "browse", "--no-files", "--json"], env=place)
    await_running(tools, going, place, "")
    going.signal(signal.SIGINT)
    going.await_end(5 + vajra.NOISE)
    assert going.status == 130
    total = going.json["total"]
    assert total["in_flight"] == 0 and total["completed"] == total["started"]


def test_a_killed_generator_is_told_and_its_lines_are_kept(tools, pipeline, config, tmp_path, place):
    going = pipeline([tools.ctl, "run", config(length="60s"), "--run-id", "killed", "-o", tmp_path / "runs"], env=place)
    pid = await_running(tools, going, place, "killed")["pid"]
    os.kill(pid, signal.SIGKILL)
    going.await_end(5 + vajra.NOISE)
    assert going.status == 1 or going.status == 65, going.errors()
    report = (tmp_path / "runs/killed/report.txt").read_text()
    assert "FAIL" in report
    assert vajra.of_type(kept(tmp_path / "runs/killed"), "run_started")


SECRETIVE = """version: 1
name: hush
scenarios:
  body:
    task:
      http:
        url: "http://me:SECRET@HOST/${file:FILE}/x"
        headers: {Authorization: "Bearer SECRET", X-Plain: "${file:FILE}", X-Api-Key: SECRET}
        body: "a ${file:FILE} b"
        expect: {body_contains: "${file:FILE}"}
    load: [{constant: {rate: 100/s, for: 1s}}]
  header:
    task: {http: {url: "http://HOST/", expect: {headers: {Server: "${file:FILE}"}}}}
    load: [{constant: {rate: 100/s, for: 1s}}]
  refused:
    task: {http: {url: "http://me:SECRET@127.0.0.1:PORT/"}}
    load: [{constant: {rate: 10/s, for: 1s}}]
"""


def test_no_secret_of_a_config_is_seen_anywhere(tools, pipeline, run, target, tmp_path, place):
    (tmp_path / "token").write_text(SECRET + "\n")
    host = target.url.removeprefix("http://").rstrip("/")
    text = SECRETIVE.replace("SECRET", SECRET).replace("FILE", str(tmp_path / "token")).replace("HOST", host)
    (tmp_path / "hush.yaml").write_text(text.replace("PORT", str(vajra.free_port())))
    going = pipeline(
        [tools.ctl, "run", tmp_path / "hush.yaml", "--run-id", "hush", "-o", tmp_path / "runs", "--iterations", "all",
         "--snapshot-every", "100ms"], env=place)
    status = vajra.await_condition(lambda: told(tools, place, "hush"), "the run answers")
    words = [pathlib.Path(f"/proc/{pid}/cmdline").read_bytes() for pid in (status["pid"], going[0].pid)]
    going.await_end()
    # Each iteration fails, with a message about what was expected.
    assert going.status == 1, going.errors()
    lines = kept(tmp_path / "runs/hush")
    assert {line["kind"] for line in vajra.of_type(lines, "iteration")} == {"body", "header", "refused"}
    raw = tmp_path / "raw.ndjson"
    raw.write_text("".join(json.dumps(line) + "\n" for line in lines))
    agg = run([tools.agg, raw])
    seen = [*words, going.output, going.errors().encode(), json.dumps(status).encode(), agg.output, agg.errors().encode()]
    files = [file for file in (tmp_path / "runs/hush").rglob("*") if file.is_file()]
    seen += [gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes() for file in files]
    assert len(files) >= 4 and sum(b"[redacted]" in one for one in seen) >= 1
    assert [SECRET.encode() in one for one in seen] == [False] * len(seen)


# -- list and status -----------------------------------------------------------------------------------------------------


def told(tools, place, prefix):
    """What `vajra-ctl status --json` says of a run; None when there is none."""
    words = [tools.ctl, "status", "--json", *([prefix] if prefix else [])]
    done = subprocess.run(words, env=place, capture_output=True, check=False, timeout=vajra.DEADLINE)
    return json.loads(done.stdout) if done.returncode == 0 else None


def status_of(tools, place, prefix):
    """The same; None also when nothing is completed yet."""
    status = told(tools, place, prefix)
    return status if status and status["state"] == "running" and status["completed"] > 0 else None


def await_running(tools, going, place, prefix):
    def running():
        assert going[0].poll() is None, going.errors()
        return status_of(tools, place, prefix)

    return vajra.await_condition(running, "the run is under way")


@pytest.fixture
def two_runs(tools, processes, place):
    """Two runs that go on for longer than any test, with ids that begin alike."""
    words = ["--rate", "100/s", "--for", "60s", "--snapshot-every", "50ms", "-o", "/dev/null"]
    runs = []
    for name in ("one", "two"):
        runs.append(processes.service(tools.gen, "none", *words, "--run-id", f"try-{name}", env=place))
        await_running(tools, runs[-1], place, f"try-{name}")
    return runs


def test_runs_are_listed_and_asked(tools, run, place, two_runs):
    listed = run([tools.ctl, "list"], env=place)
    assert listed.status == 0
    heading, *rows = listed.output.decode().splitlines()
    assert heading.split() == ["RUN", "NAME", "STATE", "ELAPSED", "OF", "COMPLETED", "FAILED", "PROCESS"]
    assert [(row.split()[0], row.split()[-1]) for row in rows] == [("try-one", str(two_runs[0][0].pid)), ("try-two", str(two_runs[1][0].pid))]
    ids = [json.loads(line)["run_id"] for line in run([tools.ctl, "list", "--json"], env=place).output.splitlines()]
    assert ids == ["try-one", "try-two"]
    told = run([tools.ctl, "status", "try-t"], env=place)
    assert told.status == 0
    assert told.output.decode().startswith("none   run try-two\nrunning   ")
    assert run([tools.ctl, "status"], env=place).status == 69
    assert "which run? name one of these:\n  try-one  none\n  try-two  none" in run([tools.ctl, "status"], env=place).errors()


def test_a_status_counts_up_to_the_last_interval(tools, place, two_runs):
    first = status_of(tools, place, "try-one")
    second = vajra.await_condition(
        lambda: (now := status_of(tools, place, "try-one"))["completed"] > first["completed"] and now, "more is done")
    assert second["planned"] >= second["started"] >= second["completed"] == second["succeeded"]
    assert second["plan_total"] == 6000
    assert second["planned_duration_ns"] == 60_000_000_000
    assert second["scenarios"]["none"]["target_rate"] == 100
    assert second["elapsed_ns"] > first["elapsed_ns"]


def test_what_is_not_there_is_said_and_is_69(tools, run, place):
    listed = run([tools.ctl, "list"], env=place)
    assert listed.status == 0 and listed.output == b""
    assert listed.errors() == "vajra-ctl: no run is going on\n"
    done = run([tools.ctl, "status", "try"], env=place)
    assert done.status == 69
    assert "no run 'try' is going on for this user on this machine" in done.errors()


def test_a_killed_runs_socket_is_taken_away_by_who_finds_it(tools, run, place, two_runs):
    two_runs[0][0].kill()
    two_runs[0].await_end()
    folder = pathlib.Path(place["XDG_RUNTIME_DIR"]) / "vajrapulse"
    assert len(list(folder.iterdir())) == 2
    assert run([tools.ctl, "status"], env=place).output.decode().startswith("none   run try-two\n")
    assert [file.name for file in folder.iterdir()] == [f"try-two.{two_runs[1][0].pid}.sock"]


def test_the_socket_is_its_users_alone_and_goes_with_the_run(tools, place, two_runs):
    folder = pathlib.Path(place["XDG_RUNTIME_DIR"]) / "vajrapulse"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()] == [0o600] * 2
    for one in two_runs:
        one[0].terminate()
        one.await_end()
        assert one.status == 143
    assert list(folder.iterdir()) == []


def test_a_folder_that_others_can_reach_is_not_used_and_the_run_goes_on(tools, run, place):
    folder = pathlib.Path(place["XDG_RUNTIME_DIR"]) / "vajrapulse"
    folder.mkdir()
    folder.chmod(0o755)
    done = run([tools.gen, "none", "--rate", "100/s", "--for", "100ms", "-o", "/dev/null"], env=place)
    assert done.status in PASSED
    assert "no control socket, so that vajra-ctl cannot see this run" in done.errors()
    assert list(folder.iterdir()) == []


BAD_REQUESTS = {
    "no JSON": (b"hello\n", "not a line of JSON"),
    "no object": (b"[]\n", "a request is a JSON object"),
    "no method": (b'{"id":1}\n', "the request has no method"),
    "an unknown method": (b'{"id":1,"method":"fly"}\n', "there is no method 'fly'"),
    "an unknown parameter": (b'{"method":"status","params":{"at":1}}\n', "the method 'status' has no parameter 'at'; it takes none"),
    "too long": (b"x" * 70_000 + b"\n", "the request has more than 65536 bytes"),
}


@pytest.mark.parametrize(("line", "reason"), BAD_REQUESTS.values(), ids=BAD_REQUESTS.keys())
def test_a_bad_request_is_answered_and_costs_the_run_nothing(tools, place, two_runs, line, reason):
    with connected(place, two_runs[0]) as client:
        client.sendall(line + b'{"id":2,"method":"status"}\n')
        replies = client.makefile("rb")
        refused, answered = json.loads(replies.readline()), json.loads(replies.readline())
    assert refused["ok"] is False and reason in refused["error"]
    assert answered["ok"] is True and answered["id"] == 2
    assert answered["result"]["run_id"] == "try-one"


def test_an_asker_that_never_listens_and_many_that_do_nothing_hold_nobody_up(tools, place, two_runs):
    with connected(place, two_runs[0]) as deaf:
        deaf.setblocking(False)
        sent = 0
        with pytest.raises(BlockingIOError):
            while sent < 64 << 20:
                sent += deaf.send(b'{"method":"status"}\n' * 100)
        idle = [connected(place, two_runs[0]) for _ in range(40)]
        assert status_of(tools, place, "try-one")["state"] == "running"
        for one in idle:
            one.close()
    assert vajra.peak_memory(two_runs[0][0].pid) < 100 << 20


def test_an_asker_that_is_sent_away_takes_no_socket_of_a_run_that_lives(tools, run, place, two_runs):
    held = []
    try:
        asking = subprocess.Popen([tools.ctl, "list", "--json"], env={**os.environ, **place}, stdout=subprocess.PIPE)
        for _ in range(3):
            held += [connected(place, two_runs[0]) for _ in range(17)]
        listed, _ = asking.communicate(timeout=vajra.DEADLINE)
    finally:
        for one in held:
            one.close()
    assert asking.returncode == 0
    assert {json.loads(line)["run_id"] for line in listed.splitlines()} <= {"try-one", "try-two"}
    folder = pathlib.Path(place["XDG_RUNTIME_DIR"]) / "vajrapulse"
    assert len(list(folder.iterdir())) == 2


def test_a_listener_that_closes_every_connection_is_no_run_and_keeps_its_socket(tools, run, place):
    folder = pathlib.Path(place["XDG_RUNTIME_DIR"]) / "vajrapulse"
    folder.mkdir(mode=0o700)
    path = folder / "try-three.1.sock"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        asking = subprocess.Popen([tools.ctl, "status", "try-three"], env={**os.environ, **place}, stderr=subprocess.PIPE)
        listener.settimeout(vajra.DEADLINE)
        for _ in range(2):
            # Closed before anything is read: the asker's write meets a broken pipe, and its signal.
            listener.accept()[0].close()
        _, words = asking.communicate(timeout=vajra.DEADLINE)
    assert asking.returncode == 69
    assert b"no run 'try-three' is going on" in words
    assert path.exists()


def test_requests_in_one_write_are_all_answered_in_order(place, two_runs):
    with connected(place, two_runs[0]) as client:
        asked = 3000
        sender = threading.Thread(
            target=lambda: client.sendall(b"".join(b'{"id":%d,"method":"status"}\n' % number for number in range(asked))))
        sender.start()
        replies = client.makefile("rb")
        assert [json.loads(replies.readline())["id"] for _ in range(asked)] == list(range(asked))
        sender.join()


@pytest.mark.parametrize("ending", [b"\n", b""], ids=["a whole last line", "a last line without its newline"])
def test_an_asker_that_sends_no_more_has_all_its_answers_and_then_the_end(place, two_runs, ending):
    with connected(place, two_runs[0]) as client, connected(place, two_runs[0]) as other:
        # More answers than the socket holds, so that some wait in the run when it learns that no request comes any more.
        asked = 600
        client.sendall(b"\n".join(b'{"id":%d,"method":"status"}' % number for number in range(asked)) + ending)
        client.shutdown(socket.SHUT_WR)
        replies = other.makefile("rb")
        for _ in range(20):
            other.sendall(b'{"method":"status"}\n')
            assert json.loads(replies.readline())["ok"]
        assert [json.loads(line)["id"] for line in client.makefile("rb")] == list(range(asked))


def test_a_run_without_descriptors_is_not_kept_busy_by_who_asks(tools, pipeline, place, target):
    # As many as the tool opens, and a few for connections: once these are up, no asker can be taken.
    def few():
        resource.setrlimit(resource.RLIMIT_NOFILE, (24, 24))

    words = ["http", target.url, "--concurrency", "16", "--think-time", "20ms", "--for", "60s", "--lanes", "1", "-o", "/dev/null"]
    going = pipeline([tools.gen, *words], env=place, before_exec=few)
    vajra.await_condition(lambda: len(os.listdir(f"/proc/{going[0].pid}/fd")) >= 24, "no descriptor is left")
    waiting = connected(place, going)
    waiting.sendall(b'{"method":"status"}\n')

    pid = going[0].pid
    before, since = vajra.processor_seconds(pid, pid), time.monotonic()
    vajra.await_condition(lambda: time.monotonic() - since > 1.5, "some time has gone by")
    used = vajra.processor_seconds(pid, pid) - before
    assert used < 0.5, f"the coordinator took {used} s of 1.5 s"
    waiting.close()
    going[0].terminate()
    going.await_end()
    assert going.status in {143, 1}


def connected(place, run):
    (path,) = (pathlib.Path(place["XDG_RUNTIME_DIR"]) / "vajrapulse").glob(f"*.{run[0].pid}.sock")
    client = socket.socket(socket.AF_UNIX)
    client.settimeout(vajra.DEADLINE)
    client.connect(str(path))
    return client


# -- Runs that are kept ----------------------------------------------------------------------------------------------------


@pytest.fixture
def kept_runs(tools, run, tmp_path, place, monkeypatch):
    """A folder with the runs ci-1 and ci-12, and dead, which was ended before it had a report."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "calm.yaml").write_text(
        "version: 1\nname: calm\nscenarios: {a: {task: none, load: [{constant: {rate: 100/s, for: 50ms}}]}}\n")
    for name in ("ci-1", "ci-12", "dead"):
        assert run([tools.ctl, "run", "calm.yaml", "--run-id", name], env=place).status in PASSED
    for name in ("report.txt", "summary.json"):
        (tmp_path / "vajra-runs/dead" / name).unlink()
    return tmp_path / "vajra-runs"


def test_runs_that_are_kept_are_listed_when_asked_for(tools, run, place, kept_runs):
    assert run([tools.ctl, "list"], env=place).errors() == "vajra-ctl: no run is going on\n"
    heading, *rows = [line.split("   ") for line in run([tools.ctl, "list", "--all"], env=place).output.decode().splitlines()]
    rows = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    verdicts = [json.loads((kept_runs / name / "summary.json").read_text())["verdict"] for name in ("ci-1", "ci-12")]
    assert [(row[0], row[1], row[2], *row[-3:]) for row in rows] == [
        ("ci-1", "calm", verdicts[0], "5", "0", "–"), ("ci-12", "calm", verdicts[1], "5", "0", "–"),
        ("dead", "–", "no report", "–", "–", "–")]
    lines = run([tools.ctl, "list", "--all", "--json"], env=place).output.splitlines()
    assert [json.loads(line)["run_id"] for line in lines] == ["ci-1", "ci-12"]
    elsewhere = run([tools.ctl, "list", "--all", "--from", "nowhere"], env=place)
    assert elsewhere.errors() == "vajra-ctl: no run is going on, and none is kept in nowhere\n"


def test_a_kept_runs_report_is_shown_as_it_was(tools, run, place, kept_runs):
    shown = run([tools.ctl, "show", "ci-1"], env=place)
    assert (shown.status, shown.output) == (0, (kept_runs / "ci-1/report.txt").read_bytes())
    summary = run([tools.ctl, "show", "ci-12", "--json", "--from", kept_runs], env=place)
    assert (summary.status, summary.output) == (0, (kept_runs / "ci-12/summary.json").read_bytes())


@pytest.mark.parametrize(
    "words, message",
    [
        (["ci"], "which run? name one of these:\nRUN "),
        ([], "which run? name one of these:\nRUN "),
        (["try"], "no run 'try' is kept in vajra-runs; --from names another folder"),
        (["dead"], "run dead has no report, because it was ended by force; 'vajra-agg vajra-runs/dead' makes one of what came"),
    ],
    ids=["several begin so", "several are kept", "none begins so", "no report"])
def test_a_kept_run_that_cannot_be_shown_is_69(tools, run, place, kept_runs, words, message):
    done = run([tools.ctl, "show", *words], env=place)
    assert done.status == 69
    assert message in done.errors()
    # The remedy is one.
    assert run([tools.agg, "vajra-runs/dead"], env=place).status in PASSED


def test_a_run_that_goes_on_is_pointed_to(tools, run, pipeline, place, kept_runs):
    going = pipeline([tools.ctl, "run", "calm.yaml", "--run-id", "going", "--generator", tools.gen], env=place)
    going.await_end()
    (kept_runs / "going/report.txt").unlink()
    words = ["none", "--rate", "10/s", "--for", "60s", "--run-id", "going", "-o", "/dev/null"]
    again = pipeline([tools.gen, *words], env=place)
    vajra.await_condition(lambda: told(tools, place, "going"), "the run goes on")
    done = run([tools.ctl, "show", "going"], env=place)
    assert done.status == 69
    assert "run going goes on; 'vajra-ctl status going' tells how it stands" in done.errors()
    listed = run([tools.ctl, "list", "--all"], env=place).output.decode()
    assert listed.count("going") == 1
    again.signal(signal.SIGINT)
    again.await_end()
