// Checks that a page shows the same text with JavaScript switched off, but for the controls that the script adds.
import { visitPages } from './browser.mjs';

export const name = 'without JavaScript';

export async function check(site, browser) {
  const texts = new Map();
  for (const javaScriptEnabled of [true, false]) {
    const look = async (tab, page) => {
      texts.set(`${page.path} ${javaScriptEnabled}`, await readText(tab, page));
      return [];
    };
    const problems = await visitPages(browser, site, site.sample, { context: { javaScriptEnabled }, look });
    if (problems.length > 0) return problems;
  }
  return site.sample.flatMap(({ path }) => {
    const difference = compare(texts.get(`${path} true`), texts.get(`${path} false`));
    return difference ? [{ path, message: difference }] : [];
  });
}

async function readText(tab, page) {
  await tab.goto(page.url);
  const text = await tab.evaluate(() => {
    for (const control of document.querySelectorAll('main .by-script')) control.remove();
    return document.querySelector('main')?.innerText ?? null;
  });
  return text?.replace(/\s+/g, ' ').trim() ?? null;
}

function compare(withScript, withoutScript) {
  if (withScript === null || withoutScript === null) return 'page has no <main>';
  if (withoutScript === '') return '<main> shows no text without JavaScript';
  if (withScript === withoutScript) return null;
  let start = 0;
  while (withScript[start] === withoutScript[start]) start += 1;
  const around = (text) => text.slice(Math.max(0, start - 20), start + 40);
  return `text differs: with JavaScript “${around(withScript)}”, without “${around(withoutScript)}”`;
}
