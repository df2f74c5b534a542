// The text part of a mail, from the same source as its HTML, so that both always say the same.

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', copy: '©', middot: '·', mdash: '—', hellip: '…', rarr: '→' };
const decode = (text) => text.replace(/&([a-z]+);/g, (whole, name) => ENTITIES[name] ?? whole).replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(+code));

// Liquid holds "<" and quotes of its own, so it is set aside while tags are taken out. No mark can be mistaken for text of a mail.
function setAside(source) {
  const kept = [];
  const text = source.replace(/\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g, (liquid) => `\u0001${kept.push(liquid) - 1}\u0002`);
  return { text, back: (rest) => rest.replace(/\u0001(\d+)\u0002/g, (_, index) => kept[+index]) };
}

const attribute = (tag, name) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
const line = (html) => html.replace(/\s+/g, ' ').trim();

// Written so that a link is not broken: on a line of its own.
const link = (tag, label) => `\n\n${line(label)}:\n${attribute(tag, 'href')}\n\n`;

const inline = (html) =>
  html
    .replace(/(<a\b[^>]*>)([\s\S]*?)<\/a>/g, (_, tag, label) => link(tag, label))
    .replace(/<br\s*\/?>/g, '\u0003')
    .replace(/<tr\b[^>]*>([\s\S]*?)<\/tr>/g, (_, cells) =>
      `\u0003${[...cells.matchAll(/<t[dh]\b[^>]*>([\s\S]*?)<\/t[dh]>/g)].map((cell) => line(cell[1])).filter(Boolean).join(': ')}`)
    .replace(/<li\b[^>]*>/g, '\u0003- ')
    .replace(/<\/(p|h1|h2|h3|ul|ol|mj-text|mj-table|mj-button|mj-column|mj-section)>/g, '\n\n')
    .replace(/<(p|h1|h2|h3|ul|ol)\b[^>]*>/g, '\n\n')
    .replace(/<[^>]*>/g, '');

/** Of the content of a mail in MJML, with its Liquid. */
export function textOf(source) {
  const { text, back } = setAside(source.replace(/<!--[\s\S]*?-->/g, ''));
  const plain = inline(
    text
      .replace(/\n\s*/g, ' ')
      .replaceAll('&nbsp;·&nbsp;', '')
      .replace(/(<mj-button\b[^>]*>)([\s\S]*?)<\/mj-button>/g, (_, tag, label) => link(tag, label))
      .replace(/<mj-divider\b[^>]*\/>/g, '\n\n--\n\n')
      .replace(/<mj-image\b[^>]*\/>/g, (tag) => (attribute(tag, 'alt') ? `\n\n[${attribute(tag, 'alt')}]\n\n` : '')))
    .replaceAll('\u0003', '\n');
  const lines = plain.split('\n').map((each) => each.trim()).join('\n');
  return `${back(decode(lines).replace(/\n{3,}/g, '\n\n')).trim()}\n`;
}
