import { hours } from '../../shared/duration.ts';
import type { MailAddress, ReadMail } from './messages.ts';

/** Stands in every mail that nobody wrote and that we send. One that arrives with it is ours and has come back: it is answered by nobody. */
export const ownMailHeader = 'X-Crosspoint-Automatic';

/** One automatic answer to a sender in this time, as RFC 3834 section 2 asks. */
const answersEveryMs = hours(24);

/** What is known of whoever wrote, when an automatic answer is about to go. */
export interface AnswerHistory {
  /** Every address at which mail comes to this house. */
  readonly ourAddresses: readonly string[];
  /** When the last automatic answer went to this address; null: never. */
  readonly lastAnswerAt: number | null;
  /** Ids of automatic mails of ours to this address. */
  readonly automaticIds: readonly string[];
  /** The envelope's sender; null or empty is a bounce's. Undefined where nobody knows the envelope. */
  readonly envelopeFrom?: string | null;
}

export type WhyNotAnswered = 'automatic' | 'noSender' | 'ourOwn' | 'answersAnAnswer' | 'answeredToday' | 'noReply';

/**
 * Whether a program may answer this mail, and if not, why. A loop ends at its second turn even where the other side says nothing of itself: what
 * answers an automatic mail of ours gets no other, and within a day nobody gets a second.
 */
export function mayAnswer(
  mail: Pick<ReadMail, 'automatic' | 'from' | 'replyTo' | 'inReplyTo' | 'references'>,
  history: AnswerHistory,
  now: number,
): true | WhyNotAnswered {
  if (mail.automatic !== null) return 'automatic';
  const to = answerAddress(mail);
  if (!to || (history.envelopeFrom !== undefined && !history.envelopeFrom)) return 'noSender';
  const addresses = [to, mail.from, ...mail.replyTo].flatMap((each) => (each ? [sameAddress(each.address)] : []));
  const ours = new Set(history.ourAddresses.map(sameAddress));
  if (addresses.some((address) => ours.has(address))) return 'ourOwn';
  if (addresses.some((address) => isNoReply.test(address))) return 'noReply';
  const named = new Set([...mail.inReplyTo, ...mail.references]);
  if (
    mail.inReplyTo.some((id) => history.automaticIds.includes(id)) ||
    (mail.inReplyTo.length === 0 && history.automaticIds.some((id) => named.has(id)))
  ) {
    return 'answersAnAnswer';
  }
  if (history.lastAnswerAt !== null && now - history.lastAnswerAt < answersEveryMs) return 'answeredToday';
  return true;
}

/** Where an answer goes. */
export function answerAddress(mail: Pick<ReadMail, 'from' | 'replyTo'>): MailAddress | null {
  return mail.replyTo[0] ?? mail.from;
}

/** One address written in two ways is one; what stands behind a plus is for the one it belongs to and is kept. */
export function sameAddress(address: string): string {
  return address.trim().toLowerCase();
}

/** RFC 3834 section 2: lists, their owners, and programs that read nothing. */
const isNoReply =
  /^(?:(?:no|do-?not|never)[-._]?reply|mailer-daemon|postmaster|owner-.+|.+-(?:request|owner|bounces?)|bounces?)(?:[+-][^@]*)?@/;
