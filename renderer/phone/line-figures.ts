import type { LineFigures } from '../stores/index.ts';

/** What of the browser's statistics (W3C webrtc-stats) is looked at, by the type of its reports. */
export interface LineReport {
  readonly type: string;
  readonly id?: string;
  readonly kind?: string;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly jitter?: number;
  readonly fractionLost?: number;
  readonly totalAudioEnergy?: number;
  readonly totalSamplesDuration?: number;
  readonly nominated?: boolean;
  readonly state?: string;
  readonly currentRoundTripTime?: number;
  readonly localCandidateId?: string;
  readonly networkType?: string;
}

/** Sums since the call began, of which two make a figure. */
export interface LineSums {
  readonly received: number;
  readonly lost: number;
  readonly energy: number;
  readonly spokenSeconds: number;
  readonly silentForMs: number;
}

export const noSums: LineSums = { received: 0, lost: 0, energy: 0, spokenSeconds: 0, silentForMs: 0 };

/** Below the smallest step of a sample: a room with a microphone in it is louder. */
const deadDb = -95;
const networks: Readonly<Record<string, LineFigures['network']>> = { wifi: 'wifi', ethernet: 'cable', cellular: 'mobile' };

/** Figures of the time since `before`. `isOpen`: what the microphone hears goes into the call. */
export function lineFigures(
  reports: Iterable<LineReport>,
  before: LineSums,
  isOpen: boolean,
): { readonly figures: LineFigures; readonly sums: LineSums } {
  const all = [...reports];
  const of = (type: string) => all.find((each) => each.type === type && (each.kind ?? 'audio') === 'audio');
  const inbound = of('inbound-rtp');
  const source = of('media-source');
  const pair = all.find((each) => each.type === 'candidate-pair' && (each.nominated ?? each.state === 'succeeded'));
  const local = all.find(({ id, type }) => type === 'local-candidate' && id === pair?.localCandidateId);

  const received = inbound?.packetsReceived ?? 0;
  const lost = inbound?.packetsLost ?? 0;
  const energy = source?.totalAudioEnergy ?? 0;
  const spokenSeconds = source?.totalSamplesDuration ?? 0;
  // Another microphone counts anew.
  const isSame = spokenSeconds >= before.spokenSeconds && energy >= before.energy;
  const seconds = spokenSeconds - (isSame ? before.spokenSeconds : 0);
  const power = seconds > 0 ? (energy - (isSame ? before.energy : 0)) / seconds : null;
  const spokenDb = isOpen && power !== null ? 10 * Math.log10(Math.max(power, 1e-12)) : null;
  const silentForMs = spokenDb !== null && spokenDb <= deadDb ? before.silentForMs + seconds * 1_000 : 0;

  const came = received - before.received;
  const went = Math.max(0, lost - before.lost);
  const reported = of('remote-inbound-rtp')?.fractionLost;
  const roundTrip = pair?.currentRoundTripTime;
  return {
    figures: {
      lostInPercent: came + went > 0 ? (went / (came + went)) * 100 : null,
      lostOutPercent: reported === undefined ? null : reported * 100,
      jitterMs: inbound?.jitter === undefined ? null : inbound.jitter * 1_000,
      roundTripMs: roundTrip === undefined ? null : roundTrip * 1_000,
      spokenDb,
      silentForMs,
      network: networks[local?.networkType ?? ''] ?? 'unknown',
    },
    sums: { received, lost, energy, spokenSeconds, silentForMs },
  };
}

const measureEveryMs = 2_000;

/** Measures the own leg of a call until it is over. */
export function measureLine(
  connection: RTCPeerConnection,
  isOpen: () => boolean,
  over: AbortSignal,
  told: (figures: LineFigures) => void,
): void {
  let sums = noSums;
  const measure = async () => {
    const reports = await connection.getStats().catch(() => null);
    if (!reports || over.aborted) return;
    const measured = lineFigures(reports.values(), sums, isOpen());
    ({ sums } = measured);
    told(measured.figures);
  };
  const measuring = setInterval(() => void measure(), measureEveryMs);
  over.addEventListener('abort', () => clearInterval(measuring));
}
