# SPDX-License-Identifier: Apache-2.0
"""The JSON Schema of configs against the tools' own reader: both take and refuse the same, where a schema can say it.

configs/good    both take it
configs/bad     both refuse it
configs/beyond  only the reader refuses it; the first line says what a JSON Schema cannot: units beyond their patterns,
                rules between keys, what ${…} becomes, and what PyYAML has lost before the schema sees it
configs/yaml11  only the schema refuses it, because PyYAML makes something else of it than a text
"""

import json
import pathlib

import jsonschema
import pytest
import yaml

CONFIGS = pathlib.Path(__file__).parent / "configs"
SCHEMA = pathlib.Path(__file__).parents[2] / "docs/schema/config-1.schema.json"


def rows(kind):
    return [pytest.param(path, id=path.stem) for path in sorted((CONFIGS / kind).iterdir())]


@pytest.fixture(scope="module")
def validator():
    return jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))


@pytest.fixture
def judge(validator, tools, run):
    """What the schema and the reader say: two truth values, and what the reader wrote about it."""

    def judged(path):
        content = yaml.safe_load(path.read_text())
        done = run([tools.ctl, "validate", path])
        assert done.status in (0, 78), done.errors()
        return validator.is_valid(content), done.status == 0, done

    return judged


def test_there_are_enough_configs():
    assert len(rows("good")) + len(rows("bad")) >= 60
    assert len(rows("good")) >= 20


def test_the_schema_is_one_and_the_tool_prints_it(tools, run):
    jsonschema.Draft202012Validator.check_schema(json.loads(SCHEMA.read_text()))
    assert run([tools.ctl, "schema"]).output == SCHEMA.read_bytes()


@pytest.mark.parametrize("path", rows("good"))
def test_a_good_config_is_taken_by_both(judge, path):
    by_schema, by_reader, done = judge(path)
    assert by_reader, done.errors()
    assert by_schema


@pytest.mark.parametrize("path", rows("bad"))
def test_a_bad_config_is_refused_by_both_with_place_and_remedy(judge, path):
    by_schema, by_reader, done = judge(path)
    assert not by_reader
    assert not by_schema
    assert done.output == b""
    for line in done.errors().splitlines():
        assert line.startswith(f"{path}:"), line
        assert ": error: " in line, line


@pytest.mark.parametrize("path", rows("beyond"))
def test_what_a_schema_cannot_say_is_refused_by_the_reader(judge, path):
    by_schema, by_reader, done = judge(path)
    assert not by_reader
    assert by_schema, "a schema can say it: move it to configs/bad"


@pytest.mark.parametrize("path", rows("yaml11"))
def test_what_yaml_1_1_reads_otherwise_is_a_text_to_the_reader(judge, path):
    by_schema, by_reader, done = judge(path)
    assert by_reader, done.errors()
    assert not by_schema
