import type { WireError } from '../../../shared/contracts/errors.ts';
import { mailPagePath } from '../../../shared/contracts/messages/mail-page.ts';
import { minutes } from '../../../shared/duration.ts';
import { asId, type MessageId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../kernel/index.ts';
import type { Asker } from '../ports.ts';
import type { MessageContext } from './context.ts';
import type { MessageDownloads } from './message-downloads.ts';

/** A mail as it was sent, with the pictures that it has with it. */
export interface MailPage {
  /** Sanitised: pictures from elsewhere in `data-remote-src`, its own in `data-cid`. */
  readonly html: string;
  readonly pictures: readonly { readonly contentId: string; readonly fileId: string }[];
}

/** Mails on pages of their own, the only place where pictures from elsewhere are asked for. Called by `api/http/mail-pages.ts`. */
export interface MailPages {
  openMailPage(token: string): Promise<Result<MailPage, WireError>>;
  /** A picture that this mail has with it. */
  openMailPicture(
    token: string,
    fileId: string,
  ): Promise<Result<{ readonly mediaType: string; readonly bytes: number; readonly content: AsyncIterable<Uint8Array> }, WireError>>;
}

const notFound: WireError = { code: 'not_found', message: 'There is nothing here, or it is not yours to see.' };
const tooMany: WireError = { code: 'too_many_requests', message: 'Too many mails are open at the moment. Try again in a minute.' };

/** A page is fetched as soon as its link is there; its own pictures follow at once. */
const linkKeptMs = minutes(5);
const mostLinks = 1_000;
const shownTypes: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp']);

export function createMailPages(
  {
    conversations,
    files,
    clock,
  }: Pick<MessageContext, 'clock'> & {
    readonly conversations: Pick<MessageContext['conversations'], 'readMessage'>;
    readonly files: Pick<MessageContext['files'], 'open'>;
  },
  parts: {
    /** Refuses whoever may not read it. */
    readonly html: MessageDownloads['html'];
    /** A secret that nobody guesses. */
    readonly newToken: () => string;
  },
): MailPages & { showPictures(asker: Asker, messageId: string): Promise<Result<{ readonly path: string }, WireError>> } {
  const links = new Map<string, { readonly messageId: MessageId; readonly until: number }>();

  async function linked(token: string) {
    const link = links.get(token);
    const message = link && link.until > clock.now() ? await conversations.readMessage(link.messageId) : null;
    return message?.htmlText == null ? null : { html: message.htmlText, files: message.files };
  }

  return {
    async showPictures(asker, messageId) {
      const now = clock.now();
      for (const [token, { until }] of links) if (until <= now) links.delete(token);
      const found = await parts.html(asker, messageId);
      if (!found.ok) return found;
      if (links.size >= mostLinks) return err(tooMany);
      const token = parts.newToken();
      links.set(token, { messageId: asId<MessageId>(messageId), until: now + linkKeptMs });
      return ok({ path: `${mailPagePath}${token}` });
    },

    async openMailPage(token) {
      const mail = await linked(token);
      if (!mail) return err(notFound);
      const pictures = mail.files.flatMap(({ contentId, fileId }) => (contentId === null ? [] : { contentId, fileId }));
      return ok({ html: mail.html, pictures });
    },

    async openMailPicture(token, fileId) {
      const mail = await linked(token);
      const file = mail?.files.find((each) => each.fileId === fileId);
      if (!file || file.contentId === null || !shownTypes.has(file.mediaType)) return err(notFound);
      const opened = await files.open('files', fileId);
      return opened ? ok({ mediaType: file.mediaType, ...opened }) : err(notFound);
    },
  };
}
