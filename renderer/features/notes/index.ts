/** Text of a contact, durable a second after typing; says at every moment whether it is. */
export { Notes } from './Notes.tsx';
