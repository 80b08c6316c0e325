import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { layoutOf } from '../../../../renderer/phone/headset/hid.ts';
import { type HeadsetLamps, openHeadset } from '../../../../renderer/phone/index.ts';
import { type HeadsetKind, ScriptedHeadset, scriptedHid } from '../../../support/scripted-headset.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A desktop in a call, with a headset; the desktop does what the headset wishes. */
async function inCall(kind: HeadsetKind, mayMute = () => true) {
  const device = new ScriptedHeadset(kind);
  const computer = scriptedHid(device);
  const done: string[] = [];
  let lamps: HeadsetLamps = { isRinging: false, isInCall: true, isMuted: false };
  const headset = openHeadset(computer.hid, {
    connected: (name) => done.push(name ?? 'gone'),
    answer: () => done.push('answer'),
    end: () => done.push('end'),
    setMuted(isMuted) {
      done.push(isMuted ? 'mute' : 'unmute');
      if (mayMute()) show({ isMuted });
    },
  });
  const show = (change: Partial<HeadsetLamps>) => {
    lamps = { ...lamps, ...change };
    headset.show(lamps);
  };
  headset.show(lamps);
  await settled();
  /** Until nothing is on its way any more. */
  const rest = async () => {
    for (let round = 0; round < 20; round += 1) {
      await settled();
      if (device.reportsWaiting > 0) {
        device.deliver();
        continue;
      }
      vi.advanceTimersByTime(1_000);
      await settled();
      if (device.reportsWaiting === 0) return;
    }
    throw new Error('headset and desktop answer each other without end');
  };
  return {
    ...{ device, computer, done, headset, show, rest },
    isMuted: () => lamps.isMuted,
    toggle: () => show({ isMuted: !lamps.isMuted }),
  };
}

/** The same order of sides every time (Park and Miller). */
function sides(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const kinds: readonly (readonly [string, HeadsetKind])[] = [
  ['a button that says its state', { mute: 'absolute' }],
  ['a button that says its state, also when the lamp was written', { mute: 'absolute', echoes: true }],
  ['a button that says that it was pressed', { mute: 'relative' }],
];

describe('mute on headset and screen', () => {
  it.each(kinds)('agrees after each of 100 toggles from either side: %s', async (_, kind) => {
    const { device, isMuted, toggle, rest } = await inCall(kind);
    await rest();
    const next = sides(2_026);
    let expected = false;
    for (let turn = 0; turn < 100; turn += 1) {
      expected = !expected;
      if (next() < 0.5) device.pressMute();
      else toggle();
      await rest();
      expect([turn, isMuted(), device.isMuted, device.lamps.mute]).toEqual([turn, expected, expected, expected]);
    }
  });

  it.each(kinds)('agrees in the end however late and in whatever number reports come: %s', async (_, kind) => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const { device, isMuted, toggle, rest } = await inCall(kind);
      const next = sides(seed);
      for (let turn = 0; turn < 100; turn += 1) {
        const what = next();
        if (what < 0.3) device.pressMute();
        else if (what < 0.6) toggle();
        else if (what < 0.9) device.deliver(Math.ceil(next() * 3));
        else await settled();
      }
      await rest();
      expect([seed, device.isMuted]).toEqual([seed, isMuted()]);
    }
  });

  it('agrees again with the next toggle when a report was lost', async () => {
    for (const [, kind] of kinds) {
      const { device, isMuted, toggle, rest } = await inCall(kind);
      device.pressMute();
      device.lose();
      await rest();
      toggle();
      await rest();
      expect(device.isMuted).toBe(isMuted());
    }
  });

  it('is shown as it is where the desktop does not do what was pressed', async () => {
    const { device, isMuted, done, rest } = await inCall({ mute: 'absolute', echoes: true }, () => false);
    await rest();
    device.pressMute();
    await rest();
    expect([isMuted(), device.isMuted, done.at(-1)]).toEqual([false, false, 'mute']);
  });

  it('is written to a headset that is plugged in again in a call', async () => {
    const { device, computer, toggle, done, rest } = await inCall({ mute: 'absolute' });
    computer.pull(device);
    toggle();
    const again = new ScriptedHeadset({ mute: 'absolute' });
    computer.plug(again);
    await rest();
    expect([again.isMuted, again.lamps.offHook, done]).toEqual([true, true, ['Evolve2 65', 'gone', 'Evolve2 65']]);
    device.pressMute();
    device.deliver();
    expect(done).toHaveLength(3);
  });
});

describe('the hook of a headset', () => {
  it.each(['absolute', 'relative'] as const)('answers what rings and ends the call, and lamps show both: %s', async (hook) => {
    const { device, done, show, rest } = await inCall({ mute: 'absolute', hook });
    show({ isInCall: false });
    await rest();
    done.length = 0;
    device.pressHook();
    await rest();
    expect(done).toEqual([]);
    if (hook === 'absolute') device.pressHook();
    await rest();
    show({ isRinging: true });
    await rest();
    expect(device.lamps).toMatchObject({ ring: true, offHook: false });
    device.pressHook();
    await rest();
    expect(done).toEqual(['answer']);
    show({ isRinging: false, isInCall: true });
    await rest();
    expect(device.lamps).toMatchObject({ ring: false, offHook: true });
    device.pressHook();
    await rest();
    expect(done).toEqual(['answer', 'end']);
  });
});

describe('a headset', () => {
  it('is closed and dark when the desktop stops, and does nothing any more', async () => {
    const { device, headset, toggle, done, rest } = await inCall({ mute: 'absolute' });
    toggle();
    await rest();
    headset.stop();
    await settled();
    expect([device.opened, device.lamps]).toEqual([false, { mute: false, offHook: false, ring: false }]);
    device.pressHook();
    device.deliver();
    expect(done).toEqual(['Evolve2 65']);
  });

  it('is none where a device has no telephone in it, or the browser no WebHID', async () => {
    expect(layoutOf([{ usagePage: 0x01, usage: 0x02, inputReports: [] }])).toBeNull();
    expect(layoutOf([{ usagePage: 0x0b, usage: 0x05 }])).toBeNull();
    const listener = { connected: () => undefined, answer: () => undefined, end: () => undefined, setMuted: () => undefined };
    expect(await openHeadset(undefined, listener).choose()).toBe(false);
  });
});
