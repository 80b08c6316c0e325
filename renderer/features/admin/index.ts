/** How the house is set up: queues, people, skills and the rest, changed on a draft and saved as a whole. */
export { Admin } from './Admin.tsx';
