// Checks, as drawn, that the labels of a chart lie inside it and don't cover each other.
import { unfoldDetails, visitPages } from './browser.mjs';

export const name = 'chart labels';

export async function check(site, browser) {
  const problems = [];
  for (const width of [1280, 375]) {
    const context = { viewport: { width, height: 900 }, colorScheme: 'light' };
    problems.push(...(await visitPages(browser, site, site.sample, { context, look: (tab, page) => look(tab, page, width) })));
  }
  return problems;
}

async function look(tab, page, width) {
  await tab.goto(page.url);
  await unfoldDetails(tab);
  const messages = await tab.evaluate(findLabelFaults);
  return messages.map((message) => `${message} (at ${width} px)`);
}

/** Runs in the page: measures each label in the units of its drawing's viewBox. */
function findLabelFaults() {
  const messages = [];
  const tolerance = 1;
  const drawings = [...document.querySelectorAll('svg')].filter((svg) => !svg.parentElement.closest('svg'));
  drawings.forEach((drawing, index) => {
    const name = drawing.id ? `svg#${drawing.id}` : `svg number ${index + 1}`;
    const matrix = drawing.getScreenCTM();
    const isShown = drawing.checkVisibility({ visibilityProperty: true }) && drawing.getBoundingClientRect().width > 0;
    if (!isShown || !matrix) return;
    const labels = [...drawing.querySelectorAll('text')].filter(isVisibleLabel).map((element) => measure(element, matrix));
    const frame = frameOf(drawing);
    for (const label of labels) {
      const over = overshoot(label, frame);
      if (over > tolerance) messages.push(`label “${label.text}” reaches ${over.toFixed(1)} units out of ${name}`);
    }
    labels.forEach((label, place) => {
      for (const other of labels.slice(place + 1)) {
        const across = Math.min(label.right, other.right) - Math.max(label.left, other.left);
        const down = Math.min(label.bottom, other.bottom) - Math.max(label.top, other.top);
        if (across > tolerance && down > tolerance) {
          messages.push(`labels “${label.text}” and “${other.text}” overlap by ${across.toFixed(1)} × ${down.toFixed(1)} units in ${name}`);
        }
      }
    });
  });
  return messages;

  function isVisibleLabel(element) {
    const rectangle = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return element.textContent.trim() !== '' && rectangle.width > 0 && style.visibility === 'visible' && Number(style.opacity) > 0;
  }

  function measure(element, matrix) {
    const rectangle = element.getBoundingClientRect();
    return {
      text: element.textContent.trim().replace(/\s+/g, ' ').slice(0, 50),
      left: (rectangle.left - matrix.e) / matrix.a,
      right: (rectangle.right - matrix.e) / matrix.a,
      top: (rectangle.top - matrix.f) / matrix.d,
      bottom: (rectangle.bottom - matrix.f) / matrix.d,
    };
  }

  function frameOf(drawing) {
    const box = drawing.viewBox.baseVal;
    if (box && box.width > 0) return { left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
    return { left: 0, top: 0, right: drawing.clientWidth, bottom: drawing.clientHeight };
  }

  function overshoot(label, frame) {
    return Math.max(frame.left - label.left, label.right - frame.right, frame.top - label.top, label.bottom - frame.bottom);
  }
}
