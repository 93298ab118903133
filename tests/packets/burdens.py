#!/usr/bin/env python3
"""Books that ask more of a packet than it can give: tests/packets/burdens.py OKRBOOK [NAME…] measures each at 1×, 2×, 4×.

Each burden writes a book, of a size that is asked for, and says what comes of it: a packet, or the words that name the
bound. What it costs is measured as processor time and peak memory of the program that makes the packet.
"""
import base64, os, re, resource, shutil, struct, subprocess, sys, tempfile, zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS, MEGABYTES = 10, 500
MADE = r"pages, \d+ kB"
burdens = []


def withheld(file, why):
    """What is said of an asset that isn't published: the packet is made without it."""
    return rf"assets/{file} is not published: {why}[^$]*{MADE}"


def burden(says=MADE, *arguments):
    """Registers a book: what the program says of it, and with which arguments."""
    def register(write):
        burdens.append((write.__name__.replace("_", " "), write, says, arguments))
        return write
    return register


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def team(book, name="one", key_results=3, title="it", objectives=1):
    lines = ["objectives:"]
    for objective in range(objectives):
        lines += [f"  - id: o{objective}", f"    title: Raise {title}", "    key_results:"]
        lines += [f"      - {{ id: k{at}, title: 'Raise {title} from 40 to 60', metric: k0 }}" for at in range(key_results)]
    write(book / f"quarters/2026-Q3/{name}.yaml", "\n".join(lines) + "\n")


def base(book, settings="", title="it"):
    write(book / "okrbook.yaml", f"organisation: Burdened\nas_of: 2026-10-02\n{settings}")
    days = "".join(f"2026-{7 + at // 28:02}-{1 + at % 28:02},{40 + at / 3:.1f}\n" for at in range(84))
    write(book / "metrics/k0.csv", f"date,value\n{days}")
    team(book, title=title)


def review(book, answer):
    write(book / "quarters/2026-Q3/one.review.md", f"## o0/k0\n### What worked\n{answer}\n")


# Texts.

@burden()
def marks_on_a_letter(book, size):
    base(book, title="e" + "\u0301" * 7_000 * size)

@burden()
def marks_of_many_kinds_in_a_review(book, size):
    base(book)
    review(book, "e" + "\u0301\u0316\u20dd\u200d\ufe0f" * 10_000 * size)

@burden()
def joiners(book, size):
    base(book)
    review(book, "\u200d" * 100_000 * size)

@burden()
def marks_on_every_letter(book, size):
    base(book)
    review(book, ("e" + "\u0301" * 29) * 2_000 * size)

@burden()
def links(book, size):
    base(book)
    review(book, " ".join(f"<https://a.example/{at}>" for at in range(20_000 * size)))

@burden()
def links_with_names(book, size):
    base(book)
    review(book, "\n\n".join(f"[name](https://a.example/{at})" for at in range(20_000 * size)))

@burden()
def a_long_address(book, size):
    base(book)
    review(book, f"[name](https://a.example/{'a' * 500_000 * size}) and <https://a.example/{'b' * 500_000 * size}>")

@burden()
def a_long_word(book, size):
    base(book)
    review(book, "x" * 1_000_000 * size)

@burden()
def a_long_word_with_blanks_that_hold(book, size):
    base(book)
    review(book, "x\u00a0" * 300_000 * size)

@burden()
def long_words_in_titles(book, size):
    base(book, title="x" * 15_000 * size)

@burden()
def a_long_paragraph(book, size):
    base(book)
    review(book, "word " * 200_000 * size)

@burden()
def many_paragraphs(book, size):
    base(book)
    review(book, "a\n\n" * 100_000 * size)

@burden()
def many_lines(book, size):
    base(book)
    review(book, "a\\\n" * 100_000 * size)

@burden()
def emphasis(book, size):
    base(book)
    review(book, "*a* **b** `c` ~~d~~ " * 20_000 * size)

@burden()
def a_long_table(book, size):
    base(book)
    review(book, "|a|b|c|d|\n|-|-|-|-|\n" + "|e|f|g|h|\n" * 25_000 * size)

@burden()
def a_wide_table(book, size):
    base(book)
    review(book, "|a" * 1_000 * size + "|\n" + "|-" * 1_000 * size + "|\n" + "|e\n" * 1_000)

@burden()
def deep_quotations(book, size):
    base(book)
    review(book, "> " * 1_000 * size + "deep\n\n" + "- " * 1_000 * size + "deep\n\n" + "*_" * 1_000 * size + "deep")

@burden()
def many_deep_lists(book, size):
    base(book)
    review(book, "".join("  " * (at % 12) + "- item\n" for at in range(50_000 * size)))

@burden()
def both_directions(book, size):
    base(book)
    review(book, "a א ב c1 ג " * 50_000 * size)

@burden()
def both_directions_without_blanks(book, size):
    base(book)
    review(book, "aא1ב" * 100_000 * size)

@burden()
def many_scripts(book, size):
    base(book)
    letters = [chr(at) for at in range(0xA0, 0x2FA1D, 53) if not 0xD800 <= at < 0xE000]
    review(book, "".join(letters * (20 * size)))

@burden()
def letters_and_marks_of_two_fonts(book, size):
    base(book, title="\u05c6\u05c7 good")
    review(book, "\u05c6\u05c7 α\u0483 \u0985\u0981 " * 1_000 * size)

@burden()
def many_titles_of_one_sign(book, size):
    base(book)
    team(book, key_results=1, objectives=20 * size, title="-" * 20_000)

@burden()
def many_titles_of_marks(book, size):
    base(book)
    team(book, key_results=1, objectives=20 * size, title=("a" + "\u0301" * 10) * 1_000)

@burden()
def many_titles_without_blanks(book, size):
    base(book)
    team(book, key_results=1, objectives=20 * size, title="漢字" * 1_600)

@burden()
def families(book, size):
    base(book)
    review(book, "\U0001f469\u200d\U0001f469\u200d\U0001f467" * 50_000 * size)

@burden()
def headings(book, size):
    base(book)
    review(book, "#### heading\n\n" * 20_000 * size)

@burden()
def code(book, size):
    base(book)
    review(book, "```\n" + "let x = 1;\n" * 90_000 * size + "```")

@burden()
def code_in_one_line(book, size):
    base(book)
    review(book, "```\n" + "x" * 1_000_000 * size + "\n```")

@burden()
def a_long_name(book, size):
    base(book)
    write(book / "okrbook.yaml", f"organisation: {'Name ' * 3_000 * size}\nas_of: 2026-10-02\n")
    review(book, "word " * 20_000)

@burden()
def a_long_name_of_a_team(book, size):
    base(book, settings=f"teams:\n  one:\n    name: {'Name ' * 3_000 * size}\n")
    review(book, "word " * 20_000)

@burden()
def many_key_results(book, size):
    base(book)
    team(book, key_results=3_000 * size)

@burden()
def many_objectives(book, size):
    base(book)
    team(book, key_results=1, objectives=1_000 * size)

@burden()
def many_long_titles(book, size):
    base(book)
    team(book, key_results=180 * size, title="word " * 1_000)

@burden()
def many_teams(book, size):
    base(book)
    for at in range(60):
        team(book, f"team-{at}", key_results=10 * size)

@burden()
def many_more_teams(book, size):
    base(book)
    for at in range(1_000 * size):
        team(book, f"team-{at}", key_results=1)

@burden()
def reviews_of_many_teams(book, size):
    base(book)
    for at in range(50):
        team(book, f"team-{at}", key_results=4)
        answers = "".join(f"## o0/k{place}\n### What worked\n{'word ' * 4_000 * size}\n" for place in range(4))
        write(book / f"quarters/2026-Q3/team-{at}.review.md", answers)

@burden()
def many_check_ins(book, size):
    base(book)
    for at in range(80):
        day = f"2026-{7 + at // 28:02}-{1 + at % 28:02}"
        note = "a note of some words " * 100 * size
        write(book / f"quarters/2026-Q3/checkins/{day}.one.yaml", f"o0/k0:\n  confidence: {at % 10}\n  note: {note}\n")

@burden()
def many_findings(book, size):
    base(book)
    lines = ["objectives:", "  - id: o", "    title: Ship", "    key_results:"]
    lines += [f"      - {{ id: k{at}, title: 'Launch thing {at} and do more' }}" for at in range(2_000 * size)]
    write(book / "quarters/2026-Q3/one.yaml", "\n".join(lines) + "\n")


# Fonts.

def collection(faces):
    inter = (ROOT / "fonts/Inter-Regular.ttf").read_bytes()
    head = 12 + 4 * faces
    tables = bytearray(inter)
    for at in range(struct.unpack(">H", inter[4:6])[0]):
        place = 12 + 16 * at + 8
        tables[place:place + 4] = struct.pack(">I", struct.unpack(">I", inter[place:place + 4])[0] + head)
    return b"ttcf\0\1\0\0" + struct.pack(">I", faces) + struct.pack(">I", head) * faces + bytes(tables)

@burden(withheld("a.ttf", "it doesn't hold what its ending says"))
def a_font_of_many_faces(book, size):
    base(book)
    write(book / "assets/a.ttf", collection(16_000 * size))

def mapped(end, times=1):
    """Inter with a table that claims all characters up to one."""
    inter = (ROOT / "fonts/Inter-Regular.ttf").read_bytes()
    out = bytearray(inter)
    for at in range(struct.unpack(">H", inter[4:6])[0]):
        if inter[12 + 16 * at:16 + 16 * at] == b"cmap":
            out[12 + 16 * at + 8:12 + 16 * at + 12] = struct.pack(">I", len(inter))
    records = b"".join(struct.pack(">HHI", 3, 10, 4 + 8 * times) for _ in range(times))
    return bytes(out) + struct.pack(">HH", 0, times) + records + struct.pack(">HHIIIIII", 12, 0, 28, 0, 1, 0, end, 1)

@burden(r"assets/a.ttf: the font claims more than 8 million characters")
def a_font_of_many_characters(book, size):
    base(book)
    write(book / "assets/a.ttf", mapped(100_000_000 * size))

@burden(r"assets/a.ttf: the font has \d+ tables of its characters, more than 32")
def a_font_of_many_maps(book, size):
    base(book)
    write(book / "assets/a.ttf", mapped(0xFFFF, 1_000 * size))

@burden(r"more than 64")
def many_fonts(book, size):
    base(book)
    inter = (ROOT / "fonts/Inter-Regular.ttf").read_bytes()
    for at in range(60 + 40 * size):
        write(book / f"assets/{at:03}.ttf", inter)

@burden(r"assets/a.ttf: the font has \d+ MiB, more than 32")
def a_large_font(book, size):
    base(book)
    write(book / "assets/a.ttf", (ROOT / "fonts/Inter-Regular.ttf").read_bytes() + bytes(34_000_000 + 5_000_000 * size))

@burden(withheld("a.ttf", "it is larger than 64 MiB"))
def a_huge_font(book, size):
    base(book)
    write(book / "assets/a.ttf", (ROOT / "fonts/Inter-Regular.ttf").read_bytes() + bytes(100_000_000 * size))

@burden(r"assets/a.ttf: the font (is no font|can't be read|has no table)")
def a_font_that_is_none(book, size):
    base(book)
    write(book / "assets/a.ttf", b"\0\1\0\0" + b"no" * 1_000 * size)


# Pictures.

def with_logo(book, name, bytes):
    base(book, settings=f"brand: {{ logo: assets/{name} }}\n")
    write(book / f"assets/{name}", bytes)

def png(width, height, more=b""):
    chunk = lambda kind, body: struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    deflate, row = zlib.compressobj(9), bytes(1 + (width + 7) // 8)
    rows = b"".join(deflate.compress(row) for _ in range(height)) + deflate.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + chunk(b"IDAT", rows) + chunk(b"IEND", b"")

def svg(inside, more=""):
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 99" {more}>{inside}</svg>'

BOMB = r"assets/logo.\w+: the logo claims to be \d+ × \d+ pixels"
REFERENCES = r"assets/logo.svg: the logo is a drawing that comes to more than 50000 elements"

@burden(BOMB)
def a_large_png(book, size):
    with_logo(book, "logo.png", png(12_500 * size, 12_500 * size))

@burden()
def a_png_that_is_just_small_enough(book, size):
    with_logo(book, "logo.png", png(4_000, 1_000 * size))

@burden(r"assets/logo.png: the logo has a compressed colour profile")
def a_profile_in_a_png(book, size):
    body = b"a\0\0" + zlib.compress(bytes(250_000_000 * size), 9)
    profile = struct.pack(">I", len(body)) + b"iCCP" + body + struct.pack(">I", zlib.crc32(b"iCCP" + body))
    with_logo(book, "logo.png", png(16, 16, profile))

@burden()
def a_text_in_a_png(book, size):
    body = b"a\0\0" + zlib.compress(bytes(250_000_000 * size), 9)
    text = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    with_logo(book, "logo.png", png(16, 16, text))

@burden(BOMB)
def a_large_gif(book, size):
    side = struct.pack("<H", 16_000 * size - 1)
    with_logo(book, "logo.gif", b"GIF89a" + side * 2 + b"\x80\0\0" + bytes(6) + b"," + bytes(4) + side * 2 + b"\0\x02\x02\x44\x01\0;")

@burden(BOMB)
def a_large_jpeg(book, size):
    side = struct.pack(">H", 16_000 * size - 1)
    with_logo(book, "logo.jpg", b"\xff\xd8\xff\xc0\0\x0b\x08" + side * 2 + b"\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0\0\xff\xd9")

@burden(BOMB)
def a_large_webp(book, size):
    bits = struct.pack("<I", 16_382 | 16_382 << 14)
    with_logo(book, "logo.webp", b"RIFF\x1a\0\0\0WEBPVP8L\x0e\0\0\0\x2f" + bits + bytes(9))

@burden(REFERENCES)
def drawings_of_drawings(book, size):
    levels = "".join(f'<g id="l{at}">' + f'<use href="#l{at + 1}"/>' * 10 + "</g>" for at in range(5 + size))
    with_logo(book, "logo.svg", svg(f"<defs>{levels}<path id=\"l{5 + size}\" d=\"M0 0h9v9z\"/></defs><use href=\"#l0\"/>"))

@burden(REFERENCES)
def patterns_of_patterns(book, size):
    shape = lambda at: f'<rect width="9" height="9" fill="url(#l{at + 1})"/>'
    levels = "".join(f'<pattern id="l{at}" width="9" height="9">' + shape(at) * 10 + "</pattern>" for at in range(5 + size))
    with_logo(book, "logo.svg", svg(f"{levels}<pattern id=\"l{5 + size}\"/><rect width=\"9\" height=\"9\" fill=\"url(#l0)\"/>"))

@burden(withheld("logo.svg", ""))
def a_deep_drawing(book, size):
    with_logo(book, "logo.svg", svg("<g>" * 5_000 * size + "</g>" * 5_000 * size))

@burden(r"assets/logo.svg: the logo has a filter")
def a_filter(book, size):
    shape = f'<rect x="-9" width="{10 ** 6 * size}" height="{10 ** 6 * size}" filter="url(#f)"/>'
    with_logo(book, "logo.svg", svg(f'<filter id="f"><feTurbulence numOctaves="{10 ** 4 * size}" baseFrequency="9"/></filter>{shape}'))

@burden(r"assets/logo.svg: the logo holds a picture that claims")
def a_large_png_in_a_drawing(book, size):
    data = base64.b64encode(png(12_500 * size, 12_500 * size)).decode()
    with_logo(book, "logo.svg", svg(f'<image width="9" height="9" href="data:image/png;base64,{data}"/>'))

@burden(withheld("logo.svg", "a declaration"))
def entities(book, size):
    levels = "".join(f'<!ENTITY l{at} "{f"&l{at + 1};" * 10}">' for at in range(5 + size))
    with_logo(book, "logo.svg", f'<!DOCTYPE svg [{levels}<!ENTITY l{5 + size} "<g/>">]>' + svg("&l0;"))

@burden(r"assets/logo.svg: the logo has a side that is next to nothing, or more than 1000 times as long")
def a_wide_drawing(book, size):
    with_logo(book, "logo.svg", svg('<rect width="9" height="9"/>', f'width="{10 ** 5 * size}" height="1"'))

@burden(r"assets/logo.svg: the logo has a number in `width` that is larger than 1000000")
def a_drawing_of_large_numbers(book, size):
    with_logo(book, "logo.svg", svg(f'<rect width="{size}e38" height="1e38"/>'))

@burden(r"assets/logo.svg: the logo is a drawing that scales what is in it without bounds")
def a_drawing_that_scales(book, size):
    with_logo(book, "logo.svg", svg('<g transform="scale(9999)">' * 4 * size + "<rect/>" + "</g>" * 4 * size))

@burden(r"assets/logo.svg: the logo has a (side|number)")
def a_drawing_between_extremes(book, size):
    with_logo(book, "logo.svg", f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}e30" height="1e-30"></svg>')

@burden()
def a_drawing_at_its_bound(book, size):
    with_logo(book, "logo.svg", svg('<path d="M0 0h9v9z" fill="#123" opacity=".5"/>' * 10_000 * size))

@burden()
def a_long_outline(book, size):
    with_logo(book, "logo.svg", svg(f'<path stroke="red" d="M0 0{"l1 1 2-1" * 20_000 * size}"/>'))

@burden(withheld("logo.svg", "`</svg>` ends nothing that is open"))
def a_broken_drawing(book, size):
    with_logo(book, "logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<g>\n</svg>")

@burden(r"assets/logo.png: the logo can't be set")
def a_broken_png(book, size):
    with_logo(book, "logo.png", png(64, 64)[:60])

@burden(r"assets/logo.jpg: the logo can't be set")
def a_broken_jpeg(book, size):
    with_logo(book, "logo.jpg", b"\xff\xd8\xff\xc0\0\x0b\x08\0\x10\0\x10\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0\0\xff\xd9")

@burden(r"assets/logo.svg: the logo can't be set|assets/logo.svg: the logo is")
def a_drawing_without_size(book, size):
    with_logo(book, "logo.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>')

@burden(withheld("logo.svg", "it is not UTF-8"))
def a_png_with_the_name_of_a_drawing(book, size):
    with_logo(book, "logo.svg", png(16, 16))

@burden(withheld("logo.png", "it doesn't hold what its ending says"))
def a_logo_of_nothing(book, size):
    with_logo(book, "logo.png", b"")

@burden(withheld("logo.svgz", ""))
def a_compressed_drawing(book, size):
    import gzip
    with_logo(book, "logo.svgz", gzip.compress(svg(" " * 100_000_000 * size).encode(), 9))

@burden(withheld("logo.pdf", ""))
def a_pdf_as_logo(book, size):
    with_logo(book, "logo.pdf", b"%PDF-1.7\n")


# Attachments, and what else is large.

@burden(r"MiB are to be attached to a packet, \d+ of them in metrics/k0.csv; at most 64", "--attach")
def a_large_attachment(book, size):
    base(book)
    line = b"2026-07-01,41," + b"x" * 200 + b"\n"
    write(book / "metrics/k0.csv", b"date,value,note\n" + line * (75_000_000 * size // len(line)))

@burden(MADE, "--attach")
def an_attachment_that_is_just_small_enough(book, size):
    base(book)
    with open(book / "metrics/k0.csv", "wb") as file:
        file.write(b"date,value,note\n")
        for _ in range(15 * size):
            file.write(b"".join(b"2026-07-01,41," + base64.b64encode(os.urandom(750)) + b"\n" for _ in range(1_000)))

@burden()
def large_assets(book, size):
    base(book)
    write(book / "assets/video.mp4", bytes(200_000_000 * size))


# Templates, which are programs.

def with_template(book, text):
    base(book)
    write(book / "templates/packet.typ", text)

@burden(r"the packet was given up: its layout takes longer than 30 s")
def a_template_without_end(book, size):
    loop = "#{ let a = 0\nfor b in range(10000) { for c in range(10000) { for d in range(10000) { a += 1 } } } }\n"
    with_template(book, loop * size)

@burden(r"the packet was given up: its layout takes more than \d+ MiB of memory")
def a_template_that_takes_all_memory(book, size):
    with_template(book, f"#let a = range({300_000_000 * size})\n")

@burden(r"packet.typ:1: ")
def a_template_that_calls_itself(book, size):
    with_template(book, "#let a() = a()\n#a()\n" * size)


def measure(okrbook, book, scratch, arguments):
    """Makes a packet; returns what the program says, its processor time in seconds and its peak memory in megabytes."""
    out = scratch / "out.pdf"
    out.unlink(missing_ok=True)
    read, write_end = os.pipe()
    process = os.fork()
    if process == 0:
        os.dup2(write_end, 2)
        os.dup2(write_end, 1)
        os.close(read)
        resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
        resource.setrlimit(resource.RLIMIT_AS, (12 << 30, 12 << 30))
        os.execv(okrbook, [str(okrbook), "-C", str(book), "packet", "2026-Q3", "-o", str(out), *arguments])
    os.close(write_end)
    with os.fdopen(read, errors="replace") as pipe:
        said = pipe.read()
    _, status, used = os.wait4(process, 0)
    code = os.waitstatus_to_exitcode(status)
    return said, code, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out


def run(okrbook, name, scratch, size):
    """Returns what is wrong with a burden's packet, and its cost."""
    _, make, says, arguments = next(known for known in burdens if known[0] == name)
    book = scratch / "book"
    shutil.rmtree(book, ignore_errors=True)
    make(book, size)
    said, code, seconds, megabytes, out = measure(okrbook, book, scratch, arguments)
    wrong = []
    if not re.search(says, said):
        wrong.append(f"says {said[-300:]!r}, not {says!r}")
    if (code == 0) != out.exists() or (code == 0) != says.endswith(MADE):
        wrong.append(f"exit code {code}")
    is_program = make.__name__.startswith("a_template")
    if seconds > SECONDS and not is_program:
        wrong.append(f"takes {seconds:.1f} s of processor time")
    if megabytes > (1_600 if is_program else MEGABYTES):
        wrong.append(f"takes {megabytes:.0f} MB")
    return wrong, seconds, megabytes, out, said


def main():
    okrbook, names = Path(sys.argv[1]).resolve(), sys.argv[2:]
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, *_ in burdens:
            if names and not any(part in name for part in names):
                continue
            costs, faults = [], []
            for size in [1, 2, 4]:
                wrong, seconds, megabytes, _, _ = run(okrbook, name, Path(folder), size)
                costs.append(f"{seconds:6.1f} s {megabytes:5.0f} MB")
                faults += [f"{size}×: {what}" for what in wrong]
            bad += bool(faults)
            print(f"{name:42} | {' | '.join(costs)} | {'; '.join(faults)}", flush=True)
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
