// Makes what the product embeds: of every mail its HTML (tables and inlined styles, by MJML) and its text part, and the font of the
// pictures. Liquid is carried through untouched and filled when a mail is sent.
//   node compile.mjs [FILES [OUTPUT]]    by default ../files and src/Grains/obj/templates
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import mjml2html from 'mjml';
import { textOf } from './text.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const files = resolve(process.argv[2] ?? join(here, '../files'));
const output = resolve(process.argv[3] ?? join(here, '../../../obj/templates'));
const layouts = existsSync(join(files, '_layout')) ? files : join(here, '../files');
const layout = readFileSync(join(layouts, '_layout/mail.mjml'), 'utf8');
const footer = (locale) => {
  const own = join(layouts, `_layout/footer.${locale}.mjml`);
  return readFileSync(existsSync(own) ? own : join(layouts, '_layout/footer.en.mjml'), 'utf8');
};

// "---", lines of "name: value", "---", then the body.
function parse(path) {
  const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(path, 'utf8').replaceAll('\r\n', '\n'));
  if (!match) throw new Error(`${path}: begins with no block of "---", "subject: …", "---"`);
  const values = Object.fromEntries(match[1].split('\n').map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]));
  return { head: match[1], values, body: match[2] };
}

// A line break in the source would show as a space between two Japanese characters.
const joined = (text) => text.replace(/(?<=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])\n\s*(?=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])/g, '');

// A button whose link is not known is left out, rather than leading nowhere.
const buttons = (body) =>
  body.replace(/<mj-button\b[^>]*href="\{\{\s*([a-z_.]+)\s*\}\}"[\s\S]*?<\/mj-button>/g, (button, link) =>
    `<mj-raw>{% if ${link} %}</mj-raw>${button}<mj-raw>{% endif %}</mj-raw>`);

const whole = (body) => (body.includes('<mj-section') ? body : `<mj-section css-class="card"><mj-column>${body}</mj-column></mj-section>`);

async function compile(path, locale) {
  const { head, values, body } = parse(path);
  const content = buttons(joined(body));
  const bottom = joined(footer(locale));
  const source = layout
    .replace('<!-- body -->', () => whole(content))
    .replace('<!-- footer -->', () => bottom)
    .replaceAll('LOCALE', locale)
    .replace('PREHEADER', () => values.preheader ?? '');
  const { html, errors } = await mjml2html(source, { validationLevel: 'soft', filePath: path, fonts: {}, keepComments: true });
  if (errors.length > 0) throw new Error(`${path}: ${errors.map((error) => error.formattedMessage ?? error.message).join('; ')}`);
  const lost = [...new Set(source.match(/\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g))].filter((liquid) => !html.includes(liquid));
  if (lost.length > 0) throw new Error(`${path}: MJML has changed ${lost.join(', ')}`);
  // Indentation is half of the size, and of no use to a mail.
  const small = html.replace(/^[ \t]+/gm, '').replace(/\n{2,}/g, '\n').replace('<title></title>', '<title>{{ subject }}</title>');
  return { head, html: small.trimStart(), text: textOf(`${content}\n${bottom}`) };
}

rmSync(output, { recursive: true, force: true });
let mails = 0;
for (const entry of readdirSync(files, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const relative = path.slice(files.length + 1);
  if (relative.startsWith("_layout")) continue;
  const target = join(output, relative);
  mkdirSync(dirname(target), { recursive: true });
  if (!entry.name.endsWith('.mjml')) {
    cpSync(path, target);
    continue;
  }
  const locale = entry.name.split('.')[1];
  const { head, html, text } = await compile(path, locale);
  const name = target.slice(0, -'.mjml'.length);
  writeFileSync(`${name}.email.liquid`, `---\n${head}\n---\n${html}`);
  writeFileSync(`${name}.email.text.liquid`, text);
  mails++;
}

const font = join(here, 'node_modules/@expo-google-fonts/biz-udpgothic');
mkdirSync(join(output, '_fonts'), { recursive: true });
cpSync(join(font, '400Regular/BIZUDPGothic_400Regular.ttf'), join(output, '_fonts/regular.ttf'));
cpSync(join(font, 'LICENSE_FONT'), join(output, '_fonts/OFL.txt'));
writeFileSync(join(output, 'stamp'), '');
console.log(`${mails} mails compiled`);
