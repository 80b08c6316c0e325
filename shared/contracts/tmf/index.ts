import type * as z from 'zod/mini';
import {
  agreementSchema,
  customerBillSchema,
  customerSchema,
  individualSchema,
  organizationSchema,
  partyInteractionSchema,
  productSchema,
  troubleTicketSchema,
  usageSchema,
} from './resources.ts';

/**
 * The data that other systems give us and get from us, in the shapes of the TM Forum Open APIs. One line a resource: its `@type`, where it
 * is found (`/tmf-api/API/v4/RESOURCE`), and its schema.
 */
export const tmfResources = {
  Individual: { tmf: 632, api: 'party', resource: 'individual', schema: individualSchema },
  Organization: { tmf: 632, api: 'party', resource: 'organization', schema: organizationSchema },
  Customer: { tmf: 629, api: 'customerManagement', resource: 'customer', schema: customerSchema },
  Product: { tmf: 637, api: 'productInventory', resource: 'product', schema: productSchema },
  Agreement: { tmf: 651, api: 'agreementManagement', resource: 'agreement', schema: agreementSchema },
  TroubleTicket: { tmf: 621, api: 'troubleTicket', resource: 'troubleTicket', schema: troubleTicketSchema },
  CustomerBill: { tmf: 678, api: 'customerBillManagement', resource: 'customerBill', schema: customerBillSchema },
  Usage: { tmf: 635, api: 'usageManagement', resource: 'usage', schema: usageSchema },
  PartyInteraction: { tmf: 683, api: 'partyInteractionManagement', resource: 'partyInteraction', schema: partyInteractionSchema },
} as const;

export type TmfType = keyof typeof tmfResources;
export const tmfTypes = Object.keys(tmfResources) as readonly TmfType[];
export type TmfResource<Type extends TmfType> = z.infer<(typeof tmfResources)[Type]['schema']>;

export function tmfPath(type: TmfType): string {
  const { api, resource } = tmfResources[type];
  return `/tmf-api/${api}/v4/${resource}`;
}

/** The body of every refusal. `code` is ours (see errors.ts), `reason` says it in a few words, `message` in full. */
export interface TmfError {
  readonly code: string;
  readonly reason: string;
  readonly message: string;
  readonly status: string;
}

/** One line of the answer of a bulk: in the order of the lines that were sent, from 1. */
export interface BulkLine {
  readonly line: number;
  readonly type: string | null;
  readonly externalId: string | null;
  readonly id: string | null;
  readonly outcome: 'created' | 'updated' | 'refused';
  readonly message: string | null;
}
