import { expect, it } from 'vitest';
import { LastingSession } from '../../../../../cti-bridge/channels/voice/re-establish/index.ts';
import { silentLog, VirtualClock } from '../../../../../cti-bridge/kernel/index.ts';
import { FakeMediaEngine } from '../../../../support/fake-media.ts';
import { settled } from '../voice-stage.ts';

/** A call that is recorded, and a worker to be killed. */
async function recorded() {
  const clock = new VirtualClock();
  const engine = new FakeMediaEngine();
  const first = engine.createSession('call');
  if (!first) throw new Error('no session');
  const session = new LastingSession({ session: first, engine, clock, log: silentLog, music: { kind: 'ringback' } });
  const { legId } = await session.answerRtpLeg('offer');
  session.reach(legId, { renew: () => Promise.resolve('answer'), waitsWithMusic: true });
  await session.startRecording('r', { path: '/r.wav', left: [legId], right: 'asHeard' });
  return {
    clock,
    session,
    workers: engine.sessions,
    async kill() {
      engine.sessions.at(-1)?.tell('closed', { why: 'workerDied' });
      await settled();
    },
  };
}

it('goes on in its file by the leg as the next worker knows it', async () => {
  const { workers, kill } = await recorded();
  await kill();
  expect(workers[1]?.recordings.get('r')).toEqual({ path: '/r.wav', left: ['rtp-1'], right: 'asHeard', isPaused: false });
});

it('stays paused over a death, also when it was paused while nobody wrote', async () => {
  const { session, workers, kill } = await recorded();
  session.pauseRecording('r');
  expect(workers[0]?.asked).toContain('pauseRecording r');
  await kill();
  expect(workers[1]?.recordings.get('r')?.isPaused).toBe(true);
  session.resumeRecording('r');
  expect(workers[1]?.asked).toContain('resumeRecording r');
});

it('is as long as both its parts, the first by our clock', async () => {
  const { clock, session, kill } = await recorded();
  clock.advance(7_000);
  await kill();
  expect(await session.stopRecording('r')).toEqual({ durationMs: 8_000, pauses: [] });
});

it('that nobody writes any more was never there', async () => {
  const { session } = await recorded();
  await session.stopRecording('r');
  await expect(session.stopRecording('r')).rejects.toMatchObject({ code: 'unknownLeg' });
});
