/** The agent's work: what rings, what is being talked about, what must be wrapped up; and how many wait behind it. */
export { WorkList } from './WorkList.tsx';
