import type { WireError } from '../../shared/contracts/errors.ts';
import type { AgentId } from '../../shared/ids.ts';
import type { CustomerScope } from '../crm/index.ts';
import type { RecordingFiles, RecordingRepository } from '../interactions/index.ts';
import { err, type Log, ok } from '../kernel/index.ts';
import type { Asker, Listening } from './ports.ts';

const noSuchRecording: WireError = { code: 'not_found', message: 'There is no such recording, or it is not among those you may hear.' };

/**
 * Recordings, to those who may hear them: of the customers whom they see, and of nobody known where they see the agent who had them. Who
 * listened to what is in the log.
 */
export function createListening(parts: {
  readonly recordings: Pick<RecordingRepository, 'find'>;
  readonly files: Pick<RecordingFiles, 'open'>;
  readonly scopeOf: (asker: Asker) => CustomerScope;
  readonly seesAgent: (asker: Asker, agentId: AgentId) => boolean;
  readonly log: Log;
}): Listening {
  const { recordings, files, scopeOf, seesAgent, log } = parts;
  return {
    async open(asker, recordingId) {
      if (!asker.may('recording:listen')) return err(noSuchRecording);
      const found = await recordings.find(recordingId, scopeOf(asker));
      if (!found || found.customer === 'unseen') return err(noSuchRecording);
      if (found.customer === 'unknown' && !seesAgent(asker, found.recording.agentId)) return err(noSuchRecording);
      const file = await files.open(recordingId);
      if (!file) return err(noSuchRecording);
      log.info('recording:opened', { recordingId, userId: asker.userId });
      return ok(file);
    },
  };
}
