// Compares two sites file by file: content must not change which elements a page is made of.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { parsePage } from './source.mjs';

/** Adds a result for each kind of page: the element trees of both sites agree. */
export async function compareTwins(left, right, report) {
  const paths = [...new Set([...left.files, ...right.files])].filter((path) => /\.(html|svg|xml)$/.test(path)).sort();
  const leftFiles = new Set(left.files);
  const rightFiles = new Set(right.files);
  const kinds = new Map([...left.everyPage, ...right.everyPage].map((page) => [page.path, page.kind]));
  const problems = [];
  for (const path of paths) {
    if (!leftFiles.has(path) || !rightFiles.has(path)) {
      problems.push({ path, message: `is only in the ${leftFiles.has(path) ? 'first' : 'second'} site` });
      continue;
    }
    const difference = findDifference(await outline(left, path), await outline(right, path));
    if (difference) problems.push({ path, message: difference });
  }
  const pages = paths.map((path) => ({ path, kind: kinds.get(path) ?? 'other files' }));
  report.add('twin', pages, problems);
}

/** Returns one entry for each element: its depth, its name and its attributes' names, with its line. */
async function outline(site, path) {
  const text = await readFile(join(site.root, path), 'utf8');
  return path.endsWith('.html') ? outlineOfPage(text) : outlineOfXml(text);
}

function outlineOfPage(text) {
  const entries = [];
  const walk = (node, depth) => {
    for (const child of [...(node.childNodes ?? []), ...(node.content?.childNodes ?? [])]) {
      if (child.nodeName === '#comment') entries.push({ key: `${depth} <!-- -->`, line: 0 });
      if (!child.tagName) continue;
      const line = child.sourceCodeLocation?.startLine ?? 0;
      entries.push({ key: describe(depth, child.tagName, child.attrs.map((attribute) => attribute.name)), line });
      walk(child, depth + 1);
    }
  };
  walk(parsePage(text).document, 0);
  return entries;
}

function outlineOfXml(text) {
  const entries = [];
  const parser = new SaxesParser({});
  let depth = 0;
  parser.on('error', (error) => entries.push({ key: `not well-formed XML: ${error.message}`, line: parser.line }));
  parser.on('opentag', (tag) => {
    entries.push({ key: describe(depth, tag.name, Object.keys(tag.attributes)), line: parser.line });
    depth += 1;
  });
  parser.on('closetag', () => {
    depth -= 1;
  });
  parser.write(text).close();
  return entries;
}

function describe(depth, tag, attributeNames) {
  return `${depth} <${[tag, ...attributeNames.sort()].join(' ')}>`;
}

function findDifference(left, right) {
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const [one, other] = [left[index], right[index]];
    if (one?.key !== other?.key) {
      const first = one ? `${one.key} on line ${one.line}` : 'nothing';
      const second = other ? `${other.key} on line ${other.line}` : 'nothing';
      return `element ${index + 1} (depth and tag) is ${first} in the first site, ${second} in the second`;
    }
  }
  return null;
}
