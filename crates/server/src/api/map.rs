//! The base map from the city's own layers: vector tiles and the style that draws them. No map service is needed.

mod index;

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{error::ErrorKind, role::Action};
use map::tile::TileAddress;
use serde_json::{Value, json};
use utoipa_axum::routes;

pub(crate) use self::index::Tiles;
use crate::{
    app::AppState,
    problem::{Problem, ProblemBody},
    rights::City,
    routes::{Guard, Routes},
};

/// The deepest zoom of which tiles are asked; below it the map enlarges.
const TILE_ZOOM_MAX: u8 = 16;
/// How long a tile is good without asking again, seconds.
const TILE_FRESH_S: u32 = 300;
/// The style's layers, as the web app draws them too.
const LAYERS: &str = include_str!("map/style_layers.json");

pub(super) fn routes(routes: Routes) -> Routes {
    routes.route(Guard::Right(Action::GridView), routes!(style)).plain(
        Guard::Public("the base map shows no person and no case"),
        axum::http::Method::GET,
        "/tiles/{layer}/{z}/{x}/{y}",
        tile,
    )
}

/// The address under which the caller knows this server.
fn origin(state: &AppState, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1");
    format!("{}://{host}", if state.settings().tls { "https" } else { "http" })
}

/// The style of the base map (MapLibre Style Specification 8), for any map program.
#[utoipa::path(get, path = "/api/v1/style", tag = "map", operation_id = "style",
    responses((status = 200, body = Object), (status = 404, body = ProblemBody)))]
pub(crate) async fn style(
    State(state): State<AppState>,
    City(city): City,
    headers: HeaderMap,
) -> Result<Json<Value>, Problem> {
    let view = state.view(city).await?;
    let origin = origin(&state, &headers);
    let bounds = view.bounds().map(|found| [found.west, found.south, found.east, found.north]);
    let mut sources = serde_json::Map::new();
    for (layer, zoom_min) in index::LAYERS {
        let mut source = json!({
            "type": "vector",
            "tiles": [format!("{origin}/tiles/{layer}/{{z}}/{{x}}/{{y}}.mvt?city={city}")],
            "minzoom": zoom_min,
            "maxzoom": TILE_ZOOM_MAX,
        });
        if let (Some(bounds), Some(source)) = (bounds, source.as_object_mut()) {
            source.insert("bounds".to_owned(), json!(bounds));
        }
        sources.insert(layer.to_owned(), source);
    }
    let layers: Value =
        serde_json::from_str(LAYERS).map_err(|_| Problem::new(ErrorKind::Internal, "internal"))?;
    let mut style = json!({"version": 8, "name": view.city.name, "sources": sources, "layers": layers});
    if let (Some(bounds), Some(style)) = (view.bounds(), style.as_object_mut()) {
        style.insert("center".to_owned(), json!([bounds.center().lon, bounds.center().lat]));
    }
    Ok(Json(style))
}

/// `GET /tiles/{layer}/{z}/{x}/{y}.mvt`: a vector tile of one layer; empty where nothing of it is there.
pub(crate) async fn tile(
    State(state): State<AppState>,
    City(city): City,
    Path((layer, zoom, column, row)): Path<(String, String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let unknown = || Problem::new(ErrorKind::NotFound, "tile_unknown");
    let row = row.strip_suffix(".mvt").unwrap_or(&row);
    let (Ok(zoom), Ok(column), Ok(row)) = (zoom.parse(), column.parse(), row.parse()) else {
        return Err(unknown());
    };
    let address = TileAddress::new(zoom, column, row)?;
    let view = state.view(city).await?;
    let at = state.now();
    let inner = state.clone();
    let made = tokio::task::spawn_blocking(move || {
        inner.tiles().tile(&view, at, &layer, (zoom, column, row), address)
    });
    let made = made.await.map_err(|_| Problem::new(ErrorKind::Internal, "internal"))?;
    let (tag, bytes) = made.ok_or_else(unknown)?;
    let is_seen = headers.get(header::IF_NONE_MATCH).is_some_and(|seen| seen.as_bytes() == tag.as_bytes());
    let fresh = [
        (header::CONTENT_TYPE, "application/vnd.mapbox-vector-tile".to_owned()),
        (header::CACHE_CONTROL, format!("public, max-age={TILE_FRESH_S}")),
        (header::ETAG, tag),
    ];
    if is_seen {
        return Ok((StatusCode::NOT_MODIFIED, fresh).into_response());
    }
    Ok((fresh, bytes).into_response())
}
