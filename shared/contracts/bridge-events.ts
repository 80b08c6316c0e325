import * as z from 'zod/mini';
import { accountCommands } from './account.ts';
import { agentViewSchema, systemNotReadyReasons } from './agent.ts';
import { boardContactSchema, boardFigureSchema, boardSchema } from './board.ts';
import { callQualitySchema, callViewSchema, digitSchema, supervisionSchema } from './call.ts';
import { callFeatureCommands } from './call-features.ts';
import { dialAnswerSchema, dialRequestSchema } from './calling.ts';
import {
  configurationChangeSchema,
  configurationProblemSchema,
  configurationRevisionSchema,
  configurationSchema,
  customFieldSchema,
} from './configuration.ts';
import { contactRecordSchema, localeSchema, timelinePageSchema } from './contact.ts';
import type { Ack } from './errors.ts';
import { id } from './fields.ts';
import { guideCommands, guidePushes, guideUploads } from './guides.ts';
import { helpCallSchema, helpChangedSchema, helpCommands } from './help.ts';
import { identityCommands } from './identity.ts';
import { importCommands, importViewSchema } from './imports.ts';
import { assignedInteractionSchema, dispositionSchema, draftSchema, reservationCauseSchema, wrapUpViewSchema } from './interaction.ts';
import { flowCommands, flowUploads } from './ivr/commands.ts';
import { namedFlowSchema } from './ivr/flow.ts';
import { promptCommands } from './ivr/prompts.ts';
import { knowledgeCommands, knowledgePushes } from './knowledge.ts';
import { inboxCommands, inboxPushes, inboxSchema } from './messages/inbox.ts';
import { ownFigureCommands, ownFiguresSchema } from './own-figures.ts';
import { privacyCommands } from './privacy.ts';
import { queueViewSchema, whySchema } from './queue.ts';
import { recordCommands } from './record-commands.ts';
import { recordingCommands } from './recording.ts';
import { type Right, rights } from './rights.ts';
import { scheduledCallbackCommands } from './scheduled-callbacks.ts';
import { offerSchema, screenPopSchema } from './screen-pop.ts';
import { searchCommands } from './search.ts';
import { soundPathSchema } from './sound-path.ts';

/**
 * Everything that crosses the socket between desktop and bridge, both directions.
 *
 * Commands go up and are answered once with an `Ack`. Events come down, each wrapped with `seq`, a number that counts up by one per
 * session. A desktop that sees a gap, or reconnects, sends `session:resume` and replaces what it holds by the snapshot. Nothing else
 * is needed for truth: the snapshot is complete.
 */

/** Taken as a whole and stored, or refused as a whole with every problem. */
const saveOutcomeSchema = z.discriminatedUnion('saved', [
  z.object({ saved: z.literal(true), revision: z.int() }),
  z.object({ saved: z.literal(false), problems: z.array(configurationProblemSchema) }),
]);
export type SaveOutcome = z.infer<typeof saveOutcomeSchema>;

const nothing = z.object({});
/** A configured reason: the bridge knows which there are. What only the system may say is no choice. */
const chosenReason = id.check(z.refine((reason) => !systemNotReadyReasons.some((own) => own === reason)));

/** As whom the desktop's phone registers. The password is random, made for this log-in and this run of the bridge, and dies with either. */
const phoneAccountSchema = z.object({
  /** Path of SIP over WebSocket on the same host, e.g. `/sip`. */
  webSocketPath: z.string(),
  uri: z.string(),
  username: z.string(),
  password: z.string(),
  realm: z.string(),
  /** `calls` registers at the log-in. `drafts` registers only when its user calls the draft of a flow, and rings for nothing else. */
  use: z.enum(['calls', 'drafts']),
});

/** The whole of what this agent's desktop should show. `seq` is the last event already contained in it. */
export const snapshotSchema = z.object({
  seq: z.number(),
  serverTime: z.number(),
  /** `role` is the id of a configured role, `rights` what it allowed when this was made. */
  user: z.object({ userId: z.string(), name: z.string(), role: z.string(), rights: z.array(z.enum(rights)), locale: localeSchema }),
  organisation: z.object({ name: z.object({ en: z.string(), zh: z.string() }), homeCountry: z.string() }),
  agent: z.nullable(agentViewSchema),
  offers: z.array(offerSchema),
  interactions: z.array(assignedInteractionSchema),
  /** Written work. */
  inbox: inboxSchema,
  queues: z.array(queueViewSchema),
  dispositions: z.array(dispositionSchema),
  /** Why an agent may choose not to be ready. The system gives others of its own. */
  reasons: z.array(z.object({ id: z.string(), name: z.object({ en: z.string(), zh: z.string() }) })),
  /** What the skills are called that reasons and expressions name by their ids. */
  skills: z.array(z.object({ id: z.string(), name: z.object({ en: z.string(), zh: z.string() }) })),
  /** Fields of the record that this organisation has and others have not. */
  customFields: z.array(customFieldSchema),
  today: ownFiguresSchema,
  /** Null: the phone finds its way by itself, or there is none in this desktop. */
  soundPath: z.nullable(soundPathSchema),
  /** As at the log-in, and another one when the bridge was started anew since then. Null: there is no phone in this desktop. */
  phone: z.optional(z.nullable(phoneAccountSchema)),
  /** As `help:changed` tells it. */
  help: z.optional(z.array(helpCallSchema)),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** The commands about customers: each is answered by a story in `cti-bridge/flows/customers`. */
export const customerCommands = {
  ...recordCommands,
  ...recordingCommands,
  ...scheduledCallbackCommands,
  ...searchCommands,
  ...identityCommands,
  ...accountCommands,
  ...importCommands,
  ...privacyCommands,
} as const;
export type CustomerCommandName = keyof typeof customerCommands;

/** Commands: request schema, answer schema, right needed. One file each under `cti-bridge/api/commands/`. */
export const commands = {
  /** The first command on every connection. */
  'session:resume': { right: 'session:own', request: z.object({ lastSeq: z.number() }), answer: snapshotSchema },
  'session:log-out': { right: 'session:own', request: nothing, answer: nothing },

  'agent:set-presence': {
    right: 'work:handle',
    request: z.discriminatedUnion('presence', [
      z.object({ presence: z.literal('available') }),
      z.object({ presence: z.literal('notReady'), reason: chosenReason }),
    ]),
    answer: agentViewSchema,
  },

  /** The desktop has the pop in its store, visible or not. Sent once per offer; without it the offer is rescinded after 2 s. */
  'pop:delivered': { right: 'work:handle', request: z.object({ reservationId: id, popId: id }), answer: nothing },
  /** The frame that shows the pop has been painted; sent when the page is visible. */
  'pop:painted': { right: 'work:handle', request: z.object({ reservationId: id, popId: id }), answer: nothing },

  'reservation:reject': { right: 'work:handle', request: z.object({ reservationId: id }), answer: nothing },

  'call:hold': { right: 'work:handle', request: z.object({ interactionId: id }), answer: callViewSchema },
  'call:resume': { right: 'work:handle', request: z.object({ interactionId: id }), answer: callViewSchema },
  'call:send-digit': { right: 'work:handle', request: z.object({ interactionId: id, digit: digitSchema }), answer: nothing },
  'call:end': { right: 'work:handle', request: z.object({ interactionId: id }), answer: nothing },
  ...callFeatureCommands,
  /** Silence in the recording, and masked keys, as for a card number; goes on by itself after five minutes. The answer means it is on disk. */
  'call:pause-recording': { right: 'work:handle', request: z.object({ interactionId: id }), answer: callViewSchema },
  'call:resume-recording': { right: 'work:handle', request: z.object({ interactionId: id }), answer: callViewSchema },
  /** Calls a number outside. Refused by the rules in words of its own, never as an error. */
  'call:dial': { right: 'call:dial-out', request: dialRequestSchema, answer: dialAnswerSchema },
  /** After a reload: ring my phone again and join me to the caller I was talking with. */
  'call:rejoin': { right: 'work:handle', request: z.object({ interactionId: id }), answer: nothing },
  /** Durations the desktop measured for one answered call; the click to the first sound heard. */
  'call:measured': { right: 'work:handle', request: z.object({ interactionId: id, clickToAudioMs: z.number() }), answer: nothing },

  /** Stores the text. The answer means it is on disk. Same revision again is one action (a retry), a lower one is a conflict. */
  'interaction:save-draft': {
    right: 'work:handle',
    request: z.object({ interactionId: id, text: z.string().check(z.maxLength(20_000)), revision: z.int() }),
    answer: draftSchema,
  },
  /** The agent says who it is: one of the candidates. Links the interaction and teaches the identifier. Answer: the new pop. */
  'interaction:choose-contact': {
    right: 'contact:write',
    request: z.object({ interactionId: id, contactId: id }),
    answer: screenPopSchema,
  },
  'interaction:extend-wrap-up': { right: 'work:handle', request: z.object({ interactionId: id }), answer: wrapUpViewSchema },
  'interaction:complete': {
    right: 'work:handle',
    request: z.object({
      interactionId: id,
      /** Null: without an outcome, where the wrap-up may be left so (`canLeave`); the queue's default is stored. */
      dispositionCode: z.nullable(id),
      note: z.string().check(z.maxLength(20_000)),
      then: z.enum(['available', 'notReady']),
    }),
    answer: nothing,
  },

  'contact:read': { right: 'contact:read', request: z.object({ contactId: id }), answer: contactRecordSchema },
  'contact:timeline': {
    right: 'contact:read',
    request: z.object({
      contactId: id,
      before: z.nullable(z.number()),
      limit: z.int().check(z.gte(1), z.lte(100)),
      filter: z.enum(['all', 'calls', 'written', 'work']),
    }),
    answer: timelinePageSchema,
  },

  ...customerCommands,
  ...promptCommands,
  ...flowCommands,
  ...inboxCommands,
  ...guideCommands,
  ...knowledgeCommands,
  ...helpCommands,
  ...ownFigureCommands,

  /** The board now, and from now on `board:changed` at most once a second until `board:unwatch` or the end of the session. */
  'board:watch': { right: 'queue:watch', request: nothing, answer: boardSchema },
  'board:unwatch': { right: 'queue:watch', request: nothing, answer: nothing },
  /** The contacts behind a number of one queue, or of all. As many as the number says, newest first; at most 2,000. */
  'board:contacts': {
    right: 'queue:watch',
    request: z.object({ queueId: z.nullable(id), figure: boardFigureSchema }),
    answer: z.object({ contacts: z.array(boardContactSchema) }),
  },

  /** Why an item waits or where it went. Agents may ask about what they have in hand. */
  'why:item': { right: 'session:own', request: z.object({ workItemId: id }), answer: whySchema },
  /** Why an agent gets nothing. Agents may ask about themselves. */
  'why:agent': { right: 'session:own', request: z.object({ agentId: id }), answer: whySchema },

  'supervisor:set-presence': {
    right: 'agent:supervise',
    request: z.object({
      agentId: id,
      set: z.discriminatedUnion('presence', [
        z.object({ presence: z.literal('available') }),
        z.object({ presence: z.literal('notReady'), reason: chosenReason }),
        z.object({ presence: z.literal('loggedOut') }),
      ]),
    }),
    answer: nothing,
  },
  /** From now on, and stored as a change of the configuration. */
  'supervisor:set-skills': {
    right: 'agent:supervise',
    request: z.object({ agentId: id, skills: z.record(z.string(), z.int().check(z.gte(1), z.lte(10))), leftQueueIds: z.array(id) }),
    answer: nothing,
  },
  /** Whatever holds it, lets go: an offer is withdrawn, a wrap-up closed with the default outcome, a talking customer goes to the front of the queue. */
  'supervisor:release': { right: 'agent:supervise', request: z.object({ interactionId: id }), answer: nothing },
  /** Another priority, or another queue at the place of its arrival. */
  'supervisor:move-item': {
    right: 'agent:supervise',
    request: z.object({ workItemId: id, priority: z.nullable(z.int().check(z.gte(0), z.lte(100))), queueId: z.nullable(id) }),
    answer: nothing,
  },

  /**
   * Written work, wherever it is: offered to this agent by name, with these words. Whoever has it loses it; not taken, it waits in its queue.
   */
  'supervisor:give-work': {
    right: 'agent:supervise',
    request: z.object({ interactionId: id, agentId: id, note: z.string().check(z.maxLength(2_000)) }),
    answer: nothing,
  },

  'configuration:read': {
    right: 'configuration:read',
    request: nothing,
    /** `prompts`: what can be announced to a caller. `flows`: those that are live. */
    answer: z.object({
      revision: z.int(),
      configuration: configurationSchema,
      prompts: z.array(z.string()),
      flows: z.array(namedFlowSchema),
    }),
  },
  'configuration:history': {
    right: 'configuration:read',
    request: z.object({ before: z.nullable(z.int()), limit: z.int().check(z.gte(1), z.lte(100)) }),
    answer: z.object({ revisions: z.array(configurationRevisionSchema) }),
  },
  /** Takes back what one revision changed, as a new revision; what was changed again since is a problem and nothing is undone. */
  'configuration:undo': { right: 'configuration:write', request: z.object({ revision: z.int() }), answer: saveOutcomeSchema },
  'user:set-password': {
    right: 'configuration:write',
    request: z.object({ userId: id, password: z.string().check(z.minLength(8), z.maxLength(200)) }),
    answer: nothing,
  },
} as const satisfies Record<string, { right: Right; request: z.ZodMiniType; answer: z.ZodMiniType }>;

export type CommandName = keyof typeof commands;

export type CommandRequest<Name extends CommandName> = z.infer<(typeof commands)[Name]['request']>;
export type CommandAnswer<Name extends CommandName> = z.infer<(typeof commands)[Name]['answer']>;
export const commandNames = Object.keys(commands) as readonly CommandName[];

/**
 * What would be too large for the socket: POSTed as JSON with the bearer of the log-in, and answered with the same `Ack`. The bearer and the
 * right are judged before the body is read.
 */
export const uploads = {
  /** A dry run: what would change, and what is wrong. */
  'configuration:check': {
    path: '/api/configuration/check',
    right: 'configuration:write',
    request: z.object({ configuration: z.unknown() }),
    answer: z.object({ problems: z.array(configurationProblemSchema), changes: z.array(configurationChangeSchema) }),
  },
  /** `basedOn` is the revision that was read; when another was saved since, the answer is `conflict`. */
  'configuration:save': {
    path: '/api/configuration/save',
    right: 'configuration:write',
    request: z.object({ configuration: z.unknown(), basedOn: z.int(), note: z.string().check(z.maxLength(500)) }),
    answer: saveOutcomeSchema,
  },
  ...flowUploads,
  ...guideUploads,
} as const satisfies Record<string, { path: string; right: Right; request: z.ZodMiniType; answer: z.ZodMiniType }>;

export type UploadName = keyof typeof uploads;
export type UploadRequest<Name extends UploadName> = z.infer<(typeof uploads)[Name]['request']>;
export type UploadAnswer<Name extends UploadName> = z.infer<(typeof uploads)[Name]['answer']>;
export const uploadNames = Object.keys(uploads) as readonly UploadName[];
/** A larger body is refused as `too_large`. An organisation of five thousand people has about two of these megabytes. */
export const uploadLimitBytes = 6 * 1024 * 1024;

/** Events that come down to a desktop. */
export const pushes = {
  'agent:changed': agentViewSchema,
  'reservation:offered': offerSchema,
  /** The offer is over without this desktop having to do anything. `answered` = it became an interaction. */
  'reservation:ended': z.object({ reservationId: z.string(), interactionId: z.string(), cause: reservationCauseSchema }),
  /** The record arrived after the pop was sent, or an agent chose the contact. */
  'pop:updated': z.object({ interactionId: z.string(), pop: screenPopSchema }),
  'interaction:assigned': assignedInteractionSchema,
  'call:changed': callViewSchema,
  'supervising:changed': supervisionSchema,
  'call:quality': callQualitySchema,
  /** From now on for every new call; the passwords of the one before end soon. */
  'soundPath:renewed': soundPathSchema,
  'wrap-up:changed': wrapUpViewSchema,
  /** Leaves the work list. `automatic` = the timer ran out and the default code was stored. */
  'interaction:completed': z.object({
    interactionId: z.string(),
    dispositionCode: z.string(),
    automatic: z.boolean(),
    today: ownFiguresSchema,
  }),
  ...inboxPushes,
  ...knowledgePushes,
  ...guidePushes,
  'help:changed': helpChangedSchema,
  /** At most every ten seconds; with the end of one's own work it comes at once, as `today`. */
  'figures:changed': ownFiguresSchema,
  'queue:changed': queueViewSchema,
  /** What this agent has to do (`work:mine`) is another now. */
  'work:changed': nothing,
  /** Names, reasons, outcomes, queues or rights were set up anew: the snapshot has them. The desktop resumes. */
  'organisation:changed': z.object({ at: z.number() }),
  /** An import got on, at most four times a second. To those who may import. */
  'import:changed': importViewSchema,
  /** To those who watch the board, at most once a second. */
  'board:changed': boardSchema,
  /** Another desktop signed in as this agent. This one must stop and say so. */
  'session:replaced': z.object({ at: z.number() }),
} as const satisfies Record<string, z.ZodMiniType>;

export type PushName = keyof typeof pushes;
export type PushPayload<Name extends PushName> = z.infer<(typeof pushes)[Name]>;
/** One event as it travels: numbered, so that a gap is seen. */
export type Push = { [Name in PushName]: { readonly seq: number; readonly name: Name; readonly payload: PushPayload<Name> } }[PushName];

/** socket.io's typed maps. All events share one channel so that their order is one order. */
export interface BridgeToDesktop {
  push: (push: Push) => void;
}
export interface DesktopToBridge {
  command: (name: string, request: unknown, answer: (ack: Ack<unknown>) => void) => void;
  /** Round-trip probe for the connection light; answered with the server's epoch ms. */
  probe: (answer: (serverTime: number) => void) => void;
}

/** POST /api/login */
export const loginRequestSchema = z.object({
  username: z.string().check(z.minLength(1), z.maxLength(100)),
  password: z.string().check(z.minLength(1), z.maxLength(200)),
  /** Take over from another desktop where this agent is signed in. Without it the answer is `conflict`. */
  takeOver: z.boolean(),
  contractMajor: z.number(),
});
export type LoginRequest = z.infer<typeof loginRequestSchema>;

export const loginAnswerSchema = z.object({
  /** Bearer of the socket's handshake and of HTTP calls. Lives as long as the session; never written to disk by the browser desktop. */
  token: z.string(),
  user: snapshotSchema.shape.user,
  /** Null for users who neither take calls in this desktop nor write call flows. */
  phone: z.nullable(phoneAccountSchema),
});
export type LoginAnswer = z.infer<typeof loginAnswerSchema>;

/** Header on the agent's INVITE that ties the SIP call to the offer already on the screen. */
export const reservationHeader = 'X-Crosspoint-Reservation';
