import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createMessageFiles, removeUnknownMessageFiles } from '../../../cti-bridge/store/message-files.ts';
import { temporaryFolder } from './store-under-test.ts';

async function* bytes(): AsyncIterable<Uint8Array> {
  yield Buffer.from('a page');
}

it('a start removes files of messages that have no row, and folders of mails that were being read, and nothing else', async () => {
  const folder = temporaryFolder();
  const files = createMessageFiles(folder);
  for (const [kind, id] of [
    ['arrivals', 'a1'],
    ['arrivals', 'a2'],
    ['files', 'f1'],
    ['files', 'f2'],
    // As a write leaves it that never ended.
    ['files', 'f3.part'],
  ] as const)
    await files.write(kind, id, bytes(), 100);
  await files.workFolder();
  const known = async (ids: readonly string[]) => ids.filter((id) => id === 'a1' || id === 'f1');
  expect(await removeUnknownMessageFiles(folder, { arrivals: known, files: known })).toBe(3);
  const left = await readdir(join(folder, 'messages'), { recursive: true });
  expect(left.sort()).toEqual(['arrivals', 'arrivals/a1', 'files', 'files/f1']);
});
