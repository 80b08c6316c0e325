/** The process in which mails are taken apart: one that is made to kill its reader kills this one, and the bridge starts another. */
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { mailLimits } from './mail-limits.ts';
import { readMail } from './read-mail.ts';
import type { ReadOrder, ReadReport } from './worker-messages.ts';

// A mail can wait, a call cannot.
setPriority(constants.priority.PRIORITY_LOW);

async function perform({ rawFile, filesInto }: ReadOrder): Promise<ReadReport> {
  if ((await stat(rawFile)).size > mailLimits.bytes) return { report: 'unreadable', why: 'tooLarge' };
  const parsed = await readMail(await readFile(rawFile));
  if (!parsed.ok) return { report: 'unreadable', why: parsed.why };
  if (parsed.contents.length > 0) await mkdir(filesInto, { recursive: true });
  for (const { fileName, content } of parsed.contents) await writeFile(join(filesInto, fileName), content);
  return { report: 'read', mail: parsed.mail };
}

const tell = (report: ReadReport | 'ready') => process.send?.(report);

process.on('message', (order: ReadOrder) => {
  perform(order).then(tell, (error: unknown) => tell({ report: 'failed', code: (error as NodeJS.ErrnoException).code ?? 'unknown' }));
});
process.on('disconnect', () => process.exit());
tell('ready');
