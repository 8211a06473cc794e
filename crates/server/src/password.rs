//! Passwords: Argon2id (RFC 9106) with the work of OWASP's first choice, on threads that may wait, few at a time.

use std::sync::{Arc, LazyLock};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use kernel::error::{Coded, ErrorKind};
use tokio::sync::Semaphore;

/// Shortest password, characters (NIST SP 800-63B asks for 8; ASVS 6.2.1).
pub(crate) const PASSWORD_CHARS_MIN: usize = 10;
/// Longest password, bytes: longer ones only cost work.
pub(crate) const PASSWORD_BYTES_MAX: usize = 512;
/// Memory of one hashing, KiB.
const HASH_MEMORY_KIB: u32 = 19 * 1_024;
/// Rounds of one hashing.
const HASH_ROUNDS: u32 = 2;
/// Hashings at the same time at the most; others wait.
const HASHINGS_MAX: usize = 2;

/// What can be wrong with a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Too few characters.
    #[error("password_too_short")]
    TooShort,
    /// Too many bytes.
    #[error("password_too_long")]
    TooLong,
    /// The same as before.
    #[error("password_same")]
    Same,
    /// The machine could not hash it.
    #[error("password_not_hashed")]
    NotHashed,
}

impl Coded for PasswordError {
    fn code(&self) -> &'static str {
        match self {
            Self::TooShort => "password_too_short",
            Self::TooLong => "password_too_long",
            Self::Same => "password_same",
            Self::NotHashed => "password_not_hashed",
        }
    }

    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotHashed => ErrorKind::Internal,
            _ => ErrorKind::Invalid,
        }
    }

    fn details(&self) -> serde_json::Map<String, serde_json::Value> {
        let mut details = serde_json::Map::new();
        match self {
            Self::TooShort => details.insert("limit".to_owned(), PASSWORD_CHARS_MIN.into()),
            Self::TooLong => details.insert("limit".to_owned(), PASSWORD_BYTES_MAX.into()),
            Self::Same | Self::NotHashed => None,
        };
        details
    }
}

fn hasher() -> Argon2<'static> {
    let params = Params::new(HASH_MEMORY_KIB, HASH_ROUNDS, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Checks a new password and hashes it to a PHC string. It takes tens of milliseconds: never on an async thread.
///
/// # Errors
/// [`PasswordError`] where it is too short or too long.
pub fn hash(password: &str) -> Result<String, PasswordError> {
    if password.chars().count() < PASSWORD_CHARS_MIN {
        return Err(PasswordError::TooShort);
    }
    if password.len() > PASSWORD_BYTES_MAX {
        return Err(PasswordError::TooLong);
    }
    let hash = hasher().hash_password(password.as_bytes()).map_err(|_| PasswordError::NotHashed)?;
    Ok(hash.to_string())
}

/// Is this the password of the hash? An unknown account is asked with `None` and costs the same time.
fn verify(password: &str, stored: Option<&str>) -> bool {
    static NOBODY: LazyLock<String> =
        LazyLock::new(|| hash("no account has this password").unwrap_or_default());
    let right = password.len() <= PASSWORD_BYTES_MAX
        && hasher().verify_password(password.as_bytes(), stored.unwrap_or(&NOBODY)).is_ok();
    right && stored.is_some()
}

/// Hashes and verifies on the blocking pool, at most [`HASHINGS_MAX`] at a time.
#[derive(Debug, Clone)]
pub(crate) struct Passwords(Arc<Semaphore>);

impl Default for Passwords {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(HASHINGS_MAX)))
    }
}

impl Passwords {
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let _place = self.0.acquire().await.ok()?;
        tokio::task::spawn_blocking(work).await.ok()
    }

    /// Is this the password of the hash, or of nobody?
    pub(crate) async fn verify(&self, password: String, stored: Option<String>) -> bool {
        self.run(move || verify(&password, stored.as_deref())).await.unwrap_or(false)
    }

    /// A new password's hash.
    pub(crate) async fn hash(&self, password: String) -> Result<String, PasswordError> {
        self.run(move || hash(&password)).await.unwrap_or(Err(PasswordError::NotHashed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_told_from_another() {
        let stored = hash("correct horse").unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify("correct horse", Some(&stored)));
        assert!(!verify("correct horsf", Some(&stored)));
        assert!(!verify("no account has this password", None));
        assert_ne!(hash("correct horse").unwrap(), stored, "salted");
    }

    #[test]
    fn length_counts_characters() {
        assert_eq!(hash("九个字符的密码不行"), Err(PasswordError::TooShort));
        assert!(hash("十个字符的密码就可以了").is_ok());
        assert_eq!(hash(&"x".repeat(PASSWORD_BYTES_MAX + 1)), Err(PasswordError::TooLong));
    }
}
