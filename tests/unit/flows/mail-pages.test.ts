import { describe, expect, it } from 'vitest';
import { createMailPages } from '../../../cti-bridge/flows/messages/mail-pages.ts';
import type { Asker } from '../../../cti-bridge/flows/ports.ts';
import type { StoredMessage } from '../../../cti-bridge/interactions/index.ts';
import { err, ok, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import { minutes } from '../../../shared/duration.ts';

const lena = { name: 'Lena' } as Asker;
const stranger = { name: 'Stranger' } as Asker;

function house() {
  const clock = new VirtualClock();
  let made = 0;
  const file = (fileId: string, mediaType: string, contentId: string | null) => ({ fileId, mediaType, contentId });
  const message = {
    htmlText: '<p>Hi</p>',
    files: [file('logo', 'image/png', 'logo@x'), file('page', 'text/html', 'page@x'), file('scan', 'image/png', null)],
  } as unknown as StoredMessage;
  let stored: StoredMessage | null = message;
  const pages = createMailPages(
    {
      clock,
      conversations: { readMessage: async () => stored },
      files: { open: async () => ({ bytes: 0, content: (async function* () {})() }) },
    },
    {
      html: async (asker) => (asker === lena ? ok('<p>Hi</p>') : err({ code: 'not_found', message: 'not yours' })),
      newToken: () => `token-${++made}`,
    },
  );
  const link = async () => {
    const shown = await pages.showPictures(lena, 'message-1');
    return shown.ok ? (shown.value.path.split('/').at(-1) ?? '') : 'refused';
  };
  return { clock, pages, link, erase: () => (stored = null) };
}

describe('the page of a mail with its pictures', () => {
  it('is opened by whoever may read the mail, by a link for a few minutes', async () => {
    const { clock, pages, link } = house();
    expect(await pages.showPictures(stranger, 'message-1')).toMatchObject({ ok: false, error: { code: 'not_found' } });
    const token = await link();
    const opened = await pages.openMailPage(token);
    expect(opened).toMatchObject({ ok: true, value: { html: '<p>Hi</p>' } });
    expect(await pages.openMailPage('token-2')).toMatchObject({ ok: false });
    clock.advance(minutes(5));
    expect(await pages.openMailPage(token)).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('gives out pictures that are in the mail and no other of its files', async () => {
    const { pages, link } = house();
    const token = await link();
    expect(await pages.openMailPicture(token, 'logo')).toMatchObject({ ok: true, value: { mediaType: 'image/png' } });
    for (const fileId of ['page', 'scan', 'elsewhere']) expect(await pages.openMailPicture(token, fileId)).toMatchObject({ ok: false });
    expect(await pages.openMailPicture('other', 'logo')).toMatchObject({ ok: false });
  });

  it('is gone with the mail', async () => {
    const { pages, link, erase } = house();
    const token = await link();
    erase();
    expect(await pages.openMailPage(token)).toMatchObject({ ok: false });
  });

  it('refuses links beyond a thousand until others have ended', async () => {
    const { clock, link } = house();
    for (let made = 0; made < 1_000; made++) await link();
    expect(await link()).toBe('refused');
    clock.advance(minutes(5));
    expect(await link()).not.toBe('refused');
  });
});
