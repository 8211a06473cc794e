//! The little of protocol buffers that a vector tile needs.

/// A number in groups of seven bits, the lowest first.
pub(super) fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        // The lower eight bits, the upper one set: more follows.
        out.push((value as u8) | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// A field with a whole number from zero.
pub(super) fn unsigned(out: &mut Vec<u8>, field: u64, value: u64) {
    varint(out, field << 3);
    varint(out, value);
}

/// A field with a whole number, small ones of either sign short (`sint64`).
pub(super) fn signed(out: &mut Vec<u8>, field: u64, value: i64) {
    unsigned(out, field, ((value << 1) ^ (value >> 63)).cast_unsigned());
}

/// A field with a text, a message or packed numbers.
pub(super) fn bytes(out: &mut Vec<u8>, field: u64, value: &[u8]) {
    varint(out, field << 3 | 2);
    varint(out, value.len() as u64);
    out.extend_from_slice(value);
}
