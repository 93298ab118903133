// Finds the public base (such as "/okrs/") that the links in 404.html start with.
import { attribute, readPage } from './source.mjs';

/** Returns the part of 404.html's links before a file of the site, or null if they are relative. */
export async function findBase(site) {
  const page = site.everyPage.find((candidate) => candidate.path === '404.html');
  if (!page) return null;
  const { elements } = await readPage(page.location);
  const files = new Set(site.files);
  for (const element of elements) {
    const target = attribute(element, 'href') ?? attribute(element, 'src') ?? '';
    const origin = /^(?:https?:\/\/[^/]+)?\//.exec(target)?.[0];
    if (!origin) continue;
    const parts = target.slice(origin.length).split(/[?#]/)[0].split('/');
    for (let depth = 0; depth < parts.length; depth += 1) {
      const file = parts.slice(depth).join('/');
      if (files.has(file)) return target.slice(0, target.indexOf(file, origin.length));
    }
  }
  return null;
}
