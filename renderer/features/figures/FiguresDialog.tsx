import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { OwnContact, OwnFigure } from '../../../shared/contracts/own-figures.ts';
import { channelSigns, useText } from '../../i18n/index.ts';
import { type LoginFailure, levelTone, type Stores } from '../../stores/index.ts';
import { classes, Dialog, EmptyState, Facts, Segments } from '../../ui/index.ts';
import type { FiguresDeeds } from './deeds.ts';
import { ownLevel, shareOf } from './level.ts';
import { ratingText, type ShownFigure, shownFigures } from './shown-figures.ts';

export interface FiguresDialogProps {
  readonly stores: Stores;
  readonly deeds: FiguresDeeds;
  readonly figure: ShownFigure;
  onChoose(figure: ShownFigure): void;
  onOpen(contactId: string): void;
  onClose(): void;
}

type Read = { readonly contacts: readonly OwnContact[] | null; readonly failure: LoginFailure | null };

/** How a number is made, and the contacts behind it. */
export function FiguresDialog({ stores, deeds, figure, onChoose, onOpen, onClose }: FiguresDialogProps) {
  const text = useText();
  const { t, formats } = text;
  const today = useStore(stores.desk, (desk) => desk.today);
  const queues = useStore(stores.desk, (desk) => desk.queues);
  const level = ownLevel(today);
  const listed = figure === 'level' ? 'serviceLevel' : figure === 'rating' ? 'rating' : 'handled';
  const counts = { serviceLevel: level.of, handled: today.handled, rating: `${today.rating?.count} ${today.rating?.average}` };
  // As the number changes, so does its list.
  const { contacts, failure } = useContacts(deeds, listed, counts[listed]);
  /** In the order in which people are shown queues everywhere. */
  const placeOf = (queueId: string) => queues.findIndex((queue) => queue.queueId === queueId);
  const own = (today.queues ?? []).toSorted((one, other) => placeOf(one.queueId) - placeOf(other.queueId));
  const queueName = (queueId: string | null) => queues.find((queue) => queue.queueId === queueId)?.name[formats.language] ?? null;
  return (
    <Dialog title={t('figures.title')} isOpen onClose={onClose} isWide>
      <div className="figures-dialog">
        <Segments
          label={t('figures.which')}
          value={figure}
          onChange={onChoose}
          segments={shownFigures(today).map((value) => ({ value, label: t(`figures.${value}.name`) }))}
        />
        <section className="figures-formula">
          <h3 className="small text-3">{t('figures.formula')}</h3>
          <p className="small text-2">{t(`figures.formula.${figure}`)}</p>
          {figure === 'level' ? (
            <Facts
              facts={own.map((queue) => {
                const { percent } = shareOf(queue);
                const tone = levelTone(percent, queue.targetPercent);
                return [
                  queueName(queue.queueId) ?? queue.queueId,
                  <span key={queue.queueId} className="figures">
                    <b className={classes(tone !== 'plain' && `tone-${tone}`)}>{text.formats.percent(percent)}</b>{' '}
                    <span className="text-3">
                      {t('figures.queue', {
                        inTime: formats.number(queue.inTime),
                        of: formats.number(queue.of),
                        threshold: formats.span(queue.thresholdMs),
                        target: formats.number(queue.targetPercent),
                      })}
                    </span>
                  </span>,
                ] as const;
              })}
            />
          ) : null}
        </section>
        <p className="small text-3" role="status">
          {failure
            ? `${t('figures.failed')} ${t(`failure.${failure}`)}`
            : contacts
              ? t(figure === 'rating' ? 'figures.ratings' : 'figures.contacts', { count: contacts.length })
              : t('figures.loading')}
        </p>
        {contacts?.length === 0 ? (
          <EmptyState title={t('figures.empty')}>{t(figure === 'rating' ? 'figures.unratedText' : 'figures.emptyText')}</EmptyState>
        ) : null}
        {contacts && contacts.length > 0 ? (
          <ul className="figures-list" aria-label={t(`figures.${figure}.name`)}>
            {contacts.map((contact, at) => (
              <li key={`${contact.interactionId}-${contact.level ?? at}`}>
                <ContactRow
                  contact={contact}
                  queue={queueName(contact.queueId)}
                  onOpen={(contactId) => {
                    onClose();
                    onOpen(contactId);
                  }}
                />
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </Dialog>
  );
}

function ContactRow(props: { readonly contact: OwnContact; readonly queue: string | null; onOpen(contactId: string): void }) {
  const { contact, queue, onOpen } = props;
  const text = useText();
  const { t, formats } = text;
  const { contactId, who, isOwn, level, waitedMs, handlingMs, rating, at, channel } = contact;
  const Sign = channelSigns[channel];
  const words = (
    <>
      <Sign className="icon text-3" aria-label={t(`channel.${channel}`)} />
      <span className="figures-who">
        <span className="medium cut">{who ?? t(level === 'gaveUp' ? 'figures.nobody' : isOwn ? 'figures.unknown' : 'figures.others')}</span>
        <span className="small text-3 cut">{queue ?? t('figures.noQueue')}</span>
      </span>
      <span className="figures-what small figures">
        {level === null ? null : <span className={level === 'inTime' ? 'tone-ready' : 'tone-broken'}>{t(`figures.level.${level}`)}</span>}
        <span className="text-2">
          {rating !== undefined
            ? t('figures.rated', { rating: ratingText(text, rating) })
            : handlingMs !== null
              ? t('figures.took', { clock: formats.clock(handlingMs) })
              : waitedMs !== null
                ? t('figures.waited', { clock: formats.clock(waitedMs) })
                : t('figures.none')}
        </span>
      </span>
      <span className="small text-3 figures">{formats.time(at)}</span>
    </>
  );
  return contactId === null ? (
    <div className="figures-row">{words}</div>
  ) : (
    <button type="button" className="figures-row" onClick={() => onOpen(contactId)}>
      {words}
    </button>
  );
}

/** Read anew when the number is another one; what was read before stays until then. */
function useContacts(deeds: FiguresDeeds, figure: OwnFigure, count: number | string): Read {
  const [read, setRead] = useState<Read & { readonly of: string | null }>({ contacts: null, failure: null, of: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number is why it is read again.
  useEffect(() => {
    let isWanted = true;
    void deeds.contacts(figure).then((answer) => {
      if (!isWanted) return;
      setRead(
        answer.ok ? { contacts: answer.contacts, failure: null, of: figure } : { contacts: null, failure: answer.failure, of: figure },
      );
    });
    return () => {
      isWanted = false;
    };
  }, [deeds, figure, count]);
  return read.of === figure ? read : { contacts: null, failure: null };
}
