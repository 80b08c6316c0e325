import { useEffect, useRef, useState } from 'react';
import type { MessageFile } from '../../../shared/contracts/messages/conversation.ts';
import type { InboxDeeds } from './deeds.ts';
import { fillFrame, framePage, mailFragment } from './mail-document.ts';

export interface MailFrameProps {
  readonly html: string;
  readonly title: string;
  /** From elsewhere; those within the mail are always shown. */
  readonly showsPictures: boolean;
  readonly files: readonly MessageFile[];
  readonly fetchFile: InboxDeeds['fetchFile'];
}

const guessedHeight = 160;

/**
 * A frame without scripts, forms and a say in where the page goes: a mail is looked at in it, and nothing of it runs. It is of the same origin
 * so that its height can be measured from outside.
 */
export function MailFrame({ html, title, showsPictures, files, fetchFile }: MailFrameProps) {
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
      const { fontFamily, fontSize } = getComputedStyle(document.body);
      fillFrame(page, mailFragment(html, window), { isDark, font: `${fontSize}/1.55 ${fontFamily}` });
      for (const picture of page.body.querySelectorAll('img')) {
        const { remoteSrc, cid } = picture.dataset;
        const file = cid === undefined ? undefined : files.find(({ contentId }) => contentId === cid);
        if (remoteSrc && showsPictures) picture.src = remoteSrc.replace(/^http:/i, 'https:');
        else if (file)
          void fetchFile(file.fileId).then((content) => {
            if (!content || !isWanted) return;
            const url = URL.createObjectURL(new Blob([content], { type: file.mediaType }));
            urls.push(url);
            picture.src = url;
          });
      }
      const measure = () => setHeight(Math.ceil(page.body.getBoundingClientRect().height) + 2);
      if (typeof ResizeObserver !== 'undefined') {
        observer = new ResizeObserver(measure);
        observer.observe(page.body);
      }
      measure();
    };
    element.addEventListener('load', fill);
    element.srcdoc = framePage(showsPictures);
    return () => {
      isWanted = false;
      element.removeEventListener('load', fill);
      observer?.disconnect();
      for (const url of urls) URL.revokeObjectURL(url);
    };
  }, [html, showsPictures, files, fetchFile, isDark]);

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
