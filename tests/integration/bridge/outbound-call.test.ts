import { createSocket } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainTrunk } from '../../../shared/contracts/calling.ts';
import type { TrunkConfiguration } from '../../../shared/contracts/configuration.ts';
import type { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { ScriptedPhone } from '../../support/scripted-phone/index.ts';
import { BridgeStage } from './bridge-stage.ts';

/** Calls out of a whole bridge: the desktop dials, the own phone rings, and a scripted phone is the provider behind the second of two trunks. */

const number = '13900004126';
let stage: BridgeStage;
let provider: ScriptedPhone;
let lena: ScriptedDesktop;
/** Somebody who hears and never speaks. */
const silent = createSocket('udp4');

const trunk = (id: string, port: number, priority: number): TrunkConfiguration => ({
  id,
  name: { en: id, zh: id },
  host: '127.0.0.1',
  port,
  transport: 'udp',
  username: null,
  password: null,
  ...plainTrunk(),
  priority,
  direction: 'out',
  numbersOut: { form: 'national', strip: 0, prefix: '9' },
  callerId: { shows: 'trunk', number: '+8657487009999' },
  pingSeconds: null,
});

beforeAll(async () => {
  stage = await BridgeStage.open();
  await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve));
  provider = await ScriptedPhone.onTrunk({ sip: null, name: 'provider' });
  const admin = await stage.signIn('admin', { phoneMedia: null });
  const { configuration, revision } = await admin.ask('configuration:read', {});
  const port = Number(provider.sentBy.slice(provider.sentBy.lastIndexOf(':') + 1));
  const trunks = [trunk('dead', silent.address().port, 1), trunk('carrier', port, 2)];
  const saved = await admin.upload('configuration:save', {
    configuration: { ...configuration, trunks },
    basedOn: revision,
    note: 'trunks',
  });
  expect(saved).toMatchObject({ ok: true, value: { saved: true } });
  lena = await stage.signIn();
  await lena.becomeAvailable();
}, 60_000);

afterAll(async () => {
  await provider?.close();
  silent.close();
  expect(stage.bridge.bugs).toEqual([]);
  await stage.close();
});

async function dial(to = number) {
  const answer = await lena.ask('call:dial', { number: to });
  if (!answer.isDialled) throw new Error(answer.why);
  return { ...answer, agent: await lena.answer(answer.reservationId) };
}

describe('a call out', () => {
  it('reaches the customer over the second trunk when the first says nothing, and both hear each other', {
    timeout: 60_000,
  }, async () => {
    const { agent, interactionId } = await dial();
    const customer = await provider.nextCall(6_000);
    expect(customer.invite.uri).toContain(`9${number}@`);
    customer.ring();
    await agent.ears.tone(425);
    await customer.answer();
    agent.mouth.playTone(600);
    customer.mouth.playTone(900);
    await customer.ears.tone(600);
    await agent.ears.tone(900);
    await customer.hangUp();
    expect(await stage.bridge.event('wrapUp:started')).toMatchObject({ interactionId });
    await lena.ask('interaction:complete', { interactionId, dispositionCode: 'notCoded', note: '', then: 'available' });
  });

  it('that finds the customer busy ends, and the agent is free for the next', { timeout: 60_000 }, async () => {
    const { interactionId } = await dial();
    const customer = await provider.nextCall(6_000);
    customer.reject(486);
    const ended = await lena.push('call:changed', (view) => view.interactionId === interactionId && view.state === 'ended');
    expect(ended).toMatchObject({ end: { reason: 'notReached', fault: 'caller' } });
    const again = await dial();
    (await provider.nextCall(6_000)).reject(480);
    await lena.push('call:changed', (view) => view.interactionId === again.interactionId && view.state === 'ended');
  });

  it('that the rules do not allow rings nobody', async () => {
    expect(await lena.ask('call:dial', { number: '+33142685300' })).toEqual({ isDialled: false, why: 'notAllowed' });
    expect(await lena.ask('call:dial', { number: '6012' })).toEqual({ isDialled: false, why: 'notANumber' });
  });
});
