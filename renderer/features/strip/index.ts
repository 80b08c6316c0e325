/**
 * The call strip, a page and a window of its own: 520 × 56, above all other programs, never with the keyboard. Two things to know: it knows no
 * bridge and decides nothing, the desk's own page tells it what to show; and it makes the sound of an offer, because its page is never busy.
 */
export { StripPage } from './StripPage.tsx';
export { type StripStore, stripStore } from './strip-store.ts';
