//! The server: requests of this machine's user, answered from the desk.
//!
//! In: a socket, and what is shown. Out: answers with a strict policy, and events for pages that wait for a save. The only
//! file that speaks HTTP and waits for several things at once.

use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream::{Stream, unfold};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

use super::desk::{Answer, Desk};
use super::gate::{self, Caller};
use super::page;

/// The policy of the site's pages, and that nobody shows them inside others.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What every answer says about itself.
const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Tells pages that wait which edition is shown.
pub(super) struct Bell {
    number: watch::Sender<u64>,
}

impl Bell {
    pub(super) fn new() -> Self {
        Self { number: watch::Sender::new(0) }
    }

    /// Tells that this edition is shown from now on.
    pub(super) fn ring(&self, number: u64) {
        self.number.send_replace(number);
    }

    /// Returns an event for each edition that is shown after `since`.
    fn events(&self, since: u64) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
        unfold((self.number.subscribe(), since), |(mut shown, since)| async move {
            let number = *shown.wait_for(|number| *number != since).await.ok()?;
            Some((Ok(Event::default().event("edition").data(number.to_string())), (shown, number)))
        })
    }
}

/// A socket that is listened to, and what answers.
pub(super) struct Server {
    runtime: Runtime,
    listener: tokio::net::TcpListener,
    port: u16,
}

impl Server {
    /// Makes a socket's server.
    ///
    /// # Errors
    ///
    /// Where the system doesn't let it wait for requests.
    pub(super) fn new(listener: TcpListener) -> io::Result<Self> {
        let port = listener.local_addr()?.port();
        listener.set_nonblocking(true)?;
        let runtime = Builder::new_current_thread().enable_io().enable_time().build()?;
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        Ok(Self { runtime, listener, port })
    }

    /// Returns the port that it answers on.
    pub(super) const fn port(&self) -> u16 {
        self.port
    }

    /// Answers until the process ends.
    ///
    /// # Errors
    ///
    /// Never as things stand; whatever it may become is handed on.
    pub(super) fn run(self, desk: Arc<Desk>, bell: Arc<Bell>) -> io::Result<()> {
        let port = self.port;
        let answer = move |request: Request| answered(request, port, desk.clone(), bell.clone());
        self.runtime.block_on(async { axum::serve(self.listener, Router::new().fallback(answer)).await })
    }
}

async fn answered(request: Request, port: u16, desk: Arc<Desk>, bell: Arc<Bell>) -> Response {
    let mut response = match gate::look(&caller(&request), port) {
        Err((status, why)) => response(Answer::new(status, page::TEXT, why)),
        Ok(()) => admitted(request.method() == Method::GET, request.uri().clone(), desk, &bell).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn caller(request: &Request) -> Caller<'_> {
    let headers = request.headers();
    let all = |name: HeaderName| headers.get_all(name).iter().map(HeaderValue::as_bytes);
    let one = |name: &str| headers.get(name).map(HeaderValue::as_bytes);
    let named = request.uri().authority().map(|authority| authority.as_str().as_bytes());
    Caller {
        method: request.method().as_str(),
        hosts: all(header::HOST).chain(named).collect(),
        origins: all(header::ORIGIN).collect(),
        site: one("sec-fetch-site"),
        purpose: one("sec-fetch-dest"),
    }
}

async fn admitted(is_read: bool, address: Uri, desk: Arc<Desk>, bell: &Bell) -> Response {
    let Some(path) = address.path().strip_prefix('/').and_then(decoded) else {
        return response(Answer::new(404, page::TEXT, "no such page\n"));
    };
    if let Some(own) = path.strip_prefix(page::OWN) {
        if own == "events" && is_read {
            let since = address.query().and_then(|query| query.strip_prefix("since=")?.parse().ok());
            return Sse::new(bell.events(since.unwrap_or(0))).keep_alive(KeepAlive::default()).into_response();
        }
        let file = page::FILES.iter().find(|(name, ..)| *name == own);
        let answer = file.map(|(_, kind, content)| Answer::new(200, kind, *content));
        return response(answer.unwrap_or_else(|| Answer::new(404, page::TEXT, "no such page\n")));
    }
    let asked = tokio::task::spawn_blocking(move || desk.answer(&path)).await;
    response(asked.unwrap_or_else(|_| Answer::new(500, page::TEXT, super::edition::FAULT)))
}

fn response(answer: Answer) -> Response {
    let mut response = Response::new(Body::from(answer.content));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(answer.kind));
    if answer.status == 405 {
        headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    if let Some(location) = answer.location.and_then(|location| HeaderValue::try_from(location).ok()) {
        headers.insert(header::LOCATION, location);
    }
    response
}

/// Returns a path with its percent signs undone; nothing where it is no text.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        rest = behind;
        if first != b'%' {
            bytes.push(first);
            continue;
        }
        let (digits, behind) = rest.split_at_checked(2)?;
        let digits = std::str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('+'))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = behind;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_decoded_once_or_it_is_none() {
        assert_eq!(decoded("a%20b/%C3%BC.html").as_deref(), Some("a b/ü.html"));
        assert_eq!(decoded("%252e%252e/x").as_deref(), Some("%2e%2e/x"));
        for path in ["%", "a%2", "%zz", "%+1", "%FF", "%é"] {
            assert_eq!(decoded(path), None, "{path}");
        }
    }
}
