//! What every noun with a state machine has: commands with their kinds, facts as entries with the clocks that run after them, and THE table
//! of where each command may be given and where it may lead.

/// Declares what somebody may want done: `Command`, and `CommandKind` without what a command carries. The invoking module has `Serialize`
/// and `Deserialize` in scope.
macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident = $word:literal $body:tt),+ $(,)?) => {
        /// What somebody wants done.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Command {
            $($(#[$doc])* $name $body,)+
        }

        /// The kinds of [`Command`], without what they carry.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum CommandKind {
            $($(#[$doc])* $name,)+
        }

        impl CommandKind {
            /// All.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The `snake_case` word, as in JSON, in translation keys and in the address of the act.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }
        }

        impl $crate::machine::Named for CommandKind {
            fn name(self) -> &'static str {
                Self::name(self)
            }
        }

        impl Command {
            /// Which kind it is.
            #[must_use]
            pub const fn kind(&self) -> CommandKind {
                match self {
                    $(Self::$name { .. } => CommandKind::$name,)+
                }
            }
        }
    };
}

/// Declares what can happen: `Fact` with the kind that is stored with the entry, and `Event`, a fact with the clocks that run after it. The
/// invoking module has `Clock`, `Serialize` and `Deserialize` in scope.
macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident = $kind:literal $body:tt),+ $(,)?) => {
        /// What happened.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Fact {
            $($(#[$doc])* $name $body,)+
        }

        impl Fact {
            /// Every kind there is, as stored with the entry.
            pub const KINDS: &'static [&'static str] = &[$($kind),+];

            /// The kind that is stored with the entry; stable for ever.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => $kind,)+
                }
            }
        }

        /// One entry: what happened and, where that moved a clock, the clocks that run from now on. Deadlines are facts of the day they
        /// were computed, so a rebuild needs no calendar.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        pub struct Event {
            /// What happened.
            pub fact: Fact,
            /// All clocks that run after it; `None` when they run on unchanged.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub clocks: Option<Vec<Clock>>,
        }

        impl From<Fact> for Event {
            fn from(fact: Fact) -> Self {
                Self { fact, clocks: None }
            }
        }

        impl Event {
            /// The entry's kind: the noun and the fact's name.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                self.fact.kind()
            }
        }
    };
}

pub(crate) use {commands, facts};

/// What has a `snake_case` word.
pub trait Named: Copy {
    /// The word.
    fn name(self) -> &'static str;
}

/// One row of the table: the command, where it may be given, where it may lead; an empty `to` means that the thing stays where it is.
#[derive(Debug, Clone, Copy)]
pub struct Row<K: 'static, S: 'static> {
    /// What.
    pub command: K,
    /// From where.
    pub from: &'static [S],
    /// To where.
    pub to: &'static [S],
}

pub(crate) const fn row<K: Copy, S>(command: K, from: &'static [S], to: &'static [S]) -> Row<K, S> {
    Row { command, from, to }
}

/// The table of a noun, and how it is read.
#[derive(Debug, Clone, Copy)]
pub struct Machine<K: 'static, S: 'static> {
    /// The commands that begin one, and where it stands then.
    pub birth: &'static [(K, &'static [S])],
    /// Every other command.
    pub table: &'static [Row<K, S>],
    /// Sets of stages that have a name of their own in the documentation.
    pub sets: &'static [(&'static [S], &'static str)],
}

impl<K: Named + PartialEq, S: Named + PartialEq> Machine<K, S> {
    /// Whether the command may be given here at all.
    #[must_use]
    pub fn stands(&self, stage: S, command: K) -> bool {
        self.table.iter().any(|row| row.command == command && row.from.contains(&stage))
    }

    /// What the table says, move by move.
    pub fn moves(&self) -> impl Iterator<Item = (S, K, S)> {
        self.table.iter().flat_map(|row| {
            row.from.iter().flat_map(move |from| {
                let to = if row.to.is_empty() { std::slice::from_ref(from) } else { row.to };
                to.iter().map(move |to| (*from, row.command, *to))
            })
        })
    }

    /// The rows in Markdown, as they stand in the documentation of the noun.
    #[must_use]
    pub fn markdown(&self) -> String {
        let words = |stages: &[S]| {
            self.sets.iter().find(|(set, _)| *set == stages).map_or_else(
                || stages.iter().map(|stage| stage.name()).collect::<Vec<_>>().join(", "),
                |(_, name)| (*name).to_owned(),
            )
        };
        let birth = self.birth.iter().map(|(command, to)| (*command, "–".to_owned(), words(to)));
        let rows = self.table.iter().map(|row| {
            let to = if row.to.is_empty() { "stays".to_owned() } else { words(row.to) };
            (row.command, words(row.from), to)
        });
        birth
            .chain(rows)
            .map(|(command, from, to)| format!("| `{}` | {from} | {to} |\n", command.name()))
            .collect()
    }
}
