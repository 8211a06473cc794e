//! Reports: templates in which every number is a figure. A template with a literal number does not load; a sentence for which the city has no
//! rows is left out and listed at the end.

mod fill;
mod template;

pub use fill::{FilledBlock, FilledReport, LeftOut, Number, Span, fill};
pub use template::{
    Block, ChartKind, Form, Period as WhichPeriod, Piece, Sentence, TEMPLATE_BYTES_MAX, Template,
    TemplateError,
};
