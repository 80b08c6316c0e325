import * as z from 'zod/mini';
import { agentViewSchema } from './agent.ts';
import { callViewSchema, supervisingSchema } from './call.ts';
import { id } from './fields.ts';
import type { Right } from './rights.ts';

/**
 * What an agent does with a call beside talking: giving it to somebody, asking somebody in, two calls at once, a place to leave it; and what
 * a supervisor does with a call of others. Each is answered by a story in `cti-bridge/flows`.
 */

const nothing = z.object({});
const call = z.object({ interactionId: id });

/** To whom. An extension is the agent whose it is; a number outside is called as the calling rules of whoever asks allow. */
export const askTargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agent'), agentId: id }),
  z.object({ kind: z.literal('extension'), extension: z.string().check(z.regex(/^\d{2,10}$/)) }),
  z.object({ kind: z.literal('queue'), queueId: id }),
  z.object({ kind: z.literal('outside'), number: z.string().check(z.regex(/^[+\d][\d ()./-]{1,31}$/)) }),
]);
export type AskTarget = z.infer<typeof askTargetSchema>;

const asking = z.object({
  interactionId: id,
  to: askTargetSchema,
  /** Why, in a few words, and whatever whoever takes it should know: on their screen before they answer. */
  reason: z.string().check(z.maxLength(200)),
  note: z.string().check(z.maxLength(2_000)),
});

/** Somebody who takes calls. `mayBeAsked`: here and with room for a call, though they may have chosen not to be ready. */
const colleagueSchema = z.object({ agent: agentViewSchema, mayBeAsked: z.boolean() });
export type Colleague = z.infer<typeof colleagueSchema>;

export const callFeatureCommands = {
  /** Who could be given a call, or asked: by name, extension or skill, those who could take it now first. At most forty. */
  'call:find-colleagues': {
    right: 'work:handle',
    request: z.object({ text: z.string().check(z.maxLength(100)) }),
    answer: z.object({ colleagues: z.array(colleagueSchema) }),
  },
  /**
   * Gives the call to somebody, unasked. The customer hears music until they have it. An agent or a number that does not take it: the call is
   * with whoever gave it again, with the cause; if they have hung up meanwhile, it is at the front of its queue.
   */
  'call:transfer': { right: 'work:handle', request: asking, answer: callViewSchema },
  /**
   * Asks an agent or a number in, to speak to them while the customer hears music. Of a queue: whoever is free in it, one after the other until
   * somebody takes it.
   */
  'call:consult': { right: 'work:handle', request: asking, answer: callViewSchema },
  /** To the other one: of customer and whoever was asked in; without anybody asked in, of this call and the agent's other one. */
  'call:swap': { right: 'work:handle', request: call, answer: callViewSchema },
  /** Leaves the customer to whoever was asked in. */
  'call:complete-transfer': { right: 'work:handle', request: call, answer: nothing },
  /** Whoever was asked in, or is being asked, goes; the customer stays on hold. */
  'call:cancel-consult': { right: 'work:handle', request: call, answer: callViewSchema },
  /** All hear each other: at most six, the customer among them. */
  'call:conference': { right: 'work:handle', request: call, answer: callViewSchema },
  /** One of a conference goes. */
  'call:drop-party': { right: 'work:handle', request: z.object({ interactionId: id, partyId: id }), answer: callViewSchema },

  /** Leaves the customer in a numbered place, with music, where anybody may pick them up; the agent wraps up. After two minutes they come back. */
  'call:park': { right: 'work:handle', request: call, answer: z.object({ slot: z.string() }) },
  /** The own phone rings for whoever is parked there. Answered when it was lifted. */
  'call:pick-up': { right: 'work:handle', request: z.object({ slot: z.string().check(z.regex(/^\d{1,2}$/)) }), answer: nothing },

  /** Calls who left the message that one has in hand. What becomes of it is told as of any call. */
  'call:call-back': { right: 'work:handle', request: call, answer: callViewSchema },

  /**
   * Rings the asker's own phone, `phone` by the name it is registered under; answered, it hears for eight seconds what it said a second ago.
   * No contact, nobody's reservation; a conflict while they are in a call, or the phone cannot be rung. The INVITE names the `reservationId`.
   */
  'phone:test': {
    right: 'session:own',
    request: z.object({ phone: z.string().check(z.maxLength(100)) }),
    answer: z.object({ reservationId: z.string() }),
  },

  /** Rings the own phone and hears a call of somebody one supervises: alone, whispering to the agent, or heard by all. Again: changes how. */
  'call:supervise': { right: 'call:monitor', request: z.object({ interactionId: id, how: supervisingSchema }), answer: nothing },
  'call:stop-supervising': { right: 'call:monitor', request: nothing, answer: nothing },
  /** The supervised call is the supervisor's from now on; whoever had it wraps up. */
  'call:take-over': { right: 'call:monitor', request: nothing, answer: nothing },
} as const satisfies Record<string, { right: Right; request: z.ZodMiniType; answer: z.ZodMiniType }>;
export type CallFeatureCommandName = keyof typeof callFeatureCommands;
