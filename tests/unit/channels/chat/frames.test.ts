import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatLimits } from '../../../../shared/contracts/messages/chat-limits.ts';
import { fromVisitorSchema, leftMessageSchema } from '../../../../shared/contracts/messages/chat-widget.ts';

const isTaken = (frame: unknown) => fromVisitorSchema.safeParse(frame).success;
const form = { name: null, email: null, phone: null, topic: null };
const open = { kind: 'open', version: 1, token: null, lastSeq: 0, locale: 'en', form, page: { url: null, title: null } };
const write = { kind: 'write', clientId: 'client-1', text: 'Hello' };

describe('what a widget may send', () => {
  it('is taken as it should be', () => {
    for (const frame of [
      open,
      write,
      { kind: 'typing' },
      { kind: 'read', seq: 3 },
      { kind: 'rate', score: 5, text: '' },
      { kind: 'leave' },
    ])
      expect(isTaken(frame)).toBe(true);
    expect(isTaken({ ...write, text: '好'.repeat(chatLimits.textLength) })).toBe(true);
  });

  it.each([
    ['an unknown kind', { kind: 'shout' }],
    ['an unknown key', { ...write, isAdmin: true }],
    ['an unknown key inside', { ...open, form: { ...form, role: 'agent' } }],
    ['a prototype', JSON.parse('{"kind":"write","clientId":"client-1","text":"x","__proto__":{"polluted":1}}')],
    ['a text too long', { ...write, text: 'x'.repeat(chatLimits.textLength + 1) }],
    ['a text of spaces', { ...write, text: ' \n\t ' }],
    ['a text with what no store keeps', { ...write, text: 'a\0b' }],
    ['a text that is none', { ...write, text: ['x'] }],
    ['an id with other letters', { ...write, clientId: '../../etc' }],
    ['an id too long', { ...write, clientId: 'x'.repeat(65) }],
    ['a line before the first', { kind: 'read', seq: -1 }],
    ['half a line', { kind: 'catchUp', lastSeq: 1.5 }],
    ['a line beyond counting', { kind: 'catchUp', lastSeq: 1e300 }],
    ['six stars', { kind: 'rate', score: 6, text: '' }],
    ['another version', { ...open, version: 2 }],
    ['a token too long', { ...open, token: 'x'.repeat(201) }],
    ['nothing', null],
    ['a list', []],
  ])('is refused with %s', (_what, frame) => {
    expect(isTaken(frame)).toBe(false);
  });

  it('is read without a throw, whatever it is, and pollutes nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        isTaken(value);
        leftMessageSchema.safeParse(value);
      }),
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each(['', 'a', 'a@', '@b', 'a b@c', 'a@b@c', 'a@b,c', '<a@b>', `${'a'.repeat(255)}@b.example`])(
    'has an address to answer to, which %j is not',
    (email) => {
      const message = { clientId: 'client-1', locale: 'en', name: null, text: 'Hello' };
      expect(leftMessageSchema.safeParse({ ...message, email: 'a@b.example' }).success).toBe(true);
      expect(leftMessageSchema.safeParse({ ...message, email }).success).toBe(false);
    },
  );
});
