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
