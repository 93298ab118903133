#!/usr/bin/env python3
"""Holds PDF packets against the data that they were made from: tests/packets/check.py OKRBOOK.

Uses qpdf and poppler-utils, programs that know nothing of okrbook. Makes its books in a folder of its own.
"""
import json, re, shutil, subprocess, sys, tempfile, unicodedata
from pathlib import Path

import burdens

OKRBOOK = Path(sys.argv[1]).resolve()
ROOT = Path(__file__).resolve().parents[2]
# The example's cycles and what their packets are called.
PACKETS = {"2026": "Yearly review 2026"} | {f"2026-Q{number}": f"Quarterly review 2026-Q{number}" for number in (1, 2, 3, 4)}
count = 0


def run(*command, code=0):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, errors="replace")
    if done.returncode != code:
        sys.exit(f"FAIL {' '.join(map(str, command))}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def check(holds, what):
    global count
    count += 1
    if not holds:
        sys.exit(f"FAIL {what}")


def squeezed(text):
    """Returns a text without what lines, columns and marks do to it."""
    return re.sub(r"[\s*_`\u00a0\u200b]+", "", text)


def packet(book, out, *arguments):
    run(OKRBOOK, "--quiet", "-C", book, "packet", *arguments, "-o", out)
    return out


def judge(pdf, title, size="595.276 x 841.89"):
    """What holds for each packet: sound, tagged, titled, on the right paper, with its fonts inside."""
    run("qpdf", "--check", pdf)
    info = run("pdfinfo", pdf)
    for line in [f"Title: {title}", "Tagged: yes", f"Page size: {size}"]:
        name, value = line.split(": ")
        check(re.search(rf"^{name}:\s+{re.escape(value)}", info, re.M), f"{pdf.name}: {line}, not\n{info}")
    check("Encrypted:       no" in info, f"{pdf.name} is encrypted")
    fonts = run("pdffonts", pdf).splitlines()[2:]
    check(fonts and all(re.search(r"\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+\s*$", line)[1] == "yes" for line in fonts),
          f"{pdf.name}: a font is not embedded\n" + "\n".join(fonts))
    return int(re.search(r"^Pages:\s+(\d+)", info, re.M)[1])


def claims(pdf, part):
    xmp = run("pdfinfo", "-meta", pdf)
    for name, value in [("pdfaid:part", part), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1"), ("dc:language", "en")]:
        check(re.search(rf"<{name}>\s*(<[^<>]*>\s*)*{value}", xmp), f"{pdf.name}: {name} is not {value}\n{xmp}")


def bookmarks(pdf):
    """Returns all bookmarks with their pages."""
    def inside(items):
        for item in items:
            yield re.sub(r"\s+", " ", item["title"]).strip(), item["destpageposfrom1"]
            yield from inside(item["kids"])
    return list(inside(json.loads(run("qpdf", "--json", "--json-key=outlines", pdf))["outlines"]))


def contents_match(pdf):
    """The table of teams and objectives says on which page each begins."""
    known = [(title, at) for title, at in bookmarks(pdf) if re.match(r"(\d+(\.\d+)?|[AB]) ", title)]
    page = run("pdftotext", "-layout", "-f", "3", "-l", "3", pdf, "-").replace("\u2060", "")
    lines = [re.sub(r"\s+", " ", line).strip() for line in page.splitlines()]
    parts = [(title, at) for title, at in known if not title.startswith("1 ")]
    check(len(parts) >= 3, f"{pdf.name}: bookmarks lead to {parts}")
    for title, at in parts:
        told = [line for line in lines if line.startswith(title[:24])]
        check(told and told[0].endswith(f" {at}"), f"{pdf.name}: “{title}” begins on page {at}, the table says {told}")


def holds_data(book, pdf, quarter, site, team=None):
    """Every key result stands with its grade, and every answer of a review."""
    raw = squeezed(run("pdftotext", "-raw", pdf, "-"))
    data = json.loads((site / f"data/{quarter}.json").read_text())
    cards = 0
    for known in data["teams"]:
        if team and known["id"] != team:
            continue
        for key_result in (each for objective in known["objectives"] for each in objective["key_results"]):
            title, grade = squeezed(key_result["title"]), key_result["grade"] or "–"
            # The card begins with title and grade.
            check(f"{title}{grade}" in raw, f"{pdf.name}: {key_result['title']} with {grade} is missing")
            cards += 1
        review = book / f"quarters/{quarter}/{known['id']}.review.md"
        if review.exists():
            text = review.read_text().split("---\n", 2)[-1]
            paragraphs = [part for part in re.split(r"\n\s*\n|\n(?=#)", text) if part.strip() and not part.startswith("#")]
            for part in (re.sub(r"^#.*\n", "", part) for part in paragraphs):
                words = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", re.sub(r"^\s*([-*]|\d+\.)\s", "", part, flags=re.M))
                check(squeezed(words)[:80] in raw, f"{pdf.name}: the review's “{words[:60]}” is missing")
    check(cards > 0, f"{pdf.name}: no key results")
    return cards


def inside_pages(pdf):
    """No word stands beyond the edge of its page, no page is empty."""
    for page in re.findall(r"<page [^>]*>.*?</page>", run("pdftotext", "-bbox", pdf, "-"), re.S):
        width, height = map(float, re.search(r'width="([\d.]+)" height="([\d.]+)"', page).groups())
        words = re.findall(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', page)
        check(len(words) > 8, f"{pdf.name}: a page is empty")
        for left, top, right, bottom, word in words:
            fits = float(left) >= 0 and float(top) >= 0 and float(right) <= width and float(bottom) <= height
            check(fits, f"{pdf.name}: “{word}” ends at {right} × {bottom} on {width} × {height}")


def heads_repeat(pdf):
    """Returns how many pages hold rows of the evidence; each begins with the table's head."""
    pages = run("pdftotext", "-layout", pdf, "-").split("\f")
    rows = [page for page in pages if re.search(r"^\s*\d+\.\d+\.\d+ .*\smetrics/\S+.*\d", page, re.M)]
    for page in rows:
        head = re.search(r"^\s*Key result\s+How it was measured\s+File", page, re.M)
        check(head, f"{pdf.name}: the evidence goes on without its head\n{page}")
    return len(rows)


def printed(book, scratch, site, quarter):
    """What a browser makes of the page for paper: the same content, no empty page, heads repeated."""
    pdf = scratch / f"{quarter}.printed.pdf"
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
             "--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer"]
    run("chromium", *flags, f"--user-data-dir={scratch / 'browser'}", f"--print-to-pdf={pdf}",
        (site / quarter / "packet.html").as_uri())
    holds_data(book, pdf, quarter, site)
    inside_pages(pdf)
    return heads_repeat(pdf)


def published(pdf, quarter, site):
    """A build with packets publishes the same file, and the quarter's page leads to it."""
    there = site / quarter / "packet.pdf"
    check(there.read_bytes() == pdf.read_bytes(), f"{quarter}: the published packet is another one")
    for page in ["index.html", "packet.html"]:
        check(f"{quarter}/packet.pdf\"" in (site / quarter / page).read_text(), f"{quarter}/{page} has no link to it")


def example(scratch):
    book, site = ROOT / "content", scratch / "site"
    run(OKRBOOK, "--quiet", "build", book, "-o", site, "--packets")
    long = 0
    for quarter, title in PACKETS.items():
        pdf = packet(book, scratch / f"{quarter}.pdf", quarter)
        again = packet(book, scratch / "again.pdf", quarter)
        check(pdf.read_bytes() == again.read_bytes(), f"{quarter}: two runs differ")
        pages = judge(pdf, title)
        claims(pdf, "2")
        contents_match(pdf)
        cards = holds_data(book, pdf, quarter, site)
        check(cards > 2 or quarter == "2026", f"{quarter}: {cards} key results")
        inside_pages(pdf)
        published(pdf, quarter, site)
        heads_repeat(pdf)
        long = max(long, printed(book, scratch, site, quarter))
        text = run("pdftotext", pdf, "-")
        check(f"page {pages} of {pages}" in text, f"{quarter}: the last page has no number")
        check(("Draft" in text) == (quarter in ["2026-Q4", "2026"]), f"{quarter}: drafts are marked, and only they")
        print(f"{quarter}: {pages} pages, {cards} key results")
    check(long > 1, "no evidence is longer than a page, so that no head was seen to repeat")
    attached(book, scratch, site)


def attached(book, scratch, site):
    run(OKRBOOK, "--quiet", "-C", book, "packet", "2026-Q3", "--all-teams", "--attach", "-o", scratch / "teams")
    teams = sorted((scratch / "teams").glob("*.pdf"))
    check(len(teams) == 6, f"{len(teams)} packets of teams")
    for pdf in teams:
        team = pdf.name.split(".")[1]
        judge(pdf, f"{next(known['name'] for known in json.loads((site / 'data/2026-Q3.json').read_text())['teams'] if known['id'] == team)}, 2026-Q3")
        claims(pdf, "3")
        holds_data(book, pdf, "2026-Q3", site, team)
        one = packet(book, scratch / "one.pdf", "2026-Q3", "--team", team, "--attach")
        check(one.read_bytes() == pdf.read_bytes(), f"{team}: alone and among all differ")
        names = re.findall(r"^\d+: (.+)$", run("pdfdetach", "-list", pdf), re.M)
        check({f"quarters/2026-Q3/{team}.yaml", f"quarters/2026-Q3/{team}.review.md"} <= set(names), f"{team}: {names}")
        check(any(name.endswith(".csv") for name in names), f"{team}: no export is attached")
        for at, name in enumerate(names, 1):
            run("pdfdetach", "-save", at, "-o", scratch / "attached", pdf)
            check((scratch / "attached").read_bytes() == (book / name).read_bytes(), f"{team}: {name} was changed")


def hostile(scratch):
    """Texts that no layout is made for."""
    book = scratch / "hostile"
    (book / "quarters/2026-Q3").mkdir(parents=True)
    (book / "metrics").mkdir()
    settings = "organisation: 'Ünïcode & Söhne \"#let x = 1\" שלום'\nas_of: 2026-10-02\npaper: letter\nbrand: { accent: '#ffcc00' }\n"
    (book / "okrbook.yaml").write_text(settings)
    days = "".join(f"2026-{7 + at // 28:02}-{1 + at % 28:02},{40 + at / 3:.1f}\n" for at in range(84))
    (book / "metrics/k0.csv").write_text(f"date,value\n{days}")
    titles = [
        "A" * 300,
        "word " * 100,
        "הפחתת זמן התגובה מ־5 ימים ליום אחד",
        "تقليل وقت الاستجابة من 5 أيام إلى يوم واحد",
        "Ship 🚀 it 🎉 with 👩‍👩‍👧 and \U0001fae8, 日本語 too",
        "#panic() $x$ @label <label> \\ #import \\\"/etc/passwd\\\" *a* _b_ // c /* d */",
        "https://example.com/" + "path/" * 60,
    ]
    lines = ["objectives:"]
    for objective in range(6):
        lines += [f"  - id: o{objective}", f"    title: \"{titles[objective % len(titles)]}\"", "    key_results:"]
        for place in range(10):
            at = objective * 10 + place
            lines.append(f"      - {{ id: k{at}, title: \"Raise {titles[at % len(titles)]} from 40 to 60\", metric: k0 }}")
    (book / "quarters/2026-Q3/many.yaml").write_text("\n".join(lines) + "\n")
    (book / "quarters/2026-Q3/empty.yaml").write_text("objectives: []\n")
    answer = "\n\n".join(["x" * 400, "> " * 30 + "deep", "- " * 30 + "deep", "|a|b|\n|-|-|\n|" + "w" * 200 + "|d|", "word " * 1500])
    review = "".join(f"## o0/k{at}\n### What worked\n{answer if at < 2 else 'fine'}\n### What we learned\n{answer if at < 1 else 'yes'}\n" for at in range(4))
    (book / "quarters/2026-Q3/many.review.md").write_text(review)
    pdf = packet(book, scratch / "hostile.pdf", "2026-Q3")
    pages = judge(pdf, "Quarterly review 2026-Q3", "612 x 792")
    inside_pages(pdf)
    check(heads_repeat(pdf) > 1, "hostile: no table is longer than a page, so that no head was seen to repeat")
    raw = squeezed(run("pdftotext", "-raw", pdf, "-"))
    for part in ["#panic()$x$", "A" * 40, "word" * 20, "Ship🚀it🎉"]:
        check(part in raw, f"hostile: {part} is missing")
    # What is written from right to left comes out of the file in either order, and joined letters as forms of themselves.
    check("התגובה" in raw or "התגובה"[::-1] in raw, "hostile: Hebrew is missing")
    arabic = [letter for letter in unicodedata.normalize("NFKC", raw) if "\u0600" <= letter <= "\u06ff"]
    check(len(arabic) > 100, f"hostile: {len(arabic)} Arabic letters")
    said = subprocess.run([OKRBOOK, "-C", book, "packet", "2026-Q3", "-o", scratch / "said.pdf"], capture_output=True, text=True)
    check("a square stands for" in said.stderr and "assets/" in said.stderr, f"hostile: what no font has is not said: {said.stderr}")
    print(f"hostile: {pages} pages")
    return book


def own_template(scratch, book):
    """A book's own template is used, sees no files, and its faults are told with their line."""
    (book / "templates").mkdir()
    template = book / "templates/packet.typ"
    built_in = (ROOT / "templates/packet.typ").read_text()
    template.write_text(built_in.replace("#cover-page\n", "#cover-page\nOur own words.\n"))
    check("Our own words" in run("pdftotext", packet(book, scratch / "own.pdf", "2026-Q3", "--team", "empty"), "-"), "own template")
    for text, said in [('#read("/etc/passwd")', "not found"), ('#read("../okrbook.yaml")', "packet.typ:1"), ('#import "@preview/a:1.0.0"', "packet.typ:1"),
                       ("#let x = ", "packet.typ:1"), ("#datetime.today()", "packet.typ:1")]:
        template.write_text(text + "\n")
        done = subprocess.run([OKRBOOK, "--quiet", "-C", book, "packet", "2026-Q3", "-o", scratch / "no.pdf"], capture_output=True, text=True)
        check(done.returncode == 4 and said in done.stderr and not (scratch / "no.pdf").exists(), f"{text}: {done.returncode} {done.stderr}")
    shutil.rmtree(book / "templates")


def unbroken(scratch):
    """Long answers without blanks run on over pages, and their ends are on paper."""
    for word in ["x" * 2_500, "abcdefghij/" * 230]:
        book = scratch / "unbroken"
        burdens.base(book)
        asked = ["What worked", "What didn't work", "What we learned"]
        answers = "".join(f"### {question}\n{word} Omega{at}\n" for at, question in enumerate(asked))
        burdens.write(book / "quarters/2026-Q3/one.review.md", f"## o0/k0\n{answers}")
        text = run("pdftotext", packet(book, scratch / "unbroken.pdf", "2026-Q3"), "-")
        check(all(f"Omega{at}" in text for at in range(3)), f"the end of {word[:20]}… is not on paper")


def discs(pdf, colour=(0x12, 0x43, 0x6D)):
    """Returns how many filled discs of a colour a packet shows, by its pixels: some millimetre across, and free all round."""
    pages = run("pdftotext", pdf, "-").split("\f")
    page = next(at for at, text in enumerate(pages, 1) if "goal 60" in text)
    drawn = subprocess.run(["pdftoppm", "-r", "300", "-f", str(page), "-l", str(page), pdf], capture_output=True, check=True).stdout
    _, width, height, _, pixels = re.match(rb"(P6)\s(\d+)\s(\d+)\s(\d+)\s(.*)", drawn, re.S).groups()
    width, height = int(width), int(height)
    found = {at.start() // 3 for at in re.finditer(re.escape(bytes(colour)), pixels) if at.start() % 3 == 0}
    centres = []
    for at in sorted(found):
        x, y = at % width, at // width
        is_full = all(at + across + down * width in found for across in (-2, 0, 2) for down in (-2, 0, 2))
        is_free = not any(at + away in found for away in (-14, 14, -14 * width, 14 * width))
        if is_full and is_free and all(abs(x - left) + abs(y - top) > 20 for left, top in centres):
            centres.append((x, y))
    return len(centres)


def dots(scratch):
    """A key result with a single value shows it, in its row and in its chart."""
    book = scratch / "dots"
    burdens.write(book / "okrbook.yaml", "organisation: Dots\nas_of: 2026-08-20\n")
    burdens.write(book / "metrics/k0.csv", "date,value\n2026-07-09,44\n")
    goal = "objectives:\n  - id: o0\n    title: Be seen\n    key_results:\n      - { id: k0, title: Raise use from 40 to 60, metric: k0 }\n"
    burdens.write(book / "quarters/2026-Q3/one.yaml", goal)
    seen = discs(packet(book, scratch / "dots.pdf", "2026-Q3"))
    check(seen == 2, f"{seen} dots are seen on paper of one in a row and one in a chart")


def burdened(scratch):
    """Books that ask more of a packet than it can give: bounded in time and memory, and nothing is lost in silence."""
    costs = []
    for name, *_ in burdens.burdens:
        wrong, seconds, megabytes, out, said = burdens.run(OKRBOOK, name, scratch, 1)
        check(not wrong, f"{name}: {'; '.join(wrong)}")
        check("panicked" not in said, f"{name}: {said}")
        costs.append((seconds, megabytes, name))
        if out.exists():
            run("qpdf", "--check", out)
            told_on_paper(name, out)
    slowest, largest = max(costs), max(costs, key=lambda cost: cost[1])
    print(f"{len(costs)} burdens: at most {slowest[0]:.1f} s ({slowest[2]}), {largest[1]:.0f} MB ({largest[2]})")


def told_on_paper(name, pdf):
    """What is left out on paper is counted there."""
    text = re.sub(r"[\s\u200b]+", " ", run("pdftotext", "-raw", pdf, "-"))
    for burden, expected in TOLD.items():
        if name == burden:
            check(re.search(expected, text), f"{name}: the paper doesn't say “{expected}”")


TOLD = {
    "marks on a letter": r"e\S*\[[\d,]+ more marks\]",
    "a long word": r"… [\d,]+ further characters on the page",
    "long words in titles": r"… [\d,]+ further characters on the page",
    "many paragraphs": r"… [\d,]+ further characters on the page",
    "a long table": r"… [\d,]+ further characters on the page",
    "code": r"… [\d,]+ further characters on the page",
    "links": r"… [\d,]+ further characters on the page",
    "many key results": r"has more to show than a packet holds",
}


def main():
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        example(scratch)
        own_template(scratch, hostile(scratch))
        unbroken(scratch)
        dots(scratch)
        burdened(scratch)
    print(f"{count} passed")


main()
