import type { Codecs, MediaConfig, MediaError, RecordingOutcome, RecordingRequest, SoundSource, SrtpUse } from '../api.ts';
import type { LegNotice } from '../session/leg-notice.ts';
import type { OverloadLimits } from './overload.ts';

/**
 * What the signalling process and a media worker say to each other. Orders go down; replies (to orders with a `requestId`) and notices come
 * up. The channel keeps the order of messages, so a reply always comes before notices of what follows.
 */
export type Order =
  | { readonly order: 'configure'; readonly config: WorkerConfig }
  | {
      readonly order: 'answerRtp';
      readonly requestId: number;
      readonly sessionId: string;
      readonly legId: string;
      readonly sdp: string;
      readonly srtp: SrtpUse;
      readonly codecs: Codecs;
    }
  | {
      readonly order: 'offerRtp';
      readonly requestId: number;
      readonly sessionId: string;
      readonly legId: string;
      readonly srtp: SrtpUse;
      readonly codecs: Codecs;
      readonly key?: string;
    }
  | { readonly order: 'offerWebRtc'; readonly requestId: number; readonly sessionId: string; readonly legId: string }
  | { readonly order: 'acceptAnswer'; readonly requestId: number; readonly sessionId: string; readonly legId: string; readonly sdp: string }
  | {
      readonly order: 'offerAgain';
      readonly requestId: number;
      readonly sessionId: string;
      readonly legId: string;
      readonly codecs: Codecs;
    }
  | { readonly order: 'renegotiate'; readonly requestId: number; readonly sessionId: string; readonly legId: string; readonly sdp: string }
  | { readonly order: 'play'; readonly sessionId: string; readonly legId: string; readonly playId: string; readonly source: SoundSource }
  | { readonly order: 'stop'; readonly sessionId: string; readonly legId: string }
  | { readonly order: 'join' | 'part'; readonly sessionId: string; readonly legId: string; readonly otherLegId: string }
  | {
      readonly order: 'hear';
      readonly sessionId: string;
      readonly legId: string;
      readonly otherLegId: string;
      readonly hears: boolean;
    }
  | { readonly order: 'maskDigits'; readonly sessionId: string; readonly legId: string; readonly isMasked: boolean }
  | {
      readonly order: 'startRecording';
      readonly requestId: number;
      readonly sessionId: string;
      readonly recordingId: string;
      readonly request: RecordingRequest;
    }
  | { readonly order: 'pauseRecording'; readonly sessionId: string; readonly recordingId: string }
  | { readonly order: 'resumeRecording'; readonly sessionId: string; readonly recordingId: string }
  | { readonly order: 'stopRecording'; readonly requestId: number; readonly sessionId: string; readonly recordingId: string }
  | { readonly order: 'sendDigit'; readonly sessionId: string; readonly legId: string; readonly digit: string; readonly durationMs: number }
  | { readonly order: 'closeLeg'; readonly sessionId: string; readonly legId: string }
  | { readonly order: 'end'; readonly requestId: number; readonly sessionId: string }
  | { readonly order: 'stats' | 'isAlive'; readonly requestId: number };

export type WorkerConfig = Pick<MediaConfig, 'host' | 'advertisedHost' | 'portRange' | 'rtpTimeoutMs'> & {
  readonly overload: OverloadLimits;
};

export interface WorkerStats {
  readonly sessions: number;
  readonly residentBytes: number;
  readonly eventLoopP99Ms: number;
}

/** What an order with a `requestId` brings back. */
export interface Outcome {
  readonly sdp?: string;
  readonly isHeld?: boolean;
  readonly stats?: WorkerStats;
  readonly recorded?: RecordingOutcome;
}

export type Report =
  | { readonly report: 'ready' }
  | { readonly report: 'done'; readonly requestId: number; readonly outcome: Outcome }
  | { readonly report: 'failed'; readonly requestId: number; readonly code: MediaError['code']; readonly message: string }
  /** A fault ended the session; the worker goes on. */
  | { readonly report: 'gone'; readonly sessionId: string }
  | { readonly report: 'load'; readonly isOverloaded: boolean; readonly eventLoopP99Ms: number }
  | { readonly report: 'notice'; readonly sessionId: string; readonly notice: LegNotice }
  | {
      readonly report: 'log';
      readonly level: 'info' | 'warn' | 'error';
      readonly event: string;
      readonly fields: Readonly<Record<string, unknown>>;
    };

type Shape = Readonly<Record<string, 'string' | 'number' | 'boolean' | 'object'>>;

const leg: Shape = { sessionId: 'string', legId: 'string' };
const request: Shape = { requestId: 'number' };
const recording: Shape = { sessionId: 'string', recordingId: 'string' };

const orders: Readonly<Record<Order['order'], Shape>> = {
  configure: { config: 'object' },
  answerRtp: { ...request, ...leg, sdp: 'string', srtp: 'string', codecs: 'string' },
  offerRtp: { ...request, ...leg, srtp: 'string', codecs: 'string' },
  offerWebRtc: { ...request, ...leg },
  acceptAnswer: { ...request, ...leg, sdp: 'string' },
  offerAgain: { ...request, ...leg, codecs: 'string' },
  renegotiate: { ...request, ...leg, sdp: 'string' },
  play: { ...leg, playId: 'string', source: 'object' },
  stop: leg,
  join: { ...leg, otherLegId: 'string' },
  part: { ...leg, otherLegId: 'string' },
  hear: { ...leg, otherLegId: 'string', hears: 'boolean' },
  maskDigits: { ...leg, isMasked: 'boolean' },
  startRecording: { ...request, ...recording, request: 'object' },
  pauseRecording: recording,
  resumeRecording: recording,
  stopRecording: { ...request, ...recording },
  sendDigit: { ...leg, digit: 'string', durationMs: 'number' },
  closeLeg: leg,
  end: { ...request, sessionId: 'string' },
  stats: request,
  isAlive: request,
};

const reports: Readonly<Record<Report['report'], Shape>> = {
  ready: {},
  done: { ...request, outcome: 'object' },
  failed: { ...request, code: 'string', message: 'string' },
  notice: { sessionId: 'string', notice: 'object' },
  gone: { sessionId: 'string' },
  load: { isOverloaded: 'boolean', eventLoopP99Ms: 'number' },
  log: { level: 'string', event: 'string', fields: 'object' },
};

export function isOrder(message: unknown): message is Order {
  return fits(message, 'order', orders);
}

export function isReport(message: unknown): message is Report {
  return fits(message, 'report', reports);
}

/** Names and kinds of fields: both ends are ours, so this catches a mixed-up version or a foreign message, not malice. */
function fits(message: unknown, tag: string, shapes: Readonly<Record<string, Shape>>): boolean {
  if (typeof message !== 'object' || message === null) return false;
  const fields = new Map<string, unknown>(Object.entries(message));
  const name = fields.get(tag);
  const shape = typeof name === 'string' && Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  return (
    shape !== undefined && Object.entries(shape).every(([field, kind]) => typeof fields.get(field) === kind && fields.get(field) !== null)
  );
}
