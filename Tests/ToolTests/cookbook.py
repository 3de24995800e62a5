# SPDX-License-Identifier: Apache-2.0
"""The recipes of docs/cookbook.md, as a reader sees and copies them."""

import dataclasses
import re

import manuals

PAGE = manuals.ROOT / "docs/cookbook.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: The name that a file's block begins with.
NAME = re.compile(r"# (\w+\.(?:yaml|py|sh))\n")
#: The five fields of time of a crontab's line, before its command.
TIMES = re.compile(r"^(?:[\d*/,-]+ ){5}", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Recipe:
    """One recipe: what to type, what to put into files, and what is seen then."""

    title: str
    script: str
    files: tuple[tuple[str, str], ...]
    #: Commands that cron runs, `%` as it hands them to the shell.
    nightly: str
    shown: str

    def __str__(self):
        return self.title


def recipe(title, text):
    """The recipe of a section."""
    scripts, files, nightly, shown = [], [], "", []
    for language, block in BLOCK.findall(text):
        if name := NAME.match(block):
            files.append((name[1], block))
        elif language == "sh":
            scripts.append(block)
        elif language == "crontab":
            nightly = TIMES.sub("", block).replace(r"\%", "%")
        else:
            assert not language, f"{title}: a block of {language} that is no file"
            shown.append(block)
    return Recipe(title, "".join(scripts), tuple(files), nightly, "".join(shown))


def parts():
    """The page's beginning, and each recipe."""
    beginning, *sections = re.split(r"^### ", PAGE.read_text(), flags=re.MULTILINE)
    return beginning, [recipe(*section.split("\n", 1)) for section in sections]


def server():
    """The flags of the server that the page begins with."""
    (command,) = [block for _, block in BLOCK.findall(parts()[0])]
    return command.split()[1:]


def recipes():
    """Every recipe of the page."""
    return parts()[1]
