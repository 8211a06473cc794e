//! The derives by which one struct is a whole register: its description, its columns, its words, its key. What they write stands in
//! `ledger::register`; see there for what each attribute means.
//!
//! # Glossary
//! * **register**: a list of things whose rules are their fields. **field**: one thing that is known of each.
//! * **find**: a field that has a column and can be filtered and sorted by. **search**: a field whose text is found by words.

mod attributes;
mod expand;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct a register: `ledger::Register` and `ledger::register::Described`.
///
/// On the struct: `#[register(name = "school", part = "services", mission = "S8", zh = "学校", en = "School", key(code))]`, and where it
/// has them `valid_from = "field"`, `valid_to = "field"`, `check = "function"` (a function from the struct to more faults),
/// `complete = "function"` (a function that fills in what follows from other fields). On each field:
/// `#[field(zh = "…", en = "…")]` with `max`, `min`, `unit`, `lines`, `optional` (a text that may be empty), `find`, `search`, `refers = "register"` where they apply.
#[proc_macro_derive(Register, attributes(register, field))]
pub fn register(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::register(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}

/// Makes a struct a row of a small table inside of a register's row: `ledger::register::Fields`.
#[proc_macro_derive(Fields, attributes(field))]
pub fn fields(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::fields(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}
