# SPDX-License-Identifier: Apache-2.0
"""The command line: bad flags end with 64 and name the flag and the remedy; help and completion work everywhere."""

import shutil
import subprocess

import pytest

import vajra

FOR = ("--for", "1s")
RATE = ("--rate", "5/s")
LOAD = (*RATE, *FOR)
URL = "http://127.0.0.1:9/"

#: What is wrong, the arguments, and the words that the message must have: the flag and the remedy.
BAD_FLAGS = {
    "no load at all": (["none"], ["--rate 100/s", "--concurrency"]),
    "no rate": (["none", *FOR], ["--rate 100/s"]),
    "no duration": (["none", *RATE], ["--for 30s"]),
    "a negative rate": (["none", "--rate=-5/s", *FOR], ["--rate", "500/s"]),
    "a rate of words": (["none", "--rate", "banana", *FOR], ["--rate", "500/s"]),
    "a rate per fortnight": (["none", "--rate", "5/fortnight", *FOR], ["--rate", "500/s"]),
    "a rate that no clock can hold": (["none", "--rate", "99999999999999999999/s", *FOR], ["--rate"]),
    "a duration of words": (["none", *RATE, "--for", "banana"], ["--for", "30s"]),
    "a duration without a unit": (["none", *RATE, "--for", "5"], ["--for", "30s"]),
    "a duration of 0": (["none", *RATE, "--for", "0s"], ["--for", "above 0"]),
    "a negative duration": (["none", *RATE, "--for=-1s"], ["--for", "30s"]),
    "a duration longer than any clock": (["none", *RATE, "--for", "99999999999h"], ["--for"]),
    "a negative ramp": (["none", *LOAD, "--ramp=-1s"], ["--ramp"]),
    "both models": (["none", *LOAD, "--concurrency", "3"], ["--concurrency", "--rate", "one of them"]),
    "a closed model without an end": (["none", "--concurrency", "3"], ["--for 30s", "--count"]),
    "no users": (["none", "--concurrency", "0", *FOR], ["--concurrency", "at least 1"]),
    "a count in the open model": (["none", *LOAD, "--count", "5"], ["--count", "--concurrency"]),
    "think time in the open model": (["none", *LOAD, "--think-time", "1s"], ["--think-time", "--concurrency"]),
    "a negative think time": (["none", "--concurrency", "1", *FOR, "--think-time=-1s"], ["--think-time"]),
    "a phase beside a rate": (["none", *LOAD, "--phase", "pause 1s"], ["--phase", "leave out --rate"]),
    "an unknown phase": (["none", "--phase", "fly 1s"], ["--phase 'fly 1s'", "constant RATE DURATION"]),
    "a phase cut short": (["none", "--phase", "constant 5/s"], ["--phase 'constant 5/s'", "RATE DURATION"]),
    "a phase with a bad rate": (["none", "--phase", "constant x 1s"], ["--phase 'constant x 1s'", "500/s"]),
    "unknown arrivals": (["none", *LOAD, "--arrivals", "bunched"], ["--arrivals", "poisson"]),
    "a negative seed": (["none", *LOAD, "--seed=-1"], ["--seed"]),
    "nothing in flight": (["none", *LOAD, "--max-in-flight", "0"], ["--max-in-flight", "at least 1"]),
    "an unknown policy": (["none", *LOAD, "--when-saturated", "panic"], ["--when-saturated", "drop"]),
    "segment 4/3": (["none", *LOAD, "--segment", "4/3"], ["--segment", "2/5"]),
    "segment 0/3": (["none", *LOAD, "--segment", "0/3"], ["--segment", "2/5"]),
    "segment 1/0": (["none", *LOAD, "--segment", "1/0"], ["--segment", "2/5"]),
    "segment of words": (["none", *LOAD, "--segment", "one/two"], ["--segment", "2/5"]),
    "no lanes": (["none", *LOAD, "--lanes", "0"], ["--lanes", "1 to 1024"]),
    "too many lanes": (["none", *LOAD, "--lanes", "1025"], ["--lanes", "1 to 1024"]),
    "a run id with a slash": (["none", *LOAD, "--run-id", "a/b"], ["--run-id 'a/b'", "1 to 128"]),
    "an empty run id": (["none", *LOAD, "--run-id", ""], ["--run-id", "1 to 128"]),
    "an empty source": (["none", *LOAD, "--source", ""], ["--source", "1 to 128"]),
    "a label without a value": (["none", *LOAD, "--label", "team"], ["--label 'team'", "KEY=VALUE"]),
    "snapshots too often": (["none", *LOAD, "--snapshot-every", "1ms"], ["--snapshot-every", "10ms"]),
    "unknown iterations": (["none", *LOAD, "--iterations", "some"], ["--iterations", "sampled"]),
    "an unknown flag": (["none", *LOAD, "--bogus"], ["--bogus"]),
    "a URL without its verb": ([URL, *LOAD], [f"'{URL}' is a URL", f"did you mean 'http {URL}'?"]),
    "a misspelt verb": (["htpp", URL, *LOAD], ["'htpp' is neither a verb nor a config file", "did you mean 'http'?"]),
    "another tool's flag": (["http", URL, *RATE, "--duration", "3s"], ["there is no --duration; did you mean --for?"]),
    "another tool's flag with its value": (["http", URL, *FOR, "--rps=3"], ["there is no --rps; did you mean --rate?"]),
    "a fault that only the verb sees": (["http", URL, "--rate", "0/s", *FOR], ["--rate must be above 0", "See 'vajra-gen http --help'"]),
    "a rate called otherwise": (["none", *LOAD, "--threshold", "error_rate < 1%"], ["did you mean 'failure_rate'?"]),
    "a count asked for as a share": (["none", *LOAD, "--threshold", "failed < 1%"], ["is a number of iterations", "did you mean 'failure_rate'?"]),
    "a mean called otherwise": (["none", *LOAD, "--threshold", "latency.avg < 1s"], ["did you mean 'response_time.mean'?"]),
    "a word too many": (["none", *LOAD, "extra"], ["extra"]),
    "no url": (["http", *LOAD], ["<url>", "http[s]://"]),
    "no time at all to answer": (["http", URL, *LOAD, "--timeout", "0s"], ["--timeout", "above 0"]),
    "no time at all to connect": (["http", URL, *LOAD, "--connect-timeout", "0s"], ["--connect-timeout", "above 0"]),
    "no connections": (["http", URL, *LOAD, "--connections", "0"], ["--connections", "at least 1"]),
    "a header without a colon": (["http", URL, *LOAD, "-H", "nocolon"], ["--header 'nocolon'", "Name: value"]),
    "a header without a name": (["http", URL, *LOAD, "-H", ": x"], ["--header", "Name: value"]),
    "an impossible status": (["http", URL, *LOAD, "--expect-status", "99"], ["--expect-status '99'", "200-299"]),
    "half a range of statuses": (["http", URL, *LOAD, "--expect-status", "200-"], ["--expect-status '200-'", "200-299"]),
    "a range to a word": (["http", URL, *LOAD, "--expect-status", "200-x"], ["--expect-status '200-x'", "200-299"]),
    "a status of four digits": (["http", URL, *LOAD, "--expect-status", "1000"], ["--expect-status '1000'", "999"]),
    "statuses turned round": (["http", URL, *LOAD, "--expect-status", "299-200"], ["--expect-status", "200-299"]),
    "no command": (["command", *LOAD], ["--", "Which command"]),
    "no co-processes": (["command", *LOAD, "--processes", "0", "--", "true"], ["--processes", "1 to 4096"]),
    "an unknown protocol": (["command", *LOAD, "--protocol", "xml", "--", "true"], ["--protocol", "ndjson"]),
    "a key without its certificate": (["http", URL, *LOAD, "--key", "k.pem"], ["--key", "--cert"]),
    "streams without HTTP/2": (["http", URL, *LOAD, "--streams", "5"], ["--streams", "--http2"]),
    "no streams": (["http", URL, *LOAD, "--http2", "--streams", "0"], ["--streams", "1 to 10000"]),
    "more users than streams": (
        ["http", URL, "--concurrency", "10", "--for", "1s", "--http2", "--streams", "3", "--connections", "3"],
        ["--connections 3", "10 users"]),
    "keep-alive twice": (
        ["http", URL, *LOAD, "--no-keepalive", "--max-requests-per-connection", "9"], ["--no-keepalive", "one of the two"]),
    "connections without a request": (
        ["http", URL, *LOAD, "--max-requests-per-connection", "0"], ["--max-requests-per-connection", "1 to"]),
    "half a rule for connections": (["http", URL, *LOAD, "--connect-to", "a:80"], ["--connect-to 'a:80'", "HOST:PORT"]),
    "names looked up all the time": (["http", URL, *LOAD, "--dns-refresh", "0s"], ["--dns-refresh", "above 0"]),
    "an empty CA file": (["http", URL, *LOAD, "--ca-file", ""], ["--ca-file", "empty"]),
    "no arguments at all": ([], ["vajra-gen"]),
}

#: What an argument says wrong that only the task or the plan can tell.
BAD_ARGUMENTS = {
    "a foreign source address": (
        ["http", URL, *LOAD, "--source-address", "192.0.2.77"], ["--source-address", "192.0.2.77", "this machine"]),
    "a name as source address": (["http", URL, *LOAD, "--source-address", "here"], ["--source-address", "'here'"]),
    "a CA file without certificates": (
        ["http", "https://127.0.0.1/", *LOAD, "--ca-file", "/etc/passwd"], ["CA file /etc/passwd", "PEM"]),
    "another scheme": (["http", "ftp://x/", *LOAD], ["ftp", "http://"]),
    "a url without a scheme": (["http", "127.0.0.1:80", *LOAD], ["scheme", "http://"]),
    "a url without a host": (["http", "http://", *LOAD], ["host", "http://HOST"]),
    "a url with port 99999": (["http", "http://h:99999/", *LOAD], ["port", "65535"]),
    "a url with half an IPv6 address": (["http", "http://[::1/", *LOAD], ["IPv6", "[::1]"]),
    "a url with a space": (["http", "http://h/a b", *LOAD], ["a space", "%20"]),
    "an empty url": (["http", "", *LOAD], ["http://"]),
    "a method with a space": (["http", URL, *LOAD, "-X", "G T"], ["method", "token"]),
    "a header with a line break": (["http", URL, *LOAD, "-H", "A: b\r\nC: d"], ["header A", "control"]),
    "a count of 0": (["none", "--concurrency", "1", "--count", "0"], ["--count"]),
    "a closed duration of 0": (["none", "--concurrency", "1", "--for", "0s"], ["--for"]),
}


@pytest.mark.parametrize("tool", ["vajra-gen", "vajra-agg", "vajra-export", "vajra-ctl"])
def test_an_argument_that_is_no_utf8_is_refused_and_not_changed(run, tools, tool):
    done = run([tools.directory / tool, "x", "caf\udce9"])
    assert done.status == 64
    assert done.errors() == f"{tool}: error: argument 2 is not UTF-8: write it in UTF-8, or rename what it names\n"
    assert done.output == b""


ACCEPTED = {
    "a rate of 0": (["none", "--rate", "0/s", "--for", "100ms"], ["--rate"]),
    "no status": (["http", URL, "--rate", "5/s", "--for", "100ms", "--expect-status", ""], ["--expect-status"]),
}


UNREADABLE = {
    "a CA file that is not there": (["--ca-file", "/nowhere/ca.pem"], ["--ca-file", "CA file /nowhere/ca.pem", "No such file"]),
    "a directory as certificate": (["--cert", "/etc"], ["--cert", "certificate file /etc", "directory"]),
    "a body that is not there": (["--body-file", "/nowhere/body"], ["--body-file", "/nowhere/body", "No such file"]),
}


@pytest.mark.parametrize(("flags", "words"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_file_that_a_flag_names_and_that_cannot_be_read_is_66(run, tools, flags, words):
    done = run([tools.gen, "http", "https://127.0.0.1/", *LOAD, *flags])
    assert (done.status, done.output) == (66, b"")
    for word in words:
        assert word in done.errors()


def check_usage_error(process, words):
    assert process.output == b"", "a stream was begun"
    errors = process.errors()
    assert process.status == 64, errors
    for word in words:
        assert word in errors


@pytest.mark.parametrize(("arguments", "words"), BAD_FLAGS.values(), ids=BAD_FLAGS.keys())
def test_a_bad_flag_ends_with_64_and_the_message_names_it_and_the_remedy(run, tools, arguments, words):
    check_usage_error(run([tools.gen, *arguments]), words)


@pytest.mark.parametrize(("arguments", "words"), BAD_ARGUMENTS.values(), ids=BAD_ARGUMENTS.keys())
def test_a_bad_argument_sends_no_load_and_says_what_to_write(run, tools, arguments, words):
    process = run([tools.gen, *arguments])
    assert process.status in (64, 78)
    assert process.output == b""
    for word in words:
        assert word in process.errors()


@pytest.mark.parametrize(
    ("arguments", "words"), [*BAD_ARGUMENTS.values(), *ACCEPTED.values()], ids=[*BAD_ARGUMENTS, *ACCEPTED])
def test_a_bad_argument_ends_with_64(run, tools, arguments, words):
    check_usage_error(run([tools.gen, *arguments]), words)


@pytest.mark.parametrize(
    "arguments",
    [["--port", "70000"], ["--error-rate", "2"], ["--body-size=-1"], ["--stall", "1s"], ["--stall", "x@1s"],
     ["--delay", "soon"], ["--delay", "5ms..1ms"], ["--unix-socket", "x" * 108], ["--bogus"]], ids=" ".join)
def test_a_bad_flag_of_the_target_ends_with_64_and_the_message_names_it(run, tools, arguments):
    process = run([tools.ctl, "target", *arguments])
    assert process.status == 64
    assert arguments[0].partition("=")[0] in process.errors()


def test_a_port_that_is_taken_ends_the_target_with_69(run, tools, target):
    port = target.url.rsplit(":", 1)[1].strip("/")
    process = run([tools.ctl, "target", "--port", port])
    assert process.status == 69
    assert port in process.errors()


def test_the_target_draws_delays_and_sizes_from_their_ranges(load, start_target):
    target = start_target("--delay", "20ms..40ms", "--body-size", "1KiB..4KiB")
    done = load("http", target.url, "--rate", "100/s", "--for", "500ms", "--iterations", "all")
    assert done.has_passed
    assert all(line["service_time_ns"] >= 20_000_000 for line in done.iterations)
    sizes = {line["bytes_received"] for line in done.iterations}
    assert len(sizes) > 10 and max(sizes) - min(sizes) <= 3 * 1024 and min(sizes) > 1024


VERBS = {
    "vajra-gen": ("gen", []), "vajra-gen run": ("gen", ["run"]), "vajra-gen http": ("gen", ["http"]),
    "vajra-gen command": ("gen", ["command"]), "vajra-gen none": ("gen", ["none"]), "vajra-agg": ("agg", []),
    "vajra-ctl": ("ctl", []), "vajra-ctl target": ("ctl", ["target"]),
}


@pytest.mark.parametrize(("tool", "verb"), VERBS.values(), ids=VERBS.keys())
def test_every_verb_helps_on_stdout_within_80_columns_and_with_an_example(run, tools, tool, verb):
    process = run([getattr(tools, tool), *verb, "--help"])
    text = process.output.decode()
    assert process.status == 0
    assert process.errors() == ""
    assert text.startswith("OVERVIEW: ")
    # The parser does not wrap its usage line.
    assert max(len(line) for line in text.splitlines() if not line.startswith("USAGE: ")) <= 80
    assert text.count(f"vajra-{tool} ") >= 1


@pytest.mark.parametrize("tool", ["gen", "agg", "ctl"])
def test_every_tool_says_its_version(run, tools, tool):
    process = run([getattr(tools, tool), "--version"])
    assert process.status == 0
    assert process.output.decode().strip().count(".") >= 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("tool", ["gen", "agg", "ctl"])
def test_completion_scripts_parse(run, tools, tmp_path, tool, shell):
    process = run([getattr(tools, tool), "--generate-completion-script", shell])
    assert process.status == 0
    assert len(process.output) > 500
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = tmp_path / "completion"
    script.write_bytes(process.output)
    assert run([shell, "-n", script]).status == 0


def complete_in_bash(directory, script, words):
    """What bash would offer for the last of these words, through the completion script's own function."""
    program = """
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; COMPREPLY=()
        _vajra-gen "$1" "${@: -1}" "${@: -2:1}"
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    done = subprocess.run(
        ["bash", "-O", "extglob", "-c", program, "bash", script, *words], capture_output=True, text=True,
        timeout=vajra.DEADLINE, env={"PATH": f"{directory}:/usr/bin:/bin"}, check=False)
    return {word.strip() for word in done.stdout.splitlines()}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [(["vajra-gen", ""], {"http", "command", "none", "run"}), (["vajra-gen", "http", "--expect-"],
     {"--expect-status", "--expect-body", "--expect-header"}), (["vajra-gen", "none", "--when-saturated", ""],
     {"queue", "drop"})], ids=["verbs", "flags", "values"])
def test_bash_completes_verbs_flags_and_values(run, tools, tmp_path, words, wanted):
    script = tmp_path / "completion"
    script.write_bytes(run([tools.gen, "--generate-completion-script", "bash"]).output)
    assert wanted <= complete_in_bash(tools.directory, script, words)
