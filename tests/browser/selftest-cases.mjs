// The faults that the self-test puts into the good page, each with what its check must say about it.
const heading = '<h1>Platform</h1>';
const label = '<text x="200" y="50">last 3</text>';

/** For each check: [what is wrong, text in the good page, its replacement, what must be reported]. */
export const cases = {
  validate: [
    ['unclosed element', heading, '<h1>Platform', /h1/],
    ['paragraph in a span', heading, `${heading}<span><p>no</p></span>`, /not allowed as child/],
    ['unknown attribute', heading, '<h1 colour="x">Platform</h1>', /colour/],
    ['language of no kind', 'lang="en"', 'lang="english please"', /lang/],
  ],
  csp: [
    ['no policy', '<meta http-equiv="Content-Security-Policy"', '<meta name="nothing"', /no <meta http-equiv/],
    ['weak policy', "style-src 'self'", "style-src 'self' 'unsafe-inline'", /allows 'unsafe-inline'/],
    ['policy with a host', "img-src 'self'", 'img-src https://cdn.example.com', /allows https:/],
    ['policy without default', "default-src 'none';", '', /default-src is neither/],
    ['policy too late', '<meta charset="utf-8">', '<meta charset="utf-8"><link rel="icon" href="../assets/site.js">', /comes after/],
    ['inline style sheet', '</head>', '<style>p { color: red }</style></head>', /inline <style>/],
    ['style in a drawing', '<clipPath', '<style>path { fill: red }</style><clipPath', /inline <style>/],
    ['inline script', heading, `${heading}<script>1</script>`, /inline <script>/],
    ['style attribute', heading, '<h1 style="color: red">Platform</h1>', /style="color: red"/],
    ['handler', heading, '<h1 onclick="alert(1)">Platform</h1>', /onclick/],
    ['handler in a drawing', 'viewBox="0 0 300 100"', 'viewBox="0 0 300 100" onload="alert(1)"', /onload/],
    ['javascript link', 'https://example.com/', ' java&#10;script:alert(1)', /runs script/],
    ['javascript link in a drawing', label, `<a xlink:href="javascript:alert(1)">${label}</a>`, /runs script/],
    ['refresh to a script', '<meta charset="utf-8">', '<meta charset="utf-8"><meta name="x" http-equiv="refresh" content="9;url=javascript:alert(1)">', /runs script/],
    ['frame', heading, `${heading}<iframe src="good.html" title="x"></iframe>`, /<iframe> .* not allowed/],
    ['markup inside a template', heading, `${heading}<template><p onclick="alert(1)">x</p></template>`, /onclick/],
  ],
  links: [
    ['broken link', '../index.html', '../nothing.html', /broken link/],
    ['broken fragment', '#evidence', '#nothing', /no element with the id “nothing”/],
    ['broken fragment in the page', '#content', '#contents', /no element with the id “contents”/],
    ['absolute path', '../index.html', '/index.html', /starts with a slash/],
    ['link to a folder', '../index.html', '../pages/', /link to a folder/],
    ['link to a folder without slash', '../index.html', '../pages', /link to a folder/],
    ['link out of the site', '../index.html', '../../index.html', /leaves the site/],
    ['link without scheme', 'https://example.com/', '//example.com/', /without a scheme/],
    ['foreign script', '../assets/site.js', 'https://cdn.example.com/a.js', /loads from outside/],
    ['foreign picture', heading, `${heading}<img src="http://example.com/a.png" alt="a">`, /loads from outside/],
    ['broken picture set', heading, `${heading}<img src="../assets/site.css" srcset="a.png 1x, b.png 2x" alt="a">`, /broken link: “b.png”/],
    ['empty link', 'href="https://example.com/"', 'href=""', /empty link/],
    ['unusual scheme', 'https://example.com/', 'ftp://example.com/', /scheme “ftp:”/],
    ['id twice', heading, '<h1 id="content">Platform</h1>', /stands twice/],
    ['label of nothing', 'aria-label="Scores"', 'aria-labelledby="gone"', /aria-labelledby names “gone”/],
  ],
  svg: [
    ['attribute without quotes', 'id="chart-area"', 'id=chart-area', /not well-formed/],
    ['element left open', 'height="100"/></clipPath>', 'height="100"></clipPath>', /not well-formed/],
    ['named entity', '>last 3<', '>last&nbsp;3<', /not well-formed/],
    ['drawing cut short', '</svg>', '', /cut short|not well-formed/],
    ['no role', 'role="img"', '', /no role="img"/],
    ['no name', ' aria-labelledby="chart-title chart-text"', ' aria-labelledby="chart-titles"', /no accessible name/],
    ['empty title', ' aria-labelledby="chart-title chart-text"', ' aria-label=" "', /no accessible name/],
    ['not a number', 'M10 90L250.5', 'M10 90LNaN', /is no number/],
    ['infinite', 'y="50"', 'y="-Infinity"', /is no number/],
    ['infinite, short', 'x="200"', 'x="inf"', /is no number/],
    ['far away', '250.5', '1.7e308', /far outside/],
    ['id not unique', '<desc id="chart-text">', '<desc id="chart-title">', /not unique/],
    ['reference to nothing', 'url(#chart-area)', 'url(#area)', /names an id that the page does not have/],
  ],
  labels: [
    ['label out to the right', 'x="200"', 'x="280"', /“last 3” reaches .* out of svg#chart/],
    ['label out at the top', 'y="50"', 'y="4"', /reaches .* out of/],
    ['labels on each other', 'x="200" y="50"', 'x="30" y="74"', /“first 8” and “last 3” overlap/],
    ['rotated label out', 'x="200" y="50"', 'transform="rotate(90 270 90)" x="270" y="90"', /reaches .* out of/],
    ['label in folded evidence', '<p>Rows', '<svg role="img" aria-label="x" viewBox="0 0 50 50" width="50" height="50"><text x="40" y="30">outside</text></svg><p>Rows', /“outside” reaches/],
  ],
  axe: [
    ['pale text', heading, '<h1 class="pale">Platform</h1>', /color-contrast.*light, 1280/],
    ['pale text in the dark only', heading, '<h1 class="pale-in-dark">Platform</h1>', /color-contrast.*dark/],
    ['pale text when narrow only', heading, '<h1 class="pale-when-narrow">Platform</h1>', /color-contrast.*light, 375/],
    ['picture without text', heading, `${heading}<img src="../assets/a.svg">`, /image-alt/],
    ['headings out of order', '<footer>', '<section><h2>a</h2><h4>b</h4></section><footer>', /heading-order/],
    ['small targets', heading, `${heading}<ul class="tight"><li><a href="#evidence">a</a></li><li><a href="#chart">b</a></li></ul>`, /target-size/],
    ['fault in folded evidence', '<p>Rows', '<p class="pale">Rows', /color-contrast/],
  ],
  layout: [
    ['page too wide', heading, `${heading}<p class="wide">wide</p>`, /in a window of 375 px: p\.wide \(900 px wide/],
    ['page too wide when very narrow', heading, `${heading}<p class="fairly-wide">wide</p>`, /in a window of 320 px: p\.fairly-wide/],
    ['fold too wide', '<p>Rows', '<p class="wide">Rows', /p\.wide/],
    ['text cut off', heading, `${heading}<p class="cut">much too long for its box</p>`, /text is cut off in p\.cut/],
  ],
  network: [
    ['request to a host', heading, `${heading}<img src="https://example.com/a.png" alt="a">`, /violation: img-src blocked https/],
    ['request out of the site', heading, `${heading}<img src="../../../../etc/hostname" alt="a">`, /request leaves the site/],
    ['missing file', heading, `${heading}<img src="gone.png" alt="a">`, /request failed/],
    ['inline style', heading, '<h1 style="color: red">Platform</h1>', /violation: style-src/],
    ['inline script', heading, `${heading}<script>alert(1)</script>`, /violation: script-src/],
    ['script error', 'site.js"', 'throws.js"', /script error: broken/],
    ['dialog', 'site.js"', 'alerts.js"', /dialog \(alert\): “hello”/],
    ['console error', 'site.js"', 'complains.js"', /console error: oh no/],
    ['request by script', 'site.js"', 'fetches.js"', /violation: connect-src/],
  ],
  nojs: [
    ['text added by script', heading, `${heading}<p class="late"></p>`, /added by script/],
    ['text removed by script', heading, `${heading}<p class="late">gone</p>`, /text differs/],
    ['no main', '<main id="content" tabindex="-1">', '<div id="content" tabindex="-1">', /no <main>/],
  ],
  keyboard: [
    ['no skip link', '<a class="skip" href="#content">Skip to content</a>', '', /no skip link/],
    ['skip link to nothing', 'href="#content"', 'href="#gone"', /no skip link/],
    ['skip link that stays hidden', 'class="skip"', 'class="skip stays"', /cannot be seen/],
    ['no focus shown', '<a href="https://example.com/"', '<a class="plain" href="https://example.com/"', /no visible focus on <a class="plain"/],
    ['small navigation', '<header>', '<header class="small">', /less than 24×24/],
  ],
  print: [
    ['navigation on paper', '<header>', '<header class="printed">', /navigation is printed/],
    ['too wide for paper', heading, `${heading}<p class="wide-on-paper">wide</p>`, /p\.wide-on-paper ends at/],
    ['scrolls on paper', '<div class="scrolls"', '<div class="scrolls-on-paper"', /is cut on paper/],
  ],
};

/** The scripts that some faults load. */
export const extraFiles = {
  'assets/throws.js': 'throw new Error("broken");',
  'assets/alerts.js': 'alert("hello");',
  'assets/complains.js': 'console.error("oh no");',
  'assets/fetches.js': 'fetch("https://example.com/").catch(() => {});',
  'assets/a.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
};

export { heading };
