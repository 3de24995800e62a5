# SPDX-License-Identifier: Apache-2.0
"""Every arrow is a byte stream: tee, files and cat between the tools change nothing, and segments merge to one run."""

import itertools

import pytest
from vajra import COUNTS, lines_of

#: What stays the same however a plan is shared out.
TOTALS = [name for name in COUNTS if not name.startswith("bytes")] + ["plan_total", "in_flight", "failures", "status"]


def totals(summary):
    """The counts of a summary that must not depend on how it was shared out; a closed model has no `plan_total`."""
    return {name: summary["total"].get(name) for name in TOTALS}


def test_a_teed_stream_gives_the_same_bytes_however_it_is_read_again(tools, target, run, feed, tmp_path):
    raw = tmp_path / "raw"
    live = run(
        [tools.gen, "http", target.url, "--rate", "500/s", "--for", "1s", "--snapshot-every", "200ms"],
        ["tee", raw], [tools.agg, "--json"])
    # A crowded machine may make it a run that could not hold its plan: then both say so.
    status = live.json["exit_status"]
    assert status in (0, 3), live.errors(0)
    assert live.statuses == [status, 0, status], live.errors(0)
    assert live.json["total"]["completed"] == 500
    stream = raw.read_bytes()
    again = {
        "redirected": feed(stream, [tools.agg, "--json"]),
        "dash behind cat": run(["cat", raw], [tools.agg, "--json", "-"]),
        "named": run([tools.agg, "--json", raw]),
        "in small pieces": feed(stream, ["dd", "bs=37", "status=none"], [tools.agg, "--json"]),
    }
    assert {name: later.output for name, later in again.items()} == {name: live.output for name in again}
    assert {later.status for later in again.values()} == {live.status}


def test_the_text_report_is_the_same_live_and_later(tools, run, feed, tmp_path):
    raw = tmp_path / "raw"
    live = run([tools.gen, "none", "--rate", "1000/s", "--for", "300ms"], ["tee", raw], [tools.agg])
    assert live.output == feed(raw.read_bytes(), [tools.agg]).output
    assert b"\x1b" not in live.output


PLANS = {
    "even": ["--rate", "1999/s", "--for", "700ms"],
    "poisson": ["--rate", "2k/s", "--for", "700ms", "--arrivals", "poisson", "--seed", "7"],
    "ramp": ["--rate", "2k/s", "--ramp", "501ms", "--for", "200ms"],
    "phases": ["--phase", "constant 1k/s 200ms", "--phase", "pause 100ms", "--phase", "ramp 0/s 2k/s 301ms"],
    "closed": ["--concurrency", "7", "--count", "1000"],
    "fewer iterations than segments": ["--rate", "10/s", "--for", "200ms"],
}


@pytest.mark.parametrize("identity", [["--run-id", "shared"], []], ids=["shared-run-id", "own-run-ids"])
@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS.keys())
def test_three_segments_merge_to_the_planned_totals_of_one_run(tools, pipeline, run, tmp_path, plan, identity):
    shares = ["1/1", "1/3", "2/3", "3/3"]
    files = [tmp_path / share.replace("/", "of") for share in shares]
    runs = [
        pipeline([tools.gen, "none", *plan, "--segment", share, *identity, "-o", file])
        for share, file in zip(shares, files)
    ]
    for one in runs:
        one.await_end()
        assert one.status in (0, 3), one.errors()
    whole = run([tools.agg, "--json", files[0]]).json
    parts = run([tools.agg, "--json", *files[1:]]).json
    assert whole["total"]["completed"] > 0
    assert totals(parts) == totals(whole)
    assert parts["runs"] == (1 if identity else 3)
    assert [source["complete"] for source in parts["sources"].values()] == [True] * 3
    assert parts["problems"] == []


@pytest.fixture
def three_files(tools, pipeline, tmp_path):
    files = [tmp_path / f"{number}.ndjson" for number in (1, 2, 3)]
    flags = ["--rate", "1k/s", "--for", "400ms", "--snapshot-every", "100ms", "--run-id", "shared"]
    runs = [
        pipeline([tools.gen, "none", *flags, "--segment", f"{number}/3", "-o", file])
        for number, file in enumerate(files, 1)
    ]
    for one in runs:
        one.await_end()
    return files


def test_any_order_of_the_files_gives_identical_bytes(tools, run, three_files):
    outputs = {run([tools.agg, "--json", *order]).output for order in itertools.permutations(three_files)}
    outputs.add(run(["cat", *three_files], [tools.agg, "--json"]).output)
    outputs.add(run(["sort", *three_files], [tools.agg, "--json"]).output)
    assert len(outputs) == 1
    assert outputs.pop().startswith(b'{"type":"summary"')


def test_a_missing_share_fails_the_run_unless_only_some_were_meant_to_come(tools, run, three_files):
    missing = run([tools.agg, "--json", *three_files[:2]])
    assert missing.status == 65
    assert missing.json["verdict"] == "fail"
    assert missing.json["problems"] == ["share 3 of 3 is missing"]
    some = run([tools.agg, "--json", "--partial", *three_files[:2]])
    # On a crowded machine the plan may not have been held.
    assert some.status in (0, 3)
    assert some.json["problems"] == []


def test_a_share_of_two_sources_fails_the_run(tools, run, three_files, tmp_path):
    again = tmp_path / "again.ndjson"
    run([tools.gen, "none", "--rate", "1k/s", "--for", "400ms", "--run-id", "shared", "--segment", "1/3", "-o", again])
    double = run([tools.agg, "--json", *three_files, again])
    assert double.status == 65
    assert "share 1 of 3 comes from 2 sources, and counts that often" in double.json["problems"][0]


def test_a_file_given_twice_is_counted_once_and_its_duplicates_are_told(tools, run, three_files):
    once = run([tools.agg, "--json", *three_files])
    twice = run([tools.agg, "--json", *three_files, three_files[0]])
    (name,) = {line["source"] for line in lines_of(three_files[0])}
    assert twice.json["sources"][name]["duplicates"] == len(lines_of(three_files[0]))
    assert twice.json["total"] == once.json["total"]
    assert twice.json["scenarios"] == once.json["scenarios"]
    assert twice.json["sources"][name]["complete"] and twice.json["sources"][name]["gaps"] == 0
    assert twice.status == once.status


def test_a_missing_line_is_a_gap_of_its_source_and_ends_with_65(tools, feed, three_files):
    lines = three_files[0].read_bytes().splitlines(keepends=True)
    cut = feed(b"".join(lines[:2] + lines[3:]), [tools.agg, "--json"])
    (source,) = cut.json["sources"].values()
    assert (source["gaps"], source["complete"], cut.status) == (1, False, 65)
    assert any("missing" in problem for problem in cut.json["problems"])
    whole = feed(b"".join(lines), [tools.agg, "--json"])
    assert cut.json["total"] == whole.json["total"], "the end's own totals are not touched by a gap"


def test_grep_and_jq_like_filters_may_reorder_but_not_change_the_totals(tools, run, feed, three_files):
    lines = three_files[1].read_bytes().splitlines(keepends=True)
    reversed_stream = feed(b"".join(reversed(lines)), [tools.agg, "--json"])
    assert reversed_stream.output == run([tools.agg, "--json", three_files[1]]).output
