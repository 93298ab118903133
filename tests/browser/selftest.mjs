// Proves that each check reports the faults that it is for, and is silent on a good page.
import { execFile } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as axe from './axe.mjs';
import { startBrowser } from './browser.mjs';
import * as csp from './csp.mjs';
import * as keyboard from './keyboard.mjs';
import * as layout from './layout.mjs';
import * as links from './links.mjs';
import * as network from './network.mjs';
import * as nojs from './nojs.mjs';
import { kindOf, readSite } from './pages.mjs';
import * as print from './print.mjs';
import { cases, extraFiles, heading } from './selftest-cases.mjs';
import { goodPage, spoil, writeSite } from './selftest-site.mjs';
import * as labels from './svg-labels.mjs';
import * as svg from './svg.mjs';
import * as validate from './validate.mjs';

const modules = { validate, csp, links, svg, labels, axe, layout, network, nojs, keyboard, print };
const folders = [];
let passed = 0;
let failed = 0;

const browser = await startBrowser();
namesKinds();
for (const [name, module] of Object.entries(modules)) await provesCheck(name, module);
await browser.close();
await judgesOtherFiles();
await runsOnSites();
await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function expect(condition, sentence, details = '') {
  if (condition) passed += 1;
  else {
    failed += 1;
    console.log(`FAIL ${sentence}${details ? `: ${details}` : ''}`);
  }
}

async function build(files) {
  const folder = await writeSite({ ...extraFiles, ...files });
  folders.push(folder);
  return folder;
}

/** Puts each fault of a check on a page of its own, and runs the check once over all of them. */
async function provesCheck(name, module) {
  const files = Object.fromEntries(cases[name].map(([, from, to], index) => [`pages/bad-${index}.html`, spoil(from, to)]));
  const site = await readSite(await build(files), { all: true });
  const pages = site.everyPage;
  const problems = await module.check({ ...site, pages: name === 'network' ? site.sample : pages, onePerKind: site.sample }, browser);
  const found = (path) => problems.filter((problem) => problem.path === path).map((problem) => problem.message);
  for (const [index, [fault, , , expected]] of cases[name].entries()) {
    const messages = found(`pages/bad-${index}.html`);
    expect(messages.some((message) => expected.test(message)), `${name} reports: ${fault}`, messages.join(' | ') || 'nothing reported');
  }
  for (const path of ['pages/good.html', 'index.html']) {
    expect(found(path).length === 0, `${name} accepts ${path}`, found(path).join(' | '));
  }
}

function namesKinds() {
  const expected = {
    'index.html': 'index',
    '404.html': '404',
    '2026-Q3/index.html': 'quarter',
    '2026/index.html': 'quarter',
    '2026-H1/platform.html': 'team-in-quarter',
    '2026-Q3/platform.html': 'team-in-quarter',
    '2026-Q3/retrospective.html': 'retrospective',
    '2026-Q3/packet.html': 'packet',
    '2026-Q3/platform.packet.html': 'packet',
    'teams/platform.html': 'team',
    'teams/index.html': 'teams',
    'people/index.html': 'people',
    'people/ana.html': 'person',
    'metrics/index.html': 'metrics-index',
    'metrics/lead-time.html': 'metric',
    'outcomes.html': 'outcomes',
    'alignment.html': 'alignment',
    'checks.html': 'checks',
    'checks/theatre.html': 'check',
    'archive/index.html': 'archive',
    'pages/how.html': 'page',
  };
  for (const [path, kind] of Object.entries(expected)) expect(kindOf(path) === kind, `${path} is of kind ${kind}`, kindOf(path));
  for (const path of ['how.html', 'elsewhere/how.html']) {
    let said;
    try {
      said = `kind ${kindOf(path)}`;
    } catch (error) {
      said = error.message;
    }
    expect(said.startsWith(`${path} is a page of no known kind`), `${path} is of no known kind`, said);
  }
}

/** Style sheets, drawings on disk, 404.html and redirects have rules of their own. */
async function judgesOtherFiles() {
  const based = goodPage('/okrs/').replace('rel="canonical" href="https://okr.example.com/okrs/page.html"', 'rel="author" href="/okrs/"');
  const site = await readSite(
    await build({
      '404.html': based,
      'old.html': goodPage('').replace('<meta charset="utf-8">', '<meta charset="utf-8"><meta http-equiv="refresh" content="0; url=pages/gone.html">'),
      'assets/bad.css': 'a { background: url("https://example.com/a.png") } b { background: url(gone.png) }',
      'assets/bad.svg': '<svg xmlns="http://www.w3.org/2000/svg"><g></svg>',
    }),
  );
  const problems = [...(await links.check(site)), ...(await svg.check(site))];
  const about = (path) => problems.filter((problem) => problem.path === path).map((problem) => problem.message).join(' | ');
  expect(about('404.html') === '', '404.html may start its links with the public base', about('404.html'));
  expect(/broken link: “pages\/gone.html”/.test(about('old.html')), 'links reports a redirect to nowhere', about('old.html'));
  expect(/loads from outside.*does not exist/.test(about('assets/bad.css')), 'links reports foreign and missing files in style sheets', about('assets/bad.css'));
  expect(/not well-formed/.test(about('assets/bad.svg')), 'svg reports a drawing on disk that is not well-formed', about('assets/bad.svg'));
  expect(site.sample.every((page) => page.kind !== 'redirect'), 'redirects are not visited');
}

/** Runs the programs as their users do. */
async function runsOnSites() {
  const good = await build({ '404.html': goodPage('/okrs/'), 'metrics/index.html': goodPage(), '2026-Q3/a.html': goodPage() });
  const bad = await build({ 'pages/bad.html': spoil(heading, '<h1>Platform</h1><img src="gone.png">') });
  const naughty = await build({ 'pages/bad.html': spoil(heading, '<h1>Platform</h1><img src="good.html" alt="" onerror="alert(1)">') });
  const hovered = await build({ 'pages/bad.html': spoil(heading, '<h1 onmouseover="fetch(\'https://example.com\')">Platform</h1>') });
  const linked = await build({ 'pages/bad.html': spoil('https://example.com/', 'javascript:alert(2)') });
  await expectRun('a good site', ['run.mjs', good], 0, /^\d+ passed, 0 failed$/);
  await expectRun('a bad site', ['run.mjs', bad, '--only', 'validate,links,network'], 1, /FAIL links and ids \[page\] pages\/bad.html: broken link: “gone.png” in <img> on line \d+[\s\S]*\d+ passed, [1-9]\d* failed$/);
  await expectRun('an unknown check', ['run.mjs', good, '--only', 'nothing'], 2, /^$/);
  await expectRun('a folder without pages', ['run.mjs', join(good, 'assets')], 2, /^$/);
  await expectRun('a page of no known kind', ['run.mjs', await build({ 'elsewhere/how.html': goodPage() })], 2, /^$/);
  await expectRun('a folder that does not exist', ['run.mjs', join(good, 'nowhere')], 2, /^$/);
  await expectRun('a site that it cannot check', ['run.mjs', good, '--only', 'validate'], 1, /the check could not run[\s\S]*^0 passed, 5 failed$/m, { PATH: '/nowhere' });
  await expectRun('a site without naughty content', ['run.mjs', '--xss', good], 0, /0 failed$/);
  await expectRun('a payload in a picture', ['run.mjs', '--xss', naughty], 1, /without policy \[page\] pages\/bad.html: dialog \(alert\): “1”/);
  await expectRun('a payload that waits for the mouse', ['run.mjs', '--xss', hovered], 1, /without policy \[page\] pages\/bad.html: request leaves the site: https:\/\/example.com/);
  await expectRun('a payload in a link', ['run.mjs', '--xss', linked], 1, /without policy \[page\] pages\/bad.html: dialog \(alert\): “2”/);
  await expectRun('twins', ['run.mjs', '--twin', good, good], 0, /0 failed$/);
  await expectRun('twins that differ', ['run.mjs', '--twin', bad, naughty], 1, /pages\/bad.html: element \d+ .*<img src>.*<img alt onerror src>/);
  await expectRun('twins with other files', ['run.mjs', '--twin', good, bad], 1, /is only in the first site/);
  const pictures = join(good, 'pictures');
  await expectRun('screenshots', ['screenshots.mjs', good, pictures], 0, /^\d+ passed, 0 failed$/);
  expect((await readdir(pictures)).length === 5 * 5, 'screenshots writes five files for each kind', (await readdir(pictures)).join(' '));
}

function expectRun(what, [program, ...options], code, output, environment = {}) {
  return new Promise((resolve) => {
    const location = fileURLToPath(new URL(program, import.meta.url));
    execFile(process.execPath, [location, ...options], { env: { ...process.env, ...environment } }, (error, stdout) => {
      const actual = error?.code ?? 0;
      expect(actual === code && output.test(stdout.trim()), `${program} judges ${what}`, `exit ${actual}: ${stdout.trim().slice(0, 1500)}`);
      resolve();
    });
  });
}
