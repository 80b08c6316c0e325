import { hotlines } from '../../../cti-bridge/store/seed/demo-people.ts';
import { numberOfSeededPerson } from '../../../cti-bridge/store/seed/people.ts';
import { type LogLine, percentiles } from '../../support/bridge-under-load.ts';
import { ScriptedPhone } from '../../support/scripted-phone/index.ts';
import { pause } from './stamps.ts';
import type { WrittenHouse } from './written-house.ts';

const talksMs = 1_500;

/** A call a second while something else is measured, answered by the agents: how soon after the INVITE its customer is on a desktop. */
export class CallsBeside {
  readonly #phone: ScriptedPhone;
  readonly #voice = new Set<string>();
  readonly #calls: Promise<void>[] = [];
  #delivered: number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #count = 0;

  private constructor(phone: ScriptedPhone) {
    this.#phone = phone;
  }

  static async start({ bridge, desktops, own }: WrittenHouse): Promise<CallsBeside> {
    const beside = new CallsBeside(await ScriptedPhone.onTrunk({ sip: bridge.sip, name: 'beside' }));
    own(() => beside.stop());
    bridge.onLine((line) => beside.#hear(line));
    for (const desktop of desktops) {
      desktop.phone.onCall((call) => void call.answer());
      desktop.onPush((push) => {
        if (push.name !== 'wrap-up:changed') return;
        const { interactionId } = push.payload;
        const done = desktop.command('interaction:complete', {
          interactionId,
          dispositionCode: 'information',
          note: '',
          then: 'available',
        });
        done.catch(() => {}); // the bench is over
      });
    }
    beside.#timer = setInterval(() => beside.#calls.push(beside.#call()), 1_000);
    return beside;
  }

  /** Since it was last asked. */
  popFigures(at: string) {
    const delivered = this.#delivered;
    this.#delivered = [];
    return percentiles('calls beside: INVITE to pop delivered', delivered, at);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#calls);
    await this.#phone.close();
  }

  #hear({ msg, channel, interactionId = '', sinceReceivedMs }: LogLine): void {
    if (msg === 'interaction:received' && channel === 'voice') this.#voice.add(interactionId);
    if (msg === 'pop:delivered' && this.#voice.has(interactionId)) this.#delivered.push(Number(sinceReceivedMs));
  }

  async #call(): Promise<void> {
    try {
      const call = await this.#phone.call({ to: hotlines.direct, from: numberOfSeededPerson(++this.#count) });
      await call.answered();
      await pause(talksMs);
      await call.hangUp();
    } catch {
      // One that was not answered in time is missing from the figures, whose `n` says so.
    }
  }
}
