import * as z from 'zod/mini';
import { tierSchema } from './contact.ts';

/** One line of the search: a person, a company, or a case. `matched` says what of it was found, to be shown beside the name. */
export const searchHitSchema = z.object({
  kind: z.enum(['person', 'account', 'case']),
  /** contact id, account id, or case id */
  id: z.string(),
  /** Of a person or a case: whose. */
  contactId: z.nullable(z.string()),
  title: z.string(),
  /** Company, or the subject of a case. */
  subtitle: z.nullable(z.string()),
  tier: z.nullable(tierSchema),
  isKeyAccount: z.boolean(),
  matched: z.enum(['number', 'email', 'id', 'caseNumber', 'name', 'pinyin', 'company', 'other']),
  /** The number, address or case number that was found, as it is shown. */
  detail: z.nullable(z.string()),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

/** Whom a call can be given to at a number of theirs: a person or a company, with the numbers that are known, the one used last first. */
const reachableSchema = z.object({
  kind: z.enum(['person', 'account']),
  id: z.string(),
  name: z.string(),
  company: z.nullable(z.string()),
  /** `number` is dialled, `shown` is read. */
  numbers: z.array(z.object({ number: z.string(), shown: z.string(), kind: z.enum(['phone', 'mobile']), label: z.nullable(z.string()) })),
});
export type Reachable = z.infer<typeof reachableSchema>;

export const searchCommands = {
  /** Results as you type: the best few, exact ones first. Only what the asker may see. */
  'customer:search': {
    right: 'contact:read',
    request: z.object({ text: z.string().check(z.maxLength(200)), limit: z.int().check(z.gte(1), z.lte(50)) }),
    answer: z.object({ hits: z.array(searchHitSchema) }),
  },
  /** The same search for whoever may call out: the best few who have a number. Nobody for who may not read records. */
  'customer:find-reachable': {
    right: 'call:dial-out',
    request: z.object({ text: z.string().check(z.maxLength(200)), limit: z.int().check(z.gte(1), z.lte(20)) }),
    answer: z.object({ customers: z.array(reachableSchema) }),
  },
} as const;
