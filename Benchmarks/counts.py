# SPDX-License-Identifier: Apache-2.0
"""What an iteration costs in counts that a busy machine does not change: valgrind's callgrind on the release tools.

A scenario is run with n and with 2n iterations; (count(2n) - count(n)) / n is one iteration's share, in which start and
end cancel out. Beside the instructions of user space it takes the calls of libc's functions, by name: what allocates,
what enters the kernel, what reads a clock.
"""

import contextlib
import os
import re
import subprocess
import tempfile

ALLOCATING = ("malloc", "calloc", "realloc", "memalign", "aligned_alloc", "posix_memalign")
# Each enters the kernel once (a clock reading does not: the vDSO answers it).
SYSTEM_CALLS = ("recv", "send", "read", "write", "epoll_wait", "epoll_pwait2", "epoll_ctl", "connect", "close")
CLOCKS = ("clock_gettime",)

LIMIT = 120  # seconds; a run takes 1 to 5

# glibc picks its memcpy by the processor's features and cache sizes, and valgrind counts each byte of a `rep movsb`: with
# these left out it picks the same one on every x86-64 machine.
ONE_MEMCPY = "glibc.cpu.hwcaps=-AVX2,-AVX512F,-AVX512VL,-ERMS,-FSRM"


class CountError(Exception):
    """A scenario could not be counted."""


def environment():
    """One that makes two runs alike: hashing without a seed, one memcpy, and of the caller's only what a loader needs."""
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LD_PRELOAD", "TMPDIR")}
    fixed = {"SWIFT_DETERMINISTIC_HASHING": "1", "SWIFT_BACKTRACE": "enable=no", "LC_ALL": "C", "GLIBC_TUNABLES": ONE_MEMCPY}
    return kept | fixed


def counted(argv, statuses=(0, 3)):
    """The command's counts under callgrind: instructions, and calls of libc by kind; it must end with one of `statuses`.

    3 is the honesty grade: under valgrind no plan is held.
    """
    with tempfile.TemporaryDirectory() as folder:
        profile = os.path.join(folder, "profile")
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", *argv]
        try:
            done = subprocess.run(
                command, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE, timeout=LIMIT, check=False,
            )
        except FileNotFoundError as error:
            raise CountError("there is no valgrind: .ci/install-packages --tests") from error
        except subprocess.TimeoutExpired as error:
            raise CountError(f"stopped after {LIMIT} s: {' '.join(argv)}") from error
        if done.returncode not in statuses:
            tail = done.stderr.decode(errors="replace").strip().splitlines()[-3:]
            raise CountError(f"{' '.join(argv)} ended with {done.returncode}: {' / '.join(tail)}")
        return summary(profile)


def summary(profile):
    """Total instructions and calls by kind, of a callgrind file."""
    names, calls, instructions, callee = {}, {}, None, None
    with open(profile, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.startswith("cfn="):
                callee = resolved(line[4:], names)
            elif line.startswith("fn="):
                resolved(line[3:], names)
            elif line.startswith("calls=") and callee is not None:
                calls[callee] = calls.get(callee, 0) + int(line[6:].split()[0])
            elif line.startswith(("summary:", "totals:")):
                instructions = int(line.split()[1])
    if instructions is None:
        raise CountError("callgrind wrote no total")
    return {
        "instructions": instructions,
        "allocations": total(calls, ALLOCATING),
        "system_calls": total(calls, SYSTEM_CALLS),
        "clock_readings": total(calls, CLOCKS),
    }


def resolved(text, names):
    """The name in '(12) name', or the one that '(12)' had before; libc's without version and recursion marks."""
    number, _, name = text.strip().partition(" ")
    if name:
        names[number] = re.sub(r"(@.*|'\d+)$", "", name)
    return names.get(number, "")


def total(calls, functions):
    return sum(calls.get(name, 0) for name in functions)


def per_iteration(command, n, statuses=(0, 3)):
    """One iteration's share of each count; `command` makes the argv of a run with so many iterations."""
    once, twice = counted(command(n), statuses), counted(command(2 * n), statuses)
    return {key: (twice[key] - once[key]) / n for key in once}


@contextlib.contextmanager
def target(tools):
    """A `vajra-ctl target` on a free port; its URL."""
    argv = [os.path.join(tools, "vajra-ctl"), "target", "--port", "0"]
    env = {key: value for key, value in os.environ.items() if key != "LD_PRELOAD"}
    with subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            line = process.stdout.readline()
            if "listening on " not in line:
                raise CountError(f"vajra-ctl target did not start: {line.strip()}")
            yield line.split("listening on ")[1].strip()
        finally:
            process.terminate()
            process.wait(10)
