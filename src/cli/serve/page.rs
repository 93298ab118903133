//! What a page gets while it is written: a script that follows saves, what is wrong, and what was found.
//!
//! In: a page of the site. Out: the same page with these at its end; nothing stands in the page's own text, all of it is
//! escaped, and script and style are files of their own, as the page's policy asks for.

use okrbook::markdown::escape;

use super::edition::Findings;

/// What pages are.
pub(super) const HTML: &str = "text/html; charset=utf-8";

/// What plain texts are.
pub(super) const TEXT: &str = "text/plain; charset=utf-8";

/// The path below which the server's own files stand; no path of a site begins so.
pub(super) const OWN: &str = "_serve/";

/// The server's own files: name, kind and content.
pub(super) const FILES: [(&str, &str, &str); 2] = [
    ("serve.js", "text/javascript; charset=utf-8", include_str!("../../../assets/serve/serve.js")),
    ("serve.css", "text/css; charset=utf-8", include_str!("../../../assets/serve/serve.css")),
];

/// What is put at a page's end.
pub(super) struct Extras<'a> {
    /// The number of what is shown.
    pub(super) number: u64,
    /// What stops a build.
    pub(super) trouble: Option<&'a str>,
    /// What was found about what the page shows.
    pub(super) findings: Option<&'a Findings>,
}

/// Returns a page with what is put at its end.
pub(super) fn with(content: &[u8], extras: &Extras<'_>) -> Vec<u8> {
    let end = memchr::memmem::rfind(content, b"</body>").unwrap_or(content.len());
    [&content[..end], extras.html().as_bytes(), &content[end..]].concat()
}

/// Returns a page that shows a title and what is put at its end.
pub(super) fn bare(title: &str, extras: &Extras<'_>) -> Vec<u8> {
    let title = escaped(title);
    let html = extras.html();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n</head>\n\
         <body class=\"okrbook-serve-bare\">\n<h1>{title}</h1>\n<p><a href=\"/\">To the first page</a></p>\n{html}\
         </body>\n</html>\n"
    )
    .into_bytes()
}

/// Returns what a file is, by its ending.
pub(super) fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "csv" => "text/csv; charset=utf-8",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "pdf" => "application/pdf",
        "txt" | "md" => TEXT,
        _ => "application/octet-stream",
    }
}

impl Extras<'_> {
    fn html(&self) -> String {
        let mut html = format!("<link rel=\"stylesheet\" href=\"/{OWN}serve.css\">\n");
        if let Some(trouble) = self.trouble {
            html.push_str(&format!(
                "<section class=\"okrbook-serve-trouble\" role=\"alert\"><h2>Not built: what you see is as it was before \
                 this</h2>\n<pre>{}</pre></section>\n",
                escaped(trouble)
            ));
        }
        if let Some(findings) = self.findings.filter(|findings| findings.count > 0) {
            let count =
                if findings.count == 1 { "1 finding".to_owned() } else { format!("{} findings", findings.count) };
            html.push_str(&format!(
                "<details class=\"okrbook-serve-findings\"><summary>{count}</summary>\n<pre>{}</pre></details>\n",
                escaped(&findings.text)
            ));
        }
        html.push_str(&format!("<script src=\"/{OWN}serve.js\" data-number=\"{}\"></script>\n", self.number));
        html
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(&mut out, text);
    out
}
