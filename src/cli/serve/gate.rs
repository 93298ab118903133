//! Who is answered: this machine's user, through pages of this server.
//!
//! In: what a request says about itself. Out: nothing where it is answered, else HTTP's number and why not. Names that
//! somebody else's server may have led here are refused (DNS rebinding), and so are requests that pages of others make.

/// What a request says about itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Caller<'a> {
    /// `GET`.
    pub(super) method: &'a str,
    /// The server's names that it gives: its `Host` headers, and the one in its address, where that has one.
    pub(super) hosts: Vec<&'a [u8]>,
    /// The pages that it comes from: its `Origin` headers.
    pub(super) origins: Vec<&'a [u8]>,
    /// Whether a browser says that a page of somebody else makes it: `Sec-Fetch-Site`.
    pub(super) site: Option<&'a [u8]>,
    /// What it is made for: `Sec-Fetch-Dest`.
    pub(super) purpose: Option<&'a [u8]>,
}

/// Why a request isn't answered: HTTP's number and a sentence.
pub(super) type Refusal = (u16, &'static str);

/// Looks whether a request is answered by the server on `port`.
///
/// # Errors
///
/// Why not.
pub(super) fn look(caller: &Caller<'_>, port: u16) -> Result<(), Refusal> {
    let hosts = ["localhost", "127.0.0.1", "[::1]"].map(|name| format!("{name}:{port}"));
    let is_ours = |given: &&[u8]| hosts.iter().any(|host| host.as_bytes().eq_ignore_ascii_case(given));
    let Some(host) = caller.hosts.first().filter(|_| caller.hosts.iter().all(is_ours)) else {
        return Err((403, "this server answers to localhost only\n"));
    };
    let own = [b"http://", *host].concat();
    if !caller.origins.iter().all(|origin| origin.eq_ignore_ascii_case(&own)) {
        return Err((403, "this server answers to its own pages only\n"));
    }
    // A link in somebody's chat may lead here; what a page of others loads, frames or sends may not.
    let is_foreign = caller.site.is_some_and(|site| site != b"same-origin" && site != b"none");
    if is_foreign && caller.purpose != Some(b"document") {
        return Err((403, "this server answers to its own pages only\n"));
    }
    if !matches!(caller.method, "GET" | "HEAD") {
        return Err((405, "this server only shows pages\n"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller<'a>(hosts: &[&'a str]) -> Caller<'a> {
        Caller { method: "GET", hosts: hosts.iter().map(|host| host.as_bytes()).collect(), ..Caller::default() }
    }

    fn status(caller: &Caller<'_>) -> u16 {
        look(caller, 4680).map_or_else(|(status, _)| status, |()| 200)
    }

    #[test]
    fn a_host_is_this_machine_with_this_port_or_nobody() {
        for host in ["localhost:4680", "127.0.0.1:4680", "[::1]:4680", "LOCALHOST:4680"] {
            assert_eq!(status(&caller(&[host])), 200, "{host}");
        }
        let others = [
            "",
            "localhost",
            "localhost:80",
            "localhost:46800",
            "localhost.:4680",
            "127.0.0.1.:4680",
            "127.0.0.2:4680",
            "evil.example:4680",
            "localhost:4680.evil.example",
            "a@localhost:4680",
            "::1:4680",
            " localhost:4680",
        ];
        for host in others {
            assert_eq!(status(&caller(&[host])), 403, "{host}");
        }
        assert_eq!(status(&caller(&[])), 403);
        assert_eq!(status(&caller(&["localhost:4680", "evil.example"])), 403);
    }

    #[test]
    fn an_origin_is_the_servers_own_by_the_name_that_it_was_asked_by() {
        let from = |origins: &[&'static str]| {
            let origins = origins.iter().map(|origin| origin.as_bytes()).collect();
            status(&Caller { origins, ..caller(&["localhost:4680"]) })
        };
        assert_eq!(from(&["http://localhost:4680"]), 200);
        for origin in
            ["null", "", "https://localhost:4680", "http://localhost", "http://127.0.0.1:4680", "http://evil.example"]
        {
            assert_eq!(from(&[origin]), 403, "{origin}");
        }
        assert_eq!(from(&["http://localhost:4680", "http://evil.example"]), 403);
    }

    #[test]
    fn a_page_of_others_may_lead_here_and_load_nothing() {
        let made = |site: &'static str, purpose: &'static str| {
            let (site, purpose) = (Some(site.as_bytes()), Some(purpose.as_bytes()));
            status(&Caller { site, purpose, ..caller(&["localhost:4680"]) })
        };
        assert_eq!(
            (made("same-origin", "empty"), made("none", "document"), made("cross-site", "document")),
            (200, 200, 200)
        );
        assert_eq!((made("cross-site", "iframe"), made("same-site", "empty"), made("odd", "image")), (403, 403, 403));
    }

    #[test]
    fn pages_are_got_and_nothing_is_sent() {
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get"] {
            assert_eq!(status(&Caller { method, ..caller(&["localhost:4680"]) }), 405, "{method}");
        }
        assert_eq!(status(&Caller { method: "HEAD", ..caller(&["localhost:4680"]) }), 200);
        assert_eq!(status(&Caller { method: "POST", ..caller(&["evil.example"]) }), 403);
    }
}
