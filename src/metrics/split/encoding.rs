//! An export's bytes as text: digest, byte-order marks, encodings.
//!
//! In: the raw bytes and, where the book says it, their encoding. Out: a [`Text`] to read UTF-8 (or an encoding that
//! keeps ASCII) from, and the digest of the raw bytes once they have ended. Nothing is held but a small buffer.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::hash::{Digest, Hasher};

/// How many raw bytes decide about encoding and dialect.
pub(in crate::metrics) const SAMPLE: usize = 64 << 10;

/// How an export's bytes become text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) struct Choice {
    /// The encoding.
    pub(in crate::metrics) encoding: &'static Encoding,
    /// Bytes of the byte-order mark.
    mark: usize,
    /// Whether nothing but the absence of a better reading speaks for it.
    pub(in crate::metrics) guessed: bool,
}

/// Chooses the encoding of an export by its first bytes: by its mark, by what the book says, else UTF-16 where every
/// other byte is 0, else UTF-8, else windows-1252.
pub(in crate::metrics) fn choose(head: &[u8], given: Option<&'static Encoding>) -> Choice {
    if let Some((encoding, mark)) = Encoding::for_bom(head) {
        return Choice { encoding, mark, guessed: false };
    }
    let sure = |encoding| Choice { encoding, mark: 0, guessed: false };
    if let Some(encoding) = given {
        return sure(encoding);
    }
    // Of most exports one look says that there are none.
    let has_zeros = memchr::memchr(0, head).is_some();
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, half) = if has_zeros { (zeros(0), zeros(1), head.len() / 2) } else { (0, 0, 0) };
    if half > 0 && odd * 10 >= half * 7 && even * 10 < half {
        return sure(UTF_16LE);
    }
    if half > 0 && even * 10 >= half * 7 && odd * 10 < half {
        return sure(UTF_16BE);
    }
    match std::str::from_utf8(head) {
        Ok(_) => sure(UTF_8),
        // The sample may end inside a character.
        Err(error) if error.error_len().is_none() && head.len() >= SAMPLE => sure(UTF_8),
        Err(_) => Choice { encoding: WINDOWS_1252, mark: 0, guessed: true },
    }
}

/// Reads raw bytes and keeps their digest.
struct Raw<R> {
    input: R,
    hasher: Hasher,
}

impl<R: Read> Read for Raw<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.hasher.update(&buffer[..count]);
        Ok(count)
    }
}

/// An export's text.
pub(in crate::metrics) struct Text<R> {
    raw: Raw<R>,
    /// Raw bytes that were read ahead, without the mark.
    head: Vec<u8>,
    at: usize,
    /// How the bytes were chosen to be read.
    pub(in crate::metrics) choice: Choice,
    decoding: Option<Box<Decoding>>,
}

impl<R: Read> Text<R> {
    /// Begins to read; the first [`SAMPLE`] bytes decide about the encoding.
    pub(in crate::metrics) fn open(input: R, given: Option<&'static Encoding>) -> io::Result<Self> {
        let mut raw = Raw { input, hasher: Hasher::default() };
        let mut head = Vec::with_capacity(SAMPLE);
        raw.by_ref().take(SAMPLE as u64).read_to_end(&mut head)?;
        let choice = choose(&head, given);
        head.drain(..choice.mark);
        let decoding = (choice.encoding != UTF_8).then(|| Box::new(Decoding::new(choice.encoding)));
        Ok(Self { raw, head, at: 0, choice, decoding })
    }

    /// Returns the text of the first bytes, and whether it is all there is.
    pub(in crate::metrics) fn sample(&mut self) -> io::Result<(Vec<u8>, bool)> {
        if self.decoding.is_none() && self.at == 0 {
            let complete = self.choice.mark + self.head.len() < SAMPLE;
            return Ok((std::mem::take(&mut self.head), complete));
        }
        let mut sample = Vec::new();
        let mut chunk = vec![0; 16 << 10];
        while sample.len() < SAMPLE {
            match self.read(&mut chunk)? {
                0 => return Ok((sample, true)),
                count => sample.extend_from_slice(&chunk[..count]),
            }
        }
        Ok((sample, false))
    }

    /// Reads what is left and returns the digest of all raw bytes.
    pub(in crate::metrics) fn finish(mut self) -> io::Result<Digest> {
        io::copy(&mut self.raw, &mut io::sink())?;
        Ok(self.raw.hasher.finish())
    }

    fn read_raw(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at < self.head.len() {
            let count = buffer.len().min(self.head.len() - self.at);
            buffer[..count].copy_from_slice(&self.head[self.at..self.at + count]);
            self.at += count;
            return Ok(count);
        }
        self.raw.read(buffer)
    }
}

/// Decodes raw bytes piece by piece.
struct Decoding {
    decoder: Decoder,
    raw: Vec<u8>,
    ready: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Decoding {
    fn new(encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        Self { decoder, raw: vec![0; 16 << 10], ready: Vec::new(), at: 0, ended: false }
    }

    fn read(&mut self, buffer: &mut [u8], mut source: impl FnMut(&mut [u8]) -> io::Result<usize>) -> io::Result<usize> {
        while self.at == self.ready.len() && !self.ended {
            let count = source(&mut self.raw)?;
            self.ended = count == 0;
            let room = self.decoder.max_utf8_buffer_length(count).unwrap_or(4 * count + 16);
            self.ready.clear();
            self.ready.resize(room, 0);
            let (_, _, written, _) = self.decoder.decode_to_utf8(&self.raw[..count], &mut self.ready, self.ended);
            self.ready.truncate(written);
            self.at = 0;
        }
        let count = buffer.len().min(self.ready.len() - self.at);
        buffer[..count].copy_from_slice(&self.ready[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(mut decoding) = self.decoding.take() else { return self.read_raw(buffer) };
        let count = decoding.read(buffer, |raw| self.read_raw(raw));
        self.decoding = Some(decoding);
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str, encoding: &'static Encoding) {
        let mut text = Text::open(bytes, None).expect("readable");
        let (sample, complete) = text.sample().expect("readable");
        assert!(complete);
        assert_eq!(text.choice.encoding, encoding);
        assert_eq!(String::from_utf8_lossy(&sample), expected);
        assert_eq!(text.finish().expect("readable"), Digest::of(bytes), "the digest is of the raw bytes");
    }

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn encodings_are_told_by_mark_or_by_their_bytes() {
        check(b"\xEF\xBB\xBFa,b", "a,b", UTF_8);
        check("a,é".as_bytes(), "a,é", UTF_8);
        check(b"a,\xe9", "a,é", WINDOWS_1252);
        check(&utf_16("\u{feff}a,é\n1,2", u16::to_le_bytes), "a,é\n1,2", UTF_16LE);
        check(&utf_16("\u{feff}a,é\n1,2", u16::to_be_bytes), "a,é\n1,2", UTF_16BE);
        check(&utf_16("a,b\n1,2", u16::to_le_bytes), "a,b\n1,2", UTF_16LE);
        check(&utf_16("a,b\n1,2", u16::to_be_bytes), "a,b\n1,2", UTF_16BE);
        check(b"", "", UTF_8);
    }

    #[test]
    fn a_character_cut_at_the_samples_end_is_still_utf_8() {
        let mut bytes = vec![b'a'; SAMPLE - 1];
        bytes.extend("é and more".bytes());
        let mut text = Text::open(bytes.as_slice(), None).expect("readable");
        let mut all = Vec::new();
        text.read_to_end(&mut all).expect("readable");
        assert_eq!(text.choice.encoding, UTF_8);
        assert!(all == bytes);
    }

    #[test]
    fn a_long_utf_16_text_comes_through_whole() {
        let line = "2026-07-01;ü;1\n".repeat(20_000);
        let bytes = utf_16(&format!("\u{feff}{line}"), u16::to_le_bytes);
        let mut text = Text::open(bytes.as_slice(), None).expect("readable");
        let mut all = String::new();
        text.read_to_string(&mut all).expect("UTF-8");
        assert!(all == line, "{} bytes", all.len());
    }
}
