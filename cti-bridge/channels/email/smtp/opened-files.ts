import { Readable } from 'node:stream';
import type { OutgoingFile } from '../../../interactions/index.ts';
import { type Clock, withTimeLimit } from '../../../kernel/index.ts';

export interface OpenedFile {
  readonly file: OutgoingFile;
  readonly content: Readable;
}

/**
 * Opens files and reads the beginning of each, before a server is told anything: a file that is gone is found while nothing of the mail has
 * left. Rejects when one cannot be read; then none stays open.
 */
export async function openFiles(
  files: readonly OutgoingFile[],
  clock: Clock,
  limitMs: number,
): Promise<{ readonly opened: readonly OpenedFile[]; close(): void }> {
  const opened: OpenedFile[] = [];
  const close = () => {
    for (const { content } of opened) content.destroy();
  };
  try {
    for (const file of files) {
      const chunks = file.open()[Symbol.asyncIterator]();
      const first = await withTimeLimit(clock, limitMs, 'reading a file of the mail', chunks.next());
      opened.push({ file, content: contentOf(first, chunks) });
    }
  } catch (error) {
    close();
    throw error;
  }
  return { opened, close };
}

function contentOf(first: IteratorResult<Uint8Array>, rest: AsyncIterator<Uint8Array>): Readable {
  let next: IteratorResult<Uint8Array> | undefined = first;
  const content = new Readable({
    read() {
      const pending = next ? Promise.resolve(next) : rest.next();
      next = undefined;
      pending.then(
        ({ done, value }) => this.push(done ? null : Buffer.from(value)),
        (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
      );
    },
    destroy(error, done) {
      Promise.resolve(rest.return?.()).then(
        () => done(error),
        () => done(error),
      );
    },
  });
  // Whoever reads it is told; with nobody there yet it would end the program.
  content.on('error', () => {});
  return content;
}
