# SPDX-License-Identifier: Apache-2.0
"""`make install` puts the tools, their pages and their completions where the system looks for them, and takes them away."""

import os
import shutil
import subprocess

import pytest

import manuals
import vajra

ROOT = manuals.ROOT
TOOLS = ["vajra-agg", "vajra-ctl", "vajra-export", "vajra-gen"]
PREFIX = "usr/local"
PLACES = {
    **{f"bin/{tool}": f".build/release/{tool}" for tool in TOOLS},
    **{f"share/man/man{page[-1]}/{page}": f"man/{page}" for page in manuals.PAGES},
    **{f"share/bash-completion/completions/{tool}": f"completions/{tool}.bash" for tool in TOOLS},
    **{f"share/zsh/site-functions/_{tool}": f"completions/_{tool}" for tool in TOOLS},
    **{f"share/fish/vendor_completions.d/{tool}.fish": f"completions/{tool}.fish" for tool in TOOLS},
}


def make(goal, destination):
    subprocess.run(
        ["make", "--no-print-directory", "-C", ROOT, goal, f"DESTDIR={destination}", f"PREFIX=/{PREFIX}"], check=True,
        capture_output=True, timeout=vajra.DEADLINE)


def files_below(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The folder below which everything has been installed."""
    if not os.access(ROOT / ".build/release/vajra-gen", os.X_OK):
        pytest.skip("needs .build/release: make build")
    destination = tmp_path_factory.mktemp("destination")
    make("install", destination)
    return destination


def test_everything_is_installed_and_nothing_else(installed):
    assert files_below(installed) == {f"{PREFIX}/{place}" for place in PLACES}
    for place, origin in PLACES.items():
        copy = installed / PREFIX / place
        assert copy.read_bytes() == (ROOT / origin).read_bytes()
        assert os.access(copy, os.X_OK) == place.startswith("bin/")


@pytest.mark.parametrize("page", manuals.PAGES)
def test_man_finds_each_page(installed, page):
    # Debian calls mandoc's own man mman.
    man = shutil.which("mman") or shutil.which("man")
    if man is None:
        pytest.skip("there is no man")
    name, section = page.rsplit(".", 1)
    done = subprocess.run(
        [man, "-M", installed / PREFIX / "share/man", section, name], capture_output=True, text=True, check=False,
        env={**os.environ, "MANPAGER": "cat", "PAGER": "cat"})
    assert done.returncode == 0, done.stderr
    assert "EXAMPLES" in manuals.without_emphasis(done.stdout)


def test_uninstalling_leaves_no_file(tmp_path, installed):
    copy = tmp_path / "copy"
    shutil.copytree(installed, copy)
    (copy / PREFIX / "bin/other").touch()
    make("uninstall", copy)
    assert files_below(copy) == {f"{PREFIX}/bin/other"}
