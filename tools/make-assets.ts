/**
 * Makes the sounds in assets/: spoken prompts, hold music, the desktop's ring. Run by hand after changing a text or a tune
 * (`node tools/make-assets.ts`, with espeak-ng and sox installed); the files are committed, nothing is generated at start.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWav } from '../cti-bridge/media/index.ts';
import { flowPrompts } from './make-assets/flow-prompts.ts';
import { fragments } from './make-assets/fragments.ts';
import { holdMusic } from './make-assets/hold-music.ts';
import { parts } from './make-assets/numbers.ts';
import { prompts } from './make-assets/prompts.ts';
import { ring, tone } from './make-assets/ring.ts';
import { speak } from './make-assets/speech.ts';

const assets = join(import.meta.dirname, '..', 'assets');

function write(folder: string, name: string, samples: Int16Array, rate: number): void {
  mkdirSync(join(assets, folder), { recursive: true });
  writeFileSync(join(assets, folder, `${name}.wav`), writeWav(samples, rate));
  console.log(`${folder}/${name}.wav  ${(samples.length / rate).toFixed(1)} s`);
}

/** What each is heard to say, for whoever looks through the prompts: pauses and voices are no part of it. */
const said: Record<string, Record<string, string>> = {};

for (const language of ['en', 'zh'] as const) {
  const sentences = { ...prompts[language], ...flowPrompts[language] };
  for (const [name, words] of Object.entries(sentences)) write(`prompts/${language}`, name, speak(words), 8000);
  said[language] = Object.fromEntries(
    Object.entries(sentences).map(([name, words]) => [name, words.map(({ text }) => text).join(language === 'zh' ? '' : ' ')]),
  );
  const short = { before: 0.03, after: 0.06 };
  for (const [name, words] of Object.entries(parts[language])) write(`prompts/${language}`, name, speak(words, short), 8000);
  for (const [name, word] of Object.entries(fragments[language])) write(`prompts/${language}`, name, speak([word], short), 8000);
}
writeFileSync(join(assets, 'prompts', 'texts.json'), `${JSON.stringify(said, null, 2)}\n`);
for (const language of ['en', 'zh']) write(`prompts/${language}`, 'voicemail-tone', tone(8000), 8000);
write('music', 'hold', holdMusic(8000), 8000);
write('sounds', 'ring', ring(48_000), 48_000);
