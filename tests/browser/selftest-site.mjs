// Writes small fake sites for the self-test: one good page, and copies of it with one fault each.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const styles = `
:root { color-scheme: light dark; --ink: #111; --paper: #fff; --link: #0b4a8f; }
@media (prefers-color-scheme: dark) { :root { --ink: #eee; --paper: #111; --link: #9cc8ff; } }
@page { size: A4; margin: 15mm; }
body { margin: 0 1rem; font: 16px/1.5 sans-serif; color: var(--ink); background: var(--paper); }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 0; top: 0; padding: .5rem; background: var(--paper); }
nav a { display: inline-block; min-width: 24px; padding: .5rem; }
.scrolls { overflow-x: auto; }
td, th { padding: .25rem 1rem; white-space: nowrap; text-align: left; }
svg { display: block; max-width: 100%; }
svg text { fill: currentColor; font-size: 12px; }
.skip.stays:focus { left: -999rem; }
.wide { width: 900px; }
.fairly-wide { width: 330px; }
.tight li { font-size: 10px; line-height: 12px; list-style: none; }
.cut { width: 6rem; overflow: hidden; white-space: nowrap; }
.pale { color: #ccc; }
@media (prefers-color-scheme: dark) { .pale-in-dark { color: #333; } }
@media (max-width: 600px) { .pale-when-narrow { color: #ddd; } }
.plain:focus-visible { outline: none; }
.small a { padding: 0; min-width: 0; font-size: 10px; line-height: 1; }
@media print { nav, .skip { display: none; } .scrolls { overflow: visible; } .printed nav { display: block; } .scrolls-on-paper { overflow-x: auto; width: 8rem; } .wide-on-paper { width: 900px; } .tight-on-paper { table-layout: fixed; width: 8rem; white-space: nowrap; } }
`;

const script = `document.querySelectorAll('.late').forEach((element) => { element.textContent = 'added by script'; });`;

/** Returns a page that every check must accept; `up` leads from its folder to the site's root. */
export function goodPage(up = '../') {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Platform – Example</title>
<link rel="stylesheet" href="${up}assets/site.css">
<link rel="canonical" href="https://okr.example.com/okrs/page.html">
<script src="${up}assets/site.js" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header><nav aria-label="Site"><a href="${up}index.html">Overview</a> <a href="${up}pages/good.html#evidence">Evidence</a></nav></header>
<main id="content" tabindex="-1">
<h1>Platform</h1>
<p>Incidents fell from 8 to 3; <a href="https://example.com/">the goal</a> is 2.</p>
<div class="scrolls" tabindex="0" role="region" aria-label="Scores"><table>
<thead><tr><th scope="col">Key result</th><th scope="col">Grade</th></tr></thead>
<tbody><tr><th scope="row">Incidents</th><td>0.8</td></tr></tbody>
</table></div>
<svg id="chart" role="img" aria-labelledby="chart-title chart-text" viewBox="0 0 300 100" width="300" height="100">
<title id="chart-title">Incidents by month</title><desc id="chart-text">From 8 to 3.</desc>
<clipPath id="chart-area"><rect x="0" y="0" width="300" height="100"/></clipPath>
<path clip-path="url(#chart-area)" d="M10 90L250.5 20" fill="none" stroke="currentColor"/>
<text x="10" y="70">first 8</text><text x="200" y="50">last 3</text>
</svg>
<details id="evidence"><summary>Evidence</summary><p>Rows 1 to 9 of incidents.csv.</p></details>
</main>
<footer><p>As of 20 November 2026.</p></footer>
</body>
</html>
`;
}

/** Writes files (path to text) with the shared style sheet and script into a new temporary folder. */
export async function writeSite(files) {
  const folder = await mkdtemp(join(tmpdir(), 'okrbook-browser-'));
  const everything = { 'assets/site.css': styles, 'assets/site.js': script, 'index.html': goodPage(''), 'pages/good.html': goodPage(), ...files };
  for (const [path, text] of Object.entries(everything)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

/** Returns the good page with one text replaced, which must be in it. */
export function spoil(from, to) {
  const page = goodPage();
  if (!page.includes(from)) throw new Error(`the good page does not hold “${from}”`);
  return page.replace(from, () => to);
}
