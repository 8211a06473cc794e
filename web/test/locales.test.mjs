// Both languages have the same keys with the same values inside, every key that the app or the server names is there, and no words stand
// in the templates themselves.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compileTemplate, parse } from 'vue/compiler-sfc';

const web = join(dirname(fileURLToPath(import.meta.url)), '..');
const read = (path) => readFileSync(join(web, path), 'utf8');
const flatten = (tree, prefix = '') =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
const chinese = new Map(flatten(JSON.parse(read('src/locales/zh-CN.json'))));
const english = new Map(flatten(JSON.parse(read('src/locales/en.json'))));
const sources = readdirSync(join(web, 'src'), { recursive: true })
  .filter((path) => /\.(ts|vue)$/.test(path))
  .map((path) => join('src', path))
  .sort();

test('both languages have the same keys', () => {
  assert.deepEqual([...chinese.keys()].filter((key) => !english.has(key)), []);
  assert.deepEqual([...english.keys()].filter((key) => !chinese.has(key)), []);
});

test('no text is empty, and both name the same values', () => {
  const names = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
  for (const [key, text] of chinese) {
    assert.notEqual(text.trim(), '', key);
    assert.notEqual(english.get(key).trim(), '', key);
    assert.deepEqual([...new Set(names(text))], [...new Set(names(english.get(key)))], key);
  }
});

test('every key that the app names is there', () => {
  const missing = [];
  for (const path of sources) {
    for (const [, key] of read(path).matchAll(/\b(?:t|known)\(\s*'([\w.-]+)'/g)) if (!chinese.has(key)) missing.push(`${path}: ${key}`);
    for (const [, key] of read(path).matchAll(/title: '([\w.-]+\.[\w.-]+)'/g)) if (!chinese.has(key)) missing.push(`${path}: ${key}`);
  }
  assert.deepEqual(missing, []);
});

test('keys made of parts have words for every part that the app offers', () => {
  const wanted = [];
  const acts = [...read('src/governance/case/acts.ts').matchAll(/^ {2}(\w+): \{/gm)].map((match) => match[1]);
  assert.ok(acts.length > 40);
  for (const act of acts) wanted.push(`command.${act}`);
  for (const [, name] of read('src/governance/case/acts.ts').matchAll(/name: '(\w+)'/g)) wanted.push(`input.${name}`);
  const ofCalls = read('src/governance/calls/acts.ts');
  const callActs = [...ofCalls.matchAll(/^ {2}(\w+): \{/gm)].map((match) => match[1]);
  assert.ok(callActs.length > 10);
  for (const act of callActs) wanted.push(`call_command.${act}`);
  for (const [, name] of ofCalls.matchAll(/name: '(\w+)'/g)) wanted.push(`call_input.${name}`);
  for (const [, group, list] of ofCalls.matchAll(/group: '(\w+)', options: \[([^\]]+)\]/g)) for (const [, code] of list.matchAll(/'(\w+)'/g)) wanted.push(`${group}.${code}`);
  const [, views] = /VIEWS: [^=]+= \{([^;]+)\};/.exec(read('src/governance/calls/CallsPage.vue'));
  for (const [, view] of views.matchAll(/^ {2}(\w+):/gm)) wanted.push(`call_view.${view}`);
  for (const name of ['STAGES', 'SOURCES']) {
    const group = name === 'STAGES' ? 'stage' : 'source';
    const [, list] = new RegExp(`${name} = \\[([^\\]]+)\\]`).exec(read('src/governance/words.ts'));
    for (const [, code] of list.matchAll(/'(\w+)'/g)) wanted.push(`${group}.${code}`);
  }
  assert.deepEqual(wanted.filter((key) => !chinese.has(key)), []);
});

// The codes are the server's; where its sources lie beside, each must have words.
const crates = join(web, '..', 'crates');
for (const [file, pattern, group] of [
  ['governance/src/case/refusals.rs', /"(case_\w+)"/g, 'error'],
  ['governance/src/case/event.rs', /= "(case_\w+)"/g, 'event'],
  ['governance/src/call/event.rs', /= "(call_\w+)"/g, 'event'],
  ['governance/src/case/command.rs', /^ {4}\w+ = "(\w+)"/gm, 'command'],
  ['kernel/src/role.rs', /Self::\w+ => "(\w+)",(?=[\s\S]*How far a right reaches)/g, null],
]) {
  const path = join(crates, file);
  test(`words for the codes of ${file}`, { skip: existsSync(path) ? false : 'not in this tree' }, () => {
    const text = readFileSync(path, 'utf8');
    const codes = [...text.matchAll(pattern)].map((match) => match[1]);
    assert.ok(codes.length > 0, 'the pattern finds nothing any more');
    const keys = codes.map((code) => (group === null ? (code.includes('unknown') || code.includes('malformed') ? `error.${code}` : `role.${code}`) : `${group}.${code}`));
    assert.deepEqual(keys.filter((key) => !chinese.has(key)), []);
  });
}

test('no words stand in templates or scripts', () => {
  const found = [];
  const WORDS = /\p{L}/u;
  const SPOKEN = new Set(['alt', 'title', 'placeholder', 'label', 'aria-label', 'aria-description', 'hint', 'what', 'start-placeholder', 'end-placeholder']);
  const walk = (node, path) => {
    if (node.type === 2 && WORDS.test(node.content)) found.push(`${path}: ${node.content.trim()}`);
    if (node.type === 5 && /^\s*(['"`])[^'"`]*\p{L}[^'"`]*\1\s*$/u.test(node.content.content ?? '')) found.push(`${path}: ${node.content.content}`);
    for (const prop of node.props ?? []) {
      if (prop.type === 6 && SPOKEN.has(prop.name) && prop.value !== undefined && WORDS.test(prop.value.content)) found.push(`${path}: ${prop.name}="${prop.value.content}"`);
    }
    for (const child of node.children ?? []) walk(child, path);
  };
  for (const path of sources) {
    const text = read(path);
    let script = text;
    if (path.endsWith('.vue')) {
      const { descriptor } = parse(text);
      script = [descriptor.script?.content, descriptor.scriptSetup?.content].join('\n');
      if (descriptor.template !== null) {
        const { ast, errors } = compileTemplate({ source: descriptor.template.content, filename: path, id: path });
        assert.deepEqual(errors, []);
        assert.ok(ast, path);
        walk(descriptor.template.ast, relative('src', path));
      }
    }
    const withoutComments = script.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"])\/\/.*$/gm, '$1');
    for (const [han] of withoutComments.matchAll(/[\p{Script=Han}，。；：！？（）]+/gu)) found.push(`${path}: ${han}`);
  }
  assert.deepEqual(found, []);
});
