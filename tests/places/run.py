#!/usr/bin/env python3
"""Puts links, pipes and other things at every path that a command reads or writes, and looks at what comes of it.

Usage: tests/places/run.py [--all] OKRBOOK [SCENARIO...]

Each scenario is a small book and a command. The command is traced once; every path inside the book that it names to the
system, and every folder above it, is a place. At each place, each kind of thing is put in turn, as anybody could commit
it, and the command is run anew. Of places that lie side by side, such as the pages of a sealed quarter, a few are taken; --all
takes each. Whatever happens:

- nothing outside the book is changed, made or removed, and nothing in the book's repository;
- nothing that stands outside, or in the repository's own folder, shows in what is written or printed;
- the program ends by itself, with one of its own exit codes;
- where it refuses, it names the place, or something above or below it.

The last line counts what passed and failed.
"""

import concurrent.futures
import functools
import hashlib
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TAKES_ALL = sys.argv[1:2] == ["--all"]
ARGUMENTS = sys.argv[1 + TAKES_ALL:]
OKRBOOK = str(Path(ARGUMENTS[0]).resolve()) if ARGUMENTS else sys.exit(__doc__)
WANTED = ARGUMENTS[1:]
SCRATCH = Path(tempfile.mkdtemp(prefix="okrbook-places-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))
SECONDS = 20
# Places of one folder that are taken of what lies in the old site or in the archive.
BESIDE = 1
SECRET = "secret-c5d1e0"

# What another product exported.
TABLE = (
    "Team,Quarter,Objective,Key Result,Start,Target,Date,Value\n"
    "Shop,Q1 2024,Be quick,Late parcels,8,2,2024-03-20,5\n"
    "Depot,Q1 2024,Be quick,Late pallets,8,2,2024-03-20,5\n"
)

BOOK = {
    "okrbook.yaml": "organisation: Small\nas_of: 2026-08-20\nteams:\n  shop: { name: Shop }\n",
    "metrics.yaml": "success:\n  title: Checkout success\n  unit: \"%\"\n  file: success.csv\n",
    "catalogue.yaml": "- phrases: [stars]\n  gamed_by: asking friends\n  instead: orders\n",
    "quarters/2026-Q2/shop.yaml": (
        "objectives:\n  - id: trust\n    title: People trust checkout\n    key_results:\n"
        "      - success: Improve checkout success from 90% to 94%\n"
    ),
    "quarters/2026-Q2/shop.review.md": "## trust/success\n### What worked\nCare.\n",
    "quarters/2026-Q3/index.md": "A quarter.\n",
    "quarters/2026-Q3/shop.yaml": (
        "objectives:\n  - id: trust\n    title: People trust checkout\n    key_results:\n"
        "      - success: Improve checkout success from 94% to 98%\n"
    ),
    "metrics/success.csv": "date,value\n2026-03-30,90\n2026-06-30,94.2\n2026-07-05,94.5\n2026-08-20,96.8\n",
    "pages/about.md": "# About\n",
    "templates/404.html": "{% extends \"builtin/404.html\" %}\n",
    "assets/brand.css": "body { color: black }\n",
    ".git/HEAD": "ref: refs/heads/main\n",
    ".git/config": f"token = {SECRET}\n",
}

OUTSIDE = {
    "file": f"# {SECRET}\norganisation: {SECRET}\n",
    "folder/shop.yaml": (
        f"objectives:\n  - id: trust\n    title: {SECRET}\n    key_results:\n      - k: From 1% to 2% {SECRET}\n"
    ),
    "folder/success.csv": f"date,{SECRET}\n2026-08-20,1\n",
    "folder/index.html": f"{SECRET}\n",
    "folder/.okrbook-site": f"{SECRET}\n",
    "empty/.keep": "",
}


def run(arguments, folder, **more):
    kept = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "RUST_BACKTRACE")}
    environment = {**kept, "NO_COLOR": "1", "RAYON_NUM_THREADS": "1"}
    return subprocess.run(arguments, env=environment, capture_output=True, cwd=folder, stdin=subprocess.DEVNULL, **more)


def write(folder, files):
    for path, text in files.items():
        path = folder / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def state(folder, skip=()):
    """Returns what stands in a folder: kinds, contents, targets of links."""
    found = {}
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if (Path(parent) / name).relative_to(folder).as_posix() not in skip]
        for name in folders + names:
            path = Path(parent) / name
            mode = path.lstat().st_mode
            what = os.readlink(path) if stat.S_ISLNK(mode) else ""
            if stat.S_ISREG(mode):
                what = hashlib.sha256(path.read_bytes()).hexdigest()
            found[path.relative_to(folder).as_posix()] = (stat.S_IFMT(mode), what)
    return found


def holds_secret(folder):
    """Returns a plain file below a folder that holds what stands outside of it."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != ".git"]
        for name in names:
            path = Path(parent) / name
            if stat.S_ISREG(path.lstat().st_mode) and SECRET.encode() in path.read_bytes():
                return path.relative_to(folder).as_posix()
    return None


def link(target):
    return lambda place, work: os.symlink(os.path.relpath(work / target, place.parent), place)


def absolute_link(target):
    return lambda place, work: os.symlink(work / target, place)


def device(place, work):
    try:
        os.mknod(place, 0o666 | stat.S_IFCHR, os.makedev(1, 5))
    except PermissionError:
        os.symlink("/dev/zero", place)


KINDS = {
    "link to a file outside": link("outside/file"),
    "link to a folder outside": absolute_link("outside/folder"),
    "link to an empty folder outside": link("outside/empty"),
    "link to nothing outside": absolute_link("outside/nothing"),
    "link to itself": lambda place, work: os.symlink(place.name, place),
    "link to the book": link("book"),
    "link to the repository's settings": link("book/.git/config"),
    "link to the repository's folder": absolute_link("book/.git"),
    "link to another file of the book": link("book/okrbook.yaml"),
    "link to a device": lambda place, work: os.symlink("/dev/zero", place),
    "pipe": lambda place, work: os.mkfifo(place),
    "device": device,
    "empty folder": lambda place, work: place.mkdir(),
    "folder with a file": lambda place, work: write(place, {"shop.yaml": "objectives: []\n"}),
    "file": lambda place, work: place.write_text("not what is expected\n"),
}


class Scenario:
    """A book, and a command that reads or writes it."""

    def __init__(self, name, arguments, prepare=(), places=()):
        self.name, self.arguments = name, arguments
        self.old = SCRATCH / name / "old"
        write(self.old / "book", BOOK)
        write(self.old / "outside", OUTSIDE)
        for step in prepare:
            ran = run([OKRBOOK, *step], self.old / "book")
            if ran.returncode != 0:
                sys.exit(f"{name}: {step} fails by itself: {ran.stderr.decode()}")
        self.places = sorted({*taken(self.touched()), *places})

    def copy(self, number):
        work = SCRATCH / self.name / f"try-{number}"
        shutil.copytree(self.old, work, symlinks=True)
        return work

    def touched(self):
        """Returns the paths inside the book that the command names to the system, with the folders above them."""
        work = self.copy("traced")
        log = work / "log"
        ran = run(["strace", "-f", "-y", "-s", "4096", "-o", str(log), "-e", "trace=%file", OKRBOOK, *self.arguments],
                  work / "book")
        if ran.returncode not in (0, 1):
            sys.exit(f"{self.name}: the command fails by itself: {ran.stderr.decode()}")
        book = str(work / "book")
        found = set()
        for line in log.read_text(errors="replace").splitlines():
            absolute = re.findall(r'"((?:[^"\\]|\\.)*)"', line)
            beside = re.findall(r'<([^>]*)>, "((?:[^"\\]|\\.)*)"', line)
            for path in [*absolute, *(os.path.join(folder, name) for folder, name in beside)]:
                path = os.path.normpath(path if path.startswith("/") else f"{book}/{path}")
                if path.startswith(f"{book}/") and "\\" not in path:
                    inside = Path(path).relative_to(book)
                    found |= {inside.as_posix(), *(above.as_posix() for above in inside.parents)}
        shutil.rmtree(work)
        return {path for path in found if path != "." and not path.startswith(".git")}

    def cases(self):
        for place in self.places:
            for kind in KINDS:
                yield place, kind

    def try_one(self, number, place, kind):
        work = self.copy(number)
        try:
            return self.judge(work, place, kind)
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def judge(self, work, place, kind):
        book, at = work / "book", work / "book" / place
        if at.is_dir() and not at.is_symlink():
            shutil.rmtree(at)
        elif at.is_symlink() or at.exists():
            at.unlink()
        at.parent.mkdir(parents=True, exist_ok=True)
        KINDS[kind](at, work)
        outside, repository = state(work / "outside"), state(book / ".git")
        before = state(work, skip=("book", "outside"))
        try:
            ran = run([OKRBOOK, *self.arguments], book, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return "hangs"
        told = (ran.stdout + ran.stderr).decode(errors="replace")
        if ran.returncode not in range(5):
            return f"ends with {ran.returncode}: {told[-300:]}"
        if state(work / "outside") != outside or state(book / ".git") != repository:
            return "changes what stands outside"
        if state(work, skip=("book", "outside")) != before or not book.is_dir():
            return "makes or moves something beside the book"
        if SECRET in told:
            return f"prints what stands outside: {told[-300:]}"
        if found := holds_secret(book):
            return f"writes what stands outside into {found}"
        if ran.returncode and not any(name in told for name in names(place)):
            return f"refuses ({ran.returncode}) and doesn't name the place: {told[-300:]}"
        return None


def taken(places):
    """Returns the places that are tried: of files that lie side by side in what okrbook made, some."""
    kept, seen = set(), {}
    for place in sorted(places):
        folder = (Path(place).parent.as_posix(), Path(place).suffix)
        seen[folder] = seen.get(folder, 0) + 1
        if TAKES_ALL or not place.startswith(("site/", "archive/2026")) or seen[folder] <= BESIDE:
            kept.add(place)
    return kept


def names(place):
    """Returns what a message may call a place: itself, or a folder or file above it, but not the whole book."""
    path = Path(place)
    return [path.as_posix(), path.name, *(above.as_posix() for above in path.parents if above.as_posix() != ".")]


def scenarios():
    sealed = [["--quiet", "seal", "2026-Q2", "--with-errors", "--with-gaps"]]
    built = [["--quiet", "build"]]
    beside = ["site", ".site.okrbook-next", ".site.okrbook-aside", ".site.okrbook-previous", "site/index.html"]
    yield functools.partial(Scenario, "check", ["check"], sealed)
    yield functools.partial(Scenario, "build", ["build"], sealed + built, beside)
    yield functools.partial(Scenario, "build-new", ["build"], (), beside)
    yield functools.partial(Scenario, "build-in-place", ["build", "--in-place"], built, beside)
    yield functools.partial(Scenario, "build-elsewhere", ["build", "-o", "public/okrs"], (), ["public", "public/okrs"])
    yield functools.partial(Scenario, "start", ["start", "2026-Q4"], (), ["quarters/2026-Q4/.shop.yaml.okrbook-next"])
    yield functools.partial(Scenario, "lock", ["lock", "2026-Q3"], (), ["quarters/2026-Q3/.lock.yaml.okrbook-next"])
    yield functools.partial(Scenario, "template", ["template", "eject", "grade.html"], (), ["templates", "templates/.grade.html.okrbook-next"])
    changed = [["--quiet", "lock", "2026-Q3"]]
    yield functools.partial(Scenario, "checkin", ["checkin", "--all"], changed)
    yield functools.partial(Scenario, "review", ["review", "2026-Q3"], (), ["quarters/2026-Q3/.shop.review.md.okrbook-next"])
    yield functools.partial(Scenario, "seal", ["seal", "2026-Q2", "--with-errors", "--with-gaps"], (), ["archive", "archive/.LOG.okrbook-next"])
    yield functools.partial(Scenario, "seal-again", ["seal", "2026-Q2", "--supersede", "why", "--with-errors", "--with-gaps"], sealed)
    yield functools.partial(Scenario, "verify", ["verify"], sealed)
    yield functools.partial(Scenario, "verify-rebuild", ["verify", "--rebuild"], sealed, ["archive", "archive/LOG"])
    yield functools.partial(Scenario, "digest", ["digest"])
    yield functools.partial(Scenario, "next", [])
    yield functools.partial(Scenario, "diff", ["diff", "site", "site"], built)
    yield functools.partial(Scenario, "init", ["init", "new"], (), ["new", "new/metrics", "new/quarters", "new/okrbook.yaml", "new/.gitignore"])
    table = SCRATCH / "okrs.csv"
    table.write_text(TABLE)
    beside = ["quarters/2024-Q1", "quarters/2024-Q1/.shop.yaml.okrbook-next", "metrics/.2024-Q1-shop.csv.okrbook-next"]
    yield functools.partial(Scenario, "import", ["import", str(table)], (), beside)
    if run([OKRBOOK, "packet", "2026-Q3"], written(SCRATCH / "able" / "book")).returncode == 0:
        yield functools.partial(Scenario, "packet", ["packet", "2026-Q3"], (), ["2026-Q3.pdf", ".2026-Q3.pdf.okrbook-next"])
        yield functools.partial(Scenario, "packet-elsewhere", ["packet", "2026-Q3", "--all-teams", "-o", "packets"], (), ["packets"])


def written(folder):
    write(folder, BOOK)
    return folder


def main():
    passed, failures, places = 0, [], 0
    for make in scenarios():
        if WANTED and make.args[0] not in WANTED:
            continue
        scenario = make()
        cases = list(scenario.cases())
        places += len(scenario.places)
        failed = 0
        # Processes of their own: most of the work is to lay a book out and to look at it.
        with concurrent.futures.ProcessPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
            outcomes = pool.map(scenario.try_one, range(len(cases)), *zip(*cases), chunksize=8)
            for (place, kind), why in zip(cases, outcomes):
                if why is None:
                    passed += 1
                else:
                    failed += 1
                    failures.append(f"{scenario.name}: {kind} at {place}: {why}")
        print(f"{scenario.name}: {len(scenario.places)} places, {len(cases)} runs, {failed} failed", flush=True)
        shutil.rmtree(SCRATCH / scenario.name)
    for failure in failures[:60]:
        print(failure)
    print(f"{places} places of commands, {len(KINDS)} kinds of things")
    print(f"{passed} passed, {len(failures)} failed")
    return bool(failures) or passed == 0


try:
    code = main()
finally:
    shutil.rmtree(SCRATCH, ignore_errors=True)
sys.exit(code)
