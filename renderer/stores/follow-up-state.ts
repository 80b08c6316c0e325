import type { CommandAnswer } from '../../shared/contracts/bridge-events.ts';
import type { Disposition } from '../../shared/contracts/interaction.ts';
import type { ScheduleAnswer, ScheduledCallback, TimeDoubt } from '../../shared/contracts/scheduled-callbacks.ts';
import type { ScreenPop } from '../../shared/contracts/screen-pop.ts';
import type { UsualFollowUp } from '../../shared/contracts/usual-follow-up.ts';
import type { LoginFailure } from './stores.ts';

/** What an agent has to do for customers: what was promised, is to be done, and is to be called; and setting down more of it. Times are epoch ms. */

export type OwnWork = CommandAnswer<'work:mine'>;

export const followUpKinds = ['callback', 'promise', 'task'] as const;
export type FollowUpKind = (typeof followUpKinds)[number];

/** For whom something is set down, as it is known where the form is opened. */
export interface FollowUpSubject {
  /** Null: nobody in the record; then they can only be called. */
  readonly contactId: string | null;
  readonly name: string;
  /** What they can be called at, the likeliest first. */
  readonly numbers: readonly string[];
  /** The contact in hand in which it is set down. */
  readonly interactionId: string | null;
}

/** The form as it stands. `callbackId`: one that stands is moved. */
export interface FollowUpForm extends FollowUpSubject {
  readonly kind: FollowUpKind;
  readonly callbackId: string | null;
  readonly text: string;
  /** Null: at no time, which only a task may be. */
  readonly at: number | null;
  /** For a callback: how long after `at` it may still be made. */
  readonly withinMs: number;
  readonly number: string;
  readonly to: 'me' | 'queue';
  /** What came of the last try to store it. */
  readonly doubts: readonly TimeDoubt[];
  readonly standing: ScheduledCallback | null;
  readonly refused: Extract<ScheduleAnswer, { outcome: 'refused' }>['why'] | LoginFailure | null;
}

/** Set down at a contact, to be shown in its wrap-up. */
export interface MadeFollowUp {
  readonly kind: FollowUpKind | 'caseClosed';
  readonly id: string;
  readonly text: string;
  readonly at: number | null;
}

export interface FollowUpState {
  /** Null until the bridge has said. */
  readonly mine: OwnWork | null;
  readonly form: FollowUpForm | null;
  readonly made: Readonly<Record<string, readonly MadeFollowUp[]>>;
}

export const noFollowUps: FollowUpState = { mine: null, form: null, made: {} };

/** One line of the list of what is owed. */
export interface Owed {
  readonly kind: FollowUpKind;
  readonly id: string;
  readonly contactId: string | null;
  readonly name: string;
  readonly text: string;
  readonly at: number | null;
  /** After this it is late: a callback has until the end of its hours. */
  readonly lateAfter: number | null;
  /** Its time has come, and it waits for an agent. */
  readonly isInLine: boolean;
}

export function owedOf({ promises, tasks, callbacks }: OwnWork): readonly Owed[] {
  return [
    ...callbacks.map(
      (each): Owed => ({
        ...{ kind: 'callback', id: each.callbackId, contactId: each.contactId, name: each.name, text: each.text },
        ...{ at: each.at, lateAfter: each.until, isInLine: each.state === 'inLine' },
      }),
    ),
    ...promises.map(
      (each): Owed => ({
        ...{ kind: 'promise', id: each.promiseId, contactId: each.contactId, name: each.contactName, text: each.text },
        ...{ at: each.dueAt, lateAfter: each.dueAt, isInLine: false },
      }),
    ),
    ...tasks.map(
      (each): Owed => ({
        ...{ kind: 'task', id: each.taskId, contactId: each.contactId, name: each.customerName, text: each.title },
        ...{ at: each.dueAt, lateAfter: each.dueAt, isInLine: false },
      }),
    ),
  ];
}

/** What is owed until the end of the day that `now` is in, on this computer's clock; the late first, then by when it is due. */
export function owedToday(work: OwnWork | null, now: number): readonly Owed[] {
  if (work === null) return [];
  const end = new Date(now);
  end.setHours(24, 0, 0, 0);
  const isLate = ({ lateAfter }: Owed) => lateAfter !== null && lateAfter < now;
  return owedOf(work)
    .filter(({ at }) => at !== null && at < end.getTime())
    .toSorted((one, other) => Number(isLate(other)) - Number(isLate(one)) || (one.at ?? 0) - (other.at ?? 0));
}

const hour = 3_600_000;

/** A new form: a callback in an hour, on the full quarter; a promise or a task for tomorrow morning. */
export function newFollowUp(subject: FollowUpSubject, kind: FollowUpKind, now: number): FollowUpForm {
  return {
    ...subject,
    kind,
    callbackId: null,
    text: '',
    at: kind === 'callback' ? quarterAfter(now + hour) : tomorrowAt(now, 9),
    withinMs: hour,
    number: subject.numbers[0] ?? '',
    to: 'me',
    doubts: [],
    standing: null,
    refused: null,
  };
}

/** Nothing is missing that the bridge would have to ask for. */
export function canStore({ kind, contactId, text, at, number, interactionId }: FollowUpForm): boolean {
  if (text.trim() === '') return false;
  if (kind !== 'callback' && contactId === null) return false;
  if (kind === 'callback' && number.trim() === '' && interactionId === null) return false;
  return at !== null || kind === 'task';
}

/** The times that are offered beside typing one. */
export function usualTimes(
  now: number,
): readonly { readonly name: 'inAnHour' | 'laterToday' | 'tomorrow' | 'nextWeek'; readonly at: number }[] {
  const later = new Date(now);
  later.setHours(16, 0, 0, 0);
  return [
    { name: 'inAnHour', at: quarterAfter(now + hour) },
    ...(later.getTime() > now + 2 * hour ? [{ name: 'laterToday' as const, at: later.getTime() }] : []),
    { name: 'tomorrow', at: tomorrowAt(now, 9) },
    { name: 'nextWeek', at: tomorrowAt(now, 9, 7) },
  ];
}

function quarterAfter(at: number): number {
  const quarter = 900_000;
  return Math.ceil(at / quarter) * quarter;
}

/** By the calendar, not by 24 hours: where the clocks change in between it is still nine. */
function tomorrowAt(now: number, hours: number, days = 1): number {
  const date = new Date(now);
  date.setDate(date.getDate() + days);
  return date.setHours(hours, 0, 0, 0);
}

/** What usually follows from the outcome that is chosen, until it was set down at this contact. */
export function usualAt(
  { made }: Pick<FollowUpState, 'made'>,
  dispositions: readonly Disposition[],
  chosen: string | undefined,
  interactionId: string,
): UsualFollowUp | null {
  const usual = dispositions.find(({ code }) => code === chosen)?.usual;
  if (!usual) return null;
  const isMade = made[interactionId]?.some(({ kind, text }) => kind === usual.kind && (text === usual.text.en || text === usual.text.zh));
  return isMade ? null : usual;
}

/** When it is due: so many days on, in the morning; on the same day in an hour. */
export function dueOf({ inDays }: UsualFollowUp, now: number): number {
  return inDays === 0 ? quarterAfter(now + hour) : tomorrowAt(now, 9, inDays);
}

/** Whoever a contact is with. The number they came from first, then those of their record. */
export function subjectOf(pop: ScreenPop, name: string, interactionId: string | null): FollowUpSubject {
  const contact = pop.match.kind === 'certain' ? pop.match.contact : null;
  const isOfACall = pop.written === undefined;
  const own = isOfACall && pop.caller.number !== null ? [pop.caller.number] : [];
  return {
    contactId: contact?.contactId ?? null,
    name,
    numbers: [...new Set([...own, ...(contact ? numbersOf(contact.identifiers) : [])])],
    interactionId,
  };
}

/** What somebody can be called at. */
export function numbersOf(identifiers: readonly { readonly kind: string; readonly value: string }[]): readonly string[] {
  return identifiers.filter(({ kind }) => kind === 'mobile' || kind === 'phone').map(({ value }) => value);
}
