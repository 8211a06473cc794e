//! What stands in the attributes of a register and of its fields.

use proc_macro2::Span;
use syn::{
    Attribute, Data, DeriveInput, Error, Expr, ExprLit, Field, Ident, Lit, LitStr, Meta, Path, Result, Type,
    meta::ParseNestedMeta, spanned::Spanned as _,
};

/// `#[register(…)]`.
pub(crate) struct RegisterAttributes {
    pub(crate) name: LitStr,
    pub(crate) part: LitStr,
    pub(crate) mission: Option<LitStr>,
    pub(crate) zh: LitStr,
    pub(crate) en: LitStr,
    pub(crate) key: Vec<Ident>,
    pub(crate) unit: Option<Ident>,
    pub(crate) valid_from: Option<Ident>,
    pub(crate) valid_to: Option<Ident>,
    pub(crate) check: Option<Path>,
    pub(crate) complete: Option<Path>,
}

/// One field with its `#[field(…)]`.
pub(crate) struct FieldAttributes {
    pub(crate) ident: Ident,
    pub(crate) kind: Type,
    pub(crate) about: String,
    pub(crate) zh: LitStr,
    pub(crate) en: LitStr,
    pub(crate) max: Option<Expr>,
    pub(crate) min: Option<Expr>,
    pub(crate) unit: Option<LitStr>,
    pub(crate) refers: Option<LitStr>,
    pub(crate) list: Option<LitStr>,
    pub(crate) lines: bool,
    pub(crate) optional: bool,
    pub(crate) find: bool,
    pub(crate) search: bool,
    pub(crate) derived: bool,
}

fn text(meta: &ParseNestedMeta<'_>) -> Result<LitStr> {
    meta.value()?.parse()
}

fn missing(span: Span, what: &str) -> Error {
    Error::new(span, format!("{what} is missing"))
}

pub(crate) fn register(input: &DeriveInput) -> Result<RegisterAttributes> {
    let (mut name, mut part, mut mission, mut zh, mut en) = (None, None, None, None, None);
    let (mut key, mut unit, mut valid_from, mut valid_to) = (Vec::new(), None, None, None);
    let (mut check, mut complete) = (None, None);
    for attribute in of(&input.attrs, "register") {
        attribute.parse_nested_meta(|meta| {
            let word = meta.path.require_ident()?.to_string();
            match word.as_str() {
                "name" => name = Some(text(&meta)?),
                "part" => part = Some(text(&meta)?),
                "mission" => mission = Some(text(&meta)?),
                "zh" => zh = Some(text(&meta)?),
                "en" => en = Some(text(&meta)?),
                "unit" => unit = Some(text(&meta)?.parse()?),
                "valid_from" => valid_from = Some(text(&meta)?.parse()?),
                "valid_to" => valid_to = Some(text(&meta)?.parse()?),
                "check" => check = Some(text(&meta)?.parse()?),
                "complete" => complete = Some(text(&meta)?.parse()?),
                "key" => meta.parse_nested_meta(|field| {
                    key.push(field.path.require_ident()?.clone());
                    Ok(())
                })?,
                _ => return Err(meta.error("no attribute of a register")),
            }
            Ok(())
        })?;
    }
    let span = input.ident.span();
    if key.is_empty() {
        return Err(missing(span, "key(…) of the register"));
    }
    Ok(RegisterAttributes {
        name: name.ok_or_else(|| missing(span, "name"))?,
        part: part.ok_or_else(|| missing(span, "part"))?,
        mission,
        zh: zh.ok_or_else(|| missing(span, "zh"))?,
        en: en.ok_or_else(|| missing(span, "en"))?,
        key,
        unit,
        valid_from,
        valid_to,
        check,
        complete,
    })
}

/// The fields of a struct, in their order.
pub(crate) fn fields(input: &DeriveInput) -> Result<Vec<FieldAttributes>> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new(input.span(), "only a struct with named fields can be described"));
    };
    data.fields.iter().map(field).collect()
}

fn field(field: &Field) -> Result<FieldAttributes> {
    let ident = field.ident.clone().ok_or_else(|| Error::new(field.span(), "a field without a name"))?;
    let (mut zh, mut en, mut max, mut min, mut unit) = (None, None, None, None, None);
    let (mut refers, mut list) = (None, None);
    let (mut lines, mut optional, mut find, mut search, mut derived) = (false, false, false, false, false);
    for attribute in of(&field.attrs, "field") {
        attribute.parse_nested_meta(|meta| {
            let word = meta.path.require_ident()?.to_string();
            match word.as_str() {
                "zh" => zh = Some(text(&meta)?),
                "en" => en = Some(text(&meta)?),
                "unit" => unit = Some(text(&meta)?),
                "refers" => refers = Some(text(&meta)?),
                "list" => list = Some(text(&meta)?),
                "max" => max = Some(meta.value()?.parse()?),
                "min" => min = Some(meta.value()?.parse()?),
                "lines" => lines = true,
                "optional" => optional = true,
                "find" => find = true,
                "search" => search = true,
                "derived" => derived = true,
                _ => return Err(meta.error("no attribute of a field")),
            }
            Ok(())
        })?;
    }
    let span = ident.span();
    Ok(FieldAttributes {
        kind: field.ty.clone(),
        about: documentation(&field.attrs),
        zh: zh.ok_or_else(|| missing(span, "zh"))?,
        en: en.ok_or_else(|| missing(span, "en"))?,
        max,
        min,
        unit,
        refers,
        list,
        lines,
        optional,
        find,
        search,
        derived,
        ident,
    })
}

fn of<'a>(attributes: &'a [Attribute], name: &'a str) -> impl Iterator<Item = &'a Attribute> {
    attributes.iter().filter(move |attribute| attribute.path().is_ident(name))
}

/// The documentation of an item in one line: what a form shows beside a field is what the code says of it.
pub(crate) fn documentation(attributes: &[Attribute]) -> String {
    let lines = of(attributes, "doc").filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(meta) => match &meta.value {
            Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) => Some(line.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    });
    lines.collect::<Vec<_>>().join(" ").trim().to_owned()
}
