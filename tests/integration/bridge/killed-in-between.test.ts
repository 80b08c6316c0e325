import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import type { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import type { ScriptedCall } from '../../support/scripted-phone/index.ts';
import { inspect } from '../store/store-under-test.ts';
import { BridgeProgram } from './bridge-program.ts';

/** The bridge is killed where a call is between two people, or has just ended: after the start it has one owner, within five seconds. */
const limitMs = 5_000;
const ask = { reason: 'billing', note: 'asked about the roaming' };

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-killed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const told = (folder: string, interactionId: string): string[] =>
  inspect<{ type: string }>(folder, `select type from interaction_event where interaction_id = '${interactionId}' order by sequence`).map(
    ({ type }) => type,
  );
const owners = (folder: string) =>
  inspect<{ agent_id: string; state: string }>(folder, "select agent_id, state from routing_offer where state in ('accepted', 'standing')");

async function calling(bridge: BridgeProgram): Promise<ScriptedCall> {
  const call = await (await bridge.caller()).call({ to: '1002', from: margaretOkafor.number });
  await call.answered();
  return call;
}

interface Talk {
  readonly folder: string;
  readonly bridge: BridgeProgram;
  readonly lena: ScriptedDesktop;
  readonly wei: ScriptedDesktop;
  readonly talker: ScriptedCall;
  readonly interactionId: string;
}

/** Lena talks to the customer; Lin Wei is there, and free. */
async function talking(): Promise<Talk> {
  const folder = dataFolder();
  const bridge = await BridgeProgram.start(folder);
  const lena = await bridge.signIn('lena.hartmann');
  const talker = await calling(bridge);
  const desk = await lena.answer();
  const { interactionId } = await lena.push('interaction:assigned');
  desk.mouth.playTone(440);
  await talker.ears.tone(440);
  const wei = await bridge.signIn('lin.wei');
  await expect.poll(() => inspect(folder, 'select count(*) as kept from live_call where talking_since is not null')).toEqual([{ kept: 1 }]);
  return { folder, bridge, lena, wei, talker, interactionId };
}

/** The customer hears music; the agent they talked to comes back, rejoins, and is heard: they alone own the call. */
async function isLenasAgain({ folder, bridge, talker, interactionId }: Talk): Promise<void> {
  const again = await BridgeProgram.start(folder, bridge.sip.port);
  await talker.ears.music(limitMs);
  const lena = await again.signIn('lena.hartmann');
  expect(lena.snapshot.interactions).toMatchObject([{ interactionId, state: 'assigned', call: { state: 'rejoining' } }]);
  expect(owners(folder)).toMatchObject([{ agent_id: lena.agentId, state: 'accepted' }]);
  await lena.ask('call:rejoin', { interactionId });
  const desk = await lena.answer();
  desk.mouth.playTone(700);
  talker.mouth.playTone(1_000);
  await Promise.all([talker.ears.tone(700), desk.ears.tone(1_000)]);
  await talker.hangUp();
  await expect.poll(() => told(folder, interactionId).filter((type) => type === 'interaction:ended')).toHaveLength(1);
}

it('while a colleague is rung for it: the call is the agent’s who had it, and nobody rings', { timeout: 90_000 }, async () => {
  const talk = await talking();
  const { bridge, lena, wei, talker, interactionId } = talk;
  await lena.ask('call:transfer', { interactionId, to: { kind: 'agent', agentId: wei.agentId }, ...ask });
  await talker.ears.music();
  await wei.push('reservation:offered');
  await bridge.kill();
  await isLenasAgain(talk);
});

it('while the agent asks a colleague: the call is the agent’s, and the colleague is in it no more', { timeout: 90_000 }, async () => {
  const talk = await talking();
  const { bridge, lena, wei, interactionId, talker } = talk;
  await lena.ask('call:consult', { interactionId, to: { kind: 'agent', agentId: wei.agentId }, ...ask });
  const { reservationId } = await wei.push('reservation:offered');
  await wei.answer(reservationId);
  await talker.ears.music();
  await bridge.kill();
  await isLenasAgain(talk);
});

it('while it rings at an agent: the customer waits where they waited, and is offered anew', { timeout: 90_000 }, async () => {
  const folder = dataFolder();
  const first = await BridgeProgram.start(folder);
  const lena = await first.signIn('lena.hartmann');
  const caller = await calling(first);
  const { interactionId } = await lena.push('reservation:offered');
  await lena.ringing();
  const queuedAt = () => inspect(folder, 'select queued_at from live_call');
  await expect.poll(queuedAt).toHaveLength(1);
  const before = queuedAt();
  await first.kill();

  const second = await BridgeProgram.start(folder, first.sip.port);
  await caller.ears.music(limitMs);
  expect(queuedAt()).toEqual(before);
  const again = await second.signIn('lena.hartmann');
  const desk = await again.answer();
  expect(await again.push('interaction:assigned')).toMatchObject({ interactionId });
  expect(owners(folder)).toMatchObject([{ agent_id: again.agentId, state: 'accepted' }]);
  desk.mouth.playTone(700);
  await caller.ears.tone(700);
  expect(told(folder, interactionId).filter((type) => type === 'interaction:ended')).toEqual([]);
});

it('in a wrap-up: the contact is closed once with the outcome of its queue, marked automatic, its note kept, and the agent is free', {
  timeout: 90_000,
}, async () => {
  const { folder, bridge, lena, talker, interactionId } = await talking();
  await lena.ask('interaction:save-draft', { interactionId, text: 'half a sentence', revision: 1 });
  await talker.hangUp();
  await lena.push('wrap-up:changed');
  await expect.poll(() => told(folder, interactionId)).toContain('interaction:ended');
  await bridge.kill();

  const second = await BridgeProgram.start(folder, bridge.sip.port);
  await expect.poll(() => told(folder, interactionId), { timeout: limitMs }).toContain('interaction:completed');
  const [completed, ...more] = inspect<{ body: string }>(
    folder,
    `select body from interaction_event where interaction_id = '${interactionId}' and type = 'interaction:completed'`,
  );
  expect(more).toEqual([]);
  expect(JSON.parse(completed?.body ?? '{}')).toMatchObject({ isAutomatic: true });
  expect(inspect<{ text: string }>(folder, 'select text from draft').map(({ text }) => text)).toContain('half a sentence');
  expect(owners(folder)).toEqual([]);
  const again = await second.signIn('lena.hartmann');
  expect(again.snapshot.interactions).toEqual([]);
  await calling(second);
  await again.answer();
});
