import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import { plainTrunk } from '../../../shared/contracts/calling.ts';
import type { Configuration, TrunkConfiguration } from '../../../shared/contracts/configuration.ts';
import { withPhone } from '../../support/bridge.ts';
import { type RtpMedia, ScriptedPhone } from '../../support/scripted-phone/index.ts';
import { BridgeStage } from './bridge-stage.ts';

/** A whole bridge whose trunk may use Opus, and an agent with a desk phone that has it. */

const secrets = mkdtempSync(join(tmpdir(), 'crosspoint-secrets-'));
writeFileSync(join(secrets, '6012'), 'swordfish\n');

let stage: BridgeStage;
const phones: ScriptedPhone[] = [];
afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.close();
  await stage.close();
  expect(stage.bridge.bugs).toEqual([]);
});
afterAll(() => rmSync(secrets, { recursive: true }));

async function talking(change: (configuration: Configuration) => Configuration) {
  const desk = withPhone('6012', { kind: 'registered', password: { file: join(secrets, '6012') } });
  stage = await BridgeStage.open({ setUp: (configuration) => change(desk(configuration)) });
  const { sip } = stage.bridge;
  const phone = await ScriptedPhone.onDesk({
    sip,
    extension: '6012',
    password: 'swordfish',
    opus: { payloadType: 111, eventType: 110 },
  });
  phones.push(phone);
  const ready = await phone.dial('*12');
  await ready.answered();
  await ready.ended(10_000);
  const caller = await ScriptedPhone.onTrunk({ sip, opus: { payloadType: 96, eventType: 97 } });
  phones.push(caller);
  const call = await caller.call({ to: '1000', from: margaretOkafor.number });
  await call.answered();
  await call.press('1#');
  const agent = await phone.nextCall();
  await agent.answer();
  await stage.bridge.event('interaction:answered');
  call.mouth.playTone(1000);
  agent.mouth.playTone(440);
  return { call, agent };
}

/** What the bridge's own settings call `loopback`, as an administrator sets it up. */
const loopback: TrunkConfiguration = {
  id: 'loopback',
  name: { en: 'Loopback', zh: '本机' },
  host: '127.0.0.1',
  port: 9,
  transport: 'udp',
  username: null,
  password: null,
  ...plainTrunk(),
  direction: 'in',
  pingSeconds: null,
};
const overTrunk =
  (codecs: TrunkConfiguration['codecs']) =>
  (configuration: Configuration): Configuration => ({
    ...configuration,
    trunks: [...configuration.trunks, { ...loopback, codecs }],
  });
const withOpus = overTrunk(['PCMA', 'PCMU', 'opus']);
const recorded = (configuration: Configuration): Configuration => ({
  ...configuration,
  queues: configuration.queues.map((queue) => ({ ...queue, recording: { mode: 'always', announcement: null } })),
});

it('agent and customer talk in Opus, in G.711 while a supervisor listens, and the call ends with nothing left', async () => {
  const { call, agent } = await talking(withOpus);
  const both = [call, agent];
  await Promise.all(both.map(({ journal }) => journal.wait('talks in Opus', 8_000)));
  await expect.poll(() => both.map(({ media }) => (media as RtpMedia).opus.heard.length > 20)).toEqual([true, true]);
  const { interactionId } = await stage.bridge.event('interaction:answered');
  const dana = await stage.signIn('dana.whitlock');
  const asking = dana.ask('call:supervise', { interactionId, how: 'monitor' });
  const { reservationId } = await dana.push('supervising:changed', ({ how }) => how === 'monitor');
  const danas = await dana.answer(reservationId);
  await asking;
  await Promise.all([danas.ears.tone(440), danas.ears.tone(1000)]);
  expect(both.map(({ journal }) => journal.notes.findLast(({ what }) => what.startsWith('talks in'))?.what)).toEqual([
    'talks in G.711',
    'talks in G.711',
  ]);
  await call.hangUp();
  await agent.ended();
  await stage.expectAllReleased();
});

it.each<[string, (configuration: Configuration) => Configuration]>([
  ['is recorded', (configuration) => recorded(withOpus(configuration))],
  ['comes over a trunk without Opus', overTrunk(['PCMA', 'PCMU'])],
  ['comes over a trunk that nobody set up', (configuration) => configuration],
])('a call that %s stays on G.711', async (_, change) => {
  const { call, agent } = await talking(change);
  await Promise.all([agent.ears.tone(1000), call.ears.tone(440)]);
  const sound = agent.media as RtpMedia;
  const wanted = sound.packetsReceived + 100;
  await expect.poll(() => sound.packetsReceived, { timeout: 5_000 }).toBeGreaterThan(wanted);
  expect([call, agent].map(({ journal }) => journal.has('talks in Opus'))).toEqual([false, false]);
  expect(sound.opus.heard).toEqual([]);
});
