import type { TmfType } from '../../../../shared/contracts/tmf/index.ts';
import type { FieldValue } from '../../../crm/index.ts';

/** Resources that belong to somebody: each has a table of its own, alike in what it is owned and told by. */
export type OwnedType = 'Product' | 'Agreement' | 'TroubleTicket' | 'CustomerBill' | 'Usage' | 'PartyInteraction';

interface OwnedTable {
  readonly table: 'product' | 'contract' | 'customer_case' | 'bill' | 'usage_told' | 'timeline_entry';
  readonly id: string;
  readonly fields: readonly string[];
  /** What stands there when nothing was said, and when it was taken away. */
  readonly unsaid: Readonly<Record<string, FieldValue>>;
  /** The column that orders a list, the latest first. */
  readonly orderedBy: string;
  /** What the row is called in the history of a record; null: too many to tell of each. */
  readonly subject: string | null;
}

export const ownedTables: Readonly<Record<OwnedType, OwnedTable>> = {
  Product: {
    table: 'product',
    id: 'product_id',
    fields: ['name', 'detail', 'serial', 'lineNumber', 'startsAt', 'warrantyEndsAt', 'quantity', 'unused', 'status'],
    unsaid: { quantity: 1, unused: 0, status: 'active' },
    orderedBy: 'product_id',
    subject: 'product',
  },
  Agreement: {
    table: 'contract',
    id: 'contract_id',
    fields: ['name', 'number', 'level', 'startsAt', 'endsAt', 'responseHours', 'resolutionHours'],
    unsaid: {},
    orderedBy: 'contract_id',
    subject: 'contract',
  },
  TroubleTicket: {
    table: 'customer_case',
    id: 'case_id',
    fields: ['kind', 'subject', 'description', 'status', 'priority', 'openedAt', 'dueAt', 'closedAt', 'outcome'],
    unsaid: { status: 'open', priority: 0, description: '' },
    orderedBy: 'opened_at',
    subject: 'case',
  },
  CustomerBill: {
    table: 'bill',
    id: 'bill_id',
    fields: ['number', 'month', 'issuedAt', 'dueAt', 'amount', 'paid', 'currency'],
    unsaid: { paid: 0 },
    orderedBy: 'issued_at',
    subject: 'bill',
  },
  Usage: {
    table: 'usage_told',
    id: 'usage_id',
    fields: ['at', 'month', 'kind', 'description', 'quantity', 'unit', 'amount', 'currency'],
    unsaid: {},
    orderedBy: 'at',
    subject: null,
  },
  PartyInteraction: {
    table: 'timeline_entry',
    id: 'entry_id',
    fields: ['at', 'kind', 'channel', 'title', 'detail', 'outcome'],
    unsaid: {},
    orderedBy: 'at',
    subject: null,
  },
};

export const isOwned = (type: TmfType): type is OwnedType => type in ownedTables;

/** `startsAt` is kept in `starts_at`. */
export function columnNamed(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function stored(value: FieldValue): string | number | null {
  return typeof value === 'boolean' ? Number(value) : value;
}

/** The fields of a row as it is stored; what is nothing is left out. */
export function fieldsOfRow(type: OwnedType, row: Readonly<Record<string, unknown>>): Record<string, FieldValue> {
  const fields = ownedTables[type].fields.map((field) => [field, row[columnNamed(field)]] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== null && value !== undefined)) as Record<string, FieldValue>;
}
