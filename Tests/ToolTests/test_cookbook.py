# SPDX-License-Identifier: Apache-2.0
"""Every recipe of docs/cookbook.md runs as it is printed, on other ports and for less time, and shows what it says."""

import gzip
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
from xml.etree import ElementTree

import pytest

import cookbook
import shortening
import ssh_servers
import vajra

RECIPES = {recipe.title: recipe for recipe in cookbook.recipes()}
#: A figure in milliseconds, as jq and Python print it.
MS = r"\d+(?:\.\d+)?"
REPORT = r"^ +response +[\d.]+ [mµ]?s .*\n(?:.*\n)*honesty"
#: What each recipe shows, here and on the page.
SHOWN = {
    "See the slowest iterations": rf"\Aindex\tresponse ms\tservice ms\tstatus\n(?:\d+\t{MS}\t{MS}\t(?:200|503)\n){{5}}\Z",
    "See rate and failures second by second, while it runs":
        rf"\A(?=(?:.*\n)*?\d{{4}}-\d\d-\d\dT[\d:]{{8}}Z  \d+ done  {{(?:\"status\":\d+)?}}\n)(?:.*\n)*?{REPORT}",
    "Watch a run from another terminal":
        r"\ARUN .*\n[0-9a-f-]{36}   http   running .*\n(?:(?:(?:running|draining)  \d+ of \d+  in flight \d+|…)\n)+\Z",
    "Plot the percentiles of every second":
        rf"\Aend_unix_us,count,p50_ms,p99_ms,max_ms\n(?:\d{{16}},\d+,{MS},{MS},{MS}\n)+(?:…\n)?\Z",
    "Keep everything in files, and query them later": r'\A{"200":\d+(?:,"503":\d+)?}\n{"lines":\d+,"missing":0,"complete":true}\n\Z',
    "Archive a run, and judge it again by other rules":
        r"FAIL\n(?:.*\n)*^thresholds ✗ response_time.p99 < 20ms \(.*\)\s+✓ failure_rate < 5% ",
    "Fail a build on a missed threshold, and show it as a test":
        r'^<testsuite name="example" tests="4">\n(?:.*\n)*  <testcase name="response_time.p99 &lt; 20ms">'
        r'<failure message="was \d+ \(ns\)"/></testcase>\n</testsuite>\n\Z',
    "Compare before and after":
        rf"^\tbefore ms\tafter ms\tchange\n(?:(?:p50|p90|p99|max)\t{MS}\t{MS}\t-?\d+ %\n){{4}}\Z",
    "Find the commit that made it slow": r"^[0-9a-f]{40} is the first bad commit\n(?:.*\n)*^[0-9a-f]{7,}\t\d{2,}\.?\d*\tfail$",
    "Measure every night": rf'\A(?:"nightly-\d{{4}}-\d\d-\d\d",{MS},{MS},{MS},{MS},{MS},"[A-D]"\n)+\Z',
    "Find the knee": r"^planned/s\tcompleted/s\n(?:\d+\t\d+\n)*1[0-9]{3}\t[5-8]\d\d\n",
    "See what random arrivals cost": rf"^even\t{MS}\t{MS}\npoisson\t{MS}\t{MS}\n\Z",
    "See what each number of users gets": "".join(rf"^{users}\t[1-9]\d*\t{MS}\n" for users in (1, 4, 16, 64)),
    "Put several things under load at once":
        rf"^browse +http://.*\n(?:.*\n)*^order +POST http://.*\n(?:.*\n)*^total +planned .*\n(?:.*\n)*^thresholds ✓ browse.*\s+✓ order",
    "Take the rate from a variable and the token from a file": r"Authorization.*\[redacted\](?:.*\n)*.*rate.*100/s",
    "Put any program under load": rf"^command +python3 .*\n +planned (\d+) +started \1 +completed \1 (?:.*\n)*{REPORT}",
    "Write the task in Python": rf"^command +python3 query.py .*\n +planned .*\n.*failed 0\n(?:.*\n)*{REPORT}",
    "Stop early, and still have a report": rf"INTERRUPTED\n(?:.*\n)*{REPORT}",
    "Send the load from another machine": rf" 1 source .*\n.*\n^http +http://.*\n(?:.*\n)*{REPORT}",
    "Carry one plan out on three machines": rf"try-1 .* 3 sources .*\n.*\n^http +http://.*\n(?:.*\n)*{REPORT}",
}
#: How a recipe ends, when not with 0.
STATUSES = {
    "Archive a run, and judge it again by other rules": 99,
    "Fail a build on a missed threshold, and show it as a test": 99,
    "Stop early, and still have a report": 130,
}
#: How long a load must last to show anything, where 300 ms are too short.
LENGTHS = {"Watch a run from another terminal": "2s", "Find the knee": "2s", "Stop early, and still have a report": "3s"}
#: The hosts of the recipes that use ssh.
HOSTS = ["load1", "load2", "load3"]


def repository(folder, port, environment):
    """Six commits, the fourth of which makes the program `serve` slow; the first is v1.0."""

    def git(*words):
        subprocess.run(["git", *words], cwd=folder, env=environment, check=True, capture_output=True)

    serve = folder / "serve"
    git("init", "--quiet")
    for number, delay in enumerate((20, 20, 20, 120, 120, 120), 1):
        serve.write_text(f"#!/bin/sh\n# {number}\nexec vajra-ctl target --port {port} --delay {delay}ms > serve.log\n")
        serve.chmod(0o755)
        git("add", "serve")
        git("commit", "--quiet", "--message", f"change {number}")
        if number == 1:
            git("tag", "v1.0")


def nothing_could_be_judged(folder, shown):
    """Whether the bisection has passed over commits because the generator could not hold its plan."""
    summaries = [json.loads(path.read_text()) for path in folder.glob("vajra-runs/*/summary.json")]
    return "only 'skip'ped commits left" in shown and any(summary["verdict"] == "invalid" for summary in summaries)


def the_secret_is_nowhere(folder, shown):
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "token.txt":
            data = path.read_bytes()
            assert b"open-sesame" not in (gzip.decompress(data) if path.suffix == ".gz" else data), path


def the_missed_threshold_is_a_failure(folder, shown):
    missed = [case.get("name") for case in ElementTree.parse(folder / "junit.xml").iter("testcase") if case.find("failure") is not None]
    assert "response_time.p99 < 20ms" in missed


def the_slow_commit_is_found(folder, shown):
    assert re.search(r"is the first bad commit\n(?:.+\n)*\n +change 4\n", shown), shown


def three_thirds_are_the_plan(folder, shown):
    assert re.search(r"planned 90 +started 90 ", shown), shown
    assert re.findall(r"-(\dof3)-\d+ +started 30 +completed 30 ", shown) == ["1of3", "2of3", "3of3"], shown


#: What must hold besides.
CHECKS = {
    "Take the rate from a variable and the token from a file": the_secret_is_nowhere,
    "Fail a build on a missed threshold, and show it as a test": the_missed_threshold_is_a_failure,
    "Find the commit that made it slow": the_slow_commit_is_found,
    "Carry one plan out on three machines": three_thirds_are_the_plan,
}


@pytest.fixture
def environment(short_path):
    """No run but the test's own is listed, and git knows nobody else's settings."""
    names = [f"GIT_{role}_{what}" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")]
    own = {"XDG_RUNTIME_DIR": str(short_path), "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    return os.environ | dict.fromkeys(names, "someone") | own


@pytest.fixture
def served(start_target, environment, tmp_path):
    """`served(recipe)`: the ports that stand for the page's, the first of them that of its server; checks what is installed."""

    def serve(recipe):
        for name in re.findall(r"\b(?:jq|zstd|git)\b", recipe.script):
            if shutil.which(name) is None:
                pytest.skip(f"{name} is not installed")
        port, other = vajra.free_port(), vajra.free_port()
        if "./serve" in dict(recipe.files).get("measure.sh", ""):
            repository(tmp_path / "here", port, environment)
        else:
            # The flags after --port 8080; the target takes a free port.
            port = int(start_target(*cookbook.server()[3:]).url.strip("/").rsplit(":", 1)[1])
        return port, other

    return serve


@pytest.mark.parametrize("title", RECIPES)
def test_the_recipe_shows_what_the_page_says(run, processes, tools, served, environment, tmp_path, title):
    recipe, home = RECIPES[title], tmp_path / "here"
    folder = home / "load" if recipe.nightly else home
    folder.mkdir(parents=True)
    ports, length = served(recipe), LENGTHS.get(title, "300ms")

    def cut(text):
        return shortening.cut(text, *ports, load=length, phase=length)

    assert run([tools.ctl, "init", folder / "checkout.yaml"]).status == 0
    for name, text in [("checkout.yaml", (folder / "checkout.yaml").read_text()), *recipe.files]:
        (folder / name).write_text(cut(text))
    # cron's own shell is sh, and begins in the home directory.
    nightly = f"sh -c {shlex.quote(recipe.nightly)}\n" if recipe.nightly else ""
    script = nightly + shortening.typed(cut(recipe.script))
    assert not any(port in script for port in shortening.PORTS)
    path = [pathlib.Path(sys.executable).parent, tools.directory]
    if "ssh " in script:
        path.insert(0, ssh_servers.start(processes, tmp_path / "ssh", tools.directory, HOSTS))
    # cat ends when a process substitution, too, has said what it has to say.
    done = run(shortening.shell(path, home, f"{{\n{script}\n}} 2>&1"), ["cat"], env=environment)
    shown = done.output.decode()
    if nothing_could_be_judged(folder, shown):
        pytest.skip("the machine is too crowded to judge a commit by a load test")
    assert done.statuses[0] in {STATUSES.get(title, 0), shortening.CROWDED}, f"{done.statuses}\n{script}\n{shown}"
    assert re.search(SHOWN[title], shown, re.MULTILINE), f"{script}\n{shown}"
    if check := CHECKS.get(title):
        check(folder, shown)


@pytest.mark.parametrize("title", RECIPES)
def test_the_page_shows_output_of_the_same_form(title):
    assert re.search(SHOWN[title], RECIPES[title].shown, re.MULTILINE), RECIPES[title].shown


def test_there_are_twenty_recipes_each_with_what_it_must_show():
    assert list(RECIPES) == list(SHOWN) and len(RECIPES) == 20
