import { describe, expect, it } from 'vitest';
import { beginMail, readAddresses, writeAddresses } from '../../../../renderer/features/inbox/begin-mail.ts';
import { pickQuickReplies, typedAfterSlash } from '../../../../renderer/features/inbox/pick-quick-reply.ts';
import { snoozeTimes } from '../../../../renderer/features/inbox/words.ts';
import { conversationOf, file, messageOf, stageTemplates, template } from '../../../support/ui-stage/conversations.ts';

const now = Date.UTC(2026, 10, 22, 12);
const address = (at: string, name: string | null = null) => ({ address: at, name });
const conversation = conversationOf('email', {
  subject: 'Second line',
  correspondent: { address: 'a@clinic.example', display: '', name: 'Clinic' },
});
const mail = {
  from: address('a@clinic.example', 'Clinic'),
  to: [address('care@northline.example')],
  cc: [address('it@clinic.example')],
  replyTo: [],
};
const incoming = messageOf('c-1', 1, 'in', 'Hello', now, { subject: 'Second line', mail });

describe('a mail that answers another', () => {
  it('goes to where its writer wants the answer, under the same subject', () => {
    expect(beginMail('reply', incoming, conversation)).toMatchObject({
      to: [mail.from],
      cc: [],
      subject: 'Re: Second line',
      about: incoming.messageId,
    });
    const elsewhere = { ...incoming, mail: { ...mail, replyTo: [address('desk@clinic.example')] } };
    expect(beginMail('reply', elsewhere, conversation).to).toEqual([address('desk@clinic.example')]);
    expect(beginMail('reply', { ...incoming, subject: 'AW: Second line' }, conversation).subject).toBe('AW: Second line');
  });

  it('goes to everybody once, and not to ourselves', () => {
    const twice = { ...incoming, mail: { ...mail, cc: [...mail.cc, address('IT@clinic.example'), address('A@clinic.example')] } };
    expect(beginMail('replyAll', twice, conversation, new Set(['care@northline.example'])).cc).toEqual(mail.cc);
    const marked = { ...incoming, mail: { ...mail, to: [address('Care+7f3a@northline.example')] } };
    expect(beginMail('replyAll', marked, conversation, new Set(['care@northline.example'])).cc).toEqual(mail.cc);
  });

  it('after one of ours goes to those who had it', () => {
    const ours = messageOf('c-1', 2, 'out', 'Hello', now, {
      mail: { ...mail, from: address('care@northline.example'), to: [address('b@clinic.example')] },
    });
    expect(beginMail('reply', ours, conversation).to).toEqual([address('b@clinic.example')]);
    expect(beginMail('reply', null, conversation).to).toEqual([address('a@clinic.example', 'Clinic')]);
  });

  it('that is passed on goes to nobody yet, with the files that it came with', () => {
    expect(beginMail('forward', incoming, conversation)).toMatchObject({ to: [], cc: [], subject: 'Fwd: Second line' });
    const files = [file({ fileId: 'f-plan' }), file({ fileId: 'f-logo', contentId: 'logo@clinic' })];
    expect(beginMail('forward', { ...incoming, files }, conversation).fileIds).toEqual(['f-plan']);
    expect(beginMail('reply', { ...incoming, files }, conversation).fileIds).toEqual([]);
  });
});

describe('addresses as people type them', () => {
  it.each([
    ['a@b.example', [address('a@b.example')], null],
    ['Ann <a@b.example>; c@d.example', [address('a@b.example', 'Ann'), address('c@d.example')], null],
    ['"Ray, Ann" <a@b.example>，c@d.example', [address('a@b.example', 'Ray, Ann'), address('c@d.example')], null],
    ['a@b.example, nobody', [address('a@b.example')], 'nobody'],
    ['a@b.example\nbcc: x@y.example', [address('a@b.example')], 'bcc: x@y.example'],
    ['', [], null],
  ])('%j', (typed, addresses, bad) => {
    expect(readAddresses(typed)).toEqual({ addresses, bad });
  });

  it('are read as they were written', () => {
    const all = [address('a@b.example', 'Ray, Ann'), address('c@d.example', 'Clinic'), address('e@f.example')];
    expect(readAddresses(writeAddresses(all)).addresses).toEqual(all);
  });
});

describe('quick replies', () => {
  const names = (typed: string) => pickQuickReplies(stageTemplates, 'chat', typed, 'en').map(({ id }) => id);

  it('are found by shortcut, by name and by their words, the nearest first', () => {
    expect(names('')).toEqual(['second', 'moving', 'anything']);
    expect(names('mov')).toEqual(['moving']);
    expect(names('second')).toEqual(['second']);
    expect(names('engineer')).toEqual(['moving']);
    expect(names('nothing like it')).toEqual([]);
  });

  it('are those of the channel', () => {
    const letter = template('letter', 'Letter', '信函', 'Dear', '您好', { channels: ['email'] });
    expect(pickQuickReplies([letter], 'sms', '', 'en')).toEqual([]);
  });

  it('are asked for by a slash that begins a line, not by one in the middle', () => {
    expect(typedAfterSlash('/mo', 3)).toBe('mo');
    expect(typedAfterSlash('Hello\n/', 7)).toBe('');
    expect(typedAfterSlash('24/7', 4)).toBeNull();
    expect(typedAfterSlash('/mo re', 6)).toBeNull();
  });
});

it('puts work off to times that lie ahead, Monday being the next one', () => {
  for (let day = 0; day < 7; day += 1) {
    const at = new Date(2026, 10, 16 + day, 15).getTime();
    const { hour, threeHours, tomorrow, monday } = snoozeTimes(at);
    expect(Math.min(hour, threeHours, tomorrow, monday)).toBeGreaterThan(at);
    expect([new Date(monday).getDay(), new Date(monday).getHours(), new Date(tomorrow).getHours()]).toEqual([1, 9, 9]);
  }
});
