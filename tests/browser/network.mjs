// Checks that a visit requests nothing outside the site, breaks no policy and raises no error or dialog.
import { visitPages } from './browser.mjs';

export const name = 'quiet visit';

export async function check(site, browser) {
  return watchPages(browser, site, site.pages.filter((page) => page.kind !== 'redirect'), {});
}

/** Visits the pages and returns a problem for every stray request, error, violation and dialog. */
export async function watchPages(browser, site, pages, context, provoke = async () => {}) {
  const events = new WeakMap();
  return visitPages(browser, site, pages, {
    context,
    prepare: (tab) => watch(tab, site, (message) => events.get(tab)?.add(message)),
    look: async (tab, page) => {
      const seen = new Set();
      events.set(tab, seen);
      await tab.goto(page.url);
      await provoke(tab, page);
      await tab.evaluate(() => new Promise((resolve) => setTimeout(resolve, 20)));
      return [...seen];
    },
  });
}

async function watch(tab, site, report) {
  await tab.route((url) => !isInside(url.href, site), (route) => route.abort());
  tab.on('request', (request) => {
    if (!isInside(request.url(), site)) report(`request leaves the site: ${request.url().slice(0, 120)}`);
  });
  tab.on('requestfailed', (request) => {
    // A page that is left early cancels what it still loads.
    if (request.failure()?.errorText === 'net::ERR_ABORTED') return;
    if (isInside(request.url(), site)) report(`request failed: ${request.url().slice(site.rootUrl.length)} (${request.failure()?.errorText})`);
  });
  tab.on('console', (message) => {
    if (message.type() === 'error' && !/net::ERR_FAILED/.test(message.text())) report(`console error: ${message.text().slice(0, 300)}`);
  });
  tab.on('pageerror', (error) => report(`script error: ${error.message}`));
  tab.on('popup', (popup) => {
    report(`opens a window: ${popup.url()}`);
    popup.close().catch(() => {});
  });
  tab.on('dialog', (dialog) => {
    report(`dialog (${dialog.type()}): “${dialog.message()}”`);
    dialog.dismiss().catch(() => {});
  });
  await tab.exposeBinding('reportViolation', (_, text) => report(`policy violation: ${text}`));
  await tab.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      globalThis.reportViolation(`${event.effectiveDirective} blocked ${event.blockedURI || 'inline'} ${event.sample}`);
    });
  });
}

function isInside(url, site) {
  return url.startsWith(site.rootUrl) || /^(data:|about:blank)/.test(url);
}
