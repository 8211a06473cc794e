//! Errors on their way out. A handler returns a [`Problem`]; the outermost layer ([`crate::request`]) writes it in the caller's language
//! as `application/problem+json` (RFC 9457), or, under `/open311/`, as the standard's array of errors.
//!
//! # What each status means
//! | status | family | meaning |
//! |---|---|---|
//! | 400 | `malformed` | cannot be read, or misses something |
//! | 401 | `unauthenticated` | sign in first |
//! | 403 | `forbidden` | signed in, but not allowed, and that it exists is no secret |
//! | 404 | `not_found` | not there, or not for this caller's eyes |
//! | 405 | | the address takes other methods |
//! | 409 | `conflict` | the present state does not allow it |
//! | 412 | `stale` | the caller saw an older version |
//! | 413 | `too_large` | larger than a named limit |
//! | 415 | | the body is of a kind not taken here |
//! | 422 | `invalid` | well-formed, but a rule of the data says no; also an idempotency key used with another body |
//! | 428 | `version_missing` | name the version that you saw (`If-Match`) |
//! | 429 | `too_many` | too often; `Retry-After` says when |
//! | 500 | `internal` | a fault of the program |
//! | 503 | `unavailable` | cannot be written safely now; reads may go on |
//! | 507 | `storage_full` | the disk is full; reads go on |

use std::borrow::Cow;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::error::{Coded, ErrorKind};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::language::Language;

/// One field of the input that is not acceptable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name in the body or the address.
    pub field: Cow<'static, str>,
    /// The translation key.
    pub code: Cow<'static, str>,
}

/// An error on its way out.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The HTTP status.
    pub status: StatusCode,
    /// The translation key.
    pub code: String,
    /// Values for the text.
    pub details: Map<String, Value>,
    /// The fields that are not acceptable.
    pub fields: Vec<FieldError>,
    /// When to try again, in seconds.
    pub retry_after_s: Option<u64>,
}

/// A field that is not acceptable, as it is sent.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FieldBody {
    /// The field's name.
    field: String,
    /// The translation key.
    code: String,
    /// What is wrong, in the caller's language.
    message: String,
}

/// An error as it is sent (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(title = "Problem")]
pub(crate) struct ProblemBody {
    /// Always `about:blank`: the code says which problem it is.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// The translation key, stable for ever.
    code: String,
    /// What, where and what to do, in the caller's language.
    detail: String,
    /// The fields that are not acceptable.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldBody>,
    /// The values that the text names.
    #[schema(value_type = Object)]
    details: Map<String, Value>,
    /// Name it when you ask for help; it stands in the log.
    request_id: String,
}

/// The status of a family of errors.
#[must_use]
pub const fn status_of(kind: ErrorKind) -> StatusCode {
    match kind {
        ErrorKind::Malformed => StatusCode::BAD_REQUEST,
        ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::NotFound => StatusCode::NOT_FOUND,
        ErrorKind::Unauthenticated => StatusCode::UNAUTHORIZED,
        ErrorKind::Forbidden => StatusCode::FORBIDDEN,
        ErrorKind::Conflict => StatusCode::CONFLICT,
        ErrorKind::Stale => StatusCode::PRECONDITION_FAILED,
        ErrorKind::VersionMissing => StatusCode::PRECONDITION_REQUIRED,
        ErrorKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        ErrorKind::StorageFull => StatusCode::INSUFFICIENT_STORAGE,
        ErrorKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        ErrorKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl Problem {
    /// A problem of the server's own.
    #[must_use]
    pub fn new(kind: ErrorKind, code: &str) -> Self {
        Self::with_status(status_of(kind), code)
    }

    /// A problem whose status is none of a family's.
    #[must_use]
    pub fn with_status(status: StatusCode, code: &str) -> Self {
        Self { status, code: code.to_owned(), details: Map::new(), fields: Vec::new(), retry_after_s: None }
    }

    /// A field that is not acceptable: 422.
    #[must_use]
    pub fn field(field: &'static str, code: &'static str) -> Self {
        let mut problem = Self::new(ErrorKind::Invalid, code);
        problem.fields.push(FieldError { field: field.into(), code: code.into() });
        problem.detail("field", field)
    }

    /// A parameter or field that cannot be read: 400.
    #[must_use]
    pub fn malformed(field: &'static str) -> Self {
        let mut problem = Self::new(ErrorKind::Malformed, "value_malformed");
        problem.fields.push(FieldError { field: field.into(), code: "value_malformed".into() });
        problem.detail("field", field)
    }

    /// Not there, or not for this caller's eyes.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(ErrorKind::NotFound, "not_found")
    }

    /// Says which field of the body the problem is about, so that a form can point to it.
    #[must_use]
    pub fn about(mut self, field: &'static str) -> Self {
        self.fields.push(FieldError { field: field.into(), code: self.code.clone().into() });
        self
    }

    /// Adds a value for the text.
    #[must_use]
    pub fn detail(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.details.insert(name.to_owned(), value.into());
        self
    }

    /// What stands for an answer that came from a layer without a problem of its own.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let code = match status {
            StatusCode::NOT_FOUND => "not_found",
            StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
            StatusCode::PAYLOAD_TOO_LARGE => "body_too_large",
            StatusCode::UNSUPPORTED_MEDIA_TYPE => "media_type_not_taken",
            StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
                "timed_out"
            }
            StatusCode::UNPROCESSABLE_ENTITY => "body_unreadable",
            status if status.is_client_error() => "request_malformed",
            _ => "internal",
        };
        Self::with_status(status, code)
    }

    /// The text in a language.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        language.text(&self.code, &self.details)
    }

    /// What is wrong with one field, in a language.
    #[must_use]
    pub fn field_text(&self, field: &FieldError, language: Language) -> String {
        let mut details = self.details.clone();
        details.insert("field".to_owned(), field.field.as_ref().into());
        language.text(&field.code, &details)
    }

    /// As it is sent.
    pub(crate) fn body(&self, language: Language, request_id: &str) -> ProblemBody {
        ProblemBody {
            kind: "about:blank",
            title: self.status.canonical_reason().unwrap_or_default().to_owned(),
            status: self.status.as_u16(),
            code: self.code.clone(),
            detail: self.text(language),
            fields: self
                .fields
                .iter()
                .map(|field| FieldBody {
                    field: field.field.to_string(),
                    code: field.code.to_string(),
                    message: self.field_text(field, language),
                })
                .collect(),
            details: self.details.clone(),
            request_id: request_id.to_owned(),
        }
    }
}

impl<E: Coded> From<E> for Problem {
    fn from(error: E) -> Self {
        let kind = error.kind();
        if kind == ErrorKind::Internal {
            // The error's own words go to the log, never to the caller; errors hold no values of rows.
            tracing::error!(code = error.code(), error = %error, "internal error");
        }
        let mut problem = Self::new(kind, error.code());
        problem.details = error.details();
        if problem.code == "fields_invalid"
            && let Some(Value::Array(fields)) = problem.details.remove("fields")
        {
            let text = |fault: &Value, name: &str| fault.get(name)?.as_str().map(str::to_owned);
            problem.fields = fields
                .iter()
                .filter_map(|fault| {
                    Some(FieldError {
                        field: text(fault, "field")?.into(),
                        code: text(fault, "code")?.into(),
                    })
                })
                .collect();
        }
        if kind == ErrorKind::Unavailable {
            problem.retry_after_s = Some(1);
        }
        problem
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}
