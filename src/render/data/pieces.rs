//! A file's text in pieces, handed on while the rest is made.
//!
//! In: text. Out: the same in memory, of which whoever wants it takes what there is each time it has grown.

use std::io;

use crate::error::{Error, Result};

/// How many bytes make a piece.
const PIECE: usize = 1 << 20;

/// A text that is handed on as it grows.
pub(in crate::render) struct Pieces<'a> {
    made: &'a mut Vec<u8>,
    take: &'a mut dyn FnMut(&mut Vec<u8>) -> Result<()>,
    /// From so many bytes on the next piece is handed on.
    full: usize,
    failed: Option<Error>,
}

impl<'a> Pieces<'a> {
    /// Returns an empty text, made in this memory.
    pub(in crate::render) fn new(made: &'a mut Vec<u8>, take: &'a mut dyn FnMut(&mut Vec<u8>) -> Result<()>) -> Self {
        made.clear();
        Self { made, take, full: PIECE, failed: None }
    }

    /// Says what went wrong while pieces were handed on.
    ///
    /// # Errors
    ///
    /// Whatever went wrong.
    pub(super) fn finish(self) -> Result<()> {
        self.failed.map_or(Ok(()), Err)
    }

    #[cold]
    fn hand_on(&mut self) -> io::Result<()> {
        let taken = (self.take)(self.made);
        // What nobody takes stays, and is offered again with the next piece.
        self.full = self.made.len() + PIECE;
        taken.map_err(|error| {
            self.failed = Some(error);
            io::Error::other("a piece was not taken")
        })
    }
}

impl io::Write for Pieces<'_> {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.made.extend_from_slice(bytes);
        if self.made.len() < self.full { Ok(()) } else { self.hand_on() }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn what_is_taken_and_what_is_left_are_the_whole_text() {
        let text: Vec<u8> = (0..3 * PIECE + 7).map(|place| (place % 251) as u8).collect();
        for takes in [true, false] {
            let (mut made, mut taken, mut offers) = (b"old".to_vec(), Vec::new(), 0);
            let mut take = |piece: &mut Vec<u8>| {
                offers += 1;
                if takes {
                    taken.append(piece);
                }
                Ok(())
            };
            let mut pieces = Pieces::new(&mut made, &mut take);
            text.chunks(1000).for_each(|chunk| pieces.write_all(chunk).expect("taken"));
            pieces.finish().expect("taken");
            assert_eq!(offers, 2);
            assert!([taken, made].concat() == text);
        }
    }

    #[test]
    fn what_goes_wrong_is_told_as_it_was() {
        let mut made = Vec::new();
        let mut refuse = |_: &mut Vec<u8>| Err(Error::usage("no"));
        let mut pieces = Pieces::new(&mut made, &mut refuse);
        pieces.write_all(&[0; PIECE]).expect_err("refused");
        assert_eq!(pieces.finish().expect_err("refused").message(), "no");
    }
}
