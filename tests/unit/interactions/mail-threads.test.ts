import { describe, expect, it } from 'vitest';
import {
  isSameMail,
  type KnownMail,
  type MailEssence,
  type MailThreadLookUps,
  mailToken,
  plainSubject,
  type ReadMail,
  threadOf,
  withMailToken,
} from '../../../cti-bridge/interactions/index.ts';
import { days } from '../../../shared/duration.ts';
import type { ConversationId } from '../../../shared/ids.ts';

const now = Date.UTC(2026, 2, 4);

const aMail: ReadMail = {
  internetMessageId: '<in@example.cn>',
  inReplyTo: [],
  references: [],
  subject: 'Bill',
  date: now,
  from: { address: 'wang@example.cn', name: 'Wang' },
  replyTo: [],
  to: [],
  cc: [],
  text: 'Why 39?',
  quoted: '',
  html: null,
  hasRemoteContent: false,
  automatic: null,
  bounce: null,
  files: [],
  leftOut: [],
};

/** The mails of a house, kept as a store would find them. */
class Kept implements MailThreadLookUps {
  readonly #mails: (KnownMail & { readonly id: string; readonly subject: string })[] = [];

  add(id: string, conversationId: string, correspondents: readonly string[], { subject = 'Bill', at = now } = {}): void {
    this.#mails.push({ id, conversationId: conversationId as ConversationId, correspondents, subject: plainSubject(subject), at });
  }
  async byToken(token: string) {
    return this.#mails.find((each) => mailToken(each.conversationId) === token) ?? null;
  }
  async byInternetMessageId(id: string) {
    return this.#mails.filter((each) => each.id === id);
  }
  async bySubject(subject: string, correspondent: string) {
    return this.#mails.findLast((each) => each.subject === subject && each.correspondents.includes(correspondent)) ?? null;
  }
}

function house(): Kept {
  const kept = new Kept();
  kept.add('<out-1@crosspoint.example>', 'conversationa1', ['wang@example.cn']);
  kept.add('<out-2@crosspoint.example>', 'conversationb2', ['li@example.cn']);
  return kept;
}

const inA = { kind: 'known', conversationId: 'conversationa1' };

describe('a mail belongs', () => {
  it.each<[string, Partial<ReadMail>, object]>([
    ['by the mail it answers', { inReplyTo: ['<out-1@crosspoint.example>'] }, { ...inA, by: 'reply', isNewCorrespondent: false }],
    ['by the mails before it', { references: ['<out-1@crosspoint.example>', '<unknown@x>'] }, { ...inA, by: 'references' }],
    [
      'by the nearest of those before it',
      { references: ['<out-2@crosspoint.example>', '<out-1@crosspoint.example>'] },
      { ...inA, by: 'references' },
    ],
    ['by our token', { subject: `Re: Bill [#${mailToken('conversationa1')}]` }, { ...inA, by: 'token' }],
    [
      'by our token before its references',
      { subject: `x [#${mailToken('conversationa1')}]`, inReplyTo: ['<out-2@crosspoint.example>'] },
      { ...inA, by: 'token' },
    ],
    [
      'by its references where the token is mistyped',
      { subject: 'x [#0000-0000]', inReplyTo: ['<out-1@crosspoint.example>'] },
      { ...inA, by: 'reply' },
    ],
    [
      'by the mail that bounced',
      {
        from: { address: 'mailer-daemon@x.example', name: null },
        bounce: { of: '<out-1@crosspoint.example>', recipient: null, isPermanent: true, why: '' },
      },
      { ...inA, by: 'bounce', isNewCorrespondent: false },
    ],
    ['by its subject, from the same person, as an answer', { subject: '回复：Bill' }, { ...inA, by: 'subject' }],
    [
      'with a stranger, who is told to be new',
      { from: { address: 'zhang@example.cn', name: null }, inReplyTo: ['<out-1@crosspoint.example>'] },
      { ...inA, by: 'reply', isNewCorrespondent: true },
    ],
    [
      'with one who answers from elsewhere and says where they are',
      {
        from: { address: 'w@phone.example', name: null },
        replyTo: [{ address: 'Wang@Example.cn', name: null }],
        inReplyTo: ['<out-1@crosspoint.example>'],
      },
      { ...inA, isNewCorrespondent: false },
    ],
  ])('%s', async (_how, said, expected) => expect(await threadOf({ ...aMail, ...said }, house(), now)).toMatchObject(expected));

  it.each<[string, Partial<ReadMail>]>([
    ['when its subject is that of somebody else', { subject: 'Re: Bill', from: { address: 'zhang@example.cn', name: null } }],
    ['when it has the same subject and answers nothing', { subject: 'Bill' }],
    ['when it answers nothing that we know', { inReplyTo: ['<unknown@x>'], references: ['<unknown@y>'] }],
    ['when it has no subject', { subject: 'Re:' }],
    ['when nobody wrote it', { subject: 'Re: Bill', from: null }],
  ])('to nothing before it %s', async (_when, said) =>
    expect(await threadOf({ ...aMail, ...said }, house(), now)).toEqual({ kind: 'new' }),
  );

  it('to nothing before it when the subject is weeks old', async () => {
    expect(await threadOf({ ...aMail, subject: 'Re: Bill' }, house(), now + days(15))).toEqual({ kind: 'new' });
  });

  it('of two conversations with one id, to the one of its sender', async () => {
    const kept = house();
    kept.add('<same@x>', 'conversationb2', ['li@example.cn']);
    kept.add('<same@x>', 'conversationa1', ['wang@example.cn']);
    expect(await threadOf({ ...aMail, inReplyTo: ['<same@x>'] }, kept, now)).toMatchObject(inA);
  });
});

/** What a program does with the mail before it when somebody presses its answer button. */
type Program = (before: { readonly id: string; readonly subject: string; readonly references: readonly string[] }) => Partial<ReadMail>;

const programs: Readonly<Record<string, Program>> = {
  Outlook: ({ id, subject, references }) => ({
    inReplyTo: [id],
    references: [...references, id],
    subject: subject.startsWith('RE: ') ? subject : `RE: ${subject}`,
  }),
  'Outlook in Chinese, without references': ({ subject }) => ({ subject: `答复: ${subject}` }),
  Gmail: ({ id, subject, references }) => ({ inReplyTo: [id], references: [...references, id], subject: `Re: ${subject}` }),
  'Apple Mail, with the last reference alone': ({ id, subject }) => ({ inReplyTo: [id], references: [id], subject: `Re: ${subject}` }),
  'QQ Mail, with an id of its own': ({ subject, references }) => ({
    inReplyTo: [],
    references: references.slice(0, 1),
    subject: `回复：${subject}`,
  }),
  'Outlook in German, with a thread of its own and no references': ({ id, subject }) => ({
    inReplyTo: [id],
    references: [],
    subject: `AW: ${subject.replace(/^(?:Re: )+/, '')}`,
  }),
  'Outlook on the web, with its own ids before ours': ({ id, subject, references }) => ({
    inReplyTo: [id],
    references: ['<AM0PR08MB1@eurprd08.prod.outlook.com>', ...references, id],
    subject: `Re: ${subject}`,
  }),
  'Exchange, which changes our id on its way': ({ subject }) => ({
    inReplyTo: ['<changed@exchange.example.cn>'],
    references: ['<changed@exchange.example.cn>'],
    subject: `RE: ${subject}`,
  }),
  'iPhone Mail, with a subject that was written anew': ({ id, references }) => ({
    inReplyTo: [id],
    references: [...references, id],
    subject: 'Something else',
  }),
  'Gmail on a telephone, whose writer cut the references': ({ id, references }) => ({
    inReplyTo: [],
    references: [...references.slice(0, 1), id],
    subject: 'Re: Bill',
  }),
  '163 Mail, with a prefix in full width twice': ({ subject }) => ({ subject: `回复：回复：${subject}` }),
  'Foxmail, with its prefix in English and Chinese': ({ id, subject }) => ({ inReplyTo: [id], subject: `Re: 答复: ${subject}` }),
  'a telephone that forgets the token': ({ id, subject }) => ({ inReplyTo: [id], references: [], subject: `Re: ${plainSubject(subject)}` }),
};

describe('five round trips', () => {
  it.each(Object.keys(programs))('with %s stay one conversation', async (program) => {
    const kept = new Kept();
    let conversation: string | null = null;
    let incoming: ReadMail = aMail;
    const references: string[] = [];
    for (let turn = 1; turn <= 5; turn++) {
      const thread = await threadOf({ ...incoming, internetMessageId: `<in-${turn}@example.cn>` }, kept, now);
      if (turn === 1) {
        expect(thread).toEqual({ kind: 'new' });
        conversation = 'conversation77';
      } else expect(thread).toMatchObject({ kind: 'known', conversationId: conversation, isNewCorrespondent: false });
      kept.add(`<in-${turn}@example.cn>`, 'conversation77', ['wang@example.cn'], { subject: incoming.subject });
      const id = `<out-${turn}@crosspoint.example>`;
      const subject = withMailToken(`Re: ${plainSubject(incoming.subject)}`, 'conversation77');
      kept.add(id, 'conversation77', ['wang@example.cn'], { subject });
      incoming = { ...aMail, ...programs[program]?.({ id, subject, references }) };
      references.push(`<in-${turn}@example.cn>`, id);
    }
  });

  it('through all of the programs, one after the other, stay one conversation', async () => {
    const kept = new Kept();
    const references: string[] = [];
    let subject = withMailToken('Bill', 'conversation77');
    kept.add('<out-0@crosspoint.example>', 'conversation77', ['wang@example.cn'], { subject });
    let id = '<out-0@crosspoint.example>';
    for (const [turn, program] of Object.values(programs).entries()) {
      const incoming: ReadMail = { ...aMail, ...program({ id, subject, references }) };
      expect(await threadOf(incoming, kept, now)).toMatchObject({ kind: 'known', conversationId: 'conversation77' });
      references.push(id);
      id = `<out-${turn + 1}@crosspoint.example>`;
      subject = withMailToken(incoming.subject, 'conversation77');
      kept.add(id, 'conversation77', ['wang@example.cn'], { subject });
    }
  });
});

describe('two mails with one Message-ID', () => {
  const one: MailEssence = { ...aMail, files: [{ name: 'a.pdf', bytes: 7 }] };
  it('that came by two ways are one', () => expect(isSameMail(one, { ...one, text: 'Why 39?\n' })).toBe(true));
  it.each<[string, Partial<MailEssence>]>([
    ['text', { text: 'Why 93?' }],
    ['sender', { from: { address: 'li@example.cn', name: null } }],
    ['subject', { subject: 'Other' }],
    ['files', { files: [] }],
    ['day', { date: now + 1000 }],
  ])('of another %s are two, and both are kept', (_what, other) => expect(isSameMail(one, { ...one, ...other })).toBe(false));
  it('without an id are two', () => {
    const nameless = { ...one, internetMessageId: null };
    expect(isSameMail(nameless, nameless)).toBe(false);
  });
});
