//! Who runs what serves the public.

ledger::choices! {
    /// Who runs it.
    Nature {
        /// The public.
        Public = "public" ("公办", "Public"),
        /// A private body, helped by the public: land, rent or teachers.
        PrivateAided = "private_aided" ("民办公助", "Private, aided"),
        /// A private body.
        Private = "private" ("民办", "Private"),
    }
}

ledger::choices! {
    /// What was done to it last.
    Work {
        /// It was built.
        Built = "built" ("新建", "Built"),
        /// It was made larger.
        Enlarged = "enlarged" ("改扩建", "Enlarged"),
    }
}
