// A demonstration city on a port of its own, a browser, and the people in it. No tests of its own.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const binary = process.env.WUHUA_BINARY ?? process.env.WUHUA_BIN ?? join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug', 'wuhua');
const browserPath = process.env.CHROMIUM || '/usr/bin/chromium';
const START_MS_MAX = 60_000;
const DEMO_MS_MAX = 180_000;

/** Why these tests cannot run here, or `false`. */
function hasDemonstration() {
  const help = spawnSync(binary, ['--help'], { encoding: 'utf8' });
  return /^\s+demo\b/m.test(help.stdout);
}

export function cannotRun() {
  if (!existsSync(browserPath)) return `no browser at ${browserPath}: set CHROMIUM`;
  if (process.env.WUHUA_ADDRESS === undefined && !existsSync(binary)) return `no binary at ${binary}: set WUHUA_BINARY`;
  if (process.env.WUHUA_ADDRESS === undefined && !hasDemonstration()) return 'the binary has no demonstration city yet';
  return false;
}

async function run(args) {
  const child = spawn(binary, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const timer = setTimeout(() => child.kill(), DEMO_MS_MAX);
  const [code] = await once(child, 'exit');
  clearTimeout(timer);
  if (code !== 0) throw new Error(`${binary} ${args.join(' ')}: exit code ${code}`);
}

/** Serves a small city and gives its address. `WUHUA_ADDRESS` names one that is served already, `WUHUA_DATA` a folder with one. */
export async function startCity() {
  if (process.env.WUHUA_ADDRESS !== undefined) return { address: process.env.WUHUA_ADDRESS, stop: async () => {} };
  const own = process.env.WUHUA_DATA === undefined;
  const folder = own ? mkdtempSync(join(tmpdir(), 'wuhua-e2e-')) : process.env.WUHUA_DATA;
  const data = own ? join(folder, 'data') : folder;
  if (own) await run(['demo', '--data', data, '--cases', '300', '--seed', '7']);
  const child = spawn(binary, ['serve', '--data', data, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const address = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address within ${START_MS_MAX} ms:\n${said}`)), START_MS_MAX);
    const hear = (chunk) => {
      said += chunk;
      const found = /http:\/\/127\.0\.0\.1:[1-9]\d*/.exec(said);
      if (found === null) return;
      clearTimeout(timer);
      resolve(found[0]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}:\n${said}`)));
  });
  const stop = async () => {
    if (child.exitCode === null) {
      child.kill();
      await once(child, 'exit');
    }
    if (own) rmSync(folder, { recursive: true, force: true });
  };
  return { address, stop };
}

/** One browser; every person has cookies and storage of their own. `faults` gathers what a page must never do. */
export async function startBrowser(address) {
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: ['--no-sandbox', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const faults = [];
  const newPage = async (name, options) => {
    const context = await browser.newContext({ baseURL: address, locale: 'zh-CN', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => faults.push(`${name}: ${error.message}`));
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) faults.push(`${name}: ${message.text()}`);
    });
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (/^https?:$/.test(url.protocol) && url.origin !== new URL(address).origin) faults.push(`${name} asked ${url.origin}`);
    });
    return page;
  };
  const phone = (name) => newPage(name, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  const desk = (name) => newPage(name, { viewport: { width: 1440, height: 900 } });
  return { phone, desk, faults, stop: () => browser.close() };
}

/** A photo as a phone takes it, drawn by the browser itself: larger than what may leave the phone. */
export async function photo(page, colour) {
  const base64 = await page.evaluate((fill) => {
    const canvas = document.createElement('canvas');
    canvas.width = 3200;
    canvas.height = 2400;
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#8899a0';
    pen.fillRect(0, 0, 3200, 2400);
    pen.fillStyle = fill;
    pen.fillRect(900, 1100, 1400, 700);
    return canvas.toDataURL('image/jpeg').split(',')[1];
  }, colour);
  return { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
}

export const by = (name) => `[data-test="${name}"]`;

/** An answer of the API as the page's person gets it. */
export async function api(page, path) {
  const response = await page.request.get(`/api/v1${path}`, { headers: { 'accept-language': 'zh-CN' } });
  if (!response.ok()) throw new Error(`${path}: ${response.status()} ${await response.text()}`);
  return response.json();
}

/** The demonstration accounts, each signed in at most once. */
export class Staff {
  constructor(browser, accounts) {
    this.browser = browser;
    this.accounts = accounts;
    this.pages = new Map();
  }

  of(role) {
    const found = this.accounts.filter((account) => account.role === role);
    if (found.length === 0) throw new Error(`no demonstration account of role ${role}`);
    return found;
  }

  async page(account) {
    const open = this.pages.get(account.sign_in);
    if (open !== undefined) return open;
    const page = await this.browser.desk(account.sign_in);
    await page.goto('/desk');
    await page.fill(by('sign-in'), account.sign_in);
    await page.fill(by('password'), account.password);
    await page.click(by('enter'));
    await page.waitForSelector(by('who'));
    this.pages.set(account.sign_in, page);
    return page;
  }

  async first(role) {
    return this.page(this.of(role)[0]);
  }
}

/** Finds the case by its reference, as a person would, and opens it. `false` where this person does not see it. */
export async function openCase(page, reference) {
  await page.goto(`/desk?q=${encodeURIComponent(reference)}`);
  const row = page.locator(by(`case-${reference}`));
  await row.or(page.locator(by('empty'))).first().waitFor();
  if ((await row.count()) === 0) return false;
  await row.click();
  await page.waitForSelector(by('case'));
  return true;
}

/** Does an act on the open case: presses its button, fills what it asks, sends, and waits for the stage that follows. */
export async function act(page, kind, stage, fill) {
  await page.click(by(`act-${kind}`));
  if (fill !== undefined) {
    await page.waitForSelector(by(`form-${kind}`));
    await fill(page);
    await page.click(by('act-send'));
  }
  await page.waitForSelector(`${by('case')} ${by('stage')}[data-stage="${stage}"]`);
}

/** Gives a photo to the open form and waits until the server has it. */
export async function givePhoto(page, form, file) {
  await page.setInputFiles(`${form} ${by('photo')}`, file);
  await page.locator(`${form} .photos .tone-good`).first().waitFor();
}
