import { describe, expect, it } from 'vitest';
import { reservationHeader } from '../../../../shared/contracts/bridge-events.ts';
import { lastPhone, settled, stateOf, voiceStage } from './voice-stage.ts';

const phone = { username: 'draft-1', reservationId: 'try-1', shownAs: 'English hotline' };

/** The phone in somebody's browser, rung so that they are the caller. */
async function rung() {
  const stage = voiceStage();
  stage.sip.register('draft-1');
  const call = stage.channel.ownPhones.call(phone);
  const session = stage.media.sessions.at(-1);
  if (!call || !session) throw new Error('no call was made');
  const isAnswered = call.answer();
  await settled();
  return { stage, call, session, isAnswered, leg: lastPhone(stage.sip) };
}

describe('the phone of somebody who wants to be the caller', () => {
  it('is rung with an offer for a browser, under the name that it expects', async () => {
    const { leg, session } = await rung();
    expect(leg.request).toMatchObject({
      extension: 'draft-1',
      headers: { [reservationHeader]: 'try-1' },
      from: { user: 'draft', displayName: 'English hotline' },
    });
    expect(session.asked.filter((asked) => asked.startsWith('offer'))).toEqual([expect.stringMatching(/^offerWebRtcLeg/)]);
  });

  it('is on the line when its sound path is up, not before, and hears from then on', async () => {
    const { call, session, leg, isAnswered } = await rung();
    leg.progress(183, 'early answer');
    leg.answer('browser answer');
    expect(await stateOf(isAnswered)).toBe('pending');
    expect(session.asked.filter((asked) => asked.startsWith('acceptAnswer'))).toHaveLength(1);
    session.tell('connected', { legId: 'webrtc-1' });
    expect(await isAnswered).toBe(true);
    expect(await call.answer()).toBe(true);
    const keys: string[] = [];
    call.onDigit(({ digit }) => keys.push(digit));
    session.tell('digit', { legId: 'webrtc-1', digit: '1', durationMs: 100 });
    expect(keys).toEqual(['1']);
  });

  it('is let go when no sound path comes up, when it refuses, and when it hangs up', async () => {
    const silent = await rung();
    silent.leg.answer();
    await settled();
    await silent.stage.clock.run(5_001);
    expect(await silent.isAnswered).toBe(false);
    expect(silent.leg.sent).toContain('hangUp');

    const refused = await rung();
    refused.leg.fail({ cause: 'rejected', status: 488 });
    expect(await refused.isAnswered).toBe(false);

    const left = await rung();
    left.leg.answer();
    await settled();
    left.session.tell('connected', { legId: 'webrtc-1' });
    await left.isAnswered;
    left.leg.end({ cause: 'bye' });
    expect(await left.call.ended).toMatchObject({ by: 'caller', reason: 'hungUp' });
  });

  it('is not rung where it is not registered', () => {
    expect(voiceStage().channel.ownPhones.call(phone)).toBeNull();
  });
});
