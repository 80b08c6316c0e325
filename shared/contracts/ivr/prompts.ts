import * as z from 'zod/mini';
import { localeSchema } from '../contact.ts';

/** Also the name of its file, so without dots. Flows name prompts by it. */
export const promptIdSchema = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, '1 to 64 letters, digits, dashes or underscores, the first a letter or digit'));

/** `shipped`: came with the product; `spoken`: a program said the text. */
export const soundOrigins = ['shipped', 'uploaded', 'recorded', 'spoken'] as const;

export const promptSoundSchema = z.object({
  origin: z.enum(soundOrigins),
  durationMs: z.int(),
  /** Epoch ms, and who brought it; null where it was shipped. */
  at: z.nullable(z.number()),
  by: z.nullable(z.string()),
});
export type PromptSound = z.infer<typeof promptSoundSchema>;

/** What was said and nothing else is known of: a text without sound cannot be heard by anybody. */
export const promptSchema = z.object({
  promptId: promptIdSchema,
  /** Counts every change; 0: as it was shipped. */
  revision: z.int(),
  isShipped: z.boolean(),
  texts: z.object({ en: z.string(), zh: z.string() }),
  sounds: z.object({ en: z.nullable(promptSoundSchema), zh: z.nullable(promptSoundSchema) }),
  /** The flows that play it, drafts among them. */
  usedBy: z.array(z.object({ flowId: z.string(), name: z.object({ en: z.string(), zh: z.string() }), isLive: z.boolean() })),
});
export type Prompt = z.infer<typeof promptSchema>;

/** Of one language, as far as flows are concerned. */
export type PromptState = 'sound' | 'text' | 'missing';

/** Why a sound is not taken. `unreadable`: no WAV of 16 bit or G.711 with one or two channels at 8 to 48 kHz. */
export const soundFaults = ['unreadable', 'tooShort', 'tooLong', 'silent', 'clipped'] as const;
export type SoundFault = (typeof soundFaults)[number];

/** The prompt as it is now, or why the sound is none for callers. */
export const takenSoundSchema = z.discriminatedUnion('taken', [
  z.object({ taken: z.literal(true), prompt: promptSchema }),
  z.object({ taken: z.literal(false), fault: z.enum(soundFaults) }),
]);
export type TakenSound = z.infer<typeof takenSoundSchema>;

/** What is spoken of a prompt at once; a longer text is not heard to its end by anybody. */
export const longestPromptText = 2_000;
const text = z.string().check(z.maxLength(longestPromptText));

/** POST there with the WAV as the body, by whoever may `configuration:write`; answered with an `Ack` of `takenSoundSchema`. */
export const promptSoundPath = (promptId: string, locale: 'en' | 'zh', origin: 'uploaded' | 'recorded') =>
  `/api/prompts/${encodeURIComponent(promptId)}/${locale}/${origin}`;
export const soundUploadLimitBytes = 10 * 1024 * 1024;
/** Where a prompt that was opened is heard for a while. */
export const promptLinkPath = '/api/prompts/opened/';

const reading = { right: 'configuration:read' } as const;
const writing = { right: 'configuration:write' } as const;

export const promptCommands = {
  /** All that a flow can play by itself, by their ids. `speech`: what speaks texts here; null where nothing does. */
  'prompt:list': {
    ...reading,
    request: z.object({}),
    answer: z.object({ prompts: z.array(promptSchema), speech: z.nullable(z.string()) }),
  },
  /** Its texts, for a new prompt (`basedOn` 0) or one that was read. The sounds stay as they are: whoever changes what is said, says it anew. */
  'prompt:save': {
    ...writing,
    request: z.object({ promptId: promptIdSchema, texts: z.object({ en: text, zh: text }), basedOn: z.int() }),
    answer: promptSchema,
  },
  /** The text in one language, and the sound that a program makes of it. */
  'prompt:speak': {
    ...writing,
    request: z.object({ promptId: promptIdSchema, locale: localeSchema, text: text.check(z.minLength(1)) }),
    answer: takenSoundSchema,
  },
  /** A way to its sound that needs no bearer, for a while. */
  'prompt:open': {
    ...reading,
    request: z.object({ promptId: promptIdSchema, locale: localeSchema }),
    answer: z.object({ path: z.string() }),
  },
  /** What somebody brought is taken away; the shipped one is heard again where there is one. Not from under a flow that is live. */
  'prompt:remove-sound': {
    ...writing,
    request: z.object({ promptId: promptIdSchema, locale: localeSchema }),
    answer: promptSchema,
  },
  /** The whole of it, or what was made of a shipped one. Not while a flow that is live plays it. */
  'prompt:remove': { ...writing, request: z.object({ promptId: promptIdSchema }), answer: z.object({}) },
} as const;
