//! The session's cookie and the second factor. What is kept of a session stands in `ledger::access`.

use axum::http::{HeaderMap, HeaderValue, header};
use kernel::time::Moment;
use ledger::access::Token;
use totp_rs::{Algorithm, Builder, Totp};

/// The cookie's name.
pub(crate) const COOKIE: &str = "session";
/// Bytes of a second factor's secret (RFC 4226 R6 asks for 160 bits).
pub(crate) const TOTP_SECRET_BYTES: usize = 20;
/// Length of a code's life, seconds (RFC 6238 5.2).
const TOTP_STEP_S: u64 = 30;

/// The token in the cookie.
pub(crate) fn cookie_token(headers: &HeaderMap) -> Option<Token> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .and_then(|(_, value)| value.parse().ok())
}

/// The header that gives the cookie. It ends with the browser; the server ends it by itself besides.
pub(crate) fn set_cookie(token: &Token, tls: bool) -> Option<HeaderValue> {
    let secure = if tls { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{COOKIE}={}; HttpOnly; SameSite=Strict; Path=/{secure}", token.text()))
        .ok()
}

/// The header that takes the cookie away.
pub(crate) fn clear_cookie(tls: bool) -> HeaderValue {
    HeaderValue::from_static(if tls {
        "session=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0; Secure"
    } else {
        "session=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0"
    })
}

/// Six digits by SHA-1 every 30 s, one step early or late: what every authenticator app does.
fn totp(secret: &[u8]) -> Option<Totp> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(TOTP_STEP_S)
        .with_secret(secret.to_vec())
        .build()
        .ok()
}

/// The time step whose code this is, if it is one. The caller takes each step once only.
pub(crate) fn totp_step(secret: &[u8], code: &str, now: Moment) -> Option<i64> {
    let seconds = u64::try_from(now.millis() / 1_000).ok()?;
    totp(secret)?.check(code.trim(), seconds).and_then(|step| i64::try_from(step).ok())
}

/// The secret as an authenticator app takes it: base 32 and an `otpauth` address.
pub(crate) fn totp_address(secret: &[u8], sign_in: &str) -> (String, String) {
    let text = totp_rs::Secret::from(secret.to_vec()).to_base32();
    let name: String = form_urlencoded::byte_serialize(sign_in.as_bytes()).collect();
    let address =
        format!("otpauth://totp/Wuhua:{name}?secret={text}&issuer=Wuhua&algorithm=SHA1&digits=6&period=30");
    (text, address)
}

/// The code of a secret at a moment.
#[cfg(test)]
pub(crate) fn totp_code(secret: &[u8], now: Moment) -> String {
    totp(secret).unwrap().generate(u64::try_from(now.millis() / 1_000).unwrap()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238 appendix B, SHA-1, cut to six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890";
        assert_eq!(totp_code(secret, Moment(59_000)), "287082");
        assert_eq!(totp_code(secret, Moment(1_111_111_109_000)), "081804");
        assert_eq!(totp_step(secret, "081804", Moment(1_111_111_109_000)), Some(37_037_036));
        assert_eq!(totp_step(secret, "081804", Moment(1_111_111_109_000 + 30_000)), Some(37_037_036));
        assert_eq!(totp_step(secret, "081804", Moment(1_111_111_109_000 + 90_000)), None);
        assert_eq!(totp_step(secret, "", Moment(59_000)), None);
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        let token = Token::fresh(kernel::code::CityCode::new(522_601).unwrap()).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, format!("a=b; session={}; c=d", token.text()).parse().unwrap());
        assert_eq!(cookie_token(&headers), Some(token.clone()));
        headers.insert(header::COOKIE, "session=nonsense".parse().unwrap());
        assert_eq!(cookie_token(&headers), None);
        let set = set_cookie(&token, true).unwrap();
        let set = set.to_str().unwrap();
        assert!(set.ends_with("; HttpOnly; SameSite=Strict; Path=/; Secure"), "{set}");
    }
}
