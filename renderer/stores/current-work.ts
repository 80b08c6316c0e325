import type { StoreApi } from 'zustand/vanilla';
import { assertNever } from '../../shared/assert-never.ts';
import type { CallView, PartyView } from '../../shared/contracts/call.ts';
import type { AssignedInteraction, WrapUpView } from '../../shared/contracts/interaction.ts';
import type { WrittenWork } from '../../shared/contracts/messages/inbox.ts';
import type { Offer, ScreenPop } from '../../shared/contracts/screen-pop.ts';
import type { DeskState } from './desk-state.ts';
import { inboxGroups } from './inbox-state.ts';

/** One row of the work list, and what the centre shows when it is selected. */
export type Work =
  | { readonly kind: 'ringing'; readonly offer: Offer }
  | { readonly kind: 'joining'; readonly offer: Offer }
  | { readonly kind: 'talking'; readonly item: AssignedInteraction }
  | { readonly kind: 'wrapping'; readonly item: AssignedInteraction }
  | { readonly kind: 'written'; readonly item: WrittenWork };

/** Those of them that have to do with the telephone. */
export type CallWork = Exclude<Work, { kind: 'written' }>;

const known = new WeakMap<DeskState, readonly Work[]>();

/**
 * All of this agent's work: what rings first, then live calls, then what must be wrapped up, each in order of arrival; then written work. The
 * same list for the same state.
 */
export function workOf(desk: DeskState): readonly Work[] {
  const work = known.get(desk) ?? [...spokenOf(desk), ...writtenOf(desk)];
  known.set(desk, work);
  return work;
}

/** What is offered, in writing too, and the calls. */
function spokenOf(desk: DeskState): readonly CallWork[] {
  const live = desk.interactions.filter((item) => item.state === 'assigned');
  const wrapping = desk.interactions.filter((item) => item.state === 'wrapping');
  return [
    ...desk.offers.map((offer): CallWork => ({ kind: 'ringing', offer })),
    ...(desk.joining ? [{ kind: 'joining', offer: desk.joining } as const] : []),
    ...live.map((item): CallWork => ({ kind: 'talking', item })),
    ...wrapping.map((item): CallWork => ({ kind: 'wrapping', item })),
  ];
}

function writtenOf({ inbox }: DeskState): readonly Work[] {
  const { answer, others } = inboxGroups(inbox.mine);
  return [...answer, ...others].map((item): Work => ({ kind: 'written', item }));
}

/**
 * What the centre shows: the agent's choice while it exists, otherwise the first of the work list. Written work that is offered comes there by
 * itself only where nothing else is: it never takes the place of what one is writing.
 */
export function currentWork(desk: DeskState, selectedId: string | null): Work | null {
  const work = workOf(desk);
  const isOffered = (entry: Work) => entry.kind === 'ringing' && !isCall(entry);
  return work.find((entry) => interactionIdOf(entry) === selectedId) ?? work.find((entry) => !isOffered(entry)) ?? work[0] ?? null;
}

/** The written work that the centre shows, if it is such. */
export function currentWritten(desk: DeskState, selectedId: string | null): WrittenWork | null {
  const work = currentWork(desk, selectedId);
  return work?.kind === 'written' ? work.item : null;
}

/** The call that rings, of those that came first: written work is offered beside the telephone. */
export const ringingCall = ({ offers }: Pick<DeskState, 'offers'>): Offer | null =>
  offers.find(({ channel }) => channel === 'voice') ?? null;
export const writtenOffer = ({ offers }: Pick<DeskState, 'offers'>): Offer | null =>
  offers.find(({ channel }) => channel !== 'voice') ?? null;

const isCall = (work: Work): boolean => work.kind !== 'written' && (work.kind !== 'ringing' || work.offer.channel === 'voice');

/**
 * The one conversation the call bar acts on: that which was just answered, the one that is spoken in, the one put on hold last, otherwise that
 * which rings.
 */
export function currentCall(desk: DeskState): CallWork | null {
  const work = callsOf(desk);
  const talking = work.filter((entry) => entry.kind === 'talking');
  return (
    work.find((entry) => entry.kind === 'joining') ??
    talking.find(({ item }) => isSpokenIn(item.call)) ??
    talking.toSorted((a, b) => (b.item.call.heldSince ?? 0) - (a.item.call.heldSince ?? 0))[0] ??
    work.find((entry) => entry.kind === 'ringing') ??
    null
  );
}

function callsOf(desk: DeskState): readonly CallWork[] {
  return spokenOf(desk).filter(isCall);
}

/** Whoever was asked into a call and is not with the customer: being rung, or for the agent alone. There is one at a time. */
export function askedParty({ parties }: CallView): PartyView | null {
  return parties?.find(({ state }) => state !== 'talking') ?? null;
}

/** The agent is in it with somebody, though the customer may hear music. */
export function isSpokenIn(call: CallView): boolean {
  const guest = askedParty(call);
  return call.state !== 'held' || guest?.state === 'aside' || guest?.state === 'ringing';
}

/** The agent's lines in the order they came: the live calls, then what rings beside them. */
export function linesOf(desk: DeskState): readonly CallWork[] {
  const work = callsOf(desk);
  const live = work.filter((entry) => entry.kind === 'talking' || entry.kind === 'joining');
  return [...live, ...work.filter((entry) => entry.kind === 'ringing')];
}

/** The call that waits beside the one the call bar acts on, to be turned to. */
export function otherCall(desk: DeskState): AssignedInteraction | null {
  const current = currentCall(desk);
  if (current?.kind !== 'talking') return null;
  const others = callsOf(desk).filter((entry) => entry.kind === 'talking' && entry.item !== current.item);
  return others[0]?.kind === 'talking' ? others[0].item : null;
}

/** The contact in hand of which it is not known who it is: the selected one, otherwise the first. */
export function undecidedContact(stores: {
  readonly desk: StoreApi<DeskState>;
  readonly view: StoreApi<{ readonly selectedId: string | null }>;
}): string | null {
  return undecidedIn(stores.desk.getState(), stores.view.getState().selectedId);
}

export function undecidedIn(desk: DeskState, selectedId: string | null): string | null {
  const undecided = workOf(desk).filter((work) => popOf(work).match.kind !== 'certain');
  const chosen = undecided.find((work) => interactionIdOf(work) === selectedId) ?? undecided[0];
  return chosen ? interactionIdOf(chosen) : null;
}

/** What a clock of the wrap-up shows: the time left, or since when it lasts where no time-out ends it. */
export function wrapUpClockMs(wrapUp: WrapUpView, now: number): number {
  return wrapUp.endsAt === null ? now - wrapUp.startedAt : wrapUp.endsAt - now;
}

export function interactionIdOf(work: Work): string {
  return sourceOf(work).interactionId;
}

export function popOf(work: Work): ScreenPop {
  return sourceOf(work).pop;
}

function sourceOf(work: Work): Offer | AssignedInteraction | WrittenWork {
  switch (work.kind) {
    case 'ringing':
    case 'joining':
      return work.offer;
    case 'talking':
    case 'wrapping':
    case 'written':
      return work.item;
    default:
      return assertNever(work, 'work');
  }
}
