# SPDX-License-Identifier: Apache-2.0
"""Commands as the documentation prints them, made short and small enough for a test, and run by bash as a reader would."""

import re
import shlex

#: The ports that the documentation's servers listen on.
PORTS = ("8080", "8081")
#: What a crowded machine may end a run with: the generator could not hold the plan.
CROWDED = 3
#: Ends a script at its first failure, that one aside: what it has started is still to be ended.
OPTIONS = f"set -o pipefail; trap 'status=$?; [ $status -eq {CROWDED} ] || exit $status' ERR"
#: Waits until the port of a match is listened on, and until a run has ended an iteration.
LISTENS = r"until (: < /dev/tcp/127.0.0.1/\1) 2> /dev/null; do sleep 0.01; done"
RUNS = """until vajra-ctl list --json | grep -q '"completed":[1-9]'; do sleep 0.01; done"""


def cuts(load, phase):
    """What makes commands and configs short and small: durations of loads and of phases, then rates."""
    return [
        (r"(--for|--ramp|timeout --foreground -s INT) [\d.]+m?s?\b", rf"\1 {load}"),
        (r"('(?:constant \S+|ramp \S+ \S+|pause)) [\d.]+[smh]'", rf"\1 {phase}'"),
        (r'("?\bfor"?: *"?)[\d.]+[smh]\b', rf"\g<1>{load}"),
        (r"\bstart: 1s", "start: 100ms"),
        (r"\b\d+k/s", "200/s"),
    ]


def cut(text, *ports, load="300ms", phase="200ms"):
    """The text with short durations, small rates, and the test's own ports in place of 8080 and of 8081."""
    for pattern, replacement in cuts(load, phase):
        text = re.sub(pattern, replacement, text)
    for printed, own in zip(PORTS, ports):
        text = re.sub(rf"\b{printed}\b", str(own), text)
    return text


def typed(script):
    """The script at a person's pace: who starts something in the background goes on when it is there."""
    script = re.sub(r"^vajra-ctl target --port (\d+) .*&$", rf"\g<0>\n{LISTENS}", script, flags=re.MULTILINE)
    return re.sub(r"^vajra-gen .*&$", rf"\g<0>\n{RUNS}", script, flags=re.MULTILINE)


def shell(directories, folder, script):
    """bash in the folder, with these directories first on its path."""
    path = ":".join(shlex.quote(str(directory)) for directory in directories)
    return ["bash", "-c", f"cd {shlex.quote(str(folder))} && PATH={path}:$PATH && {OPTIONS}\n{script}"]
