import { useEffect, useState } from 'react';
import type { InboxDeeds } from './deeds.ts';

export interface MailPageProps {
  readonly messageId: string;
  readonly title: string;
  /** Without its pictures it was this high, in px. */
  readonly leastHeight: number;
  readonly openMailPage: InboxDeeds['openMailPage'];
  /** What is shown until it is there. */
  readonly until: React.ReactNode;
}

/**
 * A mail with its pictures from elsewhere: a page of the bridge, because this one may ask for none. It is of no origin and runs nothing, so nobody can
 * measure it; it has room enough and moves within it.
 */
export function MailPage({ messageId, title, leastHeight, openMailPage, until }: MailPageProps) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let isWanted = true;
    void openMailPage(messageId).then((opened) => isWanted && setAddress(opened));
    return () => {
      isWanted = false;
    };
  }, [messageId, openMailPage]);
  if (address === null) return until;
  return (
    <iframe
      className="mail-frame is-page"
      title={title}
      src={address}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      style={{ height: `max(${leastHeight}px, min(70vh, 640px))` }}
    />
  );
}
