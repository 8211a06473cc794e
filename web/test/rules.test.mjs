// The few things that the app computes by itself: positions in photos, wall clocks, keys of sendings, bodies of acts, classes by words.
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

let vite;
const load = (path) => vite.ssrLoadModule(path);

before(async () => {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..');
  vite = await createServer({ root, server: { middlewareMode: true, hmr: false, ws: false, watch: null }, appType: 'custom', logLevel: 'error' });
  // Vue itself must find no browser here; the app's modules expect a little of one.
  await import('vue');
  globalThis.localStorage = { getItem: () => null, setItem: () => {}, removeItem: () => {} };
  globalThis.document = { documentElement: { classList: { toggle: () => {} } } };
  globalThis.navigator ??= { language: 'zh-CN' };
});
after(() => vite.close());

/** A JPEG's first bytes with an EXIF block that says where, in degrees, minutes, seconds. */
function jpegAt({ lat, latReference, lon, lonReference }, little) {
  const view = new DataView(new ArrayBuffer(512));
  const ascii = (at, text) => [...text].forEach((character, index) => view.setUint8(at + index, character.charCodeAt(0)));
  const tiff = 12;
  const short = (at, value) => view.setUint16(tiff + at, value, little);
  const long = (at, value) => view.setUint32(tiff + at, value, little);
  view.setUint16(0, 0xffd8);
  view.setUint16(2, 0xffe1);
  view.setUint16(4, 400);
  ascii(6, 'Exif');
  ascii(tiff, little ? 'II' : 'MM');
  short(2, 42);
  long(4, 8);
  short(8, 1);
  short(10, 0x8825);
  short(12, 4);
  long(14, 1);
  long(18, 26);
  short(26, 4);
  const entry = (index, tag, type, count) => {
    short(28 + index * 12, tag);
    short(30 + index * 12, type);
    long(32 + index * 12, count);
  };
  entry(0, 1, 2, 2);
  ascii(tiff + 36, latReference);
  entry(1, 2, 5, 3);
  long(48, 100);
  entry(2, 3, 2, 2);
  ascii(tiff + 60, lonReference);
  entry(3, 4, 5, 3);
  long(72, 124);
  for (const [at, parts] of [[100, lat], [124, lon]]) {
    parts.forEach((part, index) => {
      long(at + index * 8, Math.round(part * 100));
      long(at + index * 8 + 4, 100);
    });
  }
  return view.buffer;
}

test('the position in a photo is read in both byte orders and on both halves of the earth', async () => {
  const { exifPosition } = await load('/src/app/photos.ts');
  for (const little of [true, false]) {
    const kaili = exifPosition(jpegAt({ lat: [26, 34, 0.48], latReference: 'N', lon: [107, 58, 53.4], lonReference: 'E' }, little));
    assert.ok(Math.abs(kaili.lat - 26.566_8) < 1e-6 && Math.abs(kaili.lon - 107.981_5) < 1e-6, JSON.stringify(kaili));
    const south = exifPosition(jpegAt({ lat: [33, 30, 0], latReference: 'S', lon: [70, 45, 0], lonReference: 'W' }, little));
    assert.deepEqual(south, { lat: -33.5, lon: -70.75 });
  }
});

test('a photo without a believable position has none', async () => {
  const { exifPosition } = await load('/src/app/photos.ts');
  const whole = jpegAt({ lat: [26, 34, 0], latReference: 'N', lon: [107, 58, 0], lonReference: 'E' }, true);
  for (let length = 0; length < 148; length += 1) assert.equal(exifPosition(whole.slice(0, length)), null, `cut at ${length}`);
  assert.equal(exifPosition(jpegAt({ lat: [0, 0, 0], latReference: 'N', lon: [0, 0, 0], lonReference: 'E' }, true)), null);
  assert.equal(exifPosition(jpegAt({ lat: [126, 0, 0], latReference: 'N', lon: [107, 0, 0], lonReference: 'E' }, true)), null);
  assert.equal(exifPosition(new TextEncoder().encode('GIF89a, no photo of a phone').buffer), null);
});

test("a wall clock's time is a moment of the city's zone, also where summer time changes", async () => {
  const { momentOfWall, wallOfMoment } = await load('/src/app/format.ts');
  assert.equal(momentOfWall('2026-03-15T09:30', 'Asia/Shanghai'), Date.UTC(2026, 2, 15, 1, 30));
  assert.equal(momentOfWall('2026-03-08T01:59', 'America/Los_Angeles'), Date.UTC(2026, 2, 8, 9, 59));
  assert.equal(momentOfWall('2026-03-08T03:00', 'America/Los_Angeles'), Date.UTC(2026, 2, 8, 10, 0));
  assert.equal(momentOfWall('', 'Asia/Shanghai'), null);
  for (const zone of ['Asia/Shanghai', 'America/Los_Angeles', 'Europe/Berlin']) {
    for (let hour = 0; hour < 24 * 366; hour += 7) {
      const moment = Date.UTC(2026, 0, 1, hour);
      const again = momentOfWall(wallOfMoment(moment, zone), zone);
      // In the doubled hour of autumn a wall clock has two moments.
      assert.ok(again === moment || Math.abs(again - moment) === 3_600_000, `${zone} ${hour}`);
    }
  }
});

test('a sending keeps its key while its body stays, over a reload too', async () => {
  const { Submission } = await load('/src/app/api.ts');
  const first = new Submission();
  const key = first.keyFor({ text: 'a' });
  assert.match(key, /^[0-9a-f]{32}$/);
  assert.equal(first.keyFor({ text: 'a' }), key);
  assert.equal(new Submission(first.remembered).keyFor({ text: 'a' }), key);
  assert.notEqual(first.keyFor({ text: 'b' }), key);
});

test('an act becomes the command that the rules read', async () => {
  const { bodyOf, missing, offered, ACTS } = await load('/src/governance/case/acts.ts');
  const state = { stage: 'reported', text: 'old', class: 'c', urgent: false };
  assert.deepEqual(bodyOf('accept', {}, state), { command: { accept: {} } });
  assert.deepEqual(bodyOf('file', { condition: 'x' }, state), { command: { file: {} }, condition: 'x' });
  assert.deepEqual(bodyOf('merge', { into: 'y' }, state), { command: { merge: { into: 'y' } }, other: 'y' });
  assert.deepEqual(bodyOf('unmerge', { reason: ' r ' }, { ...state, merged: { into: 'z' } }), { command: { unmerge: { reason: 'r' } }, other: 'z' });
  assert.deepEqual(bodyOf('set_urgent', {}, state), { command: { set_urgent: { urgent: true } } });
  assert.deepEqual(bodyOf('amend', { text: 'new', class: 'c', component: '', place: null }, state), { command: { amend: { text: 'new' } } });
  assert.deepEqual(bodyOf('answer_check', { answer: 'yes', attachments: ['h'], note: '' }, state), {
    command: { answer_check: { answer: 'yes', attachments: [{ hash: 'h', role: 'after' }] } },
  });
  assert.deepEqual(bodyOf('close', { outcome: 'cured', condition_met: true, component_present: null }, state), {
    command: { close: { outcome: 'cured', condition_met: true } },
  });
  assert.deepEqual(missing(ACTS.return, { reason: ' ' }), ['proposal', 'reason']);
  assert.deepEqual(offered(['undo', 'accept', 'an_act_of_tomorrow', 'refuse']), ['accept', 'refuse']);
});

test('a class is found by the words that people use', async () => {
  const { suggest } = await load('/src/governance/dictionary.ts');
  const one = (code, name_zh, name_en) => ({ code, name_zh, name_en, frequent: false });
  const all = [one('1', '上水井盖', 'Water manhole cover'), one('2', '路灯', 'Street light'), one('3', '暴露垃圾', 'Exposed litter')];
  const codes = (said) => suggest(all, said, 3).map((found) => found.code);
  assert.deepEqual(codes('小学门口的井盖坏了'), ['1']);
  assert.deepEqual(codes('门口路灯不亮，还有垃圾'), ['2', '3']);
  assert.deepEqual(codes('the street lights are out'), ['2']);
  assert.deepEqual(codes('？'), []);
});
