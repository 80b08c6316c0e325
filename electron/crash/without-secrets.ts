type Facts = Readonly<Record<string, unknown>>;

const hidden = '[…]';
/** Facts that are never written, whatever is in them. */
const secretNames =
  /token|password|passwd|secret|bearer|authorization|cookie|credential|private|^(text|note|draft|words|title|body|name of|caller|customer|user)$/i;
const longest = 300;

/**
 * The same facts without what must not lie in a file: by the name of the fact, and by what its value looks like. It is strict rather than
 * clever. Of free text only words remain that a programmer would write: what is quoted, capitalised, not ASCII, long or of digits is hidden.
 */
export function withoutSecrets(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, secretNames.test(name) ? hidden : clean(value, 0)]));
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value.slice(0, 4 * longest)).slice(0, longest);
  // A long number may be that of a telephone or a card.
  if (typeof value === 'number') return Math.abs(value) >= 1e6 ? hidden : value;
  if (typeof value === 'boolean' || value === null || value === undefined) return value;
  if (depth > 2 || typeof value !== 'object') return hidden;
  if (Array.isArray(value)) return value.slice(0, 20).map((each) => clean(each, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, secretNames.test(name) ? hidden : clean(each, depth + 1)]));
}

/** Capitalised words that are no names of people: of errors, processes and the runtime. */
const known =
  /^(?:[A-Z]\w*(?:Error|Exception)|[A-Z]{2,}[A-Z0-9_]*|Cannot|Could|Failed|Invalid|Unexpected|Uncaught|No|Not|The|This|Object|Array|Map|Set|Promise|Crosspoint|Electron|Chromium|Node|Utility|Zygote|Network|Audio|Video|Service)$/;

function cleanText(text: string): string {
  const words = text
    .replace(/(["'`])(?:(?!\1).){0,400}\1/g, hidden)
    .replace(/\b(password|token|secret|bearer|key)\b[\s:=]+\S+/gi, `$1 ${hidden}`)
    .replace(/(?<![\w:])\+?\d(?:[\s().-]{0,2}\d){5,}/g, hidden);
  return words.split(/(\s+)/).map(cleanWord).join('');
}

function cleanWord(word: string): string {
  const place = /^(\(?)((?:[a-z][a-z0-9+.-]*:\/\/|\/|[A-Z]:\\).*?)(\)?)$/i.exec(word);
  if (place) return `${place[1]}${placeOf(place[2] ?? '')}${place[3]}`;
  return word
    .replace(/[\w.+-]+@[\w.-]+/g, hidden)
    .replace(/[^\x20-\x7e…]+/g, hidden)
    .replace(/[\w+/=.-]{20,}/g, (each) => (isCode(each) ? each : hidden))
    .replace(/\b[A-Z][A-Za-z]*\b(?!\.[a-z])/g, (each) => (known.test(each) ? each : hidden));
}

/** Of an address its host, of a file of the program its name and line; anything else that is a place may be called after a person. */
function placeOf(place: string): string {
  const file = /([\w.-]{1,60}\.(?:js|cjs|mjs|ts))((?::\d+){0,2})$/.exec(place);
  if (file) return `${file[1]}${file[2]}`;
  const url = URL.parse(place);
  return url !== null && /^(?:https?|wss?|app):$/.test(url.protocol) ? `${url.protocol}//${url.host}` : hidden;
}

/** Words of a program, such as `render-process-gone` or `Socket.onOpen`, and no random letters. */
function isCode(word: string): boolean {
  return word.split(/[-_/.]/).every((part) => /^[A-Za-z][a-z]*(?:[A-Z][a-z]+)*$/.test(part) && part.length <= 30);
}
