# SPDX-License-Identifier: Apache-2.0
"""Tab in real shells, on a terminal, with the completions that `make install` installs."""

import os
import pathlib
import shutil
import statistics
import tempfile

import pytest

import shells
import vajra

COMPLETIONS = pathlib.Path(__file__).resolve().parents[2] / "completions"
FILES = ["checkout.yaml", "other.txt", "raw.ndjson"]
FOLDERS = ["loads", "out"]
CONFIG = """version: 1
name: checkout
scenarios:
  browse: {task: none, load: [{constant: {rate: 100/s, for: 1s}}]}
  search: {task: none, load: [{constant: {rate: 100/s, for: 1s}}]}
"""
#: What is typed before a Tab, and what stands there after it; ˽ is the space that ends a word.
CASES = {
    "a verb": ("vajra-gen non", "vajra-gen none˽"),
    "a verb of another tool": ("vajra-ctl valid", "vajra-ctl validate˽"),
    "a flag": ("vajra-gen http --expect-s", "vajra-gen http --expect-status˽"),
    "a flag that the help hides": ("vajra-gen http --connect-ti", "vajra-gen http --connect-timeout˽"),
    "a flag after an argument": ("vajra-gen http http://127.0.0.1/ --expect-b", "vajra-gen http http://127.0.0.1/ --expect-body˽"),
    "a flag after a header": ("vajra-gen http -H 'Accept: a b' http://h:80/ --expect-b", "vajra-gen http -H 'Accept: a b' http://h:80/ --expect-body˽"),
    "a flag beside one that was given": ("vajra-gen none --precise --pre", "vajra-gen none --precise --pre"),
    "a value of a flag": ("vajra-gen none --when-saturated d", "vajra-gen none --when-saturated drop˽"),
    "a value of a short flag": ("vajra-gen http -X DEL", "vajra-gen http -X DELETE˽"),
    "a file of a flag": ("vajra-gen none -o oth", "vajra-gen none -o other.txt˽"),
    "a config": ("vajra-gen run chec", "vajra-gen run checkout.yaml˽"),
    "a config without the verb": ("vajra-gen chec", "vajra-gen checkout.yaml˽"),
    "a flag of the verb that is left out": ("vajra-gen checkout.yaml --run-", "vajra-gen checkout.yaml --run-id˽"),
    "a value of such a flag": ("vajra-gen checkout.yaml --iterations sam", "vajra-gen checkout.yaml --iterations sampled˽"),
    "a config to validate": ("vajra-ctl validate chec", "vajra-ctl validate checkout.yaml˽"),
    "a stream": ("vajra-agg ra", "vajra-agg raw.ndjson˽"),
    "a flag of a tool without verbs": ("vajra-agg --js", "vajra-agg --json˽"),
    "a directory": ("vajra-export files ou", "vajra-export files out/"),
    "a stream after a directory": ("vajra-export files out ra", "vajra-export files out raw.ndjson˽"),
    "a stream without the verb": ("vajra-export -o files:out ra", "vajra-export -o files:out raw.ndjson˽"),
    "a scenario of the config": ("vajra-gen run checkout.yaml --scenario bro", "vajra-gen run checkout.yaml --scenario browse˽"),
    "a scenario for the whole job": ("vajra-ctl run checkout.yaml --scenario sea", "vajra-ctl run checkout.yaml --scenario search˽"),
    "a run that goes on": ("vajra-ctl status try-", "vajra-ctl status try-seven˽"),
    "a flag after a run": ("vajra-ctl status try-seven --js", "vajra-ctl status try-seven --json˽"),
    "nothing": ("vajra-ctl nosuch", "vajra-ctl nosuch"),
}


@pytest.fixture(scope="module", params=shells.SHELLS)
def shell(request, tmp_path_factory, release_tools):
    """Each shell that is installed, in a folder with some files."""
    if request.param not in shells.INSTALLED:
        pytest.skip(f"{request.param} is not installed")
    folder = tmp_path_factory.mktemp(request.param)
    for name in FILES:
        (folder / name).touch()
    (folder / "checkout.yaml").write_text(CONFIG)
    for name in FOLDERS:
        (folder / name).mkdir()
    sockets = pathlib.Path(tempfile.mkdtemp(prefix="vajra-"))
    processes = vajra.Processes(tmp_path_factory.mktemp("processes"), request.param)
    words = ["none", "--rate", "10/s", "--for", "600s", "--run-id", "try-seven", "-o", "/dev/null"]
    processes.service(release_tools.gen, *words, env={**os.environ, "XDG_RUNTIME_DIR": str(sockets)})
    vajra.await_condition(lambda: list(sockets.glob("vajrapulse/*.sock")), "the run is under way")
    one = shells.Shell(request.param, folder, COMPLETIONS, f"{release_tools.directory}:/usr/bin:/bin", sockets)
    yield one
    one.close()
    assert processes.end() == []
    shutil.rmtree(sockets)


@pytest.mark.parametrize(("typed", "wanted"), CASES.values(), ids=CASES.keys())
def test_a_tab_completes(shell, typed, wanted):
    assert shell.completed(typed) == wanted.replace("˽", " ")


@pytest.mark.parametrize("typed", [
    "vajra-gen http --expect-s", "vajra-gen chec", "vajra-agg ra", "vajra-ctl status try-",
    "vajra-gen run checkout.yaml --scenario bro",
])
def test_a_tab_is_answered_within_15_ms(shell, typed, record_property):
    shell.microseconds(typed)  # The first one loads what the shell needs for all.
    took = vajra.timed(lambda: shell.microseconds(typed) / 1000, bar=15)
    record_property("median_ms", statistics.median(took))
    print(f"{typed}: median {statistics.median(took):.1f} ms, {min(took):.1f} to {max(took):.1f}")
    assert min(took) < 15, f"median {statistics.median(took):.1f} ms"
