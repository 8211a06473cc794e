//! The parts of a Word file around its text: styles, fonts, links, pictures, and the archive that holds them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::error::DocumentError;
use crate::report::Language;
use crate::report::picture::Picture;
use crate::report::text::escape;

/// Width of the text of a page, 156 mm, in twentieths of a point.
pub(crate) const TEXT_WIDTH: usize = 8844;
/// Widest and highest picture, in English metric units (360,000 a centimetre).
const PICTURE_WIDTH: u64 = 5_580_000;
const PICTURE_HEIGHT: u64 = 7_200_000;
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STYLES: &str = include_str!("styles.xml");
const FONT_TABLE: &str = include_str!("fonts.xml");

/// A run of text with properties (as XML).
pub(crate) fn run(text: &str, properties: &str) -> String {
    let properties =
        if properties.is_empty() { String::new() } else { format!("<w:rPr>{properties}</w:rPr>") };
    format!("<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text))
}

/// The kinds of part beside the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The head of pages.
    Header,
    /// The foot of pages.
    Footer,
}

/// A Word file in the making.
#[derive(Debug)]
pub(crate) struct Package {
    core: String,
    is_letter: bool,
    relations: Vec<(&'static str, String)>,
    links: BTreeMap<String, usize>,
    parts: Vec<(Part, String)>,
    pictures: Vec<Vec<u8>>,
}

impl Package {
    pub(crate) fn new(title: &str, author: &str, language: Language) -> Self {
        let core = format!(
            "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:language>{}</dc:language></cp:coreProperties>",
            escape(title),
            escape(author),
            language.tag()
        );
        Self {
            core,
            is_letter: false,
            relations: ["styles", "settings", "fontTable"].map(|kind| (kind, format!("{kind}.xml"))).to_vec(),
            links: BTreeMap::new(),
            parts: Vec::new(),
            pictures: Vec::new(),
        }
    }

    /// The same for a letter: its size of letters is the document's own, because Word's grid counts in it, and odd and even pages have feet of
    /// their own.
    pub(crate) fn letter(self) -> Self {
        Self { is_letter: true, ..self }
    }

    fn relation(&mut self, kind: &'static str, target: String) -> usize {
        self.relations.push((kind, target));
        self.relations.len()
    }

    /// The id of a link's relation.
    pub(crate) fn link(&mut self, link: &str) -> String {
        let id = match self.links.get(link) {
            Some(id) => *id,
            None => {
                let id = self.relation("hyperlink", link.to_owned());
                self.links.insert(link.to_owned(), id);
                id
            }
        };
        format!("rId{id}")
    }

    /// Adds a head or foot of pages; the id of its relation.
    pub(crate) fn part(&mut self, part: Part, content: &str) -> String {
        self.parts.push((part, content.to_owned()));
        let kind = if part == Part::Header { "header" } else { "footer" };
        let id = self.relation(kind, format!("{kind}{}.xml", self.parts.len()));
        format!("rId{id}")
    }

    /// Adds a picture; the paragraph that shows it, with the text for those who do not see it. It stays with a caption that follows.
    pub(crate) fn picture(&mut self, picture: &Picture, text: &str, has_caption: bool) -> String {
        self.pictures.push(picture.png.clone());
        let number = self.pictures.len();
        let id = self.relation("image", format!("media/image{number}.png"));
        let (width, height) = (u64::from(picture.width.max(1)), u64::from(picture.height.max(1)));
        let mut shown = (PICTURE_WIDTH, PICTURE_WIDTH * height / width);
        if shown.1 > PICTURE_HEIGHT {
            shown = (PICTURE_HEIGHT * width / height, PICTURE_HEIGHT);
        }
        let keep = if has_caption { "<w:keepNext/>" } else { "" };
        let size = format!("cx=\"{}\" cy=\"{}\"", shown.0.max(1), shown.1.max(1));
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Picture\"/>{keep}</w:pPr><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent {size}/>\
             <wp:docPr id=\"{number}\" name=\"Picture {number}\" descr=\"{}\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:pic><pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"image{number}.png\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rId{id}\"/>\
             <a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext {size}/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>\
             </pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
            escape(text)
        )
    }

    /// The file around the text of its body.
    pub(crate) fn finish(self, body: &str) -> Result<Vec<u8>, DocumentError> {
        let unwritable =
            |cause: zip::result::ZipError| DocumentError::Unwritable(std::io::Error::other(cause));
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        // A fixed time, so that equal texts give equal files.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        let mut put = |name: &str, content: &[u8]| -> Result<(), DocumentError> {
            archive.start_file(name, options).map_err(unwritable)?;
            archive.write_all(content).map_err(DocumentError::Unwritable)
        };
        let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
        let mut types = format!(
            "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
             ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>\
             <Default Extension=\"png\" ContentType=\"image/png\"/><Override PartName=\"/docProps/core.xml\" \
             ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
        );
        for (name, kind) in [
            ("document", "document.main"),
            ("styles", "styles"),
            ("settings", "settings"),
            ("fontTable", "fontTable"),
        ] {
            let _ =
                write!(types, "<Override PartName=\"/word/{name}.xml\" ContentType=\"{word}.{kind}+xml\"/>");
        }
        for (index, (part, _)) in self.parts.iter().enumerate() {
            let kind = if *part == Part::Header { "header" } else { "footer" };
            let _ = write!(
                types,
                "<Override PartName=\"/word/{kind}{}.xml\" ContentType=\"{word}.{kind}+xml\"/>",
                index + 1
            );
        }
        types.push_str("</Types>");
        put("[Content_Types].xml", types.as_bytes())?;
        let package = "http://schemas.openxmlformats.org/package/2006/relationships";
        let begin = format!("{HEAD}<Relationships xmlns=\"{package}\">");
        let root = format!(
            "{begin}<Relationship Id=\"rId1\" Type=\"{RELATION}/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"rId2\" \
             Type=\"{package}/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
        );
        put("_rels/.rels", root.as_bytes())?;
        put("docProps/core.xml", self.core.as_bytes())?;
        put(
            "word/document.xml",
            format!("{HEAD}<w:document {NAMES}><w:body>{body}</w:body></w:document>").as_bytes(),
        )?;
        let mut relations = begin;
        for (index, (kind, target)) in self.relations.iter().enumerate() {
            let mode = if *kind == "hyperlink" { " TargetMode=\"External\"" } else { "" };
            let _ = write!(
                relations,
                "<Relationship Id=\"rId{}\" Type=\"{RELATION}/{kind}\" Target=\"{}\"{mode}/>",
                index + 1,
                escape(target)
            );
        }
        relations.push_str("</Relationships>");
        put("word/_rels/document.xml.rels", relations.as_bytes())?;
        put(
            "word/styles.xml",
            STYLES.replace("{size}", if self.is_letter { "32" } else { "24" }).as_bytes(),
        )?;
        put("word/fontTable.xml", FONT_TABLE.as_bytes())?;
        let sides = if self.is_letter { "<w:evenAndOddHeaders/>" } else { "" };
        let settings = format!(
            "{HEAD}<w:settings {NAMES}><w:zoom w:percent=\"100\"/>{sides}<w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat><w:compatSetting \
             w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat><w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>"
        );
        put("word/settings.xml", settings.as_bytes())?;
        for (index, (part, content)) in self.parts.iter().enumerate() {
            let (kind, tag) = if *part == Part::Header { ("header", "hdr") } else { ("footer", "ftr") };
            let text = format!("{HEAD}<w:{tag} {NAMES}>{content}</w:{tag}>");
            put(&format!("word/{kind}{}.xml", index + 1), text.as_bytes())?;
        }
        for (index, png) in self.pictures.iter().enumerate() {
            put(&format!("word/media/image{}.png", index + 1), png)?;
        }
        Ok(archive.finish().map_err(unwritable)?.into_inner())
    }
}
