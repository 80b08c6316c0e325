/**
 * What a headset's mute button means, and what its lamp shows, so that headset and screen always agree. There is one truth, the desktop's:
 *
 *   desktop muted ──write──> lamp, and the headset's own state        button pressed ──report──> a wish to the desktop
 *
 * An absolute button reports its state, also when that changed because we wrote it: an echo, which may come late. Echoes are told from presses
 * by what was written and not reported yet: reports and writes each arrive in their order. Whether a headset echoes at all is learned from
 * its first writes, once. Of a press and a write that cross, the later write stays. Pure: table and input in, table and effects out.
 */
export interface MuteTable {
  readonly isMuted: boolean;
  /** Written, and not yet reported back; the oldest first. */
  readonly pending: readonly boolean[];
  readonly echoes: 'unknown' | 'yes' | 'no';
  /** What the headset believes, after everything that was written and reported. Null: it was just plugged in. */
  readonly believed: boolean | null;
  /** Of a button that only says that it is pressed. */
  readonly isDown: boolean;
}

export type MuteEffect =
  | { readonly type: 'write'; readonly isMuted: boolean }
  /** The lamp only: the headset is there already. Not at once: it may have been pressed again, and a write would undo that. */
  | { readonly type: 'confirm' }
  | { readonly type: 'wish'; readonly isMuted: boolean };
export type MuteInput =
  /** What the desktop says. `isForced`: written also where nothing changed, as the headset may believe something else. */
  | { readonly type: 'desktop'; readonly isMuted: boolean; readonly isForced?: boolean }
  | { readonly type: 'reported'; readonly bit: boolean; readonly isAbsolute: boolean }
  /** Nothing has come back of what was written, for longer than a headset takes. */
  | { readonly type: 'nothingEchoed' };

interface Step {
  readonly table: MuteTable;
  readonly effects: readonly MuteEffect[];
}

export const newMuteTable: MuteTable = { isMuted: false, pending: [], echoes: 'unknown', believed: null, isDown: false };

/** More than a hand can press before one report comes back. */
const mostPending = 16;

export function mute(table: MuteTable, input: MuteInput): Step {
  if (input.type === 'desktop') {
    if (input.isMuted === table.isMuted && !input.isForced) return { table, effects: [] };
    const changed = { ...table, isMuted: input.isMuted };
    if (table.believed === input.isMuted && !input.isForced) return { table: changed, effects: [{ type: 'confirm' }] };
    return write(changed);
  }
  if (input.type === 'nothingEchoed') {
    if (table.pending.length === 0) return { table, effects: [] };
    const echoes = table.echoes === 'unknown' ? 'no' : table.echoes;
    // Once more, without waiting for it: of what was taken for an echo, something may have been a press.
    return { table: { ...table, echoes, pending: [] }, effects: [{ type: 'write', isMuted: table.isMuted }] };
  }
  return input.isAbsolute ? stateReported(table, input.bit) : pressReported(table, input.bit);
}

function write(table: MuteTable): Step {
  const { isMuted, believed, echoes } = table;
  // Written what it believes already, nothing changes there, and nothing is reported.
  const isReported = echoes !== 'no' && believed === !isMuted;
  const pending = isReported ? [...table.pending, isMuted].slice(-mostPending) : table.pending;
  return { table: { ...table, pending, believed: isMuted }, effects: [{ type: 'write', isMuted }] };
}

function pressReported(table: MuteTable, isDown: boolean): Step {
  const isPress = isDown && !table.isDown;
  return { table: { ...table, isDown, pending: [] }, effects: isPress ? [{ type: 'wish', isMuted: !table.isMuted }] : [] };
}

function stateReported(before: MuteTable, bit: boolean): Step {
  const { isMuted, pending, echoes } = before;
  const echoed = pending.indexOf(bit);
  const rest = echoed < 0 ? [] : pending.slice(echoed + 1);
  const table = { ...before, believed: rest.at(-1) ?? bit };
  // What it says is so: an echo, if something was written, or a press that came to the same.
  if (bit === isMuted) return { table: { ...table, pending: rest, echoes: echoed >= 0 ? 'yes' : echoes }, effects: [] };

  const press: Step = { table: { ...table, pending: [] }, effects: [{ type: 'wish', isMuted: bit }] };
  if (pending.length === 0) return press;
  if (echoed >= 0 && rest.length > 0) return { table: { ...table, pending: rest, echoes: 'yes' }, effects: [] };
  // It crossed what we wrote, which stays.
  return write({ ...table, pending: [] });
}
