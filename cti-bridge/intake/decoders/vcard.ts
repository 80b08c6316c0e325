import ICAL from 'ical.js';
import type { ByteSource } from './csv.ts';
import { cutShort, type DecodedBatch, type DecodedRow, type RowFault, UnreadableFile, withinLimits } from './decoded.ts';
import { detectEncoding, type TextEncoding } from './encoding.ts';
import { asVersion3 } from './vcard-2.1.ts';

/** The columns that a card is laid out in; the first row given. Their names are those of the fields of an import. */
export const vcardColumns = [
  'name',
  'title',
  'company',
  'mobile',
  'mobile',
  'phone',
  'phone',
  'phone',
  'email',
  'email',
  'email',
  'address',
  'birthday',
  'externalId',
  'note',
] as const;

const cardCharacters = 4_000_000;
const cardsPerBatch = 200;

/**
 * Cards of version 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350), any number in one file, as rows: row 1 the names of the columns, then one row per
 * card, numbered 2, 3... so that the card's number is one less. Each card is parsed alone, and one that cannot be read is a fault.
 * What a card has more of than there are columns is left out; pictures and sounds are.
 */
export async function* decodeVcards(open: ByteSource, chosen?: TextEncoding): AsyncGenerator<DecodedBatch> {
  const encoding = chosen ?? (await detectEncoding(open()));
  let rows: DecodedRow[] = [{ row: 1, cells: vcardColumns }];
  let faults: RowFault[] = [];
  let row = 1;
  let bytesRead = 0;
  for await (const card of cards(open(), encoding, (bytes) => (bytesRead = bytes))) {
    row++;
    const read = readCard(card, row);
    if ('code' in read) faults.push(read);
    else rows.push(read);
    if (rows.length + faults.length < cardsPerBatch) continue;
    yield { rows, faults, bytesRead };
    rows = [];
    faults = [];
  }
  if (row === 1) throw new UnreadableFile('empty', 'The file holds no card: a card begins with BEGIN:VCARD.');
  yield { rows, faults, bytesRead };
}

/** Each from BEGIN to END; null for one that is too large or has no end. */
async function* cards(
  chunks: AsyncIterable<Uint8Array>,
  encoding: TextEncoding,
  onBytes: (bytes: number) => void,
): AsyncGenerator<string | null> {
  const decoder = new TextDecoder(encoding);
  let bytes = 0;
  let tail = '';
  let current: string[] | null = null;
  let characters = 0;
  const take = function* (lines: readonly string[]) {
    for (const line of lines) {
      if (/^BEGIN:VCARD\s*$/i.test(line)) {
        if (current) yield null;
        current = [];
        characters = 0;
      }
      if (!current) continue;
      characters += line.length;
      if (characters <= cardCharacters) current.push(line);
      if (!/^END:VCARD\s*$/i.test(line)) continue;
      yield characters <= cardCharacters ? current.join('\r\n') : null;
      current = null;
    }
  };
  for await (const chunk of chunks) {
    bytes += chunk.length;
    onBytes(bytes);
    const lines: string[] = (tail + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!\n|$)/);
    tail = lines.pop() ?? '';
    if (tail.length > cardCharacters) tail = tail.slice(0, cardCharacters);
    yield* take(lines);
  }
  yield* take([tail + decoder.decode()]);
  if (current) yield null;
}

type Property = InstanceType<typeof ICAL.Property>;

function readCard(card: string | null, row: number): DecodedRow | RowFault {
  const unreadable = (found: string): RowFault => ({ row, column: null, code: 'cardUnreadable', found: cutShort(found) });
  if (card === null) return unreadable('BEGIN:VCARD');
  try {
    const text = /^VERSION:\s*2\.1\s*$/im.test(card) ? asVersion3(card) : card;
    const component = new ICAL.Component(ICAL.parse(text) as unknown[]);
    return withinLimits(row, cellsOf(component));
  } catch (error) {
    return unreadable(String(error instanceof Error ? error.message : error));
  }
}

function cellsOf(card: InstanceType<typeof ICAL.Component>): readonly string[] {
  const texts = (name: string) =>
    card
      .getAllProperties(name)
      .map(textOf)
      .filter((text) => text !== '');
  const first = (name: string) => texts(name)[0] ?? '';
  const numbers = card.getAllProperties('tel').filter((each) => !types(each).includes('fax'));
  const isMobile = (each: Property) => types(each).some((type) => type === 'cell' || type === 'iphone');
  const lists: Readonly<Record<string, string[]>> = {
    name: [first('fn') || nameOf(card.getFirstProperty('n'))],
    title: [first('title') || first('role')],
    company: [organisationOf(card.getFirstProperty('org'))],
    mobile: numbers.filter(isMobile).map(numberOf),
    phone: numbers.filter((each) => !isMobile(each)).map(numberOf),
    email: texts('email'),
    address: [first('adr')],
    birthday: [birthdayOf(card.getFirstProperty('bday'))],
    externalId: [first('uid').replace(/^urn:uuid:/i, '')],
    note: [texts('note').join('\n')],
  };
  return vcardColumns.map((column) => lists[column]?.shift() ?? '');
}

function textOf(property: Property): string {
  const value: unknown = property.getFirstValue();
  const parts: unknown[] = Array.isArray(value) ? value.flat(2) : [value];
  return parts
    .map((part) => String(part ?? '').trim())
    .filter((part) => part !== '')
    .join(', ');
}

/** The company alone: its departments come after it. */
function organisationOf(property: Property | null): string {
  const value: unknown = property?.getFirstValue();
  return String((Array.isArray(value) ? value[0] : value) ?? '').trim();
}

/** Family name, given name, in the order in which the language of the name says them. */
function nameOf(property: Property | null): string {
  const value: unknown = property?.getFirstValue();
  const [family = '', given = '', middle = ''] = (Array.isArray(value) ? value : [value]).map((part: unknown) => String(part ?? '').trim());
  return /\p{Script=Han}/u.test(family + given) ? family + middle + given : [given, middle, family].filter((part) => part !== '').join(' ');
}

function numberOf(property: Property): string {
  return textOf(property).replace(/^tel:/i, '');
}

function birthdayOf(property: Property | null): string {
  const value = property === null ? '' : textOf(property);
  const compact = /^(\d{4})(\d{2})(\d{2})/.exec(value);
  return compact ? `${compact[1]}-${compact[2]}-${compact[3]}` : value.slice(0, 10);
}

function types(property: Property): readonly string[] {
  const type: unknown = property.getParameter('type');
  return (Array.isArray(type) ? type : [type]).flatMap((each) => (typeof each === 'string' ? each.toLowerCase().split(',') : []));
}
