// One case from a resident's phone to closing, each step by the person whose post it is, in a real browser against the built binary.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { act, api, by, cannotRun, givePhoto, openCase, photo, Staff, startBrowser, startCity } from './city.mjs';

const skip = cannotRun();
let city;
let browser;
let staff;
let resident;
let info;

before(async () => {
  if (skip !== false) return;
  city = await startCity();
  browser = await startBrowser(city.address);
  resident = await browser.phone('resident');
  await resident.goto('/');
  info = await api(resident, '/city');
  staff = new Staff(browser, info.accounts);
});
after(async () => {
  await browser?.stop();
  await city?.stop();
});

/** A point that lies in a cell: the city's middle, or the nearest cell to it. */
async function pointInside() {
  const [lon, lat] = info.center;
  const located = await api(resident, `/locate?lon=${lon}&lat=${lat}`);
  return located.inside ? { lon, lat } : located.nearest;
}

async function report() {
  await resident.goto('/');
  await givePhoto(resident, 'form', await photo(resident, '#111111'));
  await resident.fill(by('text'), '人民路小学门口垃圾堆了一地，没有人清。');
  await resident.locator('.choice').first().click();
  await resident.click(by('next'));
  const point = await pointInside();
  await resident.locator('details summary').click();
  await resident.fill(by('coordinates'), `${point.lon}, ${point.lat}`);
  await resident.click(by('use-coordinates'));
  await resident.waitForSelector(`${by('located')} .notice.good`);
  await resident.fill(by('address'), '小学正门右侧');
  await resident.click(by('next'));
  // A reload loses nothing, and the address says which step this is.
  assert.match(resident.url(), /step=check/);
  await resident.reload();
  await resident.waitForSelector('.pictures img');
  await resident.fill(by('phone'), '13800138000');
  await resident.click(by('send'));
  await resident.waitForSelector(by('sent'));
  return (await resident.textContent(by('sent-reference'))).trim();
}

/** The collector whom the server has drawn for the case that is open on a desk's page. */
async function drawnCollector(desk, reference) {
  const { items } = await api(desk, `/cases?q=${encodeURIComponent(reference)}`);
  const { case: state } = await api(desk, `/cases/${items[0].id}`);
  const account = staff.of('collector').find((one) => one.id === state.task.collector);
  assert.ok(account, 'the drawn collector has no demonstration account');
  const page = await staff.page(account);
  assert.ok(await openCase(page, reference), 'the drawn collector does not see the case');
  return page;
}

/** A unit that has both a manager and a worker among the demonstration accounts. */
async function unitWithPeople() {
  const worker = staff.of('worker').find((one) => staff.of('unit_manager').some((manager) => manager.unit === one.unit));
  assert.ok(worker, 'no unit has both a manager and a worker with a demonstration account');
  const manager = staff.of('unit_manager').find((one) => one.unit === worker.unit);
  return { code: worker.unit, manager: await staff.page(manager), worker: { page: await staff.page(worker), id: worker.id } };
}

test('a case from the phone to closing', { skip, timeout: 300_000 }, async (context) => {
  let reference;
  let unit;
  // A step that fails ends the story: what follows could only fail for its sake.
  const step = async (name, run) => {
    await run().catch((error) => {
      throw new Error(`${name}: ${error.message}`, { cause: error });
    });
    context.diagnostic(name);
  };

  await step('a resident reports with photo and place', async () => {
    reference = await report();
    assert.match(reference, /^\d{6}-\d{6}-\d$/);
    // Back goes back, and never sends again.
    await resident.goBack();
    await resident.waitForSelector(by('next'));
    assert.equal(await resident.inputValue(by('text')), '');
    await resident.goForward();
    await resident.waitForSelector(by('state'));
  });

  await step('the acceptor has it verified on site', async () => {
    const page = await staff.first('acceptor');
    assert.ok(await openCase(page, reference));
    await act(page, 'request_verification', 'pre_filing_verification');
    const collector = await drawnCollector(page, reference);
    await act(collector, 'answer_verification', 'to_file', async () => {
      await collector.check(by('input-answer-yes'));
      await collector.fill(by('input-note'), '属实，已放警示桩。');
    });
  });

  await step('the shift leader files it', async () => {
    const page = await staff.first('shift_leader');
    assert.ok(await openCase(page, reference));
    await act(page, 'file', 'to_dispatch', async () => {
      await page.locator('[data-test^="input-condition-"]').first().check();
    });
  });

  await step('the dispatcher gives it to a unit', async () => {
    unit = await unitWithPeople();
    const page = await staff.first('dispatcher');
    assert.ok(await openCase(page, reference));
    const units = await api(page, '/units');
    const name = (units.items ?? units).find((one) => one.code === unit.code).name_zh;
    await act(page, 'dispatch', 'dispatched', async () => {
      const picker = page.locator(by('input-units'));
      while ((await picker.locator('.el-tag__close').count()) > 0) await picker.locator('.el-tag__close').first().click();
      await picker.locator('input').fill(name);
      await picker.locator('.el-select-dropdown__item:visible', { hasText: name }).first().click();
    });
    // The ten seconds in which it could be taken back.
    await page.waitForSelector(by('act-undo'));
  });

  await step('the unit signs, its worker mends, its manager stands for it', async () => {
    assert.ok(await openCase(unit.manager, reference));
    await act(unit.manager, 'sign', 'handling');
    await act(unit.manager, 'assign', 'handling', async (page) => {
      await page.selectOption(by('input-worker'), unit.worker.id);
    });
    await unit.manager.waitForSelector('[data-kind="case_assigned"]');
    const worker = unit.worker.page;
    assert.ok(await openCase(worker, reference));
    await act(worker, 'handle', 'handled', async () => {
      await givePhoto(worker, by('form-handle'), await photo(worker, '#33aa55'));
      await worker.fill(by('input-note'), '已清运干净，地面已冲洗。');
    });
    assert.ok(await openCase(unit.manager, reference));
    await act(unit.manager, 'confirm', 'unit_confirmed');
  });

  await step('a collector checks it', async () => {
    const page = await staff.first('acceptor');
    assert.ok(await openCase(page, reference));
    await act(page, 'request_check', 'post_handling_check');
    const collector = await drawnCollector(page, reference);
    await act(collector, 'answer_check', 'to_close', async () => {
      await collector.check(by('input-answer-yes'));
      await givePhoto(collector, by('form-answer_check'), await photo(collector, '#33aa55'));
    });
  });

  await step('the shift leader closes it', async () => {
    const page = await staff.first('shift_leader');
    assert.ok(await openCase(page, reference));
    await act(page, 'close', 'closed', async () => {
      await page.check(by('input-outcome-cured'));
      await page.check(by('input-condition_met'));
    });
  });

  await step('the resident sees that it is done, and rates', async () => {
    await resident.goto('/find');
    await resident.fill(by('reference'), reference);
    await resident.click(by('find'));
    await resident.waitForSelector(`${by('state')}[data-state="done"]`);
    await resident.check(by('solved-yes'));
    await resident.check(by('satisfaction-5'));
    await resident.click(by('rate'));
    await resident.waitForSelector(`${by('rate-panel')} .tone-good`);
  });

  assert.deepEqual(browser.faults, [], 'errors in pages, policy violations or requests to other hosts');
});
