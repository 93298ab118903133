// Parses a page's HTML and answers questions about its elements, attributes and lines.
import { readFile } from 'node:fs/promises';
import { parse } from 'parse5';

const parsed = new Map();

/** Returns the text, the document tree and all elements of a page; each page is read once. */
export function readPage(location) {
  if (!parsed.has(location)) parsed.set(location, readFile(location, 'utf8').then(parsePage));
  return parsed.get(location);
}

/** Returns the text, the document tree and all elements of some HTML. */
export function parsePage(text) {
  const document = parse(text, { sourceCodeLocationInfo: true });
  return { text, document, elements: [...elementsBelow(document)] };
}

/** Yields all elements below a node in document order, also those inside templates. */
export function* elementsBelow(node) {
  for (const child of [...(node.childNodes ?? []), ...(node.content?.childNodes ?? [])]) {
    if (child.tagName) yield child;
    yield* elementsBelow(child);
  }
}

/** Returns an attribute's value, or undefined. */
export function attribute(element, name) {
  return element.attrs.find((candidate) => candidate.name === name)?.value;
}

/** Returns the text inside a node. */
export function textOf(node) {
  if (node.nodeName === '#text') return node.value;
  return (node.childNodes ?? []).map(textOf).join('');
}

/** Returns an element as "<tag> on line 7". */
export function place(element) {
  const line = element.sourceCodeLocation?.startLine;
  return `<${element.tagName}>${line ? ` on line ${line}` : ''}`;
}
