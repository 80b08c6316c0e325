export interface TextPart {
  readonly text: string;
  /** Where it leads; null: it is only text. */
  readonly href: string | null;
}

/** Letters that may stand in an address as people write it down. No spaces, no quotes, no brackets that text puts around it, no wide punctuation. */
const address = /https?:\/\/[^\s<>"'`{}|\\^，。；：！？、（）《》“”‘’【】]+/giu;
/** What ends a sentence rather than an address. */
const sentenceEnd = /[.,;:!?)\]*_~]+$/;

/**
 * A text in parts, some of which are links: only http and https, only what says so itself, and each leads exactly where it says. An address with a
 * user name in it (`https://bank.example@elsewhere.example`) and one with letters that turn the reading direction stay text.
 */
export function partsOf(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const written = trimmed(match[0]);
    const href = hrefOf(written);
    if (href === null) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index), href: null });
    parts.push({ text: written, href });
    end = match.index + written.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), href: null });
  return parts;
}

/** A bracket that was opened within belongs to it: `https://example.org/a_(b)`. */
function trimmed(written: string): string {
  const cut = written.replace(sentenceEnd, '');
  const rest = written.slice(cut.length);
  return rest.startsWith(')') && cut.includes('(') && !cut.includes(')') ? `${cut})` : cut;
}

function hrefOf(written: string): string | null {
  // Bidirectional marks, and letters that are not seen.
  if (written.length > 2_000 || /[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\p{Cc}]/u.test(written)) return null;
  try {
    const { protocol, username, password, hostname, href } = new URL(written);
    const isPlain = (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
    return isPlain && /^\[|\.|^localhost$/.test(hostname) ? href : null;
  } catch {
    return null; // it only looked like one
  }
}
