import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cachedSpeech, findSpeech } from '../../../cti-bridge/channels/speech/index.ts';
import { runProgram } from '../../../cti-bridge/channels/speech/run-program.ts';
import { ok } from '../../../cti-bridge/kernel/index.ts';
import { readWav } from '../../../cti-bridge/media/index.ts';
import { temporaryFolder } from '../store/store-under-test.ts';

const node = (script: string) => [process.execPath, '-e', script, '{language}'];

describe('espeak-ng', () => {
  it.each([
    ['en', 'Your invoice is paid; $(touch /tmp/x) `id` "quoted" -v whatever'],
    ['zh', '您好，您的账单已支付。'],
  ] as const)('speaks a text of any kind as WAV (%s)', async (locale, text) => {
    const speech = await findSpeech(null);
    expect(speech).toMatchObject({ name: 'espeak-ng', version: expect.stringMatching(/^\d/) });
    const said = await speech?.speak(text, locale);
    if (!said?.ok) throw new Error('nothing was said');
    const wav = readWav(Buffer.from(said.value));
    if (!wav.ok) throw new Error(wav.error);
    expect(wav.value.samples.length / wav.value.rate).toBeGreaterThan(1);
  });

  it('takes a text that looks like an option for a text', async () => {
    const said = await (await findSpeech(null))?.speak('--version', 'en');
    expect(said?.ok && Buffer.from(said.value.subarray(0, 4)).toString('latin1')).toBe('RIFF');
  });

  it('speaks no text that is longer than anybody listens', async () => {
    expect(await (await findSpeech(null))?.speak('x'.repeat(2_001), 'en')).toMatchObject({ ok: false });
  });
});

describe('a program of the house', () => {
  it('is given the language and the text, and nothing of our environment', async () => {
    process.env.CROSSPOINT_TEST_SECRET = 'hidden';
    const script =
      "process.stdin.on('data', (text) => process.stdout.write(process.argv[1] + ' ' + text.toString().trim() + ' ' + process.env.CROSSPOINT_TEST_SECRET))";
    const speech = await findSpeech(node(script));
    const said = await speech?.speak('Good morning', 'en');
    delete process.env.CROSSPOINT_TEST_SECRET;
    expect(said?.ok && said.value.toString()).toBe('en Good morning undefined');
  });

  it.each([
    ['fails', "console.error('no such voice'); process.exit(3)", /ended with 3: no such voice/],
    ['is not there', null, /ENOENT/],
  ])('that %s is said to have', async (_, script, why) => {
    const speech = await findSpeech(script === null ? ['/nowhere/speak'] : node(script));
    const said = await speech?.speak('Good morning', 'en');
    expect(said).toMatchObject({ ok: false, error: expect.stringMatching(why) });
  });

  it('that hangs or never stops writing is ended', async () => {
    const run = (script: string, limitMs: number) =>
      runProgram({ program: process.execPath, args: ['-e', script], input: 'x', limitMs, mostBytes: 100_000 });
    expect(await run('setInterval(() => undefined, 1000)', 300)).toEqual({ ok: false, error: 'took more than 300 ms' });
    expect(await run('for (;;) process.stdout.write(Buffer.alloc(65536))', 10_000)).toEqual({
      ok: false,
      error: 'wrote more than 100000 bytes',
    });
  });
});

describe('what was spoken', () => {
  it('is spoken once for each text, language and version, and the oldest is forgotten', async () => {
    const folder = temporaryFolder();
    const asked: string[] = [];
    const engine = (version: string) =>
      cachedSpeech(
        {
          name: 'parrot',
          version,
          async speak(text, locale) {
            asked.push(`${version} ${locale} ${text}`);
            return ok(Buffer.from(text));
          },
        },
        folder,
      );
    await engine('1').speak('Hello', 'en');
    const again = await engine('1').speak('Hello', 'en');
    expect(again.ok && again.value.toString()).toBe('Hello');
    await engine('1').speak('Hello', 'zh');
    await engine('2').speak('Hello', 'en');
    expect(asked).toEqual(['1 en Hello', '1 zh Hello', '2 en Hello']);
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), 0, 0);
    for (let each = 0; each < 200; each++) await engine('1').speak(`Number ${each}`, 'en');
    expect(readdirSync(folder)).toHaveLength(200);
    await engine('1').speak('Hello', 'en');
    expect(asked.at(-1)).toBe('1 en Hello');
  });
});
