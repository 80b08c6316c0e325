import * as z from 'zod/mini';

/**
 * What the program around the page shows of the desk: on the call strip, in the tray, by the keys that work in other programs. The page says it
 * in words, in the agent's language; whoever shows it decides nothing. Times are of this computer's clock.
 */
const words = z.string().check(z.maxLength(200));

/** A clock that runs where it is shown: since `at`, or until then. */
export const runningClockSchema = z.object({ at: z.number(), runs: z.enum(['up', 'down']) });
export type RunningClock = z.infer<typeof runningClockSchema>;

/** One line of words, with at most one clock in it: "for 4:12". */
export const clockedLineSchema = z.object({ before: words, clock: z.nullable(runningClockSchema), after: words });
export type ClockedLine = z.infer<typeof clockedLineSchema>;

/** What may be done from outside the window: actions of the page's table, judged there again. `window.show` is the program's own. */
export const outsideActions = [
  'call.answer',
  'call.mute',
  'call.hold',
  'call.end',
  'wrapUp.finish',
  'agent.available',
  'app.palette',
  'window.show',
] as const;
export const outsideActionSchema = z.enum(outsideActions);
export type OutsideAction = z.infer<typeof outsideActionSchema>;

export const outsideWishSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('action'), action: outsideActionSchema }),
  /** The id of a configured reason. */
  z.object({ kind: z.literal('notReady'), reason: words }),
]);
export type OutsideWish = z.infer<typeof outsideWishSchema>;

/** A button of the strip. `on`: shown inverse; `held`: in the colour of who waits. */
export const stripControlSchema = z.object({
  action: outsideActionSchema,
  sign: z.enum(['answer', 'end', 'mute', 'muted', 'hold', 'resume', 'dial', 'show', 'help', 'finish']),
  look: z.enum(['quiet', 'on', 'held', 'answer', 'end', 'decline', 'primary']),
  label: words,
  isEnabled: z.boolean(),
});
export type StripControl = z.infer<typeof stripControlSchema>;

export const outsideToneSchema = z.enum(['ready', 'waiting', 'talking', 'finishing', 'away', 'broken']);
export type OutsideTone = z.infer<typeof outsideToneSchema>;

export const outsideStateSchema = z.object({
  language: z.enum(['en', 'zh']),
  theme: z.enum(['system', 'light', 'dark']),
  /** The agent's state: its colour, its name, how long. */
  tone: outsideToneSchema,
  name: words,
  detail: clockedLineSchema,
  /** Beside the state: what is said is being kept. */
  isRecording: z.boolean(),
  /** Who, or what there is to know, and the line below it. */
  title: words,
  line: clockedLineSchema,
  lineTone: z.enum(['plain', 'waiting', 'broken']),
  clock: z.nullable(runningClockSchema),
  /** An offer that runs out. */
  offer: z.nullable(z.object({ from: z.number(), until: z.number() })),
  controls: z.array(stripControlSchema).check(z.maxLength(4)),
  /** The states the agent may choose. */
  choices: z
    .array(z.object({ wish: outsideWishSchema, label: words, isChosen: z.boolean(), isEnabled: z.boolean() }))
    .check(z.maxLength(60)),
  /** There is a call, ringing or live: keys work in other programs, and leaving asks first. */
  hasCall: z.boolean(),
  isMuted: z.boolean(),
  /** What rings is shown by flashing too, for whoever does not hear it. */
  flashes: z.boolean(),
  /** Of the strip itself, for whoever has it read out. */
  labels: z.object({ strip: words, states: words, move: words }),
});
export type OutsideState = z.infer<typeof outsideStateSchema>;

/** What the program says by itself, in its menus and questions. */
export const outsideWordsSchema = z.object({
  show: words,
  quit: words,
  mute: words,
  /** Asked before leaving in a call, with its two answers. */
  quitInCall: words,
  quitAnyway: words,
  stay: words,
});
export type OutsideWords = z.infer<typeof outsideWordsSchema>;

/** Where the program rings: a device as the page knows it, `''` for the computer's own choice, and how loud, 0 to 1. */
export const ringThroughSchema = z.object({ deviceId: words, volume: z.number().check(z.minimum(0), z.maximum(1)) });
export type RingThrough = z.infer<typeof ringThroughSchema>;
