import type { MessageFile } from '../../../shared/contracts/messages/conversation.ts';

const shown: ReadonlySet<string> = new Set(['image/tiff', 'application/pdf', 'image/png', 'image/jpeg']);

/** Whether it is shown page by page; anything else is saved. */
export const hasPages = ({ mediaType }: Pick<MessageFile, 'mediaType'>): boolean => shown.has(mediaType);
