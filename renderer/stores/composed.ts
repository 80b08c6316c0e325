import { type Composed, composedSchema } from '../../shared/contracts/messages/conversation.ts';

/**
 * What is being written to a customer, as the one string that drafts are made of: the same words are always the same string, so that what is
 * stored and what is on the screen can be compared.
 */
export const nothingComposed: Composed = {
  kind: 'reply',
  about: null,
  to: [],
  cc: [],
  bcc: [],
  subject: '',
  text: '',
  html: null,
  fileIds: [],
};

export function writeComposed({ kind, about, to, cc, bcc, subject, text, html, fileIds }: Composed): string {
  const addresses = (list: Composed['to']) => list.map(({ address, name }) => ({ address, name }));
  const isNothing = kind === 'reply' && about === null && text === '' && subject === '' && html === null && fileIds.length === 0;
  if (isNothing && to.length + cc.length + bcc.length === 0) return '';
  return JSON.stringify({ kind, about, to: addresses(to), cc: addresses(cc), bcc: addresses(bcc), subject, text, html, fileIds });
}

/** Nothing where it cannot be read: it was kept by another version of this desktop. */
export function readComposed(written: string | undefined): Composed {
  if (!written) return nothingComposed;
  try {
    const read = composedSchema.safeParse(JSON.parse(written));
    return read.success ? read.data : nothingComposed;
  } catch {
    return nothingComposed;
  }
}

export const hasWords = ({ text, fileIds }: Composed): boolean => text.trim() !== '' || fileIds.length > 0;

/** Further words below what is being written, with a line between; layout stays, and what is put in has none. */
export function appendWords(composed: Composed, words: string): Composed {
  const before = composed.text.trimEnd();
  const text = before === '' ? words : `${before}\n\n${words}`;
  if (composed.html === null || before === '') return { ...composed, text, html: null };
  const escaped = (line: string) => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const lines = ['', ...words.split('\n')].map((line) => `<p>${escaped(line)}</p>`);
  return { ...composed, text, html: `${composed.html}${lines.join('')}` };
}
