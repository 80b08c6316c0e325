import * as z from 'zod/mini';

/** What the resources of the TM Forum Open APIs (v4) are made of, as far as we take and give it. Fields nobody here knows are let by. */
export const text = (most: number) => z.string().check(z.maxLength(most));
export const filled = (most: number) => z.string().check(z.regex(/\S/, 'some text'), z.maxLength(most));
export const time = z.string().check(
  z.regex(
    /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2}))?$/,
    'a time such as 2026-10-01T08:00:00+08:00, or a day such as 2026-10-01',
  ),
  z.refine((written) => !Number.isNaN(Date.parse(written)), 'a day that is in the calendar'),
);

/** Names another resource: by the id we gave it, or by the `externalId` under which the same source told us of it. */
export const refSchema = z.object({
  id: filled(200),
  href: z.optional(text(500)),
  name: z.optional(text(200)),
  role: z.optional(text(100)),
  '@referredType': z.optional(text(100)),
});
export type Ref = z.infer<typeof refSchema>;

export const periodSchema = z.object({ startDateTime: z.optional(time), endDateTime: z.optional(time) });

/** In major units: 12.5 of EUR. */
export const moneySchema = z.object({
  unit: z.string().check(z.regex(/^[A-Z]{3}$/, 'a currency by its three capital letters, such as CNY')),
  value: z.number().check(z.gte(-1e12), z.lte(1e12)),
});

export const characteristicSchema = z.object({
  name: filled(100),
  value: z.union([text(2_000), z.number(), z.boolean()]),
  valueType: z.optional(text(100)),
});

export const contactMediumSchema = z.object({
  /** `mobile`, `telephone`, `email` or `postalAddress`; another one is let by. */
  mediumType: filled(100),
  preferred: z.optional(z.boolean()),
  characteristic: z.object({
    contactType: z.optional(text(100)),
    phoneNumber: z.optional(text(100)),
    emailAddress: z.optional(text(320)),
    street1: z.optional(text(250)),
    street2: z.optional(text(250)),
    city: z.optional(text(100)),
    stateOrProvince: z.optional(text(100)),
    postCode: z.optional(text(20)),
    country: z.optional(text(100)),
  }),
});
export type ContactMedium = z.infer<typeof contactMediumSchema>;

export const noteSchema = z.object({
  id: z.optional(text(200)),
  author: z.optional(text(200)),
  date: z.optional(time),
  text: filled(20_000),
});

/** What every resource may have. `id`, `href` are ours, whatever is sent. */
export const common = {
  id: z.optional(text(200)),
  href: z.optional(text(500)),
  /** Theirs. The same again, from the same source, is the same resource. */
  externalId: z.optional(filled(200)),
  /** Of when it is: goes with every value as its provenance. Now, where it is absent. */
  lastUpdate: z.optional(time),
  '@type': z.optional(text(100)),
} as const;

const characteristics = z.array(characteristicSchema).check(z.maxLength(100));
export const partyCommon = {
  contactMedium: z.optional(z.array(contactMediumSchema).check(z.maxLength(50))),
  partyCharacteristic: z.optional(characteristics),
  relatedParty: z.optional(z.array(refSchema).check(z.maxLength(50))),
} as const;
export { characteristics };

/** Whose it is: the first one whose role is `customer` or that has none. */
export const owners = z.array(refSchema).check(z.minLength(1), z.maxLength(50));
