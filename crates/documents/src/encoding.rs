//! Bytes to text. Offices send UTF-8 with and without a mark, UTF-16 out of spreadsheet programs, and GB18030 (with
//! its subsets GBK and GB 2312) out of older systems; which one it was is said, never guessed in silence.

use std::borrow::Cow;
use std::io::{self, Cursor, Read, Seek, SeekFrom};

use encoding_rs::{Decoder, DecoderResult, GB18030, UTF_16BE, UTF_16LE};

use crate::error::DocumentError;

/// Bytes read at once.
const CHUNK_BYTES: usize = 64 * 1024;
/// Share of characters in the GB 2312 rows from which text counts as likely Chinese, in percent.
const COMMON_PERCENT_MIN: u64 = 90;
/// Characters beyond ASCII that are looked at to say how common they are.
const SURVEY_CHARACTERS: u64 = 20_000;

/// A character encoding that is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 without a byte order mark; plain ASCII too.
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Marked,
    /// UTF-16, little end first, with a byte order mark.
    Utf16Little,
    /// UTF-16, big end first, with a byte order mark.
    Utf16Big,
    /// GB18030 and its subsets GBK and GB 2312.
    Gb18030,
}

impl Encoding {
    /// The name that people know it by.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8Marked => "UTF-8 with BOM",
            Self::Utf16Little => "UTF-16LE",
            Self::Utf16Big => "UTF-16BE",
            Self::Gb18030 => "GB18030",
        }
    }

    const fn mark_bytes(self) -> u64 {
        match self {
            Self::Utf8 | Self::Gb18030 => 0,
            Self::Utf8Marked => 3,
            Self::Utf16Little | Self::Utf16Big => 2,
        }
    }

    fn decoder(self) -> Option<Decoder> {
        match self {
            Self::Utf8 | Self::Utf8Marked => None,
            Self::Utf16Little => Some(UTF_16LE.new_decoder_without_bom_handling()),
            Self::Utf16Big => Some(UTF_16BE.new_decoder_without_bom_handling()),
            Self::Gb18030 => Some(GB18030.new_decoder_without_bom_handling()),
        }
    }
}

/// How sure the finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The bytes also fit, but most characters would be rare ones: another encoding is possible.
    Unsure,
    /// At least nine in ten of the characters beyond ASCII are common Chinese ones.
    Likely,
    /// A byte order mark, or bytes that are valid UTF-8 from end to end.
    Certain,
}

/// What was found out about a file's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detected {
    /// The encoding.
    pub encoding: Encoding,
    /// How sure that is.
    pub certainty: Certainty,
}

/// Text and how it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text without byte order mark; borrowed where the bytes were UTF-8.
    pub text: Cow<'a, str>,
    /// The encoding found.
    pub detected: Detected,
}

/// Decodes a whole text in memory.
///
/// # Errors
/// [`DocumentError::EncodingUnknown`] with the offset and line of the first byte that fits no encoding.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, DocumentError> {
    let detected = detect(&mut Cursor::new(bytes))?;
    let rest = &bytes[detected.encoding.mark_bytes() as usize..];
    let text = match detected.encoding {
        Encoding::Utf8 | Encoding::Utf8Marked => String::from_utf8_lossy(rest),
        Encoding::Utf16Little => UTF_16LE.decode_without_bom_handling(rest).0,
        Encoding::Utf16Big => UTF_16BE.decode_without_bom_handling(rest).0,
        Encoding::Gb18030 => GB18030.decode_without_bom_handling(rest).0,
    };
    Ok(Decoded { text, detected })
}

/// Reads a source from its start to its end and says which encoding it is in; memory stays bounded. The source is
/// left at its start.
///
/// # Errors
/// [`DocumentError::EncodingUnknown`] where it is in none, [`DocumentError::Unreadable`] from the source.
pub fn detect(source: &mut (impl Read + Seek)) -> Result<Detected, DocumentError> {
    let detected = detect_from_start(source)?;
    rewind(source, 0)?;
    Ok(detected)
}

fn detect_from_start(source: &mut (impl Read + Seek)) -> Result<Detected, DocumentError> {
    rewind(source, 0)?;
    let mut mark = Vec::with_capacity(3);
    source.by_ref().take(3).read_to_end(&mut mark).map_err(DocumentError::Unreadable)?;
    let marked = match mark.as_slice() {
        [0xEF, 0xBB, 0xBF] => Some(Encoding::Utf8Marked),
        [0xFF, 0xFE, ..] => Some(Encoding::Utf16Little),
        [0xFE, 0xFF, ..] => Some(Encoding::Utf16Big),
        _ => None,
    };
    match marked {
        Some(Encoding::Utf8Marked) => match first_invalid_utf8(source, 3)? {
            None => Ok(Detected { encoding: Encoding::Utf8Marked, certainty: Certainty::Certain }),
            Some(fault) => Err(fault.into_error()),
        },
        Some(encoding) => {
            rewind(source, encoding.mark_bytes())?;
            match encoding
                .decoder()
                .map(|decoder| survey(source, decoder, encoding.mark_bytes()))
                .transpose()?
            {
                Some(Err(fault)) => Err(fault.into_error()),
                _ => Ok(Detected { encoding, certainty: Certainty::Certain }),
            }
        }
        None => {
            rewind(source, 0)?;
            let Some(utf8_fault) = first_invalid_utf8(source, 0)? else {
                return Ok(Detected { encoding: Encoding::Utf8, certainty: Certainty::Certain });
            };
            rewind(source, 0)?;
            match survey(source, GB18030.new_decoder_without_bom_handling(), 0)? {
                Ok(certainty) => Ok(Detected { encoding: Encoding::Gb18030, certainty }),
                // The encoding that went further is the one meant; its first bad byte is the one to show.
                Err(fault) if fault.offset > utf8_fault.offset => Err(fault.into_error()),
                Err(_) => Err(utf8_fault.into_error()),
            }
        }
    }
}

fn rewind(source: &mut impl Seek, offset: u64) -> Result<(), DocumentError> {
    source.seek(SeekFrom::Start(offset)).map(drop).map_err(DocumentError::Unreadable)
}

/// A byte that does not fit.
struct BadByte {
    offset: u64,
    line: u64,
}

impl BadByte {
    fn into_error(self) -> DocumentError {
        DocumentError::EncodingUnknown { offset: self.offset, line: self.line }
    }
}

fn lines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// Checks UTF-8 chunk by chunk; up to three bytes of a cut character are carried over.
fn first_invalid_utf8(source: &mut impl Read, start: u64) -> Result<Option<BadByte>, DocumentError> {
    let mut buffer = vec![0_u8; CHUNK_BYTES];
    let mut carried = 0;
    let mut offset = start;
    let mut line = 1;
    loop {
        let read = read_some(source, &mut buffer[carried..])?;
        let filled = carried + read;
        let chunk = &buffer[..filled];
        let valid = match std::str::from_utf8(chunk) {
            Ok(_) => filled,
            Err(fault) if fault.error_len().is_none() && read > 0 => fault.valid_up_to(),
            Err(fault) => {
                let valid = fault.valid_up_to();
                return Ok(Some(BadByte {
                    offset: offset + valid as u64,
                    line: line + lines(&chunk[..valid]),
                }));
            }
        };
        if read == 0 {
            return Ok(None);
        }
        line += lines(&chunk[..valid]);
        offset += valid as u64;
        carried = filled - valid;
        buffer.copy_within(valid..filled, 0);
    }
}

/// Decodes everything, and says from the first part of it how common the characters are.
fn survey(
    source: &mut impl Read,
    mut decoder: Decoder,
    start: u64,
) -> Result<Result<Certainty, BadByte>, DocumentError> {
    let mut input = vec![0_u8; CHUNK_BYTES];
    let mut output = vec![0_u8; CHUNK_BYTES * 3 + 16];
    let (mut offset, mut line, mut beyond_ascii, mut common) = (start, 1_u64, 0_u64, 0_u64);
    loop {
        let read = read_some(source, &mut input)?;
        let mut rest = &input[..read];
        loop {
            let (result, used, written) =
                decoder.decode_to_utf8_without_replacement(rest, &mut output, read == 0);
            line += lines(&output[..written]);
            if beyond_ascii < SURVEY_CHARACTERS {
                for character in String::from_utf8_lossy(&output[..written]).chars().filter(|c| !c.is_ascii())
                {
                    beyond_ascii += 1;
                    common += u64::from(is_common(character));
                }
            }
            offset += used as u64;
            rest = &rest[used..];
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(bad, after) => {
                    let back = u64::from(bad) + u64::from(after);
                    return Ok(Err(BadByte { offset: offset.saturating_sub(back), line }));
                }
            }
        }
        if read == 0 {
            let likely = beyond_ascii > 0 && common * 100 >= beyond_ascii * COMMON_PERCENT_MIN;
            return Ok(Ok(if likely { Certainty::Likely } else { Certainty::Unsure }));
        }
    }
}

/// Whether a character stands in the rows of GB 2312 (1980) that everyday text uses: punctuation, full-width forms and
/// the 6,763 characters, which GB18030 encodes as two bytes of 0xA1 and above.
fn is_common(character: char) -> bool {
    let mut text = [0_u8; 4];
    let (bytes, _, unmappable) = GB18030.encode(character.encode_utf8(&mut text));
    !unmappable && matches!(*bytes, [0xA1..=0xA3 | 0xB0..=0xF7, 0xA1..=0xFE])
}

fn read_some(source: &mut impl Read, buffer: &mut [u8]) -> Result<usize, DocumentError> {
    loop {
        match source.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other.map_err(DocumentError::Unreadable),
        }
    }
}

/// A stream of bytes in a known encoding, read as UTF-8 without byte order mark. Bytes that do not fit (only possible
/// where the source changed after [`detect`]) become U+FFFD.
pub struct TextReader<R> {
    source: R,
    /// `None`: the source is UTF-8 and is handed on as it is.
    decoder: Option<Decoder>,
    input: Vec<u8>,
    output: Vec<u8>,
    given: usize,
    ended: bool,
    taken: u64,
}

impl<R: Read + Seek> TextReader<R> {
    /// Starts at the first character of the source.
    ///
    /// # Errors
    /// [`DocumentError::Unreadable`] where the source cannot be sought.
    pub fn new(mut source: R, encoding: Encoding) -> Result<Self, DocumentError> {
        rewind(&mut source, encoding.mark_bytes())?;
        let decoder = encoding.decoder();
        let input = if decoder.is_some() { vec![0; CHUNK_BYTES] } else { Vec::new() };
        Ok(Self {
            source,
            decoder,
            input,
            output: Vec::new(),
            given: 0,
            ended: false,
            taken: encoding.mark_bytes(),
        })
    }

    /// Bytes of the source that were taken, its mark included.
    pub(crate) const fn taken(&self) -> u64 {
        self.taken
    }
}

impl<R: Read> Read for TextReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(decoder) = &mut self.decoder else {
            let read = self.source.read(buffer)?;
            self.taken += read as u64;
            return Ok(read);
        };
        while self.given == self.output.len() && !self.ended {
            let read = self.source.read(&mut self.input)?;
            self.ended = read == 0;
            self.taken += read as u64;
            self.output.resize(CHUNK_BYTES * 3 + 16, 0);
            // The output holds three bytes for each of the input, the most that these encodings need.
            let (_, _, written, _) =
                decoder.decode_to_utf8(&self.input[..read], &mut self.output, self.ended);
            self.output.truncate(written);
            self.given = 0;
        }
        let count = buffer.len().min(self.output.len() - self.given);
        buffer[..count].copy_from_slice(&self.output[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(bytes: &[u8]) -> (String, Encoding, Certainty) {
        let decoded = decode(bytes).expect("decodes");
        (decoded.text.into_owned(), decoded.detected.encoding, decoded.detected.certainty)
    }

    #[test]
    fn each_encoding_is_found_and_said() {
        let text = "编号,问题\n1,井盖破损";
        assert_eq!(found(text.as_bytes()), (text.to_owned(), Encoding::Utf8, Certainty::Certain));
        let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        assert_eq!(found(&marked), (text.to_owned(), Encoding::Utf8Marked, Certainty::Certain));
        let gb = GB18030.encode(text).0;
        assert_eq!(found(&gb), (text.to_owned(), Encoding::Gb18030, Certainty::Likely));
        let little: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(found(&little), (text.to_owned(), Encoding::Utf16Little, Certainty::Certain));
        let big: Vec<u8> =
            [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        assert_eq!(found(&big), (text.to_owned(), Encoding::Utf16Big, Certainty::Certain));
    }

    #[test]
    fn rare_characters_make_gb18030_unsure() {
        // 0x81 0x40 and the like: GBK beyond GB 2312, as mistaken Western text comes out.
        assert_eq!(found(b"\x81\x40\x82\x50").2, Certainty::Unsure);
    }

    #[test]
    fn a_byte_that_fits_nothing_is_shown_with_offset_and_line() {
        let mut bytes = "第一行\n第二行".as_bytes().to_vec();
        bytes.push(0xFF);
        bytes.push(b'\n');
        match decode(&bytes) {
            Err(DocumentError::EncodingUnknown { offset, line }) => assert_eq!((offset, line), (19, 2)),
            other => panic!("{other:?}"),
        }
        let mut gb = GB18030.encode("第一行\n第二行\n").0.into_owned();
        gb.push(0xFF);
        match decode(&gb) {
            Err(DocumentError::EncodingUnknown { offset, line }) => assert_eq!((offset, line), (14, 3)),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_character_cut_by_a_chunk_is_whole_again() {
        for padding in 0..4 {
            let text = format!("{}{}", "a".repeat(CHUNK_BYTES - padding), "井盖𠀀".repeat(30_000));
            assert_eq!(found(text.as_bytes()).1, Encoding::Utf8);
            let gb = GB18030.encode(&text).0.into_owned();
            let mut read = String::new();
            TextReader::new(Cursor::new(gb), Encoding::Gb18030)
                .and_then(|mut reader| reader.read_to_string(&mut read).map_err(DocumentError::Unreadable))
                .expect("reads");
            assert!(read == text);
        }
    }
}
