/** A message that a caller left: heard in its place by whoever has it, who calls back or does not. */
export { Message } from './Message.tsx';
