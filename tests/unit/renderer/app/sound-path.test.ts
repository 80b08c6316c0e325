import { describe, expect, it } from 'vitest';
import { connectionBy } from '../../../../renderer/phone/connection.ts';
import type { SoundPath } from '../../../../shared/contracts/sound-path.ts';
import { deskOnStage } from './stage.ts';

const path = (expiresAt: number): SoundPath => ({
  iceServers: [{ urls: ['turn:turn.example.com'], username: `${expiresAt}:agent-1`, credential: 'c2VjcmV0' }],
  iceTransportPolicy: 'relay',
  expiresAt,
});

describe('the way of the sound', () => {
  it('is told to the phone with each snapshot, and whenever it is renewed', () => {
    const stage = deskOnStage(0);
    stage.bridge.snapshotNow = { ...stage.snapshot, soundPath: path(1_000) };
    stage.desk.start();
    stage.bridge.push('soundPath:renewed', path(2_000));
    stage.bridge.snapshotNow = { ...stage.snapshot, soundPath: path(3_000) };
    stage.bridge.loseConnection();
    stage.bridge.restoreConnection();
    expect(stage.phone.deeds.filter((deed) => deed.startsWith('reachBy'))).toEqual([
      'reachBy relay 1000',
      'reachBy relay 2000',
      'reachBy relay 3000',
    ]);
    stage.desk.stop();
  });

  it('is the browser’s own where the bridge names none', () => {
    expect(connectionBy(null)).toEqual({ iceServers: [], iceTransportPolicy: 'all', bundlePolicy: 'max-bundle' });
    expect(connectionBy(path(1_000))).toMatchObject({ iceServers: path(1_000).iceServers, iceTransportPolicy: 'relay' });
  });
});
