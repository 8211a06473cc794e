//! What outsiders may report and see: the classes of the city's edition, without those that are private.

use kernel::time::Moment;

use super::View;
use crate::{
    case::Case,
    dictionary::{Class, ClassKind, EDITION_2026},
};

impl View {
    /// What residents may report at a moment ([`View::is_reportable`]).
    pub fn reportable(&self, at: Moment) -> impl Iterator<Item = &Class> {
        self.classes().filter(move |class| self.is_reportable(class, at))
    }

    /// Is a class nobody else's business? A component's class is as private as the matter of its faults, and the other way round.
    #[must_use]
    pub fn is_private(&self, class: &str) -> bool {
        let private = &self.city.private_classes;
        !private.is_empty()
            && (private.contains(class)
                || self
                    .class(class)
                    .and_then(|class| self.mirror(class))
                    .is_some_and(|mirror| private.contains(&mirror.key.to_string())))
    }

    /// Every class that is private, mirrors included.
    #[must_use]
    pub fn private_classes(&self) -> Vec<String> {
        let mut classes: Vec<String> = self.city.private_classes.iter().cloned().collect();
        let mirrors = self.city.private_classes.iter().filter_map(|class| self.mirror(self.class(class)?));
        let mirrors: Vec<String> = mirrors.map(|class| class.key.to_string()).collect();
        classes.extend(mirrors);
        classes.sort_unstable();
        classes.dedup();
        classes
    }

    /// The component of a matter that is a component's fault, and the other way round: in edition 2026 both have one code.
    #[must_use]
    pub fn mirror(&self, class: &Class) -> Option<&Class> {
        let other = match class.key.kind {
            ClassKind::Matter => ClassKind::Component,
            ClassKind::Component => ClassKind::Matter,
        };
        let edition = &class.key.edition;
        if edition == EDITION_2026 { self.dictionary.class(edition, other, &class.key.code) } else { None }
    }

    /// The class under which outsiders know a case: a component's is that of its faults.
    #[must_use]
    pub fn public_class(&self, case: &Case) -> Option<&Class> {
        let class = self.class(case.class.as_deref()?)?;
        match class.key.kind {
            ClassKind::Component => Some(self.mirror(class).unwrap_or(class)),
            ClassKind::Matter => Some(class),
        }
    }

    /// Is it about a public thing of the city (a component or its fault), never about somebody's home or conduct?
    #[must_use]
    pub fn is_of_public_thing(&self, class: &str) -> bool {
        self.class(class)
            .is_some_and(|class| class.key.kind == ClassKind::Component || self.mirror(class).is_some())
    }

    /// When last was changed what residents are told of the classes: an entry, or a handbook coming into force.
    #[must_use]
    pub fn classes_changed_by(&self, at: Moment) -> Moment {
        let begun = self
            .handbook(at)
            .and_then(|handbook| self.zone.to_timestamp(handbook.in_force_from().at(0, 0, 0, 0)).ok());
        begun.map_or(self.classes_changed_at, |begun| self.classes_changed_at.max(Moment::from(begun)))
    }
}
