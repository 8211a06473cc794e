//! Drawings made into pictures of points, for formats that take no drawings.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree, fontdb};

use super::fonts;
use crate::error::DocumentError;

/// Longest side of a picture, in points.
pub const SIDE_PIXELS_MAX: u32 = 4_000;
/// Points for a unit of the drawing: sharp on paper at the width of a page.
const PIXELS_PER_UNIT: f32 = 2.0;

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_source(fontdb::Source::Binary(Arc::new(fonts::SANS)));
    fonts.set_sans_serif_family(fonts::SANS_FAMILY);
    fonts.set_serif_family(fonts::SANS_FAMILY);
    Arc::new(fonts)
});

/// A picture of points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// A PNG file.
    pub png: Vec<u8>,
    /// Width in points.
    pub width: u32,
    /// Height in points.
    pub height: u32,
}

/// Draws an SVG on white ground. Nothing outside the text is read: references to files and addresses are left out.
///
/// # Errors
/// [`DocumentError::PictureMalformed`] where the text is no SVG, or has no size.
pub fn picture(svg: &str) -> Result<Picture, DocumentError> {
    let malformed = |cause: String| DocumentError::PictureMalformed { cause };
    let options = Options {
        fontdb: Arc::clone(&FONTS),
        font_family: fonts::SANS_FAMILY.to_owned(),
        image_href_resolver: ImageHrefResolver {
            resolve_string: Box::new(|_, _| None),
            ..ImageHrefResolver::default()
        },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|cause| malformed(cause.to_string()))?;
    let size = tree.size();
    #[expect(clippy::cast_precision_loss, reason = "a small constant")]
    let scale = PIXELS_PER_UNIT.min(SIDE_PIXELS_MAX as f32 / size.width().max(size.height()));
    let target = size.to_int_size().scale_by(scale).ok_or_else(|| malformed("it has no size".to_owned()))?;
    let mut pixmap =
        Pixmap::new(target.width(), target.height()).ok_or_else(|| malformed("it has no size".to_owned()))?;
    pixmap.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let png = pixmap.encode_png().map_err(|cause| malformed(cause.to_string()))?;
    Ok(Picture { png, width: target.width(), height: target.height() })
}
