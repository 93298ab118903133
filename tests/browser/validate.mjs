// Checks every page with the Nu HTML checker: its errors and its warnings.
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const name = 'valid HTML';

const checker = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
const pagesPerRun = 400;

/** What another check reports, or what is a matter of taste. */
const ignored = [
  /violates Content Security Policy/,
  /^The “type” attribute (for the “style” element|is unnecessary)/,
  /^Trailing slash on void elements/,
];

export async function check(site) {
  const problems = [];
  for (let start = 0; start < site.pages.length; start += pagesPerRun) {
    const pages = site.pages.slice(start, start + pagesPerRun);
    for (const message of await runChecker(pages.map((page) => page.location))) {
      const isProblem = message.type !== 'info' || message.subType === 'warning';
      if (!isProblem || ignored.some((pattern) => pattern.test(message.message))) continue;
      problems.push(describe(site, message));
    }
  }
  return problems;
}

async function runChecker(locations) {
  const options = ['-Xmx1g', '-Xss8m', '-XX:+UseSerialGC', '-jar', checker];
  const flags = ['--format', 'json', '--stdout', '--exit-zero-always', '--no-langdetect'];
  const { stdout } = await promisify(execFile)('java', [...options, ...flags, ...locations], {
    maxBuffer: 512 * 1024 * 1024,
  });
  return JSON.parse(stdout).messages;
}

function describe(site, message) {
  const path = message.url ? relative(site.root, fileURLToPath(message.url)) : 'the checker';
  const extract = message.extract ? ` near “${message.extract.replace(/\s+/g, ' ').trim()}”` : '';
  return { path, message: `${message.message} (line ${message.lastLine ?? '?'}${extract})` };
}
