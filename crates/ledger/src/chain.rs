//! The hash chain of a city and the Merkle tree over it (the tree of RFC 6962 section 2.1, with SHA-256).
//!
//! The chain shows an edited, deleted or swapped entry; the tree's root, given away in receipts and reports, shows a cut tail or a
//! rewritten history.

use kernel::{code::CityCode, role::ActorId, time::Moment};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A SHA-256 value.
pub type Hash = [u8; 32];

/// The hash before the first entry of a city.
pub(crate) const GENESIS: Hash = [0; 32];

/// The end of a city's chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The city.
    pub city: CityCode,
    /// How many entries there are; also the last one's sequence.
    pub entries: u64,
    /// When the last one was written.
    pub at: Moment,
    /// The last one's hash.
    pub hash: Hash,
    /// The roots of the complete subtrees, the largest first.
    pub peaks: Vec<Hash>,
}

/// What a resident or a report is given: with it anybody can check later that the entry stands where it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The city's code.
    pub city: CityCode,
    /// The entry's sequence.
    pub seq: u64,
    /// The entry's hash, hexadecimal.
    pub hash: String,
    /// How many entries the tree held.
    pub entries: u64,
    /// The tree's root, hexadecimal.
    pub root: String,
    /// When, UTC milliseconds.
    pub at: Moment,
}

impl Head {
    pub(crate) fn empty(city: CityCode) -> Self {
        Self { city, entries: 0, at: Moment(i64::MIN), hash: GENESIS, peaks: Vec::new() }
    }

    /// Adds an entry's hash.
    pub(crate) fn push(&mut self, hash: Hash, at: Moment) {
        self.hash = hash;
        self.at = at;
        push_subtree(&mut self.peaks, self.entries, leaf(&hash));
        self.entries += 1;
    }

    /// The tree's root; of no entries, the hash of nothing.
    #[must_use]
    pub fn root(&self) -> Hash {
        root(&self.peaks)
    }

    pub(crate) fn peak_bytes(&self) -> Vec<u8> {
        self.peaks.concat()
    }

    pub(crate) fn peaks_from(bytes: &[u8]) -> Vec<Hash> {
        bytes.chunks_exact(32).filter_map(|chunk| chunk.try_into().ok()).collect()
    }

    /// The receipt for the last entry.
    #[must_use]
    pub fn receipt(&self) -> Receipt {
        Receipt {
            city: self.city,
            seq: self.entries,
            hash: hex(&self.hash),
            entries: self.entries,
            root: hex(&self.root()),
            at: self.at,
        }
    }
}

/// The root over the roots of complete subtrees, the largest first; of none, the hash of nothing.
pub(crate) fn root(peaks: &[Hash]) -> Hash {
    let mut peaks = peaks.iter().rev();
    let Some(first) = peaks.next() else { return Sha256::digest([]).into() };
    peaks.fold(*first, |right, left| node(left, &right))
}

/// Adds a subtree to those before it; `count` is how many subtrees of its size there are already.
pub(crate) fn push_subtree(peaks: &mut Vec<Hash>, count: u64, subtree: Hash) {
    peaks.push(subtree);
    // Two subtrees of one size become one: as many times as the count ends in ones.
    for _ in 0..count.trailing_ones() {
        if let (Some(right), Some(left)) = (peaks.pop(), peaks.pop()) {
            peaks.push(node(&left, &right));
        }
    }
}

pub(crate) fn leaf(hash: &Hash) -> Hash {
    let mut digest = Sha256::new();
    digest.update([0]);
    digest.update(hash);
    digest.finalize().into()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    let mut bytes = [1; 65];
    bytes[1..33].copy_from_slice(left);
    bytes[33..].copy_from_slice(right);
    Sha256::digest(bytes).into()
}

/// What an entry's content is hashed from. Fields are preceded by their lengths, so that no two entries give the same bytes.
pub(crate) struct Content<'a> {
    pub(crate) city: CityCode,
    pub(crate) seq: u64,
    pub(crate) at: Moment,
    pub(crate) noun: &'a str,
    pub(crate) key: &'a str,
    pub(crate) version: u64,
    pub(crate) kind: &'a str,
    pub(crate) actor: &'a str,
    pub(crate) body: &'a str,
}

impl Content<'_> {
    /// The content's own hash; it depends on no other entry, so many can be made at once.
    pub(crate) fn hash(&self, buffer: &mut Vec<u8>) -> Hash {
        buffer.clear();
        for number in
            [self.city.number(), self.seq.cast_signed(), self.at.millis(), self.version.cast_signed()]
        {
            buffer.extend_from_slice(&number.to_be_bytes());
        }
        for text in [self.noun, self.key, self.kind, self.actor, self.body] {
            buffer.extend_from_slice(&(text.len() as u64).to_be_bytes());
            buffer.extend_from_slice(text.as_bytes());
        }
        Sha256::digest(&*buffer).into()
    }
}

/// An entry's hash: its content's, over the hash of the entry before it.
pub(crate) fn link(previous: &Hash, content: &Hash) -> Hash {
    let mut bytes = [0; 64];
    bytes[..32].copy_from_slice(previous);
    bytes[32..].copy_from_slice(content);
    Sha256::digest(bytes).into()
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)] as char, DIGITS[usize::from(byte & 15)] as char])
        .collect()
}

/// The bytes of hexadecimal text.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|digit| digit.to_digit(16).and_then(|value| u8::try_from(value).ok())).collect();
    let digits = digits.filter(|digits| digits.len().is_multiple_of(2))?;
    Some(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

/// The actor as it stands in an entry.
pub(crate) fn actor_text(actor: &ActorId) -> String {
    actor.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition of RFC 6962, straight from its text.
    fn definition(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [one] => leaf(one),
            many => {
                let split = (1..many.len()).rev().find(|size| size.is_power_of_two()).unwrap();
                node(&definition(&many[..split]), &definition(&many[split..]))
            }
        }
    }

    #[test]
    fn the_peaks_give_the_root_of_the_definition() {
        let mut head = Head::empty(CityCode::new(522_601).unwrap());
        let mut leaves = Vec::new();
        for number in 0_u32..200 {
            assert_eq!(head.root(), definition(&leaves), "{number} leaves");
            let hash: Hash = Sha256::digest(number.to_be_bytes()).into();
            leaves.push(hash);
            head.push(hash, Moment(i64::from(number)));
            assert_eq!(Head::peaks_from(&head.peak_bytes()), head.peaks);
        }
        assert_eq!(head.entries, 200);
    }

    #[test]
    fn no_two_contents_give_the_same_bytes() {
        let city = CityCode::new(522_601).unwrap();
        let content = |noun, key| Content {
            city,
            seq: 1,
            at: Moment(0),
            noun,
            key,
            version: 1,
            kind: "made",
            actor: "system",
            body: "{}",
        };
        let mut buffer = Vec::new();
        assert_ne!(content("ab", "c").hash(&mut buffer), content("a", "bc").hash(&mut buffer));
    }
}
