//! The fonts that travel with the program: subsets of Noto CJK under the SIL Open Font Licence (assets/fonts/README.md).

/// Sans serif 黑体, the whole block of 20,992 common and rare characters; family [`SANS_FAMILY`].
pub const SANS: &[u8] = include_bytes!("../../assets/fonts/NotoSansCJKsc-Regular.subset.otf");
/// Serif 宋体, GB 2312 and Big5; family [`SERIF_FAMILY`].
pub const SERIF: &[u8] = include_bytes!("../../assets/fonts/NotoSerifCJKsc-Regular.subset.otf");
/// Serif, bold, GB 2312; family [`SERIF_FAMILY`].
pub const SERIF_BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSerifCJKsc-Bold.subset.otf");
/// Name of the sans serif family.
pub const SANS_FAMILY: &str = "Noto Sans CJK SC";
/// Name of the serif family.
pub const SERIF_FAMILY: &str = "Noto Serif CJK SC";
