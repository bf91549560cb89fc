#!/usr/bin/env python3
"""Compares which instructions NVIDIA's assembler takes and which the emulated driver takes.

    compare.py LIBRARY [--targets 80 89 90a 120] [--family NAME] [--show] [--write]

LIBRARY is the emulated driver (build/driver/libridgepoint_emulator.so); `ptxas` must be on the PATH. Each family writes every spelling it
knows of, legal or not, and both are asked about each. --show prints those on which they differ; --write makes TABLE.md.

Only whether a spelling is taken is compared: what it does is for the tests in unit/. Spellings are tried as single instructions in a
kernel of their own (a few hundred at a time for ptxas, whose errors name lines).
"""
import argparse
import collections
import ctypes
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import asynchronous
import matrix
import memory
import scalar
import warp
from forms import DECLARATIONS

FAMILIES = {**scalar.FAMILIES, **memory.FAMILIES, **warp.FAMILIES, **asynchronous.FAMILIES, **matrix.FAMILIES}
CHUNK = 300
PTX_VERSION = "9.0"


def kernel(target, lines):
    head = f".version {PTX_VERSION}\n.target sm_{target}\n.address_size 64\n.visible .entry k()\n{{\n{DECLARATIONS}"
    return head, head + "\n".join(lines) + "\nret;\n}\n"


class Assembler:
    """ptxas, asked about many lines at once."""

    def __init__(self, target):
        self.target = target

    def refused(self, lines):
        bad = set()
        for start in range(0, len(lines), CHUNK):
            bad |= self._refused_of(lines[start:start + CHUNK])
        return bad

    def takes(self, line):
        return self._run([line])[0]

    def _refused_of(self, lines):
        bad = set()
        while lines:
            passed, at = self._run(lines)
            if passed:
                break
            if not at:  # an error without a line, of a later phase: halve until it is one instruction's
                if len(lines) == 1:
                    bad.add(lines[0])
                    break
                middle = len(lines) // 2
                return bad | self._refused_of(lines[:middle]) | self._refused_of(lines[middle:])
            bad |= {lines[i] for i in at}
            lines = [line for i, line in enumerate(lines) if i not in at]
        return bad

    def _run(self, lines):
        head, text = kernel(self.target, lines)
        with tempfile.NamedTemporaryFile("w", suffix=".ptx") as file:
            file.write(text)
            file.flush()
            run = subprocess.run(["ptxas", f"-arch=sm_{self.target}", "-O0", file.name, "-o", os.devnull], capture_output=True, text=True)
        first = head.count("\n") + 1
        at = {int(number) - first for number in re.findall(r"line (\d+); (?:error|fatal)", run.stderr)}
        return run.returncode == 0, {i for i in at if 0 <= i < len(lines)}


class Emulator:
    """The emulated driver, in this process: one architecture for its life."""

    def __init__(self, library, target):
        os.environ["RIDGEPOINT_EMULATED_ARCH"] = target
        self.target = target
        self.driver = ctypes.CDLL(library)
        context = ctypes.c_void_p()
        assert self.driver.cuInit(0) == 0 and self.driver.cuCtxCreate_v2(ctypes.byref(context), 0, 0) == 0

    def refused(self, lines):
        return {line for line in lines if not self._takes(line)}

    def _takes(self, line):
        module = ctypes.c_void_p()
        result = self.driver.cuModuleLoadData(ctypes.byref(module), kernel(self.target, [line])[1].encode())
        if result == 0:
            self.driver.cuModuleUnload(module)
        elif result != 218:  # CUDA_ERROR_INVALID_PTX
            sys.exit(f"{line}: the driver answered {result}")
        return result == 0


def compare(library, target, names):
    """(family, spelling, taken by ptxas, taken by the emulator) of one target. In a process of its own."""
    assembler, emulator = Assembler(target), Emulator(library, target)
    rows = []
    for name in names:
        lines = list(dict.fromkeys(FAMILIES[name]()))
        no, never = assembler.refused(lines), emulator.refused(lines)
        # Neighbours may spoil a line for ptxas (fragments of wmma do), so what would count against the emulator is asked again, alone.
        no -= {line for line in no - never if assembler.takes(line)}
        rows += [(name, line, line not in no, line not in never) for line in lines]
    return rows


def opcode_of(line):
    return line.split()[0].rstrip(";").split(".")[0]


def in_child(arguments, target):
    command = [sys.executable, __file__, arguments.library, "--one", target] + sum((["--family", f] for f in arguments.family), [])
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for row in text.splitlines():
        family, line, taken, runs = row.split("\t")
        yield family, line, taken == "True", runs == "True"


def write_table(results, path):
    count = collections.defaultdict(collections.Counter)
    differing = collections.defaultdict(lambda: collections.defaultdict(set))
    for target, rows in results.items():
        for family, line, taken, runs in rows:
            kind = ("both" if runs else "refused") if taken else ("lax" if runs else "neither")
            count[family][kind] += 1
            if kind in ("refused", "lax"):
                differing[kind][(family, line.split()[0].rstrip(";"))].add(target)
    text = ["# Spellings: the emulated driver against ptxas", "",
            "Made by `compare.py --write`; not edited. Counted over the targets " + ", ".join(f"sm_{t}" for t in results) + ", PTX " + PTX_VERSION + ".", "",
            "| family | written | both take | both refuse | only ptxas takes | only the emulator takes |", "|---|---|---|---|---|---|"]
    for family, kinds in count.items():
        text.append(f"| {family} | {sum(kinds.values())} | {kinds['both']} | {kinds['neither']} | {kinds['refused']} | {kinds['lax']} |")
    for kind, title in (("refused", "Only ptxas takes"), ("lax", "Only the emulator takes")):
        text += ["", f"## {title}", ""]
        by_root = collections.defaultdict(list)
        for (family, spelling), targets in differing[kind].items():
            by_root[(family, spelling.split(".")[0], " ".join(t for t in results if t in targets))].append(spelling)
        for (family, root, targets), spellings in by_root.items():
            text.append(f"- {family}, `{root}` on {targets}: {len(spellings)}, as `{spellings[0]}`")
    path.write_text("\n".join(text) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("library")
    parser.add_argument("--targets", nargs="+", default=["80", "89", "90a", "120"])
    parser.add_argument("--family", action="append", default=[], help="one of: " + ", ".join(FAMILIES))
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        for row in compare(arguments.library, arguments.one, arguments.family or FAMILIES):
            print(*row, sep="\t")
        return
    results = {target: list(in_child(arguments, target)) for target in arguments.targets}
    if arguments.show:
        for target, rows in results.items():
            for family, line, taken, runs in rows:
                if taken != runs:
                    print(target, "ptxas only" if taken else "emulator only", family, line, sep="\t")
    if arguments.write:
        write_table(results, pathlib.Path(__file__).with_name("TABLE.md"))
    counts = collections.Counter((taken, runs) for rows in results.values() for _, _, taken, runs in rows)
    print(f"{sum(counts.values())} asked: {counts[True, True]} both take, {counts[False, False]} both refuse, "
          f"{counts[True, False]} only ptxas takes, {counts[False, True]} only the emulator takes")


if __name__ == "__main__":
    main()
