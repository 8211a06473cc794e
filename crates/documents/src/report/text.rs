//! Texts and numbers of a report, cleaned and measured the same way for every writer.

use std::borrow::Cow;

use super::Report;

/// Most decimals that are printed.
const DECIMALS_MAX: u32 = 9;

/// Whether a character has no place on paper: controls, marks that turn the direction of writing, non-characters.
#[must_use]
pub fn is_unprintable(character: char) -> bool {
    matches!(character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
        || u32::from(character) & 0xfffe == 0xfffe
}

/// The text without what has no place on paper; breaks of lines and tabulators become spaces.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unprintable) {
        return Cow::Borrowed(text);
    }
    let spaced =
        text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}') { ' ' } else { c });
    Cow::Owned(spaced.filter(|character| !is_unprintable(*character)).collect())
}

/// The text for an element or a quoted attribute of HTML or XML, cleaned.
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    let clean = clean(text);
    if !clean.contains(['&', '<', '>', '"', '\'']) {
        return clean;
    }
    let mut escaped = String::with_capacity(clean.len() + 16);
    for character in clean.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    Cow::Owned(escaped)
}

/// The link if it is of a kind that may be followed: `http:`, `https:`, `mailto:`, `#…`, or a path of the same server.
#[must_use]
pub fn safe_link(link: &str) -> Option<&str> {
    if link.is_empty() || link.chars().any(|c| c.is_whitespace() || is_unprintable(c) || c == '\\') {
        return None;
    }
    let begins = |start: &str| link.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
    let is_path = link.starts_with('/') && !link.starts_with("//");
    (is_path || link.starts_with('#') || ["http://", "https://", "mailto:"].into_iter().any(begins))
        .then_some(link)
}

/// The link as it stands in a file that leaves the server: whole, with the report's address before a path; percent signs for
/// what no address may hold. `None` where it would lead nowhere.
#[must_use]
pub fn outside_link(report: &Report, link: Option<&str>) -> Option<String> {
    let link = safe_link(link?)?;
    let whole = if link.starts_with('/') {
        let address =
            report.address.as_deref().and_then(safe_link).filter(|address| address.starts_with("http"))?;
        format!("{}{link}", address.trim_end_matches('/'))
    } else if link.starts_with('#') {
        return None;
    } else {
        link.to_owned()
    };
    let mut encoded = String::with_capacity(whole.len());
    for byte in whole.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>`{}|^".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(encoded)
}

/// A number with all its decimals and a comma between thousands: 123,456 units with two decimals are `1,234.56`.
#[must_use]
pub fn number_text(units: i64, decimals: u32) -> String {
    let decimals = decimals.min(DECIMALS_MAX);
    let scale = 10_u64.pow(decimals);
    let (whole, fraction) = (units.unsigned_abs() / scale, units.unsigned_abs() % scale);
    let digits = whole.to_string();
    let mut text = String::from(if units < 0 { "-" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if decimals > 0 {
        let width = usize::try_from(decimals).unwrap_or(0);
        text.push_str(&format!(".{fraction:0width$}"));
    }
    text
}

/// About how wide a text is, in widths of a Chinese character.
#[must_use]
pub fn width_em(text: &str) -> f64 {
    text.chars().map(character_em).sum()
}

/// The same with the quarter of a width that is left between Chinese and other letters.
#[must_use]
pub fn spaced_em(text: &str) -> f64 {
    let mut before = None;
    let mut width = 0.0;
    for character in text.chars() {
        let kind = (character >= '\u{2e80}', character.is_alphanumeric());
        let is_border = before.is_some_and(|(is_wide, is_letter)| is_wide != kind.0 && is_letter && kind.1);
        width += character_em(character) + if is_border { 0.25 } else { 0.0 };
        before = Some(kind);
    }
    width
}

/// About how wide a character is, in widths of a Chinese character.
fn character_em(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | '.' | ',' | '\'' | ' ' | '|' => 0.3,
        'A'..='Z' | 'm' | 'w' | '%' | '@' => 0.68,
        '\0'..='\u{24f}' => 0.56,
        _ => 1.0,
    }
}

/// The beginning of a text that is not wider than so much, with an ellipsis where something is cut off.
#[must_use]
pub fn shortened(text: &str, width_em_max: f64) -> String {
    let clean = clean(text);
    if width_em(&clean) <= width_em_max {
        return clean.into_owned();
    }
    let mut width = 1.0;
    let kept = clean.chars().take_while(|character| {
        width += character_em(*character);
        width <= width_em_max
    });
    kept.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_exactly() {
        for (units, decimals, text) in [
            (0, 0, "0"),
            (123_456, 2, "1,234.56"),
            (-5, 2, "-0.05"),
            (1000, 0, "1,000"),
            (999, 0, "999"),
            (i64::MIN, 0, "-9,223,372,036,854,775,808"),
            (1, 40, "0.000000001"),
        ] {
            assert_eq!(number_text(units, decimals), text);
        }
    }

    #[test]
    fn links_that_run_code_are_none() {
        for good in
            ["/figures/F5.approved?period=2016-H1", "#table-1", "HTTPS://a.example/x", "mailto:a@b.example"]
        {
            assert_eq!(safe_link(good), Some(good));
        }
        for bad in [
            "javascript:alert(1)",
            "JavaScript:x",
            "data:text/html,x",
            "//evil.example",
            "",
            " /x",
            "/a b",
            "java\nscript:x",
            "/\\evil",
        ] {
            assert_eq!(safe_link(bad), None, "{bad}");
        }
    }

    #[test]
    fn links_outside_are_whole() {
        let mut report = Report::default();
        assert_eq!(outside_link(&report, Some("/rows")), None);
        report.address = Some("https://city.example/".to_owned());
        assert_eq!(
            outside_link(&report, Some("/行?a=\"")),
            Some("https://city.example/%E8%A1%8C?a=%22".to_owned())
        );
        assert_eq!(outside_link(&report, Some("#here")), None);
        assert_eq!(outside_link(&report, None), None);
    }

    #[test]
    fn what_has_no_place_on_paper_is_left_out() {
        assert_eq!(clean("a\u{202e}b\0c\nd\u{fe0f}\u{ffff}"), "abc d");
        assert_eq!(escape("<a href='x'>&\""), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
        assert_eq!(shortened("凯里市人民政府", 4.0), "凯里市…");
        assert_eq!(shortened("凯里", 4.0), "凯里");
    }
}
