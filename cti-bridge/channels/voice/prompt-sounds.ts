import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PromptLocale, PromptSounds, ShippedPrompt } from '../../interactions/index.ts';
import { err, ok } from '../../kernel/index.ts';
import { preparePromptInThread } from '../../media/index.ts';

/** Where the sound of a prompt is that is to be played. */
export interface PromptFiles {
  /** Null: it cannot be the name of one. Whether there is one shows when it is played. */
  fileOf(promptId: string, locale: string): string | null;
}

const ending = '.wav';
/** Ids come from flows and from people: never a way out of a folder. */
const isName = (name: string) => /^[\w-]{1,64}$/.test(name);
/** Of a WAV file as we write them: a header of so many bytes, then 8 kHz of two bytes each. */
const headerBytes = 44;
const bytesPerMs = 16;

/**
 * The sounds of prompts: those that were shipped, and in the data folder those that people brought, each under an id of its own. A file never
 * changes once it is written, so what is being played is played to its end, and whoever plays the prompt next hears the new one.
 */
export async function openPromptSounds(shippedFolder: string, folder: string): Promise<PromptSounds & PromptFiles> {
  const shipped = { en: await readShipped(shippedFolder, 'en'), zh: await readShipped(shippedFolder, 'zh') };
  const used = new Map<string, string>();
  const ownFile = (soundId: string) => join(folder, soundId + ending);

  function fileOf(promptId: string, locale: string): string | null {
    if (!isName(promptId)) return null;
    const soundId = used.get(`${locale}/${promptId}`);
    return soundId === undefined ? join(shippedFolder, locale, promptId + ending) : ownFile(soundId);
  }

  return {
    fileOf,
    shipped: (locale) => shipped[locale],

    async keep(soundId, wav) {
      if (!isName(soundId)) throw new Error(`no id of a sound: ${soundId}`);
      const prepared = await preparePromptInThread(wav);
      if (!prepared.ok) return err(prepared.error);
      await mkdir(folder, { recursive: true });
      const partial = `${ownFile(soundId)}.part`;
      await writeFile(partial, prepared.value.wav);
      await rename(partial, ownFile(soundId));
      return ok({ durationMs: prepared.value.durationMs });
    },

    use(promptId, locale, soundId) {
      if (soundId === null) used.delete(`${locale}/${promptId}`);
      else if (isName(soundId)) used.set(`${locale}/${promptId}`, soundId);
    },

    async removeUnused() {
      const inUse = new Set([...used.values()].map((soundId) => soundId + ending));
      const unused = (await readdir(folder).catch(() => [])).filter((name) => !inUse.has(name) && /\.wav(\.part)?$/.test(name));
      for (const name of unused) await rm(join(folder, name), { force: true });
      return unused.length;
    },

    async open(promptId, locale) {
      const file = fileOf(promptId, locale);
      const found = file === null ? null : await stat(file).catch(() => null);
      if (file === null || !found?.isFile()) return null;
      return { bytes: found.size, read: (from, to) => createReadStream(file, { start: from, end: to }) };
    },
  };
}

/** `texts.json` beside the languages says what each is heard to say. */
async function readShipped(folder: string, locale: PromptLocale): Promise<ReadonlyMap<string, ShippedPrompt>> {
  const texts = JSON.parse(await readFile(join(folder, 'texts.json'), 'utf8').catch(() => '{}')) as Partial<
    Record<PromptLocale, Record<string, string>>
  >;
  const names = (await readdir(join(folder, locale)).catch(() => [])).filter((name) => name.endsWith(ending));
  const found = await Promise.all(
    names.map(async (name) => {
      const promptId = name.slice(0, -ending.length);
      const { size } = await stat(join(folder, locale, name));
      const durationMs = Math.max(0, Math.round((size - headerBytes) / bytesPerMs));
      return [promptId, { text: texts[locale]?.[promptId] ?? '', durationMs }] as const;
    }),
  );
  return new Map(found);
}
