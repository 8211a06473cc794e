//! Reports: templates in which every number is a figure. A template with a literal number does not load; a sentence for which the city has no
//! rows is left out and listed at the end.

mod fill;
mod filled;
mod literal;
mod read;
mod template;

pub use fill::{Home, fill, period_words};
pub use filled::{FilledBlock, FilledReport, LeftOut, MAP_SHAPES_MAX, MapLayer, Number, Span};
pub use template::{
    Block, ChartKind, EachOf, Form, Known, Period as WhichPeriod, Piece, Sentence, TEMPLATE_BYTES_MAX,
    Template, TemplateError,
};
