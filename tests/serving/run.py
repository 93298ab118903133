#!/usr/bin/env python3
"""Saves a book a thousand times broken under `okrbook serve`, and times how long a good save takes to be shown.

    tests/serving/run.py OKRBOOK BOOK [SAVES]

Each save breaks another file in another way, and is waited for until the page says so. Afterwards the server still shows
the mended book, and holds less than 1.2 times the memory that it had after the first saves. Exits with 1 where it doesn't.
"""

import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

PATIENCE = 120
GROWTH = 1.2
WARM = 30
TIMED = 30
BREAKS = ["{old}\nbroken: [\n", "{old}\n\tx: 1\n", "- 1\n", "{old}\nx: &a [*a]\n", "{old}\nx: \"\n", "\x00", "{old}\n{{\n"]


class Server:
    """The program, serving a copy of a book."""

    def __init__(self, program, book, log):
        self.log = log
        self.process = subprocess.Popen([program, "serve", book, "--port", "0"], stderr=open(log, "w"), stdout=subprocess.DEVNULL)
        self.home = self.wait("an address", lambda: re.search(r"http://127\.0\.0\.1:\d+/", log.read_text()))[0]

    def wait(self, what, look):
        """Returns what `look` finds, as soon as it finds something."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.process.poll() is not None:
                sys.exit(f"FAIL: the server ended: {self.process.returncode}\n{self.log.read_text()[-2000:]}")
            if found := look():
                return found
            time.sleep(0.002)
        sys.exit(f"FAIL: waited in vain: {what}\n{self.log.read_text()[-2000:]}")

    def page(self, path):
        """Returns a page's text, whatever its status."""
        try:
            return urllib.request.urlopen(self.home + path).read().decode()
        except urllib.error.HTTPError as error:
            return error.read().decode()

    def number(self):
        """Returns which edition is shown."""
        return re.search(r'data-number="(\d+)"', self.page("checks.html"))[1]

    def memory(self):
        """Returns how many kilobytes the program holds."""
        return int(re.search(r"VmRSS:\s*(\d+)", pathlib.Path(f"/proc/{self.process.pid}/status").read_text())[1])


def main(program, original, saves=1000):
    """Runs all of it."""
    with tempfile.TemporaryDirectory() as scratch:
        book = pathlib.Path(scratch) / "book"
        shutil.copytree(original, book, symlinks=True)
        files = [book / "okrbook.yaml", *sorted((book / "quarters").glob("*/*.yaml"))[:20]]
        server = Server(program, book, pathlib.Path(scratch) / "log")
        try:
            hold(server, files, saves)
            shown(server, files[-1])
        finally:
            server.process.kill()
            server.process.wait()


def hold(server, files, saves):
    """Saves files broken, one after the other, and compares the memory."""
    texts = {path: path.read_text() for path in files}
    first = 0
    for turn in range(saves):
        path = files[turn % len(files)]
        before = server.number()
        path.write_text(BREAKS[turn % len(BREAKS)].replace("{old}", texts[path]).replace("{{", "{"))
        server.wait("a save", lambda: server.number() != before)
        if turn + 1 == WARM:
            first = server.memory()
        path.write_text(texts[path])
    server.wait("the mended book", lambda: "okrbook-serve-trouble" not in server.page("checks.html"))
    last = server.memory()
    print(f"{saves} broken saves: {first} kB after {WARM}, {last} kB at the end, {last / first:.2f} times")
    if last > GROWTH * first:
        sys.exit(f"FAIL: more than {GROWTH} times")


def shown(server, path):
    """Times saves of a team's title until the page has it."""
    text = path.read_text()
    page = f"{path.parent.name}/{path.stem}.html"
    times = []
    for turn in range(TIMED):
        title = f"Title of save {turn}"
        changed = re.sub(r"title: .*", f"title: {title}", text, count=1)
        begin = time.monotonic()
        path.write_text(changed)
        server.wait("a title", lambda: title in server.page(page))
        times.append(time.monotonic() - begin)
    path.write_text(text)
    print(f"from a save to new bytes: median {statistics.median(times):.3f} s, longest {max(times):.3f} s")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
