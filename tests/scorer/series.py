"""Numbers with units, and what a metric's days say of a window; where a number is too large there is none."""

from datetime import date, timedelta
from fractions import Fraction as F

EPOCH = date(1970, 1, 1)
SECONDS = {"µs": F(1, 10**6), "ms": F(1, 1000), "s": F(1), "min": F(60), "h": F(3600), "d": F(86400), "weeks": F(604800)}
LIMIT = 2**96 - 1
TOO_LARGE = "too-large"
# So many digits that hardly anybody writes them.
MANY = 25


class Missing(Exception):
    """Why there is no score."""


def fits(number):
    """A number that is not too large to compute with, even rounded."""
    is_far_below = number.numerator.bit_length() - number.denominator.bit_length() < 95
    if not is_far_below and abs(number) >= LIMIT + F(1, 2):
        raise Missing(TOO_LARGE)
    return number


def same_kind(a, b):
    """Whether numbers of unit a can be counted in unit b."""
    if a == b or (a in SECONDS and b in SECONDS):
        return True
    return {a, b} in ({"count", "points"}, {"%", "points"})


def convert(number, a, b):
    if not same_kind(a, b):
        raise Missing("units-differ")
    return fits(number * SECONDS[a] * 10**6) / SECONDS[b] / 10**6 if a in SECONDS and a != b else number


def finest(*units):
    """The unit of which the others hold the most; all must be of one kind."""
    found = units[0]
    for unit in units[1:]:
        if convert(F(1), found, unit) > 1:
            found = unit
    return found


def held(number):
    """The number as a decimal holds it: rounded to as many decimals as there is room for."""
    places = next(places for places in range(28, -1, -1) if abs(round(number * 10**places)) <= LIMIT)
    return round(number, places)


def digits_of(number):
    """How many digits a number that a decimal holds has before or behind the point."""
    places = next(places for places in range(29) if (number * 10**places).denominator == 1)
    return max(places, len(str(abs(int(number * 10**places))).rstrip("0")))


class Series:
    """A metric's daily points and what is asked of them."""

    def __init__(self, case, prefix):
        get = lambda key: case.get(prefix + key, "-")
        self.aggregate = get("aggregate")
        pairs = [pair.split(":") for pair in get("points").split(",") if ":" in pair]
        self.points = [(int(day), F(value)) for day, value in pairs]
        self.heartbeat = None if get("heartbeat") == "-" else int(get("heartbeat"))
        self.trailing = None if get("window") == "-" else int(get("window"))
        self.fresh = None if get("fresh") == "-" else int(get("fresh"))
        self.unit = get("unit")
        self.per = get("per")
        self.every = get("every")
        self.adds_up = self.aggregate in ("sum", "count")
        self.is_flow = self.adds_up and self.trailing is None
        self.divides = self.aggregate in ("mean", "ratio", "median", "p90")
        self.known = get("known") == "yes"
        self.grain, self.is_stated, self.open_rows, self.is_time = "day", False, 0, False

    def usual_grain(self):
        """How long a period a row speaks of, as far as its dates tell."""
        days = [date.fromordinal(EPOCH.toordinal() + day) for day in self.with_data(-(10**6) // 2, 10**6)[:200]]
        if self.grain != "day" or not days:
            return self.grain
        month = lambda day: day.year * 12 + day.month
        nexts = list(zip(days, days[1:]))
        firsts = all(day.day == 1 for day in days)
        behind = [day + timedelta(1) for day in days]
        lasts = all(day.day == 1 for day in behind)
        follow = len(days) > 1 and all(month(b) == month(a) + 1 for a, b in nexts)
        after = len(days) > 1 and all(month(b) == month(a) + 1 for a, b in zip(behind, behind[1:]))
        if firsts and (follow or len(days) >= 4) or lasts and after:
            return "month"
        is_weekly = len(days) >= 4 and all((b - a).days % 7 == 0 for a, b in nexts)
        return "week" if is_weekly else "day"

    def part_of(self, day):
        """The days of the export that tells of a day."""
        return -(10**7), 10**7

    def inside(self, start, end):
        return [(day, value) for day, value in self.points if start <= day < end]

    def speaks_until(self, day):
        return None if self.heartbeat is None else min(day, self.heartbeat)

    def silent_since(self, day, patience):
        return None

    def with_data(self, start, end):
        """The days on which anything stands."""
        return [day for day, _ in self.inside(start, end)]

    def narrow(self, start, end):
        """The window in which a start is sought."""
        return start, end

    def last_day(self):
        return self.points[-1][0] if self.points else None

    def tallied(self, start, end):
        """The values that are inside of a bound or not."""
        return [value for _, value in self.inside(start, end)]

    def days_of(self, start, end):
        """The days that a quarter's rows speak of."""
        return start, end

    def covered(self, start, end):
        return 0 if self.heartbeat is None else max(0, min(end, self.heartbeat + 1) - start)

    def measure(self, start, end):
        """Value, first and last day; None where there is nothing."""
        points = self.inside(start, end)
        if not points:
            silent = self.heartbeat is None or self.covered(start, end) <= 0
            before = self.points and end <= self.points[0][0]
            if not self.adds_up or silent or before:
                return None
            return F(0), start, min(end - 1, self.heartbeat)
        values = [value for _, value in points]
        kind = self.aggregate
        if kind == "last":
            value = values[-1]
        elif kind == "min":
            value = min(values)
        elif kind == "max":
            value = max(values)
        elif self.adds_up:
            value = self.total(values)
        elif kind in ("mean", "ratio"):
            value = self.total(values) / len(values)
        else:
            share = F(1, 2) if kind == "median" else F(kind[1:]) / 100
            ordered = sorted(values)
            place = share * (len(ordered) - 1)
            low = int(place)
            high = min(low + 1, len(ordered) - 1)
            value = fits(ordered[low] + fits(ordered[high] - ordered[low]) * (place - low))
        return value, points[0][0], points[-1][0]

    @staticmethod
    def total(values):
        """The sum, of which no part may be too large."""
        total = F(0)
        for value in values:
            total = fits(total + value)
        return total
