// Checks that every link inside the site leads to a file and a fragment that exist, and that ids are unique.
import { readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { findBase } from './base.mjs';
import { attribute, place, readPage } from './source.mjs';

export const name = 'links and ids';

const linkAttributes = ['href', 'src', 'poster', 'action', 'formaction', 'data', 'cite'];
const idLists = ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'aria-details', 'for', 'headers', 'list'];
const mayLeave = new Set(['a', 'area', 'blockquote', 'q']);
const mayLeaveRelations = /^(canonical|alternate|author|license|me|help|next|prev)$/;

export async function check(site) {
  const files = new Set(site.files);
  const base = await findBase(site);
  const problems = [];
  for (const page of site.pages) {
    const { elements } = await readPage(page.location);
    const report = (message) => problems.push({ path: page.path, message });
    judgeIds(elements).forEach(report);
    for (const { element, target } of elements.flatMap(linksOf)) {
      const fault = await judgeLink({ site, files, base, page, element, target });
      if (fault) report(`${fault}: “${target}” in ${place(element)}`);
    }
  }
  return [...problems, ...(await judgeStylesheets(site, files))];
}

function judgeIds(elements) {
  const messages = [];
  const seen = new Map();
  for (const element of elements) {
    const id = attribute(element, 'id');
    if (id === undefined) continue;
    if (seen.has(id)) messages.push(`id “${id}” stands twice: ${place(seen.get(id))} and ${place(element)}`);
    else seen.set(id, element);
  }
  for (const element of elements) {
    for (const key of idLists) {
      for (const id of (attribute(element, key) ?? '').split(/\s+/).filter(Boolean)) {
        if (!seen.has(id)) messages.push(`${key} names “${id}”, which no element has: ${place(element)}`);
      }
    }
  }
  return messages;
}

function linksOf(element) {
  const isMeta = element.tagName === 'meta' && /^refresh$/i.test(attribute(element, 'http-equiv') ?? '');
  const targets = isMeta ? [(attribute(element, 'content') ?? '').replace(/^[\d.\s]*[;,]?\s*(url\s*=)?\s*/i, '').replace(/^(["'])(.*)\1$/, '$2')] : [];
  for (const key of linkAttributes) {
    const target = attribute(element, key);
    if (target !== undefined) targets.push(target.trim());
  }
  const sources = (attribute(element, 'srcset') ?? '').split(',').map((source) => source.trim().split(/\s+/)[0]);
  return [...targets, ...sources.filter(Boolean)].map((target) => ({ element, target }));
}

async function judgeLink({ site, files, base, page, element, target }) {
  if (target === '') return 'empty link';
  const allowsBase = page.path === '404.html' && base !== null && target.startsWith(base);
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(target)?.[1].toLowerCase();
  if (scheme && !allowsBase) return judgeScheme(scheme, element);
  if (target.startsWith('//')) return 'link without a scheme leaves the site';
  if (target.startsWith('/') && !allowsBase) return 'link starts with a slash, so it breaks from disk and under a subpath';
  if (target.includes('\\')) return 'backslash in a link';
  const local = allowsBase ? target.slice(base.length) : target;
  const from = allowsBase ? '404.html' : page.path;
  const [, rawPath, , fragment] = /^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s.exec(local);
  if (allowsBase && rawPath === '') return null;
  const path = decode(rawPath);
  if (path === null) return 'link is not valid percent-encoding';
  const file = path === '' ? from : posix.normalize(posix.join(posix.dirname(from), path));
  if (file.startsWith('..')) return 'link leaves the site’s folder';
  if (!files.has(file)) return (await isFolder(join(site.root, file))) ? 'link to a folder' : 'broken link';
  return fragment === undefined ? null : judgeFragment(site, file, fragment);
}

function judgeScheme(scheme, element) {
  const leaves = mayLeave.has(element.tagName) || (element.tagName === 'link' && mayLeaveRelations.test(attribute(element, 'rel') ?? ''));
  if (['https', 'http', 'mailto', 'tel'].includes(scheme)) return leaves ? null : 'loads from outside the site';
  if (scheme === 'data') return element.tagName === 'a' ? 'data link' : null;
  return `scheme “${scheme}:” is not allowed`;
}

async function judgeFragment(site, file, fragment) {
  if (!file.endsWith('.html') || fragment.startsWith(':~:')) return null;
  if (fragment === '') return 'empty fragment';
  const id = decode(fragment);
  const { elements } = await readPage(join(site.root, file));
  if (elements.some((element) => [id, fragment].includes(attribute(element, 'id')))) return null;
  return id === 'top' ? null : `no element with the id “${id}” in ${file}`;
}

async function judgeStylesheets(site, files) {
  const problems = [];
  for (const path of site.files.filter((file) => file.endsWith('.css'))) {
    const text = (await readFile(join(site.root, path), 'utf8')).replace(/\/\*[\s\S]*?\*\//g, '');
    for (const [, quoted, bare] of text.matchAll(/(?:url\(|@import)\s*(?:["']([^"']*)["']|([^"')\s;]+))/g)) {
      const target = quoted ?? bare;
      if (/^(#|data:|url\()/.test(target)) continue;
      const file = posix.normalize(posix.join(posix.dirname(path), target.split(/[?#]/)[0]));
      if (/^([a-z][a-z0-9+.-]*:|\/)/i.test(target)) problems.push({ path, message: `stylesheet loads from outside its folder: “${target}”` });
      else if (!files.has(file)) problems.push({ path, message: `stylesheet names a file that does not exist: “${target}”` });
    }
  }
  return problems;
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

async function isFolder(location) {
  return (await stat(location).catch(() => null))?.isDirectory() ?? false;
}
