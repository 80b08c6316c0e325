import * as z from 'zod/mini';
import type { CommandName } from '../../../shared/contracts/bridge-events.ts';
import { commandNames, commands } from '../../../shared/contracts/bridge-events.ts';

/** The contract's request schemas as this end reads them: a key the contract does not know is refused instead of dropped. */
export const strictRequests = new Map<string, z.ZodMiniType>(
  commandNames.map((name: CommandName) => [name, strictRequest(commands[name].request)]),
);

export function strictRequest(schema: z.ZodMiniType): z.ZodMiniType {
  if (schema instanceof z.ZodMiniObject) return z.strictObject(schema.shape);
  if (schema instanceof z.ZodMiniDiscriminatedUnion)
    return z.union(schema.def.options.map((option) => strictRequest(option as z.ZodMiniType)));
  // Loud at start: a new kind of request must not be let through half-checked.
  throw new Error(`A request schema of type ${schema.def.type} has no strict form yet`);
}
