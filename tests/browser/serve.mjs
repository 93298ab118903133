// Writes with `okrbook serve` in a real browser, and attacks it from a page of somebody else: node serve.mjs OKRBOOK BOOK.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBrowser } from './browser.mjs';
import { tryScript } from './script.mjs';

const [program, original] = process.argv.slice(2);
if (!original) {
  console.error('usage: node serve.mjs OKRBOOK BOOK');
  process.exit(2);
}
const problems = [];
let checks = 0;
function check(holds, message) {
  checks += 1;
  if (!holds) problems.push(message);
}

const scratch = await mkdtemp(join(tmpdir(), 'okrbook-serve-'));
const book = join(scratch, 'book');
await cp(original, book, { recursive: true });
const server = spawn(program, ['serve', book, '--port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
let said = '';
server.stderr.setEncoding('utf8').on('data', (text) => (said += text));
const home = await eventually(() => said.match(/http:\/\/127\.0\.0\.1:\d+\//)?.[0]);
const browser = await startBrowser();
try {
  for (const problem of await tryScript(browser, home)) check(false, problem);
  await writing();
  await attacking();
} finally {
  await browser.close();
  server.kill();
  await once(server, 'exit');
  await rm(scratch, { recursive: true });
}
for (const problem of problems) console.log(`FAIL serve: ${problem}`);
console.log(`serve: ${checks} checks, ${problems.length} failed`);
process.exit(problems.length === 0 ? 0 : 1);

async function eventually(look) {
  for (let waited = 0; waited < 60_000; waited += 20) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain; the program said:\n${said}`);
}

/** A save is shown at the same scroll; a broken one stands over the page until it is mended. */
async function writing() {
  const tab = await browser.newPage({ viewport: { width: 1280, height: 700 } });
  const complaints = [];
  tab.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  tab.on('pageerror', (error) => complaints.push(error.message));
  await tab.goto(`${home}checks.html`);
  const settings = join(book, 'okrbook.yaml');
  const text = await readFile(settings, 'utf8');
  const name = text.match(/^organisation: *(.*)$/m)[1];
  const shown = (wanted) => tab.waitForFunction((text) => document.title.includes(text), wanted, { timeout: 60_000 });
  await tab.evaluate(() => scrollTo(0, 600));
  const corner = tab.locator('.okrbook-serve-findings');
  check((await corner.count()) === 1, 'the checks page has no findings in its corner');
  await corner.locator('summary').click();
  await writeFile(settings, text.replace(/^organisation: .*$/m, 'organisation: Somebody Else'));
  await shown('Somebody Else');
  check(Math.abs((await tab.evaluate(() => scrollY)) - 600) < 2, 'the scroll was lost');
  check(await corner.evaluate((details) => details.open), 'the corner folded itself');
  await writeFile(settings, `${text}\nbroken: [<script>alert(1)</script>\n`);
  const trouble = tab.locator('.okrbook-serve-trouble');
  await trouble.waitFor({ timeout: 60_000 });
  check((await trouble.innerText()).includes('broken: [<script>'), 'the overlay shows no line of the file');
  check((await tab.title()).includes('Somebody Else'), 'the last good page is gone');
  check(Math.abs((await tab.evaluate(() => scrollY)) - 600) < 2, 'the scroll was lost under the overlay');
  await writeFile(settings, text);
  await shown(name);
  check((await trouble.count()) === 0, 'the overlay stays');
  check((await fetch(`${home}no/such/page.html`)).status === 404, 'a page that is not there is there');
  check(complaints.length === 0, `the browser complains: ${complaints.join('; ')}`);
  await tab.close();
}

/** A page of somebody else, on this machine or by a name that leads here, reads and shows nothing. */
async function attacking() {
  const evil = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><p>evil'));
  await once(evil.listen(0, '127.0.0.1'), 'listening');
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.goto(`http://127.0.0.1:${evil.address().port}/`);
  const results = await tab.evaluate(async (home) => {
    const loads = (tag, address) =>
      new Promise((resolve) => {
        const element = document.createElement(tag);
        element.onload = () => resolve('loaded');
        element.onerror = () => resolve('nothing');
        element[tag === 'link' ? 'href' : 'src'] = address;
        if (tag === 'link') element.rel = 'stylesheet';
        document.body.append(element);
      });
    const reads = async (options) => {
      try {
        const answer = await fetch(`${home}data/book.json`, options);
        return answer.type === 'opaque' ? 'nothing' : `${answer.status}`;
      } catch {
        return 'nothing';
      }
    };
    const hears = new Promise((resolve) => {
      const events = new EventSource(`${home}_serve/events?since=0`);
      events.addEventListener('edition', () => resolve('heard'));
      events.onerror = () => resolve('nothing');
    });
    return {
      fetch: await reads({}),
      'fetch without CORS': await reads({ mode: 'no-cors' }),
      post: await reads({ method: 'POST', mode: 'no-cors' }),
      script: await loads('script', `${home}_serve/serve.js`),
      style: await loads('link', `${home}_serve/serve.css`),
      picture: await loads('img', `${home}favicon.svg`),
      events: await hears,
    };
  }, home);
  for (const [what, became] of Object.entries(results)) check(became === 'nothing', `${what} of a foreign page: ${became}`);
  await tab.evaluate((home) => {
    const frame = document.createElement('iframe');
    frame.src = home;
    document.body.append(frame);
  }, home);
  await tab.waitForTimeout(500);
  const framed = await Promise.all(tab.frames().slice(1).map((frame) => frame.content().catch(() => '')));
  check(framed.every((html) => !html.includes('okrbook')), 'a foreign page shows the site in a frame');
  await context.close();
  evil.close();
}
