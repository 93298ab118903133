#!/usr/bin/env python3
"""Pulls the same days from four engines, and holds what came home against what this script computes by itself.

    tests/pull/run.py OKRBOOK [--rows 2000000] [--keep FOLDER]

OKRBOOK is a program built with the feature `pull`. The engines run for real: SQLite, PostgreSQL of Debian on a port of its
own, DuckDB over Parquet in OKRBOOK's own process, and Sail, a distributed engine that speaks Flight SQL, with two workers.
Drivers come from PyPI and npm; FOLDER keeps them for the next time. Then queries fail, servers die, disks are full and
people press Ctrl-C: each time the export that was there stays. In the end no byte that was written holds the secret of a
profile. All that was started is stopped, also when something fails.
"""

import argparse
import glob
import hashlib
import json
import os
import re
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

PACKAGES = ["adbc-driver-sqlite==1.13.0", "adbc-driver-postgresql==1.13.0", "adbc-driver-flightsql==1.13.0", "pysail==0.7.2",
            "pyarrow", "numpy"]
DUCKDB = "@duckdb/node-bindings-linux-x64@1.5.6-r.1"
SECRET = "s3cr3t-Pa55w0rd-of-the-shop"
DAYS = 700
FIRST = "2025-01-01"

started = []


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("okrbook")
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--keep")
    parser.add_argument("--in-venv", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.okrbook = os.path.abspath(options.okrbook)
    if not options.in_venv:
        return install(options)
    scratch = tempfile.mkdtemp(prefix="okrbook-pull-")
    os.chmod(scratch, 0o755)
    try:
        Test(options, scratch).run()
    finally:
        for stop in reversed(started):
            stop()
        shutil.rmtree(scratch, ignore_errors=True)


def install(options):
    """Puts the drivers into a venv, and runs this script there."""
    keep = options.keep or tempfile.mkdtemp(prefix="okrbook-drivers-")
    try:
        python = os.path.join(keep, "venv/bin/python")
        if not os.path.exists(python):
            subprocess.run([sys.executable, "-m", "venv", os.path.join(keep, "venv")], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES], check=True)
        if not os.path.exists(os.path.join(keep, "package")):
            packed = subprocess.run(["npm", "pack", "--silent", DUCKDB], cwd=keep, check=True, capture_output=True, text=True)
            subprocess.run(["tar", "xzf", packed.stdout.split()[-1]], cwd=keep, check=True)
        again = [python, os.path.abspath(__file__), options.okrbook, "--rows", str(options.rows), "--keep", keep, "--in-venv"]
        code = subprocess.run(again).returncode
    finally:
        if not options.keep:
            shutil.rmtree(keep, ignore_errors=True)
    sys.exit(code)


def background(command, log, **more):
    """Starts a program in a group of its own, which is stopped in the end."""
    process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True, **more)

    def stop():
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()

    started.append(stop)
    return process


def free_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


def wait_for(port, seconds=60):
    end = time.time() + seconds
    while time.time() < end:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit(f"nothing listens on {port} after {seconds} s")


class Test:
    def __init__(self, options, scratch):
        self.options, self.scratch, self.keep = options, scratch, options.keep
        self.book, self.profiles = os.path.join(scratch, "book"), os.path.join(scratch, "profiles")
        os.makedirs(os.path.join(self.book, "metrics"))
        os.makedirs(os.path.join(self.book, "quarters/2026-Q3"))
        os.makedirs(self.profiles)
        self.said, self.metrics = [], {}

    def run(self):
        self.write("okrbook.yaml", "organisation: Shop\nas_of: 2026-11-30\n")
        self.make_data()
        for engine in [self.sqlite, self.postgresql, self.duckdb, self.sail]:
            engine()
        self.build_says()
        self.hostile()
        self.failures()
        self.program()
        self.as_csv()
        self.no_secret()
        print("pull: all well")

    # What is asked.

    def write(self, path, text):
        full = os.path.join(self.book, path)
        with open(full, "w") as file:
            file.write(text)

    def metric(self, name, connection, query, **more):
        """Defines a metric that is pulled, and writes all definitions."""
        keys = "".join(f"    {key}: {value}\n" for key, value in more.items())
        body = "".join(f"      {line}\n" for line in query.splitlines())
        self.metrics[name] = (
            f"{name}:\n  file: {name}.csv\n  source: the engine\n  ratio: {{ of: paid, to: tried }}\n"
            f"  pull:\n    connection: {connection}\n{keys}    query: |\n{body}")
        self.write("metrics.yaml", "".join(self.metrics.values()))

    def profile(self, name, driver, options, more=""):
        lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in options.items())
        with open(os.path.join(self.profiles, f"{name}.toml"), "w") as file:
            file.write(f'profile_version = 1\ndriver = "{driver}"\n{more}[Options]\n{lines}')

    def driver(self, name):
        (found,) = glob.glob(os.path.join(self.keep, f"venv/lib/python*/site-packages/adbc_driver_{name}/*.so"))
        return found

    def okrbook(self, *arguments, expect=0, **more):
        environment = dict(os.environ, ADBC_PROFILE_PATH=self.profiles, SHOP_PASSWORD=SECRET)
        environment.pop("SOURCE_DATE_EPOCH", None)
        command = [self.options.okrbook, "-C", self.book, *arguments]
        if arguments[0] in ("build", "check"):
            command = [self.options.okrbook, arguments[0], self.book, *arguments[1:]]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=600, **more)
        self.said.append(done.stdout + done.stderr)
        assert expect is None or done.returncode == expect, f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def pulled(self, name):
        """Pulls a metric, and returns its days with what this script knows of them, the receipt and the seconds."""
        before = time.time()
        self.okrbook("pull", name)
        seconds = time.time() - before
        with open(os.path.join(self.book, f"metrics/{name}.csv"), "rb") as file:
            content = file.read()
        with open(os.path.join(self.book, f"metrics/{name}.pull.json")) as file:
            receipt = json.load(file)
        assert receipt["sha256"] == hashlib.sha256(content).hexdigest()
        lines = content.decode().splitlines()
        assert lines == [lines[0], *sorted(lines[1:])] and receipt["rows"] == len(lines) - 1
        return lines, receipt, seconds

    def holds(self, name, divided=1):
        """Holds a pulled export against what was computed here, day by day, to the last digit."""
        lines, receipt, seconds = self.pulled(name)
        expected = ["day,paid,tried,fees"]
        for day, paid, tried, cents in self.expected[divided]:
            expected.append(f"{day},{paid},{tried},{cents // 100}.{cents % 100:02}")
        plain = [line.rsplit(",", 1) for line in lines]
        numbers = [[head, f"{float(tail):.2f}" if tail != "fees" else tail] for head, tail in plain]
        assert [",".join(line) for line in numbers] == expected, (lines[:3], expected[:3], len(lines), len(expected))
        if name != "sqlite":  # which has no decimals
            assert lines == expected, (lines[:3], expected[:3])
        size = os.path.getsize(os.path.join(self.book, f"metrics/{name}.csv"))
        print(f"{name}: {receipt['engine']} by {receipt['driver']}: {self.options.rows // divided} rows became "
              f"{receipt['rows']} days, {size} bytes, in {seconds:.2f} s")

    # The same rows for all, and what they come to.

    def make_data(self):
        import datetime
        import numpy
        import pyarrow
        import pyarrow.parquet
        rows = self.options.rows
        first = datetime.date.fromisoformat(FIRST)
        self.lake = os.path.join(self.scratch, "lake")
        sums = {divided: numpy.zeros((3, DAYS), dtype=numpy.int64) for divided in (1, 10)}
        chunk = 500_000
        for start in range(0, rows, chunk):
            number = numpy.arange(start, min(start + chunk, rows), dtype=numpy.int64)
            day = (number * 7919) % DAYS
            paid = ((number * 31) % 100 < 93).astype(numpy.int64)
            cents = (number * 17) % 10_000
            for divided, part in sums.items():
                within = slice(None) if divided == 1 else number < rows // divided
                part[0] += numpy.bincount(day[within], paid[within], DAYS).astype(numpy.int64)
                part[1] += numpy.bincount(day[within], minlength=DAYS)
                part[2] += numpy.bincount(day[within], cents[within], DAYS).astype(numpy.int64)
            days = pyarrow.array(day + (first - datetime.date(1970, 1, 1)).days, pyarrow.int64())
            table = pyarrow.table({
                "at": days.cast(pyarrow.int32()).cast(pyarrow.date32()),
                "paid": paid,
                "cents": cents,
                "shard": pyarrow.array(number % 8, pyarrow.int32()),
            })
            pyarrow.parquet.write_to_dataset(table, self.lake, partition_cols=["shard"],
                                             basename_template=f"part-{start}-{{i}}.parquet")
        self.expected = {
            divided: [((first + datetime.timedelta(day)).isoformat(), *(int(value) for value in part[:, day]))
                      for day in range(DAYS) if part[1][day]]
            for divided, part in sums.items()
        }
        self.rows_of = lambda count: ((i, (i * 7919) % DAYS, int((i * 31) % 100 < 93), (i * 17) % 10_000) for i in range(count))
        size = sum(os.path.getsize(path) for path in glob.glob(f"{self.lake}/**/*.parquet", recursive=True))
        print(f"data: {rows} rows, {size} bytes of Parquet in {len(os.listdir(self.lake))} partitions")

    def csv_lines(self, count):
        import datetime
        first = datetime.date.fromisoformat(FIRST)
        days = [(first + datetime.timedelta(day)).isoformat() for day in range(DAYS)]
        return (f"{days[day]},{paid},1,{cents // 100}.{cents % 100:02}\n" for _, day, paid, cents in self.rows_of(count))

    # Engines.

    def sqlite(self):
        path = os.path.join(self.scratch, "shop.db")
        base = sqlite3.connect(path)
        base.execute("create table orders(at text, paid integer, tried integer, fee real)")
        rows = (line.rstrip().split(",") for line in self.csv_lines(self.options.rows // 10))
        base.executemany("insert into orders values(?, ?, ?, ?)", rows)
        base.commit()
        base.close()
        self.profile("sqlite", self.driver("sqlite"), {"uri": f"file:{path}"})
        self.metric("sqlite", "sqlite", "select at as day, sum(paid) as paid, sum(tried) as tried, sum(fee) as fees\n"
                    "from orders where at >= ? group by at", since=FIRST)
        self.holds("sqlite", 10)
        self.sqlite_path = path

    def postgresql(self):
        (binaries,) = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1:]
        self.pg, self.pg_port = os.path.join(self.scratch, "pg"), free_port()
        os.makedirs(self.pg)
        password = os.path.join(self.scratch, "password")
        with open(password, "w") as file:
            file.write(SECRET)
        os.chmod(password, 0o644)
        as_postgres = []
        if os.getuid() == 0:
            shutil.chown(self.pg, "postgres")
            as_postgres = ["runuser", "-u", "postgres", "--"]
        data = os.path.join(self.pg, "data")
        subprocess.run([*as_postgres, f"{binaries}/initdb", "-D", data, "-U", "okr", "-A", "scram-sha-256",
                        f"--pwfile={password}"], check=True, stdout=subprocess.DEVNULL, cwd=self.pg)
        os.remove(password)
        self.start_pg = lambda: background(
            [*as_postgres, f"{binaries}/postgres", "-D", data, "-p", str(self.pg_port), "-k", self.pg, "-c",
             "listen_addresses=127.0.0.1", "-c", "fsync=off"], open(os.path.join(self.scratch, "pg.log"), "a"), cwd=self.pg)
        self.pg_place = len(started)
        self.start_pg()
        wait_for(self.pg_port)
        self.psql("create table orders(at date, paid integer, tried integer, fee numeric(10, 2))")
        copy = subprocess.Popen(self.psql_command("copy orders from stdin with (format csv)"), stdin=subprocess.PIPE,
                                text=True, env=self.pg_environment(), stdout=subprocess.DEVNULL)
        copy.stdin.writelines(self.csv_lines(self.options.rows))
        copy.stdin.close()
        assert copy.wait() == 0
        uri = f"postgresql://okr:{{{{ env_var(SHOP_PASSWORD) }}}}@127.0.0.1:{self.pg_port}/postgres"
        self.profile("shop", self.driver("postgresql"), {"uri": uri})
        self.metric("postgresql", "shop", "select at as day, sum(paid) as paid, sum(tried) as tried, sum(fee) as fees\n"
                    "from orders where at >= $1 group by at", since=FIRST)
        self.holds("postgresql")

    def pg_environment(self):
        return dict(os.environ, PGPASSWORD=SECRET)

    def psql_command(self, sql):
        return ["psql", "-qAt", "-h", "127.0.0.1", "-p", str(self.pg_port), "-U", "okr", "-d", "postgres", "-c", sql]

    def psql(self, sql):
        done = subprocess.run(self.psql_command(sql), env=self.pg_environment(), check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def duckdb(self):
        library = os.path.join(self.keep, "package/libduckdb.so")
        self.profile("lake", library, {"path": ":memory:"}, f'[okrbook]\nfolders = ["{self.lake}"]\n')
        self.metric("duckdb", "lake", "select \"at\" as day, sum(paid)::bigint as paid, count(*) as tried,\n"
                    f"  (sum(cents)::decimal(18, 2) / 100)::decimal(18, 2) as fees\nfrom read_parquet('{self.lake}/*/*.parquet')\n"
                    "where \"at\" >= ? group by \"at\"", since=FIRST)
        self.holds("duckdb")

    def sail(self):
        port = free_port()
        log = os.path.join(self.scratch, "sail.log")
        environment = dict(os.environ, SAIL_MODE="local-cluster", SAIL_CLUSTER__WORKER_INITIAL_COUNT="2",
                           SAIL_CLUSTER__WORKER_MAX_COUNT="2", RUST_LOG="info,sail_execution=debug")
        with open(log, "w") as file:
            background([os.path.join(self.keep, "venv/bin/sail"), "flight", "server", "--port", str(port)], file,
                       env=environment)
        wait_for(port)
        self.profile("cluster", self.driver("flightsql"), {"uri": f"grpc://127.0.0.1:{port}"})
        self.metric("sail", "cluster", "select at as day, sum(paid) as paid, count(*) as tried,\n"
                    "  cast(sum(cents) / 100 as decimal(18, 2)) as fees\n"
                    f"from parquet.`{self.lake}` group by at")
        self.holds("sail")
        self.two_workers(log)

    def two_workers(self, log):
        """Holds the engine's log against the claim that both workers had tasks."""
        with open(log) as file:
            lines = [re.sub(r"\x1b\[[0-9;]*m", "", line).strip() for line in file]
        # A worker that is handed a task tells which others it fetches from.
        handed = {}
        for line in lines:
            found = re.search(r"ReportWorkerKnownPeersRequest .*worker_id: (\d+)", line)
            if found:
                handed.setdefault(found.group(1), line)
        assert len(handed) >= 2, "only these workers had tasks: " + str(handed)
        ran = {(found.group(1), found.group(2)) for line in lines
               if (found := re.search(r"ReportTaskStatusRequest .*stage: (\d+), partition: (\d+), .*Succeeded", line))}
        assert len({stage for stage, _ in ran}) >= 2 and len(ran) >= 3, f"no work was spread: {sorted(ran)}"
        print(f"  on workers {', '.join(sorted(handed))}: {len(ran)} tasks in {len({stage for stage, _ in ran})} stages")
        for line in handed.values():
            print(f"  its log: {line}")

    # What the book says of it.

    def build_says(self):
        site = os.path.join(self.scratch, "site")
        self.okrbook("build", "-o", site)
        for name, engine in [("sqlite", "SQLite 3."), ("postgresql", "PostgreSQL 1"), ("duckdb", "DuckDB 1."),
                             ("sail", "Flight SQL")]:
            with open(os.path.join(site, f"metrics/{name}.html")) as file:
                page = file.read()
            assert re.search(rf"Pulled</dt><dd>\d+ \w+ \d+ from {engine}", page.replace("\u00a0", " ")), (name, engine)
            assert f" from {engine}" in self.okrbook("trace", name)
        csv = os.path.join(self.book, "metrics/sqlite.csv")
        with open(csv) as file:
            whole = file.read()
        with open(csv, "w") as file:
            file.write(whole.replace(",", ",1", 3))
        assert "error[edited-pull]" in self.okrbook("check", expect=1)
        self.okrbook("pull", "sqlite")
        with open(csv) as file:
            assert file.read() == whole
        assert "edited-pull" not in self.okrbook("check", expect=None)
        listed = self.okrbook("pull", "--list")
        assert "used by   duckdb" in listed and "libadbc_driver_postgresql.so" in listed, listed

    # What must not work.

    def refused(self, told, connection, query, arguments=("trial",), **more):
        """Asks a query that must be refused, and finds the export and its receipt as they were."""
        self.metric("trial", connection, query, **more)
        files = [os.path.join(self.book, f"metrics/trial{ending}") for ending in (".csv", ".pull.json")]
        if not os.path.exists(files[1]):
            self.metric("trial", "sqlite", "select at as day, count(*) as paid, count(*) as tried from orders group by at")
            self.okrbook("pull", "trial")
            self.metric("trial", connection, query, **more)
        before = [open(file, "rb").read() for file in files]
        said = self.okrbook("pull", *arguments, expect=None)
        assert told.lower() in said.lower(), f"{query}: {said}"
        self.settled(files, before)
        return said

    def settled(self, files, before):
        assert [open(file, "rb").read() for file in files] == before, "the export changed"
        left = [name for name in os.listdir(os.path.join(self.book, "metrics")) if name.startswith(".")]
        assert not left, left

    def hostile(self):
        victim = os.path.join(self.scratch, "victim.csv")
        for query in [f"copy (select 1) to '{victim}'", "attach ':memory:' as x", "install httpfs", "pragma version",
                      "set enable_external_access = true", "\\! touch victim", "drop table orders", "insert into orders values (1)",
                      "select 1; drop table orders", f"select 1; copy (select 1) to '{victim}'"]:
            self.refused("bad-query", "lake", query)
        for query in ["select current_date as day, count(*) as n from read_csv('/etc/passwd')",
                      "select current_date as day, length(content) as n from read_text('/etc/passwd')",
                      f"select current_date as day, length(content) as n from read_text('{self.book}/metrics.yaml')",
                      "select current_date as day, count(*) as n from read_csv('https://example.com/x.csv')"]:
            self.refused("disabled by configuration", "lake", query)
        self.refused("read-only transaction", "shop",
                     "with x as (insert into orders(at) values (current_date) returning at) select at, 1 as n from x")
        self.refused("syntax error", "shop", "select 1 \\gexec")
        self.refused("syntax error", "shop", "select 1 \\copy orders to victim")
        self.refused("more than 5000 rows", "shop", "select at as day, 1 as paid, 1 as tried from orders")
        self.refused("`boo` (Boolean)", "shop", "select at as day, 1 as paid, true as boo from orders limit 3")
        self.refused("`paid` (numeric) holds neither", "shop", "select at as day, 'NaN'::numeric as paid from orders limit 3")
        self.refused("such as infinity", "shop", "select 'infinity'::timestamp as day, 1 as paid")
        self.refused("a time, not a day", "shop", "select now() as day, 1 as paid")
        self.refused("no rows", "shop", "select at as day, 1 as paid from orders where false")
        self.refused("does not exist", "shop", "select day, n from nowhere")
        self.refused("no profile says what", "nobody", "select 1")
        assert self.psql("select count(*) from orders") == str(self.options.rows)
        assert not os.path.exists(victim)

    def failures(self):
        files = [os.path.join(self.book, f"metrics/trial{ending}") for ending in (".csv", ".pull.json")]
        before = [open(file, "rb").read() for file in files]
        slow = "with s as (select pg_sleep(60)) select current_date as day, 1 as paid, 1 as tried from s"
        began = time.time()
        self.refused("within 1 s", "shop", slow, arguments=["trial", "--timeout", "1"])
        endless = ("with recursive n(i) as (select 1 union all select i + 1 from n) select '2026-01-01' as day, count(*) as paid\n"
                   "from n where i < 0")
        self.refused("within 1 s", "sqlite", endless, arguments=["trial", "--timeout", "1"])
        assert time.time() - began < 30, "timeouts take too long"
        self.ctrl_c(slow)
        self.settled(files, before)
        self.lost_server(slow)
        self.settled(files, before)
        self.full_disk()
        self.settled(files, before)

    def begin(self, query):
        """Starts a pull, and waits until its query runs."""
        self.metric("trial", "shop", query)
        environment = dict(os.environ, ADBC_PROFILE_PATH=self.profiles, SHOP_PASSWORD=SECRET)
        running = subprocess.Popen([self.options.okrbook, "-C", self.book, "pull", "trial"], env=environment,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(200):
            if self.active():
                return running
            time.sleep(0.05)
        running.kill()
        sys.exit("the query never ran: " + running.communicate()[0])

    def active(self):
        return int(self.psql("select count(*) from pg_stat_activity where state = 'active' and query like '%pg_sleep%' "
                             "and pid <> pg_backend_pid()"))

    def ctrl_c(self, query):
        running = self.begin(query)
        running.send_signal(signal.SIGINT)
        said, _ = running.communicate(timeout=20)
        self.said.append(said)
        assert running.returncode == 1 and "broken off" in said, (running.returncode, said)
        for _ in range(100):
            if not self.active():
                return print("Ctrl-C: broken off, and the engine works on it no more")
            time.sleep(0.05)
        sys.exit("the engine goes on with a query that nobody waits for")

    def lost_server(self, query):
        running = self.begin(query)
        started.pop(self.pg_place)()
        said, _ = running.communicate(timeout=30)
        self.said.append(said)
        assert running.returncode == 1 and "not-pulled" in said, (running.returncode, said)
        print("lost server: " + said.splitlines()[0])

    def full_disk(self):
        # Few rows, so that the engine itself needs no disk to sort them.
        self.metric("trial", "sqlite", "select at as day, count(*) as paid, count(*) as tried\n"
                    "from (select * from orders limit 5000) group by at")

        def small():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))

        said = self.okrbook("pull", "trial", expect=3, preexec_fn=small)
        assert "could not write" in said, said
        print("full disk: " + said.splitlines()[0])

    def program(self):
        """Runs a program of the user's own: only when asked to, and only from the user's own profiles."""
        with open(os.path.join(self.profiles, "script.toml"), "w") as file:
            file.write('profile_version = 1\ncommand = ["sh", "-c", "echo day,paid,tried; echo $OKRBOOK_SINCE,1,2"]\n')
        self.metric("trial", "script", "select 1", since="2026-01-01")
        self.refused("a program of yours", "script", "select 1", since="2026-01-01")
        self.okrbook("pull", "trial", "--allow-run")
        with open(os.path.join(self.book, "metrics/trial.csv")) as file:
            assert file.read() == "day,paid,tried\n2026-01-01,1,2\n"
        with open(os.path.join(self.profiles, "script.toml"), "w") as file:
            file.write('profile_version = 1\ncommand = ["sh", "-c", "echo day; echo oh no >&2; exit 3"]\n')
        self.refused(": 3): oh no", "script", "select 1", arguments=["trial", "--allow-run"])
        inside = os.path.join(self.book, "profiles")
        shutil.copytree(self.profiles, inside)
        outside, self.profiles = self.profiles, inside
        self.refused("it lies in the book", "script", "select 1", arguments=["trial", "--allow-run"])
        self.profiles = outside
        shutil.rmtree(inside)
        self.metrics.pop("trial")
        self.write("metrics.yaml", "".join(self.metrics.values()))

    def as_csv(self):
        """Reads the same rows as an export, for comparison."""
        folder = os.path.join(self.scratch, "raw")
        os.makedirs(os.path.join(folder, "metrics"))
        os.makedirs(os.path.join(folder, "quarters/2026-Q3"))
        raw = os.path.join(folder, "metrics/raw.csv")
        with open(raw, "w") as file:
            file.write("day,paid,tried,fees\n")
            file.writelines(self.csv_lines(self.options.rows))
        with open(os.path.join(folder, "okrbook.yaml"), "w") as file:
            file.write("organisation: Shop\nas_of: 2026-11-30\n")
        with open(os.path.join(folder, "metrics.yaml"), "w") as file:
            file.write("raw:\n  file: raw.csv\n  ratio: { of: paid, to: tried }\n")
        self.profile("raw", os.path.join(self.keep, "package/libduckdb.so"), {"path": ":memory:"},
                     f'[okrbook]\nfolders = ["{folder}/metrics"]\n')
        self.metric("raw", "raw", "select \"day\", sum(paid)::bigint as paid, count(*) as tried, sum(fees) as fees\n"
                    f"from read_csv('{raw}', types = {{'day': 'date', 'fees': 'decimal(10, 2)'}})\ngroup by \"day\"")
        self.holds("raw")
        before = time.time()
        subprocess.run([self.options.okrbook, "build", folder, "-o", os.path.join(self.scratch, "raw-site")],
                       check=True, capture_output=True)
        print(f"the same rows as a CSV: {os.path.getsize(raw)} bytes, read by okrbook in {time.time() - before:.2f} s")

    def no_secret(self):
        """Looks for the secret in all that was said and written: the book, its receipts, the sites."""
        looked = 0
        for text in self.said:
            assert SECRET not in text, text
        for top in (self.book, os.path.join(self.scratch, "site"), self.profiles):
            for folder, _, names in os.walk(top):
                for name in names:
                    with open(os.path.join(folder, name), "rb") as file:
                        assert SECRET.encode() not in file.read(), name
                    looked += 1
        wrong = dict(os.environ, ADBC_PROFILE_PATH=self.profiles, SHOP_PASSWORD=SECRET)
        done = subprocess.run([self.options.okrbook, "-C", self.book, "pull", "postgresql"], env=wrong, capture_output=True,
                              text=True)
        assert done.returncode == 1 and SECRET not in done.stdout + done.stderr, done
        assert "[hidden]" in done.stderr, done.stderr
        print(f"no secret in {looked} files and {len(self.said)} messages")


if __name__ == "__main__":
    main()
