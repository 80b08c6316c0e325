/**
 * The media worker's program: a child process that moves the packets of many calls, so that signalling never waits for sound and a fault here
 * ends these calls only. It lives as long as its channel to the signalling process.
 */
import { constants, setPriority } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { MediaError } from './api.ts';
import { prepareWebRtc } from './webrtc/webrtc-transport.ts';
import { MediaRoom } from './worker/media-room.ts';
import { isOrder, type Order, type Report } from './worker/messages.ts';
import { OverloadJudge, type OverloadLimits } from './worker/overload.ts';

/** So many unknown exceptions in a minute and the worker is not to be trusted: it ends, and is started anew. */
const faultsPerMinute = 10;

/** How often it is looked at whether there is too much to do. */
const lookEveryMs = 1_000;

const loopDelay = monitorEventLoopDelay({ resolution: 10 });
loopDelay.enable();
let room: MediaRoom | undefined;
let faults: number[] = [];

function report(message: Report): void {
  if (process.connected) process.send?.(message);
}

async function perform(order: Extract<Order, { requestId: number }>): Promise<void> {
  const { requestId } = order;
  try {
    if (!room) throw new MediaError('unknownLeg', 'not configured');
    const outcome = order.order === 'stats' ? { stats: takeStats(room) } : await room.perform(order);
    report({ report: 'done', requestId, outcome });
  } catch (error) {
    const code = error instanceof MediaError ? error.code : 'badSdp';
    report({ report: 'failed', requestId, code, message: error instanceof Error ? error.message : String(error) });
    if (!(error instanceof MediaError)) reportFault(error);
  }
}

function takeStats({ sessions }: MediaRoom): { sessions: number; residentBytes: number; eventLoopP99Ms: number } {
  // The histogram measures the time between two timers of its resolution.
  const eventLoopP99Ms = Math.max(0, loopDelay.percentile(99) / 1e6 - 10);
  loopDelay.reset();
  return { sessions, residentBytes: process.memoryUsage.rss(), eventLoopP99Ms };
}

/** Tells when there is too much to do, and when there is not any more. By a histogram of its own: the other one is emptied by whoever asks. */
function watchLoad(limits: OverloadLimits): void {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const judge = new OverloadJudge(limits, lookEveryMs);
  setInterval(() => {
    const p99Ms = Math.max(0, delay.percentile(99) / 1e6 - 10);
    delay.reset();
    if (judge.observe(p99Ms)) report({ report: 'load', isOverloaded: judge.isOverloaded, eventLoopP99Ms: p99Ms });
  }, lookEveryMs).unref();
}

function reportFault(error: unknown): void {
  const now = performance.now();
  faults = [...faults.filter((at) => now - at < 60_000), now];
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  report({ report: 'log', level: 'error', event: 'media:fault', fields: { why } });
  if (faults.length > faultsPerMinute) process.exit(1);
}

/** Sound suffers from waiting more than anything else on the machine. Needs a right that a plain user lacks; then it stays as it is. */
function takePriority(): void {
  try {
    setPriority(constants.priority.PRIORITY_ABOVE_NORMAL);
  } catch (error) {
    report({
      report: 'log',
      level: 'info',
      event: 'media:normal-priority',
      fields: { why: error instanceof Error ? error.message : String(error) },
    });
  }
}

process.on('message', (message) => {
  if (!isOrder(message)) return report({ report: 'log', level: 'error', event: 'media:unknown-order', fields: {} });
  if (message.order === 'configure') {
    takePriority();
    watchLoad(message.config.overload);
    room = new MediaRoom(message.config, report);
    prepareWebRtc().then(() => report({ report: 'ready' }), reportFault);
  } else if ('requestId' in message) void perform(message);
  else room?.follow(message);
});
process.on('uncaughtException', reportFault);
process.on('unhandledRejection', reportFault);
process.on('disconnect', () => {
  const exit = () => process.exit(0);
  // A disk that stands still must not keep us.
  setTimeout(exit, 1_000);
  if (room) room.closeRecordings().then(exit, exit);
  else exit();
});
// Ctrl-C reaches every process of the terminal; the signalling process decides when we end.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
