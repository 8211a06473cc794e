//! The registers of this part.

#[cfg(test)]
mod registers;
