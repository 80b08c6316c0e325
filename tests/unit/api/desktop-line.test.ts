import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DesktopSocket } from '../../../cti-bridge/api/publishers/desktop-line.ts';
import { DesktopLine } from '../../../cti-bridge/api/publishers/desktop-line.ts';
import type { UserSession } from '../../../cti-bridge/identity/index.ts';
import type { Push } from '../../../shared/contracts/bridge-events.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import type { AgentId, UserId } from '../../../shared/ids.ts';
import { asId } from '../../../shared/ids.ts';
import { pushExamples } from '../../contract/wire-examples.ts';

const session: UserSession = {
  sessionId: 'session-1',
  createdAt: 0,
  rights: new Set(rightsOfRole.agent),
  sip: null,
  user: {
    userId: asId<UserId>('user-1'),
    username: 'ana',
    name: 'Ana',
    role: 'agent',
    rights: rightsOfRole.agent,
    locale: 'en',
    agentId: asId<AgentId>('agent-1'),
    extension: '1001',
    skills: {},
    isDemo: false,
  },
};

class FakeSocket implements DesktopSocket {
  readonly heard: Push[] = [];
  backlog = 0;
  end: 'dismissed' | 'dropped' | null = null;
  send(push: Push) {
    this.heard.push(push);
  }
  dismiss() {
    this.end ??= 'dismissed';
  }
  drop() {
    this.end ??= 'dropped';
  }
}

const happen = (line: DesktopLine) => line.push('queue:changed', pushExamples['queue:changed']);

describe('the line to a desktop', () => {
  it('sends nothing before the desktop has resumed', () => {
    const line = new DesktopLine(session);
    const socket = new FakeSocket();
    happen(line);
    line.attach(socket, 0);
    happen(line);
    expect(socket.heard).toEqual([]);
    expect(line.hasResumed).toBe(false);
  });

  it('answers only the latest of two resumes, and gives what was held to it', () => {
    const line = new DesktopLine(session);
    const socket = new FakeSocket();
    line.attach(socket, 0);
    const first = line.beginResume();
    happen(line);
    const second = line.beginResume();
    happen(line);
    expect(first.isCurrent()).toBe(false);
    expect(first.finish()).toBe(false);
    expect(second.finish()).toBe(true);
    expect(second.seq).toBe(1);
    expect(socket.heard.map((push) => push.seq)).toEqual([2]);
  });

  it('tells an older window of the same log-in that it was replaced', () => {
    const line = new DesktopLine(session);
    const older = new FakeSocket();
    const newer = new FakeSocket();
    line.attach(older, 0);
    line.beginResume().finish();
    line.attach(newer, 42);
    expect(older.heard).toEqual([{ seq: 1, name: 'session:replaced', payload: { at: 42 } }]);
    expect(older.end).toBe('dismissed');
    expect(line.detach(older)).toBe(false);
    expect(newer.end).toBeNull();
  });

  it('drops a desktop that takes nothing, whether live or resuming, so that it comes back and resumes', () => {
    const line = new DesktopLine(session);
    const slow = new FakeSocket();
    line.attach(slow, 0);
    line.beginResume().finish();
    slow.backlog = 3_000;
    happen(line);
    expect(slow.end).toBe('dropped');

    const stuck = new FakeSocket();
    line.attach(stuck, 0);
    line.beginResume();
    for (let i = 0; i < 2_001; i++) happen(line);
    expect(stuck.end).toBe('dropped');
  });

  it('tells the desk of each coming and going once', () => {
    const told: string[] = [];
    const desk = { desktopConnected: () => told.push('connected'), desktopGone: (_: AgentId, why: string) => told.push(why) };
    const line = new DesktopLine(session);
    line.retract(desk, 'connectionLost');
    line.announce(desk);
    line.announce(desk);
    line.retract(desk, 'loggedOut');
    line.retract(desk, 'connectionLost');
    expect(told).toEqual(['connected', 'loggedOut']);
  });

  // A desktop as simple as the contract allows: it takes each snapshot that is answered, then wants every number once and in order.
  it('never shows a gap, a repetition or a disorder to a desktop, whatever interleaves', () => {
    const step = fc.constantFrom('push', 'resume', 'answer', 'abandon', 'reconnect', 'lose');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const line = new DesktopLine(session);
        let socket = new FakeSocket();
        line.attach(socket, 0);
        let pending: { resume: ReturnType<DesktopLine['beginResume']>; facts: number } | null = null;
        let facts = 0;
        let view: { seq: number; heardFrom: number } | null = null;
        for (const one of steps) {
          if (one === 'push') {
            facts++;
            happen(line);
          } else if (one === 'resume') pending = { resume: line.beginResume(), facts };
          else if (one === 'abandon') pending?.resume.abandon();
          else if (one === 'lose') line.detach(socket);
          else if (one === 'reconnect') {
            socket = new FakeSocket();
            line.attach(socket, 0);
            view = null;
          } else if (pending?.resume.isCurrent()) {
            // The answer is written first, then what was held.
            view = { seq: pending.resume.seq, heardFrom: socket.heard.length };
            pending.resume.finish();
            pending = null; // a command is answered once
          }
        }
        const seen = view ? socket.heard.slice(view.heardFrom).map((push) => push.seq) : [];
        expect(seen).toEqual(seen.map((_, index) => (view?.seq ?? 0) + 1 + index));
        expect(seen.length).toBeLessThanOrEqual(facts);
      }),
      { numRuns: 300 },
    );
  });
});
