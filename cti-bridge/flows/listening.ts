import type { WireError } from '../../shared/contracts/errors.ts';
import { recordingLinkPath } from '../../shared/contracts/recording.ts';
import { minutes } from '../../shared/duration.ts';
import type { AgentId } from '../../shared/ids.ts';
import type { CustomerScope, CustomerStore } from '../crm/index.ts';
import type { RecordingFiles, RecordingRepository, StoredRecording } from '../interactions/index.ts';
import { type Clock, err, type IdSource, type Log, ok } from '../kernel/index.ts';
import type { Asker, CustomerCommands, Listening } from './ports.ts';

const noSuchRecording: WireError = { code: 'not_found', message: 'There is no such recording, or it is not among those you may hear.' };
const tooManyLinks: WireError = {
  code: 'too_many_requests',
  message: 'Too many recordings are open at the moment. Try again in a minute.',
};
const notWritten: WireError = { code: 'storage_unavailable', message: 'Who listens is written down first, and that failed. Try again.' };

/** A link lives as long as its recording and this; one that is asked for again within this time was heard once. */
const linkKeptMs = minutes(10);
const mostLinks = 1_000;

/**
 * Recordings, to those who may hear them: of the customers whom they see, of nobody known where they see the agent who had them; and a
 * message to whoever has it in hand. Who listened to what is in the audit of the records before the first byte leaves.
 */
export function createListening(parts: {
  readonly recordings: Pick<RecordingRepository, 'find'>;
  readonly files: Pick<RecordingFiles, 'open'>;
  readonly audit: Pick<CustomerStore['privacy'], 'audit'>;
  readonly scopeOf: (asker: Asker) => CustomerScope;
  readonly seesAgent: (asker: Asker, agentId: AgentId) => boolean;
  /** Whether that contact is this agent's to work on now. */
  readonly hasInHand: (agentId: AgentId, interactionId: string) => boolean;
  /** A secret that nobody guesses. */
  readonly newToken: () => string;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
}): Listening & Pick<CustomerCommands, 'recording:open'> {
  const { recordings, files, audit, scopeOf, seesAgent, hasInHand, newToken, clock, ids, log } = parts;
  const links = new Map<string, { readonly recordingId: string; readonly until: number }>();
  /** Until when who hears what is the same listening. */
  const heard = new Map<string, number>();

  async function find(asker: Asker, recordingId: string): Promise<StoredRecording | null> {
    const found = await recordings.find(recordingId, scopeOf(asker));
    if (!found) return null;
    const { recording, customer } = found;
    const { agentId, interactionId } = recording;
    if (agentId === null && asker.agentId !== null && hasInHand(asker.agentId, interactionId)) return recording;
    if (!asker.may('recording:listen') || customer === 'unseen') return null;
    if (customer === 'unknown' && agentId !== null && !seesAgent(asker, agentId)) return null;
    return recording;
  }

  /** Once for all ranges that a player asks for. */
  async function writeDown(asker: Asker, { recordingId, interactionId, durationMs }: StoredRecording): Promise<boolean> {
    const now = clock.now();
    for (const [key, until] of heard) if (until <= now) heard.delete(key);
    const key = `${asker.userId} ${recordingId}`;
    if (heard.has(key)) return true;
    const author = { userId: asker.userId, name: asker.name, source: 'screen' } as const;
    const entry = {
      entryId: ids.next<string>(),
      author,
      at: now,
      kind: 'listening',
      subjectId: recordingId,
      counts: { recording: 1 },
    } as const;
    try {
      await audit.audit(entry);
    } catch (error) {
      log.error('recording:listeningNotWritten', { recordingId, error: String(error) });
      return false;
    }
    heard.set(key, now + linkKeptMs + (durationMs ?? 0));
    log.info('recording:opened', { recordingId, interactionId, userId: asker.userId });
    return true;
  }

  return {
    async open(asker, recordingId) {
      const recording = await find(asker, recordingId);
      const file = recording && (await files.open(recordingId));
      if (!file) return err(noSuchRecording);
      return (await writeDown(asker, recording)) ? ok(file) : err(notWritten);
    },

    async openLink(token) {
      const link = links.get(token);
      const file = link && link.until > clock.now() ? await files.open(link.recordingId) : null;
      return file ? ok(file) : err(noSuchRecording);
    },

    async 'recording:open'(asker, { recordingId }) {
      const now = clock.now();
      for (const [token, { until }] of links) if (until <= now) links.delete(token);
      const recording = await find(asker, recordingId);
      if (!recording || !(await files.open(recordingId))) return err(noSuchRecording);
      if (links.size >= mostLinks) return err(tooManyLinks);
      if (!(await writeDown(asker, recording))) return err(notWritten);
      const token = newToken();
      links.set(token, { recordingId, until: now + linkKeptMs + (recording.durationMs ?? 0) });
      return ok({ path: `${recordingLinkPath}${token}` });
    },
  };
}
