import { tierSchema } from '../../../shared/contracts/contact.ts';
import { stageSchema } from '../../../shared/contracts/record.ts';
import { type TmfResource, type TmfType, tmfResources, tmfTypes } from '../../../shared/contracts/tmf/index.ts';
import type { ContactMedium, Ref } from '../../../shared/contracts/tmf/parts.ts';
import type { Numbering } from '../../../shared/phone-number.ts';
import { err, ok, type Result } from '../../kernel/index.ts';
import { normaliseIdentifier } from '../record/identifiers.ts';
import { minorUnits } from './money.ts';
import type { FieldValue, ResourceRow, RowAddress, RowIdentifier } from './resource-row.ts';

export interface Reading extends Numbering {
  readonly now: number;
}

/** A resource of the wire as a row of the record; or what is wrong with it, in words. */
export function toRow(written: unknown, reading: Reading, expected?: TmfType): Result<ResourceRow, string> {
  const type = expected ?? typeOf(written);
  if (type === null) return err(`@type is ${said(written, '@type')}; expected one of ${tmfTypes.join(', ')}.`);
  const stated = typeOf(written);
  if (expected && stated && stated !== expected) return err(`@type is ${stated}; here it is ${expected}.`);
  const parsed = tmfResources[type].schema.safeParse(written, { error: () => noWords });
  if (!parsed.success) return err(inWords(parsed.error.issues));
  const mistakes: string[] = [];
  const read = readers[type] as (resource: unknown, context: Context) => Read;
  const row = read(parsed.data, { ...reading, mistake: (words) => mistakes.push(words) });
  if (mistakes.length > 0) return err(mistakes.join(' '));
  const { externalId = null, lastUpdate, id = null } = parsed.data as { externalId?: string; lastUpdate?: string; id?: string };
  return ok({
    type,
    id,
    externalId,
    at: lastUpdate === undefined ? reading.now : Date.parse(lastUpdate),
    ...{ owner: null, identifiers: [], addresses: [], companies: [], steps: [] },
    ...row,
    fields: withoutAbsent(row.fields),
  });
}

/** What a resource says, up to what all have. A field that is undefined was not said. */
interface Read extends Partial<Pick<ResourceRow, 'owner' | 'identifiers' | 'addresses' | 'companies' | 'steps'>> {
  readonly fields: Readonly<Record<string, FieldValue | undefined>>;
}

interface Context extends Reading {
  mistake(words: string): void;
}

const readers: { readonly [Type in TmfType]: (resource: TmfResource<Type>, context: Context) => Read } = {
  Individual: (resource, context) => {
    const characteristics = valuesOf(resource.partyCharacteristic);
    const name = resource.fullName?.trim() || joinedName(resource.givenName?.trim() ?? '', resource.familyName?.trim() ?? '');
    if (name === '') context.mistake('fullName is missing; a person has a fullName, or a givenName and a familyName.');
    const language = resource.languageAbility?.find((each) => each.isFavouriteLanguage) ?? resource.languageAbility?.[0];
    return {
      fields: {
        name,
        birthday: resource.birthDate?.slice(0, 10),
        locale: language && (language.languageCode.toLowerCase().startsWith('zh') ? 'zh' : 'en'),
        title: textOf(characteristics.position),
        prefersChannel: oneOf(characteristics.preferredChannel, ['voice', 'email', 'sms', 'chat', 'document'], 'preferredChannel', context),
        allowsRecording: flagOf(characteristics.allowsRecording),
        allowsCallOffers: flagOf(characteristics.allowsCallOffers),
        allowsSmsOffers: flagOf(characteristics.allowsSmsOffers),
        allowsEmailOffers: flagOf(characteristics.allowsEmailOffers),
        ...standing(characteristics, context),
      },
      ...media(resource.contactMedium, context),
      companies: (resource.relatedParty ?? [])
        .filter((party) => (party['@referredType'] ?? 'Organization') === 'Organization')
        .map((party) => ({ ref: party.id, role: party.role ?? null })),
    };
  },

  Organization: (resource, context) => {
    const characteristics = valuesOf(resource.partyCharacteristic);
    return {
      fields: {
        name: resource.name.trim(),
        kind: resource.organizationType === undefined ? undefined : /household/i.test(resource.organizationType) ? 'household' : 'company',
        industry: textOf(characteristics.industry),
        ...standing(characteristics, context),
      },
      owner: resource.organizationParentRelationship?.organization.id ?? null,
      ...media(resource.contactMedium, context),
    };
  },

  Customer: (resource, context) => {
    const reached = media(resource.contactMedium, context);
    const number = resource.externalId?.trim();
    return {
      fields: standing(valuesOf(resource.characteristic), context),
      owner: resource.engagedParty.id,
      ...reached,
      // The number by which a customer names themselves, to us and to the voice menu.
      identifiers: [...reached.identifiers, ...(number ? [{ kind: 'externalId' as const, value: number, extension: null }] : [])],
    };
  },

  Product: (resource, context) => {
    const characteristics = valuesOf(resource.productCharacteristic);
    const line = textOf(characteristics.lineNumber);
    const number = line ? normaliseIdentifier('phone', line, context) : null;
    if (line && !number) context.mistake(`productCharacteristic lineNumber is ${quoted(line)}; expected a telephone number.`);
    const isUnused = flagOf(characteristics.installedUnused) === true;
    return {
      fields: {
        name: resource.name.trim(),
        detail: resource.description,
        serial: resource.productSerialNumber,
        lineNumber: number?.value ?? (line === null ? null : undefined),
        startsAt: timeOf(resource.startDate),
        warrantyEndsAt: characteristicTime(characteristics.warrantyEnd, 'warrantyEnd', context),
        quantity: wholeOf(characteristics.quantity, 'quantity', context),
        unused: wholeOf(characteristics.unused, 'unused', context),
        status: resource.status === undefined ? (isUnused ? 'installedUnused' : undefined) : productStatus(resource.status, isUnused),
      },
      owner: ownerOf(resource.relatedParty),
    };
  },

  Agreement: (resource, context) => {
    const characteristics = valuesOf(resource.characteristic);
    return {
      fields: {
        name: resource.name.trim(),
        number: resource.documentNumber,
        level: textOf(characteristics.serviceLevel),
        startsAt: Date.parse(resource.agreementPeriod.startDateTime),
        endsAt: Date.parse(resource.agreementPeriod.endDateTime),
        responseHours: wholeOf(characteristics.responseHours, 'responseHours', context),
        resolutionHours: wholeOf(characteristics.resolutionHours, 'resolutionHours', context),
      },
      owner: ownerOf(resource.engagedParty),
    };
  },

  TroubleTicket: (resource, context) => {
    const openedAt = timeOf(resource.creationDate) ?? context.now;
    const subject =
      resource.name?.trim() || resource.description.trim().split('\n', 1)[0]?.slice(0, 300) || resource.description.slice(0, 300);
    const status = resource.status === undefined ? undefined : ticketStatus[resource.status];
    const isOver = status === 'closed' || status === 'solved';
    return {
      fields: {
        kind: ticketKind(resource.ticketType),
        subject,
        description: resource.description,
        status,
        priority:
          resource.priority === undefined && resource.severity === undefined ? undefined : urgency(resource.priority ?? resource.severity),
        openedAt,
        dueAt: timeOf(resource.expectedResolutionDate),
        closedAt: isOver
          ? (timeOf(resource.resolutionDate) ?? timeOf(resource.lastUpdate) ?? context.now)
          : timeOf(resource.resolutionDate),
        outcome: resource.statusChangeReason,
      },
      owner: ownerOf(resource.relatedParty),
      steps: (resource.note ?? []).map((note, index) => ({
        id: note.id ?? `${note.date ?? index}`,
        at: timeOf(note.date) ?? openedAt,
        author: note.author ?? '',
        text: note.text,
      })),
    };
  },

  CustomerBill: (resource, context) => {
    const { taxIncludedAmount: whole, remainingAmount: left, amountDue } = resource;
    const issuedAt = Date.parse(resource.billDate);
    const remaining = left ?? amountDue;
    if (remaining && remaining.unit !== whole.unit)
      context.mistake(`remainingAmount is in ${remaining.unit}; expected ${whole.unit}, as taxIncludedAmount.`);
    const amount = minorUnits(whole);
    const isSettled = /^settled$/i.test(resource.state ?? '');
    return {
      fields: {
        number: resource.billNo.trim(),
        month: (resource.billingPeriod?.startDateTime ?? resource.billDate).slice(0, 7),
        issuedAt,
        dueAt: timeOf(resource.paymentDueDate) ?? issuedAt,
        amount,
        paid: isSettled ? amount : remaining ? amount - minorUnits(remaining) : undefined,
        currency: whole.unit,
      },
      owner: ownerOf(resource.relatedParty),
    };
  },

  Usage: (resource, context) => {
    const characteristics = valuesOf(resource.usageCharacteristic);
    const rated = resource.ratedProductUsage ?? [];
    const currencies = new Set(rated.map((each) => each.taxIncludedRatingAmount.unit));
    if (currencies.size > 1) context.mistake(`ratedProductUsage is in ${[...currencies].join(' and ')}; expected one currency.`);
    const quantity = characteristics.quantity;
    if (quantity !== undefined && !Number.isFinite(Number(quantity)))
      context.mistake(`usageCharacteristic quantity is ${quoted(String(quantity))}; expected a number.`);
    return {
      fields: {
        at: Date.parse(resource.usageDate),
        month: resource.usageDate.slice(0, 7),
        kind: resource.usageType.trim(),
        description: resource.description,
        quantity: Number(quantity ?? 1),
        unit: textOf(characteristics.unit) ?? '',
        amount: rated.reduce((sum, each) => sum + minorUnits(each.taxIncludedRatingAmount), 0),
        currency: [...currencies][0] ?? 'CNY',
      },
      owner: ownerOf(resource.relatedParty),
    };
  },

  PartyInteraction: (resource) => {
    const name = resource.channel[0]?.name ?? '';
    return {
      fields: {
        at: Date.parse(resource.interactionDate.startDateTime),
        kind: interactionKind(name),
        channel: name,
        title: resource.reason?.trim() || resource.description.trim().split('\n', 1)[0]?.slice(0, 200) || name,
        detail: resource.description,
        outcome: resource.status,
      },
      owner: ownerOf(resource.relatedParty),
    };
  },
};

function typeOf(written: unknown): TmfType | null {
  const type: unknown = typeof written === 'object' && written !== null ? Reflect.get(written, '@type') : undefined;
  return tmfTypes.find((each) => each === type) ?? null;
}

type Values = Readonly<Record<string, string | number | boolean>>;
const valuesOf = (list: readonly { readonly name: string; readonly value: string | number | boolean }[] = []): Values =>
  Object.fromEntries(list.map(({ name, value }) => [name, value]));

/** Tier, segment, stage and office, which people and companies have alike. */
function standing(values: Values, context: Context) {
  return {
    tier: oneOf(values.tier, tierSchema.options, 'tier', context),
    segment: textOf(values.segment),
    stage: oneOf(values.stage, stageSchema.options, 'stage', context),
    orgUnitId: textOf(values.orgUnit),
  };
}

function media(list: readonly ContactMedium[] = [], context: Context): { identifiers: RowIdentifier[]; addresses: RowAddress[] } {
  const identifiers: RowIdentifier[] = [];
  const addresses: RowAddress[] = [];
  for (const { mediumType, characteristic } of list) {
    const { phoneNumber, emailAddress, street1, street2, city, stateOrProvince, postCode, country, contactType } = characteristic;
    if (/fax/i.test(mediumType)) continue;
    for (const [kind, value] of [
      ['phone', phoneNumber],
      ['email', emailAddress],
    ] as const) {
      if (value === undefined || value.trim() === '') continue;
      const normal = normaliseIdentifier(kind, value, context);
      if (normal) identifiers.push({ kind: normal.kind as RowIdentifier['kind'], value: normal.value, extension: normal.extension });
      else context.mistake(`contactMedium is ${quoted(value)}; expected ${kind === 'email' ? 'an e-mail address' : 'a telephone number'}.`);
    }
    const lines = [street1, street2].filter((line) => line?.trim()).join('\n');
    if (lines === '' && !city) continue;
    addresses.push({
      kind: addressKind(contactType),
      lines,
      city: city ?? null,
      region: stateOrProvince ?? null,
      postalCode: postCode ?? null,
      country: country && /^[A-Z]{2}$/.test(country) ? country : null,
    });
  }
  return { identifiers, addresses };
}

function addressKind(contactType = ''): RowAddress['kind'] {
  if (/bill/i.test(contactType)) return 'billing';
  if (/site|install/i.test(contactType)) return 'site';
  return /work|office|business/i.test(contactType) ? 'work' : 'home';
}

function ownerOf(parties: readonly Ref[]): string | null {
  return (parties.find(({ role }) => role === undefined || /^customer$/i.test(role)) ?? parties[0])?.id ?? null;
}

/** Chinese names have the family's name first and no space. */
function joinedName(given: string, family: string): string {
  if (/\p{Script=Han}/u.test(family + given)) return family + given;
  return `${given} ${family}`.trim();
}

function oneOf(value: string | number | boolean | undefined, known: readonly string[], what: string, context: Context): string | undefined {
  if (value === undefined || known.includes(String(value))) return value === undefined ? undefined : String(value);
  context.mistake(`The characteristic ${what} is ${quoted(String(value))}; expected one of ${known.join(', ')}.`);
  return undefined;
}

function wholeOf(value: string | number | boolean | undefined, what: string, context: Context): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (Number.isInteger(number) && number >= 0 && number <= 1e9) return number;
  context.mistake(`The characteristic ${what} is ${quoted(String(value))}; expected a whole number.`);
  return undefined;
}

function characteristicTime(value: string | number | boolean | undefined, what: string, context: Context): number | undefined {
  if (value === undefined) return undefined;
  const at = Date.parse(String(value));
  if (!Number.isNaN(at)) return at;
  context.mistake(`The characteristic ${what} is ${quoted(String(value))}; expected a day such as 2026-10-01.`);
  return undefined;
}

const textOf = (value: string | number | boolean | undefined) => (value === undefined ? undefined : String(value).trim());
const flagOf = (value: string | number | boolean | undefined) =>
  value === undefined ? undefined : value === true || value === 1 || /^(true|yes|1)$/i.test(String(value));
const timeOf = (written: string | undefined) => (written === undefined ? undefined : Date.parse(written));

function productStatus(status: NonNullable<TmfResource<'Product'>['status']>, isUnused: boolean): string {
  if (status === 'active') return isUnused ? 'installedUnused' : 'active';
  return ['created', 'pendingActive', 'suspended'].includes(status) ? 'suspended' : 'ended';
}

const ticketStatus = {
  acknowledged: 'open',
  inProgress: 'inProgress',
  pending: 'waiting',
  held: 'waiting',
  resolved: 'solved',
  closed: 'closed',
  cancelled: 'closed',
  rejected: 'closed',
} as const;

function ticketKind(type: string): string {
  if (/complain/i.test(type)) return 'complaint';
  return /repair|fault|incident|trouble/i.test(type) ? 'repair' : 'serviceRequest';
}

function urgency(priority: string): number {
  if (/urgent|critical|^1$/i.test(priority)) return 2;
  return /high|major|^2$/i.test(priority) ? 1 : 0;
}

function interactionKind(channel: string): string {
  if (/mail/i.test(channel)) return 'email';
  if (/sms|text/i.test(channel)) return 'sms';
  if (/chat|messag|wechat|social/i.test(channel)) return 'chat';
  if (/visit|store|shop|face/i.test(channel)) return 'visit';
  return /phone|voice|call|telephone/i.test(channel) ? 'call' : 'note';
}

function withoutAbsent(fields: Readonly<Record<string, FieldValue | undefined>>): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, FieldValue] => entry[1] !== undefined));
}

/** Where a schema has no words of its own, whatever language was loaded for all of zod. */
const noWords = 'Invalid input';

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly expected?: unknown;
  readonly values?: readonly unknown[];
  readonly maximum?: unknown;
}

/** One sentence a place, of the first ten. */
function inWords(issues: readonly Issue[]): string {
  const first = issues.filter((issue, index) => issues.findIndex((each) => each.path.join('/') === issue.path.join('/')) === index);
  return first.slice(0, 10).map(issueInWords).join(' ');
}

function issueInWords(issue: Issue): string {
  const where = issue.path.map(String).join('/') || 'The resource';
  if (issue.values) return `${where} is not one of ${issue.values.map(String).join(', ')}.`;
  if (issue.code === 'invalid_type') return `${where} is missing or is no ${String(issue.expected)}.`;
  if (issue.code === 'too_big') return `${where} is longer than ${String(issue.maximum)}.`;
  if (issue.code === 'too_small') return `${where} is empty.`;
  return issue.message === noWords ? `${where} does not fit.` : `${where}: expected ${issue.message}.`;
}

const quoted = (text: string) => `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
function said(written: unknown, name: string): string {
  const value: unknown = typeof written === 'object' && written !== null ? Reflect.get(written, name) : undefined;
  return value === undefined ? 'missing' : quoted(typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'));
}
