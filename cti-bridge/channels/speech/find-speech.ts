import type { PromptLocale, SpeechEngine } from '../../interactions/index.ts';
import { err } from '../../kernel/index.ts';
import { runProgram } from './run-program.ts';

/** Something that speaks, and what tells its sounds from those of another version or voice. */
export interface FoundSpeech extends SpeechEngine {
  readonly version: string;
}

const limitMs = 10_000;
/** More than two minutes of speech at the usual rate of 22 kHz. */
const mostBytes = 16 * 1024 * 1024;
const longestText = 2_000;
const voices: Readonly<Record<PromptLocale, readonly string[]>> = {
  en: ['-v', 'en-gb-x-rp+f2', '-s', '158', '-p', '46', '-g', '1'],
  zh: ['-v', 'cmn+f2', '-s', '172', '-p', '46', '-g', '1'],
};

/**
 * The program that speaks texts here; null where there is none. `command`: a program and its arguments, in which `{language}` becomes `en` or
 * `zh`; it reads the text in UTF-8 and writes WAV. Null: espeak-ng where that is installed.
 */
export async function findSpeech(command: readonly string[] | null): Promise<FoundSpeech | null> {
  if (command !== null) return ownCommand(command);
  const asked = await runProgram({ program: 'espeak-ng', args: ['--version'], input: '', limitMs, mostBytes: 10_000 });
  const version = asked.ok ? /espeak[ -]ng[^:]*:? *([\w.-]+)/i.exec(asked.value.toString('utf8'))?.[1] : undefined;
  if (version === undefined) return null;
  return {
    name: 'espeak-ng',
    version,
    speak: (text, locale) => speakWith('espeak-ng', [...voices[locale], '--stdin', '--stdout'], text),
  };
}

function ownCommand([program = '', ...args]: readonly string[]): FoundSpeech {
  return {
    name: program.split(/[\\/]/).at(-1) ?? program,
    version: JSON.stringify([program, ...args]),
    speak: (text, locale) =>
      speakWith(
        program,
        args.map((arg) => arg.replaceAll('{language}', locale)),
        text,
      ),
  };
}

async function speakWith(program: string, args: readonly string[], text: string): ReturnType<SpeechEngine['speak']> {
  if (text.length > longestText) return err(`a text of ${text.length} characters is too long`);
  return runProgram({ program, args, input: `${text.replaceAll('\0', ' ')}\n`, limitMs, mostBytes });
}
