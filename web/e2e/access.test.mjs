// Every page in both languages, on a phone's and a desk's width: nothing that axe-core finds against WCAG 2.2 AA, and no scrolling sideways.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { api, by, cannotRun, givePhoto, photo, Staff, startBrowser, startCity } from './city.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
const LANGUAGES = ['zh-CN', 'en'];
const SIZES = [
  { width: 320, height: 640 },
  { width: 1280, height: 800 },
];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const skip = cannotRun();
let city;
let browser;
let info;
let staff;

before(async () => {
  if (skip !== false) return;
  city = await startCity();
  browser = await startBrowser(city.address);
  const page = await browser.phone('asks');
  info = await api(page, '/city');
  staff = new Staff(browser, info.accounts);
});
after(async () => {
  await browser?.stop();
  await city?.stop();
});

/** What is wrong with the page as it stands, in one line each. */
async function faultsOf(page) {
  // Evaluated, not added as a script: the pages' policy allows no script but their own.
  await page.evaluate(axe);
  return page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, { runOnly: { type: 'tag', values: tags } });
    const lines = violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(' ')} ${node.failureSummary}`));
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) lines.push(`scrolls sideways: ${scrollWidth} px on ${clientWidth}`);
    return lines;
  }, TAGS);
}

/** Looks at the page in both languages and sizes, each loaded anew; `open` brings it into the state that is meant. */
async function look(context, page, name, open) {
  for (const language of LANGUAGES) {
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.evaluate((chosen) => localStorage.setItem('wuhua.language', chosen), language);
      await open();
      assert.equal(await page.evaluate(() => document.documentElement.lang), language, name);
      // Colours are read when nothing fades any more.
      await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))));
      assert.deepEqual(await faultsOf(page), [], `${name} in ${language} at ${size.width} px`);
    }
  }
  context.diagnostic(name);
}

test('the pages of residents', { skip, timeout: 300_000 }, async (context) => {
  const page = await browser.phone('resident');
  const step = async (name) => {
    await page.goto(name === 'what' ? '/' : `/?step=${name}`);
    await page.waitForSelector(by(name === 'check' ? 'send' : 'next'));
  };
  await step('what');
  await look(context, page, 'report: what', () => step('what'));
  await look(context, page, 'report: nothing said', async () => {
    await step('what');
    await page.click(by('next'));
    await page.waitForSelector(by('errors'));
  });
  await givePhoto(page, 'form', await photo(page, '#111111'));
  await page.fill(by('text'), '人民路小学门口垃圾堆了一地，没有人清。');
  await page.locator('.choice').first().click();
  await look(context, page, 'report: where', () => step('where'));
  const [lon, lat] = info.center;
  await look(context, page, 'report: outside', async () => {
    await step('where');
    await page.locator('details summary').click();
    await page.fill(by('coordinates'), '100, 20');
    await page.click(by('use-coordinates'));
    await page.waitForSelector(`${by('located')} .notice.warn`);
  });
  await step('where');
  await page.locator('details summary').click();
  await page.fill(by('coordinates'), `${lon}, ${lat}`);
  await page.click(by('use-coordinates'));
  await page.waitForSelector(`${by('located')} .notice.good`);
  await page.fill(by('address'), '小学正门右侧');
  await look(context, page, 'report: a wrong number', async () => {
    await step('check');
    await page.fill(by('phone'), '12');
    await page.click(by('send'));
    await page.waitForSelector(by('errors'));
  });
  await page.fill(by('phone'), '13800138000');
  await page.click(by('send'));
  await page.waitForSelector(by('sent'));
  const receipt = page.url();
  await look(context, page, 'receipt', async () => {
    await page.goto('/find');
    await page.goto(receipt);
    await page.waitForSelector(by('sent'));
    await page.waitForSelector(by('state-words'));
  });
  await look(context, page, 'find', async () => {
    await page.goto('/find');
    await page.waitForSelector(by('find'));
  });
  await look(context, page, 'no such report', async () => {
    await page.goto('/r/999999-999999-9');
    await page.waitForSelector('[role=alert]');
  });
  const { items } = await api(await staff.first('leader'), '/cases?stage=closed&source=web&limit=1');
  await look(context, page, 'a closed report', async () => {
    await page.goto(`/r/${items[0].reference}`);
    await page.waitForSelector(by('timeline'));
  });
  assert.deepEqual(browser.faults, []);
});

test('the pages of the desk', { skip, timeout: 300_000 }, async (context) => {
  const guest = await browser.desk('guest');
  await guest.goto('/desk');
  await look(context, guest, 'sign-in', async () => {
    await guest.goto('/desk');
    await guest.click(by('enter'));
    await guest.waitForSelector(by('errors'));
  });
  const page = await staff.first('acceptor');
  const go = async (path, found) => {
    await page.goto(path);
    await page.waitForSelector(found);
  };
  await look(context, page, 'work list', () => go('/desk?view=all', 'tbody tr'));
  await look(context, page, 'work list, filtered', async () => {
    await go('/desk?stage=closed,handling&source=web', 'tbody tr');
    if (await page.isVisible(by('toggle-filters'))) await page.click(by('toggle-filters'));
  });
  await look(context, page, 'work list, empty', () => go('/desk?q=zzzzzz', by('empty')));
  const { items } = await api(page, '/cases?limit=1');
  const of = async (stage) => (await api(page, `/cases?stage=${stage}&limit=1`)).items[0];
  const reported = (await of('reported')) ?? items[0];
  await look(context, page, 'case', () => go(`/desk/case/${reported.id}`, by('case')));
  await look(context, page, 'case, an act', async () => {
    await go(`/desk/case/${reported.id}`, by('case'));
    await page.locator('.acts [aria-expanded]').last().click();
    await page.waitForSelector(by('act-send'));
    await page.click(by('act-send'));
    await page.waitForSelector(by('errors'));
  });
  const closed = await of('closed');
  await look(context, page, 'case, closed', () => go(`/desk/case/${closed.id}`, by('case')));
  await look(context, page, 'case, beside the list', async () => {
    await go(`/desk?view=all&case=${closed.id}`, by('case'));
  });
  await look(context, page, 'no such case', () => go('/desk/case/019ab697-e800-717a-8c92-7865b74b6834', '[role=alert]'));
  await look(context, page, 'new report', () => go('/desk/report', by('send')));
  await look(context, page, 'hotline', () => go('/desk/calls', by('calls-search')));
  await look(context, page, 'hotline, empty sheet', () => go('/desk/calls?sheet=new', by('call-sheet')));
  await page.fill(by('call-text'), '农贸市场旁边路面冒水，已经两天了。');
  await page.waitForURL(/sheet=(?!new)/);
  const sheet = page.url();
  await look(context, page, 'hotline, answer at once', async () => {
    await go(sheet, by('call-act-answer_at_once'));
    await page.click(by('call-act-answer_at_once'));
    await page.click(by('call-act-send'));
    await page.waitForSelector(by('errors'));
  });
  assert.deepEqual(browser.faults, []);
});
