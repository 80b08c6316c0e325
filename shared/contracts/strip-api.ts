import * as z from 'zod/mini';
import type { ProgramApi } from './desktop-api.ts';
import { outsideStateSchema, outsideWishSchema, ringThroughSchema } from './outside.ts';

/** How it rings: started and stopped by the program, on the device and as loud as was chosen on this computer. */
export const ringSchema = z.extend(ringThroughSchema, { isRinging: z.boolean() });
export type Ring = z.infer<typeof ringSchema>;

/** The calls of the call strip's page. It shows, rings, and hands on what was pressed; it knows no bridge and no customer. */
export const stripCalls = {
  /** What is to be seen and heard now; null: nobody is signed in. */
  'strip:read': { request: z.object({}), answer: z.object({ state: z.nullable(outsideStateSchema), ring: ringSchema }) },
  'strip:wish': { request: z.object({ wish: outsideWishSchema }), answer: z.object({}) },
  /** The states to choose from, as a menu of the computer: it is not bound to the strip's few pixels. */
  'strip:menu': { request: z.object({}), answer: z.object({}) },
} as const;

export const stripSignals = {
  'strip:changed': z.object({ state: z.nullable(outsideStateSchema) }),
  'ring:changed': ringSchema,
} as const;

/** `window.desktop` of the strip's page. */
export type StripApi = ProgramApi<typeof stripCalls, typeof stripSignals>;
