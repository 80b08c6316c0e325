/** A live conversation: its course so far, the caller's way here, what was before, and the notes. */
export { TalkPane } from './TalkPane.tsx';
