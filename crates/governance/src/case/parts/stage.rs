//! Where a case stands, where it came from and which way it takes.

use serde::{Deserialize, Serialize};

/// Where a case stands (standards 3.3, neutral names). Every case is in exactly one stage; what may run beside it (suspended, urged,
/// appealed …) is a side flag of [`Case`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Registered; the acceptor has not yet said anything.
    Reported,
    /// A collector looks whether it is true 核实.
    PreFilingVerification,
    /// Accepted or looked at; the shift leader files, refuses or voids.
    ToFile,
    /// Handed to a body outside the system 转办; its reply is awaited.
    Transferred,
    /// Filed 立案; the dispatcher chooses the unit.
    ToDispatch,
    /// Dispatched 派遣; no unit has signed yet.
    Dispatched,
    /// At least one unit has signed and is at work.
    Handling,
    /// Every unit has done its work; at least one has not yet reviewed it.
    Handled,
    /// Every unit has confirmed: the handling clock stands.
    UnitConfirmed,
    /// A collector looks whether it is done 核查.
    PostHandlingCheck,
    /// The shift leader closes or orders rework.
    ToClose,
    /// Ended: done, or honestly unresolved 结案.
    Closed,
    /// Ended: not accepted 不予受理.
    Refused,
    /// Ended: cancelled 作废.
    Voided,
    /// Ended here: it lives on in the case it was merged into; can be undone.
    Merged,
}

impl Stage {
    /// All, in the order of a case's life.
    pub const ALL: [Self; 15] = [
        Self::Reported,
        Self::PreFilingVerification,
        Self::ToFile,
        Self::Transferred,
        Self::ToDispatch,
        Self::Dispatched,
        Self::Handling,
        Self::Handled,
        Self::UnitConfirmed,
        Self::PostHandlingCheck,
        Self::ToClose,
        Self::Closed,
        Self::Refused,
        Self::Voided,
        Self::Merged,
    ];

    /// Whether nobody has to do anything more: no clock runs.
    #[must_use]
    pub const fn is_ended(self) -> bool {
        matches!(self, Self::Closed | Self::Refused | Self::Voided | Self::Merged)
    }

    /// The `snake_case` word, as in JSON and in translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::PreFilingVerification => "pre_filing_verification",
            Self::ToFile => "to_file",
            Self::Transferred => "transferred",
            Self::ToDispatch => "to_dispatch",
            Self::Dispatched => "dispatched",
            Self::Handling => "handling",
            Self::Handled => "handled",
            Self::UnitConfirmed => "unit_confirmed",
            Self::PostHandlingCheck => "post_handling_check",
            Self::ToClose => "to_close",
            Self::Closed => "closed",
            Self::Refused => "refused",
            Self::Voided => "voided",
            Self::Merged => "merged",
        }
    }
}

impl crate::machine::Named for Stage {
    fn name(self) -> &'static str {
        Self::name(self)
    }
}

/// Where a report came from (standards 3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A collector on patrol.
    Collector,
    /// The public hotline.
    Hotline,
    /// Web page, mini-program or Open311.
    Web,
    /// A leader's instruction.
    Leader,
    /// Newspaper, broadcast, social media.
    Media,
    /// Letters and visits.
    Letters,
    /// Recognised in a video picture.
    Video,
    /// A sensor's alarm.
    Sensor,
    /// Another government platform.
    OtherPlatform,
}

impl Source {
    /// Its word, as it stands in entries and records.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Collector => "collector",
            Self::Hotline => "hotline",
            Self::Web => "web",
            Self::Leader => "leader",
            Self::Media => "media",
            Self::Letters => "letters",
            Self::Video => "video",
            Self::Sensor => "sensor",
            Self::OtherPlatform => "other_platform",
        }
    }

    /// All.
    pub const ALL: [Self; 9] = [
        Self::Collector,
        Self::Hotline,
        Self::Web,
        Self::Leader,
        Self::Media,
        Self::Letters,
        Self::Video,
        Self::Sensor,
        Self::OtherPlatform,
    ];

    /// Public and media reports are verified on site before filing (standards 3.3, S42).
    #[must_use]
    pub const fn needs_verification(self) -> bool {
        matches!(self, Self::Hotline | Self::Web | Self::Media | Self::Letters)
    }

    /// A collector's report and a superior's instruction may be filed straight away (standards 3.3, S42).
    #[must_use]
    pub const fn may_file_directly(self) -> bool {
        matches!(self, Self::Collector | Self::Leader)
    }
}

/// Which way through the house a case takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// File, dispatch, handle, check, close.
    #[default]
    Ordinary,
    /// The collector fixed it on the spot 即查即改; counted apart.
    SelfHandled,
    /// The desk answered it at once 当即办理.
    AnsweredAtOnce,
    /// A body outside the system answered it 转办.
    Transferred,
}
