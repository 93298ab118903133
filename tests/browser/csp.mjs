// Checks that every page states a content security policy and holds no inline style, script or handler.
import { attribute, place, readPage, textOf } from './source.mjs';

export const name = 'nothing inline';

const frames = new Set(['iframe', 'frame', 'object', 'embed', 'base', 'portal']);
const addresses = new Set(['href', 'src', 'action', 'formaction', 'data', 'poster', 'content', 'srcset', 'ping', 'to', 'values', 'from']);
const scriptScheme = /(?:^|;url=['"]?|,)(?:javascript:|vbscript:|data:(?:text\/html|text\/xml|application\/xhtml))/i;

export async function check(site) {
  const problems = [];
  for (const page of site.pages) {
    const { elements } = await readPage(page.location);
    for (const message of [...judgePolicy(elements), ...elements.flatMap(judgeElement)]) {
      problems.push({ path: page.path, message });
    }
  }
  return problems;
}

function judgePolicy(elements) {
  const isPolicy = (element) =>
    element.tagName === 'meta' && /^content-security-policy$/i.test(attribute(element, 'http-equiv') ?? '');
  const index = elements.findIndex(isPolicy);
  if (index < 0) return ['no <meta http-equiv="Content-Security-Policy">'];
  const messages = [];
  const policy = attribute(elements[index], 'content') ?? '';
  if (elements[index].parentNode?.tagName !== 'head') messages.push('the content security policy is not in <head>');
  if (elements.slice(0, index).some(loadsSomething)) messages.push('the content security policy comes after something that it should govern');
  if (!/(^|;)\s*default-src\s+'(none|self)'\s*(;|$)/.test(policy)) messages.push(`the policy's default-src is neither 'none' nor 'self': ${policy}`);
  for (const weak of policy.match(/'unsafe-[a-z-]+'|(?<=\s)\*[^\s;]*|\b(?:https?|wss?|blob|filesystem):[^\s;]*/g) ?? []) {
    messages.push(`the content security policy allows ${weak}`);
  }
  return messages;
}

function loadsSomething(element) {
  return ['link', 'script', 'style', 'img'].includes(element.tagName);
}

function judgeElement(element) {
  const messages = [];
  if (element.tagName === 'style') messages.push(`inline ${place(element)}`);
  if (element.tagName === 'script' && (!hasSource(element) || textOf(element).trim())) messages.push(`inline ${place(element)}`);
  if (frames.has(element.tagName)) messages.push(`${place(element)} is not allowed`);
  for (const { name: key, value } of element.attrs) {
    const short = value.slice(0, 60);
    if (key === 'style') messages.push(`style="${short}" on ${place(element)}`);
    if (/^on/i.test(key)) messages.push(`${key}="${short}" on ${place(element)}`);
    if (key === 'srcdoc') messages.push(`srcdoc on ${place(element)}`);
    const address = value.replace(/[\u0000-\u0020\u007f-\u00a0]/g, '');
    if (addresses.has(key) && scriptScheme.test(address) && isAddress(element, key)) messages.push(`${key}="${short}" runs script, on ${place(element)}`);
  }
  return messages;
}

function hasSource(element) {
  return attribute(element, 'src') !== undefined || attribute(element, 'href') !== undefined;
}

/** A meta element's content is an address only where it sends the reader on. */
function isAddress(element, key) {
  return key !== 'content' || /^refresh$/i.test(attribute(element, 'http-equiv') ?? '');
}
