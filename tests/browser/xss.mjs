// Visits every page of a site built from naughty content, with and without its policy, and pokes at all elements.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { check as checkInline } from './csp.mjs';
import { check as checkDrawings } from './svg.mjs';
import { watchPages } from './network.mjs';

/** Adds the outcome of all checks against injection to the report. */
export async function checkInjection(site, browser, report) {
  const pages = site.everyPage;
  const whole = { ...site, pages };
  report.add('injection: source', pages, await checkInline(whole));
  report.add('injection: drawings', pages, await checkDrawings(whole));
  const visits = pages.filter((page) => page.kind !== 'redirect');
  report.add('injection: with policy', visits, await watchPages(browser, site, visits, {}, provoke));
  report.add('injection: without policy', visits, await watchPages(browser, site, visits, { bypassCSP: true }, provoke));
  const assets = shown(site);
  report.add('injection: files by themselves', assets, await watchPages(browser, site, assets, {}, provoke));
}

/** Returns the files of a site that a browser shows when they are opened by themselves, as a reader can do. */
function shown(site) {
  const opened = site.files.filter((path) => /\.(svg|png|gif|jpe?g|webp|avif|ico|css|js|mjs|txt|xml|xhtml|svgz)$/i.test(path));
  return opened.map((path) => {
    const location = join(site.root, path);
    return { path, location, kind: 'asset', url: pathToFileURL(location).href };
  });
}

/** Fires the events that handlers in injected markup wait for, and follows links that would run script. */
async function provoke(tab) {
  await tab.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
    for (const element of document.querySelectorAll('*')) {
      for (const type of ['mouseover', 'mouseenter', 'pointerenter', 'focus', 'toggle', 'animationstart', 'error', 'load']) {
        if (!(type === 'error' && element instanceof HTMLLinkElement)) element.dispatchEvent(new Event(type));
      }
      const target = element.getAttribute('href') ?? element.getAttribute('xlink:href') ?? element.getAttribute('formaction') ?? '';
      const address = target.replace(/[\u0000-\u0020]/g, '');
      if (/^(javascript|vbscript|data):/i.test(address)) element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    }
  });
}
