import * as z from 'zod/mini';

/**
 * What a run of a flow knows, each fact a text under a name:
 *
 *     call.number  call.dialled  call.region  call.anonymous        of the call itself; `yes` or absent where it is a yes
 *     customer.known  .name  .tier  .locale  .id                    after the caller was found, by number or by what they typed
 *     case.open  .id  .state  .subject                              after a look-up of cases
 *     balance.amount  .currency  .arrears  .dueOn                   after a look-up of what is owed; amounts as `-12.50`, days as `2026-11-30`
 *     entered.NAME                                                  what a node collected, asked or recorded under that name
 *     attribute.NAME                                                what a node set
 *     lookUp.NAME                                                   what was taken from another system's answer
 *     passed.NAME                                                   what came with the call from a PBX or an IVR before us
 *     hours.ID.open  hours.ID.holiday                               `yes` or `no`, at this moment
 *     queue.ID.waiting  queue.ID.expectedWaitSeconds  .freeAgents   as they stand at this moment
 *     now.time  now.day  now.date                                   `08:30`, `mon`, `2026-11-22`, on the clock of the organisation
 */
export const factNameSchema = z
  .string()
  .check(
    z.maxLength(120),
    z.regex(/^[a-z][A-Za-z0-9]*(\.[A-Za-z0-9_-]+){1,3}$/, 'the name of a fact such as customer.tier, entered.pin or queue.billing.waiting'),
  );

/** `known` and `unknown` look at whether there is such a fact at all; `atLeast` and `atMost` compare numbers, times of day and days. */
export const comparisons = ['equals', 'differs', 'atLeast', 'atMost', 'startsWith', 'contains', 'known', 'unknown'] as const;
export const conditionSchema = z.strictObject({
  fact: factNameSchema,
  is: z.enum(comparisons),
  /** Compared without regard to capitals. Several, any of which will do, are separated by commas. Empty for `known` and `unknown`. */
  value: z.string().check(z.maxLength(200)),
});
export type Condition = z.infer<typeof conditionSchema>;

/** A text in which `{customer.name}` stands for the fact of that name, and for nothing where there is none. */
export const templateSchema = z.string().check(z.maxLength(2_000));
