// Checks that no page scrolls sideways and that no text is cut off, from wide to very narrow.
import { unfoldDetails, visitPages } from './browser.mjs';

export const name = 'layout';

export async function check(site, browser) {
  const context = { viewport: { width: 1280, height: 900 }, colorScheme: 'light' };
  return visitPages(browser, site, site.sample, { context, look });
}

async function look(tab, page) {
  const messages = [];
  await tab.setViewportSize({ width: 1280, height: 900 });
  await tab.goto(page.url);
  await unfoldDetails(tab);
  for (const width of [1280, 375, 320]) {
    await tab.setViewportSize({ width, height: 900 });
    for (const message of await tab.evaluate(findLayoutFaults)) messages.push(`${message} (at ${width} px)`);
  }
  return messages;
}

/** Runs in the page. What lies in an element that scrolls by itself may be wider than the page. */
function findLayoutFaults() {
  const root = document.scrollingElement;
  const width = root.clientWidth;
  const inBody = [...document.body.querySelectorAll('*')].filter((element) => element.checkVisibility({ visibilityProperty: true }));
  const messages = [];
  const wide = inBody.filter((element) => reachesOut(element));
  if (root.scrollWidth > width || wide.length > 0) messages.push(`page is ${root.scrollWidth} px wide in a window of ${width} px${describeWidest(wide)}`);
  for (const element of inBody.filter(isCut)) {
    const size = `${element.scrollWidth}×${element.scrollHeight} px of text in ${element.clientWidth}×${element.clientHeight} px`;
    messages.push(`text is cut off in ${describe(element)}: ${size}: “${element.textContent.trim().replace(/\s+/g, ' ').slice(0, 40)}”`);
  }
  return messages;

  function reachesOut(element) {
    if (element.parentElement.closest('svg') || isHiddenForSightOnly(element)) return false;
    const rectangle = element.getBoundingClientRect();
    if (rectangle.width === 0 || rectangle.right <= width + 1) return false;
    for (let above = element.parentElement; above && above !== document.body; above = above.parentElement) {
      if (getComputedStyle(above).overflowX !== 'visible' || isHiddenForSightOnly(above)) return false;
    }
    return true;
  }

  function describeWidest(elements) {
    const innermost = elements.filter((element) => !elements.some((other) => other !== element && element.contains(other)));
    const widest = innermost.sort((left, right) => right.getBoundingClientRect().right - left.getBoundingClientRect().right);
    const names = widest.slice(0, 3).map((element) => {
      const rectangle = element.getBoundingClientRect();
      return `${describe(element)} (${Math.round(rectangle.width)} px wide, ends at ${Math.round(rectangle.right)})`;
    });
    return names.length > 0 ? `: ${names.join(', ')}` : '';
  }

  function isCut(element) {
    if (!(element instanceof HTMLElement) || element.textContent.trim() === '' || isHiddenForSightOnly(element)) return false;
    const { overflowX, overflowY } = getComputedStyle(element);
    const hides = (overflow) => overflow === 'hidden' || overflow === 'clip';
    const cutAcross = hides(overflowX) && element.scrollWidth > element.clientWidth + 1;
    const cutDown = hides(overflowY) && element.scrollHeight > element.clientHeight + 1;
    return (cutAcross || cutDown) && element.clientWidth > 0;
  }

  /** Text for screen readers alone is squeezed into a pixel or moved out of sight on purpose. */
  function isHiddenForSightOnly(element) {
    const { clip, clipPath, position } = getComputedStyle(element);
    const isTiny = element.clientWidth <= 2 && element.clientHeight <= 2;
    return ['absolute', 'fixed'].includes(position) && (isTiny || clip !== 'auto' || clipPath.startsWith('inset'));
  }

  function describe(element) {
    const id = element.id ? `#${element.id}` : '';
    const classes = [...element.classList].map((name) => `.${name}`).join('');
    const above = element.parentElement?.classList.length ? `.${element.parentElement.classList[0]} > ` : '';
    return `${above}${element.tagName.toLowerCase()}${id}${classes}`;
  }
}
