import * as z from 'zod/mini';
import { desktopSettingsSchema } from '../../shared/contracts/desktop-api.ts';
import { isBridgeUrl } from './bridge-url.ts';

/** A bridge that this machine starts for itself: a real Node and the path of the bridge's program. */
const localBridgeSchema = z.object({ node: z.string(), program: z.string(), args: z.array(z.string()) });
export type LocalBridge = z.infer<typeof localBridgeSchema>;

/** The content of the settings file. The page sees only `desktop`; the rest is this program's own. */
export const machineSettingsSchema = z.object({
  desktop: z.extend(desktopSettingsSchema, { bridgeUrl: z.string().check(z.refine(isBridgeUrl)) }),
  windowBounds: z.nullable(z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() })),
  localBridge: z.nullable(localBridgeSchema),
  /** Where the call strip lies, by the id of each screen; from the corner of what programs may use there. */
  stripPlaces: z.optional(z.record(z.string(), z.object({ x: z.int(), y: z.int() }))),
});
export type MachineSettings = z.infer<typeof machineSettingsSchema>;

export const defaultSettings: MachineSettings = {
  desktop: { bridgeUrl: 'http://127.0.0.1:8600', theme: 'system', language: 'system' },
  windowBounds: null,
  localBridge: null,
};
