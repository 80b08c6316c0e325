import type { MessageView } from '../../../shared/contracts/messages/conversation.ts';
import type { WrittenWork } from '../../../shared/contracts/messages/inbox.ts';
import { callerName, isSameDay, type Text } from '../../i18n/index.ts';
import type { Tone } from '../../ui/index.ts';

/** By what whoever writes goes. */
export function nameOf({ t }: Text, { pop, conversation }: Pick<WrittenWork, 'pop' | 'conversation'>): string {
  return pop.match.kind === 'certain' ? callerName(t, pop) : (conversation.correspondent.name ?? conversation.correspondent.display);
}

/** Of a message: ours by "You" where it is the agent's own. */
export function authorOf({ t }: Text, { author }: MessageView, ownName: string, theirName: string): string {
  if (author.kind === 'system') return author.name ?? t('message.system');
  if (author.kind === 'customer') return author.name ?? theirName;
  return author.name === null || author.name === ownName ? t('message.you') : author.name;
}

const stateTones: Readonly<Record<NonNullable<MessageView['state']>['name'], Tone | null>> = {
  queued: null,
  sending: null,
  sent: null,
  delivered: null,
  read: null,
  failed: 'broken',
  mayHaveBeenSent: 'waiting',
  noReceipt: null,
  withdrawn: 'away',
};

/** One that could not leave yet says so, and why: it may be for hours. */
export function stateWords(
  { t }: Pick<Text, 't'>,
  { name, why }: NonNullable<MessageView['state']>,
): { readonly text: string; readonly tone: Tone | null } {
  if (name === 'queued' && why !== null) return { text: t('message.state.putOff', { why: whyWords({ t }, why) }), tone: 'waiting' };
  return { text: t(`message.state.${name}`), tone: stateTones[name] };
}

/** Why one of ours failed, mostly in the words of whoever carries it. */
export function whyWords({ t }: Pick<Text, 't'>, why: string): string {
  const last = /^gaveUp: (.*)$/s.exec(why)?.[1];
  return last === undefined ? why : t('message.why.gaveUp', { why: last });
}

/** What happened, as a sentence; the bridge names it by a word. */
export function eventSentence({ t, formats }: Text, { text, author, quoted }: MessageView): string {
  const name = author.name ?? t('message.event.nobody');
  const rated = /^rated (\d)$/.exec(text)?.[1];
  if (rated) return t('message.event.rated', { score: rated });
  const talked = /^talked (\d+)$/.exec(text)?.[1];
  if (talked) return t('message.event.talked', { time: formats.clock(Number(talked) * 1_000) });
  switch (text) {
    case 'joined':
    case 'left':
    case 'transferred':
    case 'closed':
    case 'closedByVisitor':
    case 'newCorrespondent':
      return t(`message.event.${text}`, { name });
    case 'bounced':
    case 'delayed':
      return t(`message.event.${text}`, { name: author.name ?? t('message.event.somebody'), why: quoted });
    case 'failed':
    case 'mayHaveBeenSent':
      return t(`message.event.${text}`, { why: whyWords({ t }, quoted) });
    case 'called':
      return t('message.event.called', { name, number: quoted });
    case 'reopened':
    case 'notReached':
    case 'callOver':
      return t(`message.event.${text}`);
    default:
      return text;
  }
}

/** The day a line of messages begins with. */
export function dayText({ t, formats }: Text, at: number, now: number): string {
  return isSameDay(at, now) ? `${t('timeline.today')} ${formats.time(at)}` : formats.pair(formats.day(at), formats.time(at));
}

/** When it was, as short as it stays clear: today the second, of a mail the minute; otherwise the day too. */
export function whenText({ formats }: Text, at: number, now: number, finest: 'second' | 'minute' = 'second'): string {
  return isSameDay(at, now)
    ? finest === 'second'
      ? formats.timeOfDay(at)
      : formats.time(at)
    : formats.pair(formats.date(at), formats.time(at));
}

/** The times that are proposed for putting work off. */
export function snoozeTimes(now: number): Readonly<Record<'hour' | 'threeHours' | 'tomorrow' | 'monday', number>> {
  const morning = (days: number) => {
    const day = new Date(now);
    day.setDate(day.getDate() + days);
    return day.setHours(9, 0, 0, 0);
  };
  const untilMonday = (8 - new Date(now).getDay()) % 7 || 7;
  const hour = 3_600_000;
  return { hour: now + hour, threeHours: now + 3 * hour, tomorrow: morning(1), monday: morning(untilMonday) };
}
