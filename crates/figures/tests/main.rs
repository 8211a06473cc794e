//! Figures, tested from outside.

#[cfg(test)]
mod evaluated;
