import { days } from '../../shared/duration.ts';
import type { ConversationId } from '../../shared/ids.ts';
import { sameAddress } from './mail-loops.ts';
import { mailTokensIn, plainSubject } from './mail-subjects.ts';
import type { ReadMail } from './messages.ts';

/** How long a subject alone still means the same matter, between the same two. */
const subjectHoldsMs = days(14);

/** A mail that is kept, ours or theirs, as threading has to know it. */
export interface KnownMail {
  readonly conversationId: ConversationId;
  /** Whom the conversation is with. */
  readonly correspondents: readonly string[];
  readonly at: number;
}

/** What threading asks of those who keep mails. An id or token that nobody knows is null. */
export interface MailThreadLookUps {
  /** By `mailToken`, as `K7Q2-M4XD`. */
  byToken(token: string): Promise<KnownMail | null>;
  /** The mail of that Message-ID; of several with one id, all. */
  byInternetMessageId(id: string): Promise<readonly KnownMail[]>;
  /** The last mail with that correspondent under that `plainSubject`. */
  bySubject(subject: string, correspondent: string): Promise<KnownMail | null>;
}

export type MailThread =
  | { readonly kind: 'new' }
  | {
      readonly kind: 'known';
      readonly conversationId: ConversationId;
      /** Why it belongs there. */
      readonly by: 'token' | 'reply' | 'references' | 'bounce' | 'subject';
      /** Nobody of the conversation so far: a colleague of theirs, or somebody the mail was passed on to. The agent is told where they were never written to. */
      readonly isNewCorrespondent: boolean;
    };

/** Asked for at most so many ids of one mail: those nearest to it. */
const nearestReferences = 30;

/**
 * To which conversation a mail belongs. What names a mail of ours decides: the token in the subject, then the mail that it answers, then those
 * before it, the nearest first. A subject alone only where the same person wrote under it not long ago and answers something (`Re:`); never
 * across correspondents, because "Invoice" is everybody's subject.
 */
export async function threadOf(mail: ReadMail, lookUps: MailThreadLookUps, now: number): Promise<MailThread> {
  const writers = [mail.from, ...mail.replyTo].flatMap((each) => (each ? [sameAddress(each.address)] : []));
  const known = (found: KnownMail, by: Extract<MailThread, { kind: 'known' }>['by']): MailThread => ({
    kind: 'known',
    conversationId: found.conversationId,
    by,
    isNewCorrespondent: by !== 'bounce' && !found.correspondents.some((each) => writers.includes(sameAddress(each))),
  });
  // A colleague who has one id twice has it from the one we wrote to; of several we take the one whom this sender belongs to.
  const best = (found: readonly KnownMail[]): KnownMail | undefined =>
    found.find((each) => each.correspondents.some((address) => writers.includes(sameAddress(address)))) ?? found[0];

  if (mail.bounce?.of) {
    const bounced = best(await lookUps.byInternetMessageId(mail.bounce.of));
    if (bounced) return known(bounced, 'bounce');
  }
  for (const token of mailTokensIn(mail.subject)) {
    const found = await lookUps.byToken(token);
    if (found) return known(found, 'token');
  }
  for (const id of mail.inReplyTo.toReversed()) {
    const found = best(await lookUps.byInternetMessageId(id));
    if (found) return known(found, 'reply');
  }
  for (const id of mail.references.toReversed().slice(0, nearestReferences)) {
    const found = best(await lookUps.byInternetMessageId(id));
    if (found) return known(found, 'references');
  }
  return bySubject(mail, lookUps, now, known);
}

async function bySubject(
  mail: ReadMail,
  lookUps: MailThreadLookUps,
  now: number,
  known: (found: KnownMail, by: 'subject') => MailThread,
): Promise<MailThread> {
  const subject = plainSubject(mail.subject);
  const isAnswer = subject !== '' && subject !== mail.subject.trim().toLowerCase();
  if (!isAnswer || !mail.from) return { kind: 'new' };
  const found = await lookUps.bySubject(subject, sameAddress(mail.from.address));
  return found && Math.abs(now - found.at) <= subjectHoldsMs ? known(found, 'subject') : { kind: 'new' };
}

/** What makes a mail the mail it is. */
export type MailEssence = Pick<ReadMail, 'internetMessageId' | 'subject' | 'date' | 'text' | 'quoted'> & {
  readonly from: ReadMail['from'];
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
};

/**
 * Whether two mails of one Message-ID are one mail that came by two ways. Some programs give every mail the same id, and anybody may write any:
 * what says something else is another mail, and both are kept.
 */
export function isSameMail(one: MailEssence, other: MailEssence): boolean {
  return one.internetMessageId !== null && one.internetMessageId === other.internetMessageId && mailEssence(one) === mailEssence(other);
}

/** What a mail says, as one string: alike for one mail that came by two ways. Long; whoever keeps it keeps a digest of it. */
export function mailEssence({ subject, date, text, quoted, from, files }: MailEssence): string {
  // A list or a gateway may end a text in another way, and says nothing by it.
  const words = (value: string) => value.replaceAll(/\s+/g, ' ').trim();
  return JSON.stringify([
    words(subject),
    date,
    sameAddress(from?.address ?? ''),
    words(text),
    words(quoted),
    files.map(({ name, bytes }) => [name, bytes]),
  ]);
}
