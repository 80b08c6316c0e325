import type { Clock, Log } from '../../kernel/index.ts';
import type { Authenticator } from '../auth/index.ts';
import type { Header, NameAddr, ReceivedRequest } from '../message/index.ts';
import { headerOf, headerTokens, headerValues, parseNameAddr, parseUri, quote, unquote, userOf } from '../message/index.ts';
import type { ServerTransaction } from '../transaction/index.ts';
import type { Flow } from '../transport/index.ts';
import type { Binding, Bindings, OutboundFlow } from './bindings.ts';

const defaultSeconds = 3_600;
const smallestSeconds = 60;
const largestSeconds = 7_200;
/** Behind a proxy a phone does not see that we were away and know of nobody any more. */
const largestSecondsBehindEdge = 60;
/** A WebSocket whose owner guesses is closed after so many wrong passwords. */
const maxWrongPerFlow = 3;

export interface RegistrarParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly bindings: Bindings;
  readonly authenticator: Authenticator;
}

/** Answers REGISTER (RFC 3261 §10.3, RFC 5626: the binding is the flow). */
export class Registrar {
  readonly #parts: RegistrarParts;
  readonly #wrongPerFlow = new Map<string, number>();

  constructor(parts: RegistrarParts) {
    this.#parts = parts;
  }

  register(transaction: ServerTransaction): void {
    const { request, flow } = transaction;
    const extension = userOf(request.to.uri);
    const isRefresh = extension !== null && this.#parts.bindings.isBoundAt(flow, extension);
    const verdict = this.#parts.authenticator.check(request, flow, isRefresh ? extension : null);
    if (verdict.kind === 'locked') return transaction.respond(403, { text: 'Too Many Attempts' });
    if (verdict.kind === 'challenge') {
      transaction.respond(401, { headers: verdict.headers });
      if (verdict.isWrong) this.#wrongPassword(flow);
      return;
    }
    // RFC 3261 §10.3 step 4: one may change one's own bindings only.
    if (extension === null || verdict.username !== extension) return transaction.respond(403, { text: 'Not Your Address' });
    this.#wrongPerFlow.delete(flow.id);
    this.#change(transaction, extension);
  }

  #wrongPassword(flow: Flow): void {
    const count = (this.#wrongPerFlow.get(flow.id) ?? 0) + 1;
    if (count === 1 && flow.isReliable) flow.onClose(() => void this.#wrongPerFlow.delete(flow.id));
    if (!flow.isReliable) return;
    this.#wrongPerFlow.set(flow.id, count);
    if (count >= maxWrongPerFlow) flow.close('wrong passwords');
  }

  #change(transaction: ServerTransaction, extension: string): void {
    const { request, flow } = transaction;
    const { bindings, clock, log } = this.#parts;
    const values = headerValues(request, 'Contact');
    const current = bindings.all(extension).find((binding) => binding.flow.id === flow.id) ?? bindings.known(extension);
    if (values.length === 0) return this.#list(transaction, bindings.all(extension));

    const routes = pathOf(request, flow);
    if (routes === null) return transaction.respond(400, { text: 'Bad Path' });
    const expiresHeader = readSeconds(headerOf(request, 'Expires'));
    if (values.includes('*')) {
      // RFC 3261 §10.2.2: the star stands alone and only to remove.
      if (values.length > 1 || expiresHeader !== 0) return transaction.respond(400, { text: 'Bad Contact' });
      for (const binding of [...bindings.all(extension)].reverse()) bindings.remove(binding);
      return this.#list(transaction, []);
    }
    const contacts = values.map((value) => parseNameAddr(value));
    const wanted: { contact: NameAddr; seconds: number }[] = [];
    for (const contact of contacts) {
      const uri = contact.ok ? parseUri(contact.value.uri) : contact;
      if (!contact.ok || !uri.ok) return transaction.respond(400, { text: 'Bad Contact' });
      wanted.push({ contact: contact.value, seconds: readSeconds(contact.value.params.get('expires')) ?? expiresHeader ?? defaultSeconds });
    }
    // RFC 3261 §10.3 step 7: an older request of the same Call-ID that arrives late must change nothing.
    const isSameBinding = current?.flow.id === flow.id || current?.outbound == null;
    if (current && isSameBinding && current.callId === request.callId && request.cseq.number <= current.cseq)
      return transaction.respond(500, { text: 'Out Of Order' });

    // One binding per flow: the first that is to last.
    const lasting = wanted.find((each) => each.seconds > 0);
    if (!lasting) {
      const isOwn = current && (current.flow.id === flow.id || wanted.some((each) => each.contact.uri === current.contactUri));
      if (isOwn) bindings.remove(current);
      return this.#list(transaction, bindings.all(extension));
    }
    if (lasting.seconds < smallestSeconds)
      return transaction.respond(423, { headers: [{ name: 'Min-Expires', value: String(smallestSeconds) }] });
    const seconds = Math.min(lasting.seconds, flow.origin === undefined ? largestSeconds : largestSecondsBehindEdge);
    const expiresAt = clock.monotonic() + seconds * 1_000;
    const binding: Binding = {
      extension,
      contactUri: lasting.contact.uri,
      flow,
      routes,
      callId: request.callId,
      cseq: request.cseq.number,
      expiresAt,
      outbound: outboundOf(transaction.request, lasting.contact, routes),
    };
    bindings.put(binding);
    log.debug('sip:registered', { extension, flow: flow.id, seconds });
    // RFC 3327 §5.3: the phone is told the way that we note.
    const told = routes.map((value) => ({ name: 'Path', value }));
    this.#list(transaction, bindings.all(extension), binding.outbound ? [{ name: 'Require', value: 'outbound' }, ...told] : told);
  }

  #list(transaction: ServerTransaction, bindings: readonly Binding[], more: readonly Header[] = []): void {
    const headers: Header[] = [{ name: 'Date', value: new Date(this.#parts.clock.now()).toUTCString() }, ...more];
    for (const { contactUri, expiresAt, outbound } of bindings) {
      if (expiresAt === null) continue;
      const seconds = Math.max(0, Math.round((expiresAt - this.#parts.clock.monotonic()) / 1_000));
      const flow = outbound ? `;+sip.instance=${quote(outbound.instance)};reg-id=${outbound.regId}` : '';
      headers.push({ name: 'Contact', value: `<${contactUri}>;expires=${seconds}${flow}` });
    }
    transaction.respond(200, { headers });
  }
}

/**
 * RFC 3327: the proxies that what is for this phone passes, ours first. Believed of a proxy of ours only: with a Path of his own anybody could
 * send our calls anywhere. Null when it cannot be read.
 */
function pathOf(request: ReceivedRequest, { origin }: Flow): readonly string[] | null {
  const values = origin === undefined ? [] : headerValues(request, 'Path');
  const isReadable = values.every((value) => {
    const address = parseNameAddr(value);
    return address.ok && parseUri(address.value.uri).ok;
  });
  return isReadable ? values : null;
}

/**
 * RFC 5626 §6: only who says that it knows about flows, names itself and numbers the flow is taken at its word; and behind a proxy only if that
 * one knows about flows too.
 */
function outboundOf(request: ReceivedRequest, { params }: NameAddr, routes: readonly string[]): OutboundFlow | null {
  if (routes.length > 0 && !/;ob\b/.test(routes.at(-1) ?? '')) return null;
  const instance = unquote(params.get('+sip.instance') ?? '');
  const regId = params.get('reg-id') ?? '';
  const knows = headerTokens(request, 'Supported').includes('outbound');
  return knows && instance !== '' && instance.length <= 200 && /^[1-9]\d{0,9}$/.test(regId) ? { instance, regId: Number(regId) } : null;
}

/** RFC 3261 §20.19: what cannot be read counts as 3600. */
function readSeconds(text: string | null | undefined): number | null {
  if (text === undefined || text === null) return null;
  return /^\d{1,10}$/.test(text.trim()) ? Number(text.trim()) : defaultSeconds;
}
