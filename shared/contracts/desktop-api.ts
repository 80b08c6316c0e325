import * as z from 'zod/mini';
import type { safetyCalls, safetySignals } from './desktop-safety.ts';
import { outsideStateSchema, outsideWishSchema, outsideWordsSchema, ringThroughSchema } from './outside.ts';

/**
 * `window.desktop`: what the renderer may ask of the program around it. In Electron the preload provides it; in a plain browser
 * `renderer/desktop` has a stand-in. Every channel is validated in the main process; the preload only carries.
 */
const shortText = z.string().check(z.maxLength(200));
/** A device of the computer. Its id may change when it is plugged in elsewhere; its label then still finds it. */
const soundDeviceSchema = z.object({ id: shortText, label: shortText });
export type SoundDevice = z.infer<typeof soundDeviceSchema>;

/** What sound goes where; null is what the computer chooses by itself. */
const audioSettingsSchema = z.object({
  microphone: z.nullable(soundDeviceSchema),
  speaker: z.nullable(soundDeviceSchema),
  ringer: z.nullable(soundDeviceSchema),
  /** Loudness by the label of a device, 0 to 1; a device that is not named plays at 1. */
  volumes: z.record(shortText, z.number().check(z.minimum(0), z.maximum(1))),
});
export type AudioSettings = z.infer<typeof audioSettingsSchema>;

/** Keys that work in other programs too, as Electron writes them: `Control+Alt+F2`. */
const hotKeysSchema = z.object({ answer: shortText, mute: shortText, end: shortText });
export type HotKeys = z.infer<typeof hotKeysSchema>;

const paneWidth = z.int().check(z.minimum(160), z.maximum(1200));

/** Of this computer. What is optional was never chosen: `usualSettings` says what holds then. */
export const desktopSettingsSchema = z.object({
  bridgeUrl: z.string(),
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['system', 'en', 'zh']),
  /** Widths in CSS pixels of the work list and of the customer; null is what the screen gives them. */
  panes: z.optional(z.object({ work: z.nullable(paneWidth), customer: z.nullable(paneWidth) })),
  audio: z.optional(audioSettingsSchema),
  /** When headset and line were last checked here before a shift, epoch ms, and with which microphone; null: it had no name. */
  check: z.optional(z.object({ at: z.number(), microphone: z.nullable(shortText) })),
  /** The window's border flashes while it rings, for whoever does not hear it. */
  flash: z.optional(z.boolean()),
  /** The call strip above all windows during a call. */
  stripShown: z.optional(z.boolean()),
  startAtLogin: z.optional(z.boolean()),
  closeToTray: z.optional(z.boolean()),
  hotKeys: z.optional(hotKeysSchema),
});
export type DesktopSettings = z.infer<typeof desktopSettingsSchema>;

/** What holds until somebody chooses. */
export const usualSettings = {
  panes: { work: null, customer: null },
  audio: { microphone: null, speaker: null, ringer: null, volumes: {} },
  flash: false,
  stripShown: true,
  startAtLogin: false,
  closeToTray: true,
  hotKeys: { answer: 'Control+Alt+F2', mute: 'Control+Alt+F3', end: 'Control+Alt+F12' },
} as const satisfies Partial<DesktopSettings>;

/** Calls the renderer makes (ipc invoke), each with its request and answer. */
export const desktopCalls = {
  'settings:read': { request: z.object({}), answer: desktopSettingsSchema },
  'settings:write': { request: z.partial(desktopSettingsSchema), answer: desktopSettingsSchema },
  /** An offer is on the screen's store: show the window without taking the focus, flash, badge. */
  'offer:shown': {
    request: z.object({
      reservationId: z.string(),
      title: z.string(),
      body: z.string(),
      /** It rings, for at most so long; absent: it makes no sound of its own, as a telephone on the desk that rings for itself. */
      ringsForMs: z.optional(z.number().check(z.minimum(0), z.maximum(600_000))),
    }),
    answer: z.object({}),
  },
  /** Downloads a file of the bridge to where the person keeps files, as it comes and without holding it in memory. */
  'file:download': {
    request: z.object({ path: z.string().check(z.regex(/^\/api\/exports\/files\/[\w-]{20,100}$/)) }),
    answer: z.object({}),
  },
  'offer:gone': { request: z.object({ reservationId: z.string() }), answer: z.object({}) },
  'ring:through': { request: ringThroughSchema, answer: z.object({}) },
  /** The agent has pressed Answer: no sound any more, whatever is still offered. */
  'ring:stop': { request: z.object({}), answer: z.object({}) },
  /** What the program shows of the desk outside the window; null: nobody is signed in. */
  'outside:show': {
    request: z.object({ state: z.nullable(outsideStateSchema), words: outsideWordsSchema }),
    answer: z.object({}),
  },
  /** The number of a link that was opened in another program, once; null: there is none, or it was taken already. */
  'link:take': { request: z.object({}), answer: z.object({ number: z.nullable(z.string()) }) },
} as const;
export type DesktopCallName = keyof typeof desktopCalls;
export type DesktopRequest<Name extends DesktopCallName> = z.infer<(typeof desktopCalls)[Name]['request']>;
export type DesktopAnswer<Name extends DesktopCallName> = z.infer<(typeof desktopCalls)[Name]['answer']>;

/** Events the main process tells the renderer. */
export const desktopSignals = {
  'power:resumed': z.object({}),
  'power:suspending': z.object({}),
  'screen:locked': z.object({}),
  'screen:unlocked': z.object({}),
  /** Something was pressed outside the window. */
  'outside:wish': z.object({ wish: outsideWishSchema, by: z.enum(['strip', 'tray', 'hotKey']) }),
  /** Keys that another program has already: they do not work from outside. Told once each. */
  'hotKeys:taken': z.object({ keys: z.array(z.string()) }),
  /** A link to a number was opened: `link:take` has it. */
  'link:opened': z.object({}),
} as const;
export type DesktopSignalName = keyof typeof desktopSignals;
export type DesktopSignal<Name extends DesktopSignalName> = z.infer<(typeof desktopSignals)[Name]>;

type Call = { readonly request: z.ZodMiniType; readonly answer: z.ZodMiniType };

/** What a page asks of the program around it, and hears from it: the main page and the call strip each by a table of their own. */
export interface ProgramApi<Calls extends Readonly<Record<string, Call>>, Signals extends Readonly<Record<string, z.ZodMiniType>>> {
  readonly kind: 'electron' | 'browser';
  call<Name extends keyof Calls>(name: Name, request: z.infer<Calls[Name]['request']>): Promise<z.infer<Calls[Name]['answer']>>;
  /** Returns the function that stops listening. */
  on<Name extends keyof Signals>(name: Name, listener: (signal: z.infer<Signals[Name]>) => void): () => void;
}

/** All that the agent's page may ask; the second table is that of `desktop-safety.ts`. */
export type MainCalls = typeof desktopCalls & typeof safetyCalls;
export type MainRequest<Name extends keyof MainCalls> = z.infer<MainCalls[Name]['request']>;
export type MainAnswer<Name extends keyof MainCalls> = z.infer<MainCalls[Name]['answer']>;
export type MainSignals = typeof desktopSignals & typeof safetySignals;
export type MainSignal<Name extends keyof MainSignals> = z.infer<MainSignals[Name]>;
export type DesktopApi = ProgramApi<MainCalls, MainSignals>;
