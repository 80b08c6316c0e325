import type { Simulated, TranscriptLine } from '../../../../shared/contracts/ivr/commands.ts';
import type { CallerStep, FlowTest, Pretended } from '../../../../shared/contracts/ivr/flow.ts';

/** A run as it is read: node by node, what was heard and done there, and by which exit it was left. */
export interface NodeVisit {
  readonly nodeId: string;
  /** Another flow that the run went on in; null: the one that is tried. */
  readonly flowId: string | null;
  readonly atMs: number;
  readonly lines: readonly (TranscriptLine & { readonly what: 'heard' | 'pressed' | 'silent' | 'looksUp' | 'fault' })[];
  /** Null: the run ended here, or stands here. */
  readonly exit: string | null;
}

export function conversationOf(lines: readonly TranscriptLine[]): readonly NodeVisit[] {
  const visits: { -readonly [Key in keyof NodeVisit]: NodeVisit[Key] }[] = [];
  for (const line of lines) {
    const { what, nodeId, atMs } = line;
    if (what === 'end') continue;
    if (what === 'left') {
      // A node that went on in another flow is left when that one has come back.
      const left = visits.findLast((visit) => visit.nodeId === nodeId && visit.exit === null);
      if (left) left.exit = line.exit;
      continue;
    }
    let visit = visits.at(-1);
    if (what === 'entered' || visit === undefined) {
      visit = { nodeId, flowId: what === 'entered' && line.text !== '' ? line.text : null, atMs, lines: [], exit: null };
      visits.push(visit);
    }
    if (what === 'entered') continue;
    const last = visit.lines.at(-1);
    // Keys that follow one another are read as what they are: a number.
    if (what === 'pressed' && last?.what === 'pressed')
      visit.lines = [...visit.lines.slice(0, -1), { ...last, text: last.text + line.text }];
    else visit.lines = [...visit.lines, { ...line, what }];
  }
  return visits;
}

/** The node of the flow that is tried at which its run stands; while it is in another flow, the one that led there. Null: it is over. */
export function standsAt(run: Pick<Simulated, 'lines' | 'at'> | null): string | null {
  if (!run?.at) return null;
  const own = run.lines.findLast(({ what }) => what === 'entered');
  if (!own || own.text === '') return run.at.nodeId;
  return run.lines.findLast(({ what, text }) => what === 'entered' && text === '')?.nodeId ?? null;
}

/** How long the run has taken so far on its own clock. */
export function lengthMs(lines: readonly TranscriptLine[]): number {
  return Math.max(0, ...lines.map(({ atMs }) => atMs));
}

/** What the caller did, and where the run stood then. */
export interface TriedStep {
  readonly step: CallerStep;
  readonly nodeId: string | null;
}

const longestKeys = 40;

/** Digits for the same node are one step: a number is typed as a whole. */
export function withKey(steps: readonly TriedStep[], key: string, at: Simulated['at']): readonly TriedStep[] {
  const last = steps.at(-1);
  const nodeId = at?.nodeId ?? null;
  const isOneMore = at?.waitsFor === 'digits' && last !== undefined && last.nodeId === nodeId && 'keys' in last.step;
  if (isOneMore && 'keys' in last.step && last.step.keys.length < longestKeys) {
    return [...steps.slice(0, -1), { step: { keys: last.step.keys + key }, nodeId }];
  }
  return [...steps, { step: { keys: key }, nodeId }];
}

/** What can be kept as a test: it ended, and not by a fault. */
export function canBeKept(run: Simulated | null): boolean {
  return run?.end !== null && run?.end !== undefined && run.end.kind !== 'fault';
}

/** A test that expects what came out of this run. Null where nothing did that could be expected. */
export function testOf(name: string, given: Pretended, steps: readonly CallerStep[], run: Simulated): FlowTest | null {
  const { end } = run;
  if (end === null || end.kind === 'fault') return null;
  const expect: FlowTest['expect'] = {
    end: end.kind,
    ...(end.queueId === null ? {} : { queueId: end.queueId }),
    ...(end.priority === null ? {} : { priority: end.priority }),
    ...(end.skills === null ? {} : { skills: end.skills }),
    locale: run.locale,
  };
  return { name: name.trim(), given, steps: [...steps], expect };
}
