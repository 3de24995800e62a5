# SPDX-License-Identifier: Apache-2.0
"""A person at a terminal: an interactive bash on a pseudo-terminal, and pyte to show what stands on its screen."""

import collections
import copy
import fcntl
import os
import pathlib
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

import pyte

import vajra

PROMPT = "at your service> "
#: Colours and other renditions (SGR).
RENDITION = re.compile(rb"\x1b\[[0-9;]*m")


class Screens(pyte.Screen):
    """A screen with another one behind it (mode 1049), which pyte does not know."""

    OTHER = 1049

    def set_mode(self, *modes, **options):
        if options.get("private") and self.OTHER in modes and not hasattr(self, "_kept"):
            self._kept = (self.buffer, copy.copy(self.cursor))
            self.buffer = collections.defaultdict(self.buffer.default_factory)
        super().set_mode(*modes, **options)

    def reset_mode(self, *modes, **options):
        super().reset_mode(*modes, **options)
        if options.get("private") and self.OTHER in modes and hasattr(self, "_kept"):
            hidden = self.cursor.hidden
            self.buffer, self.cursor = self._kept
            self.cursor.hidden = hidden
            self.cursor.y = min(self.cursor.y, self.lines - 1)
            self.dirty.update(range(self.lines))
            del self._kept

    @property
    def shows_other(self):
        return hasattr(self, "_kept")


class Terminal:
    """What is typed goes in, what stands on the screen comes out."""

    def __init__(self, columns, rows, directory, path, term="xterm-256color", env=None):
        self.written = b""
        self._prompts = 0
        self._screen = Screens(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._master, slave = pty.openpty()
        self._set_size(columns, rows)
        environment = {**os.environ, "TERM": term, "PATH": f"{path}:{os.environ['PATH']}", "PS1": PROMPT,
            "SWIFT_BACKTRACE": "enable=no", **(env or {})}
        for name in ("NO_COLOR", "COLUMNS", "LINES", "PROMPT_COMMAND"):
            if name not in (env or {}):
                environment.pop(name, None)

        def take_terminal():
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        self._shell = subprocess.Popen(
            ["bash", "--norc", "--noprofile", "--noediting", "-i"], stdin=slave, stdout=slave, stderr=slave, cwd=directory,
            env=environment, start_new_session=True, preexec_fn=take_terminal)
        os.close(slave)
        self.await_prompt()

    # -- Hands ---------------------------------------------------------------------------------------------------------

    def type(self, text):
        """Types a line, and Enter."""
        self._prompts = self.written.count(PROMPT.encode())
        os.write(self._master, text.encode() + b"\n")

    def press(self, key):
        """Presses Ctrl and a letter."""
        os.write(self._master, bytes([ord(key.upper()) & 0x1F]))

    def resize(self, columns, rows):
        """Changes the window's size, as its user drags a corner."""
        self._pump(0)
        self._screen.resize(rows, columns)
        self._set_size(columns, rows)

    def _set_size(self, columns, rows):
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # -- Eyes ----------------------------------------------------------------------------------------------------------

    @property
    def lines(self):
        """The screen's rows down to the last one that is not empty."""
        lines = [line.rstrip() for line in self._screen.display]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    @property
    def text(self):
        return "\n".join(self.lines)

    @property
    def is_cursor_visible(self):
        return not self._screen.cursor.hidden

    @property
    def shows_other_screen(self):
        """Whether the other screen is shown, on which a view may do as it likes."""
        return self._screen.shows_other

    @property
    def wraps(self):
        """Whether lines wrap at the right edge, as every shell expects."""
        return pyte.modes.DECAWM in self._screen.mode

    def await_text(self, *wanted, seconds=vajra.DEADLINE):
        """Waits until each of these stands on the screen."""
        self.await_(lambda: all(text in self.text for text in wanted), f"{wanted} on the screen", seconds)

    def await_prompt(self, seconds=vajra.DEADLINE):
        """Waits until the shell is ready for the next line, after what has been typed last."""

        def is_ready():
            return self.written.count(PROMPT.encode()) > self._prompts and self.lines[-1:] == [PROMPT.rstrip()]

        self.await_(is_ready, "the prompt", seconds)

    def clear(self):
        """Clears the screen: nothing but the prompt."""
        self.type("clear")
        self.await_prompt()

    def run(self, command, seconds=vajra.DEADLINE):
        """Types a command and waits for its end; gives what stands between the two prompts."""
        self.clear()
        self.type(command)
        self.await_prompt(seconds)
        return self.lines[1:-1]

    def status(self):
        """The last command's exit status, as `$?` has it."""
        self.type("echo status=$?.")
        found = None

        def search():
            nonlocal found
            found = re.findall(r"^status=(\d+)\.$", self.text, re.MULTILINE)
            return found

        self.await_(search, "the status", vajra.DEADLINE)
        self.await_prompt()
        return int(found[-1])

    def await_(self, condition, what, seconds=vajra.DEADLINE):
        """Waits until something is true of the screen, or of what has been written to it."""
        end = time.monotonic() + seconds
        while not condition():
            left = end - time.monotonic()
            assert left > 0, f"{what}: not within {seconds:.1f} s; the screen:\n{self.text}"
            self._pump(left)

    def _pump(self, seconds):
        """Takes what has been written: waits for the first bytes of it only."""
        while select.select([self._master], [], [], seconds)[0]:
            data = os.read(self._master, 65536)
            self.written += data
            self._stream.feed(data)
            seconds = 0

    # -- The end -------------------------------------------------------------------------------------------------------

    def processes(self, name):
        """The ids of this terminal's processes that run the tool."""
        return [pid for pid in self._session() if _name(pid) == name]

    def close(self):
        """Closes the window; gives the names of what goes on without it."""
        os.close(self._master)
        try:
            self._shell.wait(3)
        except subprocess.TimeoutExpired:
            self._shell.kill()
            self._shell.wait()
        left = []
        try:
            vajra.await_condition(lambda: not self._session(), "the end of the terminal's processes", 5)
        except AssertionError:
            for pid in self._session():
                left.append(_name(pid))
                os.kill(pid, signal.SIGKILL)
        return left

    def _session(self):
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) != self._shell.pid:
                try:
                    fields = (entry / "stat").read_text().rpartition(")")[2].split()
                except (FileNotFoundError, ProcessLookupError):
                    continue
                if int(fields[3]) == self._shell.pid and fields[0] != "Z":
                    found.append(int(entry.name))
        return found


def _name(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/comm").read_text().strip()
    except (FileNotFoundError, ProcessLookupError):
        return "?"
