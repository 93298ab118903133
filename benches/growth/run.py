#!/usr/bin/env python3
"""Counts what books cost that grow in one direction: doubled input costs at most 2.1 times.

    benches/growth/run.py OKRBOOK [--all] [--large] [DIRECTION…]

Each direction of books.py is made at one, two and four times its size (with `--large` at two, four, eight and sixteen
times), and the instructions of `okrbook check` or `okrbook build` are counted by valgrind, less those for
the same book without what grows. Counts are the same on every machine and under any load, which times are not. The exponent
is that of the last doubling: 1 where cost is in proportion to size. Where memory is the matter, the peak of a larger book is
held against a bound for each item. Exits with 1 where a doubling or a peak costs more. Needs valgrind; takes some minutes.
"""

import concurrent.futures
import hashlib
import math
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import threading

sys.dont_write_bytecode = True
import books  # noqa: E402

LIMIT = 2.1
FACTORS = (1, 2, 4)
LARGE_FACTORS = (2, 4, 8, 16)
# Two at a time: more would only wait for each other on a small machine.
WORKERS = 2
SECONDS = 300
# Bytes of address space that a run may take, so that a fault fails instead of filling the machine.
SPACE = 6 << 30
ENVIRONMENT = {**os.environ, "RAYON_NUM_THREADS": "1"}


class Runner:
    """Makes books below a scratch folder and runs the program on them."""

    def __init__(self, program, scratch, factors):
        self.program, self.scratch, self.factors = program, pathlib.Path(scratch), factors
        self.known, self.lock = {}, threading.Lock()

    def arguments(self, direction, files, name):
        """Writes a book and returns the command for it."""
        folder = self.scratch / name
        for path, text in files.items():
            place = folder / "book" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
        places = {"book": folder / "book", "site": folder / "site"}
        return [self.program, "--quiet", *(word.format(**places) for word in direction.command)]

    def run(self, direction, files, wrapper, done):
        """Runs the program on a book and returns what `done` makes of its process and messages."""
        with tempfile.TemporaryDirectory(dir=self.scratch) as name:
            command = wrapper + self.arguments(direction, files, name)
            with tempfile.TemporaryFile() as messages:
                process = subprocess.Popen(
                    command,
                    stdout=subprocess.DEVNULL,
                    stderr=messages,
                    env=ENVIRONMENT,
                    preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (SPACE, SPACE)),
                )
                timer = threading.Timer(SECONDS, process.kill)
                timer.start()
                try:
                    _, status, usage = os.wait4(process.pid, 0)
                finally:
                    timer.cancel()
                process.returncode = os.waitstatus_to_exitcode(status)
                messages.seek(0)
                return done(process.returncode, usage, messages.read().decode(errors="replace"))

    def instructions(self, direction, count):
        """Returns how many instructions a book of a size takes, or nothing where the run didn't end."""
        files = direction.files(count)
        # Without what grows, many books are the same.
        digest = hashlib.sha256(repr((direction.command, sorted(files.items()))).encode()).hexdigest()
        with self.lock:
            known = self.known.get(digest)
        if known is None:
            tool = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
            known = self.run(direction, files, tool, collected)
            with self.lock:
                self.known[digest] = known
        return known

    def peak(self, direction, count):
        """Returns the peak of a book's memory in bytes."""
        return self.run(direction, direction.files(count), [], lambda code, usage, _: usage.ru_maxrss << 10 if code in (0, 1) else None)


def collected(code, _, messages):
    """Returns the instructions that valgrind counted."""
    found = re.search(r"Collected : (\d+)", messages)
    return int(found[1]) if found and code in (0, 1) else None


def row_of(runner, name):
    """Returns a direction's row, and whether it passed."""
    direction = books.DIRECTIONS[name]
    counts = [runner.instructions(direction, direction.size * factor) for factor in (0, *runner.factors)]
    if None in counts:
        return f"{name:38} a run failed or took more than {SECONDS} s: {counts}", False
    own = [count - counts[0] for count in counts[1:]]
    ratios = [after / before if before > 0 else float("inf") for before, after in zip(own, own[1:])]
    passed = all(ratio <= LIMIT for ratio in ratios)
    shown = " ".join(f"{count / 1e6:9.1f}" for count in own) + "  " + " ".join(f"{ratio:5.2f}" for ratio in ratios)
    exponent = math.log2(ratios[-1]) if 0 < ratios[-1] < math.inf else math.nan
    size = direction.size * runner.factors[0]
    return f"{name:38} {size:6} {shown}  {exponent:8.2f}" + ("" if passed else "  costs too much"), passed


def memory_row(runner, name):
    """Returns a row about a direction's peak of memory, and whether it passed."""
    direction = books.DIRECTIONS[name]
    count, bound = books.MEMORY[name]
    peaks = [runner.peak(direction, size) for size in (0, count)]
    if None in peaks:
        return f"memory of {name}: a run failed", False
    each = (peaks[1] - peaks[0]) / count
    passed = each <= bound
    shown = f"{peaks[1] / 2**20:.0f} MiB for {count}, {each:.0f} bytes each, at most {bound}"
    return f"memory of {name}: {shown}" + ("" if passed else "  costs too much"), passed


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program, wanted = os.path.abspath(sys.argv[1]), sys.argv[2:]
    everything, factors = "--all" in wanted, LARGE_FACTORS if "--large" in wanted else FACTORS
    wanted = [name for name in wanted if name not in ("--all", "--large")]
    unknown = [name for name in wanted if name not in books.DIRECTIONS]
    if unknown:
        sys.exit(f"no direction is called {', '.join(unknown)}; there are {', '.join(books.DIRECTIONS)}")
    names = wanted or [name for name in books.DIRECTIONS if everything or name not in books.RARE]
    tasks = [(memory_row, name) for name in names if name in books.MEMORY] + [(row_of, name) for name in names]
    place = "/dev/shm" if os.path.isdir("/dev/shm") else None
    failed = 0
    columns = " ".join(f"{f'{factor // factors[0]}×':>9}" for factor in factors)
    print(f"{'direction':38} {'size':>6} {columns}  ratios  exponent  (millions of instructions)")
    with tempfile.TemporaryDirectory(dir=place) as scratch:
        runner = Runner(program, scratch, factors)
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            for row, passed in pool.map(lambda task: task[0](runner, task[1]), tasks):
                print(row, flush=True)
                failed += not passed
    print(f"{len(tasks) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
