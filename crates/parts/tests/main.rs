//! The parts together.

#[cfg(test)]
mod declared;
#[cfg(test)]
mod fill_once;
