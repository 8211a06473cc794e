//! What the derives write.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Error, Ident, Result};

use crate::attributes::{self, FieldAttributes};

pub(crate) fn fields(input: &DeriveInput) -> Result<TokenStream> {
    described(&input.ident, &attributes::fields(input)?)
}

/// What a register and a row of a small table have in common.
fn described(ident: &Ident, fields: &[FieldAttributes]) -> Result<TokenStream> {
    let descriptions = fields.iter().map(description).collect::<Result<Vec<_>>>()?;
    let references = fields.iter().map(|field| {
        let (name, ident) = (field.ident.to_string(), &field.ident);
        match (&field.refers, &field.list) {
            (_, Some(list)) => quote! {
                let key = ::ledger::register::FieldValue::key(&self.#ident);
                if !key.is_empty() {
                    let key = ::std::format!("{}{}{key}", #list, ::ledger::register::KEY_JOINT);
                    keep(::std::format!("{before}{}", #name), ::ledger::register::CODES, &key);
                }
            },
            (Some(register), None) => quote! {
                let key = ::ledger::register::FieldValue::key(&self.#ident);
                if !key.is_empty() {
                    keep(::std::format!("{before}{}", #name), #register, &key);
                }
            },
            (None, None) => quote! {
                ::ledger::register::FieldValue::references(&self.#ident, &::std::format!("{before}{}", #name), keep);
            },
        }
    });
    Ok(quote! {
        impl ::ledger::register::Fields for #ident {
            const FIELDS: &'static [::ledger::register::FieldDescription] = &[#(#descriptions),*];

            fn references(&self, before: &str, keep: &mut ::ledger::register::Keep<'_>) {
                #(#references)*
            }
        }
    })
}

/// Columns that the table of every register has already.
const TAKEN_COLUMNS: [&str; 12] = [
    "row",
    "city",
    "key",
    "version",
    "state",
    "retired_at",
    "valid_from",
    "valid_to",
    "west",
    "south",
    "east",
    "north",
];

pub(crate) fn register(input: &DeriveInput) -> Result<TokenStream> {
    let ident = &input.ident;
    let own = attributes::register(input)?;
    let fields = attributes::fields(input)?;
    let known = |name: &Ident| {
        if fields.iter().any(|field| field.ident == *name) {
            Ok(())
        } else {
            Err(Error::new(name.span(), "the register has no such field"))
        }
    };
    own.key.iter().chain(&own.valid_from).chain(&own.valid_to).chain(&own.unit).try_for_each(known)?;
    if let Some(unit) = &own.unit
        && !fields.iter().any(|field| field.ident == *unit && field.find)
    {
        return Err(Error::new(unit.span(), "rights ask for the unit's column: the field needs find"));
    }
    let derived = fields.iter().find(|field| field.derived);
    match (&own.complete, derived) {
        (Some(complete), None) => {
            return Err(Error::new_spanned(complete, "say by #[field(derived)] which fields this fills"));
        }
        (None, Some(field)) => {
            return Err(Error::new(
                field.ident.span(),
                "a derived field is filled by the register's `complete`",
            ));
        }
        _ => {}
    }
    for field in fields.iter().filter(|field| field.find) {
        let name = field.ident.to_string();
        if TAKEN_COLUMNS.contains(&name.as_str()) {
            return Err(Error::new(
                field.ident.span(),
                format!("every register has a column {name} of its own"),
            ));
        }
    }
    let kinds = fields.iter().map(|field| &field.kind);
    let shapes = fields.iter().map(|field| &field.ident);
    let described = described(ident, &fields)?;
    let about = attributes::documentation(&input.attrs);
    let (name, part, zh, en) = (&own.name, &own.part, &own.zh, &own.en);
    let mission = option(own.mission.as_ref());
    let key_names = own.key.iter().map(Ident::to_string);
    let key: Vec<_> =
        own.key.iter().map(|field| quote!(::ledger::register::FieldValue::key(&self.#field))).collect();
    let keyed = own.key.iter().zip(&key).map(|(field, key)| {
        let name = field.to_string();
        quote!((#name, #key))
    });
    let found: Vec<_> = fields.iter().filter(|field| field.find).collect();
    let columns = found.iter().map(|field| {
        let (name, kind) = (field.ident.to_string(), &field.kind);
        quote!((#name, <#kind as ::ledger::register::FieldValue>::COLUMN))
    });
    let values = found.iter().map(|field| {
        let field = &field.ident;
        quote!(::ledger::register::FieldValue::column(&self.#field))
    });
    let indexes = found.iter().map(|field| {
        let name = field.ident.to_string();
        quote!(&[#name])
    });
    let searched: Vec<_> = fields.iter().filter(|field| field.search).map(|field| &field.ident).collect();
    let has_words = !searched.is_empty();
    let named = |field: &Option<Ident>| option(field.as_ref().map(Ident::to_string).as_ref());
    let (unit, from_name, to_name) = (named(&own.unit), named(&own.valid_from), named(&own.valid_to));
    let valid = |name: &str, side: &str, field: Option<&Ident>| {
        let (name, side) = (Ident::new(name, ident.span()), Ident::new(side, ident.span()));
        field.map(|field| {
            quote! {
                fn #name(&self) -> ::core::option::Option<::ledger::register::Moment> {
                    ::ledger::register::FieldValue::#side(&self.#field)
                }
            }
        })
    };
    let (valid_from, valid_to) = (
        valid("valid_from", "begins", own.valid_from.as_ref()),
        valid("valid_to", "ends", own.valid_to.as_ref()),
    );
    let check = own.check.as_ref().map(|check| quote!(found.extend(#check(self));));
    let complete = own.complete.as_ref().map(|complete| {
        quote! {
            fn complete(&mut self) {
                #complete(self);
            }
        }
    });
    Ok(quote! {
        #described

        impl ::ledger::register::Described for #ident {
            const DESCRIPTION: &'static ::ledger::register::Description = &::ledger::register::Description {
                name: #name,
                part: #part,
                mission: #mission,
                title: ::ledger::register::Title { zh: #zh, en: #en },
                about: #about,
                key: &[#(#key_names),*],
                unit: #unit,
                valid_from: #from_name,
                valid_to: #to_name,
                fields: <Self as ::ledger::register::Fields>::FIELDS,
            };
        }

        impl ::ledger::Register for #ident {
            const NAME: &'static str = #name;
            const COLUMNS: &'static [(&'static str, ::ledger::register::ColumnType)] = &[#(#columns),*];
            const INDEXES: &'static [&'static [&'static str]] = &[#(#indexes),*];
            const WORDS: bool = #has_words;
            const PLACED: bool = #(<#kinds as ::ledger::register::FieldValue>::SHAPE)||*;

            fn key(&self) -> ::std::string::String {
                [#(#key),*].join(::std::string::ToString::to_string(&::ledger::register::KEY_JOINT).as_str())
            }

            #complete

            fn validate(&self) -> ::std::vec::Vec<::ledger::FieldFault> {
                let mut found = ::ledger::register::check(self);
                if found.is_empty() {
                    found = ::ledger::register::check_key(&[#(#keyed),*]);
                }
                #check
                found
            }

            fn columns(&self) -> ::std::vec::Vec<::ledger::register::Value<'_>> {
                ::std::vec![#(#values),*]
            }

            fn words(&self) -> ::std::string::String {
                let words: &[::std::string::String] = &[#(::ledger::register::FieldValue::words(&self.#searched)),*];
                words.join(" ").trim().to_owned()
            }

            fn references(&self, keep: &mut ::ledger::register::Keep<'_>) {
                ::ledger::register::Fields::references(self, "", keep);
            }

            fn bounds(&self) -> ::core::option::Option<::ledger::register::Bounds> {
                let boxes = [#(::ledger::register::FieldValue::bounds(&self.#shapes)),*];
                boxes.into_iter().flatten().reduce(::ledger::register::Bounds::with)
            }

            #valid_from
            #valid_to
        }
    })
}

fn option<T: quote::ToTokens>(value: Option<&T>) -> TokenStream {
    value.map_or_else(
        || quote!(::core::option::Option::None),
        |value| quote!(::core::option::Option::Some(#value)),
    )
}

fn description(field: &FieldAttributes) -> Result<TokenStream> {
    if field.about.is_empty() {
        return Err(Error::new(field.ident.span(), "a field says in its documentation what it is"));
    }
    let (name, kind, about) = (field.ident.to_string(), &field.kind, &field.about);
    let (zh, en, lines, find, search) = (&field.zh, &field.en, field.lines, field.find, field.search);
    let (optional, derived) = (field.optional, field.derived);
    let (max, min) = (option(field.max.as_ref()), option(field.min.as_ref()));
    let (unit, refers, list) =
        (option(field.unit.as_ref()), option(field.refers.as_ref()), option(field.list.as_ref()));
    Ok(quote! {
        ::ledger::register::FieldDescription {
            name: #name,
            title: ::ledger::register::Title { zh: #zh, en: #en },
            about: #about,
            kind: <#kind as ::ledger::register::FieldValue>::KIND.limited(::ledger::register::Limits {
                min: #min,
                max: #max,
                unit: #unit,
                lines: #lines,
            }),
            optional: #optional || <#kind as ::ledger::register::FieldValue>::OPTIONAL,
            find: #find,
            search: #search,
            derived: #derived,
            refers: #refers,
            list: #list,
        }
    })
}
