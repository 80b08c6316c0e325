import type { TimerHandle } from '../../kernel/index.ts';
import type { CallLeg, Refer, ReplacedDialog } from '../api.ts';
import type { Header, ReceivedRequest } from '../message/index.ts';
import { contentType, headerLines, headerOf, headerTokens, parseParams, parseUri, reasonPhrase } from '../message/index.ts';
import type { ServerTransaction } from '../transaction/index.ts';
import { allowEvents } from './capabilities.ts';
import type { LegParts } from './leg-parts.ts';
import type { LegSession } from './leg-session.ts';
import { formatReferTo, parseReferTo } from './refer-target.ts';

/** How long the owner of the leg may think about a REFER. */
const decideLimitMs = 10_000;
/** How long we tell, or listen to, how a referred call goes: longer than anybody lets a phone ring. */
const subscriptionSeconds = 300;

/** The far side listens to how the call goes that it asked us for. */
interface Told {
  readonly event: string;
  status: number;
  expiresAt: number;
  expiry: TimerHandle | undefined;
}

/** We listen to how the call goes that we asked the far side for. */
interface Heard {
  readonly ids: Set<string>;
  status: number;
  isAccepted: boolean;
  limit: TimerHandle | undefined;
  readonly resolve: (status: number) => void;
}

/** REFER within a call, in and out (RFC 3515), and the subscription that each makes (RFC 6665 §4, RFC 4488). */
export class Referrals {
  readonly #parts: LegParts;
  readonly #session: LegSession;
  #handler: ((refer: Refer) => void) | null = null;
  /** By the id of their event: the CSeq of the REFER. */
  readonly #told = new Map<string, Told>();
  readonly #heard = new Set<Heard>();
  #referCount = 0;

  constructor(parts: LegParts, session: LegSession) {
    this.#parts = parts;
    this.#session = session;
  }

  onRefer(handler: (refer: Refer) => void): void {
    this.#handler = handler;
  }

  receiveRefer(transaction: ServerTransaction): void {
    const { request } = transaction;
    const lines = headerLines(request, 'Refer-To');
    const target = lines.length === 1 ? parseReferTo(lines[0] ?? '') : null;
    if (!target) return transaction.respond(400, { text: 'Bad Refer-To' });
    if (!this.#handler) return transaction.respond(603);
    const id = String(request.cseq.number);
    // RFC 3515 §2.4.6: the first may do without its number, and some phones know only that.
    const event = this.#referCount++ === 0 ? 'refer' : `refer;id=${id}`;
    const wantsNoWord = headerTokens(request, 'Refer-Sub').some((value) => value.startsWith('false'));
    const limit = this.#parts.clock.timer(decideLimitMs, () => transaction.respond(500));
    const accept = () => {
      if (transaction.isAnswered) return;
      limit.cancel();
      const headers: Header[] = this.#contact();
      if (wantsNoWord) headers.push({ name: 'Refer-Sub', value: 'false' });
      transaction.respond(202, { headers });
      if (wantsNoWord) return;
      const told: Told = { event, status: 100, expiresAt: 0, expiry: undefined };
      this.#told.set(id, told);
      this.#extend(id, told, subscriptionSeconds);
      this.#tell(id, told);
    };
    const refer: Refer = {
      targetUser: target.user,
      targetUri: target.uri,
      replaces: target.replaces,
      replacedLeg: target.replaces ? findReplaced(this.#parts, target.replaces) : null,
      referredBy: headerOf(request, 'Referred-By') ?? null,
      accept,
      notify: (status) => {
        accept();
        const told = this.#told.get(id);
        if (!told || told.status === status) return;
        told.status = status;
        this.#tell(id, told);
      },
      refuse(status) {
        limit.cancel();
        transaction.respond(status);
      },
    };
    try {
      this.#handler(refer);
    } catch (error) {
      this.#parts.log.error('sip:refer-handler-failed', { callId: this.#session.callId, error: String(error) });
      refer.refuse(500);
    }
  }

  /** The far side wants to hear longer, or no more. */
  receiveSubscribe(transaction: ServerTransaction): void {
    const { request } = transaction;
    const event = readEvent(request);
    if (event?.name !== 'refer') return transaction.respond(489, { headers: [allowEvents] });
    const [id, told] = [...this.#told].find(([known]) => event.id === null || event.id === known) ?? [];
    if (id === undefined || !told) return transaction.respond(481);
    const asked = /^\d{1,9}$/.exec(headerOf(request, 'Expires') ?? '')?.[0];
    const seconds = Math.min(asked === undefined ? subscriptionSeconds : Number(asked), subscriptionSeconds);
    transaction.respond(200, { headers: [{ name: 'Expires', value: String(seconds) }, ...this.#contact()] });
    if (seconds === 0) return this.#endTelling(id, told, 'timeout');
    this.#extend(id, told, seconds);
    this.#tell(id, told);
  }

  #extend(id: string, told: Told, seconds: number): void {
    told.expiry?.cancel();
    told.expiresAt = this.#parts.clock.monotonic() + seconds * 1_000;
    told.expiry = this.#parts.clock.timer(seconds * 1_000, () => this.#endTelling(id, told, 'timeout'));
  }

  #tell(id: string, told: Told): void {
    if (told.status >= 200) return this.#endTelling(id, told, 'noresource');
    const left = Math.max(1, Math.ceil((told.expiresAt - this.#parts.clock.monotonic()) / 1_000));
    this.#notify(id, told, `active;expires=${left}`);
  }

  #endTelling(id: string, told: Told, reason: 'noresource' | 'timeout'): void {
    told.expiry?.cancel();
    this.#told.delete(id);
    this.#notify(id, told, `terminated;reason=${reason}`);
  }

  #notify(id: string, { event, status, expiry }: Told, state: string): void {
    // Whatever the far side does not take ends its listening (RFC 6665 §4.2.2); the call is another usage and goes on (RFC 5057).
    const over = () => {
      expiry?.cancel();
      this.#told.delete(id);
    };
    this.#session.send(
      'NOTIFY',
      {
        headers: [{ name: 'Event', value: event }, { name: 'Subscription-State', value: state }, ...this.#contact()],
        body: { type: 'message/sipfrag;version=2.0', content: `SIP/2.0 ${status} ${reasonPhrase(status)}\r\n` },
      },
      { onResponse: (response) => void (response.status >= 300 && over()), onFailure: over },
    );
  }

  refer(target: string, replaces: ReplacedDialog | null): Promise<number> {
    if (!parseUri(target).ok || target.includes('?')) return Promise.resolve(400);
    const { remoteMethods } = this.#session;
    if (!this.#session.isConfirmed) return Promise.resolve(481);
    if (remoteMethods && !remoteMethods.includes('REFER')) return Promise.resolve(405);
    const { promise, resolve } = Promise.withResolvers<number>();
    const heard: Heard = { ids: new Set(), status: 0, isAccepted: false, limit: undefined, resolve };
    const end = (status: number) => this.#endHearing(heard, status);
    this.#heard.add(heard);
    const dialog = this.#session.dialog;
    const headers: Header[] = [
      { name: 'Refer-To', value: formatReferTo(target, replaces) },
      { name: 'Referred-By', value: `<${dialog ? this.#parts.names.contactUri(dialog.heardOn) : ''}>` },
      ...this.#contact(),
    ];
    this.#session.send(
      'REFER',
      { headers },
      {
        onSent: (request) => heard.ids.add((headerOf(request, 'CSeq') ?? '').split(' ')[0] ?? ''),
        onResponse: (response) => {
          if (response.status < 200) return;
          this.#session.noticeGone(response);
          if (response.status >= 300) return end(response.status);
          heard.isAccepted = true;
          if (headerTokens(response, 'Refer-Sub').some((value) => value.startsWith('false'))) return end(response.status);
          if (this.#session.isEnded) return end(202);
          // RFC 6665 §4.1.2.4: the first NOTIFY comes within 64*T1, or there is no subscription.
          if (heard.status === 0) this.#listenFor(heard, 64 * this.#parts.timers.t1);
        },
        onFailure: (why) => end(why === 'timeout' ? 408 : 503),
      },
    );
    return promise;
  }

  receiveNotify(transaction: ServerTransaction): void {
    const { request } = transaction;
    const event = readEvent(request);
    if (event?.name !== 'refer') return transaction.respond(489, { headers: [allowEvents] });
    const heard = [...this.#heard].find(({ ids }) => event.id === null || ids.has(event.id));
    if (!heard) return transaction.respond(481);
    transaction.respond(200);
    heard.isAccepted = true; // it may overtake the 202
    const status =
      contentType(request) === 'message/sipfrag' ? /^SIP\/2\.0 (\d{3})\b/i.exec(request.body.toString('utf8'))?.[1] : undefined;
    if (status !== undefined) heard.status = Number(status);
    const [state = '', ...params] = (headerOf(request, 'Subscription-State') ?? '').split(';').map((part) => part.trim().toLowerCase());
    const expires = Number(params.find((param) => param.startsWith('expires='))?.slice(8) ?? Number.NaN);
    if (state === 'terminated') this.#endHearing(heard, heard.status >= 200 ? heard.status : 408);
    else this.#listenFor(heard, Math.min(expires > 0 ? expires : subscriptionSeconds, subscriptionSeconds) * 1_000);
    // Its last NOTIFY, which says terminated, is still to come.
    if (heard.status >= 200) heard.resolve(heard.status);
  }

  #listenFor(heard: Heard, ms: number): void {
    heard.limit?.cancel();
    heard.limit = this.#parts.clock.timer(ms, () => this.#endHearing(heard, 408));
  }

  #endHearing(heard: Heard, status: number): void {
    heard.limit?.cancel();
    this.#heard.delete(heard);
    heard.resolve(status);
  }

  /** The call is over, and nobody hears of its subscriptions by our means any more. What we tell goes on: it needs only the dialog. */
  legEnded(): void {
    for (const heard of [...this.#heard]) {
      if (heard.isAccepted) this.#endHearing(heard, heard.status >= 200 ? heard.status : 202);
      else if (!this.#session.dialog) this.#endHearing(heard, 481);
    }
  }

  stop(): void {
    for (const { expiry } of this.#told.values()) expiry?.cancel();
    this.#told.clear();
    for (const heard of [...this.#heard]) this.#endHearing(heard, 408);
  }

  #contact(): Header[] {
    const dialog = this.#session.dialog;
    return dialog ? [this.#session.contactOn(dialog)] : [];
  }
}

/** `refer` or `refer;id=93809823`. */
function readEvent(request: ReceivedRequest): { readonly name: string; readonly id: string | null } | null {
  const value = headerOf(request, 'Event');
  if (value === undefined) return null;
  const semicolon = value.indexOf(';');
  const params = parseParams(semicolon < 0 ? '' : value.slice(semicolon + 1));
  return {
    name: (semicolon < 0 ? value : value.slice(0, semicolon)).trim().toLowerCase(),
    id: (params.ok ? params.value.get('id') : null) ?? null,
  };
}

/** The leg of ours that a Replaces names, tags as we know them. */
export function findReplaced(parts: LegParts, { callId, toTag, fromTag, isEarlyOnly }: ReplacedDialog): CallLeg | null {
  const session = parts.legs.find(toTag);
  if (!session || session.isEnded || session.callId !== callId || !session.hasRemoteTag(fromTag)) return null;
  return isEarlyOnly && session.isConfirmed ? null : session.leg;
}
