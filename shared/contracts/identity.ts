import * as z from 'zod/mini';
import { contactSummarySchema, duplicateSchema, likenessSchema } from './contact.ts';
import { id } from './fields.ts';

/** Who is who: suggested duplicates, merges and their undoing. Nothing of a person is moved or lost by a merge. */
const reason = z.string().check(z.regex(/\S/, 'a reason'), z.maxLength(500));

export { type Duplicate, duplicateSchema, type Likeness, likenessSchema } from './contact.ts';

export const mergeSchema = z.object({
  mergeId: z.string(),
  kept: contactSummarySchema,
  absorbed: contactSummarySchema,
  at: z.number(),
  by: z.string(),
  reason: z.string(),
  undone: z.nullable(z.object({ at: z.number(), by: z.string(), reason: z.string() })),
});
export type Merge = z.infer<typeof mergeSchema>;

/** Both sides of a merge before it is done: what each has, field by field, and what would be shown. */
export const mergePreviewSchema = z.object({
  kept: contactSummarySchema,
  absorbed: contactSummarySchema,
  likeness: z.object({ confidence: z.number(), reasons: z.array(likenessSchema) }),
  fields: z.array(
    z.object({ field: z.string(), kept: z.nullable(z.string()), absorbed: z.nullable(z.string()), shown: z.nullable(z.string()) }),
  ),
  counts: z.array(
    z.object({ what: z.enum(['identifiers', 'contacts', 'cases', 'products', 'notes']), kept: z.number(), absorbed: z.number() }),
  ),
});
export type MergePreview = z.infer<typeof mergePreviewSchema>;

export const identityCommands = {
  'contact:duplicates': {
    right: 'contact:read',
    request: z.object({ contactId: id }),
    answer: z.object({ duplicates: z.array(duplicateSchema) }),
  },
  'contact:preview-merge': { right: 'contact:merge', request: z.object({ keptId: id, absorbedId: id }), answer: mergePreviewSchema },
  'contact:merge': {
    right: 'contact:merge',
    request: z.object({ keptId: id, absorbedId: id, reason }),
    answer: mergeSchema,
  },
  'contact:unmerge': { right: 'contact:merge', request: z.object({ mergeId: id, reason }), answer: mergeSchema },
  /** Every merge this person is in, the undone ones too, newest first. */
  'contact:merges': { right: 'contact:read', request: z.object({ contactId: id }), answer: z.object({ merges: z.array(mergeSchema) }) },
  /** They look alike and are not the same: nobody is asked again. */
  'contact:not-the-same': { right: 'contact:merge', request: z.object({ oneId: id, otherId: id }), answer: z.object({}) },
} as const;
