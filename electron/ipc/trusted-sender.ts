import type { IpcMainInvokeEvent } from 'electron';
import { isAppUrl } from '../security/index.ts';

/** Of an event, what says who sent it. */
export type Sender = { readonly sender: { readonly id: number }; readonly senderFrame: IpcMainInvokeEvent['senderFrame'] };

/**
 * A call counts only from the top frame of our own page in the window it is meant for: not from another of our windows, not from a frame inside
 * it, not after it went elsewhere, not from a dead one.
 */
export function isTrustedSender({ sender, senderFrame }: Sender, contentsId: number): boolean {
  return sender.id === contentsId && senderFrame !== null && senderFrame.parent === null && isAppUrl(senderFrame.url);
}
