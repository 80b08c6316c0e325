import { describe, expect, it } from 'vitest';
import { DesktopRegistry, type Relay, SoundPaths } from '../../../cti-bridge/api/index.ts';
import type { UserSession } from '../../../cti-bridge/identity/index.ts';
import { VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import type { Push } from '../../../shared/contracts/bridge-events.ts';
import { soundPathSchema } from '../../../shared/contracts/sound-path.ts';
import { type AgentId, asId, type UserId } from '../../../shared/ids.ts';

const relay: Relay = { urls: ['turns:turn.example.com:5349?transport=tcp'], secret: 'north', lifeSeconds: 3_600, relayOnly: false };

const session = (name: string, more: Partial<UserSession> = {}): UserSession => ({
  sessionId: `session-${name}`,
  user: {
    userId: asId<UserId>(name),
    username: name,
    name,
    role: 'agent',
    rights: [],
    locale: 'en',
    agentId: asId<AgentId>(`agent-${name}`),
    extension: '6012',
    skills: {},
    isDemo: false,
  },
  rights: new Set(),
  sip: { username: '6012', password: 'secret', use: 'calls' },
  createdAt: 0,
  ...more,
});

function live(desktops: DesktopRegistry, of: UserSession): Push[] {
  const pushes: Push[] = [];
  const line = desktops.lineOf(of);
  line.attach({ send: (push) => void pushes.push(push), dismiss: () => {}, drop: () => {}, backlog: 0 }, 0);
  line.beginResume().finish();
  return pushes;
}

describe('the way of the sound', () => {
  it('is the relay with a password of the agent’s own, and others where the network allows them', () => {
    const clock = new VirtualClock();
    const path = new SoundPaths(relay, clock).of(session('lena'));
    expect(soundPathSchema.parse(path)).toMatchObject({
      iceServers: [{ urls: relay.urls, username: expect.stringMatching(/^\d+:agent-lena$/) }],
      iceTransportPolicy: 'all',
    });
    expect(path?.expiresAt).toBe(Math.floor(clock.now() / 1_000) * 1_000 + 3_600_000);
  });

  it('is nothing but the relay where the house says so', () => {
    expect(new SoundPaths({ ...relay, relayOnly: true }, new VirtualClock()).of(session('lena'))?.iceTransportPolicy).toBe('relay');
  });

  it('is not told where there is no relay, nor to a desktop without a phone', () => {
    expect(new SoundPaths(null, new VirtualClock()).of(session('lena'))).toBeNull();
    expect(new SoundPaths(relay, new VirtualClock()).of(session('dana', { sip: null }))).toBeNull();
  });

  it('is renewed at half of the password’s life, for phones alone, until the end', () => {
    const clock = new VirtualClock();
    const desktops = new DesktopRegistry();
    const paths = new SoundPaths(relay, clock);
    const lena = live(desktops, session('lena'));
    const dana = live(desktops, session('dana', { sip: null }));
    const renewing = paths.keepRenewed(desktops);
    const first = paths.of(session('lena'));

    clock.advance(1_799_000);
    expect(lena).toEqual([]);
    clock.advance(1_000);
    expect(lena.map(({ name }) => name)).toEqual(['soundPath:renewed']);
    const renewed = soundPathSchema.parse(lena[0]?.payload);
    expect(renewed.expiresAt).toBe((first?.expiresAt ?? 0) + 1_800_000);
    expect(renewed.iceServers[0]?.credential).not.toBe(first?.iceServers[0]?.credential);

    clock.advance(1_800_000);
    expect(lena).toHaveLength(2);
    void renewing.dispose();
    clock.advance(7_200_000);
    expect(lena).toHaveLength(2);
    expect(dana).toEqual([]);
  });
});
