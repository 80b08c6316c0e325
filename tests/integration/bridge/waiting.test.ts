import { afterEach, describe, expect, it } from 'vitest';
import { defaults } from '../../../cti-bridge/config/index.ts';
import { demoPassword, margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import type { Configuration, QueueConfiguration } from '../../../shared/contracts/configuration.ts';
import { startBridge } from '../../support/bridge.ts';
import { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { BridgeStage } from './bridge-stage.ts';

/** What a queue's settings do to a real caller, in a whole bridge from `compose`. */

let stage: BridgeStage;

afterEach(async () => {
  await stage.close();
  expect(stage.bridge.bugs).toEqual([]);
});

const billing =
  (settings: Partial<QueueConfiguration>, more: Partial<Configuration> = {}) =>
  (configuration: Configuration): Configuration => ({
    ...configuration,
    ...more,
    queues: configuration.queues.map((queue) => (queue.id === 'billing' ? { ...queue, ...settings } : queue)),
  });

const never = {
  id: 'never',
  name: { en: 'Never', zh: '从不' },
  timeZone: 'Asia/Shanghai',
  weekly: {},
  holidays: [],
} satisfies Configuration['hours'][number];

describe('a caller in the queue', () => {
  it('hears their place over the music, and the music again', async () => {
    stage = await BridgeStage.open({ setUp: billing({ announcements: { everySeconds: 2, position: true, expectedWait: false } }) });
    const call = await stage.callBilling();
    await call.ears.music();
    await call.ears.prompt('position-before');
    await call.ears.prompt('number-1');
    await call.ears.prompt('position-after');
    await call.ears.music();
    await call.hangUp();
    await stage.expectAllReleased();
  });

  it('that is closed is told so, and the call ends as turned away by us', async () => {
    stage = await BridgeStage.open({
      setUp: (configuration) => billing({ hours: 'never' }, { hours: [...configuration.hours, never] })(configuration),
    });
    const call = await stage.callBilling();
    await call.ears.prompt('queue-closed');
    expect((await stage.bridge.event('interaction:ended')).end).toEqual({ by: 'system', reason: 'diverted', fault: 'ours' });
    await call.ended();
    await stage.expectAllReleased();
  });

  it('that overflows is offered to an agent of the other queue', async () => {
    stage = await BridgeStage.open({
      setUp: billing({ needs: 'billing >= 10', rings: [], overflow: { afterSeconds: 1, queue: 'general' } }),
    });
    const desktop = await stage.signIn();
    await desktop.becomeAvailable();
    const call = await stage.callBilling();
    const offer = await desktop.push('reservation:offered');
    expect(offer.pop).toMatchObject({ queueId: 'general' });
    expect(await stage.bridge.event('workItem:moved')).toMatchObject({ from: 'billing', to: 'general', why: 'overflowed' });
    await call.hangUp();
    await stage.expectAllReleased();
  });
});

describe('a caller who is called back', () => {
  const setUp = billing({ callbackAfterSeconds: 1 });

  /** Presses 1 after the offer, and hears the promise. */
  async function promised(): Promise<void> {
    const call = await stage.callBilling();
    await call.ears.prompt('callback-offer');
    await call.press('1');
    await call.ears.prompt('callback-promised');
    await call.ended(15_000);
    expect((await stage.bridge.event('interaction:ended')).end.reason).toBe('callbackPromised');
  }

  it('keeps the place, is dialled when an agent has answered, and both hear each other', async () => {
    stage = await BridgeStage.open({ setUp });
    await promised();
    const desktop = await stage.signIn();
    await desktop.becomeAvailable();
    const offer = await desktop.push('reservation:offered');
    expect(offer.pop).toMatchObject({ callback: { attempt: 1 }, match: { kind: 'certain', contact: { name: 'Margaret Okafor' } } });
    const agent = await desktop.answer(offer.reservationId);
    const customer = await stage.caller.nextCall();
    expect(await desktop.push('interaction:assigned')).toMatchObject({ call: { state: 'connecting' } });
    await customer.answer();
    await stage.bridge.event('interaction:answered');
    customer.mouth.playTone(1000);
    agent.mouth.playTone(440);
    await agent.ears.tone(1000);
    await customer.ears.tone(440);
    await customer.hangUp();
    await desktop.push('wrap-up:changed');
    await desktop.ask('interaction:complete', {
      interactionId: offer.interactionId,
      dispositionCode: 'billExplained',
      note: 'Called back.',
      then: 'available',
    });
    const { timeline } = await desktop.ask('contact:read', { contactId: margaretOkafor.contactId });
    expect(timeline.items[0]).toMatchObject({ kind: 'call', interactionId: offer.interactionId });
    await stage.expectAllReleased();
  });

  it('and is busy: the agent is told and is free, and nobody is left with it', async () => {
    stage = await BridgeStage.open({ setUp });
    await promised();
    const desktop = await stage.signIn();
    await desktop.becomeAvailable();
    await desktop.answer();
    const customer = await stage.caller.nextCall();
    customer.reject(486);
    expect(await desktop.push('call:changed', ({ state }) => state === 'ended')).toMatchObject({ end: { reason: 'notReached' } });
    await desktop.push('interaction:completed');
    await stage.expectAllReleased();
  });

  it('is called after a restart of the bridge all the same', async () => {
    stage = await BridgeStage.open({ setUp });
    await promised();
    await stage.bridge.stop();
    const { folder, sip } = stage.bridge;
    const second = await startBridge({ folder, config: { sip: { ...defaults.sip, port: Number(sip.port) } } });
    let desktop: ScriptedDesktop | undefined;
    try {
      desktop = await ScriptedDesktop.logIn({ bridge: second.httpAddress, username: 'lena.hartmann', password: demoPassword });
      await desktop.becomeAvailable();
      const { pop } = await desktop.push('reservation:offered');
      expect(pop.callback).toMatchObject({ attempt: 1 });
      await desktop.answer();
      const customer = await stage.caller.nextCall();
      await customer.answer();
      await second.event('interaction:answered');
      await customer.hangUp();
      expect(second.bugs).toEqual([]);
    } finally {
      await desktop?.close();
      await second.stop();
    }
  });
});
