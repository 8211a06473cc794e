//! The registers of the control room.

#[cfg(test)]
mod registers;
