import { memo, useCallback } from 'react';
import { useStore } from 'zustand';
import type { WrittenWork } from '../../../shared/contracts/messages/inbox.ts';
import type { WrittenChannelName } from '../../../shared/contracts/messages/settings.ts';
import { callerName, channelSigns, isSameDay, type Text, useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Badge, classes, type Tone, useReading } from '../../ui/index.ts';

export interface WrittenItemProps {
  readonly stores: Stores;
  readonly work: WrittenWork;
  readonly isCurrent: boolean;
}

/** Within this time of its deadline work is due soon. */
const soonMs = 3_600_000;
const dayMs = 86_400_000;

/** One conversation in hand: who, since when or until when, and its last line. Drawn anew when one of these is another. */
export const WrittenItem = memo(function WrittenItem({ stores, work, isCurrent }: WrittenItemProps) {
  const text = useText();
  const { t } = text;
  const { interactionId, conversation, pop, unread } = work;
  const clockOffsetMs = useStore(stores.connection, (connection) => connection.clockOffsetMs);
  const typesUntil = useStore(stores.inbox, (inbox) => inbox.typing[interactionId] ?? 0);
  const read = useCallback(
    (now: number) => {
      const { text: shown, tone } = clockOf(text, work, conversation.channel, now);
      return [typesUntil > now ? 'typing' : '', tone ?? '', shown].join('|');
    },
    [text, work, conversation.channel, typesUntil],
  );
  const [isTyping, tone, clock] = useReading(clockOffsetMs, read).split('|');
  const Sign = channelSigns[conversation.channel];
  const name = pop.match.kind === 'certain' ? callerName(t, pop) : (conversation.correspondent.name ?? conversation.correspondent.display);
  return (
    <button
      type="button"
      className={classes('work-item work-item-written', unread > 0 && 'is-unread', tone === 'broken' && 'is-over')}
      aria-current={isCurrent ? 'true' : undefined}
      onClick={() => stores.view.setState({ selectedId: interactionId })}
    >
      <Sign className="icon" aria-label={t(`channel.${conversation.channel}`)} />
      <span className="work-item-body">
        <span className="work-item-line">
          <span className="whole medium grow">{name}</span>
          <span className={classes('work-item-clock figures', tone && `tone-${tone}`)}>{clock}</span>
        </span>
        <span className="work-item-line">
          <span className={classes('cut small grow work-item-preview', isTyping ? 'tone-accent' : 'text-2')}>
            {isTyping ? t('inbox.isTyping') : previewOf(work)}
          </span>
          {unread > 0 ? (
            <>
              <Badge count={unread} isAccent />
              <span className="sr-only">{t('inbox.unread', { count: unread })}</span>
            </>
          ) : null}
        </span>
      </span>
    </button>
  );
});

function previewOf({ preview, conversation }: WrittenWork): string {
  return conversation.channel === 'email' || conversation.channel === 'document' ? (conversation.subject ?? preview) : preview;
}

/** Since when they wait, or until when they may; a deadline that has passed goes before everything. */
export function clockOf(
  { t, formats }: Text,
  work: Pick<WrittenWork, 'state' | 'snoozedUntil' | 'waitsSince' | 'answerBy'>,
  channel: WrittenChannelName,
  now: number,
): { readonly text: string; readonly tone: Tone | null } {
  const { state, snoozedUntil, waitsSince, answerBy } = work;
  if (state === 'snoozed' && snoozedUntil !== null) {
    const when = isSameDay(snoozedUntil, now) ? formats.time(snoozedUntil) : formats.deadline(snoozedUntil, now);
    return { text: isSameDay(snoozedUntil, now) ? t('inbox.snoozedUntil', { when }) : when, tone: null };
  }
  if (waitsSince === null || state !== 'open') return { text: '', tone: null };
  if (answerBy !== null && answerBy < now) {
    // To the minute: a second more or less is nothing once it is late.
    const lateMs = Math.max(1, Math.floor((now - answerBy) / 60_000)) * 60_000;
    return { text: t('inbox.over', { span: formats.span(lateMs) }), tone: 'broken' };
  }
  if (channel === 'chat' || answerBy === null)
    return { text: formats.clock(now - waitsSince), tone: answerBy !== null && answerBy - now < 30_000 ? 'waiting' : null };
  const leftMs = answerBy - now;
  const when = formats.time(answerBy);
  if (isSameDay(answerBy, now)) return { text: t('inbox.due', { when }), tone: leftMs < soonMs ? 'waiting' : null };
  // Beyond midnight the day would need more room than there is beside a name.
  return {
    text: leftMs < dayMs ? t('inbox.left', { span: formats.span(Math.ceil(leftMs / 3_600_000) * 3_600_000) }) : formats.date(answerBy),
    tone: null,
  };
}
