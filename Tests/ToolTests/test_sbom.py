# SPDX-License-Identifier: Apache-2.0
"""The bill of materials names what the tools are made of, in the strict form of CycloneDX."""

import json
import os
import pathlib
import re
import subprocess

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

import vajra

ROOT = pathlib.Path(__file__).parents[2]


def bill_of(tools):
    return subprocess.run([ROOT / ".ci/sbom", tools.directory], capture_output=True, text=True, timeout=vajra.DEADLINE)


@pytest.fixture(scope="module")
def bill():
    tools = vajra.Tools.from_environment("VAJRA_RELEASE_BIN_DIR")
    done = bill_of(tools)
    assert done.returncode == 0, done.stderr
    return done.stdout


def faults_of(text):
    return JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)


def test_the_bill_is_valid_by_the_strict_schema_and_an_unknown_member_is_not(bill):
    assert faults_of(bill) is None
    assert faults_of(json.dumps(json.loads(bill) | {"unknown": 1})) is not None


@pytest.mark.parametrize("tool", ["vajra-agg", "vajra-ctl", "vajra-export", "vajra-gen"])
def test_each_library_that_a_tool_links_is_in_the_bill(bill, tool, release_tools):
    # By another way than the bill's own: the names in the file itself, and the header packages that we build with.
    dynamic = subprocess.run(["readelf", "--dynamic", release_tools.directory / tool], capture_output=True, text=True, check=True)
    sonames = re.findall(r"\(NEEDED\).*\[(\S+)\]", dynamic.stdout)
    assert sonames
    contents = json.loads(bill)
    needed = next(entry for entry in contents["dependencies"] if entry["ref"] == tool)["dependsOn"]
    names = {component["bom-ref"]: component["name"] for component in contents["components"]}
    linked = {names[ref] for ref in needed}
    packages = {"libyaml-0.so.2": "libyaml-0-2", "libnghttp2.so.14": "libnghttp2-14", "libssl.so.3": "libssl3",
                "libcrypto.so.3": "libssl3", "libz.so.1": "zlib1g", "libc.so.6": "libc6", "libm.so.6": "libc6"}
    known = {packages[soname] for soname in sonames if soname in packages}
    assert "zlib1g" in known and known <= linked
    assert {"swift-argument-parser", "swift-runtime"} <= linked


def test_each_package_of_the_manifest_is_in_the_bill_with_its_exact_version(bill):
    pinned = dict(re.findall(r'url: "https://\S+/(\S+)", exact: "(\S+)"', (ROOT / "Package.swift").read_text()))
    assert pinned
    found = {component["name"]: component.get("version") for component in json.loads(bill)["components"]}
    assert {name: found.get(name) for name in pinned} == pinned


def test_the_bill_is_the_same_when_it_is_made_again(bill, release_tools):
    assert bill_of(release_tools).stdout == bill


def test_a_folder_without_tools_is_refused_by_name(tmp_path):
    done = bill_of(type("Nothing", (), {"directory": tmp_path}))
    assert done.returncode != 0 and f"{tmp_path}/vajra-agg" in done.stderr and os.fspath(tmp_path) in done.stderr
