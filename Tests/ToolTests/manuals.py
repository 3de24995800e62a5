# SPDX-License-Identifier: Apache-2.0
"""The examples of the man pages, as a reader sees and copies them."""

import dataclasses
import functools
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = sorted(path.name for path in (ROOT / "man").glob("*.[157]"))
#: Wide enough that no example is wrapped.
WIDTH = 300


@dataclasses.dataclass(frozen=True)
class Example:
    """One display: its commands, and the files that it shows with `cat`."""

    page: str
    number: int
    script: str
    files: tuple[tuple[str, str], ...]

    def __str__(self):
        return f"{self.page}-{self.number}"


def without_emphasis(text):
    """The text without the strokes by which terminals show bold and underlined letters."""
    return re.sub(".\b", "", text)


@functools.cache
def rendered(page):
    """The page's text."""
    done = subprocess.run(
        ["mandoc", "-T", "utf8", "-O", f"width={WIDTH}", ROOT / "man" / page], check=True, capture_output=True, text=True)
    return without_emphasis(done.stdout)


def displays_of(page):
    """The displays of the section EXAMPLES: runs of lines that are indented more than its text."""
    section = re.search(r"^EXAMPLES\n(.*?)^\S", rendered(page), re.MULTILINE | re.DOTALL)
    display = []
    for line in [*section[1].splitlines(), ""] if section else []:
        if line.startswith(" " * 8):
            display.append(line)
        elif display:
            indent = min(len(line) - len(line.lstrip()) for line in display)
            yield [line[indent:] for line in display]
            display = []


def example(page, number, display):
    """What a display says to type: `$` begins a command, `>` goes on with it, and what follows `$ cat FILE` is the file."""
    script, files, shown = [], [], None
    for line in display:
        if line.startswith("$ "):
            shown = (line.removeprefix("$ cat "), []) if line.startswith("$ cat ") else None
            if shown:
                files.append(shown)
            else:
                script.append(line[2:])
        elif line.startswith("> ") and not shown:
            script.append(line[2:])
        else:
            assert shown, f"{page}: neither a command nor a file: {line!r}"
            shown[1].append(line)
    return Example(page, number, "\n".join(script), tuple((name, "\n".join(lines) + "\n") for name, lines in files))


def examples():
    """Every example of every page."""
    return [example(page, number, display) for page in PAGES for number, display in enumerate(displays_of(page), 1)]
