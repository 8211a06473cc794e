//! HTTP: sessions, API v1, Open311, live events, the embedded web app. Handlers parse, authorise, call one function of a lower floor
//! and write the answer; no SQL and no rule of the domain stands here.
//!
//! # Glossary
//! * **guard**: what a route asks of its caller ([`Guard`]); every route names one, in the one table of routes ([`Row`]).
//! * **caller**: who asks: a resident without account, a session, an API key ([`rights::Caller`]).
//! * **problem**: an error on its way out, `application/problem+json` (RFC 9457); its code is the translation key ([`problem::Problem`]).
//! * **source**: the address a request comes from; an IPv6 address counts by its /64 ([`limits`]).
//! * **clock**: the only place in this crate that reads time ([`Clock`]).

mod api;
mod app;
mod city;
mod clock;
mod desk;
mod health;
pub mod language;
mod limits;
mod metrics;
mod once;
pub mod open311;
mod openapi;
mod origin;
mod password;
mod photo;
pub mod problem;
mod request;
pub mod rights;
mod routes;
mod session;
mod static_files;

pub use self::{
    app::{AppState, Settings, Visibility, router, serve},
    city::CityDoors,
    clock::{Clock, SystemClock},
    limits::{RateLimits, Rates},
    openapi::document as openapi_document,
    password::{PasswordError, hash as hash_password},
    routes::{Guard, Row, table},
};
