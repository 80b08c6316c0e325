import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const locales = ['en', 'zh'] as const;

/** The prompts that can be played in every language, by their names. A prompt that is missing in one of them is none. */
export async function promptNames(promptsFolder: string): Promise<readonly string[]> {
  const found = await Promise.all(locales.map((locale) => readdir(join(promptsFolder, locale))));
  const [first = [], ...others] = found.map((files) => files.flatMap((file) => (file.endsWith('.wav') ? [file.slice(0, -4)] : [])));
  return first.filter((name) => others.every((names) => names.includes(name))).toSorted();
}
