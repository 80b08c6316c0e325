/** The places of the desktop, and whose it is. */
export { Rail } from './Rail.tsx';
