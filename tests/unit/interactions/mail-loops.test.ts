import { describe, expect, it } from 'vitest';
import { type AnswerHistory, mayAnswer, type ReadMail } from '../../../cti-bridge/interactions/index.ts';
import { hours } from '../../../shared/duration.ts';

const now = Date.UTC(2026, 2, 4);
const aMail: Pick<ReadMail, 'automatic' | 'from' | 'replyTo' | 'inReplyTo' | 'references'> = {
  automatic: null,
  from: { address: 'wang@example.cn', name: null },
  replyTo: [],
  inReplyTo: [],
  references: [],
};
const nothingBefore: AnswerHistory = { ourAddresses: ['service@crosspoint.example'], lastAnswerAt: null, automaticIds: [] };

describe('an automatic answer', () => {
  it('goes to a person who writes for the first time', () => expect(mayAnswer(aMail, nothingBefore, now)).toBe(true));

  it.each<[string, Partial<typeof aMail>, Partial<AnswerHistory>, string]>([
    ['a program', { automatic: 'autoReply' }, {}, 'automatic'],
    ['a list', { automatic: 'list' }, {}, 'automatic'],
    ['a bounce', { automatic: 'bounce' }, {}, 'automatic'],
    ['nobody', { from: null }, {}, 'noSender'],
    ['an envelope without a sender', {}, { envelopeFrom: null }, 'noSender'],
    ['ourselves', { from: { address: 'Service@Crosspoint.example', name: null } }, {}, 'ourOwn'],
    ['one who wants the answer sent to us', { replyTo: [{ address: 'service@crosspoint.example', name: null }] }, {}, 'ourOwn'],
    ['one who reads nothing', { from: { address: 'no-reply@shop.example', name: null } }, {}, 'noReply'],
    ['the owner of a list', { from: { address: 'owner-news@example.org', name: null } }, {}, 'noReply'],
    ['one who had one an hour ago', {}, { lastAnswerAt: now - hours(1) }, 'answeredToday'],
    [
      'the answer to an automatic mail of ours',
      { inReplyTo: ['<auto-1@crosspoint.example>'] },
      { automaticIds: ['<auto-1@crosspoint.example>'] },
      'answersAnAnswer',
    ],
    [
      'one that only refers to it',
      { references: ['<auto-1@crosspoint.example>'] },
      { automaticIds: ['<auto-1@crosspoint.example>'] },
      'answersAnAnswer',
    ],
  ])('does not go to %s', (_whom, said, known, why) =>
    expect(mayAnswer({ ...aMail, ...said }, { ...nothingBefore, ...known }, now)).toBe(why),
  );

  it('goes again after a day', () => expect(mayAnswer(aMail, { ...nothingBefore, lastAnswerAt: now - hours(24) }, now)).toBe(true));

  it('goes to one who answers an agent later in the same thread', () => {
    const mail = {
      ...aMail,
      inReplyTo: ['<agent-2@crosspoint.example>'],
      references: ['<auto-1@crosspoint.example>', '<agent-2@crosspoint.example>'],
    };
    expect(mayAnswer(mail, { ...nothingBefore, automaticIds: ['<auto-1@crosspoint.example>'] }, now)).toBe(true);
  });

  it('ends a loop at its second turn, with a program that says nothing of itself', () => {
    let sent = 0;
    let lastAnswerAt: number | null = null;
    const automaticIds: string[] = [];
    let incoming = aMail;
    for (let turn = 0; turn < 10; turn++) {
      // Two days pass between the turns: only what it answers gives it away.
      const at = now + turn * hours(48);
      if (mayAnswer(incoming, { ...nothingBefore, lastAnswerAt, automaticIds }, at) !== true) break;
      sent++;
      lastAnswerAt = at;
      automaticIds.push(`<auto-${turn}@crosspoint.example>`);
      incoming = { ...aMail, inReplyTo: [`<auto-${turn}@crosspoint.example>`] };
    }
    expect(sent).toBe(1);
  });
});
