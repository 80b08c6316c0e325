import { useEffect, useRef, useState } from 'react';
import type { MessageFile } from '../../../shared/contracts/messages/conversation.ts';
import { useText } from '../../i18n/index.ts';
import type { InboxDeeds } from './deeds.ts';
import { emptyPage, fillFrame, mailFragment, standInFor } from './mail-document.ts';

export interface MailFrameProps {
  readonly html: string;
  readonly title: string;
  readonly files: readonly MessageFile[];
  readonly fetchFile: InboxDeeds['fetchFile'];
  /** How high it is now, in px. */
  onHeight?(height: number): void;
}

const guessedHeight = 160;

/**
 * A mail with the pictures that are in it; those from elsewhere are not asked for. A frame without scripts, forms and a say in where the page goes: a mail is looked at in it, and nothing of it runs. It is of the same origin
 * so that its height can be measured from outside.
 */
export function MailFrame({ html, title, files, fetchFile, onHeight }: MailFrameProps) {
  const { t } = useText();
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(guessedHeight);
  const isDark = document.documentElement.dataset.theme === 'dark';

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const urls: string[] = [];
    let observer: ResizeObserver | undefined;
    let isWanted = true;

    const fill = () => {
      const page = element.contentDocument;
      if (!page?.body || !isWanted) return;
      const own = getComputedStyle(document.body);
      const [ink = '', paper = ''] = ['--on-paper', '--paper-ground'].map((token) => own.getPropertyValue(token));
      fillFrame(page, mailFragment(html, window), { isDark, font: `${own.fontSize}/1.55 ${own.fontFamily}`, ink, paper });
      for (const picture of page.body.querySelectorAll('img')) {
        const { cid } = picture.dataset;
        const file = cid === undefined ? undefined : files.find(({ contentId }) => contentId === cid);
        if (file)
          void fetchFile(file.fileId).then((content) => {
            if (!content || !isWanted) return;
            const url = URL.createObjectURL(new Blob([content], { type: file.mediaType }));
            urls.push(url);
            picture.src = url;
          });
        else if (!picture.src) {
          const alt = picture.alt.trim();
          standInFor(picture, alt === '' ? t('message.mail.pictureNotShown') : t('message.mail.picture', { alt }));
        }
      }
      const measure = () => {
        const measured = Math.ceil(page.body.getBoundingClientRect().height) + 2;
        setHeight(measured);
        onHeight?.(measured);
      };
      if (typeof ResizeObserver !== 'undefined') {
        observer = new ResizeObserver(measure);
        observer.observe(page.body);
      }
      measure();
    };
    element.addEventListener('load', fill);
    element.srcdoc = emptyPage;
    return () => {
      isWanted = false;
      element.removeEventListener('load', fill);
      observer?.disconnect();
      for (const url of urls) URL.revokeObjectURL(url);
    };
  }, [html, files, fetchFile, isDark, onHeight, t]);

  return (
    <iframe
      ref={frame}
      className="mail-frame"
      title={title}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      style={{ height }}
    />
  );
}
