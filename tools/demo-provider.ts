import { type ScriptedCall, ScriptedPhone } from '../tests/support/scripted-phone/index.ts';
import { speech } from '../tests/support/tones.ts';

/**
 * The telephones of the demo's customers: what an agent calls out of the demo organisation rings here, and is answered by a voice. So that
 * whoever tries it hears each way such a call may go, the end of the number says which.
 */
export type DemoAnswer = 'answers' | 'busy' | 'nobody' | 'noSuchNumber';

/** What is dialled may be written in any form; its end is the same in all of them. */
export function demoAnswerOf(number: string): DemoAnswer {
  if (number.endsWith('86')) return 'busy';
  if (number.endsWith('87')) return 'nobody';
  return number.endsWith('88') ? 'noSuchNumber' : 'answers';
}

export interface DemoProviderOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly ringsMs?: number;
  /** What who answers says, again and again; 8 kHz. Without it: a spoken sentence. */
  readonly voice?: Int16Array;
}

export interface DemoProvider {
  readonly port: number;
  stop(): Promise<void>;
}

const ringsMs = 3_000;
/** Before the bridge gives up by itself. */
const nobodyMs = 40_000;
const pauseSamples = 4 * 8_000;

/** Rejects when the port is taken. */
export async function startDemoProvider(options: DemoProviderOptions): Promise<DemoProvider> {
  const phone = await ScriptedPhone.onTrunk({ sip: null, name: 'demo customer', bindHost: options.host, bindPort: options.port });
  const voice = options.voice ?? withPause(await speech('Hello? Yes, this is me. Thank you for calling back. What is it about?'));
  const timers = new Set<NodeJS.Timeout>();
  phone.onCall((call) => {
    const later = (ms: number, then: () => void) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        then();
      }, ms);
      timers.add(timer);
      void call.over.then(() => clearTimeout(timer));
    };
    live(call, voice, options.ringsMs ?? ringsMs, later);
  });
  return {
    port: Number(phone.sentBy.slice(phone.sentBy.lastIndexOf(':') + 1)),
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      await phone.close();
    },
  };
}

function live(call: ScriptedCall, voice: Int16Array, rings: number, later: (ms: number, then: () => void) => void): void {
  const answer = demoAnswerOf(numberOf(call));
  if (answer === 'busy') return call.reject(486);
  if (answer === 'noSuchNumber') return call.reject(404);
  call.ring();
  if (answer === 'nobody') return later(nobodyMs, () => call.reject(480));
  later(rings, () => {
    void call.mouth.play(voice, { isLoop: true });
    void call.answer();
  });
}

/** As dialled: the user part of the request's address. */
function numberOf(call: ScriptedCall): string {
  return /^sips?:([^@;]*)@/.exec(call.invite.uri)?.[1] ?? '';
}

/** Said again and again, with a pause in which the agent may speak. */
function withPause(sentence: Int16Array): Int16Array {
  const samples = new Int16Array(sentence.length + pauseSamples);
  samples.set(sentence);
  return samples;
}
