// Uses what the pages' script adds, as a reader would: node script.mjs SITE_DIR. serve.mjs does the same with a served site.
import { readFile, realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startBrowser } from './browser.mjs';

const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await startBrowser();
  const problems = await tryScript(browser, pathToFileURL((await realpath(process.argv[2])) + sep).href).finally(() => browser.close());
  for (const problem of problems) console.log(`FAIL script: ${problem}`);
  console.log(`script: ${problems.length} failed`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

/** Uses the script as a reader would, at an address that ends with a slash; returns what didn't work. */
export async function tryScript(browser, root) {
  const problems = [];
  const expect = (holds, message) => holds || problems.push(message);
  for (const width of [1280, 375]) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });
    const tab = await context.newPage();
    tab.setDefaultTimeout(20_000);
    tab.on('pageerror', (error) => problems.push(`script error: ${error.message}`));
    tab.on('console', (message) => message.type() === 'error' && problems.push(`console error: ${message.text()}`));
    try {
      await search(tab, root, expect);
      await sort(tab, root, expect);
      await filter(tab, root, expect);
      await walk(tab, root, expect);
      await answerInTime(tab, root, expect);
    } catch (error) {
      problems.push(`could not be tried: ${error.message.split('\n')[0]}`);
    }
    await context.close();
  }
  return problems;
}

async function search(tab, root, expect) {
  await tab.goto(`${root}metrics/index.html`);
  const entry = tab.locator('main th a').first();
  const wanted = (await entry.innerText()).trim();
  await entry.focus();
  await tab.keyboard.press('/');
  const input = tab.locator('dialog.search[open] input');
  await input.waitFor();
  expect(await focusIsIn(tab, 'dialog.search input'), '/ does not lead into the search');
  await tab.keyboard.press('Escape');
  expect(await entry.evaluate((element) => document.activeElement === element), 'Escape does not give the focus back');
  await tab.keyboard.press('Control+k');
  await input.waitFor();
  await tab.keyboard.type(wanted);
  const option = tab.locator('[role=option]').filter({ hasText: wanted }).first();
  await option.waitFor();
  expect((await input.inputValue()) === wanted, 'what is typed does not stand in the field');
  const state = await input.evaluate((element) => [element.getAttribute('aria-expanded'), document.getElementById(element.getAttribute('aria-activedescendant'))?.getAttribute('aria-selected')]);
  expect(state.join() === 'true,true', `the field does not name the chosen result: ${state}`);
  const count = await tab.locator('[role=option]').count();
  await tab.keyboard.press('ArrowUp');
  const last = await tab.locator('[role=option]').nth(count - 1).getAttribute('aria-selected');
  expect(last === 'true', 'the arrow keys do not go round');
  const overflow = await tab.evaluate(() => document.querySelector('dialog.search').scrollWidth > document.querySelector('dialog.search').clientWidth);
  expect(!overflow, 'the search is wider than its box');
  for (const fault of await faults(tab, 'dialog.search')) expect(false, `accessibility of the search: ${fault}`);
  await input.fill('');
  await tab.keyboard.type('/');
  expect((await input.inputValue()) === '/', 'a / cannot be typed');
  await input.fill(wanted);
  const index = await tab.evaluate((text) => [...document.querySelectorAll('[role=option]')].findIndex((option) => option.textContent.trim().startsWith(text) && option.href.includes('/metrics/')), wanted);
  expect(index >= 0, `“${wanted}” is not found among metrics`);
  for (let step = 0; step < index; step += 1) await tab.keyboard.press('ArrowDown');
  await tab.keyboard.press('Enter');
  await tab.waitForURL(/\/metrics\/(?!index)/);
  expect((await tab.locator('h1').innerText()).trim() === wanted, 'Enter does not open the chosen result');
}

/** A column sorts both ways and back; the address keeps it. */
async function sort(tab, root, expect) {
  await tab.goto(`${root}metrics/index.html`);
  const texts = () => tab.locator('main tbody th').allInnerTexts();
  const before = await texts();
  const button = tab.locator('main thead th').first().getByRole('button');
  await button.focus();
  await tab.keyboard.press('Enter');
  const sorted = await texts();
  const byName = [...before].sort(new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare);
  expect(sorted.join() === byName.join(), `metrics are not sorted by name: ${sorted.slice(0, 3)}`);
  expect((await tab.locator('th[aria-sort=ascending]').count()) === 1, 'no header says what the table is sorted by');
  await tab.keyboard.press('Enter');
  const descending = await texts();
  expect(descending[0] !== sorted[0] && (await tab.locator('th[aria-sort=descending]').count()) === 1, 'the second press does not turn the order');
  await tab.goto(tab.url());
  expect((await texts()).join() === descending.join(), `the address does not keep the order: ${tab.url()}`);
  await button.click();
  expect((await texts()).join() === before.join() && !tab.url().includes('sort='), 'the third press does not bring back the order of the page');
  for (const fault of await faults(tab, 'main table')) expect(false, `accessibility of a sorted table: ${fault}`);
}

/** Key results are left out by owner; the address keeps it, and all come back. */
async function filter(tab, root, expect) {
  await tab.goto(`${root}index.html`);
  const link = tab.locator('.menu li a').filter({ hasText: /Q\d/ }).first();
  await tab.goto(await link.evaluate((element) => element.href));
  const rows = tab.locator('.team-scores tbody tr:not(.group):visible');
  const all = await rows.count();
  const select = tab.locator('.filters select[name=owner]');
  const owner = await select.locator('option').nth(1).getAttribute('value');
  await select.selectOption(owner);
  const some = await rows.count();
  const owners = await rows.evaluateAll((found) => found.map((row) => row.dataset.owner));
  expect(some > 0 && some < all && owners.every((text) => text.includes(owner)), `${some} of ${all} rows for ${owner}: ${owners}`);
  expect((await tab.locator('.filters output').last().innerText()).includes(String(some)), 'nothing says how many are shown');
  await tab.goto(tab.url());
  expect((await rows.count()) === some, `the address does not keep the filter: ${tab.url()}`);
  for (const fault of await faults(tab, '.filters')) expect(false, `accessibility of the filters: ${fault}`);
  await tab.locator('.filters button').last().click();
  expect((await rows.count()) === all && !tab.url().includes('owner='), 'not all come back');
}

/** The brackets lead from cycle to cycle; a card's link is copied and said; menus close with Escape. */
async function walk(tab, root, expect) {
  await tab.locator('h1').click();
  const here = tab.url();
  await tab.keyboard.press('[');
  await tab.waitForURL((address) => address.href !== here);
  await tab.keyboard.press(']');
  await tab.waitForURL((address) => address.pathname === new URL(here).pathname);
  await tab.locator('.team-scores h3 a').first().click();
  const card = tab.locator('article.kr').first();
  const id = await card.getAttribute('id');
  await card.getByRole('button', { name: /^Copy link/ }).click();
  await tab.waitForFunction(() => document.querySelector('.said-aloud')?.textContent !== '');
  const copied = await tab.evaluate(() => navigator.clipboard.readText()).catch(() => null);
  expect(copied === null || copied.endsWith(`#${id}`), `what was copied is ${copied}`);
  const menu = tab.locator('.masthead .menu summary').first();
  await menu.click();
  expect(await tab.locator('.masthead .menu[open]').count() === 1, 'the menu of cycles does not open');
  const isInside = await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  expect(isInside, 'the open menu is wider than the page');
  await tab.keyboard.press('Escape');
  expect(await tab.locator('.masthead .menu[open]').count() === 0, 'Escape does not close the menu');
}

/** Each letter is answered within a frame on 10,000 key results; the best of some runs counts, since machines are busy. */
async function answerInTime(tab, root, expect) {
  await tab.goto(`${root}index.html`);
  await tab.keyboard.press('/');
  await tab.locator('dialog.search[open] input').waitFor();
  const times = await tab.evaluate(async () => {
    const things = ['checkout success', 'incidents', 'lead time', 'churn', 'cloud spend', 'answers to tickets', 'escaped bugs', 'page load'];
    const result = (n) => [`k${n}`, `Reduce ${things[n % 8]} of service ${n} from ${n % 97} % to ${n % 31} %`, `Owner ${n % 400}`, n % 4 ? '' : `Service ${n} taught us that ${things[(n * 7) % 8]} moves first`];
    const objectives = (team) => [...Array(5).keys()].map((at) => [`o${at}`, `Make ${things[(team + at) % 8]} a promise`, [...Array(4).keys()].map((n) => result(team * 20 + at * 4 + n))]);
    const teams = [...Array(500).keys()].map((team) => [`2030-Q1/t${team}.html`, `Team ${team}`, objectives(team)]);
    globalThis.okrbook.take(1, '2030-Q1', { heading: '2030-Q1', review: ['2030-Q1/retrospective.html', 'Retrospective'], teams });
    const input = document.querySelector('dialog.search input');
    const best = {};
    for (const query of ['r', 're', 'reduce churn', 'service 9999', 'owner 17 page', 'nothing like it']) {
      best[query] = Infinity;
      for (let run = 0; run < 7; run += 1) {
        input.value = query;
        const start = performance.now();
        input.dispatchEvent(new Event('input'));
        document.body.offsetHeight;
        best[query] = Math.min(best[query], performance.now() - start);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
    return best;
  });
  if (process.env.TIMES) console.log(JSON.stringify(times));
  for (const [query, time] of Object.entries(times)) expect(time <= 16, `“${query}” takes ${time.toFixed(1)} ms on 10,000 key results`);
}

function focusIsIn(tab, selector) {
  return tab.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
}

async function faults(tab, selector) {
  await tab.evaluate(await readFile(axeSource, 'utf8'));
  const found = await tab.evaluate((wanted) => globalThis.axe.run(wanted, { preload: false }), selector);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 100)}`);
}
