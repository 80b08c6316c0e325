import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import { changeConfiguration, withPhone } from '../../support/bridge.ts';
import { giveDemoData } from '../../support/demo-data.ts';
import { type ScriptedCall, ScriptedPhone } from '../../support/scripted-phone/index.ts';
import { inspect } from '../store/store-under-test.ts';
import { BridgeProgram } from './bridge-program.ts';

/** The bridge is killed as a power cut would, with calls in it, and started again on the same port: nobody hangs up, and nobody is forgotten. */

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-killed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const calling = async (phone: ScriptedPhone): Promise<ScriptedCall> => {
  const call = await phone.call({ to: '1002', from: margaretOkafor.number });
  await call.answered();
  return call;
};
/** A bridge on its own data, and a caller whom Lena has answered. */
async function talking() {
  const folder = dataFolder();
  const first = await BridgeProgram.start(folder);
  const lena = await first.signIn('lena.hartmann');
  const talker = await calling(await first.caller());
  const desk = await lena.answer();
  return { folder, first, lena, talker, desk, ...(await lena.push('interaction:assigned')) };
}
const typesOf = (folder: string, interactionId: string) =>
  inspect<{ type: string }>(folder, `select type from interaction_event where interaction_id = '${interactionId}' order by sequence`).map(
    ({ type }) => type,
  );

it('who was talking hears music again within five seconds of the start, and has the same agent back, while others go on waiting', {
  timeout: 90_000,
}, async () => {
  const { folder, first, lena, talker, desk, interactionId, call: before } = await talking();
  await lena.ask('interaction:save-draft', { interactionId, text: 'half a sentence', revision: 1 });
  talker.mouth.playTone(440);
  await desk.ears.tone(440);
  const waiter = await calling(await first.caller());
  await waiter.ears.music();
  await expect.poll(() => inspect(folder, 'select count(*) as kept from live_call')).toEqual([{ kept: 2 }]);
  await first.kill();

  const second = await BridgeProgram.start(folder, first.sip.port);
  await Promise.all([talker.ears.music(5_000), waiter.ears.music(5_000)]);
  expect([talker.isTalking, waiter.isTalking]).toEqual([true, true]);

  const again = await second.signIn('lena.hartmann');
  expect(again.snapshot.interactions).toMatchObject([
    {
      interactionId,
      state: 'assigned',
      call: { state: 'rejoining', answeredAt: before.answeredAt },
      draft: { text: 'half a sentence' },
      pop: { match: { kind: 'certain' } },
    },
  ]);
  await again.ask('call:rejoin', { interactionId });
  const desk2 = await again.answer();
  desk2.mouth.playTone(700);
  talker.mouth.playTone(1_000);
  await Promise.all([talker.ears.tone(700), desk2.ears.tone(1_000)]);
  expect(again.pushes.filter(({ name }) => name === 'reservation:offered')).toEqual([]);
  await talker.hangUp();
  await expect.poll(() => typesOf(folder, interactionId)).toContain('interaction:ended');
  const told = typesOf(folder, interactionId);
  for (const once of ['interaction:ended', 'interaction:answered', 'call:survivedRestart', 'call:agentRejoined'])
    expect(told.filter((type) => type === once)).toEqual([once]);
  expect(told).not.toContain('workItem:returned');

  await waiter.hangUp();
  await expect.poll(() => inspect(folder, 'select count(*) as kept from live_call')).toEqual([{ kept: 0 }]);
});

it('the desktop of who was talking goes on without a password, is rung, and both hear each other again', { timeout: 90_000 }, async () => {
  const { folder, first, lena, talker, interactionId } = await talking();
  await expect.poll(() => inspect(folder, 'select user_id from user_session')).toHaveLength(1);
  await expect.poll(() => inspect(folder, 'select talking_since from live_call where talking_since is not null')).toHaveLength(1);
  const [before, heard] = [lena.login, lena.pushes.length];
  await first.kill();
  expect(JSON.stringify(inspect(folder, 'select * from user_session'))).not.toContain(before.token);

  const second = await BridgeProgram.start(folder, first.sip.port);
  await lena.goOn(second.http);
  expect([lena.login.phone?.username, lena.login.phone?.password === before.phone?.password]).toEqual([before.phone?.username, false]);
  // The desktop may be there before the customer has answered the new media.
  const [known] = lena.snapshot.interactions;
  const theirs = known ?? (await lena.push('interaction:assigned', () => true, 5_000, heard));
  expect(theirs).toMatchObject({ interactionId, call: { state: 'rejoining' } });
  await lena.ask('call:rejoin', { interactionId });
  const desk = await lena.answer();
  desk.mouth.playTone(700);
  talker.mouth.playTone(1_000);
  await Promise.all([talker.ears.tone(700), desk.ears.tone(1_000)]);

  await lena.logOut();
  await expect.poll(() => inspect(folder, 'select * from user_session')).toEqual([]);
  await second.kill();
  const third = await BridgeProgram.start(folder);
  await expect(lena.goOn(third.http)).rejects.toThrow('unauthorized');
});

it('of many calls none is mixed up: who waited keeps order and time, the menu goes on, who hung up is lost, and whose agent stays away is answered by another', {
  timeout: 120_000,
}, async () => {
  const { folder, first, talker, interactionId } = await talking();
  const waiters = [await calling(await first.caller()), await calling(await first.caller())];
  await Promise.all(waiters.map((call) => call.ears.music()));
  const queued = () =>
    inspect<{ interaction_id: string; queued_at: number }>(
      folder,
      `select interaction_id, queued_at from live_call where interaction_id <> '${interactionId}' order by queued_at`,
    );
  await expect.poll(() => queued().length).toBe(2);
  const before = queued();
  const isWaiter = ({ interaction_id }: { interaction_id: string }) => before.some((waiter) => waiter.interaction_id === interaction_id);
  const newcomers = () =>
    inspect<{ interaction_id: string; menu: string | null; queue_id: string; locale: string }>(folder, 'select * from live_call').filter(
      (row) => row.interaction_id !== interactionId && !isWaiter(row),
    );

  const leaving = await first.caller();
  await (await calling(leaving)).ears.music();
  await expect.poll(() => newcomers().length).toBe(1);
  const [lost] = newcomers();
  const chooser = await (await first.caller()).call({ to: '1000', from: margaretOkafor.number });
  await chooser.answered();
  await chooser.press('9');
  const menu = () =>
    newcomers().flatMap((row) => (row.menu ? [JSON.parse(row.menu) as { frames: { nodeId: string }[]; locale: string }] : []));
  await expect.poll(menu, { timeout: 10_000 }).toMatchObject([{ frames: [{ nodeId: 'menu' }], locale: 'zh' }]);
  await first.kill();
  await leaving.close();

  const second = await BridgeProgram.start(folder, first.sip.port);
  await Promise.all([talker.ears.music(5_000), ...waiters.map((call) => call.ears.music(10_000)), chooser.ears.prompt('menu-main')]);
  await chooser.press('1');
  await chooser.ears.music(15_000);
  await expect
    .poll(() => newcomers().filter(({ interaction_id }) => interaction_id !== lost?.interaction_id))
    .toMatchObject([{ queue_id: 'billing', locale: 'zh' }]);

  // Whose phone is gone is recorded as lost within the time an answer may take.
  const ended = () =>
    inspect<{ id: string; body: string }>(
      folder,
      "select interaction_id as id, body from interaction_event where type = 'interaction:ended'",
    );
  await expect.poll(() => ended().length, { timeout: 12_000 }).toBe(1);
  expect(ended().map(({ id, body }) => [id, JSON.parse(body).end.reason])).toEqual([[lost?.interaction_id, 'peerLost']]);

  // The call of an agent who does not come back is answered before those who wait longer.
  await expect.poll(() => typesOf(folder, interactionId), { timeout: 25_000 }).toContain('workItem:returned');
  const lena = await second.signIn('lena.hartmann');
  const desk = await lena.answer();
  expect(await lena.push('interaction:assigned')).toMatchObject({ interactionId });
  desk.mouth.playTone(700);
  await talker.ears.tone(700);
  expect(queued().filter(isWaiter)).toEqual(before);
  const daniel = await second.signIn('daniel.frost');
  await daniel.answer();
  expect(await daniel.push('interaction:assigned')).toMatchObject({ interactionId: before[0]?.interaction_id });
  const answered = inspect<{ body: string }>(
    folder,
    `select body from interaction_event where type = 'interaction:answered' and interaction_id = '${before[0]?.interaction_id}'`,
  );
  expect((JSON.parse(answered[0]?.body ?? '{}') as { waitedMs: number }).waitedMs).toBeGreaterThan(
    Date.now() - (before[0]?.queued_at ?? 0) - 3_000,
  );
  expect(ended()).toHaveLength(1);
});

it('a desk phone stays off the hook: both hear each other again within five seconds of the start, and nothing rings', {
  timeout: 90_000,
}, async () => {
  const folder = dataFolder();
  const secret = join(folder, 'phone-secret');
  writeFileSync(secret, 'swordfish\n');
  await giveDemoData(folder);
  await changeConfiguration(folder, withPhone('6012', { kind: 'registered', password: { file: secret } }));
  const first = await BridgeProgram.start(folder);
  const phone = await ScriptedPhone.onDesk({ sip: first.sip, extension: '6012', password: 'swordfish', known: first.known });
  onTestFinished(() => phone.close());
  const ready = await phone.dial('*12');
  await ready.answered();
  await ready.over;
  const talker = await calling(await first.caller());
  const desk = await phone.nextCall();
  await desk.answer();
  talker.mouth.playTone(440);
  desk.mouth.playTone(700);
  await Promise.all([desk.ears.tone(440), talker.ears.tone(700)]);
  await expect.poll(() => inspect(folder, 'select count(*) as kept from live_call where talking_since is not null')).toEqual([{ kept: 1 }]);
  await first.kill();
  await Promise.all([desk.ears.noTone(440), talker.ears.noTone(700)]);

  await BridgeProgram.start(folder, first.sip.port);
  await Promise.all([desk.ears.tone(440, 5_000), talker.ears.tone(700, 5_000)]);
  const told = () => inspect<{ type: string }>(folder, 'select type from interaction_event order by sequence').map(({ type }) => type);
  await expect.poll(told).toContain('call:agentRejoined');
  expect(told().filter((type) => type === 'reservation:offered')).toHaveLength(1);
  await desk.hangUp();
  await talker.over;
});

it('who was in a conference keeps the customer and the agent; the number outside is told good-bye', { timeout: 90_000 }, async () => {
  const folder = dataFolder();
  await giveDemoData(folder);
  const first = await BridgeProgram.start(folder);
  const lena = await first.signIn('lena.hartmann');
  const phone = await first.caller();
  const talker = await calling(phone);
  const desk = await lena.answer();
  const { interactionId } = await lena.push('interaction:assigned');
  await lena.ask('call:consult', { interactionId, to: { kind: 'outside', number: '+8657487001234' }, reason: '', note: '' });
  const bank = await phone.nextCall();
  await bank.answer();
  bank.mouth.playTone(600);
  await desk.ears.tone(600);
  await lena.ask('call:conference', { interactionId });
  await talker.ears.tone(600);
  // Kept with the next thing that happens to the call. A disk that is slow does not keep a call waiting: what is asked is done before.
  const kept = () => inspect(folder, `select is_held from live_call where interaction_id = '${interactionId}'`);
  await lena.ask('call:hold', { interactionId });
  await expect.poll(kept, { timeout: 10_000 }).toEqual([{ is_held: 1 }]);
  await lena.ask('call:resume', { interactionId });
  await expect.poll(kept, { timeout: 10_000 }).toEqual([{ is_held: 0 }]);
  await first.kill();

  const second = await BridgeProgram.start(folder, first.sip.port);
  await bank.ended(10_000);
  await talker.ears.music();
  const again = await second.signIn('lena.hartmann');
  await again.ask('call:rejoin', { interactionId });
  const desk2 = await again.answer();
  desk2.mouth.playTone(700);
  await talker.ears.tone(700);
});

it('who was parked waits in the queue they came from, before who came later', { timeout: 90_000 }, async () => {
  const { folder, first, lena, talker: parked, interactionId } = await talking();
  await lena.ask('call:park', { interactionId });
  await parked.ears.music();
  await expect
    .poll(() => inspect(folder, `select agent_id from live_call where interaction_id <> '${interactionId}'`))
    .toEqual([{ agent_id: null }]);
  await expect.poll(() => inspect(folder, 'select count(*) as kept from live_call'), { timeout: 10_000 }).toEqual([{ kept: 1 }]);
  await first.kill();

  const second = await BridgeProgram.start(folder, first.sip.port);
  await parked.ears.music();
  const later = await calling(await second.caller());
  await later.ears.music();
  const again = await second.signIn('lena.hartmann');
  const desk = await again.answer();
  desk.mouth.playTone(700);
  await parked.ears.tone(700);
});
