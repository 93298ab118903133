//! SHA digests, the evidence that a file is the one that was read; and a quick hash for tables of words.

use std::fmt;
use std::hash::BuildHasherDefault;

use sha2::{Digest as _, Sha256, Sha512};

/// A SHA-256 digest (FIPS 180-4); shown as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

/// A table that is looked up by words, of which the program itself or one book wrote the keys.
pub type WordTable<T> = std::collections::HashMap<String, T, BuildHasherDefault<WordHasher>>;

/// The same by bytes.
pub type BytesTable<T> = std::collections::HashMap<Vec<u8>, T, BuildHasherDefault<WordHasher>>;

/// The FNV-1a hash: quick for short words, and no defence against keys that somebody chose to collide.
#[derive(Debug, Clone, Copy)]
pub struct WordHasher(u64);

impl Default for WordHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl std::hash::Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Takes the length of a word's bytes in one step; words of one length differ by their bytes.
    fn write_usize(&mut self, number: usize) {
        self.0 = (self.0 ^ number as u64).wrapping_mul(0x0100_0000_01b3);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A digest of bytes that arrive piece by piece.
#[derive(Clone, Default)]
pub struct Hasher(Sha256);

impl Hasher {
    /// Adds bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Returns the digest of all that was added.
    #[must_use]
    pub fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

/// A SHA-512 digest (FIPS 180-4); shown as 128 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LongDigest([u8; 64]);

/// Both digests of the same bytes, as archives keep them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digests {
    /// SHA-256, which `sha256sum` checks.
    pub sha256: Digest,
    /// SHA-512, which BagIt prefers.
    pub sha512: LongDigest,
}

/// Both digests of bytes that arrive piece by piece.
#[derive(Clone, Default)]
pub struct BothHasher(Sha256, Sha512);

impl BothHasher {
    /// Adds bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
        self.1.update(bytes);
    }

    /// Returns the digests of all that was added.
    #[must_use]
    pub fn finish(self) -> Digests {
        Digests { sha256: Digest(self.0.finalize().into()), sha512: LongDigest(self.1.finalize().into()) }
    }
}

impl Digests {
    /// Returns both digests of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut hasher = BothHasher::default();
        hasher.update(bytes);
        hasher.finish()
    }
}

impl Digest {
    /// Returns the digest that 64 hexadecimal digits stand for, or nothing where they are none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        bytes_of(text).map(Self)
    }

    /// Returns the digest of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut hasher = Hasher::default();
        hasher.update(bytes);
        hasher.finish()
    }

    /// Returns the first twelve hexadecimal digits, enough for a person to compare.
    #[must_use]
    pub fn short(&self) -> String {
        self.to_string()[..12].to_owned()
    }
}

impl LongDigest {
    /// Returns the digest that 128 hexadecimal digits stand for, or nothing where they are none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        bytes_of(text).map(Self)
    }
}

/// Returns the bytes that exactly twice as many hexadecimal digits stand for.
fn bytes_of<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let digits = text.as_bytes();
    if digits.len() != 2 * N {
        return None;
    }
    let value = |digit: u8| char::from(digit).to_digit(16);
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = u8::try_from(value(pair[0])? << 4 | value(pair[1])?).ok()?;
    }
    Some(bytes)
}

/// The two digits of each byte.
static PAIRS: [[u8; 2]; 256] = {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let (mut pairs, mut byte) = ([[0; 2]; 256], 0);
    while byte < 256 {
        pairs[byte] = [HEX[byte >> 4], HEX[byte & 15]];
        byte += 1;
    }
    pairs
};

fn hexadecimal(bytes: &[u8]) -> String {
    let mut digits = vec![0; 2 * bytes.len()];
    for (pair, byte) in digits.chunks_exact_mut(2).zip(bytes) {
        pair.copy_from_slice(&PAIRS[usize::from(*byte)]);
    }
    String::from_utf8(digits).expect("internal: digits are ASCII")
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hexadecimal(&self.0))
    }
}

impl fmt::Display for LongDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hexadecimal(&self.0))
    }
}

impl fmt::Debug for LongDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_of_abc_is_the_standards() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Digest::of(b"abc").to_string(), expected);
        let mut hasher = Hasher::default();
        hasher.update(b"a");
        hasher.update(b"bc");
        assert_eq!(hasher.finish().to_string(), expected);
        let long = Digests::of(b"abc");
        assert_eq!(long.sha256.to_string(), expected);
        assert!(long.sha512.to_string().starts_with("ddaf35a193617abacc417349ae204131"));
        assert_eq!(Digest::parse(expected), Some(long.sha256));
        assert_eq!(LongDigest::parse(&long.sha512.to_string()), Some(long.sha512));
        for bad in ["", "ba78", &expected.replace('b', "g"), &"é".repeat(32)] {
            assert_eq!(Digest::parse(bad), None, "{bad}");
        }
    }
}
