// Runs axe-core in light and dark, wide and narrow: no violation of WCAG 2.2 A and AA or of best practice.
import { createRequire } from 'node:module';
import { unfoldDetails, visitPages } from './browser.mjs';

export const name = 'accessibility';

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Only colours change in the dark, so only these rules run again. */
const colourRules = ['color-contrast', 'link-in-text-block'];

export async function check(site, browser) {
  const problems = [];
  for (const width of [1280, 375]) {
    const context = { viewport: { width, height: 900 }, bypassCSP: true };
    problems.push(...(await visitPages(browser, site, site.sample, { context, look: (tab, page) => look(tab, page, width) })));
  }
  return problems;
}

async function look(tab, page, width) {
  const messages = [];
  await tab.emulateMedia({ colorScheme: 'light' });
  await tab.goto(page.url);
  // An open menu lies over what is below it, so menus are looked at by themselves.
  await unfoldDetails(tab, 'details:not(.menu)');
  await tab.addScriptTag({ path: axeFile });
  for (const colorScheme of ['light', 'dark']) {
    await tab.emulateMedia({ colorScheme });
    const chosen = colorScheme === 'dark' ? { type: 'rule', values: colourRules } : { type: 'tag', values: tags };
    for (const violation of await tab.evaluate(runAxe, chosen)) messages.push(`${violation} (${colorScheme}, ${width} px)`);
  }
  await unfoldDetails(tab, 'details.menu');
  for (const violation of await tab.evaluate(runAxe, { type: 'tag', values: tags, within: 'body > header' })) {
    messages.push(`${violation} (open menus, ${width} px)`);
  }
  return messages;
}

/** Runs in the page. */
async function runAxe(chosen) {
  const { within, ...runOnly } = chosen;
  const place = within && document.querySelector(within);
  const { violations } = await globalThis.axe.run(place || document, {
    runOnly,
    rules: chosen.type === 'tag' ? { 'target-size': { enabled: true } } : {},
    resultTypes: ['violations'],
  });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any, all, none }) => {
      const reason = [...any, ...all, ...none][0]?.message ?? '';
      return `${id}: ${help} at ${target.flat().join(' ')}: ${reason}`;
    }),
  );
}
