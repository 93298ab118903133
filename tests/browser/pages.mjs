// Finds the pages of a built site, names the kind of each from its path, and picks the samples.
import { open, readdir, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const staticLimit = 400;
const samplesPerKind = 3;
const quarterFolder = /^(?:[^/]*\d{4}-?[QHT]\d[^/]*|\d{4}(?:-\d\d)?)\//i;

/** Returns the kind of page that a path inside the site stands for; fails for a page that no kind is known of. */
export function kindOf(path) {
  if (path === 'index.html') return 'index';
  if (path === '404.html') return '404';
  if (path === 'outcomes.html') return 'outcomes';
  if (path === 'alignment.html') return 'alignment';
  if (path === 'checks.html' || path === 'checks/index.html') return 'checks';
  if (path.startsWith('checks/')) return 'check';
  if (path.startsWith('archive/')) return 'archive';
  if (path === 'metrics/index.html') return 'metrics-index';
  if (path.startsWith('metrics/')) return 'metric';
  if (path === 'teams/index.html') return 'teams';
  if (path.startsWith('teams/')) return 'team';
  if (path === 'people/index.html') return 'people';
  if (path.startsWith('people/')) return 'person';
  if (!path.endsWith('.html')) return 'asset';
  if (path.startsWith('pages/')) return 'page';
  if (!quarterFolder.test(path)) {
    throw new Error(`${path} is a page of no known kind: name its kind in kindOf in tests/browser/pages.mjs, and in namesKinds in selftest.mjs`);
  }
  const name = path.replace(quarterFolder, '');
  if (name === 'index.html') return 'quarter';
  if (name === 'retrospective.html') return 'retrospective';
  if (name === 'packet.html' || name.endsWith('.packet.html')) return 'packet';
  return 'team-in-quarter';
}

/** Returns every file of a site with the pages to be checked statically, the sample and one page of each kind. */
export async function readSite(folder, options = {}) {
  const root = await realpath(folder);
  const files = (await listFiles(root)).sort(byNaturalOrder);
  const everyPage = [];
  for (const path of files.filter((file) => file.endsWith('.html'))) {
    const location = join(root, path);
    const kind = (await isRedirect(location)) ? 'redirect' : kindOf(path);
    everyPage.push({ path, location, kind, url: pathToFileURL(location).href });
  }
  const visitable = everyPage.filter((page) => page.kind !== 'redirect');
  return {
    root,
    rootUrl: pathToFileURL(root + sep).href,
    files,
    everyPage,
    pages: options.all || everyPage.length <= staticLimit ? everyPage : pickPerKind(everyPage, 30),
    sample: options.all ? visitable : pickPerKind(visitable, samplesPerKind),
    onePerKind: pickPerKind(visitable, 1),
  };
}

/** Returns at most `count` pages of each kind, evenly spread from first to last. */
function pickPerKind(pages, count) {
  const groups = new Map();
  for (const page of pages) groups.set(page.kind, [...(groups.get(page.kind) ?? []), page]);
  return [...groups.values()].flatMap((group) => {
    if (group.length <= count) return group;
    if (count === 1) return [group[0]];
    return Array.from({ length: count }, (_, place) => group[Math.floor((place * (group.length - 1)) / (count - 1))]);
  });
}

async function listFiles(root) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** Old ids are kept alive by pages that only send the reader on; a browser check of these would see the next page. */
async function isRedirect(location) {
  const handle = await open(location);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    return /<meta[^>]+http-equiv=["']?refresh/i.test(buffer.toString('utf8', 0, bytesRead));
  } finally {
    await handle.close();
  }
}

function byNaturalOrder(left, right) {
  return left.localeCompare(right, 'en', { numeric: true }) || (left < right ? -1 : 1);
}
