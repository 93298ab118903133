// Takes pictures of one page of each kind: node screenshots.mjs SITE_DIR OUT_DIR.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startBrowser, visitPages } from './browser.mjs';
import { readSite } from './pages.mjs';
import { printPage } from './print.mjs';

const looks = {
  'desktop-light': { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  'desktop-dark': { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  'desktop-forced': { viewport: { width: 1280, height: 900 }, forcedColors: 'active', colorScheme: 'dark' },
  'phone-light': { viewport: { width: 375, height: 812 }, colorScheme: 'light' },
};

const [siteFolder, outFolder] = process.argv.slice(2);
if (!outFolder) {
  console.error('usage: node screenshots.mjs SITE_DIR OUT_DIR');
  process.exit(2);
}
const site = await readSite(siteFolder);
await mkdir(outFolder, { recursive: true });
const browser = await startBrowser();
const problems = [];
for (const [name, context] of Object.entries(looks)) {
  const look = async (tab, page) => {
    await tab.goto(page.url);
    await tab.screenshot({ path: join(outFolder, `${page.kind}.${name}.png`), fullPage: true });
    return [];
  };
  problems.push(...(await visitPages(browser, site, site.onePerKind, { context, look })));
}
const look = async (tab, page) => {
  await tab.goto(page.url);
  await writeFile(join(outFolder, `${page.kind}.print.pdf`), await printPage(tab));
  return [];
};
problems.push(...(await visitPages(browser, site, site.onePerKind, { look })));
await browser.close();
for (const { path, message } of problems) console.log(`FAIL ${path}: ${message}`);
const taken = site.onePerKind.length * (Object.keys(looks).length + 1);
console.log(`${taken - problems.length} passed, ${problems.length} failed`);
process.exitCode = problems.length > 0 || taken === 0 ? 1 : 0;
