import type { Clock } from '../../kernel/index.ts';
import type { CallLeg, LegEnd, OutgoingLeg } from '../api.ts';
import type { ReceivedResponse } from '../message/index.ts';

/** Silence, not even 100, after which the next is tried: a second trunk must have the call within 4 s, on a busy machine as well. */
export const silenceLimitMs = 3_000;

/** One place to try. `start` sends the INVITE and tells of every response; null when it cannot be sent. */
export interface Try {
  start(onResponse: (response: ReceivedResponse) => void): OutgoingLeg | null;
  /** It took the call, or refused it in a way that holds everywhere. */
  onAnswered(): void;
  onFailed(last: ReceivedResponse | null): void;
}

/**
 * Whether another trunk may do better: this one is broken, overloaded, silent, or does not believe that we are who we are. Busy, not found and
 * declined are about the called, who is the same everywhere.
 */
export function isTrunksFault(end: LegEnd): boolean {
  if (end.cause === 'timeout' || end.cause === 'flowClosed' || end.cause === 'protocolError') return true;
  if (end.cause !== 'rejected' || end.status === null) return false;
  return (end.status >= 500 && end.status < 600) || end.status === 408 || end.status === 401 || end.status === 407;
}

/** The trunk is well and does not take what was offered on it; the next may be offered something else, or be the same with another offer. */
export function isOffersFault({ cause, status }: LegEnd): boolean {
  return cause === 'rejected' && (status === 415 || status === 488 || status === 606);
}

/** The call over one trunk after another, as one leg: what is asked of it reaches the INVITE that is under way now. */
export function createHuntingLeg(tries: Iterable<Try>, clock: Clock): OutgoingLeg | null {
  const left = tries[Symbol.iterator]();
  const { promise: outcome, resolve } = Promise.withResolvers<Awaited<OutgoingLeg['outcome']>>();
  const { promise: ended, resolve: resolveEnded } = Promise.withResolvers<LegEnd>();
  let leg: OutgoingLeg | null = null;
  let isGivenUp = false;
  let onProgress: Parameters<OutgoingLeg['onProgress']>[0] = () => {};
  let onOffer: Parameters<CallLeg['onOffer']>[0] | undefined;
  let onInfo: Parameters<CallLeg['onInfo']>[0] | undefined;
  let onRefer: Parameters<CallLeg['onRefer']>[0] | undefined;

  const fail = (end: LegEnd): void => {
    resolve({ ok: false, end });
    resolveEnded(end);
  };

  /** False when there is nothing left that could be tried. */
  function next(): boolean {
    for (let step = left.next(); !step.done; step = left.next()) if (begin(step.value)) return true;
    return false;
  }

  function begin(one: Try): boolean {
    let last: ReceivedResponse | null = null;
    let isSilent = false;
    const silence = clock.timer(silenceLimitMs, () => {
      isSilent = true;
      current?.hangUp();
    });
    const current = one.start((response) => {
      silence.cancel();
      last = response;
    });
    if (!current) {
      silence.cancel();
      return false;
    }
    leg = current;
    current.onProgress((status, sdp) => leg === current && onProgress(status, sdp));
    if (onOffer) current.onOffer(onOffer);
    if (onInfo) current.onInfo(onInfo);
    if (onRefer) current.onRefer(onRefer);
    void current.outcome.then((result) => {
      silence.cancel();
      if (result.ok) {
        one.onAnswered();
        resolve(result);
        void current.ended.then(resolveEnded);
        return;
      }
      const end: LegEnd = isSilent ? { cause: 'timeout', by: 'network', status: 408, text: null } : result.end;
      if (isGivenUp) return fail(end);
      if (isTrunksFault(end)) one.onFailed(last);
      else {
        one.onAnswered();
        if (!isOffersFault(end)) return fail(end);
      }
      if (!next()) fail(end);
    });
    return true;
  }

  if (!next()) return null;
  const now = (): OutgoingLeg => leg as OutgoingLeg;
  return {
    get callId() {
      return now().callId;
    },
    get localTag() {
      return now().localTag;
    },
    outcome,
    ended,
    byeHeader: (name) => now().byeHeader(name),
    onProgress(handler) {
      onProgress = handler;
    },
    onOffer(handler) {
      onOffer = handler;
      now().onOffer(handler);
    },
    onInfo(handler) {
      onInfo = handler;
      now().onInfo(handler);
    },
    onRefer(handler) {
      onRefer = handler;
      now().onRefer(handler);
    },
    reinvite: (sdp) => now().reinvite(sdp),
    update: (sdp) => now().update(sdp),
    sendInfo: (contentType, body) => now().sendInfo(contentType, body),
    refer: (target, replaces) => now().refer(target, replaces),
    snapshot: () => now().snapshot(),
    hangUp(reason) {
      isGivenUp = true;
      now().hangUp(reason);
    },
  };
}
