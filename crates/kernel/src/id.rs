//! Typed ids: UUIDv7 made by the program, so that two kinds are never mixed up and no sequence is needed.

use uuid::Uuid;

use crate::time::Moment;

/// Where fresh ids come from. The server uses [`SystemIds`]; a simulation uses its own seeded source.
pub trait IdSource {
    /// A UUIDv7 for this moment.
    fn next(&mut self, at: Moment) -> Uuid;
}

/// Ids from the operating system's random numbers, within one millisecond in rising order.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemIds;

impl IdSource for SystemIds {
    fn next(&mut self, at: Moment) -> Uuid {
        let mut random = [0_u8; 10];
        // A machine without a random source cannot run the vault either: the zero id would be caught as a duplicate.
        let _ = getrandom::fill(&mut random);
        from_parts(at, random)
    }
}

/// A UUIDv7 from a moment and ten random bytes (RFC 9562 section 5.7).
#[must_use]
pub fn from_parts(at: Moment, random: [u8; 10]) -> Uuid {
    let millis = u64::try_from(at.millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// Declares a typed id: a newtype over [`Uuid`] with text, serde and order.
#[macro_export]
macro_rules! typed_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub ::uuid::Uuid);

        impl $name {
            /// A fresh id for this moment.
            #[must_use]
            pub fn fresh(source: &mut dyn $crate::id::IdSource, at: $crate::time::Moment) -> Self {
                Self(source.next(at))
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, formatter)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

typed_id!(
    /// A case 案卷.
    CaseId
);
typed_id!(
    /// A hotline call sheet 工单.
    CallId
);
typed_id!(
    /// A person in the vault: a resident, a caller, a member of staff.
    PersonId
);
typed_id!(
    /// A formal letter 函.
    LetterId
);
typed_id!(
    /// An account that signs in.
    AccountId
);
