//! The vault: personal data, encrypted with a key per person, outside the ledger. Erasing the key erases the person and leaves the ledger
//! whole. The persons' keys are sealed by the city's master key, which lies in a file of its own (`vault.key`) and in no backup of rows.

use std::{collections::BTreeMap, fs, io::Write as _, path::Path};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use db::{Tx, Value};
use hmac::{Hmac, Mac};
use kernel::{code::CityCode, id::PersonId, time::Moment};
use sha2::Sha256;

use crate::{LedgerError, chain::hex};

/// Fields of one person at the most.
pub const PERSON_FIELDS_MAX: usize = 32;
/// Longest value of a field, characters.
pub const PERSON_FIELD_CHARS_MAX: usize = 4_000;
const NONCE_BYTES: usize = 24;

/// The master key: 32 random bytes.
#[derive(Clone)]
pub struct VaultKey([u8; 32]);

impl VaultKey {
    /// A fresh key.
    ///
    /// # Errors
    /// [`LedgerError::File`] where the machine gives no random numbers.
    pub fn fresh() -> Result<Self, LedgerError> {
        let mut bytes = [0; 32];
        random(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// The key of a data folder; made, readable by its owner alone, where there is none.
    ///
    /// # Errors
    /// [`LedgerError`] where the file cannot be read or written, or is no key.
    pub fn of_folder(folder: &Path) -> Result<Self, LedgerError> {
        let path = folder.join("vault.key");
        if let Ok(bytes) = fs::read(&path) {
            return bytes.try_into().map(Self).map_err(|_| LedgerError::VaultKey);
        }
        let key = Self::fresh()?;
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path)?;
        file.write_all(&key.0)?;
        file.sync_all()?;
        Ok(key)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Seals and opens personal data.
pub struct Vault {
    master: XChaCha20Poly1305,
    marks: [u8; 32],
    print: String,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Vault")
    }
}

fn random(bytes: &mut [u8]) -> Result<(), LedgerError> {
    getrandom::fill(bytes).map_err(|error| LedgerError::File(error.to_string()))
}

fn seal(cipher: &XChaCha20Poly1305, plain: &[u8], context: &str) -> Result<Vec<u8>, LedgerError> {
    let mut nonce = [0; NONCE_BYTES];
    random(&mut nonce)?;
    let payload = Payload { msg: plain, aad: context.as_bytes() };
    let sealed = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| LedgerError::VaultKey)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

fn open(cipher: &XChaCha20Poly1305, sealed: &[u8], context: &str) -> Result<Vec<u8>, LedgerError> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE_BYTES).ok_or(LedgerError::VaultKey)?;
    let nonce: [u8; NONCE_BYTES] = nonce.try_into().map_err(|_| LedgerError::VaultKey)?;
    let payload = Payload { msg: sealed, aad: context.as_bytes() };
    cipher.decrypt(&XNonce::from(nonce), payload).map_err(|_| LedgerError::VaultKey)
}

impl Vault {
    /// A vault under a master key.
    #[must_use]
    pub fn new(key: &VaultKey) -> Self {
        let marks = keyed(&key.0, b"marks");
        Self { master: XChaCha20Poly1305::new((&key.0).into()), marks, print: hex(&keyed(&key.0, b"print")) }
    }

    /// What tells this vault's key from another one, and nothing about it.
    pub(crate) fn print(&self) -> String {
        self.print.clone()
    }

    /// Keeps a new person. Values that are empty are left out; `marks` names fields (such as `phone`) by whose exact value the
    /// person can be found again.
    ///
    /// # Errors
    /// [`LedgerError`] where a limit is passed or the store refuses.
    pub fn keep(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        person: PersonId,
        fields: &BTreeMap<String, String>,
        marks: &[&str],
        at: Moment,
    ) -> Result<(), LedgerError> {
        let mut key = [0; 32];
        random(&mut key)?;
        let name = person.to_string();
        let sealed_key = seal(&self.master, &key, &context(city, &name, "key"))?;
        tx.execute(
            "INSERT INTO person (city, person, sealed_key, made_at) VALUES ($1, $2, $3, $4)",
            &[city.number().into(), (&name).into(), (&sealed_key).into(), at.millis().into()],
        )?;
        let cipher = XChaCha20Poly1305::new((&key).into());
        for (field, value) in fields.iter().filter(|(_, value)| !value.is_empty()).take(PERSON_FIELDS_MAX) {
            let value: String = value.chars().take(PERSON_FIELD_CHARS_MAX).collect();
            let sealed = seal(&cipher, value.as_bytes(), &context(city, &name, field))?;
            tx.execute(
                "INSERT INTO person_field (city, person, field, sealed) VALUES ($1, $2, $3, $4)",
                &[city.number().into(), (&name).into(), field.into(), (&sealed).into()],
            )?;
            if marks.contains(&field.as_str()) {
                tx.execute(
                    "INSERT INTO person_mark (city, kind, mark, person) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                    &[city.number().into(), field.into(), (&self.mark(city, field, &value)).into(), (&name).into()],
                )?;
            }
        }
        Ok(())
    }

    /// A person's fields. The caller has recorded why they are looked at.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::PersonErased`], or as the store says.
    pub fn reveal(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        person: PersonId,
    ) -> Result<BTreeMap<String, String>, LedgerError> {
        let name = person.to_string();
        let sealed_key = tx
            .first(
                "SELECT sealed_key FROM person WHERE city = $1 AND person = $2",
                &[city.number().into(), (&name).into()],
                |row| Ok::<_, LedgerError>(row.blob_or_null(0)?.map(<[u8]>::to_vec)),
            )?
            .ok_or(LedgerError::NotFound)?
            .ok_or(LedgerError::PersonErased)?;
        let key: [u8; 32] = open(&self.master, &sealed_key, &context(city, &name, "key"))?
            .try_into()
            .map_err(|_| LedgerError::VaultKey)?;
        let cipher = XChaCha20Poly1305::new((&key).into());
        let rows = tx.rows(
            "SELECT field, sealed FROM person_field WHERE city = $1 AND person = $2",
            &[city.number().into(), (&name).into()],
            |row| Ok::<_, LedgerError>((row.text(0)?.to_owned(), row.blob(1)?.to_vec())),
        )?;
        rows.into_iter()
            .map(|(field, sealed)| {
                let plain = open(&cipher, &sealed, &context(city, &name, &field))?;
                Ok((field, String::from_utf8(plain).map_err(|_| LedgerError::VaultKey)?))
            })
            .collect()
    }

    /// Persons whose field has exactly this value, the newest first; at most `limit`.
    ///
    /// # Errors
    /// [`LedgerError`] as the store says.
    pub fn find(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        field: &str,
        value: &str,
        limit: u32,
    ) -> Result<Vec<PersonId>, LedgerError> {
        let names = tx.rows(
            "SELECT person FROM person_mark WHERE city = $1 AND kind = $2 AND mark = $3 ORDER BY person DESC LIMIT $4",
            &[
                city.number().into(),
                field.into(),
                (&self.mark(city, field, value)).into(),
                i64::from(limit).into(),
            ],
            |row| Ok::<_, LedgerError>(row.text(0)?.to_owned()),
        )?;
        Ok(names.iter().filter_map(|name| name.parse().ok()).collect())
    }

    /// Erases a person: the key, the fields and the marks go; the ledger stays whole.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], or as the store says.
    pub fn erase(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        person: PersonId,
        at: Moment,
    ) -> Result<(), LedgerError> {
        let name = person.to_string();
        let of_person: [Value<'_>; 2] = [city.number().into(), (&name).into()];
        let changed = tx.execute(
            "UPDATE person SET sealed_key = NULL, erased_at = $3 WHERE city = $1 AND person = $2",
            &[city.number().into(), (&name).into(), at.millis().into()],
        )?;
        if changed == 0 {
            return Err(LedgerError::NotFound);
        }
        tx.execute("DELETE FROM person_field WHERE city = $1 AND person = $2", &of_person)?;
        tx.execute("DELETE FROM person_mark WHERE city = $1 AND person = $2", &of_person)?;
        Ok(())
    }

    /// Seals a secret that belongs to no person of the vault, such as the seed of a second factor.
    ///
    /// # Errors
    /// [`LedgerError`] where the machine gives no random numbers.
    pub fn seal_secret(&self, city: CityCode, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, LedgerError> {
        seal(&self.master, plain, &context(city, "", purpose))
    }

    /// Opens what [`Vault::seal_secret`] sealed for the same purpose.
    ///
    /// # Errors
    /// [`LedgerError::VaultKey`] where it does not open.
    pub fn open_secret(&self, city: CityCode, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, LedgerError> {
        open(&self.master, sealed, &context(city, "", purpose))
    }

    /// A keyed print of a value: equal values can be found, nothing can be read from it.
    fn mark(&self, city: CityCode, field: &str, value: &str) -> [u8; 32] {
        keyed(&self.marks, format!("{city}\u{0}{field}\u{0}{}", value.trim()).as_bytes())
    }
}

/// What a sealed text belongs to, so that it opens nowhere else.
fn context(city: CityCode, person: &str, field: &str) -> String {
    format!("{city}\u{0}{person}\u{0}{field}")
}

fn keyed(key: &[u8; 32], text: &[u8]) -> [u8; 32] {
    // A key of 32 bytes is always taken.
    <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).map_or([0; 32], |mut mac| {
        mac.update(text);
        mac.finalize().into_bytes().into()
    })
}
