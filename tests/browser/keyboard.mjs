// Checks the way by keyboard: skip link first, a visible focus everywhere, and targets large enough in navigation.
import { unfoldDetails, visitPages } from './browser.mjs';

export const name = 'keyboard';

const steps = 12;

export async function check(site, browser) {
  const problems = [];
  for (const width of [1280, 375]) {
    const context = { viewport: { width, height: 900 } };
    problems.push(...(await visitPages(browser, site, site.onePerKind, { context, look: (tab, page) => look(tab, page, width) })));
  }
  return problems;
}

async function look(tab, page, width) {
  await tab.goto(page.url);
  await unfoldDetails(tab);
  const messages = [...(await walkByTab(tab)), ...(await tab.evaluate(findFocusFaults)), ...(await tab.evaluate(findSmallTargets))];
  return messages.map((message) => `${message} (at ${width} px)`);
}

/** Presses Tab from the top: the skip link comes first and works, and the focus is never caught. */
async function walkByTab(tab) {
  const messages = [];
  await tab.keyboard.press('Tab');
  const fault = await tab.evaluate(judgeSkipLink);
  if (fault) return [fault];
  const count = await tab.evaluate(() => {
    globalThis.focusedBefore = document.activeElement;
    return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter((element) => element.checkVisibility()).length;
  });
  for (let step = 1; step < Math.min(steps, count); step += 1) {
    await tab.keyboard.press('Tab');
    const caught = await tab.evaluate(() => {
      const same = document.activeElement === globalThis.focusedBefore && document.activeElement !== document.body;
      globalThis.focusedBefore = document.activeElement;
      return same ? document.activeElement.outerHTML.slice(0, 80) : null;
    });
    if (caught) messages.push(`Tab does not leave ${caught}`);
  }
  return messages;
}

/** Runs in the page: the focused element must be a visible link to a place further down. */
function judgeSkipLink() {
  const focused = document.activeElement;
  const hasNavigation = [...document.querySelectorAll('nav')].some((nav) => !nav.closest('main'));
  if (!hasNavigation && (focused === document.body || !focused)) return null;
  const target = focused.matches('a[href^="#"]') ? document.getElementById(focused.getAttribute('href').slice(1)) : null;
  if (!target) return hasNavigation ? `the first stop of Tab is no skip link but ${focused.outerHTML.slice(0, 80)}` : null;
  if (!target.matches('main, main *') && !target.querySelector('main')) return `the skip link leads to ${target.outerHTML.slice(0, 60)}, not to <main>`;
  const { left, top, right, bottom, width, height } = focused.getBoundingClientRect();
  const isShown = width > 10 && height > 10 && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  return isShown ? null : 'the skip link cannot be seen while it has the focus';
}

/** Runs in the page: each element that takes the focus must look different with it. */
function findFocusFaults() {
  const selector = 'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"])';
  const messages = [];
  for (const element of document.querySelectorAll(selector)) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.disabled) continue;
    element.blur();
    const before = appearance(element);
    element.focus({ preventScroll: true });
    if (document.activeElement !== element) continue;
    const after = appearance(element);
    const showsOutline = after.outline !== before.outline && after.outlineWidth > 0;
    if (!showsOutline && after.shadow === before.shadow) messages.push(`no visible focus on ${element.outerHTML.replace(/\s+/g, ' ').slice(0, 100)}`);
  }
  return messages;

  function appearance(element) {
    const style = getComputedStyle(element);
    const isDrawn = style.outlineStyle !== 'none' && !/^rgba\(.*, 0\)$|^transparent$/.test(style.outlineColor);
    return {
      outline: `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`,
      outlineWidth: isDrawn ? parseFloat(style.outlineWidth) : 0,
      shadow: style.boxShadow,
    };
  }
}

/** Runs in the page: links and buttons in the site's navigation are at least 24 by 24 pixels. */
function findSmallTargets() {
  const messages = [];
  for (const nav of document.querySelectorAll('nav')) {
    if (nav.closest('main')) continue;
    for (const element of nav.querySelectorAll('a[href], button, summary, input, select')) {
      const { width, height } = element.getBoundingClientRect();
      if (!element.checkVisibility() || (width >= 24 && height >= 24)) continue;
      messages.push(`target “${element.textContent.trim()}” in the navigation is ${width.toFixed(0)}×${height.toFixed(0)} px, less than 24×24`);
    }
  }
  return messages;
}
