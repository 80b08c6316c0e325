import { io, type Socket } from 'socket.io-client';
import * as z from 'zod/mini';
import {
  type BridgeToDesktop,
  type CommandAnswer,
  type CommandName,
  type CommandRequest,
  commands,
  type DesktopToBridge,
  type LoginAnswer,
  loginAnswerSchema,
  type Push,
  pushes,
  type Snapshot,
  type UploadAnswer,
  type UploadName,
  type UploadRequest,
  uploads,
} from '../../shared/contracts/bridge-events.ts';
import { type Ack, type CallRefusal, type ErrorCode, errorCodeSchema, wireErrorSchema } from '../../shared/contracts/errors.ts';
import { contractVersion } from '../../shared/contracts/version.ts';
import { type Arrived, eventOrder } from './event-order.ts';
import { type FetchedFile, fetchFile, sendFile } from './files.ts';
import { wayBack } from './way-back.ts';

/** Why something was not done: the bridge's own code, or that it could not be reached, or did not answer in time. */
export interface Refusal {
  readonly code: ErrorCode | 'offline' | 'no_answer';
  readonly message: string;
  /** Of what is done with calls: in more than the code says. */
  readonly why?: CallRefusal | undefined;
}
export type CommandOutcome<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: Refusal };

export interface BridgeListener {
  connecting(): void;
  /** Resumed: commands may be sent. Called after `snapshot`. */
  connected(): void;
  lost(): void;
  probed(roundTripMs: number, clockOffsetMs: number): void;
  snapshot(snapshot: Snapshot): void;
  push(push: Push): void;
  /** The session is over for good; reconnecting would not help. */
  ended(why: 'unauthorized' | 'session_replaced' | 'version_mismatch', at: number): void;
}

export interface Bridge {
  login(credentials: { username: string; password: string; takeOver: boolean }): Promise<CommandOutcome<LoginAnswer>>;
  connect(token: string, listener: BridgeListener): void;
  command<Name extends CommandName>(name: Name, request: CommandRequest<Name>): Promise<CommandOutcome<CommandAnswer<Name>>>;
  /**
   * Like a command, for what is too large for the socket: goes over HTTP with the bearer of the log-in, connected or not. `isLast`: the page
   * closes, and what is sent has to outlive it. A browser lets little do so: what is larger is sent as ever.
   */
  upload<Name extends UploadName>(name: Name, request: UploadRequest<Name>, isLast?: boolean): Promise<CommandOutcome<UploadAnswer<Name>>>;
  /** A file to the route `path`, as its raw bytes; the JSON that it is answered with. See `files.ts`. */
  sendFile(path: string, file: File, progressed?: (sentBytes: number) => void, signal?: AbortSignal): Promise<CommandOutcome<unknown>>;
  fetchFile(path: string): Promise<CommandOutcome<FetchedFile>>;
  /** Asks for a fresh snapshot: something expected did not come. */
  resync(): void;
  /** The computer goes to sleep: says goodbye while that can be heard. It comes back by `wake`, and by itself if it did not sleep. */
  sleep(): void;
  /** The computer woke up or the network changed: find out now, not at the next heartbeat. */
  wake(): void;
  disconnect(): void;
}

export type BridgeSocket = Socket<BridgeToDesktop, DesktopToBridge>;

export interface BridgeOptions {
  readonly url: string;
  readonly fetch?: typeof fetch;
  /** How a socket is opened; tests hand over their own. */
  readonly openSocket?: (url: string, token: string) => BridgeSocket;
  /** One line of trouble: names and reasons, never what was in a message. */
  readonly report?: (event: string, facts: Readonly<Record<string, string | number | boolean | null>>) => void;
}

const loginLimitMs = 10_000;
const commandLimitMs = 8_000;
const uploadLimitMs = 30_000;
/** What may be under way behind a closed page is limited to 64 KiB at a time (Fetch, keepalive); a little is left to others. */
const maxKeptAliveBytes = 60_000;
/** Two that are not answered are told within nine seconds. */
const probeEveryMs = 3_000;
const probeLimitMs = 3_000;
const missedProbesBeforeLost = 2;
/** After a sleep or with another network a line may be dead; one that lives has said a word by then. */
const wokenWordMs = 1_000;
const retryRefusedMs = 1_000;
const stayedAwakeMs = 10_000;
/** Events that cannot be read cost a snapshot at most this often, however many there are. */
const resyncEveryMs = 1_000;

function openSocket(url: string, token: string): BridgeSocket {
  return io(url, {
    auth: { token, contractMajor: contractVersion.major },
    transports: ['websocket'],
    // `way-back.ts` finds it.
    reconnection: false,
    // An attempt that began while the way was away hangs until its time is over; whoever takes calls is back five seconds after it is usable.
    timeout: 2_500,
    autoConnect: false,
  });
}

export function connectBridge(options: BridgeOptions): Bridge {
  const order = eventOrder();
  let socket: BridgeSocket | null = null;
  let probes: ReturnType<typeof setInterval> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let resyncing: ReturnType<typeof setTimeout> | undefined;
  let resyncedAt = Number.NEGATIVE_INFINITY;
  /** Of this connection: kinds of events that this desktop does not know, each resynced for once. */
  const unknown = new Set<string>();
  let listener: BridgeListener | null = null;
  let token: string | null = null;
  let isResumed = false;
  const way = wayBack({ isThere: (signal) => isThere(options, signal), open: () => void socket?.connect() });

  const command: Bridge['command'] = async (name, request) => {
    if (!socket?.connected) return { ok: false, error: { code: 'offline', message: 'There is no connection to the bridge.' } };
    try {
      const ack: Ack<unknown> = await socket.timeout(commandLimitMs).emitWithAck('command', name, request);
      return readAck<CommandAnswer<typeof name>>(name, commands[name].answer, ack);
    } catch {
      return { ok: false, error: { code: 'no_answer', message: `The bridge did not answer ${name} within ${commandLimitMs} ms.` } };
    }
  };

  const upload: Bridge['upload'] = async (name, request, isLast = false) => {
    if (token === null) return { ok: false, error: offline };
    const reply = await post(options, uploads[name].path, request, uploadLimitMs, token, isLast);
    return reply.ok ? readAck<UploadAnswer<typeof name>>(name, uploads[name].answer, reply.value.body) : reply;
  };

  async function resume(): Promise<void> {
    order.awaitSnapshot();
    const asked = socket;
    const outcome = await command('session:resume', { lastSeq: order.lastSeq });
    if (asked !== socket || !asked?.connected) return;
    if (!outcome.ok) {
      if (outcome.error.code === 'unauthorized' || outcome.error.code === 'session_replaced') return finish(outcome.error.code, Date.now());
      clearTimeout(retry);
      retry = setTimeout(() => void resume(), retryRefusedMs);
      return;
    }
    listener?.snapshot(outcome.value);
    const { pushes: later, isComplete } = order.snapshot(outcome.value);
    for (const push of later) listener?.push(push);
    if (!isComplete) return resume();
    isResumed = true;
    listener?.connected();
  }

  function finish(why: Parameters<BridgeListener['ended']>[0], at: number): void {
    const told = listener;
    disconnect();
    told?.ended(why, at);
  }

  function receive(raw: unknown): void {
    const { arrived, refusal } = readPush(raw);
    if (refusal) {
      options.report?.('push:refused', { ...refusal });
      // One of a kind that is not known here says nothing this desktop shows; any other refused one is as good as missing: the snapshot tells the truth.
      if (refusal.why !== 'unknown') resyncSoon();
      else if (!unknown.has(refusal.name) && unknown.size < 100) {
        unknown.add(refusal.name);
        resyncSoon();
      }
    }
    if (!arrived) return;
    if (arrived.name === 'session:replaced') return finish('session_replaced', arrived.payload.at);
    const verdict = order.push(arrived);
    if (verdict === 'handOn' && arrived.name !== null) listener?.push(arrived);
    if (verdict === 'gap' || arrived.name === 'organisation:changed') void resume();
  }

  function resyncSoon(): void {
    if (resyncing !== undefined) return;
    const pause = Math.max(0, resyncedAt + resyncEveryMs - performance.now());
    const resync = () => {
      // Not even resumed: it may have come behind the snapshot that is on its way.
      resyncing = isResumed ? undefined : setTimeout(resync, resyncEveryMs);
      resyncedAt = performance.now();
      if (isResumed) void resume();
    };
    if (pause === 0) resync();
    else resyncing = setTimeout(resync, pause);
  }

  let missedProbes = 0;
  function probe(): void {
    const asked = socket;
    if (!asked?.connected) return;
    const sentAt = performance.now();
    asked.timeout(probeLimitMs).emit('probe', (error, serverTime) => {
      if (asked !== socket) return;
      if (error) {
        missedProbes += 1;
        // A dead line is noticed here within ten seconds; the transport's own heartbeat would take much longer.
        if (missedProbes >= missedProbesBeforeLost) asked.io.engine?.close();
        return;
      }
      missedProbes = 0;
      const roundTripMs = performance.now() - sentAt;
      listener?.probed(roundTripMs, serverTime + roundTripMs / 2 - Date.now());
    });
  }

  /** What there is of a connection is given up, an attempt that hangs and the pause before the next one too. */
  function openAnew(dead: BridgeSocket): void {
    clearTimeout(retry);
    way.stop();
    dead.disconnect();
    dead.connect();
  }

  function connect(bearer: string, to: BridgeListener): void {
    disconnect();
    token = bearer;
    listener = to;
    listener.connecting();
    const opened = (options.openSocket ?? openSocket)(options.url, bearer);
    socket = opened;
    opened.on('connect', () => {
      way.connected();
      missedProbes = 0;
      unknown.clear();
      void resume();
      probe();
    });
    opened.on('push', receive);
    opened.on('disconnect', (reason) => {
      if (opened !== socket) return;
      isResumed = false;
      listener?.lost();
      if (reason === 'io client disconnect') return;
      // A disconnection the server asked for: it drains, or dropped us.
      if (reason === 'io server disconnect') retry = setTimeout(() => way.search(), retryRefusedMs);
      else way.search();
    });
    opened.on('connect_error', (error) => {
      if (opened !== socket) return;
      const code = errorCodeSchema.safeParse('data' in error ? (error.data as { code?: unknown } | undefined)?.code : error.message);
      const why = code.success ? code.data : null;
      if (why === 'unauthorized' || why === 'session_replaced' || why === 'version_mismatch') return finish(why, Date.now());
      listener?.lost();
      way.search();
    });
    opened.connect();
    probes = setInterval(probe, probeEveryMs);
  }

  function disconnect(): void {
    clearInterval(probes);
    clearTimeout(retry);
    clearTimeout(resyncing);
    way.connected();
    resyncing = undefined;
    listener = null;
    token = null;
    isResumed = false;
    const closing = socket;
    socket = null;
    closing?.disconnect();
  }

  return {
    login: (credentials) => login(options, credentials),
    connect,
    command,
    upload,
    sendFile: async (path, file, progressed, signal) =>
      token === null ? { ok: false, error: offline } : sendFile({ url: options.url, bearer: token }, path, file, progressed, signal),
    fetchFile: async (path) =>
      token === null
        ? { ok: false, error: offline }
        : fetchFile({ url: options.url, bearer: token, ...(options.fetch ? { fetch: options.fetch } : {}) }, path),
    resync() {
      if (isResumed) void resume();
    },
    sleep() {
      const resting = socket;
      resting?.disconnect();
      clearTimeout(retry);
      way.stop();
      // Its time stands still while the computer sleeps.
      retry = setTimeout(() => resting === socket && resting?.connect(), stayedAwakeMs);
    },
    wake() {
      const woken = socket;
      if (!woken?.connected) {
        if (woken) openAnew(woken);
        return;
      }
      woken.timeout(wokenWordMs).emit('probe', (error) => {
        if (error && woken === socket && woken.connected) openAnew(woken);
      });
    },
    disconnect,
  };
}

async function login(
  options: BridgeOptions,
  credentials: { username: string; password: string; takeOver: boolean },
): Promise<CommandOutcome<LoginAnswer>> {
  const reply = await post(options, '/api/login', { ...credentials, contractMajor: contractVersion.major }, loginLimitMs);
  if (!reply.ok) return reply;
  const { response, body } = reply.value;
  const answer = loginAnswerSchema.safeParse(body);
  if (response.ok && answer.success) return { ok: true, value: answer.data };
  // Either the bare error or one wrapped as in an `Ack`.
  const refused = wireErrorSchema.safeParse(body && typeof body === 'object' && 'error' in body ? body.error : body);
  if (refused.success) return { ok: false, error: refused.data };
  return {
    ok: false,
    error: { code: response.status === 429 ? 'too_many_requests' : 'internal', message: `The bridge answered ${response.status}.` },
  };
}

/** Whatever is answered, also that it drains, or by another origin that does not let us read it. */
async function isThere(options: BridgeOptions, signal: AbortSignal): Promise<boolean> {
  try {
    await (options.fetch ?? fetch)(`${options.url}/health`, { mode: 'no-cors', cache: 'no-store', credentials: 'omit', signal });
    return true;
  } catch {
    return false;
  }
}

const offline: Refusal = { code: 'offline', message: 'The bridge cannot be reached.' };

/** POSTs JSON; what came back, whatever its status. */
async function post(
  options: BridgeOptions,
  path: string,
  content: unknown,
  limitMs: number,
  bearer?: string,
  isLast = false,
): Promise<CommandOutcome<{ readonly response: Response; readonly body: unknown }>> {
  try {
    const body = JSON.stringify(content);
    const keepalive = isLast && new TextEncoder().encode(body).length < maxKeptAliveBytes;
    const response = await (options.fetch ?? fetch)(`${options.url}${path}`, {
      method: 'POST',
      ...(keepalive ? { keepalive } : {}),
      headers: { 'content-type': 'application/json', ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) },
      body,
      signal: AbortSignal.timeout(limitMs),
    });
    const answer: unknown = await response.json().catch(() => null);
    return { ok: true, value: { response, body: answer } };
  } catch (error) {
    const isLate = error instanceof DOMException && error.name === 'TimeoutError';
    return { ok: false, error: isLate ? { code: 'no_answer', message: 'The bridge did not answer.' } : offline };
  }
}

const ackSchema = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: wireErrorSchema }),
]);

function readAck<Value>(name: string, answer: z.ZodMiniType, raw: unknown): CommandOutcome<Value> {
  const ack = ackSchema.safeParse(raw);
  if (!ack.success) return { ok: false, error: { code: 'internal', message: `The answer to ${name} cannot be read.` } };
  if (!ack.data.ok) return { ok: false, error: ack.data.error };
  const value = answer.safeParse(ack.data.value);
  if (!value.success)
    return { ok: false, error: { code: 'internal', message: `The answer to ${name} does not fit: ${z.prettifyError(value.error)}` } };
  return { ok: true, value: value.data as Value };
}

const envelopeSchema = z.object({ seq: z.int().check(z.minimum(1)), name: z.string(), payload: z.unknown() });

interface Refused {
  readonly name: string;
  readonly why: 'unknown' | 'malformed' | 'no envelope';
  /** Which field does not fit; never what stood in it. */
  readonly field?: string;
}

/** `arrived` is null when not even its number can be read. */
function readPush(raw: unknown): { readonly arrived: Arrived | null; readonly refusal: Refused | null } {
  const envelope = envelopeSchema.safeParse(raw);
  if (!envelope.success) return { arrived: null, refusal: { name: '', why: 'no envelope' } };
  const { seq } = envelope.data;
  const refused: Arrived = { seq, name: null };
  // A name is written by the other side: only what a name may look like goes into a log.
  if (!Object.hasOwn(pushes, envelope.data.name))
    return { arrived: refused, refusal: { name: envelope.data.name.replace(/[^\w:-]/g, '?').slice(0, 60), why: 'unknown' } };
  const name = envelope.data.name as Push['name'];
  const payload = pushes[name].safeParse(envelope.data.payload);
  if (payload.success) return { arrived: { seq, name, payload: payload.data } as Push, refusal: null };
  const field = (payload.error.issues[0]?.path ?? []).map(String).join('.');
  return { arrived: refused, refusal: { name, why: 'malformed', field } };
}
