//! Numbers that stand in a text by themselves.

/// The first number of a text that is no date: digits, also full-width ones, and numbers in Chinese such as `三百四十五`.
pub(super) fn literal_number(text: &str) -> Option<String> {
    let signs: Vec<char> = text.chars().map(kernel::text::fold_width).collect();
    let mut place = 0;
    while place < signs.len() {
        if let Some(end) = chinese_end(&signs, place) {
            return Some(signs[place..end].iter().collect());
        }
        if !signs[place].is_ascii_digit() {
            place += 1;
            continue;
        }
        match date_end(&signs, place) {
            Some(end) => place = end,
            None => {
                let number: String =
                    signs[place..].iter().take_while(|sign| !sign.is_whitespace()).take(20).collect();
                return Some(number);
            }
        }
    }
    None
}

/// Where a number in Chinese ends that begins here: a digit and, somewhere behind it, a power of ten. One sign alone is a word
/// (`一体化`, `万一`), and so are digits without a power (`一一对应`).
fn chinese_end(signs: &[char], from: usize) -> Option<usize> {
    let (digit, power) =
        (|sign: char| "一二三四五六七八九两".contains(sign), |sign: char| "十百千万亿".contains(sign));
    if !digit(signs[from]) && signs[from] != '十' {
        return None;
    }
    let length =
        signs[from..].iter().take_while(|sign| digit(**sign) || power(**sign) || **sign == '零').count();
    (length > 1 && signs[from..from + length].iter().copied().any(power)).then_some(from + length)
}

/// Where a date ends that begins here: `2016年`, `2016年3月`, `2016年3月5日`, `3月5日`, `2016-03-05`.
fn date_end(signs: &[char], from: usize) -> Option<usize> {
    let digits = |from: usize| signs[from..].iter().take_while(|sign| sign.is_ascii_digit()).count();
    let at = |place: usize| signs.get(place).copied();
    let first = digits(from);
    let mut end = from + first;
    match at(end) {
        Some('年') if first == 4 => {
            end += 1;
            let month = digits(end);
            if (1..=2).contains(&month) && at(end + month) == Some('月') {
                end += month + 1;
                let day = digits(end);
                if (1..=2).contains(&day) && at(end + day) == Some('日') {
                    end += day + 1;
                }
            }
            Some(end)
        }
        Some('月') if first <= 2 => {
            let day = digits(end + 1);
            ((1..=2).contains(&day) && at(end + 1 + day) == Some('日')).then_some(end + 2 + day)
        }
        Some('-') if first == 4 => {
            let iso = digits(end + 1) == 2 && at(end + 3) == Some('-') && digits(end + 4) == 2;
            iso.then_some(end + 6)
        }
        _ => None,
    }
}
