/** What happened without the agent doing it: an offer that ended, a wrap-up that ran out, a command that was refused. */
export { Notices } from './Notices.tsx';
