# SPDX-License-Identifier: Apache-2.0
"""The project's own files, and the form of a gate's answer."""

import os
import sys

SKIPPED_FOLDERS = {".build", ".git", ".swiftpm", ".venv", "__pycache__", ".pytest_cache"}


def root_argument(usage):
    """The root folder named on the command line; ends with usage on anything else."""
    if len(sys.argv) < 2 or not os.path.isdir(sys.argv[1]):
        sys.exit(f"usage: {os.path.basename(sys.argv[0])} {usage}")
    return sys.argv[1]


def own_files(root, *folders):
    """Paths relative to root, sorted, of every file in these folders of it (default: all)."""
    found = []
    for folder in folders or (".",):
        for directory, subfolders, names in os.walk(os.path.join(root, folder)):
            subfolders[:] = [name for name in subfolders if name not in SKIPPED_FOLDERS]
            found += [os.path.relpath(os.path.join(directory, name), root) for name in names]
    return sorted(found)


def lines_of(root, path):
    """The file's lines; what is not UTF-8 becomes U+FFFD."""
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read().splitlines()


def answer(findings, summary):
    """Ends the gate: 0 and one summary line when there is nothing to find, else 1 and one line a finding."""
    for finding in findings:
        print(finding)
    if findings:
        sys.exit(1)
    print(summary)
    sys.exit(0)
