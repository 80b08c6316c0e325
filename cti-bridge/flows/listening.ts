import type { WireError } from '../../shared/contracts/errors.ts';
import type { CustomerScope } from '../crm/index.ts';
import type { RecordingFiles, RecordingRepository } from '../interactions/index.ts';
import { err, type Log, ok } from '../kernel/index.ts';
import type { Asker, Listening } from './ports.ts';

const noSuchRecording: WireError = { code: 'not_found', message: 'There is no such recording, or it is not among those you may hear.' };

/** Recordings, to those who may hear them: of the customers whom they see. Who listened to what is in the log. */
export function createListening(parts: {
  readonly recordings: Pick<RecordingRepository, 'find'>;
  readonly files: Pick<RecordingFiles, 'open'>;
  readonly scopeOf: (asker: Asker) => CustomerScope;
  readonly log: Log;
}): Listening {
  const { recordings, files, scopeOf, log } = parts;
  return {
    async open(asker, recordingId) {
      if (!asker.may('recording:listen')) return err(noSuchRecording);
      const found = await recordings.find(recordingId, scopeOf(asker));
      const file = found && (await files.open(found.recordingId));
      if (!file) return err(noSuchRecording);
      log.info('recording:opened', { recordingId, userId: asker.userId });
      return ok(file);
    },
  };
}
