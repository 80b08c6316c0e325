/**
 * Web chat: the widget on other people's pages, and its line to us. Plain HTTP and WebSocket under `/chat/`, mounted by compose; what is said
 * there is in `shared/contracts/messages/chat-widget.ts`, the widget itself, a program for browsers, in `widget/`.
 *
 * Two things to know: a line is acknowledged once the stories have stored it, and comes again with the same `clientId` until then; and lines are
 * numbered, so a tab that comes back says what it has and gets the rest. It promises that whatever a stranger sends costs at most their socket.
 */
export { type ChatChannel, createChatChannel } from './chat-channel.ts';
export { createDemoShop } from './demo-shop.ts';
export { type ChatChannelLimits, defaultChatLimits } from './limits.ts';
export { ChatRooms } from './rooms.ts';
export { readStaticFile } from './static-files.ts';
