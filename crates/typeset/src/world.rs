//! What typst may read, and nothing else.

use std::collections::HashMap;
use std::sync::LazyLock;

use documents::report::fonts;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::TypesetError;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    [fonts::SERIF, fonts::SERIF_BOLD, fonts::SANS]
        .into_iter()
        .flat_map(|font| Font::iter(Bytes::new(font)))
        .collect()
});
static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// Whether one of the fonts has the character.
pub(crate) fn is_covered(character: char) -> bool {
    character.is_ascii_graphic()
        || character == ' '
        || FONTS.iter().any(|font| font.info().coverage.contains(u32::from(character)))
}

/// The files of one document.
pub(crate) struct Desk {
    main: FileId,
    template: Source,
    files: HashMap<FileId, Bytes>,
}

impl Desk {
    /// A template with its data and drawings by name.
    pub(crate) fn new(template: &str, files: Vec<(String, Vec<u8>)>) -> Result<Self, TypesetError> {
        let main = file_id("main.typ")?;
        let files = files.into_iter().map(|(name, bytes)| Ok((file_id(&name)?, Bytes::new(bytes))));
        let files = files.collect::<Result<_, TypesetError>>()?;
        Ok(Self { main, template: Source::new(main, template.to_owned()), files })
    }
}

fn file_id(name: &str) -> Result<FileId, TypesetError> {
    let path = VirtualPath::new(name).map_err(|cause| TypesetError::Unset { cause: cause.to_string() })?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
