import type { IpcMainInvokeEvent } from 'electron';
import { isAppUrl } from '../security/index.ts';

/** A call counts only from the top frame of our own page: not from a frame inside it, not after it went elsewhere, not from a dead one. */
export function isTrustedSender(event: Pick<IpcMainInvokeEvent, 'senderFrame'>): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && isAppUrl(frame.url);
}
