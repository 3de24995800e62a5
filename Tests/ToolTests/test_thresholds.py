# SPDX-License-Identifier: Apache-2.0
"""Thresholds from the config and from flags, and scenarios that start later."""

import json
import signal

import pytest
import vajra
from vajra import lines_of

CONFIG = """version: 1
name: c
scenarios:
  first: {task: none, load: [{constant: {rate: 500/s, for: 200ms}}]}
  later: {task: none, start: 300ms, load: [{constant: {rate: 500/s, for: 200ms}}]}
  users: {task: none, start: 300ms, load: {closed: {concurrency: 2, think_time: 10ms, for: 200ms}}}
thresholds: [completed >= 200, later.failed < 1]
"""


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "c.yaml"
    path.write_text(CONFIG)
    return path


@pytest.fixture
def stream(tools, run, config, tmp_path):
    """The stream of a run that keeps the thresholds of its config."""
    file = tmp_path / "raw.ndjson"
    done = run([tools.gen, config, "-o", file])
    assert done.status in (0, 3), done.errors()
    return file


def test_a_missed_threshold_is_99_in_both_tools_and_in_the_summary(tools, run, config):
    done = run([tools.gen, config, "--threshold", "users.achieved_rate > 9k/s"], [tools.agg, "--json"])
    assert done.statuses in ([99, 99], [3, 3])
    summary = json.loads(done.output)
    assert [(one["expression"], one["passed"]) for one in summary["thresholds"]] == [
        ("completed >= 200", True), ("later.failed < 1", True), ("users.achieved_rate > 9k/s", False)]
    missed = summary["thresholds"][2]
    assert missed["scenario"] == "users"
    assert missed["unit"] == "per_second"
    assert missed["bound"] == 9000
    assert missed["actual"] == summary["scenarios"]["users"]["achieved_rate"] < 9000
    assert summary["verdict"] == ("fail" if done.status == 99 else "invalid")


def test_a_stream_is_judged_again_by_flags(tools, run, stream):
    done = run([tools.agg, "--threshold", "response_time.p99 < 1ns", "--threshold", "failure_rate<1%", stream])
    assert done.status in (99, 3)
    report = done.output.decode()
    assert "✓ completed >= 200 (" in report
    assert "✗ response_time.p99 < 1ns (" in report
    assert "✓ failure_rate < 1% (0 %)" in report


def test_what_was_not_measured_is_missed(tools, run, stream):
    done = run([tools.agg, "--threshold", "nobody.failed < 1", stream])
    assert done.status in (99, 3)
    assert "✗ nobody.failed < 1 (there is no such scenario)" in done.output.decode()


@pytest.mark.parametrize("tool", ["gen", "agg"])
def test_a_threshold_that_is_none_is_a_usage_error(tools, run, config, tool):
    verb = [tools.gen, config] if tool == "gen" else [tools.agg, config]
    done = run([*verb, "--threshold", "latency < 5"])
    assert done.status == 64
    assert "--threshold 'latency < 5': 'latency' is not a measure" in done.errors()


def test_a_flag_names_no_scenario_that_there_is_not(tools, run, config):
    done = run([tools.gen, config, "--threshold", "frist.failed < 1"])
    assert done.status == 64
    assert "there is no scenario 'frist', only first, later, users" in done.errors()


def test_a_share_of_a_run_is_judged_only_with_the_others(tools, run, config, tmp_path):
    files = [tmp_path / f"{share}.ndjson" for share in (1, 2)]
    for share, file in enumerate(files, 1):
        assert run([tools.gen, config, "--run-id", "r", "--segment", f"{share}/2", "-o", file]).status in (0, 3)
    assert run([tools.agg, *files]).status in (0, 3)
    alone = run([tools.agg, "--json", files[0]])
    assert not json.loads(alone.output)["thresholds"][0]["passed"]


def test_a_scenario_starts_its_offset_after_the_run(tools, run, stream):
    lines = lines_of(stream)
    origin = lines[0]["start_unix_us"]
    assert lines[0]["scenarios"]["later"]["start_ns"] == 300_000_000
    assert lines[0]["scenarios"]["later"]["planned_ns"] == 500_000_000
    summary = json.loads(run([tools.agg, "--json", stream]).output)
    for name in ("first", "later"):
        assert summary["scenarios"][name]["planned"] == 100
        assert summary["scenarios"][name]["target_rate"] == pytest.approx(500)
    early = [line for line in lines if line["type"] == "snapshot" and line["end_unix_us"] <= origin + 300_000]
    assert all(line["planned"] == 0 for line in early if line["scenario"] in ("later", "users"))


def test_each_arrival_of_a_later_scenario_is_moved_by_just_its_offset(tools, run, config):
    lines = lines_of(run([tools.gen, config, "--iterations", "all"]).output)
    origin = lines[0]["start_unix_us"]
    for name, start in [("first", 0), ("later", 300_000)]:
        times = sorted(line["intended_unix_us"] - origin for line in lines
                       if line["type"] == "iteration" and line["scenario"] == name)
        assert times == [start + 2000 * number for number in range(100)]
    users = [line["started_unix_us"] - origin for line in lines
             if line["type"] == "iteration" and line["scenario"] == "users"]
    assert min(users) >= 300_000


def test_a_stop_does_not_wait_for_scenarios_that_have_not_started(tools, pipeline, config):
    config.write_text(CONFIG.replace("300ms", "1h").replace("500/s, for: 200ms", "500/s, for: 1h", 1))
    run = pipeline([tools.gen, config, "--snapshot-every", "50ms"])
    vajra.await_condition(lambda: b'"type":"snapshot"' in run.output, "a snapshot")
    run.signal(signal.SIGINT)
    assert run.await_end(5) < 2
    assert run.status == 130
    ended = lines_of(run.output)[-1]
    assert ended["reason"] == "interrupted"
    assert ended["scenarios"]["users"]["started"] == ended["scenarios"]["later"]["planned"] == 0
