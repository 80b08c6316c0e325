import { SmppLine, type SmppLineOptions } from '../../cti-bridge/channels/sms/smpp/smpp-line.ts';
import type { LineState, SendOutcome } from '../../cti-bridge/interactions/index.ts';
import { silentLog, VirtualClock } from '../../cti-bridge/kernel/index.ts';
import type { MessageId } from '../../shared/ids.ts';
import { SimulatedSmsc, type SmscOptions } from '../../tools/sms/smsc.ts';
import { KeptTexts } from './kept-texts.ts';
import { dialInMemory } from './smsc-in-memory.ts';

export interface SmsStageOptions {
  readonly line?: Partial<SmppLineOptions>;
  readonly smsc?: Partial<SmscOptions>;
  readonly random?: () => number;
}

const account = { systemId: 'crosspoint', password: 'secret' };

/** A line and a network at the other end of it, in virtual time. */
export class SmsStage {
  readonly clock = new VirtualClock();
  readonly kept = new KeptTexts();
  readonly states: LineState[] = [];
  readonly smsc: SimulatedSmsc;
  readonly line: SmppLine;
  isReachable = true;
  /** To connect. */
  attempts = 0;
  #sent = 0;

  constructor({ line, smsc, random = () => 0.5 }: SmsStageOptions = {}) {
    this.smsc = new SimulatedSmsc({ clock: this.clock, account, deliveredAfterMs: 500, random, ...smsc });
    const options = { lineId: 'main', number: '10690', ...account, systemType: '', window: 10, perSecond: 100, ...line };
    this.line = new SmppLine(options, {
      clock: this.clock,
      log: silentLog,
      arrivals: this.kept,
      dial: dialInMemory(this.clock, this.smsc, () => {
        this.attempts++;
        return this.isReachable;
      }),
      onState: (state) => this.states.push(state),
      random,
    });
  }

  /** Bound. */
  async up(): Promise<this> {
    this.line.start();
    await this.clock.run(100);
    return this;
  }

  send(text: string, { to = '+8613900004126', signal = new AbortController().signal } = {}): Promise<SendOutcome> {
    return this.line.send({ messageId: `m${++this.#sent}` as MessageId, lineId: 'main', to, text }, signal);
  }

  /** Sends, and lets so much time pass. */
  async outcome(text: string, afterMs = 5_000): Promise<SendOutcome | 'none yet'> {
    let outcome: SendOutcome | 'none yet' = 'none yet';
    void this.send(text).then((told) => {
      outcome = told;
    });
    await this.clock.run(afterMs);
    return outcome;
  }
}
