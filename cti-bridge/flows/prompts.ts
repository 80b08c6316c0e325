import type { CommandAnswer, CommandRequest } from '../../shared/contracts/bridge-events.ts';
import type { Configuration } from '../../shared/contracts/configuration.ts';
import type { WireError } from '../../shared/contracts/errors.ts';
import {
  type Prompt,
  type PromptState,
  type promptCommands,
  promptIdSchema,
  promptLinkPath,
  type TakenSound,
} from '../../shared/contracts/ivr/prompts.ts';
import { minutes } from '../../shared/duration.ts';
import type { PromptLocale, PromptSounds, SpeechEngine } from '../interactions/index.ts';
import { type FlowRepository, type KeptPrompt, type KeptSound, type NotedDoing, type PromptRepository, promptsOf } from '../ivr/index.ts';
import { type Clock, err, type IdSource, type Log, ok, type Result } from '../kernel/index.ts';
import { announcementsOf, validateConfiguration } from '../organisation/index.ts';
import type { Asker } from './ports.ts';

export type PromptCommandName = keyof typeof promptCommands;
type Answer<Name extends PromptCommandName> = Promise<Result<CommandAnswer<Name>, WireError>>;
type Sound = NonNullable<Awaited<ReturnType<PromptSounds['open']>>>;

/** The library of prompts, for whoever may see or write the configuration; rights are judged before. */
export type Prompts = {
  readonly [Name in PromptCommandName]: (asker: Asker, request: CommandRequest<Name>) => Answer<Name>;
} & {
  /** A sound that somebody brought for a prompt: heard from the next time it is played. */
  take(
    asker: Asker,
    bringing: {
      readonly promptId: string;
      readonly locale: PromptLocale;
      readonly origin: 'uploaded' | 'recorded';
      readonly wav: Uint8Array;
    },
  ): Promise<Result<TakenSound, WireError>>;
  openLink(token: string): Promise<Result<Sound, WireError>>;
  /** What can be played in every language, parts of sentences among it. */
  heard(): readonly string[];
  /** Undefined: there is no such prompt in any language. */
  state(promptId: string): Readonly<Record<PromptLocale, PromptState>> | undefined;
};

export interface PromptParts {
  readonly repository: PromptRepository;
  readonly flows: Pick<FlowRepository, 'readAll'>;
  readonly configuration: () => Configuration;
  readonly sounds: PromptSounds;
  /** Null: nothing here speaks texts. */
  readonly speech: SpeechEngine | null;
  /** A secret that nobody guesses. */
  readonly newToken: () => string;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
}

const noSuchPrompt: WireError = { code: 'not_found', message: 'There is no such prompt.' };
const noSound: WireError = { code: 'not_found', message: 'There is no such sound, or its link has ended.' };
const changedMeanwhile: WireError = { code: 'conflict', message: 'Somebody else has changed this prompt since. Read it again.' };
const inUse: WireError = { code: 'conflict', message: 'A flow that is live plays it, or a queue announces it. Take it out there first.' };
const tooMany: WireError = { code: 'too_many_requests', message: 'Several sounds are being made at the moment. Try again in a moment.' };
const nothingSpeaks: WireError = { code: 'not_found', message: 'Nothing is installed here that speaks texts.' };
const failedToSpeak: WireError = { code: 'internal', message: 'The program that speaks texts failed. It has been noted.' };
const storeFailed: WireError = { code: 'storage_unavailable', message: 'The store does not answer at the moment. Try again.' };

const linkKeptMs = minutes(10);
const mostLinks = 1_000;
/** Sounds that are made at the same time; more would take the time of calls. */
const mostAtOnce = 2;
const locales: readonly PromptLocale[] = ['en', 'zh'];
const untouched = (promptId: string): KeptPrompt => ({
  promptId,
  revision: 0,
  texts: { en: '', zh: '' },
  sounds: { en: null, zh: null },
});

/** Reads what there is, and puts it to use. */
export async function openPrompts(parts: PromptParts): Promise<Prompts> {
  const { repository, flows, configuration, sounds, speech, newToken, clock, ids, log } = parts;
  const kept = new Map((await repository.readAll()).map((prompt) => [prompt.promptId, prompt]));
  const links = new Map<string, { readonly promptId: string; readonly locale: PromptLocale; readonly until: number }>();
  let making = 0;
  for (const prompt of kept.values()) putToUse(prompt);
  const removed = await sounds.removeUnused();
  if (removed > 0) log.info('prompts:unusedSoundsRemoved', { removed });

  const shippedIds = new Set(locales.flatMap((locale) => announcementsOf([...sounds.shipped(locale).keys()])));
  const exists = (promptId: string) => kept.has(promptId) || shippedIds.has(promptId);
  const textOf = ({ promptId, revision, texts }: KeptPrompt, locale: PromptLocale) =>
    revision === 0 ? (sounds.shipped(locale).get(promptId)?.text ?? '') : texts[locale];

  function putToUse({ promptId, sounds: own }: KeptPrompt): void {
    for (const locale of locales) sounds.use(promptId, locale, own[locale]?.soundId ?? null);
  }

  function viewOf(prompt: KeptPrompt, usedBy: Prompt['usedBy']): Prompt {
    const { promptId, revision } = prompt;
    const soundOf = (locale: PromptLocale): Prompt['sounds']['en'] => {
      const own = prompt.sounds[locale];
      const shipped = sounds.shipped(locale).get(promptId);
      if (own) return { origin: own.origin, durationMs: own.durationMs, at: own.at, by: own.by.name };
      return shipped ? { origin: 'shipped', durationMs: shipped.durationMs, at: null, by: null } : null;
    };
    return {
      promptId,
      revision,
      isShipped: shippedIds.has(promptId),
      texts: { en: textOf(prompt, 'en'), zh: textOf(prompt, 'zh') },
      sounds: { en: soundOf('en'), zh: soundOf('zh') },
      usedBy,
    };
  }

  /** Which flows play what. A draft that plays it as well as what is live counts as live. */
  async function uses(): Promise<ReadonlyMap<string, Prompt['usedBy']>> {
    const found = new Map<string, Prompt['usedBy']>();
    for (const { flowId, live, draft } of await flows.readAll()) {
      const playedLive = new Set(live ? promptsOf(live.flow) : []);
      const played = new Set([...playedLive, ...(draft ? promptsOf(draft.flow) : [])]);
      const name = (draft ?? live)?.flow.name;
      for (const promptId of name ? played : [])
        if (name) found.set(promptId, [...(found.get(promptId) ?? []), { flowId, name, isLive: playedLive.has(promptId) }]);
    }
    return found;
  }

  function heard(): readonly string[] {
    const own = [...kept.values()].filter((prompt) =>
      locales.every((locale) => prompt.sounds[locale] ?? sounds.shipped(locale).get(prompt.promptId)),
    );
    const shipped = [...sounds.shipped('en').keys()].filter((promptId) => sounds.shipped('zh').has(promptId));
    return [...new Set([...shipped, ...own.map(({ promptId }) => promptId)])].toSorted();
  }

  /** The configuration would be wrong without it. */
  function isAnnounced(promptId: string): boolean {
    const problemsWith = (prompts: readonly string[]) => {
      const judged = validateConfiguration(configuration(), { prompts });
      return judged.ok ? 0 : judged.problems.length;
    };
    const prompts = heard();
    return problemsWith(prompts.filter((each) => each !== promptId)) > problemsWith(prompts);
  }

  const isInUse = async (promptId: string) => (await uses()).get(promptId)?.some((use) => use.isLive) === true || isAnnounced(promptId);
  const noted = ({ userId, name }: Asker, note: string): NotedDoing => ({ at: clock.now(), by: { userId, name }, note });

  async function save(asker: Asker, prompt: KeptPrompt, basedOn: number, note: string): Promise<Result<Prompt, WireError>> {
    if ((kept.get(prompt.promptId)?.revision ?? 0) !== basedOn) return err(changedMeanwhile);
    const { revision: _before, ...rest } = prompt;
    if (!(await repository.save({ ...noted(asker, note), prompt: rest, basedOn }))) return err(changedMeanwhile);
    const saved = { ...rest, revision: basedOn + 1 };
    kept.set(saved.promptId, saved);
    putToUse(saved);
    log.info('prompt:saved', { promptId: saved.promptId, revision: saved.revision, by: asker.userId });
    return ok(viewOf(saved, (await uses()).get(saved.promptId) ?? []));
  }

  /** The texts of what was shipped are taken along when it is changed for the first time. */
  function current(promptId: string): KeptPrompt {
    const prompt = kept.get(promptId) ?? untouched(promptId);
    return { ...prompt, texts: { en: textOf(prompt, 'en'), zh: textOf(prompt, 'zh') } };
  }

  async function makeSound(
    asker: Asker,
    { promptId, locale, origin, text }: { promptId: string; locale: PromptLocale; origin: KeptSound['origin']; text: string | null },
    wavOf: () => Promise<Result<Uint8Array, WireError>>,
  ): Promise<Result<TakenSound, WireError>> {
    if (making >= mostAtOnce) return err(tooMany);
    making++;
    try {
      const wav = await wavOf();
      if (!wav.ok) return wav;
      const soundId = ids.next<string>();
      const sound = await sounds.keep(soundId, wav.value);
      if (!sound.ok) return ok({ taken: false as const, fault: sound.error });
      const { userId, name } = asker;
      const before = current(promptId);
      const brought: KeptSound = { soundId, origin, durationMs: sound.value.durationMs, at: clock.now(), by: { userId, name } };
      const texts = text === null ? before.texts : { ...before.texts, [locale]: text };
      const after = { ...before, texts, sounds: { ...before.sounds, [locale]: brought } };
      const saved = await save(asker, after, before.revision, `the sound of the prompt ${promptId} (${locale}): ${origin}`);
      return saved.ok ? ok({ taken: true as const, prompt: saved.value }) : saved;
    } finally {
      making--;
    }
  }

  /** What the store or the disk cannot do now is said as that. */
  const guarded =
    <Args extends unknown[], Value>(work: (...args: Args) => Promise<Result<Value, WireError>>) =>
    async (...args: Args): Promise<Result<Value, WireError>> => {
      try {
        return await work(...args);
      } catch (error) {
        log.error('prompts:failed', { error: String(error) });
        return err(storeFailed);
      }
    };

  return {
    'prompt:list': guarded(async () => {
      const used = await uses();
      const all = [...new Set([...shippedIds, ...kept.keys()])].toSorted();
      return ok({
        prompts: all.map((promptId) => viewOf(kept.get(promptId) ?? untouched(promptId), used.get(promptId) ?? [])),
        speech: speech?.name ?? null,
      });
    }),

    'prompt:save': guarded((asker, { promptId, texts, basedOn }) =>
      save(asker, { ...current(promptId), texts }, basedOn, `the text of the prompt ${promptId}`),
    ),

    'prompt:speak': guarded(async (asker, { promptId, locale, text }) => {
      if (!speech) return err(nothingSpeaks);
      return makeSound(asker, { promptId, locale, origin: 'spoken', text }, async () => {
        const said = await speech.speak(text, locale);
        if (said.ok) return said;
        log.error('prompt:notSpoken', { promptId, locale, why: said.error });
        return err(failedToSpeak);
      });
    }),

    'prompt:open': guarded(async (_asker, { promptId, locale }) => {
      const now = clock.now();
      for (const [token, { until }] of links) if (until <= now) links.delete(token);
      if (!(await sounds.open(promptId, locale))) return err(noSound);
      if (links.size >= mostLinks) return err(tooMany);
      const token = newToken();
      links.set(token, { promptId, locale, until: now + linkKeptMs });
      return ok({ path: `${promptLinkPath}${token}` });
    }),

    'prompt:remove-sound': guarded(async (asker, { promptId, locale }) => {
      const prompt = kept.get(promptId);
      if (!prompt?.sounds[locale]) return err(noSuchPrompt);
      if (!sounds.shipped(locale).has(promptId) && (await isInUse(promptId))) return err(inUse);
      const without = { ...prompt, sounds: { ...prompt.sounds, [locale]: null } };
      return save(asker, without, prompt.revision, `the sound of the prompt ${promptId} (${locale}) taken away`);
    }),

    'prompt:remove': guarded(async (asker, { promptId }) => {
      if (!kept.has(promptId)) return err(noSuchPrompt);
      if (!shippedIds.has(promptId) && (await isInUse(promptId))) return err(inUse);
      await repository.remove({ ...noted(asker, `the prompt ${promptId} removed`), promptId });
      kept.delete(promptId);
      putToUse(untouched(promptId));
      log.info('prompt:removed', { promptId, by: asker.userId });
      return ok({});
    }),

    take: guarded(async (asker, { promptId, locale, origin, wav }) => {
      if (!promptIdSchema.safeParse(promptId).success) return err(noSuchPrompt);
      return makeSound(asker, { promptId, locale, origin, text: null }, async () => ok(wav));
    }),

    openLink: guarded(async (token) => {
      const link = links.get(token);
      const sound = link && link.until > clock.now() ? await sounds.open(link.promptId, link.locale) : null;
      return sound ? ok(sound) : err(noSound);
    }),

    heard,

    state(promptId) {
      if (!exists(promptId)) return undefined;
      const prompt = kept.get(promptId) ?? untouched(promptId);
      const stateIn = (locale: PromptLocale): PromptState => {
        if (prompt.sounds[locale] ?? sounds.shipped(locale).get(promptId)) return 'sound';
        return prompt.texts[locale].trim() === '' ? 'missing' : 'text';
      };
      return { en: stateIn('en'), zh: stateIn('zh') };
    },
  };
}
