# SPDX-License-Identifier: Apache-2.0
"""A user's own load tool (Tests/ExamplePackage): vajra-gen's whole command line for a task of its own."""

import os
import pathlib

import pytest


@pytest.fixture
def checkout():
    folder = os.environ.get("VAJRA_EXAMPLE_BIN_DIR")
    if not folder:
        pytest.skip("VAJRA_EXAMPLE_BIN_DIR is not set: swift build --package-path Tests/ExamplePackage")
    path = pathlib.Path(folder) / "checkout"
    assert path.exists(), f"there is no {path}"
    return path


def test_it_runs_its_own_task_and_counts_its_own_failure_kind(tools, run, checkout):
    done = run([checkout, "--rate", "200/s", "--for", "1s", "--set", "fail-every=50"], [tools.agg, "--json"])
    assert done.status in (0, 3), done.errors(0)
    task = done.json["scenarios"]["task"]
    assert (task["started"], task["completed"], task["succeeded"]) == (200, 200, 196)
    # The task fails with `no_context` where the task-local context is not its own iteration's.
    assert task["failures"] == {"sold_out": 4}
    assert task["status"] == {"basket": 196}


def test_a_throwing_initialize_ends_the_run_before_any_load_and_tears_down(tools, run, checkout):
    done = run([checkout, "--rate", "200/s", "--for", "1s", "--set", "broken=yes"], [tools.agg, "--json"])
    assert done.statuses == [1, 1]
    assert done.json["total"]["started"] == 0
    assert "Unprepared" in done.errors(0)


def test_it_has_the_verbs_of_vajra_gen_too(tools, run, checkout):
    done = run([checkout, "none", "--rate", "100/s", "--for", "200ms"], [tools.agg, "--json"])
    assert done.json["total"]["completed"] == 20


def test_a_config_may_name_its_task(tools, run, checkout, tmp_path):
    config = tmp_path / "run.yaml"
    config.write_text(
        "version: 1\nname: c\nscenarios:\n  s:\n    task: {custom: {fail-every: 10}}\n"
        "    load: [{constant: {rate: 100/s, for: 500ms}}]\n")
    done = run([checkout, "run", config], [tools.agg, "--json"])
    assert done.json["scenarios"]["s"]["failures"] == {"sold_out": 5}, done.errors(0)
