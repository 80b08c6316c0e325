import type { Channel, Locale, Tier } from '../../../shared/contracts/contact.ts';
import type { ImportMapping, ImportProblem, ImportTarget } from '../../../shared/contracts/imports.ts';
import type { IdentifierKind, Stage } from '../../../shared/contracts/record.ts';
import { type NormalisedNumber, type Numbering, normaliseNumber } from '../../../shared/phone-number.ts';
import { withoutGuard } from '../export/csv-lines.ts';
import { nameKey, plainText } from '../names/name-key.ts';
import type { CustomField } from './guess-mapping.ts';
import { channelOf, countryOf, dayOf, emailOf, expectedWords, hasLostDigits, localeOf, stageOf, tierOf, yesNoOf } from './values.ts';

/** What a row says of somebody; what it does not say is not there. */
export interface ImportedFields {
  name?: string;
  title?: string;
  tier?: Tier;
  segment?: string;
  stage?: Stage;
  locale?: Locale;
  birthday?: string;
  orgUnitId?: string;
  prefersChannel?: Channel;
  allowsSmsOffers?: boolean;
  allowsEmailOffers?: boolean;
  allowsCallOffers?: boolean;
  allowsRecording?: boolean;
}
export interface ImportedIdentifier {
  readonly kind: IdentifierKind;
  /** As it is compared: E.164, lower case. */
  readonly value: string;
  readonly extension: string | null;
}
export interface ImportedAddress {
  readonly lines: string;
  readonly city: string | null;
  readonly region: string | null;
  readonly postalCode: string | null;
  readonly country: string | null;
}
export interface ImportedPerson {
  readonly row: number;
  readonly name: string;
  /** As names are compared. Made where the row is read, so that the writer does not. */
  readonly nameKey: string;
  readonly fields: ImportedFields;
  readonly custom: Readonly<Record<string, string | number | boolean>>;
  readonly identifiers: readonly ImportedIdentifier[];
  readonly company: string | null;
  readonly companyKey: string | null;
  readonly companyRole: string | null;
  readonly address: ImportedAddress | null;
  readonly note: string | null;
}

export interface ReadingContext extends Numbering {
  readonly header: readonly string[];
  readonly customFields: readonly CustomField[];
  /** Offices by id and by either name, of those the importing user may fill. */
  readonly orgUnits: readonly { readonly id: string; readonly name: { readonly en: string; readonly zh: string } }[];
}

type Problem = Omit<ImportProblem, 'row' | 'column'>;
export type RowReader = (row: number, cells: readonly string[]) => ImportedPerson | readonly ImportProblem[];

const foundCharacters = 80;
export function cut(found: string): string {
  return found.length <= foundCharacters ? found : `${found.slice(0, foundCharacters - 1)}…`;
}

/** A row in the making. */
interface Draft {
  name: string;
  readonly fields: ImportedFields;
  readonly custom: Record<string, string | number | boolean>;
  readonly identifiers: ImportedIdentifier[];
  company: string | null;
  companyRole: string | null;
  readonly address: { lines: string; city: string | null; region: string | null; postalCode: string | null; country: string | null };
  note: string | null;
}
type CellReader = (text: string, draft: Draft) => Problem | null;

/** The mapping, made into one function a row. Every problem of a row is told, and then nothing of it is taken. */
export function compileMapping(mapping: Pick<ImportMapping, 'columns'>, context: ReadingContext): RowReader {
  const readers = mapping.columns.map((target) => cellReader(target, context));
  const columnName = (at: number) => context.header[at] ?? null;
  return (row, cells) => {
    const draft: Draft = {
      name: '',
      fields: {},
      custom: {},
      identifiers: [],
      company: null,
      companyRole: null,
      address: { lines: '', city: null, region: null, postalCode: null, country: null },
      note: null,
    };
    let problems: ImportProblem[] | null = null;
    for (let at = 0; at < cells.length; at++) {
      const text = cells[at] ?? '';
      const reader = readers[at];
      if (reader === undefined && text.trim() !== '') {
        (problems ??= []).push({
          row,
          column: null,
          code: 'wrongColumnCount',
          found: String(cells.length),
          expected: String(readers.length),
        });
        break;
      }
      if (!reader || text === '') continue;
      const trimmed = withoutGuard(text).trim();
      if (trimmed === '') continue;
      const problem = reader(trimmed, draft);
      if (problem) (problems ??= []).push({ row, column: columnName(at), ...problem });
    }
    if (draft.name === '' && !problems?.some(({ code }) => code === 'wrongColumnCount')) {
      const at = mapping.columns.indexOf('name');
      (problems ??= []).push({ row, column: columnName(at), code: 'noName', found: '', expected: '' });
    }
    if (problems) return problems;
    const { address, ...rest } = draft;
    return {
      row,
      ...rest,
      nameKey: nameKey(draft.name),
      companyKey: draft.company === null ? null : nameKey(draft.company),
      address: isEmptyAddress(address) ? null : address,
    };
  };
}

function isEmptyAddress({ lines, city, region, postalCode }: Draft['address']): boolean {
  return lines === '' && city === null && region === null && postalCode === null;
}

function cellReader(target: ImportTarget, context: ReadingContext): CellReader | null {
  if (target === 'skip') return null;
  if (target.startsWith('custom:')) return customReader(target.slice('custom:'.length), context);
  const reader = readers[target as keyof typeof readers];
  return reader ? (text, draft) => reader(text, draft, context) : null;
}

const tooLong = (text: string, most: number): Problem => ({ code: 'tooLong', found: cut(text), expected: String(most) });
const unknown = (text: string, expected: string): Problem => ({ code: 'unknownValue', found: cut(text), expected });

/** Text in one line, of at most so many characters. */
function line(most: number, set: (text: string, draft: Draft) => void) {
  return (text: string, draft: Draft): Problem | null => {
    const plain = /[\r\n\t]/.test(text) ? text.replace(/\s+/g, ' ') : text;
    if (plain.length > most) return tooLong(plain, most);
    set(plain, draft);
    return null;
  };
}

function word<Value>(of: (text: string) => Value | null, expected: string, set: (value: Value, draft: Draft) => void) {
  return (text: string, draft: Draft): Problem | null => {
    const value = of(text);
    if (value === null) return unknown(text, expected);
    set(value, draft);
    return null;
  };
}

function number(kind: 'mobile' | 'phone') {
  return (text: string, draft: Draft, context: ReadingContext): Problem | null => {
    if (hasLostDigits(text)) return { code: 'numberLostDigits', found: cut(text), expected: '' };
    const whole = read(text);
    const parts = whole ? [whole] : text.split(/[,;/、，；\n]|\s{2,}/).map((part) => read(part.trim()) ?? part.trim());
    const identifiers: ImportedIdentifier[] = [];
    for (const part of parts) {
      if (part === '') continue;
      if (typeof part === 'string') return { code: 'badNumber', found: cut(text), expected: '' };
      if (part.kind === 'anonymous') continue;
      const isMobile = part.kind === 'e164' && part.type === 'mobile';
      const shown = part.kind === 'e164' && part.type === 'fixed' ? 'phone' : isMobile ? 'mobile' : kind;
      identifiers.push({ kind: shown, value: part.value, extension: part.kind === 'e164' ? part.extension : null });
    }
    for (const identifier of identifiers) add(draft, identifier);
    return null;

    function read(written: string): Exclude<NormalisedNumber, { kind: 'invalid' }> | null {
      const normalised = normaliseNumber(written, context);
      // A short code or an own extension is nobody's number in a list of customers.
      return normalised.kind === 'e164' || normalised.kind === 'anonymous' ? normalised : null;
    }
  };
}

function add(draft: Draft, identifier: ImportedIdentifier): void {
  if (!draft.identifiers.some(({ value }) => value === identifier.value)) draft.identifiers.push(identifier);
}

function key(kind: 'externalId' | 'membership') {
  return (text: string, draft: Draft): Problem | null => {
    if (hasLostDigits(text)) return { code: 'numberLostDigits', found: cut(text), expected: '' };
    if (text.length > 100) return tooLong(text, 100);
    add(draft, { kind, value: plainText(text).replace(/\s+/g, ' ').trim(), extension: null });
    return null;
  };
}

const readers: Partial<Record<ImportTarget, (text: string, draft: Draft, context: ReadingContext) => Problem | null>> = {
  name: line(200, (text, draft) => {
    draft.name = text.toWellFormed();
    draft.fields.name = draft.name;
  }),
  title: line(200, (text, draft) => (draft.fields.title = text)),
  mobile: number('mobile'),
  phone: number('phone'),
  email: (text, draft) => {
    const whole = emailOf(text);
    const parts = whole
      ? [whole]
      : text
          .split(/[,;、，；\s]+/)
          .filter((part) => part !== '')
          .map(emailOf);
    if (parts.length === 0 || parts.includes(null)) return { code: 'badEmail', found: cut(text), expected: '' };
    for (const part of parts) if (part) add(draft, { kind: 'email', value: part, extension: null });
    return null;
  },
  externalId: key('externalId'),
  membership: key('membership'),
  company: line(200, (text, draft) => (draft.company = text.toWellFormed())),
  companyRole: line(100, (text, draft) => (draft.companyRole = text)),
  tier: word(tierOf, expectedWords.tier, (tier, draft) => (draft.fields.tier = tier)),
  segment: line(100, (text, draft) => (draft.fields.segment = text)),
  stage: word(stageOf, expectedWords.stage, (stage, draft) => (draft.fields.stage = stage)),
  locale: word(localeOf, expectedWords.locale, (locale, draft) => (draft.fields.locale = locale)),
  birthday: (text, draft) => {
    const day = dayOf(text);
    if (day === null) return { code: 'badDate', found: cut(text), expected: 'YYYY-MM-DD' };
    draft.fields.birthday = day;
    return null;
  },
  orgUnit: (text, draft, { orgUnits }) => {
    const wanted = text.toLowerCase();
    const unit = orgUnits.find(({ id, name }) => [id, name.en, name.zh].some((each) => each.toLowerCase() === wanted));
    if (!unit) return { code: 'unknownOrgUnit', found: cut(text), expected: '' };
    draft.fields.orgUnitId = unit.id;
    return null;
  },
  addressLines: (text, draft) => {
    if (text.length > 500) return tooLong(text, 500);
    draft.address.lines = text;
    return null;
  },
  city: line(100, (text, draft) => (draft.address.city = text)),
  region: line(100, (text, draft) => (draft.address.region = text)),
  postalCode: line(20, (text, draft) => (draft.address.postalCode = text)),
  country: word(countryOf, expectedWords.country, (country, draft) => (draft.address.country = country)),
  prefersChannel: word(channelOf, expectedWords.channel, (channel, draft) => (draft.fields.prefersChannel = channel)),
  allowsSmsOffers: word(yesNoOf, expectedWords.yesNo, (allows, draft) => (draft.fields.allowsSmsOffers = allows)),
  allowsEmailOffers: word(yesNoOf, expectedWords.yesNo, (allows, draft) => (draft.fields.allowsEmailOffers = allows)),
  allowsCallOffers: word(yesNoOf, expectedWords.yesNo, (allows, draft) => (draft.fields.allowsCallOffers = allows)),
  allowsRecording: word(yesNoOf, expectedWords.yesNo, (allows, draft) => (draft.fields.allowsRecording = allows)),
  note: (text, draft) => {
    const note = draft.note === null ? text : `${draft.note}\n${text}`;
    if (note.length > 20_000) return tooLong(text, 20_000);
    draft.note = note;
    return null;
  },
};

function customReader(id: string, { customFields }: ReadingContext): CellReader {
  const field = customFields.find((each) => each.id === id);
  return (text, draft) => {
    switch (field?.kind) {
      case 'number': {
        const value = Number(text.replace(/[\s,]/g, ''));
        if (!Number.isFinite(value)) return unknown(text, '123.45');
        draft.custom[id] = value;
        return null;
      }
      case 'flag': {
        const value = yesNoOf(text);
        if (value === null) return unknown(text, expectedWords.yesNo);
        draft.custom[id] = value;
        return null;
      }
      case 'day': {
        const day = dayOf(text);
        if (day === null) return { code: 'badDate', found: cut(text), expected: 'YYYY-MM-DD' };
        draft.custom[id] = day;
        return null;
      }
      case 'choice': {
        const wanted = text.toLowerCase();
        const choice = field.choices.find((each) => [each.id, each.name.en, each.name.zh].some((name) => name.toLowerCase() === wanted));
        if (choice === undefined) return unknown(text, field.choices.map((each) => each.name.en).join(', '));
        draft.custom[id] = choice.id;
        return null;
      }
      default:
        if (text.length > 2_000) return tooLong(text, 2_000);
        draft.custom[id] = text;
        return null;
    }
  };
}
