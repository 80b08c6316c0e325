import { expect, it, onTestFinished } from 'vitest';
import { defaults } from '../../../cti-bridge/config/index.ts';
import { demoPassword, margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import { startBridge } from '../../support/bridge.ts';
import { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { inspect } from '../store/store-under-test.ts';
import { BridgeStage } from './bridge-stage.ts';

it('a call agreed for a time outlives a restart of the bridge: the agent’s phone rings, then the customer’s, once, and what was promised is kept', async () => {
  const stage = await BridgeStage.open();
  onTestFinished(() => stage.close());
  const lena = await stage.signIn();
  const { call, interactionId } = await stage.talking(lena);
  const at = Date.now() + 3_000;
  const wish = { contactId: margaretOkafor.contactId, number: null, interactionId, text: 'Quote for 14 handsets', to: 'me' } as const;
  const time = { at, until: at + 3_600_000, isSure: true };
  const answer = await lena.ask('callback:schedule', { ...wish, ...time });
  expect(answer).toMatchObject({ outcome: 'agreed', callback: { at, name: 'Margaret Okafor', state: 'agreed' } });
  expect(await lena.ask('callback:schedule', { ...wish, ...time, text: 'Once more' })).toMatchObject({ outcome: 'standing' });
  expect((await lena.ask('work:mine', {})).callbacks).toMatchObject([{ text: 'Quote for 14 handsets' }]);
  await call.hangUp();
  await lena.push('wrap-up:changed');
  await lena.ask('interaction:complete', { interactionId, dispositionCode: 'billExplained', note: '', then: 'notReady' });
  await stage.bridge.stop();

  const { folder, sip } = stage.bridge;
  const second = await startBridge({ folder, config: { sip: { ...defaults.sip, port: Number(sip.port) } } });
  onTestFinished(() => second.stop());
  const desktop = await ScriptedDesktop.logIn({ bridge: second.httpAddress, username: 'lena.hartmann', password: demoPassword });
  onTestFinished(() => desktop.close());
  await desktop.becomeAvailable();
  const offer = await desktop.push('reservation:offered', () => true, 10_000);
  expect(offer.pop).toMatchObject({
    callback: { attempt: 1, about: 'Quote for 14 handsets' },
    match: { kind: 'certain', contact: { name: 'Margaret Okafor' } },
  });
  expect(Date.now()).toBeGreaterThanOrEqual(at);
  await desktop.answer(offer.reservationId);
  const customer = await stage.caller.nextCall();
  await customer.answer();
  await second.event('interaction:answered');
  await expect.poll(async () => (await desktop.ask('work:mine', {})).callbacks).toEqual([]);
  await customer.hangUp();
  await desktop.push('wrap-up:changed');
  const rows = 'select scheduled_callback.state, callback.state as call, promise.kept_at is not null as kept from scheduled_callback';
  const joins = 'join callback using (work_item_id) join promise on promise_id = callback_id';
  expect(inspect(folder, `${rows} ${joins}`)).toEqual([{ state: 'reached', call: 'reached', kept: 1 }]);
  expect([...stage.bridge.bugs, ...second.bugs]).toEqual([]);
});
