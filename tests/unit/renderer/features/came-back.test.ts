import { expect, it } from 'vitest';
import { cameBackAt } from '../../../../renderer/features/inbox/came-back.ts';
import type { Thread } from '../../../../renderer/stores/index.ts';
import type { MessageView } from '../../../../shared/contracts/messages/conversation.ts';
import { hours } from '../../../../shared/duration.ts';

const nan = { address: 'nan@example.cn', name: null };
const at = Date.UTC(2026, 10, 22, 9);
const bounced = { kind: 'event', text: 'bounced', at, author: { kind: 'system', name: 'Nan@example.cn' } };
const sent = { kind: 'out', text: 'x', at: at + 1, author: { kind: 'agent', name: 'Lena' }, mail: { to: [nan] }, state: { name: 'sent' } };

function said(messages: readonly object[], address: string, { now = at, told = undefined as number | undefined } = {}) {
  const conversation = { correspondent: nan, ...(told === undefined ? {} : { cameBackAt: told }) };
  const thread = { conversation, messages: messages as readonly MessageView[] } as unknown as Thread;
  return cameBackAt(thread, address, now);
}

it('says when mail to an address came back, in this conversation or, as the bridge says, in another', () => {
  expect(said([bounced], 'nan@example.cn')).toBe(at);
  expect(said([{ ...bounced, author: { kind: 'system', name: null } }], 'nan@example.cn')).toBe(at);
  expect(said([], 'nan@example.cn', { told: at })).toBe(at);
  expect(said([bounced], 'other@example.cn', { told: at })).toBeNull();
  expect(said([], 'nan@example.cn')).toBeNull();
});

it('says so no more once they wrote, or once a later mail has stayed away for a day', () => {
  const wrote = { kind: 'in', text: 'x', at: at + 1, mail: { from: nan } };
  expect(said([bounced, wrote], 'nan@example.cn', { told: at })).toBeNull();
  expect(said([bounced, { ...wrote, mail: { from: { ...nan, address: 'other@example.cn' } } }], 'nan@example.cn')).toBe(at);
  expect(said([bounced, sent], 'nan@example.cn', { now: at + hours(1) })).toBe(at);
  expect(said([bounced, sent], 'nan@example.cn', { now: at + hours(25) })).toBeNull();
  expect(said([bounced, { ...sent, state: { name: 'failed' } }], 'nan@example.cn', { now: at + hours(25) })).toBe(at);
});
