/**
 * A hundred callers in one process, started by `real-callers.ts`: each calls, hears a menu that is two tones, presses a key now and then, and
 * measures how soon the tone of the next menu is there.
 */
import { frameMs, startPacer } from '../../../cti-bridge/media/index.ts';
import { type ScriptedCall, ScriptedPhone } from '../../support/scripted-phone/index.ts';
import { type HeardTone, ToneMedia } from './tone-media.ts';

export interface CallersOrder {
  readonly sip: { readonly host: string; readonly port: number };
  readonly dial: string;
  readonly callers: number;
  readonly measuredMs: number;
  /** Each menu is these two tones, one right after the other. */
  readonly menus: readonly (readonly [first: number, second: number])[];
}

/** All in ms. */
export interface CallersJudgement {
  readonly calls: number;
  readonly presses: number;
  readonly unanswered: number;
  readonly sincePressed: readonly number[];
  readonly sinceLetGo: readonly number[];
  /** Silence between the two tones of a menu. */
  readonly gaps: readonly number[];
  /** Longer than three packets without any, while a tone was playing. */
  readonly pauses: readonly number[];
  readonly packets: number;
  /** How late these callers were themselves, at the 99th percentile: a busy machine is not the bridge's doing. */
  readonly ownLatenessMs: number;
  readonly longestOwnLatenessMs: number;
}

const heldMs = 80;
const everyMs = 20;

class MenuCaller {
  readonly #menus: CallersOrder['menus'];
  readonly #media: ToneMedia;
  readonly sincePressed: number[] = [];
  readonly sinceLetGo: number[] = [];
  readonly gaps: number[] = [];
  presses = 0;
  unanswered = 0;
  isMeasured = false;
  #menu = -1;
  #tone = 0;
  #toneEndedAt = 0;
  #pressedAt: number | null = null;
  #letGoAt: number | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(menus: CallersOrder['menus'], media: ToneMedia) {
    this.#menus = menus;
    this.#media = media;
    media.onTone = (tone) => this.#hears(tone);
    media.onKey = (what, at) => {
      if (what === 'pressed') this.#pressedAt = at;
      else this.#letGoAt = at;
    };
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (this.#pressedAt !== null && this.isMeasured) this.unanswered++;
  }

  #hears({ frequency, at }: HeardTone): void {
    if (frequency === 0) {
      this.#toneEndedAt = at;
      return;
    }
    const menu = this.#menus.findIndex((tones) => tones.includes(frequency));
    const tones = this.#menus[menu];
    if (menu !== this.#menu) this.#enters(menu, at);
    else if (this.isMeasured && frequency === tones?.[1] && this.#tone === tones[0])
      this.gaps.push(this.#toneEndedAt === 0 ? 0 : at - this.#toneEndedAt);
    this.#tone = frequency;
    this.#toneEndedAt = 0;
  }

  #enters(menu: number, at: number): void {
    if (this.#pressedAt !== null && this.isMeasured) {
      this.sincePressed.push(at - this.#pressedAt);
      if (this.#letGoAt !== null) this.sinceLetGo.push(at - this.#letGoAt);
    }
    this.#pressedAt = null;
    this.#letGoAt = null;
    this.#menu = menu;
    this.#timer = setTimeout(() => this.#presses(), 800 + Math.random() * 2_400);
  }

  #presses(): void {
    if (this.isMeasured) this.presses++;
    this.#media.mouth.press('1', heldMs);
  }
}

async function run({ sip, dial, callers, measuredMs, menus }: CallersOrder): Promise<CallersJudgement> {
  const tones = menus.flat();
  const media: ToneMedia[] = [];
  const lateness: number[] = [];
  let isMeasured = false;
  const pacer = startPacer(frameMs, (dueAt) => {
    if (isMeasured) lateness.push(performance.now() - dueAt);
    for (const each of media) each.tick();
  });
  const phones: ScriptedPhone[] = [];
  const calls: ScriptedCall[] = [];
  const all: MenuCaller[] = [];
  for (let index = 0; index < callers; index++) {
    const phone = await ScriptedPhone.onTrunk({
      sip,
      openMedia: async (journal) => {
        const opened = await ToneMedia.open(journal, tones);
        media.push(opened);
        all.push(new MenuCaller(menus, opened));
        return opened;
      },
    });
    phones.push(phone);
    const call = await phone.call({ to: dial, from: `+4474990${String(index).padStart(5, '0')}` });
    await call.answered(10_000);
    calls.push(call);
    await pause(everyMs);
  }
  await pause(3_000);
  isMeasured = true;
  for (const [index, caller] of all.entries()) {
    caller.isMeasured = true;
    media[index]?.pauses.splice(0);
  }
  const before = media.reduce((sum, { packets }) => sum + packets, 0);
  await pause(measuredMs);
  const packets = media.reduce((sum, each) => sum + each.packets, 0) - before;
  const pauses = media.flatMap((each) => each.pauses);
  isMeasured = false;
  for (const caller of all) caller.stop();
  for (const call of calls) await call.hangUp();
  pacer.stop();
  for (const phone of phones) await phone.close();
  lateness.sort((one, other) => one - other);
  return {
    calls: calls.length,
    presses: all.reduce((sum, { presses }) => sum + presses, 0),
    unanswered: all.reduce((sum, { unanswered }) => sum + unanswered, 0),
    sincePressed: all.flatMap(({ sincePressed }) => sincePressed),
    sinceLetGo: all.flatMap(({ sinceLetGo }) => sinceLetGo),
    gaps: all.flatMap(({ gaps }) => gaps),
    pauses,
    packets,
    ownLatenessMs: lateness[Math.floor(lateness.length * 0.99)] ?? 0,
    longestOwnLatenessMs: lateness.at(-1) ?? 0,
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

process.once('message', (order: CallersOrder) => {
  const tell = (answer: { readonly judgement: CallersJudgement } | { readonly error: string }) =>
    process.send?.(answer, () => process.exit());
  run(order)
    .then((judgement) => tell({ judgement }))
    .catch((error: unknown) => tell({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }));
});
process.once('disconnect', () => process.exit());
