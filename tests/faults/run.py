#!/usr/bin/env python3
"""Breaks okrbook at every call that it makes to the file system, and looks at what is left.

Usage: tests/faults/run.py OKRBOOK [SCENARIO...]

Each scenario is a small book and a command that changes it. The command is run under strace, once for each file call
that it makes: killed before the call (SIGKILL), or told that the call failed (EIO; for calls that write also ENOSPC and
EROFS). Whatever happens, what the command replaces must be entirely the old or entirely the new; a failure must be
exit code 3 with the path named; and the same command, run again without any cleaning up, must end in the new state.
Then builds are killed at 200 moments, two builds run at once while one of them is killed, and a disk is full.

The last line counts what passed and failed.
"""

import concurrent.futures
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OKRBOOK = str(Path(sys.argv[1]).resolve()) if len(sys.argv) > 1 else sys.exit(__doc__)
WANTED = sys.argv[2:]
# A file system in memory is quicker; what is proved is what the program asks for, not what a disk makes of it.
SCRATCH = tempfile.mkdtemp(prefix="okrbook-faults-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)

# Calls that can't fail in a way that matters here, or that the standard library makes of its own accord.
IGNORED = {"mmap", "munmap", "mprotect", "fcntl", "ioctl", "poll", "pread64", "execve", "access", "lseek", "close"}
WRITING = {"write", "mkdir", "mkdirat", "link", "linkat", "unlink", "unlinkat", "rename", "renameat", "renameat2",
           "fsync", "fdatasync", "syncfs", "ftruncate", "symlink", "rmdir", "fchmod", "chmod", "copy_file_range",
           "sendfile"}

EVERY_WAY = ("KILL", "EIO", "ENOSPC", "EROFS")

# What another product exported.
TABLE = (
    "Team,Quarter,Objective,Key Result,Start,Target,Date,Value\n"
    "Shop,Q1 2024,Be quick,Late parcels,8,2,2024-03-20,5\n"
    "Depot,Q1 2024,Be quick,Late pallets,8,2,2024-03-20,5\n"
)

SMALL = {
    "okrbook.yaml": "organisation: Small\nas_of: 2026-08-20\n",
    "quarters/2026-Q3/shop.yaml": (
        "objectives:\n  - id: trust\n    title: People trust checkout\n    key_results:\n"
        "      - success: Improve checkout success from 94% to 98%\n"
    ),
    "metrics/success.csv": "date,value\n2026-06-30,94.2\n2026-07-05,94.5\n2026-08-20,96.8\n",
}

passed, failures = 0, []
SKIPPED = object()


def most_calls(log):
    """Returns how many calls the thread with most of them made, in a log of calls of one name."""
    threads = re.findall(r"^(\d+) +\w+\(", log.read_text(errors="replace"), re.MULTILINE)
    return max((threads.count(thread) for thread in set(threads)), default=0)


def environment():
    kept = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "RUST_BACKTRACE")}
    return {**kept, "NO_COLOR": "1", "RAYON_NUM_THREADS": "1"}


def call(arguments, **more):
    return subprocess.run(arguments, env=environment(), capture_output=True, text=True, stdin=subprocess.DEVNULL, **more)


def write_book(folder, files):
    for path, text in files.items():
        path = folder / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def files_below(folder):
    for parent, _, names in os.walk(folder):
        yield from ((Path(parent) / name).relative_to(folder).as_posix() for name in names)


def digest(folder):
    """Returns a digest of the files below a folder, by their paths."""
    state = hashlib.sha256()
    for path in sorted(files_below(folder)):
        text = (folder / path).read_bytes()
        state.update(f"{path}\0{len(text)}\0".encode() + text)
    return state.hexdigest()


class Scenario:
    """A book in its old state, and a command that brings it into its new one."""

    def __init__(self, name, prepare, arguments, shown, ways=EVERY_WAY, always=(), part_of=lambda path: ""):
        self.name, self.arguments, self.shown, self.ways, self.part_of = name, arguments, shown, ways, part_of
        self.always = [word for inject in always for word in ("-e", f"inject={inject}")]
        self.old_book = Path(SCRATCH) / name / "old"
        self.old_book.mkdir(parents=True)
        prepare(self.old_book)
        self.old = self.state(self.old_book)
        fresh = self.copy("fresh")
        ran = call(self.command(fresh))
        if ran.returncode != 0:
            sys.exit(f"{name}: the command fails by itself: {ran.stderr}")
        self.new = self.state(fresh)
        if self.new == self.old:
            sys.exit(f"{name}: the command changes nothing")

    def copy(self, name):
        folder = Path(SCRATCH) / self.name / name / "book"
        if folder.parent.exists():
            shutil.rmtree(folder.parent)
        shutil.copytree(self.old_book, folder)
        return folder

    def command(self, folder):
        return [OKRBOOK, "-C", str(folder), *self.arguments]

    def state(self, folder):
        """Returns a digest of each part that is replaced whole."""
        parts = {}
        for path in sorted(files_below(folder / self.shown)):
            if ".okrbook-" not in path:
                parts.setdefault(self.part_of(path), hashlib.sha256()).update(
                    f"{path}\0{len(text := (folder / self.shown / path).read_bytes())}\0".encode() + text)
        return {part: digest.hexdigest() for part, digest in parts.items()}

    def is_whole(self, state):
        """Says whether each part is the old or the new one."""
        parts = {*self.old, *self.new, *state}
        return all(state.get(part) in (self.old.get(part), self.new.get(part)) for part in parts)

    def calls(self):
        """Returns the calls to break: name and number, as strace counts them, of those that concern the book."""
        folder = self.copy("traced")
        log = folder.parent / "log"
        call(["strace", "-f", "-y", "-o", str(log), "-e", "trace=%file,%desc", *self.always, *self.command(folder)])
        counts, found = {}, {}
        for line in log.read_text(errors="replace").splitlines():
            known = re.match(r"(\d+) +(\w+)\(", line)
            if not known or known[2] in IGNORED:
                continue
            thread, name = known[1], known[2]
            counts[thread, name] = counts.get((thread, name), 0) + 1
            if str(folder) in line:
                creates = name in WRITING or "O_CREAT" in line or "O_WRONLY" in line
                found[name, counts[thread, name]] = creates
        return found

    def cases(self):
        for (name, number), creates in self.calls().items():
            for way in self.ways:
                if way == "KILL":
                    yield name, number, "signal=KILL"
                elif creates or way == "EIO":
                    yield name, number, f"error={way}"

    def broken(self, name, number, how):
        """Breaks one call; returns what is wrong with what is left, or nothing."""
        folder = self.copy(f"{name}-{number}-{how}")
        try:
            inject = f"inject={name}:{how}:when={number}"
            log = folder.parent / f"{folder.name}.log"
            traced = ["strace", "-f", "-qqq", "-o", str(log), "-e", f"trace={name}", "-e", inject]
            ran = call([*traced, *self.always, *self.command(folder)])
            if ran.returncode == 127:
                return SKIPPED  # another thread's call had the same number: the program did not even start
            if "signal" in how and ran.returncode == 0 and most_calls(log) < number and self.state(folder) == self.new:
                return SKIPPED  # the allocator reads a setting of the system at times, and it didn't this time
            if "signal" in how and ran.returncode != -signal.SIGKILL:
                return f"it was not killed: exit code {ran.returncode}; {ran.stderr.strip()}"
            state = self.state(folder)
            if not self.is_whole(state):
                return f"neither old nor new; exit code {ran.returncode}; {ran.stderr.strip()}"
            if "signal" not in how:
                if ran.returncode == 0 and state != self.new:
                    return f"exit code 0 and still the old state; {ran.stderr.strip()}"
                if ran.returncode not in (0, 3):
                    return f"exit code {ran.returncode}: {ran.stderr.strip()}"
                named = [str(folder.parent), *(word for word in self.arguments if word.startswith(str(SCRATCH)))]
                if ran.returncode == 3 and not any(path in ran.stderr for path in named):
                    return f"no path is named: {ran.stderr.strip()}"
                left = [str(path) for path in folder.rglob(".?*.okrbook-*") if not path.name.endswith("-previous")]
                if left and state == self.old:
                    return f"left behind: {left}; exit code {ran.returncode}"
            again = call(self.command(folder))
            if self.state(folder) != self.new:
                return f"the next run does not end in the new state: {again.returncode} {again.stderr.strip()}"
            left = [str(path) for path in folder.rglob(".?*.okrbook-*") if not path.name.endswith("-previous")]
            return f"left behind by the next run: {left}" if left else None
        finally:
            shutil.rmtree(folder.parent, ignore_errors=True)


def note(title, wrong):
    global passed
    if wrong is SKIPPED:
        return
    if wrong is None:
        passed += 1
    else:
        failures.append(f"{title}: {wrong}")
        print(f"FAILED {title}: {wrong}", flush=True)


def scenarios():
    def old_site(folder):
        write_book(folder, SMALL)
        for day in ("2026-08-18", "2026-08-19"):  # two, so that there is a generation before to be removed
            call([OKRBOOK, "build", str(folder), "--as-of", day])

    def unlocked(folder):
        write_book(folder, SMALL)

    def locked(folder):
        write_book(folder, SMALL)
        call([OKRBOOK, "-C", str(folder), "lock", "2026-Q3", "--as-of", "2026-07-06"])
        team = folder / "quarters/2026-Q3/shop.yaml"
        team.write_text(team.read_text().replace("98%", "97%"))

    yield "build", old_site, ["build", "--jobs", "1"], "site"
    yield "first-build", unlocked, ["build", "--jobs", "1"], "site", ("KILL", "ENOSPC")
    # File systems that can't exchange two names: a kill between the two renames is not survived, an error is.
    yield "old-disk", old_site, ["build", "--jobs", "1"], "site", ("ENOSPC",), ("renameat2:error=EINVAL",)
    yield "lock", unlocked, ["lock", "2026-Q3", "--as-of", "2026-07-06"], "."
    amend = ["lock", "2026-Q3", "--amend", "shop/trust/success", "--because", "the gateway changed"]
    yield "amend", locked, amend, "."
    yield "checkin", unlocked, ["checkin", "--kr", "trust/success", "--confidence", "5", "--note", "slow"], "."
    yield "add-metric", unlocked, ["add-metric", "success.csv", "--id", "added", "--aggregate", "mean"], "."
    yield "template", unlocked, ["template", "eject", "grade.html"], "."
    # Each team has a file of its own; a run that was stopped between two of them is carried on by the next.
    start = ["start", "2026-Q4", "--team", "shop", "--team", "depot"]
    yield "start", unlocked, start, ".", EVERY_WAY, (), lambda path: path
    # Files of an import are made one by one, too.
    table = Path(SCRATCH) / "okrs.csv"
    table.write_text(TABLE)
    yield "import", unlocked, ["import", str(table)], ".", EVERY_WAY, (), lambda path: path
    # The bag comes first, then its line in the LOG; a run that was stopped between the two is carried on by the next.
    seal = ["seal", "2026-Q3", "--with-gaps", "--as-of", "2026-10-05"]
    yield "seal", unlocked, seal, "archive", ("KILL", "EIO"), (), lambda path: path.split("/")[0]


def timed_kills(rounds):
    """Kills builds of the example book at moments spread over the whole of a build."""
    folder = Path(SCRATCH) / "timed"
    shutil.copytree(ROOT / "content", folder / "book")
    generations = []
    days = ("2026-11-20", "2026-11-10")
    commands = [[OKRBOOK, "--quiet", "build", str(folder / "book"), "--as-of", day, "-o"] for day in days]
    site = folder / "site"
    for command in commands:
        call([*command, str(site)], check=True)
        generations.append(digest(site))
    begin = time.monotonic()
    call([*commands[0], str(site)], check=True)
    whole = time.monotonic() - begin

    def one(worker, step):
        site = folder / f"site-{worker}"
        build = subprocess.Popen([*commands[step // WORKERS % 2], str(site)], env=environment(), stderr=subprocess.DEVNULL)
        time.sleep(whole * step / rounds * 1.5)
        build.kill()
        build.wait()
        state = digest(site)
        return None if state in generations else "neither the old site nor the new one"

    def all_of(worker):
        call([*commands[1], str(folder / f"site-{worker}")], check=True)
        for step in range(worker, rounds, WORKERS):
            note(f"build killed at moment {step}", one(worker, step))
        call([*commands[1], str(folder / f"site-{worker}")])
        state = digest(folder / f"site-{worker}")
        note(f"build after kills, {worker}", None if state == generations[1] else "not the new site")

    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(all_of, range(WORKERS)))


def two_at_once(rounds):
    """Runs two builds of one site at once and kills the first; the second must still make a whole site."""
    folder = Path(SCRATCH) / "two"
    write_book(folder / "book", SMALL)
    build = [OKRBOOK, "--quiet", "build", str(folder / "book"), "--as-of"]
    states = {}
    for day in ("2026-08-19", "2026-08-20"):
        call([*build, day], check=True)
        states[day] = digest(folder / "book/site")
    begin = time.monotonic()
    call([*build, "2026-08-19"], check=True)
    whole = time.monotonic() - begin
    for step in range(rounds):
        first = subprocess.Popen([*build, "2026-08-19"], env=environment(), stderr=subprocess.DEVNULL)
        second = subprocess.Popen([*build, "2026-08-20"], env=environment(), stderr=subprocess.PIPE)
        if step % 2 == 0:
            time.sleep(whole * step / rounds)
            first.send_signal(signal.SIGKILL)
        first.wait()
        said = second.communicate(timeout=30)[1].decode()
        state = digest(folder / "book/site")
        is_whole = state in states.values() and second.returncode == 0
        left = [path.name for path in (folder / "book").iterdir() if path.name == ".site.okrbook-next"]
        # A killed build may leave its stage where the other was quicker; the next build removes it.
        wrong = None if is_whole and (not left or step % 2 == 0) else f"{second.returncode} {left} {said}"
        note(f"two builds at once, {step}", wrong)


def full_disk():
    """Builds into a file system of 4 MB that is half full and too small for the new site."""
    folder = Path(SCRATCH) / "full"
    disk = folder / "disk"
    disk.mkdir(parents=True)
    write_book(folder / "book", SMALL)
    if call(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]).returncode != 0:
        print("skipped: nothing can be mounted here, so no disk was filled")
        return
    try:
        site = disk / "site"
        call([OKRBOOK, "build", str(folder / "book"), "-o", str(site)], check=True)
        (disk / "others").write_bytes(b"x" * (2 << 20))
        before = digest(disk)
        for _ in range(2):
            ran = call([OKRBOOK, "build", str(ROOT / "content"), "-o", str(site)])
            is_loud = ran.returncode == 3 and str(disk) in ran.stderr and "No space left" in ran.stderr
            is_same = digest(disk) == before
            note("a full disk", None if is_loud and is_same else f"{is_same} {ran.returncode} {ran.stderr[-300:]}")
        again = call([OKRBOOK, "build", str(folder / "book"), "-o", str(site)])
        note("a build after a full disk", None if again.returncode == 0 else again.stderr)
    finally:
        call(["umount", str(disk)])


def main():
    begin = time.monotonic()
    for name, *rest in scenarios():
        if WANTED and name not in WANTED:
            continue
        scenario = Scenario(name, *rest)
        cases = list(scenario.cases())
        print(f"{name}: {len(cases)} calls to break ({time.monotonic() - begin:.0f} s)", flush=True)
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            outcomes = pool.map(lambda case: scenario.broken(*case), cases)
            for case, wrong in zip(cases, outcomes):
                note(f"{name}: {' '.join(map(str, case))}", wrong)
    for name, check in (("timed", lambda: timed_kills(200)), ("two", lambda: two_at_once(40)), ("full", full_disk)):
        if not WANTED or name in WANTED:
            print(f"{name} ({time.monotonic() - begin:.0f} s)", flush=True)
            check()
    print(f"broken in every way in {time.monotonic() - begin:.0f} s")
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures or not passed else 0


WORKERS = os.cpu_count() or 1
try:
    code = main()
finally:
    shutil.rmtree(SCRATCH, ignore_errors=True)
sys.exit(code)
