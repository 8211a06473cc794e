//! Registers to files and back, on both engines.

#[cfg(test)]
mod imports;
#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tables;
