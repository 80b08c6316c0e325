import { expect, test } from 'vitest';
import type { LiveWork } from '../../../../cti-bridge/flows/messages/live-work.ts';
import { ownFiles } from '../../../../cti-bridge/flows/messages/own-files.ts';
import type { StoredFile } from '../../../../cti-bridge/interactions/index.ts';
import { asId, type ConversationId, type MessageFileId, type MessageId } from '../../../../shared/ids.ts';

const work = { conversation: { conversationId: asId<ConversationId>('c-1') } } as LiveWork;
const file = (name: string, more: Partial<StoredFile> = {}): StoredFile => ({
  ...{ fileId: asId<MessageFileId>(name), messageId: null, conversationId: work.conversation.conversationId, name: `${name}.pdf` },
  ...{ mediaType: 'application/pdf', bytes: 4, digest: name, contentId: null, pages: null, at: 1 },
  ...more,
});

function shelf(...stored: readonly StoredFile[]) {
  const bytes = new Map(stored.map(({ fileId }) => [String(fileId), `bytes of ${fileId}`]));
  let next = 0;
  const context = {
    clock: { now: () => 50 },
    ids: { next: () => `copy-${(next += 1)}` },
    conversations: { readFile: async (fileId: string) => stored.find((each) => each.fileId === fileId) ?? null },
    files: {
      async open(_kind: string, id: string) {
        const found = bytes.get(id);
        if (found === undefined) return null;
        const content = async function* () {
          yield new TextEncoder().encode(found);
        };
        return { bytes: found.length, content: content() };
      },
      async write(_kind: string, id: string, content: AsyncIterable<Uint8Array>) {
        for await (const chunk of content) bytes.set(id, new TextDecoder().decode(chunk));
        return { bytes: 4, digest: id, head: new Uint8Array() };
      },
      remove: async (_kind: string, id: string) => void bytes.delete(id),
    },
  } as unknown as Parameters<typeof ownFiles>[2];
  return { bytes, context };
}

test('a file of an earlier message goes along as a copy: the earlier message keeps its own', async () => {
  const { bytes, context } = shelf(file('new'), file('old', { messageId: asId<MessageId>('m-1') }));
  const own = await ownFiles(work, ['new', 'old'], context);
  expect(own?.files.map(({ fileId, messageId, name }) => [fileId, messageId, name])).toEqual([
    ['new', null, 'new.pdf'],
    ['copy-1', null, 'old.pdf'],
  ]);
  expect(bytes.get('copy-1')).toBe('bytes of old');
  await own?.undo();
  expect([...bytes.keys()]).toEqual(['new', 'old']);
});

test('a file that is not there, or is of another conversation, lets nothing be sent and leaves no copy', async () => {
  const { bytes, context } = shelf(
    file('old', { messageId: asId<MessageId>('m-1') }),
    file('theirs', { conversationId: asId<ConversationId>('c-2') }),
  );
  expect(await ownFiles(work, ['old', 'theirs'], context)).toBeNull();
  expect(await ownFiles(work, ['old', 'nowhere'], context)).toBeNull();
  expect([...bytes.keys()]).toEqual(['old', 'theirs']);
});
