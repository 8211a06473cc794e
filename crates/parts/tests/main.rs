//! The parts together.

#[cfg(test)]
mod declared;
#[cfg(test)]
mod derived;
#[cfg(test)]
mod described;
#[cfg(test)]
mod fill_once;
