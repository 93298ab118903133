"""What the rows of exports say: reads their text as a metric's definition asks, and keeps the rows day by day.

In: a definition as metrics.yaml has it, the exports' text, the book's zone and as-of day. Out: a `Series` whose
windows are computed from single rows.
"""

import csv
import io
import json
from bisect import bisect_left
from fractions import Fraction as F

from cells import Dates, first_holding, first_of, is_blank, kept_on, last_of, length, number, period
from series import SECONDS, Missing, Series, fits

# Lists that speak at least so often are read by the days that they cover, not by their gaps.
OFTEN = 7


class Row:
    """A row that counts: the day it is kept on, the moment, and what was taken from it."""

    def __init__(self, day, moment, value, weight, place):
        self.day, self.moment, self.value, self.weight, self.place = day, moment, value, weight, place


class Table:
    """One export: its header, and its rows with the lines they stand on."""

    def __init__(self, name, text):
        header = text.split("\n", 1)[0]
        delimiter = max(",;\t|", key=header.count)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        self.name, self.header = name, next(reader)
        self.rows = []
        line = reader.line_num
        for cells in reader:
            # A row of blank cells is none.
            if any(cell.strip() for cell in cells):
                self.rows.append((line + 1, cells))
            line = reader.line_num
        self.decimal = "," if delimiter == ";" else "."

    def place(self, column):
        return column - 1 if isinstance(column, int) else self.header.index(column)


class Query:
    """A definition, and how cells are asked by it."""

    def __init__(self, definition, id, unit):
        self.definition, self.unit = definition, definition.get("unit", unit)
        self.id = id
        get = definition.get
        self.value = get("value")
        self.count, self.stock, self.ratio = get("count"), get("stock"), get("ratio")
        self.weight = get("weighted_by")
        self.scale = F(str(get("scale", 1)))
        self.where = get("where", {})
        self.grain = get("grain")
        self.unique_by = get("unique_by")
        self.aggregate = "count" if self.count else "ratio" if self.ratio else get("aggregate", "last")

    def files(self, all_files):
        """The exports that it reads, sorted by name."""
        named = self.definition.get("file", f"{self.id}.csv")
        named = [named] if isinstance(named, str) else named

        def fits_name(name):
            return any(name == one or ("*" in one and name.startswith(one.split("*")[0])) for one in named)

        return [Table(name, all_files[name]) for name in sorted(all_files) if fits_name(name)]

    def admits(self, table, cells, dates):
        for column, test in self.where.items():
            cell = cells[table.place(column)].strip()
            if isinstance(test, dict):
                if not self.in_range(table, cell, test, dates):
                    return False
            else:
                wanted = [str(text).strip() for text in (test if isinstance(test, list) else [test])]
                if not (cell in wanted or ("" in wanted and is_blank(cell))):
                    return False
        return True

    def is_open(self, table, cells, dates, as_of):
        """Whether a row's time has begun and not ended."""
        if not (isinstance(self.value, dict) and "to" in self.value):
            return False
        begun = dates.read(cells[table.place(self.value["from"])])
        has_ended = not is_blank(cells[table.place(self.value["to"])])
        return begun is not None and begun.day <= as_of and not has_ended and self.admits(table, cells, dates)

    @staticmethod
    def in_range(table, cell, test, dates):
        low, high = test.get("from"), test.get("to")
        day = dates.read(cell)
        if day is not None and isinstance(low or high, str):
            ends = [end and Dates(None, None, "UTC").read(end).day for end in (low, high)]
            found = day.day
        else:
            ends = [end if end is None else F(str(end)) for end in (low, high)]
            found = number(cell, table.decimal)
        return found is not None and (ends[0] is None or ends[0] <= found) and (ends[1] is None or found <= ends[1])

    def measure(self, table, cells, dates):
        """What is taken from a row, with its weight; nothing where the row has none."""
        cell = lambda column: cells[table.place(column)]
        if self.count:
            return F(1), F(1)
        if self.ratio:
            of, to = (number(cell(self.ratio[part]), table.decimal) for part in ("of", "to"))
            # An empty cell adds nothing to its own sum.
            return None if of is None and to is None else ((of or 0) * (100 if self.unit == "%" else 1), to or F(0))
        if isinstance(self.value, dict) and "to" in self.value:
            begun, ended = (dates.read(cell(self.value[part])) for part in ("from", "to"))
            if begun is None or ended is None:
                return None
            return F(ended.seconds() - begun.seconds()) / SECONDS[self.unit] * self.scale, F(1)
        if isinstance(self.value, dict):
            amount, less = (number(cell(self.value[part]), table.decimal) for part in ("column", "minus"))
            return None if amount is None else ((amount - (less or 0)) * self.scale, F(1))
        column = self.value if self.value is not None else self.only_number(table)
        if self.unit in SECONDS:
            found = length(cell(column), self.definition.get("duration_format"), self.unit)
        else:
            found = number(cell(column), table.decimal)
        weight = F(1) if self.weight is None else number(cell(self.weight), table.decimal)
        return None if found is None or weight is None else (found * self.scale, weight)

    def only_number(self, table):
        """The only column that holds numbers and no dates."""
        date = table.place(self.date_of(table))

        def holds_numbers(place):
            filled = [cells[place] for _, cells in table.rows if not is_blank(cells[place])]
            return bool(filled) and all(number(cell, table.decimal) is not None for cell in filled)

        found = [place for place in range(len(table.header)) if place != date and holds_numbers(place)]
        return found[0] + 1 if found else 1

    def date_of(self, table):
        """Where the date of a row stands: the named column, that in which its time ends, or the first with dates."""
        stated = self.definition.get("date")
        if stated is not None:
            return stated
        if isinstance(self.value, dict) and "to" in self.value:
            return self.value["to"]
        dates = Dates(self.definition.get("date_format"), None, "UTC")

        def holds_dates(place):
            filled = [cells[place] for _, cells in table.rows if not is_blank(cells[place])]
            return bool(filled) and all(dates.read(cell) or period(cell, self.grain) for cell in filled)

        places = [place for place in range(len(table.header)) if holds_dates(place)]
        return places[0] + 1 if places else 1


class RowSeries(Series):
    """A metric measured from rows."""

    def __init__(self, case, prefix, book):
        definition = json.loads(case[prefix + "query"])
        texts, unit = json.loads(case[prefix + "files"]), case.get(prefix + "borrowed")
        parts = definition.pop("parts", None)
        if parts is None:
            self.read_all(Query(definition, case[prefix + "id"], unit), texts, book)
        else:
            self.join([RowSeries.of_part({**definition, **part}, unit, texts, book) for part in parts], parts)
        self.days = [row.day for row in self.rows]
        self.points = self.daily()

    @classmethod
    def of_part(cls, definition, unit, texts, book):
        """The rows of an export that others go on from, or that goes on from others."""
        part = cls.__new__(cls)
        part.read_all(Query(definition, None, unit), texts, book)
        return part

    def join(self, read, parts):
        """Takes of each part the rows of its days; what is said of silence is said of the last one."""
        self.__dict__.update(read[-1].__dict__)
        ends = [Dates(None, None, "UTC").read(part["until"]).day for part in parts[:-1]]
        self.seams = [(end, part.grain) for end, part in zip(ends, read)]
        starts, ends = [-(10**7), *(end + 1 for end in ends)], [*ends, 10**7]
        self.rows = [row for part, first, last in zip(read, starts, ends) for row in part.rows if first <= row.day <= last]
        self.names = [name for part in read for name in part.names]
        self.open_rows = sum(part.open_rows for part in read)
        self.spoken = [day for part in read for day in part.spoken]
        for part, end in reversed(list(zip(read[:-1], ends))):
            if part.heartbeat is not None:
                self.heartbeat = max(min(part.heartbeat, end), -(10**7) if self.heartbeat is None else self.heartbeat)
            if self.longest_gap is None:
                self.longest_gap = part.longest_gap

    def read_all(self, query, texts, book):
        definition = query.definition
        self.query, self.aggregate = query, query.aggregate
        self.unit = query.unit or "-"
        self.per = definition.get("per", "-")
        self.every = definition.get("every", "-")
        self.trailing = days_of(definition.get("window"))
        self.fresh = days_of(definition.get("fresh_within"))
        self.adds_up = self.aggregate in ("sum", "count")
        self.is_time = isinstance(definition.get("value"), dict) and "from" in definition["value"]
        self.is_flow = self.adds_up and self.trailing is None
        self.divides = self.aggregate not in ("last", "min", "max", "sum", "count")
        self.as_of = book["as_of"]
        self.grain, self.seams = "day", []
        self.hears_others = self.aggregate != "last"
        self.rows, self.spoken, self.open_rows, self.stocks = [], [], 0, []
        self.here, self.newest, self.last_here = {}, {}, None
        tables = query.files(texts)
        self.names = [table.name for table in tables]
        for table in tables:
            self.read(table, book["zone"])
        for _, found in self.newest.values():
            self.keep(found)
        self.rows.sort(key=lambda row: (row.day, row.moment))
        self.settle(definition)

    def read(self, table, zone):
        query = self.query
        dates = Dates(query.definition.get("date_format"), query.definition.get("zone"), zone)
        column = query.stock["from"] if query.stock else query.date_of(table)
        for line, cells in table.rows:
            cells = cells + [""] * (len(table.header) - len(cells))
            if query.stock:
                self.read_stock(table, cells, dates, line)
                continue
            is_open = query.is_open(table, cells, dates, self.as_of)
            if is_open and self.hears_others:
                self.spoken.append(dates.read(cells[table.place(query.value["from"])]).day)
            span = self.span(table, cells, column, dates)
            if span is None:
                self.note(self.key_of(table, cells), None, line, "open" if is_open else None)
            if span is None or span[1] > self.as_of:
                continue
            grain, first, moment = span
            # The period that runs counts as far as it has come.
            last, day = min(last_of(grain, first), self.as_of), min(kept_on(grain, first), self.as_of)
            counts = query.admits(table, cells, dates)
            taken = query.measure(table, cells, dates) if counts else None
            key = self.key_of(table, cells)
            self.note(key, day, line, self.refusal(table, cells) if not counts else "open" if taken is None and is_open else None)
            # A row without a number says nothing; nor do others where the newest value is asked for.
            if counts and taken is None or not (counts or self.hears_others):
                continue
            self.grain = grain
            self.spoken += [first, last]
            if counts:
                self.note(key, day, line, Row(day, moment, *taken, (table.name, line)))
        self.end_table()

    def key_of(self, table, cells):
        """What makes a row one; nothing where each row is one."""
        return self.query.unique_by and cells[table.place(self.query.unique_by)].strip() or None

    def refusal(self, table, cells):
        """What a row comes to that the conditions refuse: nothing where it only lacks a cell that they ask for."""
        asked = [cells[table.place(column)].strip() for column in self.query.definition.get("where", {})]
        return None if "" in asked else "no"

    def note(self, key, day, line, found):
        """Keeps what a row comes to; of rows with one key only that of the newest, by day and line."""
        if key is None:
            self.keep(found)
            return
        here = self.here.get(key)
        # A row without a day is as late as its line; of one day, what says nothing takes nothing from what does.
        is_apart = here is not None and None not in (here[0], day) and here[0] != day
        if here is None or (here[0] < day if is_apart else found is not None or here[2] is None):
            self.here[key] = day, line, found
        self.last_here = max([known for known in (self.last_here, day) if known is not None], default=None)

    def end_table(self):
        """Of the rows with one key in several exports, those of the one that reaches the furthest count."""
        own = -(10**9) if self.last_here is None else self.last_here
        for key, (_, _, found) in self.here.items():
            if key not in self.newest or self.newest[key][0] <= own:
                self.newest[key] = own, found
        self.here, self.last_here = {}, None

    def keep(self, found):
        if found == "open":
            self.open_rows += 1
        elif isinstance(found, Row):
            self.rows.append(found)
        elif found not in (None, "no"):
            self.stocks.append(found)

    def span(self, table, cells, column, dates):
        """How long a period a row speaks of, its first day, and its moment; nothing where it has no date."""
        if isinstance(column, dict):
            part = next(part for part in ("month", "week", "quarter") if part in column)
            numbers = (int(cells[table.place(column[name])]) for name in ("year", part))
            found = part, first_of(part, *numbers)
        else:
            cell = cells[table.place(column)]
            found = period(cell, self.query.grain)
            if not found:
                when = dates.read(cell)
                return when and ("day", when.day, when.seconds())
        return (*found, found[1])

    def read_stock(self, table, cells, dates, line):
        query = self.query
        begun, ended = (dates.read(cells[table.place(query.stock[part])]) for part in ("from", "until"))
        if begun is None or begun.day > self.as_of:
            return
        counts = query.admits(table, cells, dates)
        self.note(self.key_of(table, cells), begun.day, line, None if counts else self.refusal(table, cells))
        if counts or self.hears_others:
            self.spoken += [when.day for when in (begun, ended) if when is not None and when.day <= self.as_of]
        if counts:
            found = begun.day, None if ended is None else ended.day
            self.note(self.key_of(table, cells), begun.day, line, found)

    def settle(self, definition):
        """Up to which day the exports speak, and how long they were silent before."""
        stated = definition.get("complete_through")
        last = max(self.spoken, default=None)
        self.longest_gap, self.is_stated = None, stated is not None
        if stated is not None:
            day = self.as_of - 1 if stated == "yesterday" else Dates(None, None, "UTC").read(stated).day
            last = min(self.as_of, day if last is None else max(day, last))
        self.heartbeat = last
        days = sorted(set(self.spoken))
        if self.adds_up and self.grain == "day":
            self.longest_gap = max((b - a for a, b in zip(days, days[1:])), default=0)
        if self.stocks:
            self.keep_stock()

    def keep_stock(self):
        """A row for each day, with how many are open at its end."""
        first = min(begun for begun, _ in self.stocks)
        for day in range(first, self.heartbeat + 1):
            count = sum(begun <= day and (ended is None or ended > day) for begun, ended in self.stocks)
            self.rows.append(Row(day, 0, F(count), F(1), None))

    def daily(self):
        found = []
        for day in sorted(set(self.days)):
            try:
                value = self.value_of(self.between(day, day + 1))
            except Missing:
                continue
            if value is not None:
                found.append((day, value))
        return found

    def between(self, start, end):
        return self.rows[bisect_left(self.days, start) : bisect_left(self.days, end)]

    def is_cut(self, start, day):
        """Whether a window that begins on a day holds the end of a period and not its beginning."""
        grain = next((grain for until, grain in self.seams if day <= until), self.grain)
        return grain in ("month", "quarter", "year") and first_day(grain, day) < start

    def counted(self, start, end):
        """The rows of a window; periods that it cuts are left out, but not where it is one day."""
        rows = self.between(start, end)
        if end - start > 1:
            rows = [row for row in rows if not self.is_cut(start, row.day)]
        return rows

    def inside(self, start, end):
        found = super().inside(start, end)
        return [(day, value) for day, value in found if end - start == 1 or not self.is_cut(start, day)]

    def value_of(self, rows):
        """The aggregate over rows; nothing where there are none, or where it can't be divided."""
        if not rows:
            return None
        values = [row.value for row in rows]
        kind = self.aggregate
        if kind == "last":
            return values[-1]
        if kind in ("min", "max"):
            return (min if kind == "min" else max)(values)
        if self.adds_up:
            return self.total(values)
        if kind == "ratio":
            whole = self.total(row.weight for row in rows)
            return self.total(values) / whole if whole else None
        if kind == "mean":
            whole = self.total(row.weight for row in rows)
            return self.total(row.value * row.weight for row in rows) / whole if whole else None
        place = (F(1, 2) if kind == "median" else F(kind[1:]) / 100) * (len(values) - 1)
        ordered = sorted(values)
        low = int(place)
        high = min(low + 1, len(ordered) - 1)
        return fits(ordered[low] + (ordered[high] - ordered[low]) * (place - low))

    def measure(self, start, end):
        rows = self.counted(start, end)
        if not rows:
            return self.silence(start, end)
        value = self.value_of(rows)
        return None if value is None else (value, rows[0].day, rows[-1].day)

    def silence(self, start, end):
        """A sum or count of nothing is zero where the exports speak of the window; longer periods may lie across it."""
        if not self.adds_up or self.is_cut(start, start) or self.heartbeat is None or self.covered(start, end) <= 0:
            return None
        if self.spoken and end <= min(self.spoken):
            return None
        return F(0), start, min(end - 1, self.speaks_until(end - 1))

    def part_of(self, day):
        ends = [end + 1 for end, _ in self.seams]
        return max([end for end in ends if end <= day], default=-(10**7)), min([end for end in ends if end > day], default=10**7)

    def with_data(self, start, end):
        return sorted({row.day for row in self.counted(start, end)})

    def narrow(self, start, end):
        """Starts of metrics with a trailing window are sought in it alone, which the documents don't say."""
        return (start if self.trailing is None else end - self.trailing), end

    def last_day(self):
        return self.days[-1] if self.days else None

    def tallied(self, start, end):
        """Where the newest value is asked for and none is due, each row is a point, however many a day has."""
        if self.aggregate == "last" and self.every == "-" and not self.query.stock:
            return [row.value for row in self.counted(start, end)]
        return super().tallied(start, end)

    def evidence(self, start, end):
        """How many rows a window rests on, and how many of each file from which line to which."""
        places = [row.place for row in self.counted(start, end) if row.place]
        files = []
        for name in self.names:
            lines = [line for file, line in places if file == name]
            files.append(f"{len(lines)}+{min(lines, default=0)}+{max(lines, default=0)}")
        return len(places), ",".join(files)

    def speaks_until(self, day):
        if self.heartbeat is None:
            return None
        silence, gap = day - self.heartbeat, None if self.is_stated else self.longest_gap
        goes_on = gap is not None and day <= self.as_of and silence <= gap and (gap > OFTEN or day < self.as_of)
        return day if silence <= 0 or goes_on else self.heartbeat

    def silent_since(self, day, patience):
        """The day since which a list of events is silent for longer than ever, and than patience lasts."""
        if self.heartbeat is None or self.longest_gap is None:
            return None
        is_list = self.aggregate == "count" or self.longest_gap > OFTEN
        return self.heartbeat if is_list and day - self.heartbeat > max(self.longest_gap, patience) else None

    def days_of(self, start, end):
        """The days that a quarter's rows speak of: those of its weeks, where each row is one."""
        kept = [day for day in self.days if start <= day < end]
        if self.grain != "week" or not kept:
            return start, end
        thursdays = [day for day in range(start, end) if (day - kept[0]) % 7 == 0]
        return thursdays[0] - 3, thursdays[-1] + 4

    def covered(self, start, end):
        until = self.speaks_until(end - 1)
        return 0 if until is None else max(0, min(end, until + 1) - start)


def days_of(text):
    return None if text is None else int(text.split(" ")[0])


def first_day(grain, kept):
    """The first day of the period that is kept on a day."""
    return kept - 3 if grain == "week" else first_holding(grain, kept)
