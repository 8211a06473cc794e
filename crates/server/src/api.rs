//! API v1, one file per noun. A handler parses, calls one function of a lower floor and writes the answer.

mod session;


use crate::routes::Routes;

/// All routes of the API.
pub(crate) fn routes(routes: Routes) -> Routes {
    session::routes(routes)
}
