# SPDX-License-Identifier: Apache-2.0
"""The public symbols of the product, read out of the modules that the debug build left behind: nothing is built again."""

import json
import os
import subprocess
import sys
import tempfile

from tree import own_files

PRODUCTS = ("VajraPulse", "VajraLifecycle")  # the second is re-exported by the first


def public_symbols(root, modules):
    """Each public symbol of the product, as the symbol graph has it. Ends the gate when there is no build to read."""
    for product in PRODUCTS:
        if not os.path.exists(os.path.join(modules, product + ".swiftmodule")):
            sys.exit(f"{modules}: holds no {product}.swiftmodule; run 'swift build' first")
    target = json.loads(subprocess.run(["swift", "-print-target-info"], capture_output=True, check=True).stdout)
    includes = ["-I", modules]
    for folder in sorted({os.path.dirname(p) for p in own_files(root, "Sources") if p.endswith("module.modulemap")}):
        includes += ["-I", os.path.join(root, folder)]
    for product in PRODUCTS:
        command = ["swift", "symbolgraph-extract", "-module-name", product, "-target", target["target"]["triple"]]
        command += ["-minimum-access-level", "public", "-skip-synthesized-members", *includes]
        with tempfile.TemporaryDirectory() as output:
            extraction = subprocess.run(command + ["-output-dir", output], capture_output=True, text=True)
            if extraction.returncode != 0:
                sys.exit(f"swift symbolgraph-extract failed:\n{extraction.stderr.strip()}")
            for name in sorted(os.listdir(output)):
                with open(os.path.join(output, name), encoding="utf-8") as file:
                    yield from json.load(file)["symbols"]
