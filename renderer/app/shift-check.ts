import type { DesktopSettings } from '../../shared/contracts/desktop-api.ts';
import type { Bridge } from '../bridge/index.ts';
import type { CheckDeeds } from '../features/check/index.ts';
import type { DeviceDeeds } from '../features/devices/index.ts';
import { type Phone, speechLevel } from '../phone/index.ts';
import {
  type CheckFinding,
  type CheckPart,
  checkMs,
  type Heard,
  judgeMicrophone,
  judgeNetwork,
  needsCheck,
  noCheck,
  type Stores,
} from '../stores/index.ts';
import type { OwnPhone } from './own-phone.ts';

export interface ShiftCheckParts {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command'>;
  readonly phone: Pick<Phone, 'rejoin' | 'offerEnded' | 'speakIn' | 'hangUp'>;
  readonly own: Pick<OwnPhone, 'ready'>;
  readonly devices: Pick<DeviceDeeds, 'listen' | 'play'>;
  readonly notices: Notices;
  changeSettings(change: Pick<DesktopSettings, 'check'>): void;
  setAvailable(): void;
}

/** Whether an offer can be shown while the window is behind others, and how to ask for it. */
export interface Notices {
  areAllowed(): boolean;
  ask(): Promise<void>;
}

export interface ShiftCheck extends CheckDeeds {
  /** At once where this computer was checked for this shift; otherwise after the check. */
  becomeAvailable(): void;
}

/** A phone that answers by itself has answered by then. */
const readyLimitMs = 3_000;

/**
 * Ten seconds before becoming available: is somebody heard, do they hear, and does the way to the bridge carry it, by a call to oneself. It
 * stops nobody: whoever wants to be available is, at any second of it.
 */
export function shiftCheck(parts: ShiftCheckParts): ShiftCheck {
  const { stores, bridge, phone, own, devices, notices } = parts;
  /** Ends what runs of the check at hand. */
  let running: AbortController | null = null;

  const find = (part: CheckPart, finding: CheckFinding) =>
    stores.check.setState(({ findings }) => ({ findings: { ...findings, [part]: finding } }));

  function lookAtHeadset(): void {
    const { microphone } = stores.connection.getState();
    const { heardBy } = stores.devices.getState();
    if (microphone === 'missing' || microphone === 'blocked') find('headset', { state: 'bad', word: microphone });
    else find('headset', heardBy ? { state: 'good', word: 'named', facts: { name: heardBy } } : { state: 'good', word: 'unnamed' });
  }

  async function listen(over: AbortSignal): Promise<void> {
    find('microphone', { state: 'running', word: 'speak' });
    const heard: Heard[] = [];
    const end = await devices.listen((loudness) => {
      if (over.aborted) return;
      heard.push(loudness);
      stores.check.setState({ level: speechLevel(loudness) });
      // Whoever spoke sees it at once; the rest of the seconds may still show that the room is loud.
      if (heard.length >= 15) find('microphone', judgeMicrophone(heard));
    });
    const { microphone } = stores.connection.getState();
    if (!end)
      return over.aborted ? undefined : find('microphone', { state: 'bad', word: microphone === 'missing' ? 'missing' : 'blocked' });
    if (over.aborted) return end();
    over.addEventListener('abort', () => {
      end();
      stores.check.setState({ level: 0 });
    });
  }

  async function play(over: AbortSignal): Promise<void> {
    find('sound', { state: 'running', word: 'playing' });
    const { used } = stores.devices.getState();
    const isHeard = await devices.play('speaker');
    const doesRing = used.ringer === used.speaker ? isHeard : await devices.play('ringer');
    if (!over.aborted) find('sound', isHeard && doesRing ? { state: 'good', word: 'played' } : { state: 'weak', word: 'notPlayed' });
  }

  async function callOneself(over: AbortSignal): Promise<void> {
    find('network', { state: 'running', word: 'measuring' });
    find('testCall', { state: 'running', word: 'rings' });
    const fail = () => over.aborted || find('testCall', { state: 'bad', word: 'failed' });
    const limit = new Promise<null>((resolve) => setTimeout(() => resolve(null), readyLimitMs));
    const ready = await Promise.race([own.ready(), limit]);
    if (over.aborted) return;
    if (ready?.state !== 'ready') return void fail();
    const outcome = await bridge.command('phone:test', { phone: ready.username });
    if (over.aborted) return;
    if (!outcome.ok) return void fail();
    const { reservationId } = outcome.value;
    let hasBegun = false;
    const unfollow = stores.call.subscribe(({ carried, lines }) => {
      const isCarried = carried.includes(reservationId);
      if (isCarried && over.aborted) return hangUp();
      if (isCarried && !hasBegun) {
        hasBegun = true;
        find('testCall', { state: 'good', word: 'echoed' });
      }
      const line = lines[reservationId];
      if (line && !over.aborted) find('network', judgeNetwork(stores.connection.getState().phone, line, null));
      if (!isCarried && hasBegun) unfollow();
    });
    function hangUp(): void {
      unfollow();
      if (stores.call.getState().carried.length > 1) phone.speakIn(reservationId);
      phone.hangUp();
    }
    phone.rejoin(reservationId);
    over.addEventListener('abort', () => {
      if (stores.call.getState().carried.includes(reservationId)) return hangUp();
      // It may be about to answer: then it is put down when it has.
      if (!hasBegun) phone.offerEnded(reservationId, false);
      else unfollow();
    });
  }

  const lookAtNotices = () =>
    find('ringing', notices.areAllowed() ? { state: 'good', word: 'allowed' } : { state: 'weak', word: 'notAllowed' });

  function end(): void {
    running?.abort();
    running = null;
  }

  function sumUp(): void {
    const { findings } = stores.check.getState();
    const { phone: registration, roundTripMs } = stores.connection.getState();
    if (findings.microphone.state === 'running') find('microphone', { state: 'weak', word: 'quiet' });
    if (findings.testCall.state === 'running') find('testCall', { state: 'bad', word: 'failed' });
    if (findings.network.state === 'running') find('network', judgeNetwork(registration, null, roundTripMs));
    stores.check.setState({ phase: 'done' });
    end();
  }

  function start(): void {
    end();
    const run = new AbortController();
    running = run;
    stores.check.setState({ ...noCheck, phase: 'running', startedAt: Date.now() }, true);
    stores.view.setState({ open: 'check' });
    lookAtHeadset();
    lookAtNotices();
    void listen(run.signal);
    void play(run.signal);
    void callOneself(run.signal);
    const limit = setTimeout(() => running === run && sumUp(), checkMs);
    run.signal.addEventListener('abort', () => clearTimeout(limit));
  }

  function leave(): void {
    end();
    stores.check.setState(noCheck, true);
    if (stores.view.getState().open === 'check') stores.view.setState({ open: 'none' });
  }

  return {
    start,
    leave,
    finish() {
      const { heardBy } = stores.devices.getState();
      parts.changeSettings({ check: { at: Date.now(), microphone: heardBy } });
      leave();
      parts.setAvailable();
    },
    play: () => void devices.play('speaker'),
    allowNotices: () => void notices.ask().then(lookAtNotices),
    becomeAvailable() {
      const { check } = stores.settings.getState();
      const { phone: registration } = stores.connection.getState();
      if (needsCheck(check, registration, stores.devices.getState().heardBy, Date.now())) start();
      else parts.setAvailable();
    },
  };
}
