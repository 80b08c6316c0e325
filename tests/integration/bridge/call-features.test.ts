import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { knownSoundsOf, type ScriptedCall } from '../../support/scripted-phone/index.ts';
import { BridgeStage } from './bridge-stage.ts';

/** What agents and supervisors do with a call, in a whole bridge: heard by its tones, each party a frequency of its own. */

const known = knownSoundsOf(fileURLToPath(new URL('../../../assets', import.meta.url)));
const words = { reason: 'Wants a refund', note: 'Has called twice.' };
let stage: BridgeStage;

afterEach(async () => {
  await stage.close();
  expect(stage.bridge.bugs).toEqual([]);
});

/** Lena talks to the customer (1000 Hz) at 440 Hz, and Wei is there. */
async function talkingWithWei(colleague = 'lin.wei') {
  stage = await BridgeStage.open();
  const lena = await stage.signIn('lena.hartmann', { known });
  const { call, agent, interactionId } = await stage.talking(lena);
  const wei = await stage.signIn(colleague, { known });
  call.mouth.playTone(1000);
  agent.mouth.playTone(440);
  await call.ears.tone(440);
  await agent.ears.tone(1000);
  return { lena, wei, call, agent, interactionId, to: { kind: 'agent' as const, agentId: wei.agentId } };
}

async function hearEachOther(one: ScriptedCall, oneTone: number, other: ScriptedCall, otherTone: number) {
  one.mouth.playTone(oneTone);
  other.mouth.playTone(otherTone);
  await one.ears.tone(otherTone);
  await other.ears.tone(oneTone);
}

describe('a call that is given to a colleague', () => {
  it('brings music to the customer, the words to the colleague’s screen before they answer, and then the two together', async () => {
    const { lena, wei, call, agent, interactionId, to } = await talkingWithWei();
    await lena.ask('call:transfer', { interactionId, to, ...words });
    await call.ears.music();
    const { pop, reservationId } = await wei.push('reservation:offered');
    expect(pop).toMatchObject({ match: { kind: 'certain' }, transfer: { fromName: 'Lena Hartmann', ...words } });
    const weis = await wei.answer(reservationId);
    await agent.ended();
    await hearEachOther(call, 1000, weis, 660);
    await lena.push('wrap-up:changed');
    expect(await wei.push('interaction:assigned')).toMatchObject({ call: { state: 'talking' } });
    await call.hangUp();
    await wei.push('wrap-up:changed');
    await stage.expectAllReleased();
  });

  it('and refused is heard by both again, with the cause on the agent’s screen', async () => {
    const { lena, wei, call, agent, interactionId, to } = await talkingWithWei();
    await lena.ask('call:transfer', { interactionId, to, ...words });
    await agent.ears.ringback();
    const { reservationId } = await wei.push('reservation:offered');
    (await wei.ringing(reservationId)).reject(603);
    expect(await lena.push('call:changed', ({ askFailed }) => askFailed !== undefined)).toMatchObject({
      state: 'talking',
      askFailed: { cause: 'rejected' },
    });
    await call.ears.tone(440);
    await agent.ears.tone(1000);
    await call.hangUp();
    await stage.expectAllReleased();
  });
});

describe('a queue that is asked', () => {
  it('is asked in whoever is free in it, and who refuses passes the question on', async () => {
    const { lena, wei, call, agent, interactionId } = await talkingWithWei();
    const priya = await stage.signIn('priya.nair', { known });
    for (const colleague of [wei, priya]) await colleague.becomeAvailable();
    await lena.ask('call:consult', { interactionId, to: { kind: 'queue', queueId: 'billing' }, ...words });
    await call.ears.music();
    const asked = async (colleague: typeof wei) => ({ colleague, ...(await colleague.push('reservation:offered')) });
    const first = await Promise.race([asked(wei), asked(priya)]);
    (await first.colleague.ringing(first.reservationId)).reject(603);
    const second = first.colleague === wei ? priya : wei;
    const { reservationId } = await second.push('reservation:offered');
    const leg = await second.answer(reservationId);
    await hearEachOther(agent, 440, leg, 660);
    await lena.ask('call:complete-transfer', { interactionId });
    await hearEachOther(call, 1000, leg, 660);
    await call.hangUp();
    await stage.expectAllReleased();
  });
});

describe('a number outside', () => {
  it('is asked first, hears the agent while the customer hears music, then all hear all, then customer and number alone', async () => {
    const { lena, call, agent, interactionId } = await talkingWithWei();
    await lena.ask('call:consult', { interactionId, to: { kind: 'outside', number: '+8657487001234' }, ...words });
    await agent.ears.ringback();
    const bank = await stage.caller.nextCall();
    await bank.answer();
    await hearEachOther(agent, 440, bank, 700);
    await call.ears.music();
    await lena.ask('call:swap', { interactionId });
    await call.ears.tone(440);
    await bank.ears.music();
    await lena.ask('call:conference', { interactionId });
    await call.ears.tone(700);
    await bank.ears.tone(1000);
    await agent.ears.tone(700);
    await lena.ask('call:drop-party', { interactionId, partyId: (await parties(lena)).at(-1)?.partyId ?? '' });
    await bank.ended();
    await call.ears.tone(440);
    await call.hangUp();
    await stage.expectAllReleased();
  });
});

const parties = async (desktop: Awaited<ReturnType<BridgeStage['signIn']>>) =>
  (await desktop.push('call:changed', ({ parties: others }) => others?.some(({ state }) => state === 'talking') ?? false)).parties ?? [];

describe('a parked call', () => {
  it('has a number that the agent hears, music for the customer, and is with whoever picks it up', async () => {
    const { lena, wei, call, agent, interactionId } = await talkingWithWei();
    expect(await lena.ask('call:park', { interactionId })).toEqual({ slot: '1' });
    await agent.ears.prompt('number-1');
    await call.ears.music();
    await agent.ended();
    await lena.push('wrap-up:changed');
    const picking = wei.ask('call:pick-up', { slot: '1' });
    const { reservationId, pop } = await wei.push('reservation:offered');
    expect(pop.transfer).toMatchObject({ kind: 'parked', fromName: 'Lena Hartmann' });
    const weis = await wei.answer(reservationId);
    await picking;
    await hearEachOther(call, 1000, weis, 660);
    await call.hangUp();
    await stage.expectAllReleased();
  });
});

describe('a supervisor', () => {
  it('hears both and is heard by nobody, then by the agent alone, then by all, and has the call when they take it', async () => {
    const { wei: dana, call, agent, interactionId } = await talkingWithWei('dana.whitlock');
    const asking = dana.ask('call:supervise', { interactionId, how: 'monitor' });
    const { reservationId } = await dana.push('supervising:changed', ({ how }) => how === 'monitor');
    const danas = await dana.answer(reservationId);
    await asking;
    danas.mouth.playTone(880);
    await danas.ears.tone(440);
    await danas.ears.tone(1000);
    await dana.ask('call:supervise', { interactionId, how: 'whisper' });
    await agent.ears.tone(880);
    await dana.ask('call:supervise', { interactionId, how: 'barge' });
    await call.ears.tone(880);
    await dana.ask('call:take-over', {});
    await agent.ended();
    await hearEachOther(call, 1000, danas, 880);
    await call.hangUp();
    await dana.push('wrap-up:changed');
    await stage.expectAllReleased();
  });
});
