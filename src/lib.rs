//! okrbook turns a folder of plain files into an OKR site whose every score is computed from data.
//!
//! The library is the pipeline told as a story: [`open`] reads a book and scores it, [`Book::publish`]
//! makes its pages and writes them.
//!
//! ```
//! # let folder = tempfile::tempdir().unwrap();
//! # let book = folder.path();
//! # std::fs::create_dir_all(book.join("quarters/2026-Q3")).unwrap();
//! # std::fs::create_dir_all(book.join("metrics")).unwrap();
//! # std::fs::write(book.join("okrbook.yaml"), "organisation: Northwind\nas_of: 2026-08-20\n").unwrap();
//! # std::fs::write(book.join("metrics/checkout.csv"), "date,value\n2026-08-20,96.8\n").unwrap();
//! # std::fs::write(book.join("quarters/2026-Q3/shop.yaml"), "objectives:\n  - id: trust\n    title: People trust us\n    key_results:\n      - checkout: Improve checkout success from 94% to 98%\n").unwrap();
//! use okrbook::Clock;
//!
//! let opened = okrbook::open(book, &Clock { flag: None, epoch: None, now: 0 })?;
//! let book = opened.book.expect("nothing blocks");
//! let score = &book.scorecard.quarters[0].teams[0].rollup;
//! assert_eq!(score.grade().unwrap().to_string(), "0.7");
//! # Ok::<(), okrbook::error::Error>(())
//! ```

pub mod chart;
pub mod check;
pub mod config;
pub mod diag;
pub mod diff;
pub mod digest;
pub mod error;
pub mod hash;
pub mod import;
pub mod keys;
pub mod lifecycle;
pub mod load;
pub mod markdown;
pub mod metrics;
pub mod model;
pub mod packet;
pub mod par;
pub mod picture;
pub mod publishable;
pub mod pull;
pub mod read;
pub mod render;
pub mod report;
pub mod score;
pub mod seal;
pub mod sentence;
pub mod source;
pub mod unseen;
mod words;
pub mod write;
pub mod yaml;

#[path = "lib/book.rs"]
mod book;
#[path = "lib/digesting.rs"]
mod digesting;
#[path = "lib/gaps.rs"]
mod gaps;
#[path = "lib/next.rs"]
mod next;
#[path = "lib/opening.rs"]
mod opening;
#[path = "lib/packets.rs"]
mod packets;
#[path = "lib/preview.rs"]
mod preview;
#[path = "lib/publishing.rs"]
mod publishing;
#[path = "lib/pulling.rs"]
mod pulling;
#[path = "lib/sealed.rs"]
mod sealed;
#[path = "lib/sealing.rs"]
mod sealing;
#[path = "lib/standing.rs"]
mod standing;
#[path = "lib/templates.rs"]
mod templates;

pub use book::{Book, Told};
pub use gaps::Gap;
pub use next::Step;
pub use opening::{Clock, Drafts, Opened, open, open_adding, open_again, open_over, open_with};
pub use packets::Attach;
pub use preview::Preview;
pub use publishing::{Built, Target};
pub use pulling::put_pulled;
pub use sealing::{Asked, Outcome, Request, Sealed, seal, verify};
pub use standing::{Standing, TeamStanding};
