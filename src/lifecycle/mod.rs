//! New text for a book's files, as values: what it says is decided here, writing it is the program's.

pub mod init;
