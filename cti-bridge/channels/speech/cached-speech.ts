import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SpeechEngine } from '../../interactions/index.ts';
import { ok } from '../../kernel/index.ts';
import type { FoundSpeech } from './find-speech.ts';

/** Beyond it, what was spoken longest ago is forgotten. */
const mostKept = 200;

/** Speaks each text once: later it is read from the folder. */
export function cachedSpeech(engine: FoundSpeech, folder: string): SpeechEngine {
  return {
    name: engine.name,
    async speak(text, locale) {
      const key = createHash('sha256')
        .update(JSON.stringify([engine.name, engine.version, locale, text]))
        .digest('hex');
      const file = join(folder, `${key}.wav`);
      const known = await readFile(file).catch(() => null);
      if (known) return ok(known);
      const said = await engine.speak(text, locale);
      if (said.ok) await keep(file, said.value);
      return said;
    },
  };

  async function keep(file: string, wav: Uint8Array): Promise<void> {
    await mkdir(folder, { recursive: true });
    await writeFile(`${file}.part`, wav);
    await rename(`${file}.part`, file);
    const names = (await readdir(folder)).filter((name) => name.endsWith('.wav'));
    if (names.length <= mostKept) return;
    const ages = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
    const oldest = ages.toSorted((a, b) => a.at - b.at).slice(0, names.length - mostKept);
    for (const { name } of oldest) await rm(join(folder, name), { force: true });
  }
}
