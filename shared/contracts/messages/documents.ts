import * as z from 'zod/mini';
import { nameSchema } from '../setting-fields.ts';

/** Letters and forms brought in by hand. */

/** GET /api/documents/sources: where documents can be brought to. */
export const documentPlacesSchema = z.object({
  sources: z.array(z.object({ id: z.string(), name: nameSchema, kind: z.enum(['letter', 'form', 'fax']) })),
});
export type DocumentPlace = z.infer<typeof documentPlacesSchema>['sources'][number];

/** POST /api/documents?sourceId=, with &contactId= whose it is: `known` is what came there before, byte for byte; nothing happened. */
export const broughtInSchema = z.object({ outcome: z.enum(['kept', 'known']) });
export type BroughtIn = z.infer<typeof broughtInSchema>;

/** GET /api/message-files/:fileId/pages: as they are looked at, in dots. */
export const pageSizesSchema = z.object({ pages: z.array(z.object({ width: z.number(), height: z.number() })).check(z.minLength(1)) });
