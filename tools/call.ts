import { existsSync, readFileSync } from 'node:fs';
import { readWav } from '../cti-bridge/media/index.ts';
import { margaretOkafor } from '../cti-bridge/store/seed/demo-people.ts';
import type { Ending, ScriptedCall } from '../tests/support/scripted-phone/index.ts';
import { knownSoundsOf, ScriptedPhone } from '../tests/support/scripted-phone/index.ts';
import { resample, speech } from '../tests/support/tones.ts';
import type { CallOptions } from './call-options.ts';
import { callUsage, readCallOptions } from './call-options.ts';
import { inProject } from './project.ts';

/**
 * `npm run call`: rings the running bridge as a customer would, with sound, and prints what it hears as it goes. Ends with 0 when the call
 * was answered.
 */

const demoHotline = '1000';

const options = readCallOptions(process.argv.slice(2), process.cwd(), { ...margaretOkafor, hotline: demoHotline });
if (!options.ok) fail(`${options.error}\n${callUsage}`);
process.exit(await call(options.value));

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

async function call(options: CallOptions): Promise<number> {
  const voice = withPause(options.wavFile === null ? await speech(sentenceOf(options)) : voiceOf(options.wavFile));
  const startedAt = performance.now();
  const say = (line: string) => process.stdout.write(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s  ${line}\n`);

  const phone = await ScriptedPhone.onTrunk({
    sip: options.sip,
    known: knownSoundsOf(inProject('assets')),
    bindHost: localAddressFor(options.sip.host),
  });
  say(`dialling ${options.to} at ${options.sip.host}:${options.sip.port} as ${options.displayName ?? options.from}`);
  const ongoing = await phone.call({
    to: options.to,
    from: options.from,
    isPrivate: options.from === 'anonymous',
    ...(options.displayName === null ? {} : { displayName: options.displayName }),
  });
  let wasAnswered = false;
  ongoing.journal.onNote(({ what }) => {
    if (what === 'answered') wasAnswered = true;
    const line = wordsFor(what, options.to);
    if (line) say(line);
  });

  const timeUp = setTimeout(() => {
    say(`${options.seconds} s are over, hanging up`);
    void ongoing.hangUp();
  }, options.seconds * 1_000);
  const onInterrupt = () => {
    say('hanging up');
    void ongoing.hangUp();
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  // A second of patience for an INVITE that nobody takes: a bridge answers 100 within milliseconds.
  const silent = setTimeout(() => {
    if (ongoing.journal.has(/^(\d\d\d |answered|over)/)) return;
    say('no answer yet; is the bridge running? (npm start)');
  }, 1_500);

  void ongoing.answered(options.seconds * 1_000).then(
    () => converse(ongoing, voice, options.press, say),
    () => {}, // refused: the ending below says so
  );
  const ending = await ongoing.over;
  clearTimeout(timeUp);
  clearTimeout(silent);
  say(endingOf(ending, options));
  await phone.close();
  return wasAnswered ? 0 : 1;
}

/** Presses the keys while the menu is spoken, as customers do who know it; speaks when a person is there. */
async function converse(ongoing: ScriptedCall, voice: Int16Array, keys: string, say: (line: string) => void): Promise<void> {
  let left = keys;
  let prompts = 0;
  let hadMusic = false;
  let next: NodeJS.Timeout | undefined;
  const pressIn = (ms: number) => {
    clearTimeout(next);
    if (left !== '') next = setTimeout(press, ms);
  };
  const press = () => {
    if (!ongoing.isTalking) return;
    const key = left.slice(0, 1);
    left = left.slice(1);
    say(`presses ${key}`);
    void ongoing.press(key);
    pressIn(1_500);
  };
  ongoing.journal.onNote(({ what }) => {
    if (what.startsWith('hears prompt')) {
      prompts++;
      // The greeting takes no keys; the menu after it does.
      if (what.includes('menu') || prompts > 1) pressIn(1_500);
    } else if (what === 'hears silence' && prompts > 0) pressIn(300);
    if (what === 'hears music') hadMusic = true;
    else if (hadMusic && /^hears (silence|a voice|tone)/.test(what)) void ongoing.mouth.play(voice, { isLoop: true });
    else if (what.startsWith('hears ')) ongoing.mouth.beSilent();
  });
  pressIn(10_000);
}

function wordsFor(what: string, to: string): string | null {
  if (/^18[03] /.test(what)) return `ringing at ${to}`;
  if (what === 'answered') return 'answered';
  const prompt = /^hears prompt (\w+)\/(.+)$/.exec(what);
  if (prompt) return `hears prompt "${prompt[2]}"${prompt[1] === 'en' ? '' : ` (${prompt[1]})`}`;
  if (what === 'hears ringback') return 'hears the ringing tone';
  return what.startsWith('hears ') || what.startsWith('re-INVITE') ? what : null;
}

function endingOf({ by, how, status, text }: Ending, { to, sip }: CallOptions): string {
  if (how === 'lost') return `the call could not go on: ${text} (${sip.host}:${sip.port}). Start the bridge with: npm start`;
  if (status === 404) return `refused: nobody has the number ${to} here (404)`;
  if (status === 403) return `refused: the bridge takes no calls from this address (403)`;
  if (status === 488) return 'refused: no common way to carry sound (488)';
  if (status === 503) return 'refused: the bridge is too busy or shutting down (503)';
  if (how === 'refused') return `refused: ${status ?? ''} ${text}`;
  if (how === 'canceled') return 'hung up before the answer';
  return by === 'us' ? 'hung up' : `the other side hung up${text === '' ? '' : `: ${text}`}`;
}

function sentenceOf({ displayName }: CallOptions): string {
  return `Hello, this is ${displayName ?? 'a customer'}. I am calling about my bill. Could you have a look, please?`;
}

/** Said again and again, with a pause in which the other may speak. */
function withPause(sentence: Int16Array): Int16Array {
  const samples = new Int16Array(sentence.length + 3 * 8_000);
  samples.set(sentence);
  return samples;
}

function voiceOf(path: string): Int16Array {
  if (!existsSync(path)) fail(`There is no file ${path}.`);
  const wav = readWav(readFileSync(path));
  if (!wav.ok) fail(`${path} cannot be played: ${wav.error}.`);
  const { samples, channels, rate } = wav.value;
  const mono = Int16Array.from({ length: Math.floor(samples.length / channels) }, (_, i) => samples[i * channels] ?? 0);
  return resample(mono, rate, 8_000);
}

/** Loopback speaks from loopback; anything else from wherever the system routes it. */
function localAddressFor(host: string): string {
  return host === 'localhost' || host.startsWith('127.') ? '127.0.0.1' : '0.0.0.0';
}
