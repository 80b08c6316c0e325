import { type MuteInput, mute, newMuteTable } from './button-table.ts';
import { type HeadsetLayout, type Hid, type HidBit, type HidDevice, type HidInput, layoutOf, readBit, telephonyPage } from './hid.ts';

/** How the desktop stands, for the lamps. */
export interface HeadsetLamps {
  readonly isRinging: boolean;
  readonly isInCall: boolean;
  readonly isMuted: boolean;
}

export interface HeadsetListener {
  /** The headset whose buttons work, by its name; null: none does. */
  connected(name: string | null): void;
  /** Pressed on the headset. What becomes of it, the desktop decides, and says by `show`. */
  answer(): void;
  end(): void;
  setMuted(isMuted: boolean): void;
}

/** The buttons and lamps of one telephony headset (USB HID, by WebHID). */
export interface Headset {
  /** Asks which one; a browser wants a click for that. False where there is no WebHID, or none was chosen. */
  choose(): Promise<boolean>;
  /** Lamps and the headset's own state follow the desktop. */
  show(lamps: HeadsetLamps): void;
  stop(): void;
}

/** By radio it takes a tenth of it. */
const echoLimitMs = 1_000;

/** Longer than a hand takes to press twice. */
const confirmAfterMs = 300;

const dark: HeadsetLamps = { isRinging: false, isInCall: false, isMuted: false };

/** Opens what was allowed before, and whatever of it is plugged in later. `hid` undefined: this browser has no WebHID. */
export function openHeadset(hid: Hid | undefined, listener: HeadsetListener): Headset {
  let device: HidDevice | null = null;
  let layout: HeadsetLayout | null = null;
  let lamps = dark;
  let table = newMuteTable;
  let isHookDown = false;
  /** The lamp that said off-hook went out: a headset that follows it says that it is down, which is no wish. */
  let awaitsHookDown = false;
  let confirming: ReturnType<typeof setTimeout> | undefined;
  let echoing: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  /** Reports leave one after the other: the lamps of the last one are what stays. */
  let writing: Promise<void> = Promise.resolve();

  function perform(input: MuteInput): void {
    const step = mute(table, input);
    ({ table } = step);
    for (const effect of step.effects) {
      if (effect.type === 'write') {
        writeLamps();
        if (table.pending.length > 0) awaitEcho();
        continue;
      }
      if (effect.type === 'confirm') {
        clearTimeout(confirming);
        confirming = setTimeout(writeLamps, confirmAfterMs);
        continue;
      }
      listener.setMuted(effect.isMuted);
      // The desktop may have said no, and has told the table if it said yes: either way the lamp shows what is so.
      if (table.isMuted !== effect.isMuted) perform({ type: 'desktop', isMuted: table.isMuted, isForced: true });
    }
  }

  function awaitEcho(): void {
    clearTimeout(echoing);
    echoing = setTimeout(() => perform({ type: 'nothingEchoed' }), echoLimitMs);
  }

  function writeLamps(): void {
    const to = device;
    if (!to || !layout) return;
    for (const [reportId, bytes] of layout.outputBytes) {
      const data = new Uint8Array(bytes);
      const light = (bit: HidBit | null, isOn: boolean) => {
        if (isOn && bit?.reportId === reportId) data[bit.at >> 3] = (data[bit.at >> 3] ?? 0) | (1 << (bit.at & 7));
      };
      light(layout.muteLed, table.isMuted);
      light(layout.offHookLed, lamps.isInCall);
      light(layout.ringLed, lamps.isRinging);
      // It was pulled: `disconnect` says so.
      writing = writing.then(() => to.sendReport(reportId, data)).catch(() => undefined);
    }
  }

  function reported(input: HidInput): void {
    if (!layout) return;
    const hookBit = readBit(layout.hook, input);
    // A report has the state of every button; it is about the one that changed.
    if (hookBit !== null && layout.hook && hookBit !== isHookDown) return hooked(hookBit, layout.hook.isAbsolute);
    const muteBit = readBit(layout.mute, input);
    if (muteBit !== null && layout.mute) perform({ type: 'reported', bit: muteBit, isAbsolute: layout.mute.isAbsolute });
  }

  /** Lifted and put down; or one button that is pressed for both. Only what it says itself is a change: it may not follow the lamp. */
  function hooked(isDown: boolean, isAbsolute: boolean): void {
    isHookDown = isDown;
    const isFollowing = awaitsHookDown && !isDown;
    awaitsHookDown = false;
    if (isDown && lamps.isRinging && !lamps.isInCall) return listener.answer();
    if (lamps.isInCall && !isFollowing && isDown !== isAbsolute) listener.end();
  }

  async function open(found: HidDevice): Promise<boolean> {
    const its = layoutOf(found.collections);
    if (!its || device || isStopped) return false;
    device = found;
    layout = its;
    try {
      if (!found.opened) await found.open();
    } catch {
      // Another program has it for itself.
      if (device === found) device = null;
      return false;
    }
    if (isStopped) {
      void found.close();
      return false;
    }
    found.addEventListener('inputreport', reported);
    table = { ...newMuteTable, isMuted: lamps.isMuted };
    isHookDown = false;
    awaitsHookDown = false;
    listener.connected(found.productName);
    perform({ type: 'desktop', isMuted: lamps.isMuted, isForced: true });
    return true;
  }

  function close(): void {
    clearTimeout(echoing);
    clearTimeout(confirming);
    device?.removeEventListener('inputreport', reported);
    device = null;
    layout = null;
  }

  async function openFirst(among: readonly HidDevice[]): Promise<boolean> {
    for (const each of among) if (await open(each)) return true;
    return false;
  }

  const plugged = ({ device: found }: { readonly device: HidDevice }) => void open(found);
  const pulled = ({ device: gone }: { readonly device: HidDevice }) => {
    if (gone !== device) return;
    close();
    listener.connected(null);
  };
  hid?.addEventListener('connect', plugged);
  hid?.addEventListener('disconnect', pulled);
  hid?.getDevices().then(openFirst, () => undefined);

  return {
    async choose() {
      const chosen = await hid?.requestDevice({ filters: [{ usagePage: telephonyPage }] }).catch((): HidDevice[] => []);
      if (!chosen || chosen.length === 0) return false;
      const before = device;
      close();
      if (before && !chosen.includes(before)) await before.close().catch(() => undefined);
      return openFirst(chosen);
    },
    show(next) {
      const before = lamps;
      lamps = next;
      if (before.isInCall && !next.isInCall) awaitsHookDown = isHookDown;
      const isWritten = table.isMuted !== next.isMuted;
      perform({ type: 'desktop', isMuted: next.isMuted });
      if (!isWritten && (next.isRinging !== before.isRinging || next.isInCall !== before.isInCall)) writeLamps();
    },
    stop() {
      isStopped = true;
      hid?.removeEventListener('connect', plugged);
      hid?.removeEventListener('disconnect', pulled);
      const open_ = device;
      lamps = dark;
      table = { ...table, isMuted: false };
      writeLamps();
      close();
      void writing.then(() => open_?.close()).catch(() => undefined);
    },
  };
}
