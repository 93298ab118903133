"""Seeded books that grow in one direction each.

All sizes of a direction lie on one side of what changes the way in which the program works: texts of more than 64 KiB
are read by another parser, which costs more for each byte.

A direction is a function from a size to the files of a book, as a mapping from path to text. At size 0 the book has
everything but what grows, so that the difference to it is what the growing part costs.
"""

import random

SETTINGS = "organisation: Growth\nas_of: 2026-12-31\n"

DIRECTIONS = {}

COMMANDS = {"check": ("check", "{book}"), "build": ("build", "{book}", "-o", "{site}", "--jobs", "1")}


class Direction:
    """A way in which books grow: which command is watched, and how large the smallest book is."""

    def __init__(self, make, size, command, about):
        self.make, self.size, self.about = make, size, about
        self.command = command

    def files(self, count):
        """Returns the files of a book in which there are `count` of what grows."""
        files = {"okrbook.yaml": SETTINGS}
        files.update(self.make(count, random.Random(count)))
        return files


def direction(size, command="check"):
    """Registers a direction under its function's name."""

    def register(make):
        DIRECTIONS[make.__name__.replace("_", "-")] = Direction(make, size, COMMANDS[command] if isinstance(command, str) else tuple(command), make.__doc__)
        return make

    return register


def listed(items):
    """Returns a YAML list on one line."""
    return "[" + ", ".join(items) + "]"


def names(stem, count):
    """Returns `count` ids."""
    return [f"{stem}-{place:05}" for place in range(count)]


def objective(key, key_results, more=""):
    """Returns an objective of a team's file; `key_results` are lines without their indent."""
    lines = "".join(f"      {line}\n" for line in key_results)
    head = f"  - id: {key}\n    title: People can rely on part {key} of the shop\n"
    return f"{head}    outcome: Reduce churn\n    lever: Improve reliability\n    changes: One squad stops\n{more}    key_results:\n{lines}"


def team(*objectives):
    """Returns a team's file."""
    return "objectives:\n" + "".join(objectives)


def sentence(place):
    """Returns a key result's sentence that no other place has."""
    return f"Reduce errors of part {place:05} from 30 to 10"


def export(rows):
    """Returns an export with a value for each of the last `rows` weeks of 2026."""
    lines = [f"2026-{10 + row % 3}-{1 + row % 28:02},{row % 97}" for row in range(rows)]
    return "date,value\n" + "".join(f"{line}\n" for line in sorted(set(lines)))


SHOP = "quarters/2026-Q4/shop.yaml"
SMALL = team(objective("trust", ["- errors: Reduce errors from 30 to 10"]))
ERRORS = {"metrics.yaml": "errors:\n  file: errors.csv\n  source: gateway\n", "metrics/errors.csv": export(12)}


# Earlier ids.


@direction(6000)
def team_aliases(count, _):
    """Earlier ids of one team."""
    return {
        "okrbook.yaml": SETTINGS + f"teams:\n  shop:\n    name: Shop\n    aliases: {listed(names('was', count))}\n",
        SHOP: SMALL,
        **ERRORS,
    }


@direction(30)
def renamed_in_every_quarter(count, _):
    """Quarters of a team that had another id in each."""
    files = {f"quarters/{2026 - place // 4}-Q{4 - place % 4}/was-{place:05}.yaml": SMALL for place in range(count)}
    settings = f"teams:\n  shop:\n    name: Shop\n    aliases: {listed(names('was', count))}\n"
    return {"okrbook.yaml": SETTINGS + settings, **files, **ERRORS}


@direction(1000)
def objective_aliases(count, _):
    """Earlier ids of one objective."""
    more = f"    aliases: {listed(names('was', count))}\n"
    return {SHOP: team(objective("trust", ["- errors: Reduce errors from 30 to 10"], more)), **ERRORS}


@direction(6000)
def key_result_aliases(count, _):
    """Earlier ids of one key result."""
    return {
        SHOP: team(
            objective(
                "trust", ["- id: errors", "  title: Reduce errors from 30 to 10", f"  aliases: {listed(names('was', count))}"]
            )
        ),
        **ERRORS,
    }


@direction(150)
def aliases_above_key_results(count, _):
    """Earlier ids of an objective with as many key results, and a review."""
    more = f"    aliases: {listed(names('was', count))}\n"
    rows = [f"- p{place:05}: {sentence(place)}" for place in range(count)]
    return {
        SHOP: team(objective("trust", ["- errors: Reduce errors from 30 to 10", *rows], more)),
        "quarters/2026-Q4/shop.review.md": "## trust/errors\n\n### What worked\nAll.\n",
        **ERRORS,
    }


@direction(1000)
def metric_aliases(count, _):
    """Earlier ids of one metric."""
    metrics = ERRORS["metrics.yaml"] + f"  aliases: {listed(names('was', count))}\n"
    return {**ERRORS, "metrics.yaml": metrics, SHOP: SMALL}


@direction(200, "build")
def page_aliases(count, _):
    """Earlier ids of one page of the book's own, each a page that leads on."""
    return {"pages/about.md": f"---\naliases: {listed(names('was', count))}\n---\n# About\n"}


# Teams.


def chain(count, parent):
    """Returns settings with teams, each with the parent that `parent` returns."""
    rows = [f"  t{place:05}: {{ name: Team {place:05}, parent: {parent(place)} }}\n" for place in range(count)]
    return {"okrbook.yaml": SETTINGS + "teams:\n  last: { name: Last }\n" + "".join(rows)}


@direction(300)
def parents(count, _):
    """Teams below each other in one chain."""
    return chain(count, lambda place: f"t{place + 1:05}" if place + 1 < count else "last")


@direction(300)
def parents_in_a_ring(count, _):
    """Teams that all stand above themselves."""
    return chain(count, lambda place: f"t{(place + 1) % count:05}")


@direction(300)
def parents_into_a_ring(count, _):
    """Teams below each other above which two stand above each other."""
    return chain(count, lambda place: f"t{place + 1:05}" if place + 1 < count else f"t{place - 1:05}")


@direction(250)
def unknown_parents(count, _):
    """Teams below teams that there aren't."""
    return chain(count, lambda place: f"x{place:05}")


@direction(300, "build")
def parents_on_pages(count, _):
    """Pages of teams below each other in one chain."""
    return chain(count, lambda place: f"t{place + 1:05}" if place + 1 < count else "last")


@direction(30, "build")
def teams_of_a_quarter(count, _):
    """Teams with one key result each."""
    return {**{f"quarters/2026-Q4/t{place:05}.yaml": SMALL for place in range(count)}, **ERRORS}


# Allowances.


@direction(350)
def allowances(count, _):
    """Allowances in one block of comments."""
    lines = "".join(f"# okrbook-allow(milestone): reason {place:05}\n" for place in range(count))
    return {SHOP: "objectives:\n" + lines + SMALL.removeprefix("objectives:\n"), **ERRORS}


@direction(200)
def allowances_each_with_a_finding(count, _):
    """Key results with a finding that is allowed beside each."""
    rows = [f"- p{place:05}: Launch part {place:05} # okrbook-allow(milestone): promised" for place in range(count)]
    return {SHOP: team(objective("trust", ["- errors: Reduce errors from 30 to 10", *rows])), **ERRORS}


@direction(200)
def allowances_of_other_findings(count, _):
    """Key results with a finding and an allowance of another beside each."""
    rows = [f"- p{place:05}: Launch part {place:05} # okrbook-allow(no-baseline): promised" for place in range(count)]
    return {SHOP: team(objective("trust", ["- errors: Reduce errors from 30 to 10", *rows])), **ERRORS}


@direction(350)
def allowances_on_one_line(count, _):
    """Allowances behind each other on one line."""
    line = " ".join(f"# okrbook-allow(milestone): reason {place:05}" for place in range(count))
    return {SHOP: SMALL.replace("objectives:", f"objectives: {line}", 1), **ERRORS}


@direction(1000)
def codes_of_one_allowance(count, _):
    """Codes in the brackets of one allowance."""
    codes = ", ".join(["milestone"] * count)
    return {SHOP: SMALL.replace("objectives:", f"objectives: # okrbook-allow({codes}): reason", 1), **ERRORS}


@direction(1000)
def allowances_in_a_review(count, _):
    """Allowances in comments of a review's text."""
    lines = "".join(f"<!-- okrbook-allow(theatre): reason {place:05} -->\n" for place in range(count))
    return {SHOP: SMALL, "quarters/2026-Q4/shop.review.md": f"# Review\n\n{lines}## trust/errors\n", **ERRORS}


@direction(1000)
def allowances_on_one_line_of_a_review(count, _):
    """Allowances in comments of one line of a review."""
    line = " ".join(f"<!-- okrbook-allow(theatre): reason {place:05} -->" for place in range(count))
    return {SHOP: SMALL, "quarters/2026-Q4/shop.review.md": f"# Review {line}\n## trust/errors\n", **ERRORS}


@direction(1000)
def headings_with_allowances(count, _):
    """Allowances above text that all of them cover."""
    lines = "".join(f"<!-- okrbook-allow(theatre): reason {place:05} -->\ntext\n" for place in range(count))
    return {SHOP: SMALL, "quarters/2026-Q4/shop.review.md": f"# Review\n{lines}## trust/errors\n", **ERRORS}


@direction(3000)
def allowances_above_each_other(count, _):
    """Allowances of keys that the next lines are indented below."""
    lines = "".join(f"  # okrbook-allow(milestone): reason {place:05}\n  \n" for place in range(count))
    return {SHOP: SMALL + lines, **ERRORS}


# Key results.


@direction(150)
def equal_key_results(count, _):
    """Key results with the same sentence and metric."""
    rows = ["- id: errors", "  title: Reduce errors from 30 to 10"]
    for place in range(count):
        rows += [f"- id: p{place:05}", "  metric: errors", "  title: Reduce errors from 30 to 10"]
    return {SHOP: team(objective("trust", rows)), **ERRORS}


@direction(200)
def equal_key_results_of_teams(count, _):
    """Teams with the same key result."""
    return {**{f"quarters/2026-Q4/t{place:05}.yaml": SMALL for place in range(count)}, **ERRORS}


@direction(250)
def equal_ids(count, _):
    """Key results that all have the same id."""
    rows = [f"- errors: {sentence(place)}" for place in range(count)]
    return {SHOP: team(objective("trust", ["- errors: Reduce errors from 30 to 10", *rows])), **ERRORS}


@direction(250)
def key_results_of_an_objective(count, _):
    """Different key results of one objective."""
    rows = [f"- p{place:05}: {sentence(place)}" for place in range(count)]
    return {SHOP: team(objective("trust", ["- errors: Reduce errors from 30 to 10", *rows])), **ERRORS}


@direction(200, "build")
def links_of_a_key_result(count, _):
    """Links on one card: to other sites, and to pages of the book."""
    links = [f"{{ Epic {place}: https://tracker.example/{place} }}" for place in range(count)]
    lines = ["- churn: Reduce churn from 8% to 4%", f"  links: {listed(links + ['{ How: pages/how.md }'] * count)}"]
    return {SHOP: team(objective("pay", lines)), "pages/how.md": "# How\n"}


@direction(200)
def dead_links(count, _):
    """Links to pages that the book doesn't have, and as many that it has."""
    links = [f"{{ How: pages/missing-{place}.md }}" for place in range(count)]
    files = {f"pages/{page}.md": f"# {page}\n" for page in names("page", count)}
    lines = ["- churn: Reduce churn from 8% to 4%", f"  links: {listed(links)}"]
    return files | {SHOP: team(objective("pay", lines))}


@direction(200, "build")
def check_points_of_a_milestone(count, _):
    """Check points on one card."""
    steps = [f"{{ shop {place}: 2026-11-02 }}" for place in range(count)]
    return {SHOP: team(objective("pay", ["- tills: Launch the tills", f"  steps: {listed(steps)}"]))}


@direction(50)
def teams_of_an_imported_cycle(count, _):
    """Teams of a cycle that was brought in, each without all that is told once."""
    files = {f"quarters/2026-Q3/{name}.yaml": team(objective("pay", [f"- churn: {sentence(place)}"])) for place, name in enumerate(names("team", count))}
    return files | {"quarters/2026-Q3/index.md": "---\nimported: true\n---\n"}


@direction(500)
def objectives_of_a_team(count, _):
    """Objectives of one team."""
    more = [objective(f"o{place:05}", [f"- p{place:05}: {sentence(place)}"]) for place in range(count)]
    return {SHOP: SMALL + "".join(more), **ERRORS}


@direction(1000)
def owners(count, _):
    """Owners of one key result."""
    rows = ["- id: errors", "  title: Reduce errors from 30 to 10", f"  owners: {listed(names('person', count))}"]
    return {SHOP: team(objective("trust", rows)), **ERRORS}


@direction(350)
def guardrails(count, _):
    """Guardrails of one key result."""
    rows = ["- id: errors", "  title: Reduce errors from 30 to 10", "  guardrails:"]
    rows += [f"    - {{ metric: errors, at_most: 5 }}" for place in range(count)]
    return {SHOP: team(objective("trust", rows)), **ERRORS}


@direction(500)
def supports(count, _):
    """Objectives that support each other in one chain."""
    more = [
        objective(f"o{place:05}", [f"- p{place:05}: {sentence(place)}"], f"    supports: shop/{f'o{place + 1:05}' if place + 1 < count else 'trust'}\n")
        for place in range(count)
    ]
    return {SHOP: SMALL + "".join(more), **ERRORS}


@direction(500)
def supporters(count, _):
    """Objectives that support the same one."""
    more = [
        objective(f"o{place:05}", [f"- p{place:05}: {sentence(place)}"], "    supports: shop/trust\n") for place in range(count)
    ]
    return {SHOP: SMALL + "".join(more), **ERRORS}


@direction(30)
def carried(count, _):
    """Quarters over which one key result was carried."""
    files = {}
    for place in range(count + 1):
        more = f"  carried_from: {quarter(place + 1)}/shop/trust/errors" if place < count else "  owners: [a]"
        rows = ["- id: errors", "  title: Reduce errors from 30 to 10", more]
        files[f"quarters/{quarter(place)}/shop.yaml"] = team(objective("trust", rows))
    return {**files, **ERRORS}


@direction(100, "build")
def carried_on_pages(count, _):
    """Pages of quarters over which one key result was carried."""
    return carried(count, None)


@direction(120)
def carried_by_many(count, _):
    """Key results that were all carried from the same one."""
    rows = ["- errors: Reduce errors from 30 to 10"]
    for place in range(count):
        rows += [f"- id: p{place:05}", f"  title: {sentence(place)}", "  carried_from: 2026-Q3/shop/trust/errors"]
    return {SHOP: team(objective("trust", rows)), "quarters/2026-Q3/shop.yaml": SMALL, **ERRORS}


def quarter(place):
    """Returns the quarter so many before the last of 2026."""
    return f"{2026 - place // 4:04}-Q{4 - place % 4}"


@direction(50)
def quarters(count, _):
    """Quarters with a file each."""
    return {**{f"quarters/{quarter(place)}/shop.yaml": SMALL for place in range(count)}, **ERRORS}


@direction(8, "build")
def quarters_on_pages(count, _):
    """Pages of quarters."""
    return quarters(count, None)


@direction(150)
def unknown_metrics(count, _):
    """Key results whose metrics there aren't."""
    rows = ["- errors: Reduce errors from 30 to 10"]
    for place in range(count):
        rows += [f"- id: p{place:05}", f"  title: {sentence(place)}", f"  metric: x{place:05}"]
    return {SHOP: team(objective("trust", rows)), **ERRORS}


@direction(60)
def wrong_references(count, _):
    """Objectives that support objectives that there aren't."""
    more = [
        objective(f"o{place:05}", [f"- p{place:05}: {sentence(place)}"], f"    supports: shop/x{place:05}\n") for place in range(count)
    ]
    return {SHOP: SMALL + "".join(more), **ERRORS}


# Texts.


@direction(700)
def unknown_keys(count, _):
    """Unknown keys in one mapping."""
    return {"okrbook.yaml": SETTINGS + "".join(f"orgnisation{place:05}: x\n" for place in range(count))}


@direction(350)
def unknown_keys_of_objectives(count, _):
    """Objectives with an unknown key each."""
    return {
        SHOP: SMALL + "".join(f"  - {{ id: o{place:05}, title: T, key_reslts: [] }}\n" for place in range(count)),
        **ERRORS,
    }


@direction(300)
def findings_on_one_line(count, _):
    """Findings that all stand in one line."""
    rows = ", ".join(f"{{ id: o{place:05}, title: T }}" for place in range(count))
    return {SHOP: f"objectives: [{rows}]\n"}


@direction(1000)
def repeated_keys(count, _):
    """Keys that a mapping has already."""
    return {"okrbook.yaml": SETTINGS + "".join("locale: en\n" for _ in range(count))}


@direction(1000)
def keys_of_a_mapping(count, _):
    """Levels of checks in the settings, all different and unknown."""
    return {"okrbook.yaml": SETTINGS + "checks:\n  milestone: off\n" + "".join(f"  x{place:05}: off\n" for place in range(count))}


@direction(450)
def words_of_a_sentence(count, _):
    """Words of one key result's sentence; a longer one goes on from a shorter one."""
    rng = random.Random(7)
    words = ["errors", "from", "20", "to", "10", "%", "by", "and", "reduce", "more", "than", "2", "days", "per", "week", "until"]
    text = " ".join(rng.choice(words) for _ in range(count))
    return {SHOP: team(objective("trust", [f"- errors: Reduce errors {text} from 30 to 10"])), **ERRORS}


@direction(2000)
def words_of_an_objective(count, rng):
    """Words of one objective's title."""
    words = ["improve", "excellence", "better", "quality", "of", "and", "the", "so", "that", "we", "launch", "customers", "very"]
    text = " ".join(rng.choice(words) for _ in range(count))
    return {SHOP: SMALL.replace("People can", f"People {text} can", 1), **ERRORS}


@direction(450)
def numbers_of_a_sentence(count, _):
    """Numbers of one key result's sentence."""
    text = " ".join(str(place) for place in range(count))
    return {SHOP: team(objective("trust", [f"- errors: Reduce errors {text} from 30 to 10"])), **ERRORS}


@direction(5000)
def letters_of_a_title(count, _):
    """Letters of one word of a title."""
    return {SHOP: SMALL.replace("People can", f"People {'a' * count} can", 1), **ERRORS}


@direction(3000)
def combining_marks(count, _):
    """Combining marks on one letter of a title."""
    return {SHOP: SMALL.replace("People can", "People can a" + "\u0301\u0323" * count, 1), **ERRORS}


@direction(3000, "build")
def combining_marks_on_pages(count, _):
    """Combining marks on one letter of a page."""
    return {"pages/about.md": "# About\n\na" + "\u0301\u0323" * count + "\n"}


@direction(300)
def unseen_characters(count, _):
    """Invisible characters in one line."""
    return {SHOP: SMALL.replace("People can", "People can " + "x\u200b" * count, 1), **ERRORS}


# Reviews, locks and check-ins.


def review(text, rows=()):
    """Returns a team with a review."""
    return {SHOP: team(objective("trust", ["- errors: Reduce errors from 30 to 10", *rows])), "quarters/2026-Q4/shop.review.md": text, **ERRORS}


@direction(150)
def sections_of_a_review(count, _):
    """Key results with a section in the review each."""
    rows = [f"- p{place:05}: {sentence(place)}" for place in range(count)]
    text = "".join(f"## trust/p{place:05}\n\n### What worked\nIt did.\n\n" for place in range(count))
    return review("## trust/errors\n\n### What worked\nAll.\n\n" + text, rows)


@direction(1000)
def repeated_sections(count, _):
    """Sections of one key result in a review."""
    return review("## trust/errors\n\n### What worked\nAll.\n\n" * (1 + count))


@direction(500)
def unknown_sections(count, _):
    """Sections of a review about key results that there aren't."""
    return review("## trust/errors\n\n" + "".join(f"## trust / x{place:05}\n\ntext\n" for place in range(count)))


@direction(270)
def headings_of_a_review(count, _):
    """Headings in a review with as many key results, none of which they name."""
    rows = [f"- p{place:05}: {sentence(place)}" for place in range(count)]
    return review("## trust/errors\n\n" + "".join(f"## fast {place:05} / slow lanes\n\ntext\n" for place in range(count)), rows)


@direction(150)
def judgements(count, _):
    """Judgements of key results in a review."""
    rows = [f"- p{place:05}: {sentence(place)}" for place in range(count)]
    text = "".join(f"  trust/p{place:05}: {{ final: 0.5, because: told, by: Ada }}\n" for place in range(count))
    return review(f"---\njudgements:\n  trust/errors: {{ final: 0.5 }}\n{text}---\n## trust/errors\n", rows)


@direction(500)
def lines_of_a_review(count, _):
    """Lines of one answer."""
    return review("## trust/errors\n\n### What worked\n" + "Word and word, and then a word.\n" * (1 + count))


@direction(1000)
def links_in_a_review(count, _):
    """Links in one answer."""
    return review("## trust/errors\n\n### What worked\n" + "".join(f"[a](https://example.org/{place:05}) " for place in range(1 + count)) + "\n")


@direction(1000)
def stray_lines_of_a_review(count, _):
    """Lines that look like headings and are none."""
    return review("## trust/errors\n\n" + "".join(f"**trust/x{place:05}**\n\ntext\n" for place in range(1 + count)))


@direction(1000)
def amendments(count, _):
    """Amendments of one key result in a lock."""
    rows = "".join(
        f"              - {{ on: 2026-10-{1 + place % 28:02}, because: reason {place:05}, weight: {1 + place % 3} }}\n" for place in range(count)
    )
    lock = (
        "teams:\n  shop:\n    locked: 2026-10-01\n    digest: " + "0" * 64 + "\n    objectives:\n      trust:\n        title: T\n"
        "        ambition: aspirational\n        key_results:\n          errors:\n            title: Reduce errors from 30 to 10\n"
        "            goal: { kind: move, from: 30, to: 10 }\n            metric: errors\n            weight: 1\n"
        "            amendments:\n              - { on: 2026-10-02, because: reason, weight: 2 }\n"
    )
    return {SHOP: SMALL, "quarters/2026-Q4/lock.yaml": lock + rows, **ERRORS}


@direction(80)
def locked_key_results(count, _):
    """Key results in a lock."""
    rows = [f"- p{place:05}: {sentence(place)}" for place in range(count)]
    lock = (
        "teams:\n  shop:\n    locked: 2026-10-01\n    digest: " + "0" * 64 + "\n    objectives:\n      trust:\n        title: T\n"
        "        ambition: aspirational\n        key_results:\n          errors:\n            title: Reduce errors from 30 to 10\n"
        "            goal: { kind: move, from: 30, to: 10 }\n            metric: errors\n            weight: 1\n"
    )
    lock += "".join(
        f"          p{place:05}:\n            title: {sentence(place)}\n            goal: {{ kind: move, from: 30, to: 10 }}\n"
        "            weight: 1\n"
        for place in range(count)
    )
    return {SHOP: team(objective("trust", ["- errors: Reduce errors from 30 to 10", *rows])), "quarters/2026-Q4/lock.yaml": lock, **ERRORS}


@direction(50)
def check_ins(count, _):
    """Check-ins of one team."""
    # Each is a file; days beyond the quarter are taken, too.
    files = {}
    for place in range(count):
        day = f"{2026 if place < 336 else 2025}-{1 + place // 28 % 12:02}-{1 + place % 28:02}"
        files[f"quarters/2026-Q4/checkins/{day}.shop.yaml"] = f"trust/errors:\n  confidence: {1 + place % 9}\n  note: note {place:05}\n"
    return {SHOP: SMALL, **files, **ERRORS}


@direction(150)
def entries_of_a_check_in(count, _):
    """Key results of one check-in."""
    rows = [f"- p{place:05}: {sentence(place)}" for place in range(count)]
    text = "".join(f"trust/p{place:05}:\n  confidence: 5\n" for place in range(count))
    return {
        SHOP: team(objective("trust", ["- errors: Reduce errors from 30 to 10", *rows])),
        "quarters/2026-Q4/checkins/2026-10-10.shop.yaml": "trust/errors:\n  confidence: 5\n" + text,
        **ERRORS,
    }


# Metrics and exports.


@direction(300)
def metrics_of_a_file(count, _):
    """Metrics that one file defines, all of the same export."""
    rows = "".join(f"m{place:05}:\n  file: errors.csv\n  source: gateway\n" for place in range(count))
    return {**ERRORS, SHOP: SMALL, "metrics.yaml": ERRORS["metrics.yaml"] + rows}


@direction(180)
def ratios(count, _):
    """Ratios of ratios."""
    rows = "".join(
        f"r{place:05}:\n  source: gateway\n  ratio: {{ of: {{ metric: {f'r{place - 1:05}' if place else 'errors'} }}, to: {{ metric: errors }} }}\n"
        for place in range(count)
    )
    return {**ERRORS, SHOP: SMALL, "metrics.yaml": ERRORS["metrics.yaml"] + rows}


@direction(100)
def exports(count, _):
    """Exports with a metric each."""
    files = {f"metrics/e{place:05}.csv": export(12) for place in range(count)}
    return {**ERRORS, SHOP: SMALL, **files}


@direction(100)
def exports_under_one_pattern(count, _):
    """Exports that one metric reads by a pattern."""
    files = {f"metrics/e{place:05}.csv": f"date,value\n{2026 - place // 300}-{1 + place // 25 % 12:02}-{1 + place % 25:02},{place % 97}\n" for place in range(count)}
    metrics = ERRORS["metrics.yaml"] + "all:\n  file: e*.csv\n  source: gateway\n  aggregate: sum\n"
    return {**ERRORS, SHOP: SMALL, "metrics.yaml": metrics, "metrics/e.csv": "date,value\n2026-10-10,3\n", **files}


@direction(100)
def patterns_over_exports(count, _):
    """Files that one metric lists."""
    files = {f"metrics/e{place:05}.csv": f"date,value\n{2026 - place // 300}-{1 + place // 25 % 12:02}-{1 + place % 25:02},{place % 97}\n" for place in range(count)}
    listing = listed(["e.csv", *(f"e{place:05}.csv" for place in range(count))])
    metrics = ERRORS["metrics.yaml"] + f"all:\n  file: {listing}\n  source: gateway\n  aggregate: sum\n"
    return {**ERRORS, SHOP: SMALL, "metrics.yaml": metrics, "metrics/e.csv": "date,value\n2026-10-10,3\n", **files}


@direction(300)
def conditions(count, _):
    """Columns on which a metric sets a condition."""
    head = ",".join(names("c", count + 1))
    where = "".join(f"    c-{place:05}: x\n" for place in range(count + 1))
    metrics = f"errors:\n  file: errors.csv\n  source: gateway\n  where:\n{where}"
    cells = ",".join(["x"] * (count + 1))
    return {SHOP: SMALL, "metrics.yaml": metrics, "metrics/errors.csv": f"date,value,{head}\n2026-10-10,3,{cells}\n"}


@direction(800)
def values_of_a_condition(count, _):
    """Values that a condition lists, and rows that each has one of."""
    values = listed(names("v", count + 1))
    metrics = f"errors:\n  file: errors.csv\n  source: gateway\n  aggregate: sum\n  where:\n    kind: {values}\n"
    rows = "".join(f"2026-10-{1 + place % 28:02},1,v-{place:05}\n" for place in range(count + 1))
    return {SHOP: SMALL, "metrics.yaml": metrics, "metrics/errors.csv": f"date,value,kind\n{rows}"}


@direction(150)
def columns_of_an_export(count, _):
    """Columns of one export with a metric each."""
    head = ",".join(names("c", count))
    cells = ",".join(["5"] * count)
    metrics = ERRORS["metrics.yaml"] + "".join(f"m{place:05}:\n  file: wide.csv\n  value: c-{place:05}\n  source: gateway\n" for place in range(count))
    return {SHOP: SMALL, **ERRORS, "metrics.yaml": metrics, "metrics/wide.csv": f"date,none,{head}\n2026-10-10,1,{cells}\n"}


@direction(2000)
def rows_of_an_export(count, _):
    """Rows of an export."""
    rows = "".join(f"2026-{1 + place % 12:02}-{1 + place // 12 % 28:02},{place % 97}\n" for place in range(count + 1))
    return {SHOP: SMALL, "metrics.yaml": "errors:\n  file: errors.csv\n  source: gateway\n  aggregate: sum\n", "metrics/errors.csv": "date,value\n" + rows}


@direction(1000)
def days_of_an_export(count, _):
    """Days of an export, over many years."""
    rows = "".join(f"{2026 - place // 336:04}-{1 + place // 28 % 12:02}-{1 + place % 28:02},{place % 97}\n" for place in range(count + 1))
    return {SHOP: SMALL, **ERRORS, "metrics/errors.csv": "date,value\n" + rows}


@direction(1000)
def series_of_a_split(count, _):
    """Series into which a column splits a metric."""
    rows = "".join(f"2026-10-{1 + place % 28:02},7,s{place:05}\n" for place in range(count + 1))
    metrics = "errors:\n  file: errors.csv\n  source: gateway\n  split: kind\n  across: max\n"
    return {SHOP: SMALL, "metrics.yaml": metrics, "metrics/errors.csv": "date,value,kind\n" + rows}


@direction(1000)
def bad_cells(count, _):
    """Cells of an export that are no numbers."""
    rows = "".join(f"2026-10-{1 + place % 28:02},x{place:05}\n" for place in range(count))
    return {SHOP: SMALL, **ERRORS, "metrics/errors.csv": "date,value\n2026-10-10,3\n" + rows}


@direction(1000)
def repeated_days(count, _):
    """Rows of one day with different values."""
    rows = "".join(f"2026-10-10,{place % 97}\n" for place in range(count + 1))
    return {SHOP: SMALL, **ERRORS, "metrics/errors.csv": "date,value\n" + rows}


@direction(60)
def metrics_by_text_of_one_export(count, _):
    """Metrics that each ask for one text of a long export, which has rows for all of them."""
    metrics = "".join(f"m{place:05}:\n  file: long.csv\n  source: gateway\n  value: value\n  where: {{ metric: m-{place:05} }}\n" for place in range(count))
    rows = "".join(f"2026-10-{1 + day:02},m-{place:05},{(day * 7 + place) % 97}\n" for day in range(12) for place in range(count))
    return {**ERRORS, SHOP: SMALL, "metrics.yaml": ERRORS["metrics.yaml"] + metrics, "metrics/long.csv": "date,metric,value\n2026-10-10,other,3\n" + rows}


@direction(60)
def metrics_by_texts_that_never_come(count, _):
    """Metrics that ask for two texts of a long export, of which one stands nowhere."""
    metrics = "".join(f"m{place:05}:\n  file: long.csv\n  source: gateway\n  count: rows\n  where: {{ metric: m-{place:05}, rank: P1 }}\n" for place in range(count))
    rows = "".join(f"2026-10-{1 + day:02},m-{place:05},P{2 + (day + place) % 3}\n" for day in range(12) for place in range(count))
    return {**ERRORS, SHOP: SMALL, "metrics.yaml": ERRORS["metrics.yaml"] + metrics, "metrics/long.csv": "date,metric,rank\n2026-10-10,other,P2\n" + rows}


def patterned(count, name, pattern):
    """Returns a book of metrics that each read two exports by a pattern."""
    files = {f"metrics/{name(place, part)}.csv": f"date,value\n2026-{10 + part}-05,{place % 97}\n" for place in range(count) for part in (0, 1)}
    metrics = "".join(f"m{place:05}:\n  file: {pattern(place)}\n  source: gateway\n  aggregate: sum\n" for place in range(count))
    return {**ERRORS, SHOP: SMALL, "metrics.yaml": ERRORS["metrics.yaml"] + metrics, **files}


@direction(100)
def patterns_by_their_beginning(count, _):
    """Metrics that each read two exports, by a pattern that begins like no other."""
    return patterned(count, lambda place, part: f"e{place:05}-{part}", lambda place: f"e{place:05}-*.csv")


@direction(100)
def patterns_by_their_end(count, _):
    """Metrics that each read two exports, by a pattern that ends like no other."""
    return patterned(count, lambda place, part: f"{part}/e{place:05}", lambda place: f'"*/e{place:05}.csv"')


@direction(1000)
def rows_made_one_by_a_key(count, _):
    """Rows of which every other one stands in the export already, by its key."""
    rows = "".join(f"2026-{1 + place % 12:02}-{1 + place // 12 % 28:02},K-{place - place % 2:05}\n" for place in range(count + 1))
    return {SHOP: SMALL, "metrics.yaml": "errors:\n  file: errors.csv\n  source: gateway\n  count: rows\n  unique_by: key\n", "metrics/errors.csv": "date,key\n" + rows}


@direction(1000)
def rows_of_a_stock(count, _):
    """Rows that are there from one day until another."""
    rows = "".join(f"2026-{1 + place % 9:02}-{1 + place // 9 % 28:02},2026-{10 + place % 2:02}-{1 + place // 3 % 28:02}\n" for place in range(count + 1))
    return {SHOP: SMALL, "metrics.yaml": "errors:\n  file: errors.csv\n  source: gateway\n  stock: { from: opened, until: closed }\n", "metrics/errors.csv": "opened,closed\n" + rows}


@direction(400)
def rows_in_two_exports(count, _):
    """Rows that stand in two exports of one metric, and are told."""
    rows = "".join(f"2026-10-{1 + place % 28:02},K-{place:05}\n" for place in range(count + 1))
    metrics = "errors:\n  file: e*.csv\n  source: gateway\n  count: rows\n"
    return {SHOP: SMALL, "metrics.yaml": metrics, "metrics/e1.csv": "date,key\n" + rows, "metrics/e2.csv": "date,key\n2026-10-30,L-1\n" + rows}


@direction(60)
def parts_of_a_metric(count, _):
    """Exports that went on from each other."""
    files = {f"metrics/e{place:05}.csv": f"date,value\n{first(place)},{place % 97}\n" for place in range(count + 1)}
    ended = "".join(f"    - {{ until: {first(place)}, file: e{place:05}.csv }}\n" for place in range(count))
    metrics = f"errors:\n  source: gateway\n  parts:\n{ended}    - {{ file: e{count:05}.csv }}\n"
    return {SHOP: SMALL, "metrics.yaml": metrics, **files}


def first(place):
    """Returns a day, the later the larger the place."""
    return f"{2000 + place // 300:04}-{1 + place // 25 % 12:02}-{1 + place % 25:02}"


def teams(count, is_wide, says_source):
    """Returns a book of teams with three key results in each of two quarters, all measured by daily exports of each team."""
    files, metrics = {SHOP: SMALL, **ERRORS}, ERRORS["metrics.yaml"]
    names_of = ("errors", "latency", "builds")
    source = "  source: gateway\n" if says_source else ""
    for place in range(count):
        key = f"t{place:05}"
        days = [f"2026-{month:02}-{day:02}" for month in range(7, 13) for day in range(1, 29)]
        value = lambda row, name: 30 - (row * 7 + place + len(name)) % 13
        if is_wide:
            rows = "".join(f"{day},{','.join(str(value(row, name)) for name in names_of)}\n" for row, day in enumerate(days))
            files[f"metrics/{key}.csv"] = f"date,{','.join(names_of)}\n{rows}"
        else:
            for part, some in (("q3", days[:84]), ("q4", days[84:])):
                rows = "".join(f"{day},{name},{value(row, name)}\n" for row, day in enumerate(some) for name in names_of)
                files[f"metrics/{key}-{part}.csv"] = f"date,metric,value\n{rows}"
        for name in names_of:
            read = f"  file: {key}.csv\n  value: {name}\n" if is_wide else f"  file: {key}-*.csv\n  value: value\n  where: {{ metric: {name} }}\n"
            metrics += f"{key}-{name}:\n{read}{source}"
        for term in ("2026-Q3", "2026-Q4"):
            results = [line for name in names_of for line in (f"- id: {name}", f"  title: Reduce {name} of part {key} from 30 to 10", f"  metric: {key}-{name}")]
            files[f"quarters/{term}/{key}.yaml"] = team(objective("trust", results))
    return {**files, "metrics.yaml": metrics}


@direction(14, "build")
def teams_with_wide_exports(count, _):
    """Teams whose exports have a column for each metric."""
    return teams(count, True, True)


@direction(14, "build")
def teams_with_long_exports(count, _):
    """Teams whose exports have a row for each number, read by patterns and conditions."""
    return teams(count, False, True)


@direction(14, "build")
def teams_with_wide_exports_and_findings(count, _):
    """The same with a finding in each key result."""
    return teams(count, True, False)


@direction(14, "build")
def teams_with_long_exports_and_findings(count, _):
    """The same with a finding in each key result."""
    return teams(count, False, False)


@direction(200)
def explicit_quarters(count, _):
    """Quarters that a calendar states."""
    rows = "".join(f"    {quarter(place)}: {{ from: {2026 - place // 4:04}-{10 - 3 * (place % 4):02}-01, to: {2026 - place // 4:04}-{12 - 3 * (place % 4):02}-30 }}\n" for place in range(count))
    return {"okrbook.yaml": SETTINGS + "calendar:\n  quarters:\n    2027-Q1: { from: 2026-12-31, to: 2027-03-31 }\n" + rows, SHOP: SMALL, **ERRORS}


@direction(200)
def catalogue(count, _):
    """Measures of the book's own catalogue."""
    rows = "".join(f"m{place:05}:\n  title: Measure {place:05}\n  matches: [measure {place:05}]\n" for place in range(count))
    return {"okrbook.yaml": SETTINGS + "catalogue: catalogue.yaml\n", "catalogue.yaml": rows, SHOP: SMALL, **ERRORS}


# Ways of telling, and other commands.


def findings(count):
    """Returns a book with a finding in each key result."""
    rows = [f"- p{place:05}: Launch part {place:05}" for place in range(count)]
    return {SHOP: team(objective("trust", ["- errors: Reduce errors from 30 to 10", *rows])), **ERRORS}


for _form in ("short", "json", "sarif", "github"):

    def _make(count, _):
        return findings(count)

    _make.__name__, _make.__doc__ = f"findings_as_{_form}", f"Findings, printed as {_form}."
    direction(150, ["check", "{book}", "--format", _form])(_make)


@direction(40, "build")
def findings_on_pages(count, _):
    """Findings on pages."""
    return findings(count)


@direction(150)
def key_results_in_other_words(count, _):
    """Key results whose words are all different, without metrics."""
    rows = [f"- p{place:05}: Reduce red{'abcdefghij'[place % 10]}x{place:05} blue{place:05}y green{place:05}z from 30 to 10" for place in range(count)]
    return {SHOP: team(objective("trust", ["- errors: Reduce errors from 30 to 10", *rows])), **ERRORS}


@direction(100)
def supports_without_outcome(count, _):
    """Objectives without an outcome that support each other."""
    more = [
        f"  - id: o{place:05}\n    title: Shop {place:05} works\n    lever: Care\n    supports: shop/o{(place * 7 + 1) % count:05}\n"
        f"    key_results:\n      - p{place:05}: {sentence(place)}\n"
        for place in range(count)
    ]
    return {SHOP: SMALL + "".join(more), **ERRORS}


@direction(80)
def promises(count, _):
    """Key results that a review promised to carry forward, and that the next quarter forgot."""
    rows = [f"- p{place:05}: {sentence(place)}" for place in range(count)]
    text = "".join(f"## trust/p{place:05}\n\n### Carry forward?\nYes: it is needed.\n\n" for place in range(count))
    last = "quarters/2026-Q3/shop"
    return {
        f"{last}.yaml": team(objective("trust", ["- errors: Reduce errors from 30 to 10", *rows])),
        f"{last}.review.md": "## trust/errors\n\n### Carry forward?\nNo.\n\n" + text,
        SHOP: team(objective("trust", ["- none: Reduce none from 30 to 10", *[f"- q{place:05}: {sentence(place)}" for place in range(count)]])),
        **ERRORS,
    }


@direction(40)
def teams_that_check_in(count, _):
    """Teams with a check-in and a lock each."""
    files, lock = {}, "teams:\n"
    for place in range(count):
        files[f"quarters/2026-Q4/t{place:05}.yaml"] = SMALL
        files[f"quarters/2026-Q4/checkins/2026-10-10.t{place:05}.yaml"] = "trust/errors:\n  confidence: 5\n"
        lock += f"  t{place:05}:\n    locked: 2026-10-01\n    objectives:\n      trust:\n        title: T\n        ambition: aspirational\n"
    files["quarters/2026-Q4/lock.yaml"] = lock if count else "teams: {}\n"
    return {**files, **ERRORS}


@direction(350)
def anchors(count, _):
    """Anchors in YAML, each repeated once."""
    more = "".join(f"    x{place:05}: &a{place:05} text\n    y{place:05}: *a{place:05}\n" for place in range(count))
    return {SHOP: team(objective("trust", ["- errors: Reduce errors from 30 to 10"], more)), **ERRORS}


@direction(200, ["-C", "{book}", "review", "2026-Q4"])
def reviews_laid_out(count, _):
    """Key results for which `okrbook review` asks its questions."""
    rows = [f"- p{place:05}: {sentence(place)}" for place in range(count)]
    return {SHOP: team(objective("trust", ["- errors: Reduce errors from 30 to 10", *rows])), **ERRORS}


@direction(80, ["-C", "{book}", "review", "2026-Q4"])
def reviews_added_to(count, _):
    """Sections of a review to which `okrbook review` adds its facts."""
    return sections_of_a_review(count, None)


@direction(200, ["-C", "{book}", "lock", "2026-Q4"])
def key_results_locked(count, _):
    """Key results that `okrbook lock` records."""
    rows = [f"- p{place:05}: {sentence(place)}" for place in range(count)]
    return {SHOP: team(objective("trust", ["- errors: Reduce errors from 30 to 10", *rows])), **ERRORS}


@direction(70, ["-C", "{book}", "lock", "2026-Q4"])
def teams_locked(count, _):
    """Teams that `okrbook lock` records."""
    return {SHOP: SMALL, **{f"quarters/2026-Q4/t{place:05}.yaml": SMALL for place in range(count)}, **ERRORS}


@direction(60, ["-C", "{book}", "start", "2027-Q1"])
def key_results_carried_by_start(count, _):
    """Key results that `okrbook start` carries forward."""
    rows = [f"- p{place:05}: {sentence(place)}" for place in range(count)]
    text = "".join(f"## trust/p{place:05}\n\n### Carry forward?\nYes: it is needed.\n\n" for place in range(count))
    return review("## trust/errors\n\n### Carry forward?\nYes: more.\n\n" + text, rows)


@direction(30, "build")
def key_results_on_pages(count, _):
    """Key results of one team on pages."""
    rows = [f"- p{place:05}: {sentence(place)}" for place in range(count)]
    return {SHOP: team(objective("trust", ["- errors: Reduce errors from 30 to 10", *rows])), **ERRORS}


@direction(20, "build")
def equal_key_results_on_pages(count, _):
    """Key results of one team that one metric measures, on pages."""
    return equal_key_results(count, None)


@direction(20, "build")
def objectives_on_pages(count, _):
    """Objectives of one team that support each other, on pages."""
    return supports_without_outcome(count, None)


@direction(20, "build")
def outcomes_on_pages(count, _):
    """Objectives of one team with a measured outcome, each with its picture."""
    metrics = ERRORS["metrics.yaml"] + "churn: { file: churn.csv, source: billing, better: lower }\n"
    results = ["- id: fewer", "  title: Reduce errors from 30 to 10", "  metric: errors"]
    objectives = [objective(key, results, "    outcome_metric: churn\n") for key in names("o", count)]
    days = "".join(f"{2025 + month // 12}-{1 + month % 12:02}-{day:02},{4 - (month * 28 + day) % 5 / 10}\n" for month in range(22) for day in range(1, 29))
    files = {**ERRORS, "metrics.yaml": metrics, "metrics/churn.csv": f"date,churn\n{days}"}
    return {SHOP: team(*objectives), **files}


@direction(25, "build")
def reviews_on_pages(count, _):
    """Sections of a review on pages."""
    return sections_of_a_review(count, None)


# Pages.


@direction(120, "build")
def own_pages(count, _):
    """Pages of the book's own."""
    return {f"pages/p{place:05}.md": f"# Page {place:05}\n\nText.\n" for place in range(count + 1)}


@direction(60, "build")
def metrics_on_pages(count, _):
    """Pages of metrics."""
    rows = "".join(f"m{place:05}:\n  file: errors.csv\n  source: gateway\n" for place in range(count))
    return {**ERRORS, SHOP: SMALL, "metrics.yaml": ERRORS["metrics.yaml"] + rows}


def page(text):
    """Returns a page of the book's own."""
    return {"pages/about.md": "# About\n\n" + text + "\n"}


MARKDOWN = {
    "brackets": "[",
    "closed_brackets": "[a](",
    "emphasis": "*a ",
    "mixed_emphasis": "*a **b ",
    "quotes": "> ",
    "comments": "<!-- ",
    "tags": "<a ",
    "footnote_references": "[^1] ",
    "entities": "&a",
    "images": "![a](b.png) ",
    "pipes": "a | b ",
    "underscores": "_a__b",
    "tildes": "~~a ",
    "schemes": "http://a ",
}


@direction(300, "build")
def markdown(count, _):
    """Markdown: pages that each repeat a piece of syntax which is never finished."""
    return {f"pages/{name.replace('_', '-')}.md": f"# About\n\nbegin {text * count}\n" for name, text in MARKDOWN.items()}


@direction(300, "build")
def markdown_ticks(count, _):
    """Markdown: runs of backticks, each longer than the last."""
    side = int((2 * count) ** 0.5) * 4
    return page(" ".join("`" * (1 + place) for place in range(side)))


@direction(1000, "build")
def markdown_footnotes(count, _):
    """Markdown: footnotes with their references."""
    return page("".join(f"a[^{place:05}]\n\n[^{place:05}]: note\n\n" for place in range(count)))


@direction(1000, "build")
def markdown_definitions(count, _):
    """Markdown: definitions of links with their uses."""
    return page("".join(f"[a{place:05}]\n\n[a{place:05}]: https://example.org/{place:05}\n\n" for place in range(count)))


@direction(500, "build")
def markdown_headings(count, _):
    """Markdown: equal headings."""
    return page("## Equal\n\n" * count)


@direction(1000, "build")
def markdown_lists(count, _):
    """Markdown: items of a list."""
    return page("- item\n" * count)


@direction(300, "build")
def markdown_nested_lists(count, _):
    """Markdown: lists in lists."""
    return page("\n".join(" " * (2 * (place % 40)) + "- item" for place in range(count)))


@direction(300, "build")
def markdown_columns(count, _):
    """Markdown: a table with many columns and short rows."""
    return page("|" + "a|" * count + "\n|" + "-|" * count + "\n" + "|a|\n" * min(count, 50))


@direction(600, "build")
def markdown_table(count, _):
    """Markdown: a table with as many columns as short rows."""
    return page("|" + "a|" * count + "\n|" + "-|" * count + "\n" + "|a|\n" * count)


# Directions whose memory is watched: how many items, and the bytes that each may take at the peak.
MEMORY = {
    "team-aliases": (20_000, 4_000),
    "aliases-above-key-results": (2_000, 20_000),
    "own-pages": (1_000, 40_000),
    "findings-on-one-line": (5_000, 10_000),
}

# Directions in which nothing ever cost too much, or whose bound lies beyond small books (forty quarters of lineage on a
# page); they are watched with `--all` only.
RARE = {
    "carried-on-pages",
    "objective-aliases",
    "metric-aliases",
    "parents-into-a-ring",
    "allowances-of-other-findings",
    "allowances-on-one-line",
    "codes-of-one-allowance",
    "headings-with-allowances",
    "equal-key-results-of-teams",
    "equal-ids",
    "key-results-of-an-objective",
    "objectives-of-a-team",
    "owners",
    "guardrails",
    "supports",
    "supporters",
    "carried-by-many",
    "quarters",
    "unknown-keys",
    "unknown-keys-of-objectives",
    "repeated-keys",
    "words-of-a-sentence",
    "words-of-an-objective",
    "numbers-of-a-sentence",
    "letters-of-a-title",
    "unseen-characters",
    "repeated-sections",
    "unknown-sections",
    "headings-of-a-review",
    "lines-of-a-review",
    "stray-lines-of-a-review",
    "amendments",
    "check-ins",
    "metrics-of-a-file",
    "exports",
    "exports-under-one-pattern",
    "patterns-over-exports",
    "rows-of-an-export",
    "days-of-an-export",
    "series-of-a-split",
    "bad-cells",
    "repeated-days",
    "findings-as-short",
    "findings-as-json",
    "findings-as-github",
    "reviews-laid-out",
    "key-results-locked",
    "markdown-footnotes",
    "markdown-ticks",
    "markdown-definitions",
    "markdown-headings",
    "markdown-lists",
    "markdown-nested-lists",
    "markdown-columns",
}
