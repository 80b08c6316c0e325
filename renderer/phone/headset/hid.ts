/** What is used of WebHID (WICG), which TypeScript has no types of. */
export interface HidItem {
  readonly isAbsolute?: boolean;
  readonly isArray?: boolean;
  readonly isRange?: boolean;
  /** Page and usage in one: `page << 16 | usage`. */
  readonly usages?: readonly number[];
  readonly usageMinimum?: number;
  readonly usageMaximum?: number;
  /** In bits. */
  readonly reportSize?: number;
  readonly reportCount?: number;
}

export interface HidReport {
  readonly reportId?: number;
  readonly items?: readonly HidItem[];
}

export interface HidCollection {
  readonly usagePage?: number;
  readonly usage?: number;
  readonly inputReports?: readonly HidReport[];
  readonly outputReports?: readonly HidReport[];
  readonly children?: readonly HidCollection[];
}

export interface HidInput {
  readonly reportId: number;
  readonly data: DataView;
}

export interface HidDevice {
  readonly opened: boolean;
  readonly productName: string;
  readonly collections: readonly HidCollection[];
  open(): Promise<void>;
  close(): Promise<void>;
  sendReport(reportId: number, data: Uint8Array): Promise<void>;
  addEventListener(name: 'inputreport', listener: (input: HidInput) => void): void;
  removeEventListener(name: 'inputreport', listener: (input: HidInput) => void): void;
}

export interface Hid {
  /** Those the page was allowed before. */
  getDevices(): Promise<HidDevice[]>;
  requestDevice(options: { readonly filters: readonly { readonly usagePage: number }[] }): Promise<HidDevice[]>;
  addEventListener(name: 'connect' | 'disconnect', listener: (event: { readonly device: HidDevice }) => void): void;
  removeEventListener(name: 'connect' | 'disconnect', listener: (event: { readonly device: HidDevice }) => void): void;
}

/** USB HID Usage Tables, pages 0x0B (telephony) and 0x08 (LED). */
export const telephonyPage = 0x0b;
const usages = {
  hook: 0x0b_0020,
  mute: 0x0b_002f,
  muteLed: 0x08_0009,
  offHookLed: 0x08_0017,
  ringLed: 0x08_0018,
} as const;

/** Where one bit is in a report. */
export interface HidBit {
  readonly reportId: number;
  readonly at: number;
  /** Says the state it is in; otherwise only that it was pressed. */
  readonly isAbsolute: boolean;
}

/** What a telephony headset has of buttons and lamps; null is what it has not. */
export interface HeadsetLayout {
  readonly hook: HidBit | null;
  readonly mute: HidBit | null;
  readonly muteLed: HidBit | null;
  readonly offHookLed: HidBit | null;
  readonly ringLed: HidBit | null;
  /** Bytes of each output report. */
  readonly outputBytes: ReadonlyMap<number, number>;
}

/** Null: it is no telephone. Only buttons of one bit are read, as telephony headsets have them. */
export function layoutOf(collections: readonly HidCollection[]): HeadsetLayout | null {
  const all = flatten(collections);
  if (!all.some(({ usagePage }) => usagePage === telephonyPage)) return null;
  const input = bitsOf(all.flatMap(({ inputReports }) => inputReports ?? []));
  const output = bitsOf(all.flatMap(({ outputReports }) => outputReports ?? []));
  const hook = input.bits.get(usages.hook) ?? null;
  const mute = input.bits.get(usages.mute) ?? null;
  if (!hook && !mute) return null;
  const led = (usage: number) => output.bits.get(usage) ?? null;
  return {
    ...{ hook, mute, outputBytes: output.bytes },
    ...{ muteLed: led(usages.muteLed), offHookLed: led(usages.offHookLed), ringLed: led(usages.ringLed) },
  };
}

function flatten(collections: readonly HidCollection[]): HidCollection[] {
  return collections.flatMap((each) => [each, ...flatten(each.children ?? [])]);
}

function bitsOf(reports: readonly HidReport[]): { readonly bits: Map<number, HidBit>; readonly bytes: Map<number, number> } {
  const bits = new Map<number, HidBit>();
  const bytes = new Map<number, number>();
  for (const { reportId = 0, items = [] } of reports) {
    let at = 0;
    for (const item of items) {
      const { reportSize = 0, reportCount = 0, usageMinimum = 0, usageMaximum = 0 } = item;
      const named = item.isRange
        ? Array.from({ length: Math.min(reportCount, usageMaximum - usageMinimum + 1) }, (_, index) => usageMinimum + index)
        : (item.usages ?? []);
      if (reportSize === 1 && !item.isArray) {
        for (const [index, usage] of named.slice(0, reportCount).entries()) {
          if (!bits.has(usage)) bits.set(usage, { reportId, at: at + index, isAbsolute: item.isAbsolute !== false });
        }
      }
      at += reportSize * reportCount;
    }
    bytes.set(reportId, Math.ceil(at / 8));
  }
  return { bits, bytes };
}

/** Null: this report says nothing of it, or is too short. */
export function readBit(bit: HidBit | null, { reportId, data }: HidInput): boolean | null {
  if (!bit || bit.reportId !== reportId || bit.at >= data.byteLength * 8) return null;
  return ((data.getUint8(bit.at >> 3) >> (bit.at & 7)) & 1) === 1;
}
