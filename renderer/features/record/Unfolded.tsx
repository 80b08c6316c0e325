import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { TimelineItem } from '../../../shared/contracts/contact.ts';
import type { ContactPage } from '../../../shared/contracts/record.ts';
import type { Recorded } from '../../../shared/contracts/recording.ts';
import { formatNumber } from '../../../shared/phone-number.ts';
import { type Text, useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Facts } from '../../ui/index.ts';

export interface UnfoldedProps {
  readonly stores: Stores;
  readonly item: TimelineItem;
  readonly page: ContactPage;
  caseFile(caseId: string): ReactNode;
  recordings(of: readonly Recorded[]): ReactNode;
  readonly path?: ((interactionId: string) => ReactNode) | undefined;
  readonly conversation?: ((conversationId: string) => ReactNode) | undefined;
}

/** What an entry holds, in its place: the case with its steps, or what the line above it has no room for. Its words stand above, whole. */
export function Unfolded({ stores, item, page, caseFile, recordings, path, conversation }: UnfoldedProps) {
  const text = useText();
  const { t, formats } = text;
  const homeCountry = useStore(stores.desk, (desk) => desk.organisation?.homeCountry ?? '');
  const outcomes = useStore(stores.desk, (desk) => desk.dispositions);
  const caseId = caseIdOf(item, page);
  if (caseId !== null) return caseFile(caseId);
  const outcome = outcomes.find(({ code }) => code === item.call?.disposition)?.label[formats.language] ?? item.call?.disposition;
  const facts = (
    <Facts
      facts={[
        [t('record.when'), formats.pair(formats.day(item.at), formats.timeOfDay(item.at))],
        ...present([t(`record.${withWhom(item.kind)}`), item.outcome]),
        ...present([t('record.call.from'), item.call?.number ? formatNumber(item.call.number, homeCountry) : null]),
        ...present([t('record.call.begun'), isCalledFromWriting(item) ? t('record.call.begunInWriting') : null]),
        ...present([t('record.call.outcome'), outcome && item.call?.isAutomatic ? t('record.call.byTimer', { outcome }) : outcome]),
        ...present([t('record.call.took'), item.call?.handlingMs ? formats.clock(item.call.handlingMs) : null]),
        ...present([t('record.rated'), item.rating?.text]),
        ...subjectFacts(text, item, page),
        ...present([t('record.of'), item.accountName]),
      ]}
    />
  );
  return (
    <>
      {facts}
      {item.recordings?.length ? recordings(item.recordings) : null}
      {item.subject?.kind === 'conversation' ? conversation?.(item.subject.id) : null}
      {item.kind === 'call' && item.interactionId !== null ? path?.(item.interactionId) : null}
    </>
  );
}

/** Its conversation opens below, like that of an entry in writing. */
const isCalledFromWriting = ({ kind, subject }: TimelineItem): boolean => kind === 'call' && subject?.kind === 'conversation';

type Fact = readonly [name: string, value: string];
const present = ([name, value]: readonly [string, string | null | undefined]): readonly Fact[] => (value ? [[name, value]] : []);

/** The last word of a line is who spoke with the customer, who did it, or what became of a message. */
function withWhom(kind: TimelineItem['kind']): 'with' | 'by' | 'state' {
  if (kind === 'call' || kind === 'visit') return 'with';
  return kind === 'email' || kind === 'sms' || kind === 'chat' || kind === 'bill' || kind === 'payment' ? 'state' : 'by';
}

/** Of what the entry is about, as it is today. */
function subjectFacts({ t, formats }: Text, { subject }: TimelineItem, page: ContactPage): readonly Fact[] {
  if (!subject) return [];
  switch (subject.kind) {
    case 'bill': {
      const bill = page.bills.find(({ billId }) => billId === subject.id);
      if (!bill) return [];
      return [
        [t('record.bill.number'), bill.number],
        [t('record.bill.month'), formats.monthOf(bill.month)],
        [t('record.bill.amount'), formats.money(bill.amount, bill.currency)],
        [t('record.bill.paid'), formats.money(bill.paid, bill.currency)],
        [t('record.bill.due'), formats.date(bill.dueAt)],
      ];
    }
    case 'promise': {
      const promise = page.promises.find(({ promiseId }) => promiseId === subject.id);
      if (!promise) return [];
      return [
        [t('record.form.due'), formats.pair(formats.day(promise.dueAt), formats.time(promise.dueAt))],
        ...present([t('record.owner'), promise.ownerName]),
        [t('record.state'), promise.keptAt === null ? t('record.stillOpen') : t('record.keptOn', { date: formats.date(promise.keptAt) })],
      ];
    }
    case 'task': {
      const task = page.tasks.find(({ taskId }) => taskId === subject.id);
      if (!task) return [];
      return [
        ...present([t('record.form.due'), task.dueAt === null ? null : formats.day(task.dueAt)]),
        ...present([t('record.owner'), task.ownerName]),
        [t('record.state'), task.doneAt === null ? t('record.stillOpen') : t('record.doneOn', { date: formats.date(task.doneAt) })],
      ];
    }
    case 'offer': {
      const offer = page.offers.find(({ offerId }) => offerId === subject.id);
      if (!offer) return [];
      return [
        [t('record.onChannel'), t(`record.channel.${offer.channel}`)],
        [t('record.state'), t(`record.offer.${offer.answer ?? 'open'}`)],
      ];
    }
    default:
      return [];
  }
}

function caseIdOf(item: TimelineItem, page: ContactPage): string | null {
  const caseId =
    item.subject?.kind === 'case'
      ? item.subject.id
      : item.kind === 'case'
        ? (page.cases.find(({ number }) => item.title.includes(number))?.caseId ?? null)
        : null;
  return page.cases.some((each) => each.caseId === caseId) ? caseId : null;
}
