import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tone } from '../../../cti-bridge/media/index.ts';
import { demoConfiguration } from '../../../cti-bridge/store/seed/organisation.ts';
import { type DemoProvider, startDemoProvider } from '../../../tools/demo-provider.ts';
import type { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { BridgeStage } from './bridge-stage.ts';

/** The demo organisation calls out, and the customers that `npm start` brings live at the other end. */

let provider: DemoProvider;
let stage: BridgeStage;
let lena: ScriptedDesktop;

beforeAll(async () => {
  provider = await startDemoProvider({ host: '127.0.0.1', port: 0, ringsMs: 1_500, voice: tone(900, 1_000) });
  const trunks = demoConfiguration().trunks.map((trunk) => (trunk.direction === 'out' ? { ...trunk, port: provider.port } : trunk));
  stage = await BridgeStage.open({ setUp: (configuration) => ({ ...configuration, trunks }) });
  lena = await stage.signIn();
  await lena.becomeAvailable();
}, 60_000);

afterAll(async () => {
  expect(stage.bridge.bugs).toEqual([]);
  await stage.close();
  await provider.stop();
});

async function dial(number: string) {
  const answer = await lena.ask('call:dial', { number });
  if (!answer.isDialled) throw new Error(answer.why);
  return { ...answer, agent: await lena.answer(answer.reservationId) };
}

describe('a call out of the demo', () => {
  it.each([
    ['that ends in 86 finds the customer busy', '+447700900186', 'busy'],
    ['that ends in 88 finds that there is no such number', '+447700900188', 'noNumber'],
  ])('%s', { timeout: 30_000 }, async (_what, number, unreached) => {
    const { interactionId } = await dial(number);
    const view = await lena.push('call:changed', (each) => each.interactionId === interactionId && each.state === 'ended');
    expect(view).toMatchObject({ end: { reason: 'notReached' }, dialled: { unreached } });
  });

  it('rings and is answered by a voice, in Britain and in China', { timeout: 60_000 }, async () => {
    for (const number of ['+447700900142', '+8613900004126']) {
      const { agent, interactionId } = await dial(number);
      await agent.ears.tone(425);
      await agent.ears.tone(900);
      await agent.hangUp();
      await stage.bridge.event('wrapUp:started', (event) => event.interactionId === interactionId);
      await lena.ask('interaction:complete', { interactionId, dispositionCode: 'notCoded', note: '', then: 'available' });
    }
  });
});
