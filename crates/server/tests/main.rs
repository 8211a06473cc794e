//! The server through its router, without a socket, in a time of the test's own.

mod city;
mod event;
mod open311;
mod photo;
mod rights;
mod session;
mod shell;
mod support;
mod texts;
