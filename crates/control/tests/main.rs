//! The registers of the control room.

mod registers;
