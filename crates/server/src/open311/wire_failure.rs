//! Errors as the standard writes them: an array of `{code, description}`; 404 for what is missing, 403 for the key, 400 for the rest.

use axum::{
    http::{StatusCode, header},
    response::Response,
};

use super::wire::{Format, Node};
use crate::{language::Language, problem::Problem};

/// The status that the standard knows for a problem. What concerns the machine and not the request keeps its own.
fn status_of(problem: &Problem) -> StatusCode {
    match problem.status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => problem.status,
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => StatusCode::FORBIDDEN,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::PAYLOAD_TOO_LARGE => problem.status,
        status if status.is_server_error() => status,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// The answer that says what went wrong, one element for each field that is not acceptable.
pub(crate) fn failure_response(problem: &Problem, language: Language, format: Format) -> Response {
    let status = status_of(problem);
    let code = || Node::Whole(i64::from(status.as_u16()));
    let error =
        |description: String| Node::Map(vec![("code", code()), ("description", Node::text(description))]);
    let errors = if problem.fields.is_empty() {
        vec![error(problem.text(language))]
    } else {
        problem.fields.iter().map(|field| error(problem.field_text(field, language))).collect()
    };
    let mut response = Node::List("error", errors).response(status, "errors", format);
    if let Ok(tag) = language.tag().parse() {
        response.headers_mut().insert(header::CONTENT_LANGUAGE, tag);
    }
    response
}
