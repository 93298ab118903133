// Checks the printed form: pages come out, navigation is gone, nothing is wider than the paper or its cell.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { visitPages } from './browser.mjs';

export const name = 'print';

const pixelsPerMillimetre = 96 / 25.4;
const paperWidth = 210;

export async function check(site, browser) {
  const width = Math.floor((paperWidth - (await sideMargins(site))) * pixelsPerMillimetre);
  const context = { viewport: { width, height: 1000 }, colorScheme: 'light' };
  return visitPages(browser, site, site.sample, { context, look });
}

async function look(tab, page) {
  await tab.emulateMedia({ media: 'print' });
  await tab.goto(page.url);
  const messages = await tab.evaluate(findPrintFaults);
  const pdf = await printPage(tab);
  if (countPages(pdf) === 0) messages.push('printing yields no page');
  return messages;
}

/** Returns the PDF of the page in a tab, on A4 unless the site's style sheet says otherwise. */
export function printPage(tab) {
  return tab.pdf({ format: 'A4', preferCSSPageSize: true, printBackground: true });
}

/** Returns the number of pages in a PDF as Chromium writes it. */
export function countPages(pdf) {
  return pdf.toString('latin1').match(/\/Type\s*\/Page(?![a-z])/gi)?.length ?? 0;
}

/** Runs in the page, in a window as wide as the text area of the paper. */
function findPrintFaults() {
  const messages = [];
  const width = document.scrollingElement.clientWidth;
  for (const nav of document.querySelectorAll('nav')) {
    if (!nav.closest('main') && nav.checkVisibility()) messages.push(`navigation is printed: ${nav.outerHTML.replace(/\s+/g, ' ').slice(0, 60)}`);
  }
  const wide = [];
  for (const element of document.body.querySelectorAll('*')) {
    if (!element.checkVisibility() || element.parentElement.closest('svg')) continue;
    const { position, overflowX } = getComputedStyle(element);
    const right = element.getBoundingClientRect().right;
    const isHiddenForSight = position === 'absolute' && element.clientWidth <= 2;
    if (right > width + 1 && !isHiddenForSight) wide.push({ element, right });
    if (['auto', 'scroll'].includes(overflowX) && element.scrollWidth > element.clientWidth + 1) {
      messages.push(`${describe(element)} would scroll on screen and is cut on paper: ${element.scrollWidth} px in ${element.clientWidth} px`);
    }
  }
  for (const cell of document.querySelectorAll('td')) {
    const text = document.createRange();
    text.selectNodeContents(cell);
    const end = text.getBoundingClientRect().right;
    const room = cell.getBoundingClientRect().right;
    if (cell.checkVisibility() && cell.textContent.trim() && end > room + 1) {
      messages.push(`${describe(cell)} has ${Math.round(end - room)} px more text than room: “${cell.textContent.trim().slice(0, 40)}”`);
    }
  }
  const innermost = wide.filter(({ element }) => !wide.some((other) => other.element !== element && element.contains(other.element)));
  for (const { element, right } of innermost.sort((one, other) => other.right - one.right).slice(0, 3)) {
    messages.push(`${describe(element)} ends at ${Math.round(right)} px on paper with ${width} px of room`);
  }
  return messages;

  function describe(element) {
    return `${element.tagName.toLowerCase()}${[...element.classList].map((name) => `.${name}`).join('')}`;
  }
}

/** Returns left plus right margin in millimetres as the site's first @page rule has it, else Chromium's own. */
async function sideMargins(site) {
  const units = { mm: 1, cm: 10, in: 25.4, pt: 25.4 / 72, px: 25.4 / 96 };
  for (const path of site.files.filter((file) => file.endsWith('.css'))) {
    const text = await readFile(join(site.root, path), 'utf8');
    const margin = /@page\s*\{[^}]*?margin\s*:\s*([^;}]+)/.exec(text)?.[1];
    const lengths = [...(margin ?? '').matchAll(/([\d.]+)(mm|cm|in|pt|px)?/g)].map((match) => Number(match[1]) * (units[match[2]] ?? 1));
    if (lengths.length > 0) {
      const right = lengths[1] ?? lengths[0];
      return right + (lengths[3] ?? right);
    }
  }
  return 20;
}
