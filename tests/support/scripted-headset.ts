import type { Hid, HidCollection, HidDevice, HidInput } from '../../renderer/phone/headset/hid.ts';

/** How a headset behaves. `echoes`: its mute button also reports what was written to its lamp. An absolute hook follows its lamp, and says so. */
export interface HeadsetKind {
  readonly mute: 'absolute' | 'relative';
  readonly echoes?: boolean;
  readonly hook?: 'absolute' | 'relative';
}

const inputId = 2;
const outputId = 3;

/** Input: hook at bit 0, mute at bit 1. Output, after five bits of padding: off-hook, mute, ring. */
function collectionsOf({ mute, hook = 'absolute' }: HeadsetKind): readonly HidCollection[] {
  const bit = (usage: number, isAbsolute: boolean) => ({ isAbsolute, reportSize: 1, reportCount: 1, usages: [usage] });
  return [
    {
      ...{ usagePage: 0x0b, usage: 0x05 },
      inputReports: [
        {
          reportId: inputId,
          items: [bit(0x0b_0020, hook === 'absolute'), bit(0x0b_002f, mute === 'absolute'), { reportSize: 6, reportCount: 1 }],
        },
      ],
      children: [
        {
          ...{ usagePage: 0x0b, usage: 0x05 },
          outputReports: [
            {
              reportId: outputId,
              items: [
                { reportSize: 5, reportCount: 1 },
                { isRange: true, usageMinimum: 0x08_0017, usageMaximum: 0x08_0018, reportSize: 1, reportCount: 2 },
                bit(0x08_0009, true),
              ],
            },
          ],
        },
      ],
    },
  ];
}

/** A telephony headset without hardware: its own state, its lamps, and reports that come when the test delivers them. */
export class ScriptedHeadset implements HidDevice {
  readonly productName = 'Evolve2 65';
  readonly collections: readonly HidCollection[];
  opened = false;
  isMuted = false;
  lamps = { mute: false, offHook: false, ring: false };
  readonly #kind: HeadsetKind;
  readonly #listeners = new Set<(input: HidInput) => void>();
  #hook = false;
  /** Reports on their way, in their order. */
  #waiting: number[] = [];

  constructor(kind: HeadsetKind) {
    this.#kind = kind;
    this.collections = collectionsOf(kind);
  }

  async open(): Promise<void> {
    this.opened = true;
  }
  async close(): Promise<void> {
    this.opened = false;
  }
  async sendReport(reportId: number, data: Uint8Array): Promise<void> {
    if (reportId !== outputId) return;
    const byte = data[0] ?? 0;
    this.lamps = { offHook: (byte & 32) !== 0, ring: (byte & 64) !== 0, mute: (byte & 128) !== 0 };
    const { mute, offHook } = this.lamps;
    const follows = this.#kind.hook !== 'relative' && this.#hook !== offHook;
    if (follows) this.#hook = offHook;
    const echoes = this.#kind.mute === 'absolute' && this.#kind.echoes && this.isMuted !== mute;
    this.isMuted = mute;
    if (follows || echoes) this.#report();
  }
  addEventListener(_name: 'inputreport', listener: (input: HidInput) => void): void {
    this.#listeners.add(listener);
  }
  removeEventListener(_name: 'inputreport', listener: (input: HidInput) => void): void {
    this.#listeners.delete(listener);
  }

  pressMute(): void {
    if (this.#kind.mute === 'absolute') {
      this.isMuted = !this.isMuted;
      return this.#report();
    }
    this.#report(true);
    this.#report(false);
  }
  /** Lifted or put down; a relative button is pressed and let go. */
  pressHook(): void {
    this.#hook = !this.#hook;
    this.#report();
    if (this.#kind.hook !== 'relative') return;
    this.#hook = false;
    this.#report();
  }
  /** The next reports on their way arrive, all of them unless `most`. */
  deliver(most = Number.POSITIVE_INFINITY): void {
    for (const byte of this.#waiting.splice(0, most)) {
      const data = new DataView(Uint8Array.of(byte).buffer);
      for (const listener of [...this.#listeners]) listener({ reportId: inputId, data });
    }
  }
  /** The next report never arrives. */
  lose(): void {
    this.#waiting.shift();
  }
  get reportsWaiting(): number {
    return this.#waiting.length;
  }

  #report(isMuteDown = this.#kind.mute === 'absolute' && this.isMuted): void {
    this.#waiting.push((this.#hook ? 1 : 0) | (isMuteDown ? 2 : 0));
  }
}

/** WebHID with these headsets, allowed before. */
export function scriptedHid(...allowed: HidDevice[]) {
  const listeners = {
    connect: new Set<(event: { device: HidDevice }) => void>(),
    disconnect: new Set<(event: { device: HidDevice }) => void>(),
  };
  const hid: Hid = {
    getDevices: async () => [...allowed],
    requestDevice: async () => [...allowed],
    addEventListener: (name, listener) => void listeners[name].add(listener as never),
    removeEventListener: (name, listener) => void listeners[name].delete(listener as never),
  };
  const tell = (name: 'connect' | 'disconnect', device: HidDevice) => {
    for (const listener of listeners[name]) listener({ device });
  };
  return { hid, plug: (device: HidDevice) => tell('connect', device), pull: (device: HidDevice) => tell('disconnect', device) };
}
