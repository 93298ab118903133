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
    } catch (error) {
      problems.push(`could not be tried: ${error.message.split('\n')[0]}`);
    }
    await context.close();
  }
  return problems;
}

async function search(tab, root, expect) {
  await tab.goto(`${root}metrics/index.html`);
  const entry = tab.locator('main a').first();
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

function focusIsIn(tab, selector) {
  return tab.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
}

async function faults(tab, selector) {
  await tab.evaluate(await readFile(axeSource, 'utf8'));
  const found = await tab.evaluate((wanted) => globalThis.axe.run(wanted, { preload: false }), selector);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 100)}`);
}
