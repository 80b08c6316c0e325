import * as z from 'zod/mini';
import { queueChannelSchema } from './configuration.ts';
import { id } from './fields.ts';
import type { Right } from './rights.ts';

/**
 * An agent raises a hand: those who supervise them see it, and one of them says that they come. It is about one contact that the agent has in
 * hand, and ends with it.
 */

export const helpCallSchema = z.object({
  /** The contact it is about; one hand a contact. */
  interactionId: z.string(),
  agentId: z.string(),
  agentName: z.string(),
  queueName: z.nullable(z.object({ en: z.string(), zh: z.string() })),
  channel: queueChannelSchema,
  /** Epoch ms. */
  askedAt: z.number(),
  /** What they need, in a few words; empty where they said nothing. */
  words: z.string(),
  /** Who comes, and since when; null while nobody does. */
  taken: z.nullable(z.object({ userId: z.string(), name: z.string(), at: z.number() })),
});
export type HelpCall = z.infer<typeof helpCallSchema>;

const nothing = z.object({});
const about = z.object({ interactionId: id });

export const helpCommands = {
  /** Of a contact in hand. Again: the words are other ones. `told`: how many supervisors who are signed in see it. */
  'help:ask': {
    right: 'work:handle',
    request: z.object({ interactionId: id, words: z.string().check(z.maxLength(200)) }),
    answer: z.object({ told: z.int() }),
  },
  /** No help is needed any more, or it was given. */
  'help:withdraw': { right: 'work:handle', request: about, answer: nothing },
  /** I come. The first who says so does; whoever is not here any more leaves it to others. */
  'help:take': { right: 'agent:supervise', request: about, answer: nothing },
  /** I cannot come after all: others are asked again. */
  'help:return': { right: 'agent:supervise', request: about, answer: nothing },
} as const satisfies Record<string, { right: Right; request: z.ZodMiniType; answer: z.ZodMiniType }>;
export type HelpCommandName = keyof typeof helpCommands;

/** All that this desktop is to see, each time: one's own, and those of the people one supervises. */
export const helpChangedSchema = z.object({ calls: z.array(helpCallSchema) });
