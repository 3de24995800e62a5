# SPDX-License-Identifier: Apache-2.0
"""The help of every verb fits a screen, its longer form lacks nothing, and both are there at once."""

import json
import statistics
import subprocess
import time

import pytest

import vajra

TOOLS = ["vajra-agg", "vajra-ctl", "vajra-export", "vajra-gen"]
#: The lines that a help may have, of at most 80 columns.
SCREEN = 50


@pytest.fixture(scope="module", params=TOOLS)
def commands(request, tools):
    """A tool's path, and each of its verbs, the tool itself as no verb, with its arguments as the parser knows them."""
    path = f"{tools.directory}/{request.param}"
    dump = subprocess.run([path, "--experimental-dump-help"], check=True, capture_output=True, timeout=vajra.DEADLINE)
    found, waiting = [], [([], json.loads(dump.stdout)["command"])]
    while waiting:
        verb, command = waiting.pop()
        found.append((verb, command["arguments"]))
        children = [child for child in command.get("subcommands", []) if child["commandName"] != "help"]
        waiting += [([*verb, child["commandName"]], child) for child in children]
    return path, found


def help_of(run, path, verb, flag="--help"):
    done = run([path, *verb, flag])
    assert done.status == 0
    return done.output.decode()


def listed(text):
    """The flags that a help lists, each at the beginning of its line."""
    lines = [line for line in text.splitlines() if line.startswith("  -")]
    return {word.rstrip(",") for line in lines for word in line.split("  ")[1].split() if word.startswith("-")}


def names_of(argument):
    return [("--" if name["kind"] == "long" else "-") + name["name"] for name in argument.get("names", [])]


def test_the_help_of_every_verb_fits_a_screen(run, commands):
    path, verbs = commands
    for verb, _ in verbs:
        lines = help_of(run, path, verb).splitlines()
        assert len(lines) <= SCREEN, f"{path} {verb}: {len(lines)} lines; hide what few runs need (.rare)"


def test_the_longer_help_lacks_nothing_and_the_shorter_says_that_there_is_more(run, commands):
    path, verbs = commands
    for verb, arguments in verbs:
        shorter, longer = help_of(run, path, verb), help_of(run, path, verb, "--help-hidden")
        names = {name for argument in arguments for name in names_of(argument)} - {"-h", "--help"}
        assert not names - listed(longer), f"{path} {verb}"
        assert bool(names - listed(shorter)) == ("--help-hidden shows the rarer flags" in shorter), f"{path} {verb}"


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("flag", ["--help", "--version"])
def test_a_tool_answers_within_15_ms(release_tools, tool, flag):

    def start():
        since = time.monotonic()
        subprocess.run([f"{release_tools.directory}/{tool}", flag], check=True, stdout=subprocess.DEVNULL)
        return (time.monotonic() - since) * 1000

    took = vajra.timed(start, bar=15)
    print(f"{tool} {flag}: median {statistics.median(took):.1f} ms, {min(took):.1f} to {max(took):.1f}")
    assert min(took) < 15, f"median {statistics.median(took):.1f} ms"
