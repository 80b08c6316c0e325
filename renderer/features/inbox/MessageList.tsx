import { ArrowDown } from 'lucide-react';
import { Fragment, type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { ConversationView } from '../../../shared/contracts/messages/conversation.ts';
import { isSameDay, useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, NearEnd } from '../../ui/index.ts';
import { DocumentInPlace } from './DocumentInPlace.tsx';
import type { InboxDeeds } from './deeds.ts';
import { MessageItem } from './MessageItem.tsx';
import { afterMessage, afterScroll, isAtFoot, isOtherSize, type KeepsTo, type ListMeasures, placeOf } from './reading-place.ts';
import { authorOf, dayText } from './words.ts';

export interface MessageListProps {
  readonly stores: Stores;
  readonly deeds: InboxDeeds;
  readonly conversation: ConversationView;
  readonly theirName: string;
  readonly now: number;
  readonly isReadOnly: boolean;
  /** What is on its way, and who is typing: below the last message. */
  readonly after?: ReactNode;
  /** The last message has been in view. */
  onSeen?(seq: number): void;
}

function measure(element: HTMLElement): ListMeasures {
  const { scrollTop, scrollHeight, clientHeight } = element;
  const newest = [...element.querySelectorAll('.mail-card')].at(-1);
  const newestMailTop = newest ? newest.getBoundingClientRect().top - element.getBoundingClientRect().top + scrollTop : null;
  return { scrollTop, scrollHeight, clientHeight, newestMailTop };
}

/**
 * All of a conversation, the newest at the foot. What comes in above or below never moves what is being read. Give it the conversation as its
 * `key`.
 */
export function MessageList({ stores, deeds, conversation, theirName, now, isReadOnly, after, onSeen }: MessageListProps) {
  const text = useText();
  const { t } = text;
  const { conversationId } = conversation;
  const thread = useStore(stores.inbox, (inbox) => inbox.threads[conversationId]);
  const pictured = useStore(stores.inbox, (inbox) => inbox.pictured);
  const ownName = useStore(stores.desk, (desk) => desk.user?.name ?? '');
  const isBusy = useStore(stores.view, (view) => view.pending.includes('message'));
  const box = useRef<HTMLDivElement>(null);
  const keepsTo = useRef<KeepsTo>('newest');
  /** As it was left last, and what was in it. */
  const left = useRef<ListMeasures>({ scrollTop: 0, scrollHeight: 0, clientHeight: 0, newestMailTop: null });
  const shown = useRef({ firstSeq: 0, lastSeq: 0 });
  const [unseenFrom, setUnseenFrom] = useState<number | null>(null);
  /** What was there when it was opened is read; only what comes after it is announced. */
  const openedAt = useRef<number | null>(null);
  const messages = thread?.messages ?? [];
  const firstSeq = messages[0]?.seq ?? 0;
  const last = messages.at(-1);
  const lastSeq = last?.seq ?? 0;

  useEffect(() => deeds.show(conversationId), [deeds, conversationId]);

  const tellSeen = useCallback(() => {
    if (keepsTo.current !== 'reader' && document.visibilityState === 'visible' && lastSeq > 0) onSeen?.(lastSeq);
  }, [lastSeq, onSeen]);

  const place = useCallback(() => {
    const element = box.current;
    if (!element) return;
    element.scrollTop = placeOf(keepsTo.current, measure(element));
    left.current = measure(element);
  }, []);

  // What was put above keeps what is read where it is; what came below is followed where that moves nothing that is being read.
  // biome-ignore lint/correctness/useExhaustiveDependencies: where it is put changes with the first and the last message.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const before = shown.current;
    shown.current = { firstSeq, lastSeq };
    if (lastSeq > before.lastSeq) keepsTo.current = afterMessage(keepsTo.current, isAtFoot(left.current), last?.kind === 'out');
    if (keepsTo.current === 'reader') {
      setUnseenFrom((from) => from ?? before.lastSeq);
      if (firstSeq < before.firstSeq) element.scrollTop += element.scrollHeight - left.current.scrollHeight;
    }
    place();
  }, [firstSeq, lastSeq]);

  useEffect(() => {
    tellSeen();
    document.addEventListener('visibilitychange', tellSeen);
    return () => document.removeEventListener('visibilitychange', tellSeen);
  }, [tellSeen]);

  // A frame or a picture that grows, or a room that shrinks because one begins to write, does not push out of sight what is kept to.
  useEffect(() => {
    const element = box.current;
    const content = element?.firstElementChild;
    if (!element || !content || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(place);
    observer.observe(element);
    observer.observe(content);
    return () => observer.disconnect();
  }, [place]);

  const scrolled = () => {
    const element = box.current;
    if (!element) return;
    const list = measure(element);
    if (isOtherSize(list, left.current)) return place();
    const was = keepsTo.current;
    keepsTo.current = afterScroll(was, list, left.current);
    left.current = list;
    if (keepsTo.current === 'reader') setUnseenFrom((from) => from ?? lastSeq);
    else if (was === 'reader') {
      setUnseenFrom(null);
      tellSeen();
    }
  };
  const toNewest = () => {
    keepsTo.current = 'newest';
    setUnseenFrom(null);
    place();
    tellSeen();
  };

  const newBelow = unseenFrom === null ? 0 : messages.filter(({ seq, kind }) => seq > unseenFrom && kind === 'in').length;
  if (openedAt.current === null && thread?.phase === 'ready') openedAt.current = lastSeq;
  const isNews = last?.kind === 'in' && openedAt.current !== null && last.seq > openedAt.current;
  const news = last && isNews ? t('message.announce', { name: authorOf(text, last, ownName, theirName), text: last.text }) : '';
  const lastMail = messages.findLast(({ kind }) => kind === 'in' || kind === 'out')?.messageId;
  return (
    <div className="messages-place">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
      <section className="messages" ref={box} tabIndex={0} aria-label={t('message.list')} onScroll={scrolled}>
        <div className="messages-column">
          {thread?.hasMore ? (
            <div className="messages-more">
              {thread.phase === 'ready' ? <NearEnd key={firstSeq} onNear={() => deeds.loadOlder(conversationId)} /> : null}
              <Button size="small" disabled={thread.phase === 'loading'} onClick={() => deeds.loadOlder(conversationId)}>
                {t('message.older')}
              </Button>
            </div>
          ) : null}
          {!thread || (thread.phase === 'loading' && messages.length === 0) ? <p className="small text-3">{t('message.loading')}</p> : null}
          {thread?.phase === 'failed' ? (
            <p className="row small">
              <span className="tone-broken">{t('message.failed')}</span>
              <Button size="small" onClick={() => deeds.show(conversationId)}>
                {t('message.retry')}
              </Button>
            </p>
          ) : null}
          {thread?.phase === 'ready' && messages.length === 0 ? <p className="small text-3">{t('message.none')}</p> : null}
          {messages.map((message, at) => {
            const above = messages[at - 1];
            const page = conversation.visitor?.page;
            const day = dayText(text, message.at, now);
            return (
              <Fragment key={message.messageId}>
                {above && isSameDay(above.at, message.at) ? null : (
                  <p className="messages-day small text-3">{page && at === 0 ? t('message.fromPage', { when: day, page }) : day}</p>
                )}
                <MessageItem
                  {...{ message, deeds, ownName, theirName, now, isReadOnly, isBusy }}
                  channel={conversation.channel}
                  isLast={message.messageId === lastMail}
                  isPictured={pictured.includes(message.messageId)}
                />
                {conversation.channel === 'document' && message.kind === 'in' && message.messageId === lastMail ? (
                  <DocumentInPlace files={message.files} deeds={deeds} />
                ) : null}
              </Fragment>
            );
          })}
          {after}
        </div>
      </section>
      {newBelow > 0 ? (
        <Button size="small" className="messages-new" icon={ArrowDown} onClick={toNewest}>
          {t('message.new', { count: newBelow })}
        </Button>
      ) : null}
      <p className="sr-only" role="log" aria-live="polite">
        {news}
      </p>
    </div>
  );
}
