# SPDX-License-Identifier: Apache-2.0
"""What vajra-agg may be given: streams, gzip, folders of runs; and what it says to everything else, in one line."""

import gzip
import json
import shutil
import subprocess

import pytest

import vajra

LOAD = ["none", "--rate", "1k/s", "--for", "200ms", "--snapshot-every", "50ms"]


@pytest.fixture(scope="module")
def streams(tools):
    """The bytes of two runs' streams, r1 and r2."""
    return [
        subprocess.run([tools.gen, *LOAD, "--run-id", run], capture_output=True, timeout=vajra.DEADLINE).stdout
        for run in ("r1", "r2")
    ]


def test_gzip_is_read_from_a_file_and_from_standard_input(tools, run, feed, streams, tmp_path):
    plain, packed = tmp_path / "a.ndjson", tmp_path / "a.ndjson.gz"
    plain.write_bytes(streams[0])
    lines = streams[0].splitlines(keepends=True)
    packed.write_bytes(b"".join(gzip.compress(part) for part in (b"".join(lines[:2]), b"", b"".join(lines[2:]))))
    wanted = run([tools.agg, "--json", plain])
    assert wanted.status in (0, 3)
    for way in (
        run([tools.agg, "--json", packed]),
        feed(packed.read_bytes(), [tools.agg, "--json"]),
        feed(packed.read_bytes(), ["dd", "bs=1", "status=none"], [tools.agg, "--json", "-"]),
    ):
        assert (way.status, way.output, way.errors()) == (wanted.status, wanted.output, "")


def test_gzip_that_is_cut_is_read_up_to_its_last_whole_line(tools, run, streams, tmp_path):
    lines = streams[0].splitlines(keepends=True)
    packed = tmp_path / "cut.gz"
    packed.write_bytes(gzip.compress(b"".join(lines[:-1])) + gzip.compress(lines[-1])[:200])
    cut = run([tools.agg, "--json", packed])
    told = cut.errors().splitlines()
    assert told[0] == f"vajra-agg: error: {packed}: the gzip data is cut off; the lines before that are read"
    assert (cut.status, cut.json["bad_lines"]) == (1, 1)
    assert cut.json["total"]["planned"] >= 150
    assert any("has no run_ended" in problem for problem in cut.json["problems"])


@pytest.fixture
def folder(tools, feed, streams, tmp_path):
    """The folder of an export of r1."""
    feed(streams[0], [f"{tools.directory}/vajra-export", "files", tmp_path / "runs" / "r1"])
    return tmp_path / "runs" / "r1"


def test_the_folder_of_a_run_gives_the_same_report(tools, run, feed, streams, folder):
    wanted = feed(streams[0], [tools.agg, "--json"])
    for path in (folder, f"{folder}/"):
        again = run([tools.agg, "--json", path])
        assert (again.status, again.output, again.errors()) == (wanted.status, wanted.output, "")


def test_what_is_missing_of_a_folder_is_named(tools, run, folder):
    shutil.rmtree(folder / "metrics")
    empty = run([tools.agg, folder])
    assert empty.status == 66
    lines = json.loads((folder / "manifest.json").read_text())["files"][0]["lines"]
    assert empty.errors() == (
        f"vajra-agg: warning: {folder}/metrics/metrics-r1-00001.ndjson.gz is missing; "
        f"the manifest counts {lines} lines in it\n")


@pytest.mark.parametrize("kind", ["folder of runs", "folder of anything"])
def test_a_folder_that_is_no_run_is_named_with_the_remedy(tools, run, folder, tmp_path, kind):
    other = tmp_path / "other"
    other.mkdir()
    path, words = {
        "folder of runs": (folder.parent, f"is a folder of runs; name one of them: {folder}"),
        "folder of anything": (other, "is a folder without manifest.json: neither 'vajra-ctl run' nor"),
    }[kind]
    refused = run([tools.agg, path])
    assert refused.status == 66
    assert refused.errors().count("\n") == 1 and f"{path} {words}" in refused.errors()


CONFIG = "version: 1\nname: x\nscenarios:\n  a: {task: none, load: [{constant: {rate: 10/s, for: 1s}}]}\n" + "# more\n" * 40


@pytest.mark.parametrize(
    "name, content, words",
    [
        ("c.yaml", CONFIG.encode(), "looks like a config, not a stream; 'vajra-ctl run {path}' carries a config out"),
        ("c.bin", bytes(range(256)) * 400, "it is binary data"),
        ("report.txt", b"none   run r1\n" * 100, "holds no line of a stream; its first line: "),
    ],
    ids=["config", "binary", "text"])
def test_what_is_no_stream_gets_one_line(tools, run, tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    refused = run([tools.agg, path])
    assert refused.status == 66
    assert refused.errors().count("\n") == 1, refused.errors()
    assert words.format(path=path) in refused.errors()


def test_a_generator_that_ends_with_an_error_is_pointed_to(tools, run, feed, tmp_path):
    for name, reader in (("vajra-agg", [tools.agg]), ("vajra-export", [f"{tools.directory}/vajra-export", "files", tmp_path / "out"])):
        failed = run([tools.gen, "none", "--no-such-flag"], reader)
        assert failed.statuses == [64, 66]
        assert failed.errors() == f"{name}: error: the generator sent nothing; see its message\n"
    empty = feed(b"", [tools.agg])
    assert empty.status == 66
    assert "the input holds no line of a run; pipe vajra-gen into vajra-agg" in empty.errors()


@pytest.mark.parametrize("way", ["two files", "one stream"])
def test_two_runs_are_not_added_up_unless_asked(tools, run, feed, streams, tmp_path, way):
    files = [tmp_path / f"{number}.ndjson" for number in (1, 2)]
    for file, stream in zip(files, streams):
        file.write_bytes(stream)

    def agg(*flags):
        if way == "one stream":
            return feed(b"".join(streams), [tools.agg, *flags])
        return run([tools.agg, *flags, *files])

    refused = agg()
    assert (refused.status, refused.output) == (64, b"")
    assert refused.errors().count("\n") == 1 and "--merge-runs" in refused.errors()
    for number, file in enumerate(files, 1):
        assert f"run r{number} ({file if way == 'two files' else 'stdin'})" in refused.errors()
    asked = agg("--merge-runs", "--json")
    assert asked.status in (0, 3)
    assert (asked.json["runs"], asked.json["total"]["planned"]) == (2, 400)


def test_merge_is_the_verb_when_none_is_named(tools, run, tmp_path, streams):
    file = tmp_path / "a.ndjson"
    file.write_bytes(streams[0])
    plain, named = run([tools.agg, "--json", file]), run([tools.agg, "merge", "--json", file])
    assert (plain.status, plain.output) == (named.status, named.output)
    assert run([tools.agg, "--help"]).output == run([tools.agg, "merge", "--help"]).output


@pytest.mark.parametrize("word", ["merge", "compare"])
def test_a_file_that_is_called_like_a_verb_is_reached_by_its_path(tools, run, tmp_path, streams, monkeypatch, word):
    monkeypatch.chdir(tmp_path)
    (tmp_path / word).write_bytes(streams[0])
    refused = run([tools.agg, "--json", word])
    assert refused.status == 64 and f"./{word}" in refused.errors()
    assert run([tools.agg, f"./{word}"]).status in (0, 3)
