import { type TmfResource, type TmfType, tmfPath } from '../../../shared/contracts/tmf/index.ts';
import { majorUnits } from './money.ts';
import type { FieldValue, ResourceRow, RowAddress, RowIdentifier } from './resource-row.ts';

/** A row of the record with whose it is, as other systems are told of it. */
export interface StoredResource extends ResourceRow {
  readonly id: string;
  readonly ownerName: string | null;
  readonly ownerKind: 'Individual' | 'Organization' | null;
}

export type WireResource = Readonly<Record<string, unknown>> & { readonly id: string; readonly '@type': TmfType };

/** The shape of the wire. Read again by `toRow` it is the row it was made of. */
export function toResource(row: StoredResource): WireResource {
  const written = (writers[row.type] as (row: StoredResource, fields: Fields) => object)(row, row.fields);
  const whole = {
    id: row.id,
    href: `${tmfPath(row.type)}/${encodeURIComponent(row.id)}`,
    '@type': row.type,
    externalId: row.externalId,
    lastUpdate: iso(row.at),
    ...written,
  };
  return withoutNothing(whole) as WireResource;
}

type Fields = Readonly<Record<string, FieldValue>>;
type Written<Type extends TmfType> = { readonly [Name in keyof TmfResource<Type>]?: unknown };

const writers: { readonly [Type in TmfType]: (row: StoredResource, fields: Fields) => Written<Type> } = {
  Individual: (row, fields) => ({
    fullName: fields.name,
    // A birthday without its year is told to nobody: the field is a date.
    birthDate: /^\d{4}-/.test(String(fields.birthday)) ? fields.birthday : null,
    languageAbility: fields.locale ? [{ languageCode: fields.locale, isFavouriteLanguage: true }] : null,
    contactMedium: mediaOf(row),
    partyCharacteristic: characteristics({
      position: fields.title,
      ...standing(fields),
      preferredChannel: fields.prefersChannel,
      allowsRecording: fields.allowsRecording,
      allowsCallOffers: fields.allowsCallOffers,
      allowsSmsOffers: fields.allowsSmsOffers,
      allowsEmailOffers: fields.allowsEmailOffers,
    }),
    relatedParty:
      row.companies.length === 0 ? null : row.companies.map(({ ref, role }) => ({ id: ref, role, '@referredType': 'Organization' })),
  }),
  Organization: (row, fields) => ({
    name: fields.name,
    organizationType: fields.kind,
    contactMedium: mediaOf(row),
    partyCharacteristic: characteristics({ industry: fields.industry, ...standing(fields) }),
    organizationParentRelationship: row.owner
      ? { relationshipType: 'parent', organization: { id: row.owner, name: row.ownerName, '@referredType': 'Organization' } }
      : null,
  }),
  Customer: (row, fields) => ({
    name: row.ownerName,
    engagedParty: { id: row.owner, name: row.ownerName, '@referredType': row.ownerKind },
    characteristic: characteristics(standing(fields)),
    contactMedium: mediaOf(row),
  }),
  Product: (row, fields) => ({
    name: fields.name,
    description: fields.detail,
    status: fields.status === 'ended' ? 'terminated' : fields.status === 'suspended' ? 'suspended' : 'active',
    startDate: isoOf(fields.startsAt),
    productSerialNumber: fields.serial,
    productCharacteristic: characteristics({
      lineNumber: fields.lineNumber,
      warrantyEnd: isoOf(fields.warrantyEndsAt),
      quantity: fields.quantity,
      unused: fields.unused,
      installedUnused: fields.status === 'installedUnused' ? true : null,
    }),
    relatedParty: ownerRef(row),
  }),
  Agreement: (row, fields) => ({
    name: fields.name,
    documentNumber: fields.number,
    agreementPeriod: { startDateTime: isoOf(fields.startsAt), endDateTime: isoOf(fields.endsAt) },
    characteristic: characteristics({
      serviceLevel: fields.level,
      responseHours: fields.responseHours,
      resolutionHours: fields.resolutionHours,
    }),
    engagedParty: ownerRef(row),
  }),
  TroubleTicket: (row, fields) => ({
    name: fields.subject,
    description: fields.description === '' ? fields.subject : fields.description,
    ticketType: fields.kind,
    severity: severities[Number(fields.priority)] ?? 'minor',
    priority: ['normal', 'high', 'urgent'][Number(fields.priority)] ?? 'normal',
    status: ticketStatus[String(fields.status)] ?? 'acknowledged',
    statusChangeReason: fields.outcome,
    creationDate: isoOf(fields.openedAt),
    expectedResolutionDate: isoOf(fields.dueAt),
    resolutionDate: isoOf(fields.closedAt),
    note: row.steps.length === 0 ? null : row.steps.map(({ id, at, author, text }) => ({ id, date: iso(at), author, text })),
    relatedParty: ownerRef(row),
  }),
  CustomerBill: (row, fields) => {
    const [amount, paid, currency] = [Number(fields.amount), Number(fields.paid), String(fields.currency)];
    return {
      billNo: fields.number,
      billDate: isoOf(fields.issuedAt),
      paymentDueDate: isoOf(fields.dueAt),
      billingPeriod: { startDateTime: `${String(fields.month)}-01` },
      amountDue: majorUnits(amount - paid, currency),
      taxIncludedAmount: majorUnits(amount, currency),
      remainingAmount: majorUnits(amount - paid, currency),
      state: paid >= amount ? 'settled' : paid > 0 ? 'partiallyPaid' : 'sent',
      relatedParty: ownerRef(row),
    };
  },
  Usage: (row, fields) => ({
    usageDate: isoOf(fields.at),
    usageType: fields.kind,
    description: fields.description,
    usageCharacteristic: characteristics({ quantity: fields.quantity, unit: fields.unit }),
    ratedProductUsage: [{ taxIncludedRatingAmount: majorUnits(Number(fields.amount), String(fields.currency)) }],
    relatedParty: ownerRef(row),
  }),
  PartyInteraction: (row, fields) => ({
    description: fields.detail || fields.title,
    reason: fields.title,
    status: fields.outcome,
    interactionDate: { startDateTime: isoOf(fields.at) },
    channel: [{ name: fields.channel ?? fields.kind }],
    relatedParty: ownerRef(row),
  }),
};

const severities = ['minor', 'major', 'critical'];
const ticketStatus: Readonly<Record<string, string>> = {
  open: 'acknowledged',
  inProgress: 'inProgress',
  waiting: 'pending',
  solved: 'resolved',
  closed: 'closed',
};

const standing = (fields: Fields) => ({ tier: fields.tier, segment: fields.segment, stage: fields.stage, orgUnit: fields.orgUnitId });

function ownerRef({ owner, ownerName, ownerKind }: StoredResource) {
  return owner === null ? null : [{ id: owner, name: ownerName, role: 'customer', '@referredType': ownerKind }];
}

function characteristics(values: Readonly<Record<string, FieldValue | undefined>>) {
  const list = Object.entries(values).flatMap(([name, value]) =>
    value === null || value === undefined || value === '' ? [] : [{ name, value, valueType: typeof value }],
  );
  return list.length === 0 ? null : list;
}

function mediaOf({ identifiers, addresses }: ResourceRow) {
  const media = [...identifiers.flatMap(reachedBy), ...addresses.map(addressMedium)];
  return media.length === 0 ? null : media;
}

function reachedBy({ kind, value, extension }: RowIdentifier): readonly object[] {
  if (kind === 'email') return [{ mediumType: 'email', characteristic: { emailAddress: value } }];
  if (kind !== 'mobile' && kind !== 'phone') return [];
  const phoneNumber = extension ? `${value} ext. ${extension}` : value;
  return [{ mediumType: kind === 'mobile' ? 'mobile' : 'telephone', characteristic: { phoneNumber } }];
}

function addressMedium({ kind, lines, city, region, postalCode, country }: RowAddress): object {
  const [street1, ...more] = lines.split('\n');
  return {
    mediumType: 'postalAddress',
    characteristic: {
      contactType: kind,
      street1,
      street2: more.join(' ') || null,
      city,
      stateOrProvince: region,
      postCode: postalCode,
      country,
    },
  };
}

const iso = (at: number) => new Date(at).toISOString();
const isoOf = (at: FieldValue | undefined) => (typeof at === 'number' ? iso(at) : null);

function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null && inner !== undefined)
      .map(([name, inner]) => [name, withoutNothing(inner)]),
  );
}
