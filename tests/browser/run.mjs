// Checks a built site in the browser: node run.mjs SITE_DIR, or --xss SITE_DIR, or --twin SITE_DIR SITE_DIR.
import { parseArgs } from 'node:util';
import * as axe from './axe.mjs';
import { startBrowser } from './browser.mjs';
import * as csp from './csp.mjs';
import * as keyboard from './keyboard.mjs';
import * as layout from './layout.mjs';
import * as links from './links.mjs';
import * as network from './network.mjs';
import * as nojs from './nojs.mjs';
import { readSite } from './pages.mjs';
import * as print from './print.mjs';
import { createReport } from './report.mjs';
import * as labels from './svg-labels.mjs';
import * as svg from './svg.mjs';
import { compareTwins } from './twin.mjs';
import * as validate from './validate.mjs';
import { checkInjection } from './xss.mjs';

const usage = `usage: node run.mjs SITE_DIR [--all] [--only NAME,NAME] [--verbose] [--times]
       node run.mjs --xss SITE_DIR
       node run.mjs --twin SITE_DIR SITE_DIR`;

const staticChecks = { validate, csp, links, svg };
const browserChecks = { network, layout, labels, axe, nojs, keyboard, print };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean' },
    only: { type: 'string' },
    verbose: { type: 'boolean' },
    times: { type: 'boolean' },
    xss: { type: 'boolean' },
    twin: { type: 'boolean' },
  },
});

process.exitCode = await main();

async function main() {
  const names = values.only?.split(',') ?? [...Object.keys(staticChecks), ...Object.keys(browserChecks)];
  const unknown = names.find((name) => !(name in staticChecks) && !(name in browserChecks));
  if (unknown || positionals.length !== (values.twin ? 2 : 1)) {
    console.error(unknown ? `there is no check “${unknown}”\n${usage}` : usage);
    return 2;
  }
  const sites = [];
  for (const folder of positionals) {
    const site = await readSite(folder, { all: values.all }).catch((error) => ({ everyPage: [], error }));
    if (site.everyPage.length === 0) {
      console.error(site.error ? `${folder} can't be checked: ${site.error.message}` : `${folder} holds no page to check`);
      return 2;
    }
    sites.push(site);
  }
  const report = createReport({ verbose: values.verbose });
  if (values.twin) await compareTwins(sites[0], sites[1], report);
  else if (values.xss) await withBrowser((browser) => checkInjection(sites[0], browser, report));
  else await runChecks(sites[0], names, report);
  return report.finish();
}

/** Runs the checks of the sources beside those in the browser. */
async function runChecks(site, names, report) {
  const chosen = (checks) => names.filter((name) => name in checks).map((name) => checks[name]);
  const inSources = chosen(staticChecks).map((module) => timed(module, site));
  if (chosen(browserChecks).length > 0) {
    await withBrowser(async (browser) => {
      for (const module of chosen(browserChecks)) report.add(module.name, pagesOf(module, site), await timed(module, site, browser));
    });
  }
  for (const [index, module] of chosen(staticChecks).entries()) report.add(module.name, pagesOf(module, site), await inSources[index]);
}

/** Returns the pages that a check looks at. */
function pagesOf(module, site) {
  if (Object.values(staticChecks).includes(module)) return site.pages;
  if (module === network) return site.pages.filter((page) => page.kind !== 'redirect');
  return module === keyboard ? site.onePerKind : site.sample;
}

async function timed(module, site, browser) {
  const start = performance.now();
  const problems = await module.check(site, browser).catch((error) =>
    pagesOf(module, site).map(({ path }) => ({ path, message: `the check could not run: ${error.message}` })),
  );
  if (values.times) console.log(`${module.name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return problems;
}

async function withBrowser(work) {
  const browser = await startBrowser();
  try {
    await work(browser);
  } finally {
    await browser.close();
  }
}
