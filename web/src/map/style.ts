// How the city's own layers look. The tiles are the server's; nothing comes from the internet.
import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';

const LAYERS = ['street', 'community', 'cell', 'road', 'water', 'block'] as const;
const TILE_ZOOM_MAX = 16;

export function cityStyle(origin: string, city: string, bounds: [number, number, number, number] | null): StyleSpecification {
  const sources: StyleSpecification['sources'] = {};
  for (const layer of LAYERS) {
    sources[layer] = {
      type: 'vector',
      tiles: [`${origin}/tiles/${layer}/{z}/{x}/{y}.mvt?city=${city}`],
      minzoom: layer === 'cell' || layer === 'block' ? 12 : layer === 'road' ? 9 : 6,
      maxzoom: TILE_ZOOM_MAX,
      ...(bounds === null ? {} : { bounds }),
    };
  }
  const from = (source: (typeof LAYERS)[number]) => ({ source, 'source-layer': source });
  const label = (id: string, source: (typeof LAYERS)[number], minzoom: number, size: number, color: string): LayerSpecification => ({
    id,
    type: 'symbol',
    ...from(source),
    minzoom,
    layout: {
      'text-field': ['coalesce', ['get', 'name'], ['get', 'code'], ''],
      'text-font': ['sans-serif'],
      'text-size': size,
      'text-max-width': 8,
      ...(source === 'road' ? { 'symbol-placement': 'line' as const } : {}),
    },
    paint: { 'text-color': color, 'text-halo-color': '#ffffff', 'text-halo-width': 1.6 },
  });
  return {
    version: 8,
    sources,
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': '#e7eae4' } },
      { id: 'street-fill', type: 'fill', ...from('street'), paint: { 'fill-color': '#f1f2ec' } },
      { id: 'block-fill', type: 'fill', ...from('block'), paint: { 'fill-color': '#e2ddd0', 'fill-opacity': 0.85 } },
      { id: 'water-fill', type: 'fill', ...from('water'), filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': '#a9d3ea' } },
      { id: 'water-line', type: 'line', ...from('water'), paint: { 'line-color': '#8cc3e2', 'line-width': ['interpolate', ['linear'], ['zoom'], 10, 1.5, 16, 7] } },
      { id: 'road-edge', type: 'line', ...from('road'), layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': '#b5ae9c', 'line-width': ['interpolate', ['exponential', 1.5], ['zoom'], 10, 1, 16, 10, 19, 30] } },
      { id: 'road-line', type: 'line', ...from('road'), layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': '#ffffff', 'line-width': ['interpolate', ['exponential', 1.5], ['zoom'], 10, 0.5, 16, 7.5, 19, 26] } },
      { id: 'cell-line', type: 'line', ...from('cell'), minzoom: 13, paint: { 'line-color': '#6f8896', 'line-width': 0.8, 'line-opacity': 0.6, 'line-dasharray': [2, 2] } },
      { id: 'community-line', type: 'line', ...from('community'), minzoom: 11, paint: { 'line-color': '#4f7d93', 'line-width': 1, 'line-opacity': 0.55 } },
      { id: 'street-line', type: 'line', ...from('street'), paint: { 'line-color': '#0f4c6b', 'line-width': ['interpolate', ['linear'], ['zoom'], 8, 1, 15, 2.4], 'line-opacity': 0.7 } },
      label('road-label', 'road', 14, 12, '#5b5545'),
      label('community-label', 'community', 13, 12, '#3d5d6d'),
      label('street-label', 'street', 9, 14, '#0a3a53'),
    ],
  };
}
