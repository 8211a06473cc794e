//! The one way to add a route: it registers the router, the row of the table and the description together.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    http::Method,
    middleware::from_fn_with_state,
    routing::{MethodFilter, on},
};
use kernel::role::Action;
use utoipa::openapi::{OpenApi, path::PathItem};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use crate::{app::AppState, rights};

/// What a route asks of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Who has this right in the table of rights; residents without account where the table names them.
    Right(Action),
    /// A program with an API key that has this right.
    Key(Action),
    /// Anybody with a session, about nothing but their own session; why.
    SignedIn(&'static str),
    /// Anybody; why.
    Public(&'static str),
}

/// One row of the table of routes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The method.
    pub method: Method,
    /// The path with its parameters in braces.
    pub path: String,
    /// What it asks.
    pub guard: Guard,
}

/// Routes being collected.
pub(crate) struct Routes {
    state: AppState,
    router: OpenApiRouter<AppState>,
    rows: Vec<Row>,
}

fn methods_of(item: &PathItem) -> Vec<Method> {
    [
        (&item.get, Method::GET),
        (&item.post, Method::POST),
        (&item.put, Method::PUT),
        (&item.patch, Method::PATCH),
        (&item.delete, Method::DELETE),
    ]
    .into_iter()
    .filter_map(|(operation, method)| operation.as_ref().map(|_| method))
    .collect()
}

impl Routes {
    pub(crate) fn new(state: AppState, document: OpenApi) -> Self {
        Self { state, router: OpenApiRouter::with_openapi(document), rows: Vec::new() }
    }

    /// Adds a described handler: `.route(Guard::…, routes!(module::handler))`. Method and path come from its description.
    pub(crate) fn route(
        mut self,
        guard: Guard,
        (schemas, paths, methods): UtoipaMethodRouter<AppState>,
    ) -> Self {
        for (path, item) in &paths.paths {
            for method in methods_of(item) {
                self.rows.push(Row { method, path: path.clone(), guard });
            }
        }
        let methods = methods.route_layer(from_fn_with_state((self.state.clone(), guard), rights::check));
        self.router = self.router.routes((schemas, paths, methods));
        self
    }

    /// As [`Routes::route`], for bodies up to a larger limit, bytes.
    pub(crate) fn route_large(
        self,
        guard: Guard,
        (schemas, paths, methods): UtoipaMethodRouter<AppState>,
        limit: usize,
    ) -> Self {
        let methods = methods.route_layer(DefaultBodyLimit::max(limit));
        self.route(guard, (schemas, paths, methods))
    }

    /// Adds a handler that the API's description leaves out: another standard's door, a page, a probe.
    pub(crate) fn plain<H, T>(mut self, guard: Guard, method: Method, path: &str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        let Ok(filter) = MethodFilter::try_from(method.clone()) else { return self };
        let layer = from_fn_with_state((self.state.clone(), guard), rights::check);
        self.router = self.router.route(path, on(filter, handler).route_layer(layer));
        self.rows.push(Row { method, path: path.to_owned(), guard });
        self
    }

    /// As [`Routes::plain`], for bodies up to a larger limit, bytes.
    pub(crate) fn plain_large<H, T>(
        mut self,
        guard: Guard,
        method: Method,
        path: &str,
        handler: H,
        limit: usize,
    ) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        let Ok(filter) = MethodFilter::try_from(method.clone()) else { return self };
        let layer = from_fn_with_state((self.state.clone(), guard), rights::check);
        let methods = on(filter, handler).route_layer(DefaultBodyLimit::max(limit)).route_layer(layer);
        self.router = self.router.route(path, methods);
        self.rows.push(Row { method, path: path.to_owned(), guard });
        self
    }

    /// The router, the table and the description.
    pub(crate) fn finish(self) -> (Router<AppState>, Vec<Row>, OpenApi) {
        let (router, document) = self.router.split_for_parts();
        (router, self.rows, document)
    }
}

/// The table of all routes.
#[must_use]
pub fn table(state: &AppState) -> Vec<Row> {
    crate::app::routes(state).finish().1
}
