import { expect, it } from 'vitest';
import type { CommandContext } from '../../../cti-bridge/api/command.ts';
import { answerCommand } from '../../../cti-bridge/api/sockets/answer-command.ts';
import { silentLog, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import type { Role } from '../../../shared/contracts/agent.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';

function open(desk: object, more: { role?: Role; hasResumed?: boolean } = {}) {
  const clock = new VirtualClock();
  const context = {
    clock,
    desk,
    line: { hasResumed: more.hasResumed ?? true },
    session: { user: { agentId: 'agent-1' }, rights: new Set(rightsOfRole[more.role ?? 'agent']) },
  } as unknown as CommandContext;
  return { clock, ask: (name: unknown, request: unknown) => answerCommand(context, silentLog, name, request) };
}

it('gives up on a desk that does not answer, and leaves no timer', async () => {
  const { clock, ask } = open({ endCall: () => new Promise(() => {}) });
  const answer = ask('call:end', { interactionId: 'i' });
  await clock.run(7_000);
  expect(await answer).toMatchObject({ ok: false, error: { code: 'storage_unavailable' } });
  expect(clock.pending).toBe(0);
});

it('checks the shape before the right, and the right before the order, and reaches the desk only then', async () => {
  const desk = { endCall: () => Promise.reject(new Error('reached')) };
  const request = { interactionId: 'i' };
  const codeOf = async (more: { role?: Role; hasResumed?: boolean }, asked: unknown) => {
    const answer = await open(desk, more).ask('call:end', asked);
    return answer.ok ? null : answer.error.code;
  };
  expect(await codeOf({ role: 'administrator', hasResumed: false }, {})).toBe('bad_request');
  expect(await codeOf({ role: 'administrator', hasResumed: false }, request)).toBe('forbidden');
  expect(await codeOf({ hasResumed: false }, request)).toBe('bad_request');
  expect(await codeOf({}, request)).toBe('internal');
});

it('does not repeat to the sender what was sent', async () => {
  const { ask } = open({});
  const answer = await ask('interaction:save-draft', { interactionId: 'i', text: 4111111111111111, revision: 1 });
  expect(JSON.stringify(answer)).not.toContain('4111');
});
