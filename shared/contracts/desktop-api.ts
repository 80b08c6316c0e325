import * as z from 'zod/mini';

/**
 * `window.desktop`: what the renderer may ask of the program around it. In Electron the preload provides it; in a plain browser
 * `renderer/desktop` has a stand-in. Every channel is validated in the main process; the preload only carries.
 */
export const desktopSettingsSchema = z.object({
  bridgeUrl: z.string(),
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['system', 'en', 'zh']),
});
export type DesktopSettings = z.infer<typeof desktopSettingsSchema>;

/** Calls the renderer makes (ipc invoke), each with its request and answer. */
export const desktopCalls = {
  'settings:read': { request: z.object({}), answer: desktopSettingsSchema },
  'settings:write': { request: z.partial(desktopSettingsSchema), answer: desktopSettingsSchema },
  /** An offer is on the screen's store: show the window without taking the focus, flash, badge. */
  'offer:shown': { request: z.object({ reservationId: z.string(), title: z.string(), body: z.string() }), answer: z.object({}) },
  /** Downloads a file of the bridge to where the person keeps files, as it comes and without holding it in memory. */
  'file:download': {
    request: z.object({ path: z.string().check(z.regex(/^\/api\/exports\/files\/[\w-]{20,100}$/)) }),
    answer: z.object({}),
  },
  'offer:gone': { request: z.object({ reservationId: z.string() }), answer: z.object({}) },
} as const;
export type DesktopCallName = keyof typeof desktopCalls;
export type DesktopRequest<Name extends DesktopCallName> = z.infer<(typeof desktopCalls)[Name]['request']>;
export type DesktopAnswer<Name extends DesktopCallName> = z.infer<(typeof desktopCalls)[Name]['answer']>;

/** Events the main process tells the renderer. */
export const desktopSignals = {
  'power:resumed': z.object({}),
  'power:suspending': z.object({}),
} as const;
export type DesktopSignalName = keyof typeof desktopSignals;

export interface DesktopApi {
  readonly kind: 'electron' | 'browser';
  call<Name extends DesktopCallName>(name: Name, request: DesktopRequest<Name>): Promise<DesktopAnswer<Name>>;
  /** Returns the function that stops listening. */
  on<Name extends DesktopSignalName>(name: Name, listener: () => void): () => void;
}
