// Checks the source of every drawing: well-formed XML, a role and a name, ids that resolve, finite numbers.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { attribute, elementsBelow, place, readPage, textOf } from './source.mjs';

export const name = 'drawings';

const largestCoordinate = 1e6;
const geometry = new Set(
  'd points x y x1 x2 y1 y2 cx cy r rx ry fx fy dx dy width height offset transform viewBox stroke-width stroke-dasharray stroke-dashoffset font-size rotate textLength'.split(' '),
);

export async function check(site) {
  const problems = [];
  for (const page of site.pages) {
    const { text, elements } = await readPage(page.location);
    const idCounts = countIds(elements);
    for (const drawing of elements.filter(isOutermostDrawing)) {
      const messages = [
        ...judgeMarkup(text, drawing),
        ...judgeName(drawing, elements),
        ...judgeNumbers(drawing),
        ...judgeIds(drawing, idCounts),
      ];
      for (const message of messages) problems.push({ path: page.path, message: `${message}, in ${place(drawing)}` });
    }
  }
  for (const path of site.files.filter((file) => file.endsWith('.svg') || file.endsWith('.xml'))) {
    const fault = findXmlFault(await readFile(join(site.root, path), 'utf8'), { xmlns: true });
    if (fault) problems.push({ path, message: `not well-formed XML: ${fault}` });
  }
  return problems;
}

function isOutermostDrawing(element) {
  if (element.tagName !== 'svg') return false;
  for (let above = element.parentNode; above; above = above.parentNode) {
    if (above.tagName === 'svg') return false;
  }
  return true;
}

function judgeMarkup(text, drawing) {
  const location = drawing.sourceCodeLocation;
  if (!location?.endTag) return ['the drawing is cut short: no </svg>'];
  const fault = findXmlFault(text.slice(location.startOffset, location.endOffset), { xmlns: false });
  return fault ? [`not well-formed XML: ${fault}`] : [];
}

/** Returns the first fault of some XML, or null. */
export function findXmlFault(text, options) {
  const parser = new SaxesParser(options);
  let fault = null;
  parser.on('error', (error) => {
    fault ??= error.message;
  });
  parser.write(text).close();
  return fault;
}

function judgeName(drawing, elements) {
  if (attribute(drawing, 'aria-hidden') === 'true') return [];
  const messages = [];
  if (attribute(drawing, 'role') !== 'img') messages.push('no role="img" (or aria-hidden="true" on a mere ornament)');
  if (!accessibleName(drawing, elements)) messages.push('no accessible name');
  return messages;
}

function accessibleName(drawing, elements) {
  const ids = (attribute(drawing, 'aria-labelledby') ?? '').split(/\s+/).filter(Boolean);
  if (ids.length > 0) {
    const texts = ids.map((id) => elements.find((element) => attribute(element, 'id') === id));
    return texts.every((element) => element && textOf(element).trim()) ? 'named' : '';
  }
  const title = drawing.childNodes.find((child) => child.tagName === 'title');
  return (attribute(drawing, 'aria-label') ?? (title ? textOf(title) : '')).trim();
}

function judgeNumbers(drawing) {
  const messages = [];
  for (const element of [drawing, ...elementsBelow(drawing)]) {
    for (const { name: key, value } of element.attrs) {
      if (!geometry.has(key)) continue;
      const short = value.length > 60 ? `${value.slice(0, 60)}…` : value;
      if (/nan|inf|undefined|null/i.test(value)) messages.push(`${key}="${short}" is no number on ${place(element)}`);
      else if (numbersIn(value).some((number) => Math.abs(number) > largestCoordinate)) messages.push(`${key}="${short}" is far outside any page on ${place(element)}`);
    }
  }
  return messages;
}

function numbersIn(value) {
  return (value.match(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi) ?? []).map(Number);
}

function countIds(elements) {
  const counts = new Map();
  for (const element of elements) {
    const id = attribute(element, 'id');
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

function judgeIds(drawing, idCounts) {
  const messages = [];
  for (const element of [drawing, ...elementsBelow(drawing)]) {
    const id = attribute(element, 'id');
    if (id !== undefined && idCounts.get(id) > 1) messages.push(`id “${id}” is not unique in the page`);
    for (const { name: key, value } of element.attrs) {
      const references = [...value.matchAll(/url\(\s*["']?#([^"')]+)["']?\s*\)/g)].map((match) => match[1]);
      if (key === 'href' && element.tagName !== 'a' && value.startsWith('#')) references.push(value.slice(1));
      for (const reference of references) {
        if (!idCounts.has(reference)) messages.push(`${key}="${value}" names an id that the page does not have`);
      }
    }
  }
  return messages;
}
