//! The registers of this part.

mod registers;
