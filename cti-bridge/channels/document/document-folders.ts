import type { DocumentSourceConfiguration } from '../../../shared/contracts/messages/settings.ts';
import type { Arrivals, LineState, MessageLines } from '../../interactions/index.ts';
import { type Clock, type Disposable, Emitter, type Log } from '../../kernel/index.ts';
import { FolderWatch } from './folder-watch.ts';

export interface DocumentFoldersParts {
  readonly arrivals: Pick<Arrivals, 'keep'>;
  readonly clock: Clock;
  readonly log: Log;
  /** A larger file is left where it lies. */
  readonly maxBytes: number;
}

interface Watched {
  readonly folder: string;
  stop(): Promise<void>;
}

/** The watched folders as the administrator set them up: each by itself, and one that cannot be looked into holds up no other. */
export class DocumentFolders implements MessageLines {
  readonly #parts: DocumentFoldersParts;
  readonly #watched = new Map<string, Watched>();
  readonly #states = new Map<string, LineState>();
  readonly #changed = new Emitter<{ changed: LineState }>();

  constructor(parts: DocumentFoldersParts) {
    this.#parts = parts;
  }

  /** All of them, in place of what was configured before; those whose folder is as before go on undisturbed. */
  configure(sources: readonly DocumentSourceConfiguration[]): void {
    const wanted = new Map(sources.flatMap(({ id, folder }) => (folder === null ? [] : [[id, folder] as const])));
    for (const [id, { stop }] of this.#watched) {
      if (wanted.has(id)) continue;
      this.#watched.delete(id);
      this.#states.delete(id);
      void stop();
    }
    for (const [id, folder] of wanted) {
      const before = this.#watched.get(id);
      if (before?.folder !== folder) this.#watched.set(id, this.#watch(id, folder, before));
    }
  }

  states(): readonly LineState[] {
    return [...this.#states.values()];
  }

  onChanged(listener: (state: LineState) => void): Disposable {
    return this.#changed.on('changed', listener);
  }

  async stop(): Promise<void> {
    const all = [...this.#watched.values()];
    this.#watched.clear();
    await Promise.all(all.map(({ stop }) => stop()));
  }

  /** Begins when the one before it has ended: what that one is taking is not taken twice. */
  #watch(sourceId: string, folder: string, before: Watched | undefined): Watched {
    const { arrivals, clock, log, maxBytes } = this.#parts;
    const watch = new FolderWatch({
      ...{ sourceId, folder, arrivals, clock, log, maxBytes },
      report: (why) => {
        if (this.#watched.get(sourceId) === watched) this.#tell(sourceId, why === null ? 'up' : 'down', why);
      },
    });
    this.#tell(sourceId, 'connecting', null);
    let isStopped = false;
    const started = (before?.stop() ?? Promise.resolve()).then(() => {
      if (!isStopped) watch.start();
    });
    const watched: Watched = {
      folder,
      async stop() {
        isStopped = true;
        await started;
        await watch.stop();
      },
    };
    return watched;
  }

  #tell(sourceId: string, state: LineState['state'], why: string | null): void {
    const before = this.#states.get(sourceId);
    if (before?.state === state && before.why === why) return;
    const now: LineState = { sourceId, state, why, since: before?.state === state ? before.since : this.#parts.clock.now() };
    this.#states.set(sourceId, now);
    if (state === 'down') this.#parts.log.warn('document:folderDown', { sourceId, why });
    this.#changed.emit('changed', now);
  }
}
