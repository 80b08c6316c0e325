import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import { BridgeProgram } from './bridge-program.ts';

it('an agent who was available when the bridge was killed is rung as soon as their desktop is back, and not before', {
  timeout: 90_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-killed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const first = await BridgeProgram.start(folder);
  const lena = await first.signIn('lena.hartmann');
  const wei = await first.signIn('lin.wei');
  await wei.ask('agent:set-presence', { presence: 'notReady', reason: 'meal' });
  await first.kill();

  const second = await BridgeProgram.start(folder, first.sip.port);
  const call = await (await second.caller()).call({ to: '1002', from: margaretOkafor.number });
  await call.answered();
  await call.ears.music();
  const [weiHeard, heard] = [wei.pushes.length, lena.pushes.length];
  await wei.goOn(second.http);
  expect(await wei.push('agent:changed', ({ presence }) => presence !== 'loggedOut', 5_000, weiHeard)).toMatchObject({
    presence: 'notReady',
    notReadyReason: 'meal',
  });
  await lena.goOn(second.http);
  const desk = await lena.answer();
  await lena.push('interaction:assigned', () => true, 5_000, heard);
  desk.mouth.playTone(700);
  await call.ears.tone(700);
  expect(wei.pushes.filter(({ name }) => name === 'reservation:offered')).toEqual([]);
});

it('a call that was agreed and rings at whoever agreed it when the bridge is killed is theirs again, though a colleague is back first', {
  timeout: 90_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-killed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const first = await BridgeProgram.start(folder);
  const lena = await first.signIn('lena.hartmann');
  const call = await (await first.caller()).call({ to: '1002', from: margaretOkafor.number });
  await call.answered();
  await lena.answer();
  const { interactionId } = await lena.push('interaction:assigned');
  const at = Date.now() + 1_000;
  const wish = { contactId: margaretOkafor.contactId, number: null, interactionId, text: 'Quote', to: 'me', isSure: true } as const;
  await lena.ask('callback:schedule', { ...wish, at, until: at + 3_600_000 });
  await call.hangUp();
  await lena.push('wrap-up:changed');
  const heard = lena.pushes.length;
  await lena.ask('interaction:complete', { interactionId, dispositionCode: 'billExplained', note: '', then: 'available' });
  await lena.push('reservation:offered', ({ pop }) => pop.callback !== undefined, 20_000, heard);
  const wei = await first.signIn('lin.wei');
  await first.kill();

  const second = await BridgeProgram.start(folder, first.sip.port);
  const [weiHeard, lenaHeard] = [wei.pushes.length, lena.pushes.length];
  await wei.goOn(second.http);
  await wei.push('agent:changed', ({ presence }) => presence === 'available', 5_000, weiHeard);
  await lena.goOn(second.http);
  const { pop } = await lena.push('reservation:offered', () => true, 5_000, lenaHeard);
  expect(pop).toMatchObject({ callback: { about: 'Quote', attempt: 1 } });
  expect(wei.pushes.filter(({ name }) => name === 'reservation:offered')).toEqual([]);
});
