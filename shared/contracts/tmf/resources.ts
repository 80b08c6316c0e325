import * as z from 'zod/mini';
import {
  characteristics,
  common,
  filled,
  moneySchema,
  noteSchema,
  owners,
  partyCommon,
  periodSchema,
  refSchema,
  text,
  time,
} from './parts.ts';

/** TMF632. A person. `fullName`, or the two others. */
export const individualSchema = z.object({
  ...common,
  fullName: z.optional(filled(200)),
  givenName: z.optional(text(100)),
  familyName: z.optional(text(100)),
  birthDate: z.optional(time),
  languageAbility: z.optional(
    z.array(z.object({ languageCode: text(35), isFavouriteLanguage: z.optional(z.boolean()) })).check(z.maxLength(20)),
  ),
  ...partyCommon,
});

/** TMF632. A company; with the organizationType `household` a household. */
export const organizationSchema = z.object({
  ...common,
  name: filled(200),
  organizationType: z.optional(text(100)),
  organizationParentRelationship: z.optional(z.object({ relationshipType: z.optional(text(100)), organization: refSchema })),
  ...partyCommon,
});

/** TMF629. What somebody is to us: their customer number, tier, segment and stage. Who they are is the engaged party. */
export const customerSchema = z.object({
  ...common,
  name: z.optional(text(200)),
  engagedParty: refSchema,
  characteristic: z.optional(characteristics),
  contactMedium: partyCommon.contactMedium,
});

/** TMF637. A product, a line, a plan they have. */
export const productSchema = z.object({
  ...common,
  name: filled(200),
  description: z.optional(text(500)),
  status: z.optional(z.enum(['created', 'pendingActive', 'active', 'suspended', 'pendingTerminate', 'terminated', 'cancelled', 'aborted'])),
  startDate: z.optional(time),
  terminationDate: z.optional(time),
  productSerialNumber: z.optional(text(100)),
  /** `lineNumber`, `warrantyEnd`, `quantity`, `unused`, and `installedUnused` for a line nobody has used. */
  productCharacteristic: z.optional(characteristics),
  relatedParty: owners,
});

/** TMF651. A contract, with the response times it promises. */
export const agreementSchema = z.object({
  ...common,
  name: filled(200),
  documentNumber: z.optional(text(100)),
  agreementType: z.optional(text(100)),
  agreementPeriod: z.object({ startDateTime: time, endDateTime: time }),
  engagedParty: owners,
  /** `serviceLevel`, `responseHours`, `resolutionHours`. */
  characteristic: z.optional(characteristics),
});

/** TMF621. A case: complaint, serviceRequest or repair as its ticketType. */
export const troubleTicketSchema = z.object({
  ...common,
  name: z.optional(text(300)),
  description: filled(20_000),
  ticketType: text(100),
  severity: text(100),
  priority: z.optional(text(100)),
  status: z.optional(z.enum(['acknowledged', 'rejected', 'pending', 'held', 'inProgress', 'cancelled', 'closed', 'resolved'])),
  statusChangeReason: z.optional(text(500)),
  creationDate: z.optional(time),
  expectedResolutionDate: z.optional(time),
  resolutionDate: z.optional(time),
  note: z.optional(z.array(noteSchema).check(z.maxLength(500))),
  relatedParty: owners,
});

/** TMF678. A bill. What is paid is what its amount is more than what remains. */
export const customerBillSchema = z.object({
  ...common,
  billNo: filled(100),
  billDate: time,
  paymentDueDate: z.optional(time),
  billingPeriod: z.optional(periodSchema),
  amountDue: z.optional(moneySchema),
  taxIncludedAmount: moneySchema,
  remainingAmount: z.optional(moneySchema),
  state: z.optional(text(100)),
  relatedParty: owners,
});

/** TMF635. One use, or the sum of a month. Those of one month and type are added up. */
export const usageSchema = z.object({
  ...common,
  usageDate: time,
  usageType: filled(100),
  description: z.optional(text(500)),
  /** `quantity` and `unit`. */
  usageCharacteristic: z.optional(characteristics),
  ratedProductUsage: z.optional(z.array(z.object({ taxIncludedRatingAmount: moneySchema })).check(z.maxLength(100))),
  relatedParty: owners,
});

/** TMF683. A contact that happened elsewhere: a line of the timeline. */
export const partyInteractionSchema = z.object({
  ...common,
  description: filled(20_000),
  reason: z.optional(text(300)),
  direction: z.optional(z.enum(['inbound', 'outbound'])),
  status: z.optional(text(100)),
  interactionDate: z.object({ startDateTime: time, endDateTime: z.optional(time) }),
  /** The name of the first one: phone, email, sms, chat, visit. */
  channel: z.array(z.object({ id: z.optional(text(100)), name: filled(100) })).check(z.minLength(1), z.maxLength(10)),
  relatedParty: owners,
});
