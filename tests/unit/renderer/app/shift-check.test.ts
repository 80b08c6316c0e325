import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LineFigures } from '../../../../renderer/stores/index.ts';
import { deskOnStage } from './stage.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const good: LineFigures = {
  ...{ lostInPercent: 0, lostOutPercent: 0, jitterMs: 4, roundTripMs: 20 },
  ...{ spokenDb: -30, silentForMs: 0, network: 'cable' },
};

async function newShift() {
  const stage = deskOnStage(Date.now());
  stage.stores.settings.setState({ check: { at: Date.now() - 13 * 3_600_000, microphone: null } });
  stage.bridge.answers['phone:test'] = () => ({ ok: true, value: { reservationId: 'test-1' } });
  stage.desk.start();
  const asked = () => stage.sent('agent:set-presence').map(({ request }) => request);
  const words = () => Object.fromEntries(Object.entries(stage.stores.check.getState().findings).map(([part, { word }]) => [part, word]));
  return { ...stage, asked, words };
}
const settled = () => vi.advanceTimersByTimeAsync(10);

describe('the check before a shift', () => {
  it('stands before the first Available of a shift, calls oneself, hears, measures, and is over after ten seconds', async () => {
    const stage = await newShift();
    stage.desk.check.becomeAvailable();
    await settled();
    expect([stage.stores.view.getState().open, stage.asked()]).toEqual(['check', []]);
    expect(stage.sent('phone:test')).toEqual([{ name: 'phone:test', request: { phone: expect.any(String) } }]);
    expect(stage.phone.deeds).toContain('rejoin test-1');
    expect(stage.words()).toMatchObject({ headset: 'named', sound: 'played', testCall: 'rings', microphone: 'speak' });

    stage.phone.listener?.carrying(['test-1']);
    for (let tenth = 0; tenth < 40; tenth += 1) stage.sound.hear(tenth < 25 ? -68 : -24);
    stage.phone.listener?.measured('test-1', good);
    expect(stage.words()).toEqual({
      ...{ headset: 'named', microphone: 'heard', sound: 'played' },
      ...{ network: 'fine', testCall: 'echoed', ringing: 'allowed' },
    });
    expect(stage.stores.check.getState()).toMatchObject({ phase: 'running', level: expect.any(Number) });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(stage.stores.check.getState().phase).toBe('done');
    expect(stage.phone.deeds.filter((deed) => deed === 'hangUp')).toHaveLength(1);

    stage.desk.check.finish();
    expect([stage.asked(), stage.stores.view.getState().open]).toEqual([[{ presence: 'available' }], 'none']);
    await settled();
    stage.desk.check.becomeAvailable();
    expect(stage.asked()).toHaveLength(2);
    stage.desk.stop();
  });

  it('keeps nobody from being available, in its first second and with everything wrong', async () => {
    const stage = await newShift();
    stage.sound.microphone = 'missing';
    stage.bridge.answers['phone:test'] = () => ({ ok: false, error: { code: 'conflict', message: '' } });
    stage.desk.check.becomeAvailable();
    stage.phone.listener?.microphone('missing', null);
    stage.desk.check.start();
    await settled();
    expect(stage.words()).toMatchObject({ headset: 'missing', microphone: 'missing', testCall: 'failed' });
    stage.desk.check.finish();
    expect(stage.asked()).toEqual([{ presence: 'available' }]);
    stage.desk.stop();
  });

  it('given up, it leaves nobody available and no call behind, whenever the phone answers', async () => {
    const stage = await newShift();
    stage.desk.check.start();
    await settled();
    stage.desk.check.leave();
    expect([stage.asked(), stage.stores.view.getState().open]).toEqual([[], 'none']);
    expect(stage.phone.deeds).toContain('offerEnded test-1 over');
    stage.phone.listener?.carrying(['test-1']);
    expect(stage.phone.deeds.at(-1)).toBe('hangUp');
    stage.sound.hear(-20);
    expect(stage.stores.check.getState()).toMatchObject({ phase: 'none', level: 0 });
    stage.desk.stop();
  });

  it('is asked for with another microphone, and not on a desktop without a phone', async () => {
    const stage = await newShift();
    stage.stores.settings.setState({ check: { at: Date.now(), microphone: 'Old one' } });
    stage.desk.check.becomeAvailable();
    expect(stage.stores.view.getState().open).toBe('check');
    stage.desk.check.leave();
    stage.stores.connection.setState({ phone: 'desk' });
    stage.desk.check.becomeAvailable();
    expect(stage.asked()).toEqual([{ presence: 'available' }]);
    stage.desk.stop();
  });
});
