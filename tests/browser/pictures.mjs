// Takes the pictures of the README from the example book's site: node pictures.mjs SITE_DIR OUT_DIR.
// To keep them small: for f in OUT_DIR/*.png; do convert $f -dither None -colors 128 PNG8:docs/$(basename $f); done
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startBrowser } from './browser.mjs';

const pictures = [
  { name: 'quarter', page: 'index.html', width: 1200, height: 1060 },
  { name: 'team', page: '2026-Q3/devex.html', width: 1200, of: 'article[id$="/lead-time"]' },
  { name: 'moved', page: '2026-Q3/checkout.html', width: 1200, height: 724, of: 'article[id$="/slot-abandon"]' },
  { name: 'phone', page: 'metrics/slot-abandon.html', width: 375, height: 710, colorScheme: 'dark' },
];

const [siteFolder, outFolder] = process.argv.slice(2);
if (!outFolder) {
  console.error('usage: node pictures.mjs SITE_DIR OUT_DIR');
  process.exit(2);
}
await mkdir(outFolder, { recursive: true });
const browser = await startBrowser();
for (const { name, page, width, height = Infinity, of, colorScheme = 'light' } of pictures) {
  const context = await browser.newContext({ viewport: { width, height: 1000 }, colorScheme });
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(join(resolve(siteFolder), page)).href);
  const box = of ? await tab.locator(of).boundingBox() : { y: 0, height };
  const clip = { x: 0, y: box.y, width, height: Math.min(box.height, height) };
  await tab.screenshot({ path: join(outFolder, `${name}.png`), fullPage: true, clip });
  await context.close();
}
await browser.close();
