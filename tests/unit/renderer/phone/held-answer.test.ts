import type { IncomingRequest } from 'jssip/lib/SIPMessage';
import { describe, expect, it } from 'vitest';
import { holdAnswer } from '../../../../renderer/phone/held-answer.ts';

type Reply = [status: number, reason?: string | null, headers?: string[], body?: string, sent?: () => void, failed?: () => void];

/** An INVITE as JsSIP holds it, and what was replied to it. */
function invite() {
  const replies: Reply[] = [];
  const request = {
    reply: (...reply: Reply) => {
      replies.push(reply);
      reply[4]?.();
    },
  };
  const held = holdAnswer(request as unknown as IncomingRequest);
  return { request, held, replies, statuses: () => replies.map(([status]) => status) };
}

const contact = ['Contact: <sip:phone.invalid;transport=ws>'];

describe('an answer that is held', () => {
  it('goes out in a 183, and word for word in the 200 once it is released', () => {
    const { request, held, replies } = invite();
    const told: string[] = [];
    request.reply(180, null, contact);
    request.reply(
      200,
      null,
      contact,
      'the answer',
      () => told.push('sent'),
      () => told.push('failed'),
    );
    expect(replies.slice(1)).toEqual([[183, null, contact, 'the answer']]);
    expect(told).toEqual([]);
    held.release();
    held.release();
    expect(replies.slice(2).map((reply) => reply.slice(0, 4))).toEqual([[200, null, contact, 'the answer']]);
    expect(told).toEqual(['sent']);
  });

  it('is not held when Answer was faster than its preparation', () => {
    const { request, held, statuses } = invite();
    held.release();
    request.reply(200, null, contact, 'the answer');
    expect(statuses()).toEqual([200]);
  });

  it.each([480, 486, 487, 500])('is forgotten after a %d', (status) => {
    const { request, held, statuses } = invite();
    request.reply(200, null, contact, 'the answer');
    request.reply(status);
    held.release();
    expect(statuses()).toEqual([183, status]);
  });

  it('tells a sound path that cannot be made as 488, and an agent who does not answer as 408', () => {
    const noPath = invite();
    noPath.request.reply(408, 'RTP Timeout');
    expect(noPath.statuses()).toEqual([488]);
    const noAnswer = invite();
    noAnswer.request.reply(408);
    expect(noAnswer.statuses()).toEqual([408]);
  });
});
