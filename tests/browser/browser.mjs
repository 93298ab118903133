// Starts Chromium, and leads a few tabs in parallel through a list of pages.
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { findBase } from './base.mjs';

const workers = 3;

/** Starts the browser with everything switched off that would talk to the network by itself. */
export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/**
 * Opens every page in a tab with the given context options and returns the problems found.
 * `look(tab, page)` returns messages; `prepare(tab)` runs once for each tab.
 */
export async function visitPages(browser, site, pages, { context: contextOptions, prepare, look }) {
  const queue = pages.map((page, index) => ({ page, index }));
  const found = pages.map(() => []);
  async function work() {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...contextOptions });
    await serveNotFoundPage(context, site);
    let tab = null;
    for (let next = queue.shift(); next; next = queue.shift()) {
      tab ??= await openTab(context, prepare);
      try {
        found[next.index] = await look(tab, next.page);
      } catch (error) {
        found[next.index] = [`could not be checked: ${error.message.split('\n')[0]}`];
        await tab.close().catch(() => {});
        tab = null;
      }
    }
    await context.close();
  }
  await Promise.all(Array.from({ length: Math.min(workers, pages.length) }, work));
  return pages.flatMap((page, index) => found[index].map((message) => ({ path: page.path, message })));
}

async function openTab(context, prepare) {
  const tab = await context.newPage();
  tab.setDefaultTimeout(60_000);
  if (prepare) await prepare(tab);
  return tab;
}

/** Unfolds all details, so that what is folded away is checked as well. */
export function unfoldDetails(tab, which = 'details') {
  return tab.evaluate((which) => {
    for (const details of document.querySelectorAll(which)) {
      details.removeAttribute('name');
      details.open = true;
    }
  }, which);
}

/** Links in 404.html may start with the site's public base; opened from disk they are read as relative. */
async function serveNotFoundPage(context, site) {
  const page = site.everyPage.find((candidate) => candidate.path === '404.html');
  if (!page) return;
  const base = await findBase(site);
  if (!base) return;
  const text = await readFile(page.location, 'utf8');
  const body = text.replaceAll(`="${base}`, '="./');
  await context.route(page.url, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
}
