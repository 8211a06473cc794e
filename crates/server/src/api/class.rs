//! What can be reported: the classes of the city's edition, and the conditions under which a case of a class is filed.

use axum::{Json, extract::State};
use governance::{dictionary::Class, view::View};
use kernel::{clock::Limit, error::ErrorKind, role::Action, time::Moment};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use crate::{
    app::AppState,
    problem::{Problem, ProblemBody},
    request::Arguments,
    rights::City,
    routes::{Guard, Routes},
};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .route(Guard::Public("residents choose from it"), routes!(list))
        .route(Guard::Right(Action::HandbookView), routes!(conditions))
}

/// A class.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClassFace {
    /// The whole key, e.g. `2026-matter-06010`: how cases name it.
    code: String,
    /// `component` or `matter`.
    kind: &'static str,
    /// The name in Chinese.
    name_zh: String,
    /// In English; may be empty.
    name_en: String,
    /// Two digits of the major class.
    major: String,
    /// Its name in Chinese.
    major_zh: String,
    /// Its name in English.
    major_en: String,
    /// Residents may choose it.
    reportable: bool,
    /// It is offered first.
    frequent: bool,
}

fn face(view: &View, class: &Class, at: Moment) -> ClassFace {
    let key = &class.key;
    let major = view.dictionary.major(&key.edition, key.kind, &class.major);
    let code = key.to_string();
    ClassFace {
        kind: key.kind.word(),
        name_zh: class.name_zh.clone(),
        name_en: class.name_en.clone(),
        major: class.major.clone(),
        major_zh: major.map(|major| major.name_zh.clone()).unwrap_or_default(),
        major_en: major.map(|major| major.name_en.clone()).unwrap_or_default(),
        reportable: view.is_reportable(class, at),
        frequent: view.city.frequent_classes.contains(&code),
        code,
    }
}

/// The classes of the city's edition: the frequent ones first, in the city's order, then matters and components by code.
#[utoipa::path(get, path = "/api/v1/classes", tag = "class", operation_id = "class_list",
    responses((status = 200, body = Vec<ClassFace>), (status = 404, body = ProblemBody)))]
pub(crate) async fn list(
    State(state): State<AppState>,
    City(city): City,
) -> Result<Json<Vec<ClassFace>>, Problem> {
    let at = state.now();
    let view = state.view(city).await?;
    let mut faces: Vec<ClassFace> = view.classes().map(|class| face(&view, class, at)).collect();
    let place = |face: &ClassFace| {
        view.city.frequent_classes.iter().position(|class| *class == face.code).unwrap_or(usize::MAX)
    };
    faces.sort_by_key(place);
    Ok(Json(faces))
}

/// Which class.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OfClass {
    /// The class, whole or its code.
    class: Option<String>,
}

/// A step of handling with its limit.
#[derive(Serialize, ToSchema)]
pub(crate) struct MilestoneFace {
    /// What is reached.
    name: String,
    /// How long it may take: `{value, unit}`.
    #[schema(value_type = Object)]
    limit: Limit,
}

/// When a case is filed, and what closes it.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConditionFace {
    /// The id; filing names it.
    id: String,
    /// When it is filed, in Chinese.
    text_zh: String,
    /// In English; may be empty.
    text_en: String,
    /// What must be true to close it, in Chinese.
    closing_zh: String,
    /// In English; may be empty.
    closing_en: String,
    /// The steps of handling; the last one is its end.
    milestones: Vec<MilestoneFace>,
    /// Code of the unit that handles it, where the city has it.
    unit: Option<String>,
}

/// The conditions under which a case of a class is filed now, in the handbook's order.
#[utoipa::path(get, path = "/api/v1/conditions", tag = "class", operation_id = "condition_list", params(OfClass),
    responses((status = 200, body = Vec<ConditionFace>), (status = 400, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(crate) async fn conditions(
    State(state): State<AppState>,
    City(city): City,
    Arguments(of): Arguments<OfClass>,
) -> Result<Json<Vec<ConditionFace>>, Problem> {
    let at = state.now();
    let class = of.class.ok_or_else(|| Problem::malformed("class"))?;
    let view = state.view(city).await?;
    if view.class(&class).is_none() {
        return Err(class_unknown(&class));
    }
    let day = at.date(&view.zone);
    let faces = view
        .conditions(&class, at)
        .into_iter()
        .map(|condition| ConditionFace {
            id: condition.id.clone(),
            text_zh: condition.condition.clone(),
            text_en: condition.condition_en.clone(),
            closing_zh: condition.closing.clone(),
            closing_en: condition.closing_en.clone(),
            milestones: condition
                .limit_for(None, day)
                .unwrap_or_default()
                .iter()
                .map(|milestone| MilestoneFace { name: milestone.name.clone(), limit: milestone.limit })
                .collect(),
            unit: Some(condition.handling_unit.code.clone()).filter(|unit| view.units.contains_key(unit)),
        })
        .collect();
    Ok(Json(faces))
}

/// A class that is none of the city's: 404.
pub(super) fn class_unknown(class: &str) -> Problem {
    let shown: String = class.chars().take(60).collect();
    Problem::new(ErrorKind::NotFound, "class_unknown").detail("class", shown)
}
