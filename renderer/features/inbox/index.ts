/**
 * Written work: the conversation in the centre, where one writes, and what opens over it. Two things to know: what is written is stored within a
 * second and leaves under a name of its own, so nothing is lost or sent twice; and what others wrote is text here, or a frame that can do nothing.
 */
export { beginMail, readAddresses, writeAddresses } from './begin-mail.ts';
export { type ConversationActions, ConversationPane, type ConversationPaneProps } from './ConversationPane.tsx';
export type { BeginTo, InboxDeeds } from './deeds.ts';
export { FinishPane } from './FinishPane.tsx';
export type { FittingAnswers } from './FittingAnswers.tsx';
export { InboxDialogs } from './InboxDialogs.tsx';
export { emptyPage, fillFrame, mailFragment } from './mail-document.ts';
export { OfferStrip } from './OfferStrip.tsx';
export { pickQuickReplies, typedAfterSlash } from './pick-quick-reply.ts';
export { nameOf, snoozeTimes } from './words.ts';
