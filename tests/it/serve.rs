//! `okrbook serve` over real sockets: pages follow saves, and nobody else is answered.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use okrbook::metrics::Memory;
use okrbook::model::calendar::Day;
use okrbook::{Clock, Drafts};

use crate::support::{SMALL_BOOK, contents, folder_with, okrbook, run};

/// How long something that will happen is waited for: it says nothing about how long it may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server that is stopped at the end of its test.
struct Served {
    child: Child,
    port: u16,
    said: Arc<Mutex<String>>,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Served {
    fn of(book: &Path, arguments: &[&str]) -> Self {
        let mut command = okrbook();
        let child = command.arg("serve").arg(book).args(arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
        let mut child = child.expect("started");
        let said = Arc::new(Mutex::new(String::new()));
        let (stderr, heard) = (child.stderr.take().expect("piped"), said.clone());
        thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                heard.lock().expect("whole").push_str(&(line + "\n"));
            }
        });
        let mut served = Self { child, port: 0, said };
        served.port = eventually("an address", || {
            let said = served.said();
            let (_, rest) = said.split_once("serving http://127.0.0.1:")?;
            rest.split_once('/')?.0.parse().ok()
        });
        served
    }

    fn said(&self) -> String {
        self.said.lock().expect("whole").clone()
    }

    /// Sends a request as it stands, with `PORT` for the port.
    fn raw(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("set");
        stream.write_all(request.replace("PORT", &self.port.to_string()).as_bytes()).expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("answered");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).expect("a status").parse().expect("a number");
        Answer { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Answer {
        self.raw(&format!("GET {path} HTTP/1.1\r\nHost: localhost:PORT\r\nConnection: close\r\n\r\n"))
    }

    /// Waits until a page is as it is wanted.
    fn shows(&self, path: &str, is_wanted: impl Fn(&Answer) -> bool) -> Answer {
        eventually(path, || Some(self.get(path)).filter(|answer| is_wanted(answer)))
    }
}

fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begin.elapsed() < PATIENCE, "waited in vain: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

const TEAM: &str = "quarters/2026-Q3/shop.yaml";

fn team(title: &str) -> String {
    SMALL_BOOK[1].1.replace("People trust checkout", title)
}

#[test]
fn a_page_follows_each_save_and_nothing_is_written() {
    let book = folder_with(SMALL_BOOK);
    let served = Served::of(book.path(), &["--port", "0"]);
    let page = served.get("/2026-Q3/shop.html");
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("People trust checkout"), "{}", page.body);
    assert!(page.body.contains("<script src=\"/_serve/serve.js\" data-number=\""), "{}", page.body);
    fs::write(book.path().join(TEAM), team("Nobody waits at checkout")).expect("saved");
    let page = served.shows("/2026-Q3/shop.html", |page| page.body.contains("Nobody waits at checkout"));
    assert!(!page.body.contains("People trust checkout"), "{}", page.body);
    let files: Vec<_> = contents(book.path()).into_keys().collect();
    assert_eq!(files.len(), SMALL_BOOK.len(), "{files:?}");
}

#[test]
fn what_stops_a_build_stands_over_the_last_good_page_until_it_is_mended() {
    let book = folder_with(SMALL_BOOK);
    let served = Served::of(book.path(), &["--port", "0"]);
    let is_stopped = |page: &Answer| page.body.contains("class=\"okrbook-serve-trouble\"");
    assert!(!is_stopped(&served.get("/")));
    fs::write(book.path().join("okrbook.yaml"), "organisation: [<b>Small\n").expect("saved");
    let page = served.shows("/2026-Q3/shop.html", is_stopped);
    assert_eq!(page.status, 200);
    assert!(page.body.contains("People trust checkout"), "{}", page.body);
    assert!(page.body.contains("--&gt; okrbook.yaml:1:"), "{}", page.body);
    assert!(page.body.contains("| organisation: [&lt;b&gt;Small\n") && page.body.contains('^'), "{}", page.body);
    assert!(!page.body.contains("[<b>"), "{}", page.body);
    fs::write(book.path().join("okrbook.yaml"), SMALL_BOOK[0].1).expect("saved");
    served.shows("/2026-Q3/shop.html", |page| !is_stopped(page));
}

#[test]
fn a_book_that_never_was_right_is_told_of_and_shown_once_it_is() {
    let book = folder_with(SMALL_BOOK);
    fs::write(book.path().join("okrbook.yaml"), "organisation: [\n").expect("saved");
    let served = Served::of(book.path(), &["--port", "0"]);
    let page = served.get("/");
    assert!(page.status == 500 && page.body.contains("--&gt; okrbook.yaml:"), "{}", page.body);
    fs::write(book.path().join("okrbook.yaml"), SMALL_BOOK[0].1).expect("saved");
    served.shows("/", |page| page.status == 200 && page.body.contains("People trust checkout"));
}

#[test]
fn pages_that_wait_are_told_of_a_save() {
    let book = folder_with(SMALL_BOOK);
    let served = Served::of(book.path(), &["--port", "0"]);
    let page = served.get("/").body;
    let number = page.split_once("data-number=\"").expect("numbered").1.split_once('"').expect("quoted").0;
    let mut stream = TcpStream::connect(("127.0.0.1", served.port)).expect("it listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("set");
    let request = format!("GET /_serve/events?since={number} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", served.port);
    stream.write_all(request.as_bytes()).expect("sent");
    let mut lines = BufReader::new(stream).lines().map(|line| line.expect("read"));
    assert!(lines.any(|line| line == "content-type: text/event-stream"), "events");
    fs::write(book.path().join(TEAM), team("Nobody waits at checkout")).expect("saved");
    assert!(lines.any(|line| line == "event: edition"), "told");
    let data = lines.next().expect("a number");
    assert!(data.starts_with("data: ") && data != format!("data: {number}"), "{data}");
}

#[test]
fn nobody_else_is_answered_and_nothing_is_sent_here() {
    let book = folder_with(SMALL_BOOK);
    let served = Served::of(book.path(), &["--port", "0"]);
    let refused = [
        ("GET / HTTP/1.1\r\nHost: evil.example:PORT\r\n", 403),
        ("GET / HTTP/1.1\r\nHost: localhost\r\n", 403),
        ("GET / HTTP/1.1\r\nHost: localhost:PORT\r\nHost: evil.example\r\n", 403),
        ("GET http://evil.example/ HTTP/1.1\r\nHost: localhost:PORT\r\n", 403),
        ("GET / HTTP/1.1\r\nHost: localhost:PORT\r\nOrigin: http://evil.example\r\n", 403),
        ("GET / HTTP/1.1\r\nHost: localhost:PORT\r\nOrigin: null\r\n", 403),
        ("GET /_serve/events HTTP/1.1\r\nHost: localhost:PORT\r\nOrigin: http://localhost:1\r\n", 403),
        ("GET / HTTP/1.1\r\nHost: localhost:PORT\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: iframe\r\n", 403),
        ("GET / HTTP/1.0\r\n", 403),
        ("POST / HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 0\r\n", 405),
        ("OPTIONS / HTTP/1.1\r\nHost: localhost:PORT\r\n", 405),
    ];
    for (request, status) in refused {
        let answer = served.raw(&format!("{request}Connection: close\r\n\r\n"));
        assert_eq!(answer.status, status, "{request}");
        assert!(!answer.body.contains("Small") && answer.body.len() < 100, "{request}: {}", answer.body);
        assert!(!answer.head.contains("access-control"), "{}", answer.head);
    }
    for name in ["localhost", "127.0.0.1"] {
        let own =
            format!("GET / HTTP/1.1\r\nHost: {name}:PORT\r\nOrigin: http://{name}:PORT\r\nConnection: close\r\n\r\n");
        assert_eq!(served.raw(&own).status, 200);
    }
    let head = served.raw("HEAD / HTTP/1.1\r\nHost: localhost:PORT\r\nConnection: close\r\n\r\n");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[test]
fn paths_are_looked_up_among_the_sites_own() {
    let book = folder_with(SMALL_BOOK);
    let served = Served::of(book.path(), &["--port", "0"]);
    let paths = [
        "/okrbook.yaml",
        "/../okrbook.yaml",
        "/%2e%2e/okrbook.yaml",
        "/..%2fokrbook.yaml",
        "/quarters/2026-Q3/shop.yaml",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/etc/passwd",
        "/metrics/success.csv%00",
        "/_serve/../okrbook.yaml",
        "/%ff",
        "/_serve/",
    ];
    for path in paths {
        let answer = served.get(path);
        assert_eq!(answer.status, 404, "{path}: {}", answer.body);
        assert!(!answer.body.contains("organisation:") && !answer.body.contains("root:"), "{path}: {}", answer.body);
    }
    let folder = served.get("/2026-Q3");
    assert!(folder.status == 308 && folder.head.contains("location: /2026-q3/"), "{}", folder.head);
    for (path, kind) in [
        ("/", "text/html"),
        ("/2026-Q3/", "text/html"),
        ("/metrics/success.csv", "text/csv"),
        ("/feed.xml", "application/xml"),
        ("/data/book.json", "application/json"),
        ("/_serve/serve.js", "text/javascript"),
        ("/_serve/serve.css", "text/css"),
    ] {
        let answer = served.get(path);
        assert!(
            answer.status == 200 && answer.head.contains(&format!("content-type: {kind}")),
            "{path}: {}",
            answer.head
        );
        for header in [
            "x-content-type-options: nosniff",
            "cache-control: no-store",
            "default-src 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(answer.head.contains(header), "{path} without {header}: {}", answer.head);
        }
    }
}

#[test]
fn a_port_that_is_taken_is_named_or_passed_over() {
    let book = folder_with(SMALL_BOOK);
    let taken = TcpListener::bind(("127.0.0.1", 0)).expect("a socket");
    let port = taken.local_addr().expect("bound").port().to_string();
    let (code, _, said) = run(&["serve", book.path().to_str().expect("UTF-8"), "--port", &port]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains(&format!("port {port} can't be had")) && said.contains("help: "), "{said}");
    // Whoever has the usual port, two servers get two others.
    let (one, other) = (Served::of(book.path(), &[]), Served::of(book.path(), &[]));
    assert_ne!(one.port, other.port);
    assert_eq!((one.get("/").status, other.get("/").status), (200, 200));
}

#[test]
fn a_template_that_fails_leaves_the_last_good_page_and_says_why() {
    let book = folder_with(SMALL_BOOK);
    let served = Served::of(book.path(), &["--port", "0"]);
    let is_stopped = |page: &Answer| page.body.contains("class=\"okrbook-serve-trouble\"");
    assert!(served.get("/2026-Q3/shop.html").body.contains("People trust checkout"));
    let template = book.path().join("templates/team-quarter.html");
    fs::create_dir(book.path().join("templates")).expect("made");
    for text in ["{% if", "{{ nobody.knows.this }}", "<script>alert(1)</script>"] {
        fs::write(&template, text).expect("saved");
        let page = served.shows("/2026-Q3/shop.html", is_stopped);
        assert!(page.body.contains("People trust checkout"), "{text}: {}", page.body);
        assert!(page.body.contains("templates/team-quarter.html:1:"), "{text}: {}", page.body);
        assert!(!page.body.contains("<script>alert"), "{}", page.body);
        fs::remove_file(&template).expect("removed");
        served.shows("/2026-Q3/shop.html", |page| !is_stopped(page));
    }
}

#[test]
fn what_was_found_stands_on_the_pages_that_it_is_about() {
    let book = folder_with(SMALL_BOOK);
    let other = SMALL_BOOK[1].1.replace("success: Improve checkout success from 94% to 98%", "vague: Be better");
    fs::write(book.path().join("quarters/2026-Q3/other.yaml"), other).expect("written");
    let served = Served::of(book.path(), &["--port", "0"]);
    let found = |path: &str| {
        let page = served.get(path).body;
        let corner = page.split_once("<details class=\"okrbook-serve-findings\">").map(|(_, corner)| corner.to_owned());
        corner.unwrap_or_default().split("</details>").next().unwrap_or_default().to_owned()
    };
    let named = "--&gt; quarters/2026-Q3/other.yaml:";
    for path in ["/", "/2026-Q3/", "/2026-Q3/other.html", "/teams/other.html", "/checks.html"] {
        assert!(found(path).contains(named), "{path}: {}", found(path));
    }
    for path in
        ["/2026-Q3/shop.html", "/teams/shop.html", "/metrics/success.html", "/404.html", "/checks/bare-percentage.html"]
    {
        assert!(!found(path).contains(named), "{path}: {}", found(path));
    }
}

#[test]
fn a_change_of_texts_measures_nothing_anew() {
    let book = folder_with(SMALL_BOOK);
    let write = |path: &str, text: &str| fs::write(book.path().join(path), text).expect("written");
    write("metrics.yaml", "success:\n  unit: \"%\"\nother:\n  unit: EUR\n");
    write("metrics/other.csv", "date,value\n2026-07-01,1\n2026-08-20,3\n");
    let mut memory = Memory::default();
    let mut anew = |day: Option<Day>| {
        let clock = Clock { flag: day, epoch: None, now: 0 };
        let again = okrbook::open_again(book.path(), &clock, Drafts::Kept, &mut memory).expect("read");
        let fresh = okrbook::open(book.path(), &clock).expect("read");
        assert_eq!(again.diagnostics, fresh.diagnostics);
        let shown = |opened: okrbook::Opened| {
            let book = opened.book.expect("nothing blocks");
            format!("{:?}\n{:?}", book.scorecard, book.histories)
        };
        assert_eq!(shown(again), shown(fresh));
        memory.anew()
    };
    assert_eq!((anew(None), anew(None)), (2, 0));
    write(TEAM, &team("Nobody waits at checkout"));
    assert_eq!(anew(None), 0);
    write("metrics/other.csv", "date,value\n2026-07-01,1\n2026-08-20,4\n");
    assert_eq!((anew(None), anew(None)), (1, 0));
    write("metrics.yaml", "success:\n  unit: \"%\"\nother:\n  unit: USD\n");
    assert_eq!((anew(None), anew(None)), (1, 0));
    write("metrics/other.csv", "nothing\n");
    assert_eq!((anew(None), anew(None)), (1, 0));
    assert_eq!((anew(Day::parse("2026-08-01")), anew(None)), (2, 2));
    fs::remove_file(book.path().join("metrics/other.csv")).expect("removed");
    assert_eq!(anew(None), 0);
}

#[test]
fn a_build_that_goes_on_builds_again_and_keeps_the_site_where_it_can_t() {
    let book = folder_with(SMALL_BOOK);
    let page = book.path().join("public/2026-Q3/shop.html");
    let out = book.path().join("public");
    let mut command = okrbook();
    command
        .arg("build")
        .arg(book.path())
        .arg("-o")
        .arg(&out)
        .arg("--watch")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let _building = Served { child: command.spawn().expect("started"), port: 0, said: Arc::default() };
    let shown = |title: &str| eventually(title, || fs::read_to_string(&page).ok().filter(|page| page.contains(title)));
    shown("People trust checkout");
    fs::write(book.path().join("okrbook.yaml"), "organisation: [\n").expect("saved");
    fs::write(book.path().join(TEAM), team("Nobody waits at checkout")).expect("saved");
    thread::sleep(Duration::from_millis(200));
    shown("People trust checkout");
    fs::write(book.path().join("okrbook.yaml"), SMALL_BOOK[0].1).expect("saved");
    shown("Nobody waits at checkout");
}

#[test]
fn it_survives_broken_saves_and_ends_when_it_is_told_to() {
    let book = folder_with(SMALL_BOOK);
    let mut served = Served::of(book.path(), &["--port", "0"]);
    let broken = ["", "objectives: [", "objectives:\n  - \u{0}", "objectives: &a [*a]\n", "- 1\n", "\u{feff}:\n\t:"];
    for round in 0..30 {
        fs::write(book.path().join(TEAM), broken[round % broken.len()]).expect("saved");
        assert!(served.get("/2026-Q3/shop.html").status < 600);
    }
    fs::remove_file(book.path().join(TEAM)).expect("removed");
    fs::write(book.path().join(TEAM), team("Nobody waits at checkout")).expect("saved");
    served.shows("/2026-Q3/shop.html", |page| page.status == 200 && page.body.contains("Nobody waits at checkout"));
    let pid = served.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().expect("told").success());
    let ended = eventually("its end", || served.child.try_wait().expect("asked"));
    assert!(!ended.success());
}
