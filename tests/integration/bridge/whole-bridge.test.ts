import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoPassword, duplicatePair, kempSwitchboard, margaretOkafor, unknownNumber } from '../../../cti-bridge/store/seed/demo-people.ts';
import { startBridge } from '../../support/bridge.ts';
import { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import type { ScriptedCall } from '../../support/scripted-phone/index.ts';
import { BridgeStage } from './bridge-stage.ts';

/** A whole bridge from `compose`: real SIP over UDP and WebSocket, real media workers, a real database; the caller and the desktop are scripted. */

let stage: BridgeStage;

beforeEach(async () => {
  stage = await BridgeStage.open();
});

afterEach(async () => {
  await stage.close();
  expect(stage.bridge.bugs).toEqual([]);
});

describe('a phone call', () => {
  it('goes from the trunk through menu, queue and pop to the agent, with sound both ways, and is wrapped up', async () => {
    const desktop = await stage.signIn();
    const call = await stage.caller.call({ to: '1000', from: margaretOkafor.number });
    await call.answered();
    await call.ears.prompt('welcome');
    await call.ears.prompt('menu-main');
    await call.press('1');
    await call.ears.prompt('please-wait');
    await call.ears.music();
    await desktop.becomeAvailable();
    const offer = await desktop.push('reservation:offered');
    expect(offer.pop.match).toMatchObject({ kind: 'certain', contact: { name: 'Margaret Okafor', isKeyAccount: true, tier: 'diamond' } });
    expect(offer.pop.path.map((step) => step.code)).toEqual(['dialled', 'recognised', 'language', 'pressed', 'queued', 'rings']);

    call.mouth.playTone(1000);
    const answered = await desktop.answer(offer.reservationId);
    answered.mouth.playTone(440);
    await answered.ears.tone(1000);
    await call.ears.tone(440);
    const assigned = await desktop.push('interaction:assigned');
    await stage.bridge.event('call:audioFlowing');

    const saved = await desktop.ask('interaction:save-draft', {
      interactionId: assigned.interactionId,
      text: 'Roaming explained.',
      revision: 1,
    });
    expect(saved.revision).toBe(1);
    await call.hangUp();
    await desktop.push('wrap-up:changed');
    await desktop.ask('interaction:complete', {
      interactionId: assigned.interactionId,
      dispositionCode: 'billExplained',
      note: 'Roaming explained.',
      then: 'available',
    });
    await desktop.push('interaction:completed', ({ automatic }) => !automatic);

    const { timeline } = await desktop.ask('contact:read', { contactId: margaretOkafor.contactId });
    expect(timeline.items[0]).toMatchObject({ kind: 'call', interactionId: assigned.interactionId });
    expect((await stage.bridge.event('interaction:ended')).end).toEqual({ by: 'caller', reason: 'hungUp', fault: 'caller' });
    expect(desktop.gaps).toEqual([]);
    await stage.expectAllReleased();
  });

  it('lets the agent hold, take back, send keys and hang up', async () => {
    const desktop = await stage.signIn();
    await desktop.becomeAvailable();
    const call = await stage.callBilling();
    const answered = await desktop.answer();
    answered.mouth.playTone(440);
    const { interactionId } = await desktop.push('interaction:assigned');
    await call.ears.tone(440);
    await desktop.ask('call:hold', { interactionId });
    await call.ears.music();
    await desktop.ask('call:resume', { interactionId });
    const heardBefore = call.journal.length;
    await call.journal.wait(/440/, 3_000, heardBefore - 1);
    await answered.press('5');
    await call.journal.wait('hears key 5', 3_000);
    await answered.hangUp();
    expect(await call.ended()).toMatchObject({ by: 'them', how: 'bye' });
    expect((await stage.bridge.event('interaction:ended')).end).toEqual({ by: 'agent', reason: 'hungUp', fault: 'agent' });
  });

  it('has a pop for the unknown, for several candidates and for the anonymous', async () => {
    const desktop = await stage.signIn();
    await desktop.becomeAvailable();
    const pops: string[] = [];
    const calls: readonly (() => Promise<ScriptedCall>)[] = [
      () => stage.callBilling(unknownNumber),
      () => stage.callBilling(kempSwitchboard.number),
      () => stage.callBilling(margaretOkafor.number, { isPrivate: true }),
      () => stage.callBilling(duplicatePair.people[0]?.number),
    ];
    for (const place of calls) {
      const before = desktop.pushes.length;
      // Unknown and anonymous callers are greeted in the line's language.
      const call = await place();
      const offer = await desktop.push('reservation:offered', () => true, 5_000, before);
      pops.push(offer.pop.match.kind);
      if (offer.pop.match.kind === 'candidates') expect(offer.pop.match.candidates.map((one) => one.name)).toContain('Joanna Reid');
      if (offer.pop.match.kind === 'certain') expect(offer.pop.match.contact.possibleDuplicates).not.toEqual([]);
      await call.hangUp();
      await desktop.push('reservation:ended', ({ reservationId }) => reservationId === offer.reservationId);
    }
    expect(pops).toEqual(['unknown', 'candidates', 'anonymous', 'certain']);
  });

  it('is refused with 404 when the number belongs to nobody', async () => {
    const call = await stage.caller.call({ to: '4711', from: margaretOkafor.number });
    expect(await call.ended()).toMatchObject({ how: 'refused', status: 404 });
    expect((await stage.bridge.event('interaction:ended')).end.reason).toBe('unknownNumber');
    await stage.expectAllReleased();
  });

  it('hears music and is counted when no agent is there', async () => {
    const call = await stage.callBilling();
    await call.ears.music();
    await expect.poll(() => stage.metric('crosspoint_waiting')).toContain(1);
    await call.hangUp();
    expect((await stage.bridge.event('interaction:ended')).end.reason).toBe('abandoned');
    await stage.expectAllReleased();
  });

  it('is repeated the menu on silence of wrong keys, and reaches a queue all the same', async () => {
    const call = await stage.caller.call({ to: '1000', from: margaretOkafor.number });
    await call.answered();
    await call.press('8');
    await call.ears.prompt('not-understood');
    await call.press('2', 'info');
    await stage.bridge.event('workItem:queued', ({ queueId }) => queueId === 'technical');
    await call.hangUp();
  });
});

describe('a caller who leaves', () => {
  it('in the menu has abandoned, and all is released', async () => {
    const call = await stage.caller.call({ to: '1000', from: margaretOkafor.number });
    await call.answered();
    await call.hangUp();
    expect((await stage.bridge.event('interaction:ended')).end).toEqual({ by: 'caller', reason: 'abandoned', fault: 'caller' });
    await stage.expectAllReleased();
  });

  it('while the agent’s phone rings stops it at once, and the agent is told and not blamed', async () => {
    const desktop = await stage.signIn();
    await desktop.becomeAvailable();
    const call = await stage.callBilling();
    const offer = await desktop.push('reservation:offered');
    const ringing = await desktop.ringing(offer.reservationId);
    await call.hangUp();
    expect(await desktop.push('reservation:ended')).toMatchObject({ reservationId: offer.reservationId, cause: 'callerLeft' });
    expect(await ringing.ended()).toMatchObject({ by: 'them', how: 'canceled' });
    expect(await stage.bridge.event('reservation:ended')).toMatchObject({ cause: 'callerLeft', countsAgainstAgent: false });
    await stage.expectAllReleased();
  });

  it('without a word ends by the media time-out, and the record says so', { timeout: 60_000 }, async () => {
    await stage.close();
    stage = await BridgeStage.open({
      config: {
        media: {
          host: '127.0.0.1',
          advertisedHost: null,
          portRange: [0, 0],
          workers: 1,
          callsPerWorker: 100,
          rtpTimeoutMs: 1_500,
        },
      },
    });
    const desktop = await stage.signIn();
    await desktop.becomeAvailable();
    const call = await stage.callBilling();
    await desktop.answer();
    await desktop.push('interaction:assigned');
    await call.vanish();
    expect((await stage.bridge.event('interaction:ended', undefined, 10_000)).end.reason).toBe('mediaLost');
    await desktop.push('wrap-up:changed');
  });
});

describe('a desktop', () => {
  it('that is closed while ringing loses the offer to the next agent, and is not blamed', async () => {
    const lena = await stage.signIn();
    await lena.becomeAvailable();
    const call = await stage.callBilling();
    await lena.push('reservation:offered');
    await lena.vanish();
    expect(await stage.bridge.event('reservation:ended')).toMatchObject({ countsAgainstAgent: false });
    const other = await stage.signIn('lin.wei');
    await other.becomeAvailable();
    const offer = await other.push('reservation:offered');
    const answered = await other.answer(offer.reservationId);
    answered.mouth.playTone(600);
    await call.ears.tone(600);
  });

  it('that reloads while talking gets the call back, the customer hearing music meanwhile', { timeout: 60_000 }, async () => {
    const desktop = await stage.signIn();
    await desktop.becomeAvailable();
    const call = await stage.callBilling();
    await desktop.answer();
    const { interactionId } = await desktop.push('interaction:assigned');
    await desktop.phone.vanish();
    const snapshot = await desktop.reconnect();
    expect(snapshot.interactions).toMatchObject([{ interactionId, state: 'assigned' }]);
    await desktop.connectPhone();
    const before = call.journal.length;
    await desktop.ask('call:rejoin', { interactionId });
    await call.journal.wait(/music/, 5_000, before - 1);
    const again = await desktop.answer();
    again.mouth.playTone(700);
    await call.ears.tone(700);
    await stage.bridge.event('call:agentRejoined');
  });

  it('that does not acknowledge its pop is asked no more, and the call goes on waiting', async () => {
    const deaf = await stage.signIn('lena.hartmann', { acknowledgesPops: false });
    await deaf.becomeAvailable();
    const call = await stage.callBilling();
    await deaf.push('reservation:offered');
    expect(await stage.bridge.event('reservation:ended')).toMatchObject({ cause: 'deviceUnreachable', countsAgainstAgent: false });
    await call.ears.music();
  });

  it('is refused with a wrong password, and told so in the same words as for an unknown name', async () => {
    const answers = await Promise.all(
      ['lena.hartmann', 'nobody'].map(async (username) => {
        const reply = await fetch(`${stage.bridge.httpAddress}/api/login`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: stage.bridge.httpAddress },
          body: JSON.stringify({ username, password: 'wrong', takeOver: false, contractMajor: 1 }),
        });
        return [reply.status, await reply.json()];
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.[0]).toBe(401);
  });

  it('that signs in elsewhere takes over explicitly, and the first is told', async () => {
    const first = await stage.signIn();
    await expect(stage.signIn()).rejects.toThrow('409');
    await stage.signIn('lena.hartmann', { takeOver: true });
    await first.push('session:replaced');
  });
});

describe('the bridge', () => {
  it('keeps everything over a second start, and closes once what was open', async () => {
    const desktop = await stage.signIn();
    await desktop.becomeAvailable();
    const call = await stage.callBilling();
    await desktop.answer();
    const { interactionId } = await desktop.push('interaction:assigned');
    await desktop.ask('interaction:save-draft', { interactionId, text: 'kept', revision: 1 });
    await stage.bridge.stop();
    expect(await call.ended()).toMatchObject({ by: 'them' });
    await desktop.close();

    const second = await startBridge({ folder: stage.bridge.folder });
    try {
      const completed = second.events.filter((event) => event.type === 'interaction:completed');
      expect(completed).toMatchObject([{ interactionId, isAutomatic: true, dispositionCode: 'notCoded' }]);
      const again = await ScriptedDesktop.logIn({
        bridge: second.httpAddress,
        username: 'lena.hartmann',
        password: demoPassword,
        phoneMedia: null,
      });
      expect(again.snapshot).toMatchObject({ interactions: [], today: { handled: 1 } });
      await again.close();
    } finally {
      await second.stop();
    }
  });

  it('says which port is taken', async () => {
    const taken = Number(stage.bridge.sip.port);
    await expect(
      startBridge({ config: { sip: { ...(await import('../../../cti-bridge/config/index.ts')).defaults.sip, port: taken } } }),
    ).rejects.toThrow(`SIP port ${taken} (UDP) on 127.0.0.1 is taken`);
  });
});
