# SPDX-License-Identifier: Apache-2.0
"""vajra-ctl validate, config, schema and init; variables over the file."""

import json
import os

import pytest
from vajra import lines_of

GOOD = """version: 1
name: c
scenarios:
  browse: {task: none, load: [{constant: {rate: 100/s, for: 100ms}}]}
"""
BAD = GOOD.replace("100/s", "fast").replace("browse", "bro wse") + "users: 5\n"


FAULTS_OF_EVERY_CLASS = """version: 1
name: c
scenarios:
  a:
    task: none
    load: [{constant: {rate: 5/s, for: 10}}]
  b:
    task: {http: {url: "http://h/{{nope}}"}}
    load: [{constant: {rate: 1/s, for: 1s}}]
  d:
    task: none
    load: [{constant: {rate: 1G/s, for: 8760h}}]
thresholds: ["x.response_time.p99 < 1s", "a.failed < 1"]
"""


def test_no_class_of_faults_hides_another(tools, run, tmp_path):
    config = tmp_path / "c.yaml"
    config.write_text(FAULTS_OF_EVERY_CLASS)
    done = run([tools.ctl, "validate", config])
    assert done.status == 78
    told = [line.split("c.yaml:")[1].split(" — ")[0] for line in done.errors().splitlines()]
    assert told == [
        "6:42: error: for '10': the number has no unit",
        "8:34: error: url: '{{nope}}' is no value, and {{ itself is written {{{{",
        "12:12: error: with phase 1 the load has over 2^53 arrivals",
        "13:14: error: there is no scenario 'x'",
    ]


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.yaml"
    path.write_text(GOOD)
    return path


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(BAD)
    return path


def with_variables(**variables):
    return {**os.environ, **variables}


def test_a_good_config_is_told_in_one_line(tools, run, good):
    done = run([tools.ctl, "validate", good])
    assert done.status == 0
    assert done.output.decode() == f"{good}: ok: 1 scenario, 10 iterations planned, 100ms long\n"
    assert run([tools.ctl, "validate", "--quiet", good]).output == b""


def test_all_faults_of_all_files_are_told_at_once(tools, run, good, bad):
    done = run([tools.ctl, "validate", bad, good, bad])
    assert done.status == 78
    assert done.output.decode().startswith(f"{good}: ok")
    faults = [f"{bad}:4:3: error: ", f"{bad}:4:50: error: ", f"{bad}:5:1: error: "]
    lines = done.errors().splitlines()
    assert [line.startswith(fault) for line, fault in zip(lines, faults * 2, strict=True)] == [True] * 6, lines


def test_a_file_that_is_not_there_is_66_and_a_bad_one_counts_more(tools, run, good, bad, tmp_path):
    missing = tmp_path / "missing.yaml"
    assert run([tools.ctl, "validate", missing, good]).status == 66
    assert run([tools.ctl, "validate", bad, missing]).status == 78


def test_a_config_comes_from_standard_input_too(tools, feed):
    assert feed(GOOD.encode(), [tools.ctl, "validate", "-"]).output.startswith(b"stdin: ok")
    assert feed(BAD.encode(), [tools.ctl, "validate", "-"]).errors().startswith("stdin:4:3: error: ")


def test_a_load_that_no_plan_can_hold_is_a_fault_with_its_place(tools, run, tmp_path):
    path = tmp_path / "fine.yaml"
    rates = ["1/999999937ns", "1/999999929ns", "1/999999893ns"]
    phases = ", ".join(f"{{constant: {{rate: {rate}, for: 1s}}}}" for rate in rates)
    path.write_text(GOOD.replace("{constant: {rate: 100/s, for: 100ms}}", phases).replace("task: none", "task: none, start: 1s"))
    done = run([tools.ctl, "validate", path])
    assert done.status == 78
    assert "4:130: error: the rate of phase 3 has too fine a fraction" in done.errors()
    assert run([tools.gen, path]).status == 78


@pytest.mark.parametrize("tool", ["gen", "ctl"])
def test_a_bad_value_of_a_variable_is_told_by_its_name(tools, run, good, tool):
    verb = [tools.gen] if tool == "gen" else [tools.ctl, "validate"]
    done = run([*verb, good], env=with_variables(VAJRA_SCENARIOS_BROWSE_MAX_IN_FLIGHT="many"))
    assert done.status == 78
    assert done.errors().startswith("VAJRA_SCENARIOS_BROWSE_MAX_IN_FLIGHT: error: max_in_flight must be a whole number")


def test_the_order_is_flags_variables_file_defaults(tools, run, good):
    variables = with_variables(VAJRA_NAME="of-variable", VAJRA_SHUTDOWN_DRAIN="2s", VAJRA_SNAPSHOTS_EVRY="1s")
    done = run([tools.gen, good, "--name", "of-flag"], env=variables)
    started = lines_of(done.output)[0]
    assert started["name"] == "of-flag"
    assert started["config"]["shutdown"] == {"drain": "2s"}
    origins = started["config_origins"]
    assert origins["name"] == "--name"
    assert origins["shutdown.drain"] == "VAJRA_SHUTDOWN_DRAIN"
    assert origins["scenarios.browse.load[0].constant.rate"] == f"{good}:4:49"
    assert "snapshots.every" not in origins
    assert "did you mean 'VAJRA_SNAPSHOTS_EVERY'?" in done.errors()


def test_the_resolved_config_is_read_as_the_same_config(tools, run, feed, good):
    resolved = run([tools.ctl, "config", good]).output
    assert json.loads(resolved)["snapshots"] == {"every": "1s"}
    assert feed(resolved, [tools.ctl, "config", "-"]).output == resolved


def test_each_value_is_explained_by_its_origin(tools, run, good):
    done = run([tools.ctl, "config", "--explain", good], env=with_variables(VAJRA_SCENARIOS_BROWSE_START="1s"))
    values = {line.split(" = ")[0]: line.split()[-1] for line in done.output.decode().splitlines()}
    assert values["name"] == f"{good}:2:7"
    assert values["scenarios.browse.start"] == "VAJRA_SCENARIOS_BROWSE_START"
    assert values["shutdown.drain"] == "default"


def test_no_secret_is_shown(tools, run, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("s3cr3t\n")
    path = tmp_path / "secrets.yaml"
    http = (
        f'{{http: {{url: "http://user:s3cr3t@h/${{file:{secret}}}", body: "${{file:{secret}}}",'
        " headers: {Authorization: s3cr3t}}}")
    path.write_text(GOOD.replace("task: none", f"task: {http}"))
    outputs = [run([tools.ctl, *verb, path]) for verb in (["config"], ["config", "--explain"], ["validate"])]
    path.write_text(path.read_text().replace("http://user", "http://us er"))
    outputs.append(run([tools.ctl, "validate", path]))
    assert [done.status for done in outputs] == [0, 0, 0, 78]
    assert all("s3cr3t" not in done.output.decode() + done.errors() for done in outputs)


def test_the_first_config_is_good_and_never_overwrites(tools, run, tmp_path):
    path = tmp_path / "new.yaml"
    assert run([tools.ctl, "init", path]).status == 0
    assert run([tools.ctl, "validate", path]).status == 0
    path.write_text("mine")
    again = run([tools.ctl, "init", path])
    assert again.status == 74
    assert "File exists" in again.errors()
    assert path.read_text() == "mine"


def test_the_first_config_runs_as_it_stands(tools, run, feed, target):
    text = run([tools.ctl, "init", "-"]).output.replace(b"for: 5s", b"for: 100ms").replace(b"for: 10s", b"for: 100ms")
    text = text.replace(b"http://127.0.0.1:8080", target.url.rstrip("/").encode())
    done = feed(text, [tools.gen, "-"], [tools.agg])
    assert done.status in (0, 3), done.errors()
    assert "✓ failure_rate < 1% (0 %)" in done.output.decode()


def test_output_to_a_full_disk_is_74(tools, run):
    with open("/dev/full", "wb") as full:
        done = run([tools.ctl, "schema"], stdout=full)
    assert done.status == 74
    assert "No space left on device" in done.errors()
