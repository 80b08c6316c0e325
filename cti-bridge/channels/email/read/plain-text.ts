// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const invisible = /[\u0000-\u0008\u000b\u000e-\u001f\u007f\ufeff\u2028\u2029]/g;

/** Text with one kind of line end and nothing that is no text. */
export function tidyText(text: string): string {
  return text
    .replaceAll(/\r\n?|\f/g, '\n')
    .replaceAll(invisible, '')
    .toWellFormed();
}

/**
 * RFC 3676: lines that end in a blank go on in the next one of the same depth of quoting. `-- ` alone begins a signature and never goes on.
 */
export function unflow(text: string, deletesSpace: boolean): string {
  const out: string[] = [];
  let open: { marks: string; pieces: string[] } | null = null;
  const close = () => {
    if (open) out.push(joined(open.marks, open.pieces.join('')));
    open = null;
  };
  for (const line of tidyText(text).split('\n')) {
    const marks: string = /^>*/.exec(line)?.[0] ?? '';
    const rest = line.slice(marks.length);
    const content = rest.startsWith(' ') ? rest.slice(1) : rest;
    if ((open as { marks: string } | null)?.marks !== marks) close();
    open ??= { marks, pieces: [] };
    const goesOn = content.endsWith(' ') && content !== '-- ';
    open.pieces.push(goesOn && deletesSpace ? content.slice(0, -1) : content);
    if (!goesOn) close();
  }
  close();
  return out.join('\n');
}

const joined = (marks: string, content: string) => (marks === '' ? content : `${marks} ${content}`);

const blocks: ReadonlySet<string> = new Set(
  'address article aside blockquote center dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header main ol pre section table tr ul'.split(
    ' ',
  ),
);

/**
 * The text of HTML that `cleanHtml` has made: tags that close, four entities, nothing else. Quotations have `> ` before each line, cells a tab
 * between them. Time grows with its length alone.
 */
export function textOfCleanHtml(html: string): string {
  const lines: string[] = [];
  let line = '';
  let depth = 0;
  let isPre = 0;
  let hidden = 0;
  const stack: { name: string; isHidden: boolean }[] = [];
  const end = (evenIfEmpty: boolean) => {
    const content = line.trim();
    if (content !== '' || evenIfEmpty) lines.push(depth > 0 ? `${'>'.repeat(Math.min(depth, 20))} ${content}`.trimEnd() : line.trimEnd());
    line = '';
  };
  for (const [, closing, name = '', attributes = '', text] of html.matchAll(/<(\/)?([a-z][a-z0-9]*)([^<>]*)>|([^<]+)/g)) {
    if (text !== undefined) {
      if (hidden > 0) continue;
      const content = isPre > 0 ? text : text.replaceAll(/[ \t\r\n]+/g, ' ');
      if (isPre > 0) {
        const [first = '', ...rest] = content.replaceAll('\r', '').split('\n');
        line += unescaped(first);
        for (const each of rest) {
          end(true);
          line = unescaped(each);
        }
      } else line += unescaped(line === '' || line.endsWith(' ') ? content.trimStart() : content);
      continue;
    }
    if (!closing && !/\/\s*$/.test(attributes) && name !== 'br' && name !== 'hr' && name !== 'img') {
      const isHidden = /display:\s*none/.test(attributes);
      stack.push({ name, isHidden });
      if (isHidden) hidden++;
    }
    if (blocks.has(name) || name === 'p' || name === 'li') end(false);
    if (name === 'br' && hidden === 0) end(true);
    if (name === 'hr' && hidden === 0) lines.push('________________________________');
    if (name === 'li' && !closing) line = '- ';
    if ((name === 'td' || name === 'th') && closing && line !== '') line += '\t';
    if (name === 'p' && closing && lines.at(-1) !== '' && hidden === 0) end(true);
    if (name === 'blockquote') depth = Math.max(0, depth + (closing ? -1 : 1));
    if (name === 'pre') isPre = Math.max(0, isPre + (closing ? -1 : 1));
    if (closing && stack.pop()?.isHidden) hidden--;
  }
  end(false);
  return lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&nbsp;': ' ' };

function unescaped(text: string): string {
  return text.replaceAll(/&(?:amp|lt|gt|quot|nbsp);/g, (entity) => entities[entity] ?? entity).replaceAll('\u00a0', ' ');
}

/** The words of HTML that is too much to be cleaned. */
export function roughText(html: string): string {
  return tidyText(html)
    .replaceAll(/<[^<>]{0,2000}>/g, ' ')
    .replaceAll(/[ \t]{2,}/g, ' ')
    .replaceAll(/(?:\n ?){3,}/g, '\n\n')
    .trim();
}
