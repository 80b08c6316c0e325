import type { InteractionRepository } from '../../../../cti-bridge/crm/index.ts';
import type { ConversationRepository, MessageFiles } from '../../../../cti-bridge/interactions/index.ts';
import type { StoreAccess } from '../../../../cti-bridge/store/access.ts';
import { openForWriting } from '../../../../cti-bridge/store/database.ts';
import { createMessageStore } from '../../../../cti-bridge/store/message-store.ts';
import { migrate } from '../../../../cti-bridge/store/migrations/index.ts';
import { readOperations } from '../../../../cti-bridge/store/repositories/read-operations.ts';
import { writeOperations } from '../../../../cti-bridge/store/repositories/write-operations.ts';
import type { ReadHandle } from '../../../../cti-bridge/store/schema.ts';
import { createSurveyStore } from '../../../../cti-bridge/store/survey-store.ts';

type Operations = Record<string, (...given: unknown[]) => Promise<unknown>>;

/** What outlives every life: the database with its real statements, in memory, and the files by kind and id. */
export async function openLasting() {
  const { sqlite, db } = openForWriting(':memory:');
  await migrate(db);
  const reads = db as unknown as ReadHandle;
  const read = ((name: string, ...given: unknown[]) =>
    (readOperations as unknown as Operations)[name]?.(reads, ...given)) as StoreAccess['read'];
  // All of it or nothing, as the writer's unit of work.
  const write = ((name: string, ...given: unknown[]) =>
    db
      .transaction()
      .execute((unit) => (writeOperations as unknown as Operations)[name]?.(unit, ...given) as Promise<unknown>)) as StoreAccess['write'];
  const conversations: ConversationRepository = createMessageStore({ read, browse: read, write });
  const surveys = createSurveyStore({ read, browse: read, write });
  const interactions: InteractionRepository = {
    recordCaller: (interactionId, caller) => write('recordCaller', interactionId, caller),
    saveDraft: (interactionId, agentId, text, revision, at) => write('saveDraft', interactionId, agentId, text, revision, at),
    readDraft: (interactionId) => read('readDraft', interactionId),
    complete: (closing) => write('complete', closing),
    readOpen: () => read('readOpen'),
  };
  const bytes = new Map<string, Uint8Array>();
  const keyOf = (kind: string, id: string) => `${kind}/${id}`;
  let folders = 0;
  const files: MessageFiles = {
    async write(kind, id, content) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of content) chunks.push(chunk);
      const whole = Buffer.concat(chunks);
      bytes.set(keyOf(kind, id), whole);
      return { bytes: whole.length, digest: whole.toString('base64'), head: whole };
    },
    async open(kind, id) {
      const content = bytes.get(keyOf(kind, id));
      return content ? { bytes: content.length, content: streamOf(content) } : null;
    },
    path: keyOf,
    async adopt(id, path) {
      const content = bytes.get(path) ?? new Uint8Array();
      bytes.delete(path);
      bytes.set(keyOf('files', id), content);
      return { bytes: content.length, digest: Buffer.from(content).toString('base64') };
    },
    async workFolder() {
      const folder = `work/${++folders}`;
      return {
        folder,
        done: async () => {
          for (const path of bytes.keys()) if (path.startsWith(`${folder}/`)) bytes.delete(path);
        },
      };
    },
    async remove(kind, id) {
      bytes.delete(keyOf(kind, id));
    },
  };
  /** Files of no row; with `remove` as the start of a store does. */
  async function loose(remove: boolean): Promise<readonly string[]> {
    const ids = (kind: string) => [...bytes.keys()].flatMap((path) => (path.startsWith(`${kind}/`) ? path.slice(kind.length + 1) : []));
    const known = new Set([
      ...(await readOperations.knownArrivals(reads, ids('arrivals'))).map((id) => `arrivals/${id}`),
      ...(await readOperations.knownMessageFiles(reads, ids('files'))).map((id) => `files/${id}`),
    ]);
    const unknown = [...bytes.keys()].filter((path) => !known.has(path));
    if (remove) for (const path of unknown) bytes.delete(path);
    return unknown;
  }
  return {
    access: { read, browse: read, write },
    conversations,
    surveys,
    interactions,
    files,
    bytes,
    loose,
    appendEvents: (events: Parameters<typeof writeOperations.appendEvents>[1]) => write('appendEvents', events),
    rows: <Row>(query: string) => sqlite.prepare(query).all() as Row[],
    close: () => void sqlite.close(),
  };
}

export type Lasting = Awaited<ReturnType<typeof openLasting>>;

export async function* streamOf(content: Uint8Array): AsyncIterable<Uint8Array> {
  yield content;
}
