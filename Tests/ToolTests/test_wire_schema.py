# SPDX-License-Identifier: Apache-2.0
"""What the tools write is what docs/schema/wire-1.schema.json says, to the field."""

import copy
import json
import pathlib
import signal
import subprocess

import jsonschema
import pytest
from vajra import lines_of, of_type

ROOT = pathlib.Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs/schema/wire-1.schema.json").read_text())
GOLDEN = sorted((ROOT / "Tests/VajraWireTests/Golden/v1").glob("*.ndjson"))

#: The types that the tools write today; `span` and `aggregate` are reserved.
WRITTEN = {"run_started", "snapshot", "iteration", "log", "event", "run_ended"}
#: Parts of other definitions, which may not be closed by themselves.
SHARED = {"envelope", "counts", "histograms", "health"}


def closed(schema):
    """The schema without its tolerance: fields that it does not describe are refused."""

    def close(node, name=None):
        if isinstance(node, dict):
            if "properties" in node and "description" in node and name not in SHARED:
                node["unevaluatedProperties"] = False
            for key, child in node.items():
                close(child, key)
        elif isinstance(node, list):
            for child in node:
                close(child)

    copied = copy.deepcopy(schema)
    close(copied["$defs"])
    return copied


STRICT = closed(SCHEMA)


def faults(value, schema=STRICT):
    """Where a line departs from the definition of its type."""
    kind = value.get("type")
    definition = {**schema, "$ref": f"#/$defs/{kind}"} if kind in schema["$defs"] else schema
    validator = jsonschema.Draft202012Validator(definition)
    where = f"{kind} seq {value.get('seq')}"
    return [f"{where}: {fault.json_path}: {fault.message[:300]}" for fault in validator.iter_errors(value)]


def assert_described(values):
    found = [fault for value in values for fault in faults(value)]
    assert not found, "\n".join(found[:10])


# -- The schema itself -------------------------------------------------------------------------------------------------


def test_the_schema_is_valid_draft_2020_12():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_field_of_the_schema_has_a_description():
    def undescribed(node, path):
        if not isinstance(node, dict):
            return
        for name, child in node.get("properties", {}).items():
            target = SCHEMA["$defs"].get(child.get("$ref", "").rpartition("/")[2], {})
            # Inside an `if`, a field is only looked at.
            if "description" not in child and "description" not in target and "if" not in path:
                yield "/".join([*path, name])
        for key, child in node.items():
            for one in child if isinstance(child, list) else [child]:
                yield from undescribed(one, [*path, key])

    assert list(undescribed(SCHEMA, [])) == []


@pytest.mark.parametrize(
    "unit,word", [("_ns", "anosecond"), ("_unix_us", "Microseconds since the Unix epoch"), ("_bytes", "Bytes")])
def test_every_field_with_a_unit_in_its_name_says_it(unit, word):
    def fields(node):
        if isinstance(node, dict):
            yield from node.get("properties", {}).items()
            for child in node.values():
                yield from fields(child)
        elif isinstance(node, list):
            for child in node:
                yield from fields(child)

    named = {name: child for name, child in fields(SCHEMA) if name.endswith(unit)}
    assert named
    assert [name for name, child in named.items() if word not in child["description"]] == []


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_the_golden_lines_are_as_described(path):
    assert_described(lines_of(path))


BREAKS = {
    "a field is missing": lambda line: line.pop("planned"),
    "a field is unknown": lambda line: line.update(surprise=1),
    "a count is negative": lambda line: line.update(started=-1),
    "a duration has a fraction": lambda line: line.update(cpu_ns=1.5),
    "a histogram is no base64": lambda line: line.update(lag_hdr="HISTF*"),
    "health is half there": lambda line: line.pop("cpu_ns"),
    "a failure kind has a space": lambda line: line["failures"].update({"my kind": 1}),
    "the version is another": lambda line: line.update(v=2),
}


@pytest.mark.parametrize("change", BREAKS.values(), ids=BREAKS.keys())
def test_a_snapshot_that_departs_from_the_schema_is_found(change):
    line = lines_of(ROOT / "Tests/VajraWireTests/Golden/v1/snapshot.ndjson")[0]
    change(line)
    assert faults(line)


def test_unknown_types_and_fields_are_tolerated_by_the_public_schema():
    envelope = {"v": 1, "run_id": "r", "source": "s", "seq": 1}
    validator = jsonschema.Draft202012Validator(SCHEMA)
    assert validator.is_valid({"type": "telemetry", **envelope, "x": 1})
    assert validator.is_valid({"type": "event", **envelope, "time_unix_us": 1, "name": "mark", "later": {}})
    assert not validator.is_valid({"type": "event", **envelope, "name": "mark"})
    assert not validator.is_valid({"type": "telemetry", "v": 1})


# -- Real output -------------------------------------------------------------------------------------------------------

RUNS = {
    "open": ["none", "--rate", "500/s", "--for", "300ms", "--snapshot-every", "100ms", "--label", "team=a"],
    "closed": ["none", "--concurrency", "3", "--count", "300"],
    "every iteration": ["none", "--rate", "200/s", "--for", "300ms", "--iterations", "all"],
    "http failures": ["http", "URL", "--rate", "200/s", "--for", "300ms", "--iterations", "failed"],
    "refused": ["http", "http://127.0.0.1:1/", "--rate", "50/s", "--for", "200ms", "--iterations", "all"],
    "dropped": ["http", "URL", "--rate", "500/s", "--for", "300ms", "--max-in-flight", "1", "--when-saturated", "drop"],
    "a command": ["command", "--rate", "20/s", "--for", "200ms", "--", "sh", "-c", "echo out; echo err >&2; exit 3"],
    "a command that is missing": ["command", "--rate", "5/s", "--for", "200ms", "--", "/nonexistent/program"],
}


@pytest.mark.parametrize("arguments", RUNS.values(), ids=RUNS.keys())
def test_the_stream_and_its_summary_are_as_described(tools, run, start_target, tmp_path, arguments):
    if "URL" in arguments:
        url = start_target("--delay", "3ms", "--error-rate", "0.3").url
        arguments = [url if word == "URL" else word for word in arguments]
    raw = tmp_path / "raw.ndjson"
    done = run([tools.gen, *arguments], ["tee", raw], [tools.agg, "--json"])
    lines = lines_of(raw)
    assert {line["type"] for line in lines} <= WRITTEN
    assert of_type(lines, "run_ended"), done.errors(0)
    assert_described([*lines, done.json])
    if "--iterations" in arguments:
        assert of_type(lines, "iteration")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_an_interrupted_stream_and_its_summary_are_as_described(tools, pipeline, feed, number):
    generator = pipeline(
        [tools.gen, "none", "--rate", "100/s", "--for", "1m", "--snapshot-every", "50ms"], stdout=subprocess.PIPE)
    stream = generator.reading_end
    read = b""
    while b'"type":"snapshot"' not in read:
        read += stream.readline()
    generator.signal(number)
    read += stream.read()
    generator.await_end()
    lines = lines_of(read)
    assert of_type(lines, "event") and of_type(lines, "run_ended")[0]["signal"] == number
    summary = feed(read, [tools.agg, "--json"])
    assert summary.json["verdict"] == "interrupted"
    assert_described([*lines, summary.json])


def test_the_summary_of_a_stream_without_its_end_is_as_described(tools, run, feed):
    whole = run([tools.gen, "none", "--rate", "100/s", "--for", "300ms", "--snapshot-every", "50ms"]).output
    cut = b"".join(line for line in whole.splitlines(keepends=True) if b'"type":"run_ended"' not in line)
    unknown = b'{"type":"telemetry","v":1,"run_id":"r","source":"s","seq":1}\n'
    summary = feed(cut + b"not json\n" + unknown, [tools.agg, "--json"])
    assert (summary.json["bad_lines"], summary.json["unknown_lines"]) == (1, 1)
    assert_described([summary.json])
