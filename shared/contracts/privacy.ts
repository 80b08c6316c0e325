import * as z from 'zod/mini';
import { id } from './fields.ts';

/** What leaves us and what is deleted: exports, dossiers, erasure, lapsed records. Exports and dossiers are downloads by HTTP. */

/** Who has lapsed: everything must be true. Kept as `retention` of the configuration. */
export const retentionRuleSchema = z.object({
  ruleId: z.string(),
  name: z.object({ en: z.string(), zh: z.string() }),
  /** No contact of any kind for so many days. */
  silentForDays: z.number(),
  stages: z.array(z.string()),
});

export const privacyCommands = {
  /**
   * A list of customers as CSV, those a text is found in or all (empty): where it can be fetched by HTTP within a minute, once and without a
   * log-in. Right, scope and audit are of this moment.
   */
  'privacy:export-link': {
    right: 'record:export',
    request: z.object({ text: z.string().check(z.maxLength(200)) }),
    answer: z.object({ path: z.string() }),
  },
  /** Erases one person, all cards of them, from every table and file. `confirmName` must be the name as shown. */
  'privacy:erase': {
    right: 'record:erase',
    request: z.object({
      contactId: id,
      confirmName: z.string().check(z.maxLength(200)),
      reason: z.string().check(z.regex(/\S/), z.maxLength(500)),
    }),
    answer: z.object({ erasureId: z.string(), removed: z.array(z.object({ what: z.string(), count: z.int() })) }),
  },
  /** Somebody whose record the law says to keep: not erased, nor lapsed, while this stands. */
  'privacy:hold': {
    right: 'record:erase',
    request: z.object({ contactId: id, reason: z.nullable(z.string().check(z.maxLength(500))), until: z.nullable(z.number()) }),
    answer: z.object({}),
  },
  'privacy:holds': {
    right: 'record:erase',
    request: z.object({}),
    answer: z.object({
      holds: z.array(
        z.object({
          contactId: z.string(),
          name: z.string(),
          reason: z.string(),
          until: z.nullable(z.number()),
          by: z.string(),
          at: z.number(),
        }),
      ),
    }),
  },
  /** The dry run: who would go, by which rule, the first of them by name. */
  'privacy:lapsed': {
    right: 'record:erase',
    request: z.object({}),
    answer: z.object({
      rules: z.array(
        z.object({
          ...retentionRuleSchema.shape,
          people: z.int(),
          first: z.array(z.object({ contactId: z.string(), name: z.string(), lastContactAt: z.nullable(z.number()) })),
        }),
      ),
    }),
  },
  /** Deletes those of one rule; `expected` is the number of the dry run, and when it is another by now nothing is deleted. */
  'privacy:delete-lapsed': {
    right: 'record:erase',
    request: z.object({ ruleId: id, expected: z.int() }),
    /** Not done: it goes on, and this many were deleted by the time of the answer. */
    answer: z.object({ deleted: z.int(), isDone: z.boolean() }),
  },
} as const;
